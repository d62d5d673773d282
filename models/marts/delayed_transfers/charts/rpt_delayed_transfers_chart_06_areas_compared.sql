with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.area_name,
        monthly.rate_total as delayed_beds_per_day_per_100k_adults,
        monthly.rate_nhs as delayed_beds_per_day_per_100k_adults_nhs,
        monthly.rate_social_care as delayed_beds_per_day_per_100k_adults_social_care,
        monthly.rate_both as delayed_beds_per_day_per_100k_adults_both,
        ranked.rate_total_rank as rate_rank,
        ranked.ranked_councils,
        {{ council_productivity.rank_group('ranked.rate_total_rank', 'ranked.ranked_councils', 4) }} as rate_quartile
    from monthly
    inner join {{ ref('int_delayed_transfers__ranked') }} as ranked
        on
            ranked.gss_code = monthly.gss_code
            and ranked.month = monthly.month

)

select * from final
