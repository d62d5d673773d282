-- Rule: a judgement that stands beside a ranking is of a figure that none of its measures in the edition is made of,
-- and each judgement of the register is seen beside its ranking in some edition.
with

used as (

    select distinct
        graded.ranking_id,
        graded.edition,
        measures.publication_id,
        measures.numerator_item_id as item_id
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = graded.measure_id
    where graded.is_active

),

broken as (

    select
        judged.ranking_id,
        judged.judgement_id,
        'the judgement is no measure of the ranking' as rule
    from {{ ref('int_validity__rankings_judged') }} as judged
    inner join {{ ref('stg_register__outside_judgements') }} as register
        on
            register.ranking_id = judged.ranking_id
            and register.judgement_id = judged.judgement_id
    inner join used
        on
            used.ranking_id = judged.ranking_id
            and used.edition = judged.edition
            and used.publication_id = register.publication_id
            and used.item_id = register.item_id
    union all
    select
        register.ranking_id,
        register.judgement_id,
        'the judgement is a figure that is held and no measure of the ranking in every edition' as rule
    from {{ ref('stg_register__outside_judgements') }} as register
    left join {{ ref('int_validity__rankings_judged') }} as judged
        on
            judged.ranking_id = register.ranking_id
            and judged.judgement_id = register.judgement_id
    where
        judged.ranking_id is null
        and {{ council_productivity.rows_are_expected() }}

)

select distinct
    'outside_judgements' as seed,
    ranking_id,
    judgement_id,
    rule
from broken
