-- Property: the outcome score is the weighted mean of the scores present, added up in another order; a measure that is
-- missing takes no part.
with

means as (

    select
        grades.edition,
        grades.gss_code,
        grades.ranking_id,
        sum(grades.score * grades.weight) as weighted_scores,
        sum(grades.weight) as weights
    from {{ ref('int_measures__graded') }} as grades
    where grades.score is not null
    group by grades.edition, grades.gss_code, grades.ranking_id

)

select
    lenses.edition,
    lenses.gss_code,
    lenses.ranking_id,
    lenses.outcome_score,
    means.weighted_scores / means.weights as mean_of_scores
from {{ ref('int_rankings__ranked') }} as lenses
left join means
    on
        means.edition = lenses.edition
        and means.gss_code = lenses.gss_code
        and means.ranking_id = lenses.ranking_id
where
    lenses.outcome_score is not null
    and (means.weights is null or abs(lenses.outcome_score - means.weighted_scores / means.weights) > 1e-9)
