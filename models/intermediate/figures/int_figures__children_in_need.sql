-- One row per edition and council: children in need at 31 March, the published rate per 10,000 times the population
-- aged 0 to 17; the publication prints the rate only.
with

rates as (

    select *
    from {{ ref('int_figures__by_council') }}
    where
        publication_id = 'dfe_lait'
        and item_id = 'CIN'

),

children as (

    select *
    from {{ ref('int_figures__by_council') }}
    where
        publication_id = 'ons_population'
        and item_id = 'pop_0_17'

),

final as (

    select
        rates.publication_id,
        'children_in_need' as item_id,
        rates.edition,
        rates.sub_period,
        rates.gss_code,
        {{ council_productivity.round_score('rates.figure_value * children.figure_value / 10000') }} as figure_value,
        coalesce(rates.missing_reason, case when children.figure_value is null then 'no_population' end)
            as missing_reason,
        cast(1 as bigint) as parts
    from rates
    left join children
        on
            children.edition = rates.edition
            and children.gss_code = rates.gss_code

)

select * from final
