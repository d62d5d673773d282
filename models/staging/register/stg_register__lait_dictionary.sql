with

register as (

    select * from {{ ref('dfe_lait_dictionary') }}

),

final as (

    select
        item_id,
        title,
        publisher_polarity,
        unit,
        year_type
    from register

)

select * from final
