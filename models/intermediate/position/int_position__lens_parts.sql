-- One row per edition, council ranked overall and lens in which it is ranked: its part of the logarithm of the overall
-- productivity, the renormalised weight of the lens times its spread scale times ln(productivity / median); the parts
-- add up.
with

ranked as (

    select
        productivity.edition,
        productivity.gss_code,
        productivity.ranking_id,
        productivity.productivity_to_median,
        productivity.median_productivity,
        lenses.weight_in_overall,
        spreads.spread_scale
    from {{ ref('int_rankings__productivity') }} as productivity
    inner join {{ ref('stg_register__rankings') }} as lenses
        on
            lenses.ranking_id = productivity.ranking_id
            and lenses.ranking_kind = 'lens'
    inner join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = productivity.ranking_id
            and spreads.edition = productivity.edition
    inner join {{ ref('int_rankings__overall_productivity') }} as councils
        on
            councils.edition = productivity.edition
            and councils.gss_code = productivity.gss_code
            and councils.not_ranked_reason is null
    where productivity.not_ranked_reason is null

),

final as (

    select
        edition,
        gss_code,
        ranking_id,
        weight_in_overall / sum(weight_in_overall) over (partition by edition, gss_code) as weight_share,
        spread_scale,
        ln(productivity_to_median) as ln_to_median,
        ln(median_productivity) as ln_median,
        weight_in_overall / sum(weight_in_overall) over (partition by edition, gss_code)
        * spread_scale * ln(productivity_to_median) as overall_part
    from ranked

)

select * from final
