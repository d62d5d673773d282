-- One row per ranking, measure that counts in it, edition and live council: the value with its score and grade. It is
-- scored from the edition on in which the ranking takes it, where it is reported.
with

goalposts as (

    select * from {{ ref('stg_register__goalposts') }}
    where method_version = '{{ var("method_version") }}'

),

calculated as (

    select * from {{ ref('int_measures__calculated') }}

),

used as (

    select
        uses.ranking_id,
        uses.domain_id,
        uses.weight,
        calculated.*,
        calculated.is_reported and calculated.edition >= uses.first_scored_edition as is_active
    from {{ ref('int_measures__in_rankings') }} as uses
    inner join calculated
        on
            calculated.measure_id = uses.measure_id
            and calculated.edition = uses.edition
            and calculated.gss_code = uses.gss_code

),

scored as (

    select
        used.*,
        case
            when used.is_active
                then {{ council_productivity.goalpost_score(
                    'used.measure_value', 'goalposts.worst_goalpost', 'goalposts.best_goalpost'
                ) }}
        end as score
    from used
    inner join goalposts
        on goalposts.measure_id = used.measure_id

),

final as (

    select
        ranking_id,
        measure_id,
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
