-- One row per edition, lens and scored measure: England as a council of its own, the measure's mean score over the
-- ranked councils that hold it, at the measure's weight in the edition (method, step 12). Its parts add up to England's
-- outcome, which is its productivity, too: England's spend index is 1.
with

means as (

    select
        parts.edition,
        parts.ranking_id,
        parts.measure_id,
        max(parts.weight) as weight,
        {{ council_productivity.round_score('avg(parts.score)') }} as score
    from {{ ref('int_position__measure_parts') }} as parts
    group by parts.edition, parts.ranking_id, parts.measure_id

),

weighed as (

    select
        *,
        weight / {{ council_productivity.exact_sum('weight', 'partition by edition, ranking_id') }} as weight_share
    from means

),

final as (

    select
        edition,
        ranking_id,
        measure_id,
        score,
        weight_share,
        weight_share * score as outcome_part
    from weighed

)

select * from final
