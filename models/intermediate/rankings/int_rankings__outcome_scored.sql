-- One row per lens, edition and live council: the outcome score over the measures present (method, steps 5, 6),
-- with the best and the worst it could be if every missing measure were known.
with

graded as (

    select * from {{ ref('int_measures__graded') }}
    where is_active

),

summed as (

    select
        ranking_id,
        edition,
        gss_code,
        count(*) as measures_active,
        count(score) as measures_present,
        -- Weights of an evidence group are thirds: their sum must not hang on the order of rows.
        {{ council_productivity.exact_sum('case when score is not null then weight else 0 end') }}
        / {{ council_productivity.exact_sum('weight') }} as weight_present_share,
        {{ council_productivity.round_score(council_productivity.weighted_mean('score', 'weight')) }} as outcome_score,
        {{ council_productivity.round_score(
            council_productivity.weighted_mean('coalesce(score, 100)', 'weight')
        ) }}
            as outcome_score_best_case,
        {{ council_productivity.round_score(
            council_productivity.weighted_mean('coalesce(score, 1)', 'weight')
        ) }}
            as outcome_score_worst_case
    from graded
    group by ranking_id, edition, gss_code

),

final as (

    select
        *,
        {{ council_productivity.round_score('weight_present_share') }}
        >= {{ council_productivity.round_score(var('lens_minimum_weight_share')) }}
        and measures_present >= {{ var('lens_minimum_measures') }} as is_covered
    from summed

)

select * from final
