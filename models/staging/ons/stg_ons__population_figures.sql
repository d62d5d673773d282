with

source as (

    select * from {{ ref('ons_population') }}

),

editions as (

    select * from {{ ref('stg_register__editions') }}

),

extended as (

    -- The register says which mid-year population an edition uses.
    select
        source.*,
        editions.edition,
        -- People are whole: engines write a double with and without a decimal.
        cast(
            cast(
                {{ council_productivity.to_number('source.pop_18_64') }}
                + {{ council_productivity.to_number('source.pop_65_plus') }} as bigint
            ) as {{ dbt.type_string() }}
        ) as pop_18_plus
    from source
    inner join editions
        on cast(editions.population_year as {{ dbt.type_string() }}) = source.year

),

printed as (

    {{ council_productivity.unpivot_items(
        'extended',
        ['printed_code', 'edition', 'edition as sub_period'],
        ['pop_0_17', 'pop_18_64', 'pop_65_plus', 'pop_85_plus', 'pop_18_plus', 'pop_all']
    ) }}

),

final as (

    {{ council_productivity.typed_figures('printed', 'ons_population', 'true') }}

)

select * from final
