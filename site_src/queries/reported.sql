-- One row per edition and council: of the figures that the lenses ask of it, how many are reported.
select
    grades.edition,
    grades.gss_code,
    count(*) as figures_asked,
    count(grades.value) as figures_reported,
    count(*) - count(grades.value) as figures_missing
from marts.fct_measure_grade as grades
inner join council_editions using (edition, gss_code)
where grades.is_active and grades.ranking_kind = 'lens'
group by grades.edition, grades.gss_code
order by grades.edition, grades.gss_code
