-- Spend of the edition can be put into the prices of one year; where the edition is newer than the deflator, its change
-- is told against England's spend. The deflator is kept by hand, a row a year.
with

held_to as (

    select
        max(edition) as newest,
        list(edition) as editions
    from hmt_gdp_deflator

)

select
    'hmt_gdp_deflator.csv: edition' as place,
    asked.edition as subject,
    'newest: ' || coalesce(held_to.newest, 'none') as now,
    'add it, also to carried_figures.csv' as to_do
from asked
cross join held_to
where
    not coalesce(list_contains(held_to.editions, asked.edition), false)
    and not (
        asked.is_index_edition
        and asked.edition > held_to.newest
    )
