-- Reconciliation: in every year held the areas of the councils add up to England's, 130,310 square kilometres as the
-- publication prints it (whole kilometres to 2019: 150 of them are out by a few); and no council grows or shrinks by
-- more than a tenth or 2 square kilometres from one year to the next.
with

areas as (

    select
        printed_code,
        cast({{ council_productivity.to_number('year') }} as integer) as area_year,
        {{ council_productivity.to_number('area_sq_km') }} as area_sq_km
    from {{ ref('ons_areas') }}

)

select
    'ons_areas' as seed,
    cast(area_year as {{ dbt.type_string() }}) as place,
    sum(area_sq_km) as found,
    'the areas of the councils add up to 130,310 square kilometres' as rule
from areas
group by area_year
having abs(sum(area_sq_km) - 130310) > 10
union all
select
    'ons_areas' as seed,
    later.printed_code as place,
    later.area_sq_km / earlier.area_sq_km as found,
    'no area moves by more than a tenth and 2 square kilometres in a year' as rule
from areas as later
inner join areas as earlier
    on
        earlier.printed_code = later.printed_code
        and earlier.area_year = later.area_year - 1
where
    abs(later.area_sq_km - earlier.area_sq_km) > 2
    and later.area_sq_km / earlier.area_sq_km not between 0.9 and 1.1
