-- One row per edition, ranking that is ranked in it, and live council: how often a draw ranks it, its rank band over
-- the draws, and the intervals beside the band (method, step 10). A council without a published rank has no band, and
-- none is given where fewer than half of the draws rank it: there the rank depends on where comparability ends.
with

standing as (

    select * from {{ ref('int_rankings__standing') }}
    where ranked_councils > 0

),

intervals as (

    select * from {{ ref('int_draws__intervals') }}

),

joined as (

    select
        standing.edition,
        standing.gss_code,
        standing.ranking_id,
        standing.ranking_kind,
        standing.productivity_rank,
        standing.ranked_councils,
        coalesce(bands.probability_ranked, 0) as probability_ranked,
        standing.productivity_rank is not null and coalesce(bands.probability_ranked, 0) >= 0.5 as is_banded,
        bands.rank_p05,
        bands.rank_median,
        bands.rank_p95,
        bands.probability_top_10,
        bands.probability_top_quartile,
        choices.rank_p05 as choices_rank_p05,
        choices.rank_p95 as choices_rank_p95,
        noise.rank_p05 as noise_rank_p05,
        noise.rank_p95 as noise_rank_p95,
        next_edition.rank_p05 as next_edition_rank_p05,
        next_edition.rank_p95 as next_edition_rank_p95
    from standing
    left join intervals as bands
        on
            bands.edition = standing.edition
            and bands.ranking_id = standing.ranking_id
            and bands.gss_code = standing.gss_code
            and bands.scenario_id = 'uncertainty'
    left join intervals as choices
        on
            choices.edition = standing.edition
            and choices.ranking_id = standing.ranking_id
            and choices.gss_code = standing.gss_code
            and choices.scenario_id = 'choices'
    left join intervals as noise
        on
            noise.edition = standing.edition
            and noise.ranking_id = standing.ranking_id
            and noise.gss_code = standing.gss_code
            and noise.scenario_id = 'noise'
    left join intervals as next_edition
        on
            next_edition.edition = standing.edition
            and next_edition.ranking_id = standing.ranking_id
            and next_edition.gss_code = standing.gss_code
            and next_edition.scenario_id = 'next_edition'

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
