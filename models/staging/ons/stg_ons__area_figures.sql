with

source as (

    select * from {{ ref('ons_areas') }}

),

editions as (

    select * from {{ ref('stg_register__editions') }}
    where population_year is not null

),

years_held as (

    select distinct cast({{ council_productivity.to_number('year') }} as integer) as area_year
    from source

),

years_of_editions as (

    -- Land stays where it is: the newest year held up to the edition's population, else the first one held.
    select
        editions.edition,
        coalesce(
            max(case when years_held.area_year <= editions.population_year then years_held.area_year end),
            min(years_held.area_year)
        ) as area_year
    from editions
    cross join years_held
    group by editions.edition

),

printed as (

    select
        source.printed_code,
        years.edition,
        years.edition as sub_period,
        'area_sq_km' as item_id,
        source.area_sq_km as value_raw
    from source
    inner join years_of_editions as years
        on cast(years.area_year as {{ dbt.type_string() }}) = source.year

),

final as (

    {{ council_productivity.typed_figures('printed', 'ons_population', 'true') }}

)

select * from final
