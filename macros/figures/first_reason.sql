{% macro first_reason(reason) -%}
    {%- set order = [
        'suppressed', 'small_numbers', 'not_comparable', 'not_applicable', 'not_collected', 'not_yet_published',
        'no_population', 'not_available',
    ] -%}
    case min(case {{ reason }} {%- for each in order %} when '{{ each }}' then {{ loop.index }} {%- endfor %} end)
        {%- for each in order %} when {{ loop.index }} then '{{ each }}' {%- endfor %}
    end
{%- endmacro %}
