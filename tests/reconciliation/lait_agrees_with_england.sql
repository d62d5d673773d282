-- Reconciliation: the councils' percentages and scores of LAIT, weighted by the children looked after or by all
-- children, come to the England that DfE prints. The weights stand in for the users, whom LAIT does not print; the
-- tolerance, a share of England's figure, is a quarter more than the largest gap measured in November 2026.
with

tolerances as (

    {% for item, weight, tolerance in [
        ('ReReferral', 'children', 0.105),
        ('PrevRegCPR', 'children', 0.025),
        ('LACStable_2016on', 'looked_after', 0.06),
        ('LAC_LongStable%', 'looked_after', 0.01),
        ('LACDistance', 'looked_after', 0.045),
        ('CareLeaverEET', 'children', 0.02),
        ('CareLeaverAcc', 'children', 0.02),
        ('Emotional_LAC', 'looked_after', 0.012),
        ('LAC_KS4_AVG_Attain8', 'children', 0.045),
        ('SEN_Stat_AVG_Attain8_Score', 'children', 0.022),
        ('16-17YroldSEN_ET', 'children', 0.01),
        ('SEN_AppealableDec', 'children', 0.045),
        ('LAC_Pers_Abs', 'looked_after', 0.022),
        ('LAC_Over_Abs', 'looked_after', 0.016),
        ('LAC_Fixed_ Ex', 'looked_after', 0.02),
        ('LACHealth%', 'children', 0.01),
        ('LACDental%', 'looked_after', 0.012),
        ('LACVaccinations%', 'looked_after', 0.01),
    ] %}
        select
            '{{ item }}' as item_id,
            '{{ weight }}' as weight,
            {{ tolerance }} as tolerance
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

printed as (

    select
        item_id,
        printed_code,
        replace(period, '/', '-') as period,
        {{ council_productivity.to_number('value_raw') }} as figure_value
    from {{ ref('dfe_lait') }}

),

children as (

    select
        printed_code,
        avg({{ council_productivity.to_number('pop_0_17') }}) as children
    from {{ ref('ons_population') }}
    group by printed_code

),

weights as (

    select
        printed.item_id,
        printed.period,
        printed.figure_value,
        case when tolerances.weight = 'children' then children.children else looked_after.figure_value end as weight
    from printed
    inner join tolerances
        on tolerances.item_id = printed.item_id
    left join children
        on children.printed_code = printed.printed_code
    left join printed as looked_after
        on
            looked_after.item_id = 'LACnum'
            and looked_after.printed_code = printed.printed_code
            and looked_after.period = printed.period
    where printed.figure_value is not null

),

weighed as (

    select
        item_id,
        period,
        count(*) as councils,
        {{ council_productivity.weighted_mean('figure_value', 'weight') }} as councils_mean
    from weights
    where weight is not null
    group by item_id, period

),

england as (

    select
        item_id,
        replace(period, '/', '-') as period,
        {{ council_productivity.to_number('value_raw') }} as england_printed
    from {{ ref('dfe_lait_england') }}

),

failing as (

    select
        'dfe_lait' as seed,
        weighed.*,
        england.england_printed,
        tolerances.tolerance,
        'the councils come to the England that DfE prints' as rule
    from weighed
    inner join tolerances
        on tolerances.item_id = weighed.item_id
    left join england
        on
            england.item_id = weighed.item_id
            and england.period = weighed.period
    where
        weighed.councils > 100
        and (
            england.england_printed is null
            or abs(weighed.councils_mean / england.england_printed - 1) > tolerances.tolerance
        )

)

select * from failing
where {{ council_productivity.not_accepted(['item_id', 'period']) }}
