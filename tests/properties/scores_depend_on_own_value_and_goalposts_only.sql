-- Properties over every score of the mart, through the same macro that the model uses:
-- own value: the score follows from the council's own value and the register's posts alone, so that a value that goes
-- missing elsewhere changes no other score; reversal: with polarity and posts flipped the score is 101 less itself;
-- unit: value and posts times 1,000 leave it.
with

scores as (

    select
        grades.edition,
        grades.gss_code,
        grades.measure_id,
        grades.score,
        {{ council_productivity.goalpost_score(
            'grades.measure_value', 'measures.worst_goalpost', 'measures.best_goalpost'
        ) }} as score_again,
        {{ council_productivity.goalpost_score(
            'grades.measure_value', 'measures.best_goalpost', 'measures.worst_goalpost'
        ) }} as score_reversed,
        {{ council_productivity.goalpost_score(
            '(grades.measure_value * 1000)', '(measures.worst_goalpost * 1000)', '(measures.best_goalpost * 1000)'
        ) }} as score_in_other_unit,
        case
            when measures.polarity * (grades.measure_value - measures.worst_goalpost) <= 0 then 1
            when measures.polarity * (grades.measure_value - measures.best_goalpost) >= 0 then 100
        end as score_beyond_posts
    from {{ ref('int_measures__graded') }} as grades
    inner join {{ ref('dim_measure') }} as measures
        on measures.measure_id = grades.measure_id
    where grades.score is not null

)

select
    *,
    'own value, reversal, unit, and 1 and 100 beyond the posts' as rule
from scores
where
    score_again is null
    or abs(score - score_again) > 1e-9
    or abs(score + score_reversed - 101) > 1e-9
    or abs(score - score_in_other_unit) > 1e-9
    or abs(score - coalesce(score_beyond_posts, score)) > 1e-9
