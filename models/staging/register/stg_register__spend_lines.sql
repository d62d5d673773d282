with

register as (

    select * from {{ ref('spend_lines') }}

),

final as (

    select
        ranking_id,
        publication_id,
        item_id,
        line_name,
        {{ council_productivity.to_number('sign') }} as sign,
        {{ council_productivity.to_number('pounds_per_unit') }} as pounds_per_unit,
        basis,
        age_group,
        first_edition,
        last_edition,
        note
    from register

)

select * from final
