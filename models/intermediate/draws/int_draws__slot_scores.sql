-- One row per edition, lens, council, normalisation and kind of mean: the scores side by side by slot (their roots
-- for the power mean, their logarithms for the geometric) and a mark for those present.
{% set outcome_means = ['arithmetic', 'power', 'geometric'] %}

with

normalised as (

    select * from {{ ref('int_draws__normalised') }}

),

final as (

    {% for outcome_mean in outcome_means %}
        select
            edition,
            ranking_id,
            gss_code,
            normalisation,
            '{{ outcome_mean }}' as outcome_mean,
            {{ council_productivity.slot_columns(
                council_productivity.slot_of_mean("'" ~ outcome_mean ~ "'", 'score'), 'score_', var('measure_slots')
            ) }},
            {{ council_productivity.slot_columns(
                'cast(case when score is not null then 1 end as ' ~ council_productivity.number_type() ~ ')',
                'mark_', var('measure_slots')
            ) }}
        from normalised
        group by edition, ranking_id, gss_code, normalisation
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
