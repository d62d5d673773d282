-- One row per edition, council, lens and measure that counts: the score beside England's middle half and the middle of
-- each set of peers, all on the scale of 1 to 100 whose fifths are the grades.
with grades as (
    select
        grades.edition,
        grades.gss_code,
        grades.ranking_id,
        grades.measure_id,
        grades.score
    from marts.fct_measure_grade as grades
    inner join council_editions using (edition, gss_code)
    where grades.is_active and grades.ranking_kind = 'lens'
),

england as (
    select
        grades.edition,
        grades.ranking_id,
        grades.measure_id,
        quantile_cont(grades.score, 0.25) as england_score_p25,
        median(grades.score) as england_score_median,
        quantile_cont(grades.score, 0.75) as england_score_p75
    from grades
    inner join councils using (gss_code)
    where councils.is_rankable
    group by grades.edition, grades.ranking_id, grades.measure_id
)

select
    grades.edition,
    grades.gss_code,
    grades.ranking_id,
    grades.measure_id,
    grades.score,
    england.england_score_p25,
    england.england_score_median,
    england.england_score_p75,
    peer_scores.ons_score,
    peer_scores.dfe_score,
    peer_scores.region_score
from grades
inner join england using (edition, ranking_id, measure_id)
left join peer_scores using (edition, gss_code, ranking_id, measure_id)
order by grades.edition, grades.gss_code, grades.ranking_id, grades.measure_id
