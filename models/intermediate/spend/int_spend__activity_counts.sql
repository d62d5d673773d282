-- One row per edition, live council and activity that spend on children answers: how many children it concerns, at what
-- England's unit cost of one frozen edition they would cost, or why the count is missing. Children in need are counted
-- without those looked after, whom they contain.
with

activities as (

    select * from {{ ref('stg_register__activity_unit_costs') }}
    where method_version = '{{ var("method_version") }}'

),

figures as (

    select * from {{ ref('int_figures__by_council') }}
    union all
    select * from {{ ref('int_figures__children_in_need') }}

),

counted as (

    select
        live.edition,
        live.gss_code,
        activities.activity_id,
        activities.unit_cost_gbp,
        activities.less_count_item_id is not null as is_difference,
        counts.figure_value as children_counted,
        less_counts.figure_value as children_taken_off,
        coalesce(
            case when counts.gss_code is null then 'not_available' else counts.missing_reason end,
            case
                when activities.less_count_item_id is null then null
                when less_counts.gss_code is null then 'not_available'
                when less_counts.figure_value > counts.figure_value then 'not_comparable'
                else less_counts.missing_reason
            end
        ) as missing_reason
    from {{ ref('int_calendar__live_councils') }} as live
    cross join activities
    left join figures as counts
        on
            counts.publication_id = activities.publication_id
            and counts.item_id = activities.count_item_id
            and counts.edition = live.edition
            and counts.gss_code = live.gss_code
    left join figures as less_counts
        on
            less_counts.publication_id = activities.publication_id
            and less_counts.item_id = activities.less_count_item_id
            and less_counts.edition = live.edition
            and less_counts.gss_code = live.gss_code

),

final as (

    select
        edition,
        gss_code,
        activity_id,
        case
            when missing_reason is not null then null
            when is_difference then children_counted - children_taken_off
            else children_counted
        end as children,
        case
            when missing_reason is not null then null
            when is_difference then unit_cost_gbp * (children_counted - children_taken_off)
            else unit_cost_gbp * children_counted
        end as activity_gbp,
        missing_reason
    from counted

)

select * from final
