-- One row per ranking (a lens, a module or `overall`), edition, live council and figure that a reader may set beside
-- its peers': what the ranking scores and what it only shows.
with

ranked as (

    select * from {{ ref('int_rankings__ranked') }}

),

final as (

    {% for figure in ['outcome_score', 'spend_per_head_gbp', 'spend_index', 'productivity_index'] %}
        select
            ranking_id,
            edition,
            gss_code,
            '{{ figure }}' as figure_id,
            {{ figure }} as figure_value
        from ranked
        union all
    {% endfor %}
    {% for figure in ['outcome_score_change', 'productivity_change_pct'] %}
        select
            ranking_id,
            edition,
            gss_code,
            '{{ figure }}' as figure_id,
            {{ figure }} as figure_value
        from {{ ref('int_verdicts__modules') }}
        union all
    {% endfor %}
    select
        'overall' as ranking_id,
        edition,
        gss_code,
        'productivity_index' as figure_id,
        productivity_index as figure_value
    from {{ ref('int_rankings__overall_ranked') }}
    union all
    select
        ranking_id,
        edition,
        gss_code,
        domain_id as figure_id,
        domain_score as figure_value
    from {{ ref('int_rankings__domains_scored') }}
    union all
    select
        ranking_id,
        edition,
        gss_code,
        measure_id as figure_id,
        measure_value as figure_value
    from {{ ref('int_measures__graded') }}
    union all
    select
        ranking_id,
        edition,
        gss_code,
        figure_id,
        figure_value
    from {{ ref('int_measures__context_figures') }}
    union all
    select
        'health_social_care_interface' as ranking_id,
        edition,
        gss_code,
        'delayed_beds_per_day_per_100k_adults' as figure_id,
        rate_total as figure_value
    from {{ ref('int_delayed_transfers__annual') }}

)

select * from final
