-- One row per ranking (a lens or a module), edition in which a line of its spend counts, live council and line: the
-- publication's figure, added over the county area, and what it adds to the spend.
with

lines as (

    select * from {{ ref('stg_register__spend_lines') }}

),

final as (

    select
        lines.ranking_id,
        live.edition,
        live.gss_code,
        lines.publication_id,
        lines.item_id,
        lines.line_name,
        lines.basis as spend_basis,
        lines.age_group,
        lines.sign,
        figures.figure_value,
        lines.sign * lines.pounds_per_unit * figures.figure_value as spend_gbp,
        case
            when figures.figure_value is null then coalesce(figures.missing_reason, 'not_available')
        end as missing_reason
    from lines
    inner join {{ ref('int_calendar__ranking_councils') }} as live
        on
            live.ranking_id = lines.ranking_id
            and live.edition between lines.first_edition and lines.last_edition
    left join {{ ref('int_figures__by_council') }} as figures
        on
            figures.publication_id = lines.publication_id
            and figures.item_id = lines.item_id
            and figures.edition = live.edition
            and figures.gss_code = live.gss_code

)

select * from final
