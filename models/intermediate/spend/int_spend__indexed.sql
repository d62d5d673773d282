-- One row per lens, edition and live council: spend per head against England's (method, step 7), in cash and
-- in the prices of one year, and whether it can be compared.
with

spend as (

    select * from {{ ref('int_spend__by_ranking') }}

),

england as (

    select
        ranking_id,
        edition,
        {{ council_productivity.round_score('sum(spend_gbp) / sum(need_population)') }} as england_spend_per_head_gbp
    from spend
    where
        spend_gbp is not null
        and need_population is not null
    group by ranking_id, edition

),

spent_by_age as (

    select distinct
        ranking_id,
        edition
    from {{ ref('int_spend__lines') }}
    where age_group is not null

),

age_splits as (

    select
        spent_by_age.ranking_id,
        splits.edition,
        splits.gss_code
    from {{ ref('int_spend__age_splits') }} as splits
    inner join spent_by_age
        on spent_by_age.edition = splits.edition
    where splits.is_implausible

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
        spend.ranking_id,
        spend.ranking_kind,
        spend.edition,
        spend.gss_code,
        spend.is_rankable,
        spend.spend_basis,
        spend.spend_series,
        spend.spend_gbp,
        spend.need_population,
        spend.spend_gbp / nullif(spend.need_population, 0) as spend_per_head_gbp,
        england.england_spend_per_head_gbp,
        spend.spend_gbp / nullif(spend.need_population, 0) / england.england_spend_per_head_gbp as spend_index,
        prices.price_index,
        spend.spend_gbp / nullif(spend.need_population, 0) / prices.price_index as spend_per_head_real_gbp,
        age_splits.gss_code is not null as is_split_implausible
    from spend
    left join england
        on
            england.ranking_id = spend.ranking_id
            and england.edition = spend.edition
    left join prices
        on prices.edition = spend.edition
    left join age_splits
        on
            age_splits.ranking_id = spend.ranking_id
            and age_splits.edition = spend.edition
            and age_splits.gss_code = spend.gss_code

),

final as (

    select
        ranking_id,
        ranking_kind,
        edition,
        gss_code,
        is_rankable,
        spend_basis,
        spend_series,
        spend_gbp,
        need_population,
        spend_per_head_gbp,
        england_spend_per_head_gbp,
        spend_index,
        price_index,
        spend_per_head_real_gbp,
        case
            when coalesce(need_population, 0) = 0 then 'no_population'
            when spend_gbp is null then 'no_spend'
            when is_split_implausible then 'age_split_implausible'
            else {{ council_productivity.spend_not_comparable('spend_index') }}
        end as spend_not_comparable_reason
    from indexed

)

select * from final
