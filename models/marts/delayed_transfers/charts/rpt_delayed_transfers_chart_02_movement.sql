with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    select
        monthly.gss_code,
        monthly.month,
        monthly.area_name,
        monthly.days_total as delayed_days,
        monthly.days_total_year_before as delayed_days_year_before,
        monthly.days_total - monthly.days_total_year_before as movement_days,
        {{ council_productivity.round_score(
            '100 * (monthly.days_total / nullif(monthly.days_total_year_before, 0) - 1)'
        ) }} as movement_pct,
        {{ council_productivity.direction('(monthly.days_total - monthly.days_total_year_before)') }} as direction
    from monthly

)

select * from final
