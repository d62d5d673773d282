-- One row per publication, item, edition, sub-period and authority live in the edition. A figure under the authority's
-- own code comes first; else counts under registered codes are added, if all of them hold a figure, and a rate is
-- taken from the one registered code that prints it. Rates are never added. What a joint authority prints stands last,
-- whole, for each of its councils: a share is formed from its numerator and its denominator, and neither is divided.
with

resolved as (

    select
        figures.publication_id,
        figures.item_id,
        figures.edition,
        figures.sub_period,
        codes.authority_code,
        codes.code_use,
        figures.figure_value,
        figures.missing_reason,
        figures.is_additive
    from {{ ref('int_figures__printed') }} as figures
    inner join {{ ref('int_figures__codes_resolved') }} as codes
        on
            codes.publication_id = figures.publication_id
            and codes.item_id = figures.item_id
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
        authority_code,
        is_additive,
        sum(case when code_use = 'own' then 1 else 0 end) as own_rows,
        count(case when code_use = 'own' then figure_value end) as own_rows_held,
        sum(case when code_use = 'own' then figure_value end) as own_total,
        sum(case when code_use in ('whole', 'part') then 1 else 0 end) as registered_rows,
        count(case when code_use in ('whole', 'part') then figure_value end) as registered_rows_held,
        sum(case when code_use in ('whole', 'part') then figure_value end) as registered_total,
        sum(case when code_use = 'joint' then 1 else 0 end) as joint_rows,
        sum(case when code_use = 'joint' then figure_value end) as joint_total,
        count(case when code_use = 'refused' then figure_value end) as refused_rows_held,
        {{ council_productivity.first_reason(
            "case when code_use <> 'refused' then missing_reason end"
        ) }} as missing_reason
    from resolved
    group by publication_id, item_id, edition, sub_period, authority_code, is_additive

),

chosen as (

    select
        *,
        case
            when own_rows > 0 and own_rows_held = own_rows and (is_additive or own_rows = 1) then own_total
            when
                is_additive
                and registered_rows > 0
                and registered_rows_held = registered_rows
                and refused_rows_held = 0
                then registered_total
            when not is_additive and own_rows_held = 0 and registered_rows_held = 1 then registered_total
            when
                joint_rows = 1
                and own_rows_held = 0
                and registered_rows_held = 0
                and refused_rows_held = 0
                then joint_total
        end as figure_value
    from counted

),

final as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        authority_code,
        figure_value,
        case
            when figure_value is not null then null
            when not is_additive and own_rows_held + registered_rows_held > 1 then 'not_comparable'
            when refused_rows_held > 0 then 'not_comparable'
            else coalesce(missing_reason, 'not_comparable')
        end as missing_reason,
        is_additive
    from chosen

)

select * from final
