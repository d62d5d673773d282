-- Rule: every active measure has one pair of goalposts that differ, lie the way its polarity says, and equal to nine
-- decimals what the method computes from the base editions; where a figure of those came late or was revised, to within
-- late_figures_tolerance. A new method version sets them anew.
with

beyond as (

    select distinct subject_id as measure_id
    from {{ ref('int_frozen__compared') }}
    where
        seed = 'goalposts'
        and is_beyond

),

compared as (

    select
        measures.measure_id,
        measures.polarity,
        frozen.worst_goalpost,
        frozen.best_goalpost,
        recomputed.worst_goalpost as recomputed_worst_goalpost,
        recomputed.best_goalpost as recomputed_best_goalpost,
        beyond.measure_id is not null as is_beyond
    from {{ ref('stg_register__measures') }} as measures
    left join {{ ref('stg_register__goalposts') }} as frozen
        on
            frozen.measure_id = measures.measure_id
            and frozen.method_version = '{{ var("method_version") }}'
    left join {{ ref('int_measures__goalposts_recomputed') }} as recomputed
        on recomputed.measure_id = measures.measure_id
    left join beyond
        on beyond.measure_id = measures.measure_id
    where measures.measure_id in (
        select uses.measure_id
        from {{ ref('stg_register__ranking_measures') }} as uses
        where uses.status = 'active'
    )

),

judged as (

    select
        *,
        case
            when worst_goalpost is null or best_goalpost is null
                then 'the measure has no goalposts: run make goalposts'
            when worst_goalpost = best_goalpost then 'the two goalposts differ'
            when polarity * (best_goalpost - worst_goalpost) < 0 then 'the goalposts lie the way the polarity says'
            when recomputed_worst_goalpost is null or is_beyond
                then 'the frozen goalposts are what the method computes'
        end as rule
    from compared

)

select
    'goalposts' as seed,
    measure_id,
    polarity,
    worst_goalpost,
    best_goalpost,
    recomputed_worst_goalpost,
    recomputed_best_goalpost,
    rule
from judged
where rule is not null
