-- One row per lens, edition, council, edition that is pooled with it, normalisation and kind of mean: the scores of the
-- measures pooled side by side by the slots of that edition (their roots for the power mean), and a mark for each.
{% set outcome_means = ['arithmetic', 'power'] %}

with

normalised as (

    select
        pooled.ranking_id,
        pooled.edition,
        pooled.gss_code,
        pooled.pooled_edition,
        normalised.normalisation,
        normalised.slot,
        normalised.score
    from {{ ref('int_companion__measures_pooled') }} as pooled
    inner join {{ ref('int_companion__productivity') }} as productivity
        on
            productivity.ranking_id = pooled.ranking_id
            and productivity.edition = pooled.edition
            and productivity.gss_code = pooled.gss_code
            and productivity.no_companion_reason is null
    inner join {{ ref('int_draws__normalised') }} as normalised
        on
            normalised.ranking_id = pooled.ranking_id
            and normalised.edition = pooled.pooled_edition
            and normalised.gss_code = pooled.gss_code
            and normalised.measure_id = pooled.measure_id

),

final as (

    {% for outcome_mean in outcome_means %}
        select
            ranking_id,
            edition,
            gss_code,
            pooled_edition,
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
        group by ranking_id, edition, gss_code, pooled_edition, normalisation
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
