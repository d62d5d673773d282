with

source as (

    select * from {{ ref('notes') }}

),

final as (

    select
        gss_code,
        measure_id,
        edition,
        cast(noted_on as date) as noted_on,
        note
    from source

)

select * from final
