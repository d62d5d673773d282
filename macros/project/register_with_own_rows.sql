{#
    The project's own tests would not notice columns in another order, all of them text: they are named, as the
    project's register declares them.
#}
{% macro register_with_own_rows(register) -%}
    {%- if not council_productivity.has_own_registers() -%}
    select * from {{ ref(register) }}
    {%- else -%}
    {%- set ours, own = ref(register), ref('own_' ~ register) -%}
    {%- set declared = graph.nodes['seed.council_productivity.' ~ register].config.column_types if execute else ['*'] -%}
    select {{ declared | join(', ') }} from {{ ours }}
    union all
    select {{ declared | join(', ') }} from {{ own }}
    {%- endif -%}
{%- endmacro %}
