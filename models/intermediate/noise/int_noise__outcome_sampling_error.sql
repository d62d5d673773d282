-- One row per edition, lens and council: the standard error of the outcome score from the measures whose sampling error
-- is known, taken as independent; the other measures add none.
with

scored as (

    select * from {{ ref('int_measures__graded') }}
    where score is not null

),

errors as (

    select * from {{ ref('int_noise__sampling_error') }}

),

final as (

    select
        scored.edition,
        scored.ranking_id,
        scored.gss_code,
        {{ council_productivity.round_score(
            'sqrt(sum(coalesce(scored.weight * errors.score_standard_error * scored.weight'
            ~ ' * errors.score_standard_error, 0))) / sum(scored.weight)'
        ) }} as outcome_standard_error,
        count(errors.measure_id) as measures_with_error
    from scored
    left join errors
        on
            errors.edition = scored.edition
            and errors.ranking_id = scored.ranking_id
            and errors.gss_code = scored.gss_code
            and errors.measure_id = scored.measure_id
    group by scored.edition, scored.ranking_id, scored.gss_code

)

select * from final
