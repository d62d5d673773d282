-- One row per publication, item, edition, sub-period and upper-tier council: counts added over the authorities of a
-- county area, all of which must hold a figure.
with

placed as (

    select
        figures.publication_id,
        figures.item_id,
        figures.edition,
        figures.sub_period,
        coalesce(authorities.upper_tier_gss_code, figures.authority_code) as gss_code,
        figures.figure_value,
        figures.missing_reason
    from {{ ref('int_figures__by_authority') }} as figures
    left join {{ ref('stg_register__authorities') }} as authorities
        on
            authorities.edition = figures.edition
            and authorities.gss_code = figures.authority_code

),

final as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        gss_code,
        case
            when count(figure_value) = count(*) then {{ council_productivity.round_score('sum(figure_value)') }}
        end as figure_value,
        case
            when count(figure_value) < count(*) then {{ council_productivity.first_reason('missing_reason') }}
        end as missing_reason,
        count(*) as parts
    from placed
    group by publication_id, item_id, edition, sub_period, gss_code

)

select * from final
