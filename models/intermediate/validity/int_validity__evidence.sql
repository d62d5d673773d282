-- One row per measure with evidence: its strongest reference, and whether it passes the first test (a comparison found
-- that a better outcome costs less, or as much) or rests on reasoning.
with

evidence as (

    select
        *,
        case strength
            when 'costs_fell' then 1
            when 'same_cost_better_outcome' then 2
            when 'association' then 3
            else 4
        end as strength_order
    from {{ ref('stg_register__measure_evidence') }}

),

placed as (

    select
        *,
        row_number() over (partition by measure_id order by strength_order, evidence_order) as place,
        count(*) over (partition by measure_id) as references_held
    from evidence

),

final as (

    select
        measure_id,
        evidence_order,
        references_held,
        reference || '. ' || finding as value_evidence,
        strength as evidence_strength,
        strength_order > 2 as is_resting_on_reasoning,
        saving_falls_to,
        saving_falls_to like 'council%' as is_saving_the_councils
    from placed
    where place = 1

)

select * from final
