-- One row per edition, ranking, scenario with an interval, and council that any of its draws ranks: where nine tenths
-- of the draws that rank it put it (method, step 10). Chances are over all the draws.
with

scenarios as (

    select
        scenario_id,
        draws
    from {{ ref('stg_register__scenarios') }}
    where scenario_kind in ('uncertainty', 'interval', 'next_edition')

),

published as (

    select
        edition,
        ranking_id,
        max(ranked_councils) as ranked_councils
    from {{ ref('int_rankings__published') }}
    group by edition, ranking_id

),

drawn as (

    select
        draws.edition,
        draws.ranking_id,
        draws.scenario_id,
        scenarios.draws,
        draws.gss_code,
        draws.productivity_rank,
        {{ council_productivity.rank_group('draws.productivity_rank', 'published.ranked_councils', 4) }}
            as drawn_quartile
    from {{ ref('int_draws__ranks') }} as draws
    inner join scenarios
        on scenarios.scenario_id = draws.scenario_id
    inner join published
        on
            published.edition = draws.edition
            and published.ranking_id = draws.ranking_id

),

final as (

    select
        edition,
        ranking_id,
        scenario_id,
        gss_code,
        max(draws) as draws,
        count(*) / cast(max(draws) as {{ council_productivity.number_type() }}) as probability_ranked,
        cast(percentile_disc({{ var('band_lower_share') }}) within group (order by productivity_rank) as bigint)
            as rank_p05,
        cast(percentile_disc(0.5) within group (order by productivity_rank) as bigint) as rank_median,
        cast(percentile_disc({{ var('band_upper_share') }}) within group (order by productivity_rank) as bigint)
            as rank_p95,
        sum(case when productivity_rank <= 10 then 1 else 0 end)
        / cast(max(draws) as {{ council_productivity.number_type() }}) as probability_top_10,
        sum(case when drawn_quartile = 1 then 1 else 0 end)
        / cast(max(draws) as {{ council_productivity.number_type() }}) as probability_top_quartile
    from drawn
    group by edition, ranking_id, scenario_id, gss_code

)

select * from final
