-- One row per lens, edition and live council: spend per head against England's (method, step 7), in cash and
-- in the prices of one year, and whether it can be compared.
with

spend as (

    select * from {{ ref('int_spend__by_lens') }}

),

england as (

    select
        lens_id,
        edition,
        {{ council_productivity.round_score('sum(spend_gbp) / sum(need_population)') }} as england_spend_per_head_gbp
    from spend
    where
        spend_gbp is not null
        and need_population is not null
    group by lens_id, edition

),

per_head as (

    -- Nobody in need is no population to divide by.
    select
        *,
        spend_gbp / nullif(need_population, 0) as spend_per_head_gbp
    from spend

),

price_base as (

    select gdp_deflator
    from {{ ref('stg_hmt__gdp_deflator') }}
    where edition = '{{ var("price_base") }}'

),

prices as (

    select
        deflator.edition,
        deflator.gdp_deflator / price_base.gdp_deflator as price_index
    from {{ ref('stg_hmt__gdp_deflator') }} as deflator
    cross join price_base

),

indexed as (

    select
        per_head.*,
        england.england_spend_per_head_gbp,
        per_head.spend_per_head_gbp / england.england_spend_per_head_gbp as spend_index,
        prices.price_index,
        per_head.spend_per_head_gbp / prices.price_index as spend_per_head_real_gbp
    from per_head
    left join england
        on
            england.lens_id = per_head.lens_id
            and england.edition = per_head.edition
    left join prices
        on prices.edition = per_head.edition

),

final as (

    select
        *,
        case
            when coalesce(need_population, 0) = 0 then 'no_population'
            when spend_gbp is null then 'no_spend'
            else {{ council_productivity.spend_not_comparable('spend_index') }}
        end as spend_not_comparable_reason
    from indexed

)

select * from final
