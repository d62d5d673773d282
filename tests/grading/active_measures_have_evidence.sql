-- Rule: an active measure has a row in measure_evidence; the strongest reference of a measure comes first; an amount
-- says what it is for; and a measure is marked as resting on reasoning exactly where no reference compared and found
-- that costs fell, or a better outcome at the same cost.
with

evidence as (

    select * from {{ ref('stg_register__measure_evidence') }}

),

marked as (

    select * from {{ ref('int_validity__evidence') }}

),

counted as (

    select
        measure_id,
        count(case when strength in ('costs_fell', 'same_cost_better_outcome') then 1 end) as references_that_compare
    from evidence
    group by measure_id

),

broken as (

    select distinct
        uses.measure_id,
        'an active measure has a row in measure_evidence' as rule
    from {{ ref('stg_register__ranking_measures') }} as uses
    left join evidence
        on evidence.measure_id = uses.measure_id
    where
        uses.status = 'active'
        and evidence.measure_id is null
    union all
    select
        measure_id,
        'the strongest reference comes first' as rule
    from marked
    where evidence_order <> 1
    union all
    select
        measure_id,
        'an amount and what it is for stand together' as rule
    from evidence
    where (amount_gbp is null) <> (amount_text is null)
    union all
    select
        marked.measure_id,
        'a measure rests on reasoning where no reference compared' as rule
    from marked
    inner join counted
        on counted.measure_id = marked.measure_id
    where marked.is_resting_on_reasoning <> (counted.references_that_compare = 0)

)

select
    'measure_evidence' as seed,
    measure_id,
    rule
from broken
