-- One row per activity: England's cost of one unit in the edition it is frozen for, spend over count, summed over the
-- live councils that hold every figure of the two. The seed `activity_unit_costs` freezes it; a test compares.
with

activities as (

    select * from {{ ref('stg_register__activity_unit_costs') }}
    where method_version = '{{ var("method_version") }}'

),

figures as (

    select
        publication_id,
        item_id,
        edition,
        gss_code,
        figure_value
    from {{ ref('int_figures__by_council') }}
    where figure_value is not null

),

held as (

    select
        activities.activity_id,
        counts.gss_code,
        counts.children,
        spent.figure_value + coalesce(more_spent.figure_value, 0) - coalesce(less_spent.figure_value, 0) as spend_gbp,
        (activities.more_spend_item_id is null or more_spent.gss_code is not null)
        and (activities.less_spend_item_id is null or less_spent.gss_code is not null) as is_whole
    from activities
    inner join {{ ref('int_spend__activity_counts') }} as counts
        on
            counts.activity_id = activities.activity_id
            and counts.edition = activities.edition
    inner join figures as spent
        on
            spent.publication_id = activities.publication_id
            and spent.item_id = activities.spend_item_id
            and spent.edition = activities.edition
            and spent.gss_code = counts.gss_code
    left join figures as more_spent
        on
            more_spent.publication_id = activities.publication_id
            and more_spent.item_id = activities.more_spend_item_id
            and more_spent.edition = activities.edition
            and more_spent.gss_code = counts.gss_code
    left join figures as less_spent
        on
            less_spent.publication_id = activities.publication_id
            and less_spent.item_id = activities.less_spend_item_id
            and less_spent.edition = activities.edition
            and less_spent.gss_code = counts.gss_code
    where counts.children is not null

),

final as (

    select
        activity_id,
        {{ council_productivity.round_score('sum(spend_gbp) / sum(children)', digits=2) }} as unit_cost_gbp,
        count(*) as councils
    from held
    where is_whole
    group by activity_id

)

select * from final
