{% macro module_profile(module, standing, measures, figures) -%}
    select
        standing.*,
        councils.council_name,
        councils.council_type_name,
        councils.region,
        changes.outcome_from_edition,
        changes.outcome_score_change,
        changes.productivity_from_edition,
        changes.productivity_change_pct,
        changes.change_verdict
        {%- for measure in measures %},
        {{ measure }}.value as {{ measure }},
        {{ measure }}.grade as {{ measure }}_grade
        {%- endfor %}
        {%- for figure in figures %},
        {{ figure }}.figure_value as {{ figure }}
        {%- endfor %}
    from {{ ref(standing) }} as standing
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = standing.gss_code
    left join {{ ref('fct_module_change') }} as changes
        on
            changes.ranking_id = '{{ module }}'
            and changes.edition = standing.edition
            and changes.gss_code = standing.gss_code
    {%- for measure in measures %}
    left join {{ ref('fct_measure_grade') }} as {{ measure }}
        on
            {{ measure }}.ranking_id = '{{ module }}'
            and {{ measure }}.measure_id = '{{ measure }}'
            and {{ measure }}.edition = standing.edition
            and {{ measure }}.gss_code = standing.gss_code
    {%- endfor %}
    {%- for figure in figures %}
    left join {{ ref('int_measures__context_figures') }} as {{ figure }}
        on
            {{ figure }}.ranking_id = '{{ module }}'
            and {{ figure }}.figure_id = '{{ figure }}'
            and {{ figure }}.edition = standing.edition
            and {{ figure }}.gss_code = standing.gss_code
    {%- endfor %}
{%- endmacro %}
