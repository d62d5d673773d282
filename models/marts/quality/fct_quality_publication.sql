with

printed as (

    select
        publication_id,
        edition,
        count(*) as figures,
        count(figure_value) as figures_with_value,
        count(case when missing_reason = 'suppressed' then 1 end) as suppressed,
        count(case when missing_reason = 'not_available' then 1 end) as not_available,
        count(case when missing_reason = 'not_applicable' then 1 end) as not_applicable,
        count(case when missing_reason = 'not_comparable' then 1 end) as not_comparable,
        count(distinct item_id) as items
    from {{ ref('int_figures__printed') }}
    group by publication_id, edition

),

in_part as (

    select
        publication_id,
        edition,
        held_in_part
    from {{ ref('int_figures__years_in_part') }}

),

set_aside as (

    select
        publication_id,
        edition,
        count(*) as figures
    from {{ ref('fct_figure_not_used') }}
    group by publication_id, edition

),

final as (

    select
        printed.edition,
        printed.publication_id,
        publications.licence,
        printed.items,
        printed.figures,
        printed.figures_with_value,
        cast(printed.figures_with_value as {{ council_productivity.number_type() }}) / printed.figures
            as coverage_share,
        printed.suppressed,
        printed.not_available,
        printed.not_applicable,
        printed.not_comparable,
        coalesce(set_aside.figures, 0) as figures_set_aside,
        max(printed.edition) over (partition by printed.publication_id) as newest_edition_held,
        max(printed.edition) over (partition by printed.publication_id) < max(printed.edition) over () as is_behind,
        in_part.held_in_part
    from printed
    left join {{ ref('dim_publication') }} as publications
        on publications.publication_id = printed.publication_id
    left join in_part
        on
            in_part.publication_id = printed.publication_id
            and in_part.edition = printed.edition
    left join set_aside
        on
            set_aside.publication_id = printed.publication_id
            and set_aside.edition = printed.edition

)

select * from final
