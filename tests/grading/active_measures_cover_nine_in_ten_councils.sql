-- Rule: a measure is active in an edition only if at least 90 % of the rankable councils hold it.
with

covered as (

    select
        graded.ranking_id,
        graded.measure_id,
        graded.edition,
        count(*) as councils,
        count(graded.measure_value) as councils_held
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = graded.edition
            and live.gss_code = graded.gss_code
    where
        graded.is_active
        and live.is_rankable
    group by graded.ranking_id, graded.measure_id, graded.edition

)

select
    *,
    'held by {{ var("measure_minimum_coverage") }} of the councils, or not active in the edition' as rule
from covered
where councils_held < {{ var('measure_minimum_coverage') }} * councils
