-- Rule: an active measure is an outcome (or says why another kind may stand in), states why it is gradable
-- and a weight above zero; one that is not active says why. Every publication, of
-- outcomes as of spend, has a licence that allows its use.
with

measures as (

    select
        measures.*,
        uses.ranking_id,
        uses.status,
        uses.status_reason,
        uses.weight
    from {{ ref('stg_register__ranking_measures') }} as uses
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = uses.measure_id

),

unused as (

    select measures.measure_id
    from {{ ref('stg_register__measures') }} as measures
    left join {{ ref('stg_register__ranking_measures') }} as uses
        on uses.measure_id = measures.measure_id
    where uses.measure_id is null

),

broken as (

    select
        ranking_id,
        measure_id,
        case
            when status = 'active' and kind <> 'outcome' and kind_override_reason is null
                then 'an active measure is an outcome or carries a written override'
            when status = 'active' and (gradable_because is null or gradable_because = 'Not gradable.')
                then 'an active measure says why it is gradable'
            when status = 'active' and (weight is null or weight <= 0) then 'a weight is a number above zero'
            when status = 'active' and (lower_bound is null or upper_bound is null) then 'bounds are stated'
            when status <> 'active' and status_reason is null then 'a measure that is not active says why'
            when status = 'active' and status_reason is not null then 'only a measure that is not active says why'
        end as rule
    from measures

)

select
    'ranking_measures' as seed,
    ranking_id,
    measure_id,
    cast(null as {{ dbt.type_string() }}) as publication_id,
    cast(null as {{ dbt.type_string() }}) as licence,
    rule
from broken
where rule is not null
union all
select
    'measures' as seed,
    cast(null as {{ dbt.type_string() }}) as ranking_id,
    measure_id,
    cast(null as {{ dbt.type_string() }}) as publication_id,
    cast(null as {{ dbt.type_string() }}) as licence,
    'a measure has a row in ranking_measures, active or refused' as rule
from unused
union all
select
    'publications' as seed,
    cast(null as {{ dbt.type_string() }}) as ranking_id,
    cast(null as {{ dbt.type_string() }}) as measure_id,
    publication_id,
    licence,
    'the licence is in the allowed list' as rule
from {{ ref('stg_register__publications') }}
where coalesce(licence, '') not in ('OGL-UK-3.0')
