with

directed as (

    select
        graded.edition,
        graded.ranking_id,
        graded.measure_id,
        graded.gss_code,
        graded.measure_value * measures.polarity as directed_value
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = graded.measure_id
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = graded.edition
            and live.gss_code = graded.gss_code
            and live.is_rankable
    where
        graded.is_active
        and graded.measure_value is not null

),

correlated as (

    select
        one.edition,
        one.ranking_id,
        one.measure_id,
        other.measure_id as other_measure_id,
        count(*) as councils,
        {{ council_productivity.correlation('one.directed_value', 'other.directed_value') }} as correlation
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
