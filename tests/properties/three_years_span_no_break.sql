-- Property: a three-year figure of adult social care covers three editions in a row on one census base, each of them
-- scored, with the same ten series in all three; who is on the list is better for less over the three, and held it
-- in no more than three of them.
with

windows as (

    select
        windows.edition,
        count(*) as editions,
        max(cast(left(windows.window_edition, 4) as integer)) - min(cast(left(windows.window_edition, 4) as integer))
            as years,
        count(distinct editions.population_base) as population_bases,
        min(case when status.is_scored then 1 else 0 end) as all_scored
    from {{ ref('int_adult_social_care__windows') }} as windows
    inner join {{ ref('stg_register__editions') }} as editions
        on editions.edition = windows.window_edition
    inner join {{ ref('int_rankings__edition_status') }} as status
        on
            status.edition = windows.window_edition
            and status.ranking_id = 'adult_social_care'
    group by windows.edition

),

series as (

    select
        scores.edition,
        scores.measure_id
    from {{ ref('int_adult_social_care__three_year_scores') }} as scores
    inner join {{ ref('bridge_ranking_measure') }} as uses
        on
            uses.ranking_id = 'adult_social_care'
            and uses.measure_id = scores.measure_id
    where
        scores.from_edition < uses.first_scored_edition
        or scores.edition > uses.last_edition

),

listed as (

    select
        listing.edition,
        listing.gss_code
    from {{ ref('fct_adult_social_care_better_for_less') }} as listing
    where
        listing.outcome_score <= listing.average_outcome_score
        or listing.spend_per_adult_gbp >= listing.average_spend_per_adult_gbp
        or listing.editions_better_for_less > 3

)

select
    edition,
    'three editions in a row, scored, on one census base' as rule
from windows
where
    editions <> 3
    or years <> 2
    or population_bases <> 1
    or all_scored <> 1
union all
select distinct
    edition,
    'a series runs through all three editions' as rule
from series
union all
select distinct
    edition,
    'the list holds better outcomes for less spend' as rule
from listed
