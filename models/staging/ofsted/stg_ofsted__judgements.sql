with

source as (

    select * from {{ ref('ofsted_judgements') }}

),

printed as (

    {{ council_productivity.unpivot_items(
        'source',
        ['printed_code', 'as_at', 'inspection_date'],
        ['overall_effectiveness', 'impact_of_leaders', 'help_and_protection', 'children_in_care', 'care_leavers']
    ) }}

),

final as (

    select
        printed_code,
        cast(as_at as date) as as_at,
        cast(inspection_date as date) as inspection_date,
        item_id,
        value_raw,
        cast(
            case value_raw
                when 'Outstanding' then 4
                when 'Good' then 3
                when 'Requires improvement to be good' then 2
                when 'Inadequate' then 1
            end as {{ council_productivity.number_type() }}
        ) as judgement
    from printed

)

select * from final
