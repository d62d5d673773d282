-- One row per edition and lens in the overall index: England as a council of its own, ranked in every lens that is
-- scored at its nominal weight. Its part of the overall index follows as a council's does in int_position__lens_parts.
with

outcomes as (

    -- England's spend index is 1: its outcome score is its productivity.
    select
        edition,
        ranking_id,
        {{ council_productivity.exact_sum('outcome_part') }} as productivity
    from {{ ref('int_position__england_measures') }}
    group by edition, ranking_id

),

scored as (

    select
        edition,
        ranking_id,
        max(spread_scale) as spread_scale,
        max(ln_median) as ln_median
    from {{ ref('int_position__lens_parts') }}
    group by edition, ranking_id

),

final as (

    select
        scored.edition,
        scored.ranking_id,
        lenses.weight_in_overall / sum(lenses.weight_in_overall) over (partition by scored.edition) as weight_share,
        scored.spread_scale,
        ln(outcomes.productivity) - scored.ln_median as ln_to_median,
        scored.ln_median
    from scored
    inner join outcomes
        on
            outcomes.edition = scored.edition
            and outcomes.ranking_id = scored.ranking_id
    inner join {{ ref('stg_register__rankings') }} as lenses
        on lenses.ranking_id = scored.ranking_id

)

select * from final
