-- One row per measure that counts, edition in which any council has a value, and council: lenses and modules alike.
with held as (
    select distinct
        measure_id,
        edition
    from every_grade
    where is_active and value is not null
)

select every_grade.*
from every_grade
inner join held using (measure_id, edition)
inner join councils using (gss_code)
where every_grade.is_active
order by every_grade.measure_id, every_grade.edition, councils.council_name, every_grade.gss_code
