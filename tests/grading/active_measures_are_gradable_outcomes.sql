-- Rule: an active measure is an outcome (or says why another kind may stand in), states why it is gradable, the
-- evidence that better costs less, and a weight above zero; one that is not active says why. Every publication, of
-- outcomes as of spend, has a licence that allows its use.
with

measures as (

    select * from {{ ref('stg_register__measures') }}

),

broken as (

    select
        measure_id,
        case
            when status = 'active' and kind <> 'outcome' and kind_override_reason is null
                then 'an active measure is an outcome or carries a written override'
            when status = 'active' and (gradable_because is null or gradable_because = 'Not gradable.')
                then 'an active measure says why it is gradable'
            when status = 'active' and (value_evidence is null or value_evidence like 'None%')
                then 'an active measure names the evidence that better costs less'
            when status = 'active' and (weight is null or weight <= 0) then 'a weight is a number above zero'
            when status = 'active' and (lower_bound is null or upper_bound is null) then 'bounds are stated'
            when status <> 'active' and status_reason is null then 'a measure that is not active says why'
            when status = 'active' and status_reason is not null then 'only a measure that is not active says why'
        end as rule
    from measures

)

select
    'measures' as seed,
    measure_id,
    cast(null as {{ dbt.type_string() }}) as publication_id,
    cast(null as {{ dbt.type_string() }}) as licence,
    rule
from broken
where rule is not null
union all
select
    'publications' as seed,
    cast(null as {{ dbt.type_string() }}) as measure_id,
    publication_id,
    licence,
    'the licence is in the allowed list' as rule
from {{ ref('stg_register__publications') }}
where coalesce(licence, '') not in ('OGL-UK-3.0')
