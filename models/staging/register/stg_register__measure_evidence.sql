with

register as (

    {{ council_productivity.register_with_own_rows('measure_evidence') }}

),

final as (

    select
        measure_id,
        cast(evidence_order as bigint) as evidence_order,
        reference,
        page_or_section,
        address,
        finding,
        {{ council_productivity.to_number('amount_gbp') }} as amount_gbp,
        amount_text,
        strength,
        saving_falls_to
    from register

)

select * from final
