-- Rule: the normalised weights of a lens's active measures, and of the lenses, sum to one, and no measure's is above
-- 0.3 in a scored lens.
with

active as (

    select distinct
        calculated.edition,
        calculated.lens_id,
        calculated.measure_id,
        measures.weight
    from {{ ref('int_measures__calculated') }} as calculated
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = calculated.measure_id
    inner join {{ ref('int_lenses__edition_status') }} as status
        on
            status.lens_id = calculated.lens_id
            and status.edition = calculated.edition
            and status.is_scored
    where calculated.is_active

),

normalised as (

    select
        edition,
        lens_id,
        measure_id,
        weight / sum(weight) over (partition by edition, lens_id) as weight_share
    from active

),

too_heavy as (

    select
        edition,
        lens_id,
        measure_id,
        weight_share,
        'no measure weighs more than {{ var("measure_maximum_weight_share") }} of its lens' as rule
    from normalised
    where weight_share > {{ var('measure_maximum_weight_share') }}

),

not_one as (

    select
        edition,
        lens_id,
        max(case when weight_share is null or weight_share <= 0 then measure_id end) as measure_id,
        sum(weight_share) as weight_share,
        'the weights of a lens are positive numbers that normalise to 1' as rule
    from normalised
    group by edition, lens_id
    having
        count(weight_share) < count(*)
        or min(weight_share) <= 0
        or abs(sum(weight_share) - 1) > 1e-9

),

lenses as (

    select
        cast(null as {{ dbt.type_string() }}) as edition,
        lens_id,
        cast(null as {{ dbt.type_string() }}) as measure_id,
        lens_weight as weight_share,
        'the weight of a lens is a number above zero' as rule
    from {{ ref('stg_register__lenses') }}
    where
        lens_weight is null
        or lens_weight <= 0

)

select
    'measures' as seed,
    *
from too_heavy
union all
select
    'measures' as seed,
    *
from not_one
union all
select
    'lenses' as seed,
    *
from lenses
