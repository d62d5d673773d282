with

register as (

    select * from {{ ref('spend_lines') }}

),

final as (

    select
        lens_id,
        publication_id,
        item_id,
        {{ council_productivity.to_number('sign') }} as sign,
        {{ council_productivity.to_number('pounds_per_unit') }} as pounds_per_unit,
        basis,
        first_edition,
        last_edition,
        note
    from register

)

select * from final
