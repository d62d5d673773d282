-- One row per edition and lens: values held, and why the others are missing.
select
    grades.edition,
    grades.ranking_id,
    lenses.ranking_order,
    lenses.ranking_name,
    count(*) as cells,
    count(grades.value) as held,
    100.0 * count(grades.value) / count(*) as held_pct,
    count(*) filter (where grades.missing_reason = 'suppressed') as suppressed,
    count(*) filter (where grades.missing_reason = 'not_available') as not_available,
    count(*) filter (where grades.missing_reason = 'small_numbers') as small_numbers,
    count(*) filter (where grades.missing_reason = 'not_comparable') as not_comparable,
    count(*) filter (where grades.missing_reason = 'not_collected') as not_collected,
    count(*) filter (where grades.missing_reason = 'no_population') as no_population
from marts.fct_measure_grade as grades
inner join marts.dim_ranking as lenses using (ranking_id)
where grades.is_active and grades.ranking_kind = 'lens'
group by grades.edition, grades.ranking_id, lenses.ranking_order, lenses.ranking_name
order by grades.edition, lenses.ranking_order
