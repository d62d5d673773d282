with

lines as (

    select * from {{ ref('int_spend__lines') }}

),

carried as (

    select
        seed as publication_id,
        part as edition,
        source
    from {{ ref('stg_register__carried_figures') }}
    where part_column = 'period'

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
        carried.source as second_hand_source
    from lines
    left join carried
        on
            carried.publication_id = lines.publication_id
            and carried.edition = lines.edition

)

select * from final
