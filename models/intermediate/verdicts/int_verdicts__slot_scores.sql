-- One row per lens, council, edition with an edition to compare with, and kind of mean: the goalpost scores now and
-- before side by side by slot, and a mark for the measures held in both.
with

pairs as (

    select * from {{ ref('int_change__pairs') }}
    where is_like_for_like

),

graded as (

    select * from {{ ref('int_measures__graded') }}
    where score is not null

),

shared as (

    select
        now.edition,
        pairs.from_edition,
        now.ranking_id,
        now.gss_code,
        slotted.slot,
        now.score as score_now,
        earlier.score as score_before
    from graded as now
    inner join pairs
        on
            pairs.ranking_id = now.ranking_id
            and pairs.edition = now.edition
    inner join {{ ref('int_draws__slotted') }} as slotted
        on
            slotted.edition = now.edition
            and slotted.ranking_id = now.ranking_id
            and slotted.measure_id = now.measure_id
    inner join graded as earlier
        on
            earlier.edition = pairs.from_edition
            and earlier.ranking_id = now.ranking_id
            and earlier.measure_id = now.measure_id
            and earlier.gss_code = now.gss_code

),

final as (

    {% for outcome_mean, function in {'arithmetic': '', 'power': 'sqrt'}.items() %}
        select
            edition,
            from_edition,
            ranking_id,
            gss_code,
            '{{ outcome_mean }}' as outcome_mean,
            {{ council_productivity.slot_columns(function ~ '(score_now)', 'now_', var('measure_slots')) }},
            {{ council_productivity.slot_columns(function ~ '(score_before)', 'before_', var('measure_slots')) }},
            {{ council_productivity.slot_columns(
                'cast(1 as ' ~ council_productivity.number_type() ~ ')', 'mark_', var('measure_slots')
            ) }}
        from shared
        group by edition, from_edition, ranking_id, gss_code
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
