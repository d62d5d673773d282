-- Reconciliation: what councils spent lies near what they had budgeted, in each year held of both, so that no year,
-- column or unit of the one stands for another. Measured November 2026, England's outturn over its budget: children
-- 1.05 to 1.16, environment 0.96 to 1.04, housing 0.94 to 1.33 (without counties, whose districts the summary does not
-- hold); councils between two thirds and one and a half of their budget: 97, 94 and 64 in a hundred at least. Adult
-- social care is held to its budget in a test of its own.
{% set services = {
    'children': ['csc_total', 'children_social_care', 1.03, 1.18, 0.95, 140],
    'environment': ['env_total', 'environmental', 0.95, 1.06, 0.92, 140],
    'housing': ['housing_total', 'housing_gfra', 0.92, 1.36, 0.6, 115],
} %}

with

pairs as (

    {% for service, declared in services.items() %}
        select
            '{{ service }}' as service,
            budgets.period,
            {{ council_productivity.to_number('budgets.' ~ declared[0]) }} as budget,
            {{ council_productivity.to_number('outturns.' ~ declared[1]) }} as outturn,
            cast({{ declared[2] }} as {{ council_productivity.number_type() }}) as lower_bound,
            cast({{ declared[3] }} as {{ council_productivity.number_type() }}) as upper_bound,
            cast({{ declared[4] }} as {{ council_productivity.number_type() }}) as least_share_near,
            {{ declared[5] }} as least_councils
        from {{ ref('mhclg_revenue_budget') }} as budgets
        inner join {{ ref('mhclg_revenue_outturn') }} as outturns
            on
                outturns.printed_code = budgets.printed_code
                and outturns.period = budgets.period
        {% if service == 'housing' %}
            where budgets.printed_code not like 'E10%'
        {% endif %}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

compared as (

    select
        service,
        period,
        count(*) as councils,
        sum(outturn) / nullif(sum(budget), 0) as england_ratio,
        avg(case when outturn / nullif(budget, 0) between 0.67 and 1.5 then 1.0 else 0.0 end) as share_near,
        max(lower_bound) as lower_bound,
        max(upper_bound) as upper_bound,
        max(least_share_near) as least_share_near,
        max(least_councils) as least_councils
    from pairs
    where
        budget is not null
        and outturn is not null
    group by service, period

),

failing as (

    select
        'mhclg_revenue_outturn' as seed,
        service,
        period,
        councils,
        england_ratio,
        share_near,
        'outturn lies near the budget, of England and of most councils' as rule
    from compared
    where
        england_ratio not between lower_bound and upper_bound
        or share_near < least_share_near
        or councils < least_councils

)

select * from failing
where {{ council_productivity.not_accepted(['service', 'period']) }}
