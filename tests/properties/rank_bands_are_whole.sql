-- Properties of the rank bands: every ranked council has one, over all the draws; its ends are in order and within the
-- ranking; the chances of the top ten add up to ten places, ties apart, and those of the best quarter to a quarter.
with

expected as (

    select
        ranking.edition,
        ranking.ranking_id,
        ranking.gss_code,
        bands.rank_p05,
        bands.rank_p95,
        'each ranked council has a band in order, over all the draws' as rule
    from {{ ref('int_rankings__published') }} as ranking
    left join {{ ref('int_draws__banded') }} as bands
        on
            bands.edition = ranking.edition
            and bands.ranking_id = ranking.ranking_id
            and bands.gss_code = ranking.gss_code
    where
        bands.gss_code is null
        or bands.productivity_rank <> ranking.productivity_rank
        or bands.rank_p05 < 1
        or bands.rank_p05 > bands.rank_median
        or bands.rank_median > bands.rank_p95
        or bands.rank_p95 > ranking.ranked_councils
        or bands.draws <> {{ var('draws') }}

),

chances as (

    select
        edition,
        ranking_id,
        cast(null as {{ dbt.type_string() }}) as gss_code,
        cast(null as bigint) as rank_p05,
        cast(null as bigint) as rank_p95,
        'the chances of the places add up to the places' as rule
    from {{ ref('int_draws__banded') }}
    group by edition, ranking_id, ranked_councils
    having
        not sum(probability_top_10) between 10 - 1e-6 and 10.2
        or not sum(probability_top_quartile) between ranked_councils / 4.0 - 1e-6 and ranked_councils / 4.0 + 1.2

)

select * from expected
union all
select * from chances
