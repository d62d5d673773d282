-- One row per edition, rankable council, active measure of a scored lens and normalisation: the score on 1 to 100 by
-- goalposts, between the edition's extremes, and by place in the edition's order.
with

values_held as (

    select
        graded.edition,
        graded.ranking_id,
        graded.gss_code,
        graded.measure_id,
        graded.measure_value,
        graded.score,
        measures.polarity,
        slotted.slot
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('int_draws__slotted') }} as slotted
        on
            slotted.edition = graded.edition
            and slotted.ranking_id = graded.ranking_id
            and slotted.measure_id = graded.measure_id
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = graded.measure_id
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = graded.edition
            and live.gss_code = graded.gss_code
            and live.is_rankable
    where graded.score is not null

),

scored as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id,
        slot,
        score as goalposts_score,
        {{ council_productivity.minmax_score(
            'measure_value', 'edition, ranking_id, measure_id', polarity='polarity', low=var('score_floor'), high=100
        ) }} as minmax_score,
        {{ council_productivity.percentile_rank_score(
            'measure_value', 'edition, ranking_id, measure_id', polarity='polarity', low=var('score_floor'), high=100
        ) }} as percentile_score
    from values_held

),

final as (

    {% for normalisation in ['goalposts', 'minmax', 'percentile'] %}
        select
            edition,
            ranking_id,
            gss_code,
            measure_id,
            slot,
            '{{ normalisation }}' as normalisation,
            {{ normalisation }}_score as score
        from scored
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
