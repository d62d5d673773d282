-- Reconciliation: the councils' delayed days add up to the England row that NHS England prints for the month, in total
-- and by who is responsible. England also counts patients whose council is outside England or not known (measured
-- November 2026: 0.3 to 0.8 % of the total), so the councils hold never more, and at most 1 % less.
with

england as (

    select
        month,
        {{ council_productivity.to_number('days_total') }} as days_total,
        {{ council_productivity.to_number('days_nhs') }} as days_nhs,
        {{ council_productivity.to_number('days_social_care') }} as days_social_care,
        {{ council_productivity.to_number('days_both') }} as days_both
    from {{ ref('nhs_delayed_transfers') }}
    where printed_code = 'E92000001'

),

councils as (

    select
        month,
        sum({{ council_productivity.to_number('days_total') }}) as days_total,
        sum({{ council_productivity.to_number('days_nhs') }}) as days_nhs,
        sum({{ council_productivity.to_number('days_social_care') }}) as days_social_care,
        sum({{ council_productivity.to_number('days_both') }}) as days_both
    from {{ ref('nhs_delayed_transfers') }}
    where printed_code <> 'E92000001'
    group by month

)

select
    england.month,
    england.days_total as england_days,
    councils.days_total as councils_days
from england
left join councils
    on councils.month = england.month
where
    councils.month is null
    or not england.days_total - councils.days_total between 0 and 0.01 * england.days_total
    or not england.days_nhs - councils.days_nhs between 0 and 0.01 * england.days_total
    or not england.days_social_care - councils.days_social_care between 0 and 0.01 * england.days_total
    or not england.days_both - councils.days_both between 0 and 0.01 * england.days_total
