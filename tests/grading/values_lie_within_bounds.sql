-- Rule: a percentage lies within 0 and 100, and every value within the sane bounds of its measure's
-- register row; for the two councils that are never ranked a handful of people makes any rate.
with

failing as (

    select
        measures.publication_id as seed,
        calculated.measure_id,
        calculated.edition,
        calculated.gss_code,
        calculated.measure_value,
        measures.lower_bound,
        measures.upper_bound,
        'a value lies within the bounds of the register' as rule
    from {{ ref('int_measures__calculated') }} as calculated
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = calculated.measure_id
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = calculated.edition
            and live.gss_code = calculated.gss_code
    where
        (live.is_rankable and calculated.measure_value < measures.lower_bound)
        or (live.is_rankable and calculated.measure_value > measures.upper_bound)
        or (measures.unit_kind = 'percentage' and not calculated.measure_value between 0 and 100)

)

select * from failing
where {{ council_productivity.not_accepted(['measure_id', 'edition', 'gss_code']) }}
