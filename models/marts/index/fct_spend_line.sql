with

lines as (

    select * from {{ ref('int_spend__lines') }}

),

carried as (

    select * from {{ ref('int_figures__carried') }}

),

final as (

    select
        lines.edition,
        lines.gss_code,
        lines.ranking_id,
        lines.publication_id,
        lines.item_id,
        lines.line_name,
        lines.spend_basis,
        lines.sign,
        lines.figure_value,
        lines.spend_gbp,
        lines.missing_reason,
        carried.second_hand_source
    from lines
    left join carried
        on
            carried.publication_id = lines.publication_id
            and coalesce(carried.edition, lines.edition) = lines.edition
            and coalesce(carried.item_id, lines.item_id) = lines.item_id

)

select * from final
