-- Rule: the deflator is 100 in the year whose prices are stated, holds every edition of the index without a gap, but
-- for the newest ones, whose change is told against England's spend, and moves by no more than 8 % a year (measured
-- November 2026: -0.8 % in 2021-22 to 6.8 % in 2022-23). A column read a row too low, or on another base, would move
-- every spend in real terms.
with

ordered as (

    select
        edition,
        gdp_deflator,
        lag(edition) over (order by edition) as earlier_edition,
        gdp_deflator / lag(gdp_deflator) over (order by edition) as moved
    from {{ ref('stg_hmt__gdp_deflator') }}

)

select
    'hmt_gdp_deflator' as seed,
    edition,
    gdp_deflator,
    moved,
    'the deflator is 100 in the year of the prices and moves by 8 % a year at most, no year left out' as rule
from ordered
where
    (edition = '{{ var("price_base") }}' and gdp_deflator <> 100)
    or moved not between 0.98 and 1.08
    or cast(left(edition, 4) as integer) <> cast(left(earlier_edition, 4) as integer) + 1
union all
select
    'hmt_gdp_deflator' as seed,
    editions.edition,
    null as gdp_deflator,
    null as moved,
    'an edition of the index has a deflator, or is newer than all that are held' as rule
from {{ ref('stg_register__editions') }} as editions
left join {{ ref('stg_hmt__gdp_deflator') }} as deflators
    on deflators.edition = editions.edition
where
    editions.is_index_edition
    and deflators.edition is null
    and editions.edition < (select max(newest.edition) from {{ ref('stg_hmt__gdp_deflator') }} as newest)
