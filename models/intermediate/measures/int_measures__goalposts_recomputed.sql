-- One row per measure that counts in a ranking: the 5th and 95th percentile of its values, pooled over the base
-- editions and every rankable council whatever its spend, turned so that the better end is the best goalpost.
-- A series that begins after the base editions has its first edition in their place.
-- The seed `goalposts` freezes these figures for a method version; a test compares the two.
with

pooled as (

    select
        calculated.measure_id,
        measures.polarity,
        {{ council_productivity.percentile('calculated.measure_value', 0.05) }} as p05,
        {{ council_productivity.percentile('calculated.measure_value', 0.95) }} as p95,
        count(calculated.measure_value) as values_pooled,
        {{ council_productivity.round_score(council_productivity.exact_sum('calculated.measure_value')) }}
            as values_total,
        min(calculated.edition) as first_edition,
        max(calculated.edition) as last_edition
    from {{ ref('int_measures__calculated') }} as calculated
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = calculated.measure_id
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = calculated.edition
            and live.gss_code = calculated.gss_code
    where
        calculated.edition
        between case
            when measures.first_edition > '{{ var("goalpost_last_edition") }}' then measures.first_edition
            else '{{ var("goalpost_first_edition") }}'
        end
        and case
            when measures.first_edition > '{{ var("goalpost_last_edition") }}' then measures.first_edition
            else '{{ var("goalpost_last_edition") }}'
        end
        and calculated.measure_value is not null
        and live.is_rankable
    group by calculated.measure_id, measures.polarity

),

final as (

    select
        measure_id,
        {{ council_productivity.round_score('case when polarity = 1 then p05 else p95 end') }} as worst_goalpost,
        {{ council_productivity.round_score('case when polarity = 1 then p95 else p05 end') }} as best_goalpost,
        values_pooled,
        values_total,
        first_edition,
        last_edition
    from pooled

)

select * from final
