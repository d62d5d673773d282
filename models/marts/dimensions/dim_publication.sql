with

final as (

    select
        publication_id,
        publication_name,
        publisher,
        licence,
        url,
        frequency,
        years_held,
        geography_codes,
        notes
    from {{ ref('stg_register__publications') }}

)

select * from final
