-- Properties of the rank bands: every ranked council has one, or is ranked in fewer than half of the draws; its ends
-- are in order and within the ranking; the chances of the top ten add up to ten places and those of the best quarter
-- to a quarter, ties and ranks brought to another number of councils apart.
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
        or (bands.rank_p05 is null) <> (bands.probability_ranked < 0.5)
        or (bands.rank_p05 is null) <> (bands.no_band_reason is not null)
        or bands.rank_p05 < 1
        or bands.rank_p05 > bands.rank_median
        or bands.rank_median > bands.rank_p95
        or bands.rank_p95 > ranking.ranked_councils
        or not bands.probability_ranked between 0 and 1

),

chances as (

    select
        intervals.edition,
        intervals.ranking_id,
        cast(null as {{ dbt.type_string() }}) as gss_code,
        cast(null as bigint) as rank_p05,
        cast(null as bigint) as rank_p95,
        'the chances of the places add up to the places' as rule
    from {{ ref('int_draws__intervals') }} as intervals
    inner join {{ ref('int_rankings__editions_ranked') }} as ranked
        on
            ranked.edition = intervals.edition
            and ranked.ranking_id = intervals.ranking_id
    where intervals.scenario_id = 'uncertainty'
    group by intervals.edition, intervals.ranking_id, ranked.ranked_councils
    having
        not sum(intervals.probability_top_10) between 9.5 and 10.7
        -- a draw that ranks fewer councils than are published fills fewer places
        or not sum(intervals.probability_top_quartile)
        between least(ranked.ranked_councils, sum(intervals.probability_ranked)) / 4.0 - 0.5
        and ranked.ranked_councils / 4.0 + 2

)

select * from expected
union all
select * from chances
