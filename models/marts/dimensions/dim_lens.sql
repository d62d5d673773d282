with

final as (

    select
        lens_id,
        lens_order,
        lens_name,
        question,
        need_population,
        spend_description,
        lens_weight,
        caveat
    from {{ ref('stg_register__lenses') }}
    where lens_kind = 'lens'

)

select * from final
