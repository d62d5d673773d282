-- The edition stands in the register with its dates, its population and the edition that it is compared with. A figure
-- of a period that is not there is refused, and a change across two censuses would be one of population only.
with

rows_found as (

    select
        'population_year' as column_name,
        population_year as now,
        'the mid-year that it uses' as to_do,
        population_year is null as is_missing
    from asked
    union all
    select
        'population_base' as column_name,
        population_base as now,
        'census_2011 or census_2021' as to_do,
        population_base is null as is_missing
    from asked
    union all
    select
        'change_from_edition' as column_name,
        change_from_edition as now,
        'an earlier one, or no_change_reason' as to_do,
        change_from_edition is null and no_change_reason is null as is_missing
    from asked
    union all
    select
        'change_from_edition' as column_name,
        asked.change_from_edition as now,
        'one of the index, before it, on the same population_base' as to_do,
        not coalesce(
            earlier.is_index_edition = 'true'
            and earlier.edition < asked.edition
            and earlier.population_base = asked.population_base,
            false
        ) as is_missing
    from asked
    left join editions as earlier
        on earlier.edition = asked.change_from_edition
    where
        asked.change_from_edition is not null
        and asked.population_base is not null

)

select
    'editions.csv: ' || rows_found.column_name as place,
    asked.edition as subject,
    coalesce(rows_found.now, 'empty') as now,
    rows_found.to_do
from rows_found
cross join asked
where
    rows_found.is_missing
    and asked.is_registered
union all
select
    'editions.csv: edition' as place,
    edition as subject,
    'no row' as now,
    'add its row, every column' as to_do
from asked
where not is_registered
