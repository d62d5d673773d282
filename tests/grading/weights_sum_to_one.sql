-- Rule: the normalised weights of a lens's active measures, and of the lenses, sum to one, and no measure's is above
-- 0.3 in a scored lens.
with

active as (

    select distinct
        graded.edition,
        graded.ranking_id,
        graded.measure_id,
        graded.weight
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('int_rankings__edition_status') }} as status
        on
            status.ranking_id = graded.ranking_id
            and status.edition = graded.edition
            and status.is_scored
    where graded.is_active

),

normalised as (

    select
        edition,
        ranking_id,
        measure_id,
        weight / sum(weight) over (partition by edition, ranking_id) as weight_share
    from active

),

too_heavy as (

    select
        edition,
        ranking_id,
        measure_id,
        weight_share,
        'no measure weighs more than {{ var("measure_maximum_weight_share") }} of its lens' as rule
    from normalised
    where weight_share > {{ var('measure_maximum_weight_share') }}

),

not_one as (

    select
        edition,
        ranking_id,
        max(case when weight_share is null or weight_share <= 0 then measure_id end) as measure_id,
        sum(weight_share) as weight_share,
        'the weights of a lens are positive numbers that normalise to 1' as rule
    from normalised
    group by edition, ranking_id
    having
        count(weight_share) < count(*)
        or min(weight_share) <= 0
        or abs(sum(weight_share) - 1) > 1e-9

),

lenses as (

    select
        cast(null as {{ dbt.type_string() }}) as edition,
        ranking_id,
        cast(null as {{ dbt.type_string() }}) as measure_id,
        weight_in_overall as weight_share,
        'the weight of a lens is a number above zero' as rule
    from {{ ref('stg_register__rankings') }}
    where
        ranking_kind <> 'overall'
        and (
            weight_in_overall is null
            or weight_in_overall <= 0
        )

)

select
    'ranking_measures' as seed,
    *
from too_heavy
union all
select
    'ranking_measures' as seed,
    *
from not_one
union all
select
    'rankings' as seed,
    *
from lenses
