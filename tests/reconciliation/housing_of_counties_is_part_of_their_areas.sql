-- Rule: the housing block of every authority holds for upper-tier councils what the summary of services prints for
-- them, to the pound; 2022-23, where the summary held is another file, apart.
with

summary as (

    select
        printed_code,
        period,
        {{ council_productivity.to_number('housing_gfra') }} as amount
    from {{ ref('mhclg_revenue_outturn') }}
    where period <> '2022-23'

),

housing as (

    select
        printed_code,
        edition as period,
        figure_value as amount
    from {{ ref('stg_mhclg__housing_outturn_figures') }}

)

select
    summary.printed_code,
    summary.period,
    summary.amount as summary_amount,
    housing.amount as housing_amount,
    'the same figure in both' as rule
from summary
left join housing
    on
        housing.printed_code = summary.printed_code
        and housing.period = summary.period
where
    summary.amount is not null
    and (housing.amount is null or abs(summary.amount - housing.amount) > 0.001)
