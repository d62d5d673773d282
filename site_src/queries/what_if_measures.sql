-- One row per edition, lens and measure scored in it: its share of the lens's weight, and the score of every council in
-- the order of their places, in hundred millionths.
select
    weights.edition,
    weights.ranking_id,
    measures.measure_id,
    measures.measure_name,
    weights.nominal_weight,
    string_agg(in_seven_signs(grades.score, 1e8), '' order by places.place) as scores
from marts.fct_effective_weight as weights
inner join marts.dim_measure as measures on weights.subject_id = measures.measure_id
inner join marts.dim_ranking as lenses
    on
        weights.ranking_id = lenses.ranking_id
        and lenses.ranking_kind = 'lens'
inner join what_if_places as places on weights.edition = places.edition
left join marts.fct_measure_grade as grades
    on
        weights.edition = grades.edition
        and weights.ranking_id = grades.ranking_id
        and weights.subject_id = grades.measure_id
        and places.gss_code = grades.gss_code
        and grades.is_active
group by all
order by weights.edition, weights.ranking_id, measures.measure_name
