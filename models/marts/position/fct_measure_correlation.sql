with

directed as (

    select
        calculated.edition,
        calculated.ranking_id,
        calculated.measure_id,
        calculated.gss_code,
        calculated.measure_value * measures.polarity as directed_value
    from {{ ref('int_measures__calculated') }} as calculated
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = calculated.measure_id
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = calculated.edition
            and live.gss_code = calculated.gss_code
            and live.is_rankable
    where
        calculated.is_active
        and calculated.measure_value is not null

),

correlated as (

    select
        one.edition,
        one.ranking_id,
        one.measure_id,
        other.measure_id as other_measure_id,
        count(*) as councils,
        {{ council_productivity.round_score('corr(one.directed_value, other.directed_value)') }} as correlation
    from directed as one
    inner join directed as other
        on
            other.edition = one.edition
            and other.ranking_id = one.ranking_id
            and other.gss_code = one.gss_code
            and other.measure_id > one.measure_id
    group by one.edition, one.ranking_id, one.measure_id, other.measure_id

),

final as (

    select
        *,
        case
            when correlation >= {{ var('correlation_duplicate') }} then 'duplicate'
            when correlation <= {{ var('correlation_contrary') }} then 'contrary'
        end as warning
    from correlated

)

select * from final
