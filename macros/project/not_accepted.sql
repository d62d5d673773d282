{% macro not_accepted(named_by) %}
not exists (
        select 1
        from {{ ref('stg_register__accepted_rows') }} as accepted
        where
            accepted.data_test = '{{ model.name }}'
            and accepted.subject = {{ council_productivity.subject_of('failing', named_by) }}
    )
{%- endmacro %}
