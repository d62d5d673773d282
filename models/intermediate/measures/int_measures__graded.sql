-- One row per ranking, measure that counts in it, edition and live council: the value with its score and grade. It is
-- scored in the editions in which the ranking takes it, where it is reported.
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
        uses.evidence_group,
        calculated.*,
        calculated.is_reported
        and calculated.edition >= uses.first_scored_edition
        and calculated.edition <= coalesce(uses.last_scored_edition, calculated.edition) as is_active
    from {{ ref('int_measures__in_rankings') }} as uses
    inner join calculated
        on
            calculated.measure_id = uses.measure_id
            and calculated.edition = uses.edition
            and calculated.gss_code = uses.gss_code

),

weighed as (

    select
        used.*,
        {{ council_productivity.exact_sum(
            'case when is_active then weight end', 'partition by ranking_id, edition, gss_code, evidence_group'
        ) }} as group_weight
    from used

),

scored as (

    select
        weighed.*,
        case
            when weighed.is_active
                then {{ council_productivity.goalpost_score(
                    'weighed.measure_value', 'goalposts.worst_goalpost', 'goalposts.best_goalpost'
                ) }}
        end as score
    from weighed
    inner join goalposts
        on goalposts.measure_id = weighed.measure_id

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
        -- Parts of one total, or ratings of one thing, weigh as two measures at most.
        case
            when evidence_group is null or group_weight is null then weight
            else weight * least(1, {{ var('evidence_group_maximum_weight') }} / group_weight)
        end as weight,
        score,
        {{ council_productivity.grade('score') }} as grade
    from scored

)

select * from final
