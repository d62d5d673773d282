-- One row per publication, item, edition, sub-period and council: counts are added over the authorities
-- of a county area, all of which must hold a figure; rates are taken as printed and never added.
with

resolved as (

    select
        figures.publication_id,
        figures.item_id,
        figures.edition,
        figures.sub_period,
        codes.gss_code,
        codes.code_use,
        figures.figure_value,
        figures.missing_reason,
        figures.is_additive
    from {{ ref('int_figures__printed') }} as figures
    inner join {{ ref('int_geography__printed_codes_resolved') }} as codes
        on
            codes.publication_id = figures.publication_id
            and codes.edition = figures.edition
            and codes.printed_code = figures.printed_code
    where codes.code_use <> 'no_council'

),

counted as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        gss_code,
        is_additive,
        sum(case when code_use <> 'refused' then 1 else 0 end) as parts,
        count(case when code_use <> 'refused' then figure_value end) as parts_held,
        sum(case when code_use <> 'refused' then figure_value end) as total,
        count(case when code_use = 'refused' then figure_value end) as parts_refused,
        max(case when code_use <> 'refused' then missing_reason end) as missing_reason
    from resolved
    group by publication_id, item_id, edition, sub_period, gss_code, is_additive

),

judged as (

    select
        *,
        case
            when is_additive then parts_held = parts and parts > 0
            else parts_held = 1
        end as is_held
    from counted

),

final as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        gss_code,
        case when is_held then total end as figure_value,
        case
            when is_held then null
            when parts_held > 1 and not is_additive then 'not_comparable'
            when parts_refused > 0 then 'not_comparable'
            else missing_reason
        end as missing_reason,
        parts
    from judged

)

select * from final
