-- One row per edition, council with an overall companion rank and draw: the companion over its lenses at the draw's
-- weights, and its rank in the draw.
with

lens_draws as (

    select * from {{ ref('int_companion__lens_draws') }}

),

medians as (

    select
        ranking_id,
        edition,
        draw,
        {{ council_productivity.percentile('exp(ln_productivity)', 0.5) }} as median_productivity
    from lens_draws
    group by ranking_id, edition, draw

),

weighed as (

    select
        medians.ranking_id,
        medians.edition,
        medians.draw,
        ln(medians.median_productivity) as ln_median_productivity,
        spreads.spread_scale,
        drawn.weight_in_overall
    from medians
    inner join {{ ref('int_draws__lens_settings') }} as drawn
        on
            drawn.ranking_id = medians.ranking_id
            and drawn.draw = medians.draw
            and drawn.scenario_id = 'uncertainty'
    inner join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = medians.ranking_id
            and spreads.edition = medians.edition

),

combined as (

    select
        lens_draws.edition,
        lens_draws.gss_code,
        lens_draws.draw,
        {{ council_productivity.overall_ln_productivity(
            'lens_draws.ln_productivity - weighed.ln_median_productivity',
            'weighed.spread_scale',
            'weighed.weight_in_overall'
        ) }} as ln_productivity
    from lens_draws
    inner join weighed
        on
            weighed.ranking_id = lens_draws.ranking_id
            and weighed.edition = lens_draws.edition
            and weighed.draw = lens_draws.draw
    inner join {{ ref('int_companion__overall_productivity') }} as overall
        on
            overall.edition = lens_draws.edition
            and overall.gss_code = lens_draws.gss_code
            and overall.no_companion_reason is null
    group by lens_draws.edition, lens_draws.gss_code, lens_draws.draw

),

final as (

    select
        edition,
        gss_code,
        draw,
        {{ council_productivity.rank_best_first('ln_productivity', 'edition, draw') }} as companion_rank
    from combined

)

select * from final
