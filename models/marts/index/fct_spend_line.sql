with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        publication_id,
        item_id,
        line_name,
        spend_basis,
        sign,
        figure_value,
        spend_gbp,
        missing_reason
    from {{ ref('int_spend__lines') }}

)

select * from final
