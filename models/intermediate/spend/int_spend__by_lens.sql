-- One row per lens or module, edition and live council: cash spend of the lens's lines, added over the county area,
-- and the population in need of it. Missing where any line or any authority of the area has no return.
with

lenses as (

    select * from {{ ref('stg_register__lenses') }}

),

lines as (

    select * from {{ ref('stg_register__spend_lines') }}

),

live as (

    select * from {{ ref('int_lenses__live_councils') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}

),

spend as (

    select
        lines.lens_id,
        live.edition,
        live.gss_code,
        max(lines.basis) as spend_basis,
        case
            when count(figures.figure_value) = count(*)
                then
                    {{ council_productivity.round_score(
                        'sum(lines.sign * lines.pounds_per_unit * figures.figure_value)', digits=2
                    ) }}
        end as spend_gbp
    from lines
    inner join live
        on
            live.lens_id = lines.lens_id
            and live.edition between lines.first_edition and lines.last_edition
    left join figures
        on
            figures.publication_id = lines.publication_id
            and figures.item_id = lines.item_id
            and figures.edition = live.edition
            and figures.gss_code = live.gss_code
    group by lines.lens_id, live.edition, live.gss_code

),

final as (

    select
        live.lens_id,
        live.lens_kind,
        live.edition,
        live.gss_code,
        live.is_rankable,
        spend.spend_basis,
        spend.spend_gbp,
        need.figure_value as need_population
    from live
    inner join lenses
        on lenses.lens_id = live.lens_id
    left join spend
        on
            spend.lens_id = live.lens_id
            and spend.edition = live.edition
            and spend.gss_code = live.gss_code
    left join figures as need
        on
            need.publication_id = lenses.need_publication_id
            and need.item_id = lenses.need_item_id
            and need.edition = live.edition
            and need.gss_code = live.gss_code

)

select * from final
