with

final as (

    select
        gss_code,
        month,
        cast(month || '-01' as date) as month_start,
        edition,
        discharges,
        discharged_no_delay as discharged_on_ready_date,
        discharged_delayed,
        bed_days_after_ready_date,
        expected_discharges,
        share_of_expected,
        on_ready_date_pct,
        days_per_delay as days_per_delayed_discharge,
        england_on_ready_date_pct,
        england_days_per_delay as england_days_per_delayed_discharge,
        missing_reason
    from {{ ref('int_delayed_discharges__monthly') }}

)

select * from final
