{# Rule: what a column names is a member of its dimension. `references` gives, by column, the table and the column whose
   values it takes, `dim_council.gss_code`; an empty value names nobody. Returns each value that is no member, once. #}
{% test foreign_keys(model, references) %}
{% for column, target in references.items() %}
{% set dimension, key = target.split('.') %}
select
    '{{ column }}' as column_name,
    cast(facts.{{ column }} as {{ dbt.type_string() }}) as value_found,
    count(*) as rows_found,
    '{{ column }} is a {{ key }} of {{ dimension }}' as rule
from {{ model }} as facts
left join {{ ref(dimension) }} as members
    on members.{{ key }} = facts.{{ column }}
where
    facts.{{ column }} is not null
    and members.{{ key }} is null
group by facts.{{ column }}
{{ 'union all' if not loop.last }}
{% endfor %}
{% endtest %}
