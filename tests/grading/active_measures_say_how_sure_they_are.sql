-- Rule: every active measure says where the error of its values comes from, with what its kind needs, and no more; one
-- without, one whose count is a part of another, and one whose deviation was measured says why in a note.
with

active as (

    select distinct measure_id
    from {{ ref('stg_register__ranking_measures') }}
    where status = 'active'

),

judged as (

    select
        active.measure_id,
        errors.sampling_error,
        case
            when errors.measure_id is null then 'an active measure has a row in measure_errors'
            when errors.sampling_error = 'none' and errors.note is null then 'none has a reason'
            when (errors.count_share is not null or errors.deviation is not null) and errors.note is null
                then 'a share or a deviation has its source in the note'
            when
                errors.sampling_error in ('none', 'binomial', 'poisson', 'poisson_stock')
                and (errors.publication_id is not null or errors.item_id is not null)
                then 'the error of a count of its own rests on no other figure'
            when
                errors.sampling_error not in ('none', 'binomial', 'poisson', 'poisson_stock')
                and (errors.publication_id is null or errors.item_id is null)
                then 'the error of a printed value names the figure that it rests on'
            when
                (errors.sampling_error in ('binomial_of_count', 'poisson_of_rate')) <> (errors.value_per is not null)
                then 'a printed share or rate, and nothing else, says what it is out of'
            when (errors.sampling_error = 'mean_of_count') <> (errors.deviation is not null)
                then 'a mean, and nothing else, has a deviation'
            when (errors.count_per is null) <> (errors.population_item_id is null)
                then 'a count that is a rate names its population'
            when
                (measures.calculation = 'ratio')
                <> (errors.sampling_error in ('binomial', 'poisson', 'poisson_stock'))
                and errors.sampling_error <> 'none'
                then 'a ratio has the error of its own counts, a printed value that of others'
        end as rule
    from active
    left join {{ ref('stg_register__measure_errors') }} as errors
        on errors.measure_id = active.measure_id
    left join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = active.measure_id

)

select
    'measure_errors' as seed,
    measure_id,
    sampling_error,
    rule
from judged
where rule is not null
