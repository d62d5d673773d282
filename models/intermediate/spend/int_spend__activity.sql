-- One row per ranking whose spend answers children in need of help, edition and live council: its spend index taken
-- apart into activity per child and spend per unit of activity, each relative to England (method, step 7). The two
-- multiply to the spend index; a council that lacks a count has neither and says why.
with

activity as (

    select
        edition,
        gss_code,
        max(case when activity_id = 'children_looked_after' then children end) as children_looked_after,
        max(case when activity_id = 'children_in_need_not_looked_after' then children end)
            as children_in_need_not_looked_after,
        max(case when activity_id = 'care_leavers' then children end) as care_leavers,
        case
            when count(activity_gbp) = count(*)
                then {{ council_productivity.round_score('sum(activity_gbp)', digits=2) }}
        end as activity_gbp,
        {{ council_productivity.first_reason('missing_reason') }} as missing_reason
    from {{ ref('int_spend__activity_counts') }}
    group by edition, gss_code

),

paired as (

    select
        spend.ranking_id,
        spend.edition,
        spend.gss_code,
        spend.need_population,
        spend.spend_gbp,
        spend.spend_index,
        activity.children_looked_after,
        activity.children_in_need_not_looked_after,
        activity.care_leavers,
        activity.activity_gbp,
        activity.missing_reason
    from {{ ref('int_spend__indexed') }} as spend
    inner join activity
        on
            activity.edition = spend.edition
            and activity.gss_code = spend.gss_code
    where spend.ranking_id in ({{ "'" ~ var('activity_rankings') | join("', '") ~ "'" }})

),

england as (

    select
        ranking_id,
        edition,
        {{ council_productivity.round_score('sum(activity_gbp) / sum(need_population)') }}
            as england_activity_per_child_gbp
    from paired
    where
        activity_gbp is not null
        and need_population is not null
    group by ranking_id, edition

),

indexed as (

    select
        paired.*,
        england.england_activity_per_child_gbp,
        paired.activity_gbp / nullif(paired.need_population, 0) / england.england_activity_per_child_gbp
            as activity_per_child_index
    from paired
    left join england
        on
            england.ranking_id = paired.ranking_id
            and england.edition = paired.edition

),

divided as (

    -- What the one index leaves of the other, so that the two parts are the published index and nothing else.
    select
        *,
        case when spend_index > 0 then spend_index / nullif(activity_per_child_index, 0) end
            as spend_per_activity_index
    from indexed

),

final as (

    select
        ranking_id,
        edition,
        gss_code,
        children_looked_after,
        children_in_need_not_looked_after,
        care_leavers,
        activity_gbp,
        need_population,
        spend_gbp,
        england_activity_per_child_gbp,
        spend_index,
        activity_per_child_index,
        spend_per_activity_index,
        case when activity_per_child_index > 0 then ln(activity_per_child_index) end as ln_activity_per_child,
        case when spend_per_activity_index > 0 then ln(spend_per_activity_index) end as ln_spend_per_activity,
        case
            when missing_reason is not null then missing_reason
            when coalesce(need_population, 0) = 0 then 'no_population'
            when activity_gbp <= 0 then 'small_numbers'
            when spend_index is null or spend_index <= 0 then 'no_spend'
        end as no_split_reason
    from divided

)

select * from final
