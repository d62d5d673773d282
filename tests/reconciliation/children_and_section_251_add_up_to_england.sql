-- Reconciliation: the councils' children looked after, care leavers and section 251 spend add up to DfE's England
-- row to rounding, one child or one pound a council (measured November 2026), but for the GBP 60,000,000 that
-- England has more in 2017-18, which the publisher's own tables show.
with

england as (

    select
        item_id,
        replace(trim(replace(period, '(OT)', '')), '/', '-') as period,
        {{ council_productivity.to_number('value_raw') }} as england_value
    from {{ ref('dfe_lait_england') }}

),

councils as (

    select
        item_id,
        replace(trim(replace(period, '(OT)', '')), '/', '-') as period,
        count({{ council_productivity.to_number('value_raw') }}) as councils,
        sum({{ council_productivity.to_number('value_raw') }}) as councils_sum
    from {{ ref('dfe_lait') }}
    group by item_id, replace(trim(replace(period, '(OT)', '')), '/', '-')

),

compared as (

    select
        england.item_id,
        england.period,
        england.england_value,
        councils.councils_sum,
        councils.councils as tolerance,
        case
            when england.item_id in ('TotalLACFinance', 'C&YPExpenditure') and england.period = '2017-18' then 60000000
            else 0
        end as known_difference
    from england
    inner join councils
        on
            councils.item_id = england.item_id
            and councils.period = england.period
    where
        england.item_id in (
            'LACnum',
            'NoCareLeavers',
            'TotalLACFinance',
            'LeaveCareSupServTotExp',
            'SafeguardingFinance',
            'FamilySupportFinance',
            'YouthJusticeFinance',
            'YoungPeopleFinance',
            'OtherChildren&FamilyFinance',
            'SureStartFinance',
            'C&YPExpenditure'
        )

),

failing as (

    select *
    from compared
    where
        england_value is null
        or abs(england_value - councils_sum - known_difference) > tolerance

)

select * from failing
where {{ council_productivity.not_accepted(['item_id', 'period']) }}
