-- One row per measure, edition and live council: the value with its score and grade.
-- Only a measure that is active in the edition is scored.
with

goalposts as (

    select * from {{ ref('stg_register__goalposts') }}
    where method_version = '{{ var("method_version") }}'

),

calculated as (

    select * from {{ ref('int_measures__calculated') }}

),

scored as (

    select
        calculated.*,
        measures.weight,
        case
            when calculated.is_active
                then {{ council_productivity.goalpost_score(
                    'calculated.measure_value', 'goalposts.worst_goalpost', 'goalposts.best_goalpost'
                ) }}
        end as score
    from calculated
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = calculated.measure_id
    inner join goalposts
        on goalposts.measure_id = calculated.measure_id

),

final as (

    select
        measure_id,
        ranking_id,
        domain_id,
        edition,
        gss_code,
        is_active,
        periods_held,
        measure_value,
        numerator,
        denominator,
        missing_reason,
        weight,
        score,
        {{ council_productivity.grade('score') }} as grade
    from scored

)

select * from final
