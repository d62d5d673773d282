-- One row per edition, lens, module or `overall`, and ranked council: its rank band over the draws (method, step 10).
with

ranking as (

    select * from {{ ref('int_rankings__published') }}

),

drawn as (

    select
        draws.edition,
        draws.ranking_id,
        ranking.ranking_kind,
        draws.gss_code,
        ranking.productivity_rank,
        ranking.ranked_councils,
        draws.productivity_rank as drawn_rank,
        {{ council_productivity.rank_group('draws.productivity_rank', 'ranking.ranked_councils', 4) }} as drawn_quartile
    from {{ ref('int_draws__ranks') }} as draws
    inner join ranking
        on
            ranking.edition = draws.edition
            and ranking.ranking_id = draws.ranking_id
            and ranking.gss_code = draws.gss_code
    where draws.scenario_id = 'uncertainty'

),

summed as (

    select
        edition,
        ranking_id,
        ranking_kind,
        gss_code,
        productivity_rank,
        ranked_councils,
        count(*) as draws,
        cast(percentile_disc({{ var('band_lower_share') }}) within group (order by drawn_rank) as bigint) as rank_p05,
        cast(percentile_disc(0.5) within group (order by drawn_rank) as bigint) as rank_median,
        cast(percentile_disc({{ var('band_upper_share') }}) within group (order by drawn_rank) as bigint) as rank_p95,
        avg(cast(case when drawn_rank <= 10 then 1 else 0 end as {{ council_productivity.number_type() }}))
            as probability_top_10,
        avg(cast(case when drawn_quartile = 1 then 1 else 0 end as {{ council_productivity.number_type() }}))
            as probability_top_quartile
    from drawn
    group by edition, ranking_id, ranking_kind, gss_code, productivity_rank, ranked_councils

),

final as (

    select
        edition,
        gss_code,
        ranking_id,
        ranking_kind,
        productivity_rank,
        ranked_councils,
        rank_p05,
        rank_median,
        rank_p95,
        rank_p95 - rank_p05 + 1 as rank_band_width,
        productivity_rank between rank_p05 and rank_p95 as is_rank_inside_band,
        probability_top_10,
        probability_top_quartile,
        draws
    from summed

)

select * from final
