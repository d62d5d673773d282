-- One row per publication, item, edition, sub-period and upper-tier council: counts added over the authorities of a
-- county area, all of which must hold a figure. Of a service that the county provides a district that reports nothing
-- is passed over: it would take the county's figure with it.
with

county_services as (

    select * from {{ ref('stg_register__county_services') }}

),

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
    left join county_services
        on
            county_services.publication_id = figures.publication_id
            and county_services.item_id = figures.item_id
    where
        figures.figure_value is not null
        or county_services.item_id is null
        or coalesce(authorities.authority_class, '') <> 'SD'

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
