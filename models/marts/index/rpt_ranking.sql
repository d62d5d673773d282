with

standing as (

    select * from {{ ref('fct_ranking') }}

),

final as (

    select
        standing.edition,
        rankings.ranking_name,
        councils.council_name,
        councils.council_type_name,
        councils.region,
        standing.productivity_rank,
        standing.ranked_councils,
        standing.rank_p05,
        standing.rank_p95,
        standing.productivity_index,
        standing.productivity_quartile,
        standing.outcome_score,
        standing.spend_gbp,
        standing.need_population,
        rankings.need_population_name,
        standing.spend_per_head_gbp,
        standing.spend_per_head_real_gbp,
        standing.england_spend_per_head_gbp,
        standing.spend_index,
        standing.not_ranked_reason,
        changes.from_edition as changed_since_edition,
        changes.productivity_change_pct,
        changes.change_verdict,
        standing.gss_code,
        standing.ranking_id
    from standing
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = standing.gss_code
    inner join {{ ref('dim_ranking') }} as rankings
        on rankings.ranking_id = standing.ranking_id
    left join {{ ref('fct_change') }} as changes
        on
            changes.edition = standing.edition
            and changes.ranking_id = standing.ranking_id
            and changes.gss_code = standing.gss_code

)

select * from final
