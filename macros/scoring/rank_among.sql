{#
    A rank among so many councils, brought to another number of them: the first stays first and the last becomes the last
    of those; a half is rounded up.
#}
{% macro rank_among(place, councils, other_councils) -%}
    cast(
        floor(1.5 + ({{ place }} - 1) * ({{ other_councils }} - 1e0) / greatest({{ councils }} - 1, 1)) as bigint
    )
{%- endmacro %}
