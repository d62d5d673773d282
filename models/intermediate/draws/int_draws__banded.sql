-- One row per edition, ranking that is ranked in it, and live council: how often a draw ranks it, its rank band over
-- the draws, and the intervals beside the band (method, step 10). A council without a published rank has no band, and
-- none is given where fewer than half of the draws rank it: there the rank depends on where comparability ends.
with

standing as (

    select * from {{ ref('int_rankings__standing') }}
    where ranked_councils > 0

),

intervals as (

    select
        edition,
        ranking_id,
        gss_code,
        max(case when scenario_id = 'uncertainty' then probability_ranked end) as probability_ranked,
        max(case when scenario_id = 'uncertainty' then rank_p05 end) as rank_p05,
        max(case when scenario_id = 'uncertainty' then rank_median end) as rank_median,
        max(case when scenario_id = 'uncertainty' then rank_p95 end) as rank_p95,
        max(case when scenario_id = 'uncertainty' then probability_top_10 end) as probability_top_10,
        max(case when scenario_id = 'uncertainty' then probability_top_quartile end) as probability_top_quartile,
        max(case when scenario_id = 'choices' then rank_p05 end) as choices_rank_p05,
        max(case when scenario_id = 'choices' then rank_p95 end) as choices_rank_p95,
        max(case when scenario_id = 'noise' then rank_p05 end) as noise_rank_p05,
        max(case when scenario_id = 'noise' then rank_p95 end) as noise_rank_p95,
        max(case when scenario_id = 'next_edition' then rank_p05 end) as next_edition_rank_p05,
        max(case when scenario_id = 'next_edition' then rank_p95 end) as next_edition_rank_p95
    from {{ ref('int_draws__intervals') }}
    group by edition, ranking_id, gss_code

),

joined as (

    select
        standing.edition,
        standing.gss_code,
        standing.ranking_id,
        standing.ranking_kind,
        standing.productivity_rank,
        standing.ranked_councils,
        coalesce(intervals.probability_ranked, 0) as probability_ranked,
        standing.productivity_rank is not null and coalesce(intervals.probability_ranked, 0) >= 0.5 as is_banded,
        intervals.rank_p05,
        intervals.rank_median,
        intervals.rank_p95,
        intervals.probability_top_10,
        intervals.probability_top_quartile,
        intervals.choices_rank_p05,
        intervals.choices_rank_p95,
        intervals.noise_rank_p05,
        intervals.noise_rank_p95,
        intervals.next_edition_rank_p05,
        intervals.next_edition_rank_p95
    from standing
    left join intervals
        on
            intervals.edition = standing.edition
            and intervals.ranking_id = standing.ranking_id
            and intervals.gss_code = standing.gss_code

),

final as (

    select
        edition,
        gss_code,
        ranking_id,
        ranking_kind,
        productivity_rank,
        ranked_councils,
        probability_ranked,
        case when is_banded then rank_p05 end as rank_p05,
        case when is_banded then rank_median end as rank_median,
        case when is_banded then rank_p95 end as rank_p95,
        case when is_banded then rank_p95 - rank_p05 + 1 end as rank_band_width,
        case when is_banded then productivity_rank between rank_p05 and rank_p95 end as is_rank_inside_band,
        case when productivity_rank is not null and not is_banded then 'depends_on_limits' end as no_band_reason,
        case when is_banded then choices_rank_p05 end as choices_rank_p05,
        case when is_banded then choices_rank_p95 end as choices_rank_p95,
        case when is_banded then noise_rank_p05 end as noise_rank_p05,
        case when is_banded then noise_rank_p95 end as noise_rank_p95,
        case when is_banded then next_edition_rank_p05 end as next_edition_rank_p05,
        case when is_banded then next_edition_rank_p95 end as next_edition_rank_p95,
        case when productivity_rank is not null then coalesce(probability_top_10, 0) end as probability_top_10,
        case when productivity_rank is not null then coalesce(probability_top_quartile, 0) end
            as probability_top_quartile,
        cast({{ var('draws') }} as bigint) as draws
    from joined

)

select * from final
