with

register as (

    select * from {{ ref('publications') }}

),

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
    from register

)

select * from final
