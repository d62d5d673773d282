-- One row per module, edition, live council and figure that a reader may set beside its peers': what the module scores
-- and what it only shows.
with

ranked as (

    select * from {{ ref('int_lenses__ranked') }}
    where lens_kind = 'module'

),

final as (

    {% for figure in ['outcome_score', 'spend_per_head_gbp', 'productivity_index'] %}
        select
            lens_id,
            edition,
            gss_code,
            '{{ figure }}' as figure_id,
            {{ figure }} as figure_value
        from ranked
        union all
    {% endfor %}
    {% for figure in ['outcome_score_change', 'productivity_change_pct'] %}
        select
            lens_id,
            edition,
            gss_code,
            '{{ figure }}' as figure_id,
            {{ figure }} as figure_value
        from {{ ref('int_modules__changed') }}
        union all
    {% endfor %}
    select
        lens_id,
        edition,
        gss_code,
        domain_id as figure_id,
        domain_score as figure_value
    from {{ ref('int_modules__domains_scored') }}
    union all
    select
        lens_id,
        edition,
        gss_code,
        measure_id as figure_id,
        measure_value as figure_value
    from {{ ref('int_measures__graded') }}
    where domain_id is not null
    union all
    select
        lens_id,
        edition,
        gss_code,
        figure_id,
        figure_value
    from {{ ref('int_modules__context_figures') }}

)

select * from final
