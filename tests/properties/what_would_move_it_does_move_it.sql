-- Property: the value named for the next grade earns it, and the value named for a rank above the band, put in the
-- measure's place with everything else unchanged, reaches a productivity that ranks above the band.
with

answers as (

    select
        answers.*,
        {{ council_productivity.grade(council_productivity.goalpost_score(
            'answers.value_for_next_grade', 'measures.worst_goalpost', 'measures.best_goalpost'
        )) }} as grade_earned,
        {{ council_productivity.goalpost_score(
            'answers.value_for_rank_above_band', 'measures.worst_goalpost', 'measures.best_goalpost'
        ) }} as score_earned,
        grades.weight
    from {{ ref('fct_what_would_move_it') }} as answers
    inner join {{ ref('dim_measure') }} as measures
        on measures.measure_id = answers.measure_id
    inner join {{ ref('int_measures__graded') }} as grades
        on
            grades.edition = answers.edition
            and grades.ranking_id = answers.ranking_id
            and grades.gss_code = answers.gss_code
            and grades.measure_id = answers.measure_id

),

weights as (

    select
        grades.edition,
        grades.ranking_id,
        grades.gss_code,
        sum(grades.weight) as weight_present
    from {{ ref('int_measures__graded') }} as grades
    where grades.score is not null
    group by grades.edition, grades.ranking_id, grades.gss_code

),

moved as (

    select
        answers.edition,
        answers.ranking_id,
        answers.gss_code,
        answers.measure_id,
        answers.rank_p05,
        (lenses.outcome_score + (answers.score_earned - answers.score) * answers.weight / weights.weight_present)
        / lenses.spend_index as productivity_then
    from answers
    inner join weights
        on
            weights.edition = answers.edition
            and weights.ranking_id = answers.ranking_id
            and weights.gss_code = answers.gss_code
    inner join {{ ref('fct_ranking') }} as lenses
        on
            lenses.edition = answers.edition
            and lenses.ranking_id = answers.ranking_id
            and lenses.gss_code = answers.gss_code
    where answers.value_for_rank_above_band is not null

),

ranked_then as (

    select
        moved.edition,
        moved.ranking_id,
        moved.gss_code,
        moved.measure_id,
        moved.rank_p05,
        1 + sum(case when others.productivity > moved.productivity_then + 1e-6 then 1 else 0 end) as rank_then
    from moved
    inner join {{ ref('fct_ranking') }} as others
        on
            others.edition = moved.edition
            and others.ranking_id = moved.ranking_id
            and others.gss_code <> moved.gss_code
            and others.productivity_rank is not null
    group by moved.edition, moved.ranking_id, moved.gss_code, moved.measure_id, moved.rank_p05

)

select
    edition,
    gss_code,
    measure_id,
    'the next grade is earned' as rule
from answers
where
    next_grade is not null
    and grade_earned <> next_grade
union all
select
    edition,
    gss_code,
    measure_id,
    'the rank is above the band' as rule
from ranked_then
where rank_then >= rank_p05
