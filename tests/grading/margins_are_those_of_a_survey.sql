-- Rule: the margins of error of the user survey are those of a few hundred answers: more than 1 and less than 60
-- points for a council, 2 to 10 for the middle one of a year. Measured November 2026: 2.0 to 38.3, and 3.7 to 7.3.
with

margins as (

    select
        item_id,
        period,
        printed_code,
        {{ council_productivity.to_number('margin_raw') }} as margin
    from {{ ref('nhs_ascof_margins') }}
    where item_id in ('CONTROL', 'SOCIAL_USERS', 'SAFE', 'INFO_USERS')

),

middle as (

    select
        item_id,
        period,
        {{ council_productivity.percentile('margin', 0.5) }} as median_margin
    from margins
    where margin is not null
    group by item_id, period

),

failing as (

    select
        'nhs_ascof_margins' as seed,
        margins.item_id,
        margins.period,
        margins.printed_code,
        margins.margin,
        middle.median_margin,
        'a margin of the survey is between 1 and 60 points, the middle one of a year between 2 and 10' as rule
    from margins
    inner join middle
        on
            middle.item_id = margins.item_id
            and middle.period = margins.period
    where
        margins.margin not between 1 and 60
        or middle.median_margin not between 2 and 10

)

select * from failing
where {{ council_productivity.not_accepted(['item_id', 'period', 'printed_code']) }}
