with

notes as (

    select * from {{ ref('stg_register__notes') }}

),

final as (

    select
        gss_code,
        measure_id,
        edition,
        noted_on,
        note
    from notes

)

select * from final
