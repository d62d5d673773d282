-- Rule: every activity has a unit cost for the method version, and it is what England's spend and counts of its edition
-- give, to half a pound, since costs are frozen in whole pounds; where figures came late, to within
-- late_figures_tolerance.
with

activities as (

    select distinct activity_id
    from {{ ref('stg_register__activity_unit_costs') }}

),

beyond as (

    select subject_id as activity_id
    from {{ ref('int_frozen__compared') }}
    where
        seed = 'activity_unit_costs'
        and is_beyond

),

compared as (

    select
        activities.activity_id,
        frozen.unit_cost_gbp,
        recomputed.unit_cost_gbp as recomputed_unit_cost_gbp,
        beyond.activity_id is not null as is_beyond
    from activities
    left join {{ ref('stg_register__activity_unit_costs') }} as frozen
        on
            frozen.activity_id = activities.activity_id
            and frozen.method_version = '{{ var("method_version") }}'
    left join {{ ref('int_spend__unit_costs_recomputed') }} as recomputed
        on recomputed.activity_id = activities.activity_id
    left join beyond
        on beyond.activity_id = activities.activity_id

),

judged as (

    select
        *,
        case
            when unit_cost_gbp is null then 'the activity has a unit cost for the method version'
            when recomputed_unit_cost_gbp is null or is_beyond
                then 'the frozen unit cost is England''s spend over England''s count, to half a pound'
        end as rule
    from compared

)

select
    'activity_unit_costs' as seed,
    activity_id,
    unit_cost_gbp,
    recomputed_unit_cost_gbp,
    rule
from judged
where rule is not null
