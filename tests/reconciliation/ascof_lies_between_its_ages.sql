-- Reconciliation: a council's ASCOF figure for all users lies between those for users under and over 65, to rounding.
-- Measured November 2026: always within 0.1 points, but short-term support by 6.7 in two councils.
with

ages as (

    select
        item_id,
        printed_code,
        period,
        min({{ council_productivity.to_number('value_raw') }}) as lowest_age,
        max({{ council_productivity.to_number('value_raw') }}) as highest_age,
        count({{ council_productivity.to_number('value_raw') }}) as ages_held
    from {{ ref('nhs_ascof_by_age') }}
    where item_id in ('CONTROL', 'SOCIAL_USERS', 'SAFE', 'INFO_USERS', 'DP_USERS', 'STMAX')
    group by item_id, printed_code, period

),

everybody as (

    select
        item_id,
        printed_code,
        period,
        {{ council_productivity.to_number('value_raw') }} as all_ages
    from {{ ref('nhs_ascof') }}

),

beside as (

    select
        ages.*,
        everybody.all_ages,
        case when ages.item_id = 'STMAX' then 7 else 0.11 end as tolerance
    from ages
    inner join everybody
        on
            everybody.item_id = ages.item_id
            and everybody.printed_code = ages.printed_code
            and everybody.period = ages.period
    where ages.ages_held = 2

),

failing as (

    select
        'nhs_ascof_by_age' as seed,
        item_id,
        printed_code,
        period,
        lowest_age,
        all_ages,
        highest_age,
        'the figure for all users lies between those of the ages' as rule
    from beside
    where
        all_ages < lowest_age - tolerance
        or all_ages > highest_age + tolerance

)

select * from failing
where {{ council_productivity.not_accepted(['item_id', 'printed_code', 'period']) }}
