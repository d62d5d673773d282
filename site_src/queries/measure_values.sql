-- One row per measure and council in the newest edition that counts: lenses and modules alike.
with newest as (
    select
        measure_id,
        max(edition) as edition
    from every_grade
    where is_active and value is not null
    group by measure_id
)

select every_grade.*
from every_grade
inner join newest using (measure_id, edition)
inner join councils using (gss_code)
where every_grade.is_active
order by every_grade.measure_id, councils.council_name, every_grade.gss_code
