-- One row per edition, council and measure that counts: value, grade, peers, what would move it.
with grades as (
    select grades.*
    from marts.fct_measure_grade as grades
    inner join council_editions using (edition, gss_code)
    where grades.is_active and grades.ranking_kind = 'lens'
),

england as (
    select
        grades.edition,
        grades.measure_id,
        median(grades.value) as england_median,
        count(grades.value) as councils_held
    from grades
    inner join councils using (gss_code)
    where councils.is_rankable
    group by grades.edition, grades.measure_id
),

peer_values as (
    select
        medians.edition,
        medians.ranking_id,
        medians.gss_code,
        medians.figure_id as measure_id,
        any_value(medians.peer_median) filter (where peer_sets.peer_set = 'ons') as ons_median,
        any_value(medians.peer_median) filter (where peer_sets.peer_set = 'dfe') as dfe_median,
        any_value(medians.peer_median) filter (where peer_sets.peer_set = 'region') as region_median
    from marts.fct_peer_median as medians
    inner join peer_sets using (peer_group_id)
    group by medians.edition, medians.ranking_id, medians.gss_code, medians.figure_id
)

select
    grades.edition,
    grades.gss_code,
    ranking_id,
    lenses.ranking_order,
    lenses.ranking_name,
    grades.measure_id,
    measures.measure_name,
    measures.unit,
    measures.polarity_in_words
    || case when grades.second_hand_source is not null then ', second-hand' else '' end as polarity_in_words,
    grades.value,
    grades.missing_reason,
    grades.score,
    grades.grade,
    england.england_median,
    england.councils_held,
    peer_values.ons_median,
    peer_values.dfe_median,
    peer_values.region_median,
    moves.next_grade,
    moves.value_for_next_grade,
    moves.rank_band_answer,
    moves.value_for_rank_above_band,
    moves.rank_p05
from grades
inner join marts.dim_measure as measures using (measure_id)
inner join marts.dim_ranking as lenses using (ranking_id)
inner join england using (edition, measure_id)
left join peer_values using (edition, ranking_id, gss_code, measure_id)
left join marts.fct_what_would_move_it as moves using (edition, gss_code, ranking_id, measure_id)
order by grades.edition, grades.gss_code, lenses.ranking_order, measures.measure_name
