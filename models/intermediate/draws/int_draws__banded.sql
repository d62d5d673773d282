-- One row per edition, ranking that is ranked in it, and live council: how often a draw ranks it, its rank band over
-- the draws, and the intervals beside the band (method, step 10). A council without a published rank has no band, and
-- none is given where fewer than half of the draws rank it: there the rank depends on where comparability ends.
{% set beside = ['choices', 'noise', 'next_edition'] %}

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
        {% for scenario in beside %}
            {{ scenario }}.rank_p05 as {{ scenario }}_rank_p05,
            {{ scenario }}.rank_p95 as {{ scenario }}_rank_p95{{ ',' if not loop.last }}
        {% endfor %}
    from standing
    left join intervals as bands
        on
            bands.edition = standing.edition
            and bands.ranking_id = standing.ranking_id
            and bands.gss_code = standing.gss_code
            and bands.scenario_id = 'uncertainty'
    {% for scenario in beside %}
        left join intervals as {{ scenario }}
            on
                {{ scenario }}.edition = standing.edition
                and {{ scenario }}.ranking_id = standing.ranking_id
                and {{ scenario }}.gss_code = standing.gss_code
                and {{ scenario }}.scenario_id = '{{ scenario }}'
    {% endfor %}

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
        {% for scenario in beside %}
            case when is_banded then {{ scenario }}_rank_p05 end as {{ scenario }}_rank_p05,
            case when is_banded then {{ scenario }}_rank_p95 end as {{ scenario }}_rank_p95,
        {% endfor %}
        case when productivity_rank is not null then coalesce(probability_top_10, 0) end as probability_top_10,
        case when productivity_rank is not null then coalesce(probability_top_quartile, 0) end
            as probability_top_quartile,
        cast({{ var('draws') }} as bigint) as draws
    from joined

)

select * from final
