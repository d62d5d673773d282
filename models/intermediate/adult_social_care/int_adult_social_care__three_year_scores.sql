-- One row per window of three editions, rankable council and measure active in all three: the mean of its three
-- scores, where it has all three. A series that breaks in between is not active on both sides, so that no mean spans
-- a break.
with

windows as (

    select * from {{ ref('int_adult_social_care__windows') }}

),

graded as (

    select * from {{ ref('int_measures__graded') }}
    where
        ranking_id = 'adult_social_care'
        and is_active

),

final as (

    select
        windows.edition,
        windows.from_edition,
        graded.gss_code,
        graded.measure_id,
        graded.domain_id,
        graded.weight,
        -- one by one and not by avg(): a sum of three then comes out the same in whatever order they are read
        (
            max(case when windows.window_year = 1 then graded.score end)
            + max(case when windows.window_year = 2 then graded.score end)
            + max(case when windows.window_year = 3 then graded.score end)
        ) / 3 as mean_score
    from windows
    inner join graded
        on graded.edition = windows.window_edition
    group by
        windows.edition,
        windows.from_edition,
        graded.gss_code,
        graded.measure_id,
        graded.domain_id,
        graded.weight
    having count(*) = 3

)

select * from final
