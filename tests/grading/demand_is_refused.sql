-- Rule: counts of demand are in the register as refused, with the reason, and never graded: a low rate of children
-- in need or in care, or of households owed a duty or on the register, may mean little need or needs not met.
with

demand as (

    select 'children_in_need_rate' as measure_id
    union all
    select 'children_looked_after_rate' as measure_id
    union all
    select 'housing_owed_duty' as measure_id
    union all
    select 'housing_register' as measure_id

),

not_refused as (

    select
        demand.measure_id,
        'refused in the register, with the reason' as rule
    from demand
    left join {{ ref('stg_register__ranking_measures') }} as uses
        on
            uses.measure_id = demand.measure_id
            and uses.status = 'refused'
            and uses.status_reason is not null
    where
        {{ council_productivity.rows_are_expected() }}
        and uses.measure_id is null

),

graded as (

    select distinct
        grades.measure_id,
        'a count of demand is not graded' as rule
    from {{ ref('int_measures__graded') }} as grades
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = grades.measure_id
    where measures.kind = 'demand'
    union all
    select
        grades.measure_id,
        'only an active measure is graded' as rule
    from {{ ref('int_measures__graded') }} as grades
    inner join {{ ref('stg_register__ranking_measures') }} as uses
        on
            uses.ranking_id = grades.ranking_id
            and uses.measure_id = grades.measure_id
    where uses.status <> 'active'
    group by grades.measure_id

),

same_figure as (

    -- The same printed figure under another name would be the same demand.
    select distinct
        measures.measure_id,
        'an active measure does not use the figure of a refused demand' as rule
    from {{ ref('stg_register__measures') }} as measures
    inner join {{ ref('stg_register__measures') }} as refused
        on
            refused.kind = 'demand'
            and refused.publication_id = measures.publication_id
            and refused.numerator_item_id = measures.numerator_item_id
    inner join {{ ref('stg_register__ranking_measures') }} as uses
        on
            uses.measure_id = measures.measure_id
            and uses.status = 'active'

)

select * from not_refused
union all
select * from graded
union all
select * from same_figure
