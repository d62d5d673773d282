-- One row per lens and index edition: is the lens scored, and if not, why.
with

measures_by_edition as (

    select distinct
        lens_id,
        edition,
        measure_id
    from {{ ref('int_measures__calculated') }}
    where is_active

),

counted as (

    select
        lens_id,
        edition,
        count(*) as measures_active
    from measures_by_edition
    group by lens_id, edition

),

spend as (

    select
        lens_id,
        edition,
        max(spend_basis) as spend_basis,
        count(spend_gbp) as councils_with_spend
    from {{ ref('int_spend__by_lens') }}
    group by lens_id, edition

),

final as (

    select
        spend.lens_id,
        spend.edition,
        coalesce(counted.measures_active, 0) as measures_active,
        spend.spend_basis,
        coalesce(counted.measures_active, 0) >= {{ var('lens_minimum_active_measures') }}
        and spend.councils_with_spend > 0 as is_scored,
        case
            when coalesce(counted.measures_active, 0) < {{ var('lens_minimum_active_measures') }}
                then 'too_few_measures'
            when spend.councils_with_spend = 0 then 'no_spend'
        end as not_scored_reason
    from spend
    left join counted
        on
            counted.lens_id = spend.lens_id
            and counted.edition = spend.edition

)

select * from final
