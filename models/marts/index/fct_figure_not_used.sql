with

refused as (

    select
        figures.publication_id,
        figures.item_id,
        figures.edition,
        figures.sub_period,
        figures.printed_code,
        figures.value_raw,
        'not_comparable' as reason,
        max(registered.note) as note
    from {{ ref('int_figures__printed') }} as figures
    inner join {{ ref('stg_register__printed_codes') }} as registered
        on
            registered.publication_id = figures.publication_id
            and registered.printed_code = figures.printed_code
            and figures.edition between registered.first_edition and registered.last_edition
            and (registered.item_id is null or registered.item_id = figures.item_id)
    where
        registered.code_use = 'refused'
        and figures.figure_value is not null
        and figures.value_raw is not null
    group by
        figures.publication_id,
        figures.item_id,
        figures.edition,
        figures.sub_period,
        figures.printed_code,
        figures.value_raw

),

suspect as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        printed_code,
        value_raw,
        missing_reason as reason,
        suspect_note as note
    from {{ ref('int_figures__printed') }}
    where suspect_note is not null

),

final as (

    select * from refused
    union all
    select * from suspect

)

select * from final
