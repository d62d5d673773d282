-- Rule: a measure is active in an edition only if at least 90 % of the rankable councils hold it.
with

covered as (

    select
        calculated.measure_id,
        calculated.edition,
        count(*) as councils,
        count(calculated.measure_value) as councils_held
    from {{ ref('int_measures__calculated') }} as calculated
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = calculated.edition
            and live.gss_code = calculated.gss_code
    where
        calculated.is_active
        and live.is_rankable
    group by calculated.measure_id, calculated.edition

)

select
    *,
    'held by {{ var("measure_minimum_coverage") }} of the councils, or not active in the edition' as rule
from covered
where councils_held < {{ var('measure_minimum_coverage') }} * councils
