with

evidence as (

    select * from {{ ref('stg_register__measure_evidence') }}

),

final as (

    select
        measure_id,
        evidence_order,
        reference,
        page_or_section,
        address,
        finding,
        amount_gbp,
        amount_text,
        strength,
        saving_falls_to
    from evidence

)

select * from final
