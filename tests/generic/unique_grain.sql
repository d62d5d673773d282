{# Rule: a table has one row per value of its grain. Returns the values that stand more than once. #}
{% test unique_grain(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as rows_found,
    'one row per {{ columns | join(", ") }}' as rule
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
