-- Every council has a population of the year that the edition uses. Without one it has no spend per head and no rank.
with

accounted as (

    select printed_code as gss_code
    from ons_population
    inner join asked
        on asked.population_year = ons_population.year
    union
    select printed_codes.gss_code
    from printed_codes
    inner join asked
        on asked.edition between printed_codes.first_edition and printed_codes.last_edition
    where printed_codes.publication_id = 'ons_population'

)

select
    'ons_population.csv: printed_code' as place,
    few(list(live.council_name)) as subject,
    'no row of ' || any_value(asked.population_year) as now,
    'make ingest, or printed_codes.csv' as to_do
from live
cross join asked
anti join accounted using (gss_code)
where
    asked.population_year is not null
    -- a year that is not held at all is told once, with the other figures
    and asked.population_year in (select year from ons_population)
having count(*) > 0
