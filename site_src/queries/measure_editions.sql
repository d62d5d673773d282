-- One row per measure and edition: how the councils' values lie.
select
    every_grade.measure_id,
    every_grade.edition,
    count(*) as councils_live,
    count(every_grade.value) as councils_held,
    quantile_cont(every_grade.value, 0.05) as value_p05,
    quantile_cont(every_grade.value, 0.25) as value_p25,
    median(every_grade.value) as value_median,
    quantile_cont(every_grade.value, 0.75) as value_p75,
    quantile_cont(every_grade.value, 0.95) as value_p95
from every_grade
inner join councils using (gss_code)
where every_grade.is_active and councils.is_rankable
group by every_grade.measure_id, every_grade.edition
order by every_grade.measure_id, every_grade.edition
