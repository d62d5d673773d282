-- One row per edition, lens, ranked council and scored measure: its part of the outcome score, the council's own
-- renormalised weight times the score; the parts add up to the outcome score.
with

scored as (

    select
        graded.edition,
        graded.ranking_id,
        graded.gss_code,
        graded.measure_id,
        graded.score,
        graded.weight,
        graded.weight
        / {{ council_productivity.exact_sum(
            'graded.weight', 'partition by graded.edition, graded.ranking_id, graded.gss_code'
        ) }} as weight_share
    from {{ ref('int_measures__graded') }} as graded
    where graded.score is not null

),

final as (

    select
        scored.edition,
        scored.ranking_id,
        scored.gss_code,
        scored.measure_id,
        scored.score,
        scored.weight,
        scored.weight_share,
        scored.weight_share * scored.score as outcome_part
    from scored
    inner join {{ ref('int_rankings__productivity') }} as productivity
        on
            productivity.edition = scored.edition
            and productivity.ranking_id = scored.ranking_id
            and productivity.gss_code = scored.gss_code
    where
        productivity.not_ranked_reason is null
        and productivity.ranking_kind = 'lens'

)

select * from final
