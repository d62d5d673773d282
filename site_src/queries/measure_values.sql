-- One row per measure and council in the newest edition that counts: lenses and modules alike.
with every_grade as (
    select
        edition,
        gss_code,
        measure_id,
        is_active,
        value,
        missing_reason,
        score,
        grade
    from marts.fct_measure_grade
    union all
    select
        edition,
        gss_code,
        measure_id,
        is_active,
        value,
        missing_reason,
        score,
        grade
    from marts.fct_adult_social_care_measure
    union all
    select
        edition,
        gss_code,
        measure_id,
        is_active,
        value,
        missing_reason,
        score,
        grade
    from marts.fct_childrens_services_measure
    union all
    select
        edition,
        gss_code,
        measure_id,
        is_active,
        value,
        missing_reason,
        score,
        grade
    from marts.fct_valuing_care_measure
),

newest as (
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
