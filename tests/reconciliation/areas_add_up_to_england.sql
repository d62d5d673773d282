-- Reconciliation: in every year held the areas of the councils add up to England's, 130,310 square kilometres as the
-- publication prints it (whole kilometres to 2019: 150 of them are out by a few); and no council grows or shrinks by
-- more than a tenth or 2 square kilometres from one year held to the next.
with

areas as (

    select
        printed_code,
        cast({{ council_productivity.to_number('year') }} as integer) as area_year,
        {{ council_productivity.to_number('area_sq_km') }} as area_sq_km
    from {{ ref('ons_areas') }}

),

moved as (

    -- from the year held before: none is held of 2021
    select
        *,
        lag(area_sq_km) over (partition by printed_code order by area_year) as area_before
    from areas

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
    printed_code as place,
    area_sq_km / area_before as found,
    'no area moves by more than a tenth and 2 square kilometres from one year held to the next' as rule
from moved
where
    abs(area_sq_km - area_before) > 2
    and area_sq_km / area_before not between 0.9 and 1.1
