{% macro parts_of_year(publication, edition) -%}
    case
        when {{ publication }} = 'mhclg_homelessness' then 4
        when {{ publication }} not in ('nhs_delayed_transfers', 'nhs_discharge_ready') then 1
        when {{ edition }} = '2019-20' then 8
        else 12
    end
{%- endmacro %}
