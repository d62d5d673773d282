with

final as (

    select
        scenario_id,
        scenario_order,
        scenario_kind,
        scenario_name,
        question,
        draws,
        measure_weights,
        lens_weights,
        lens_spread,
        normalisation,
        left_out,
        outcome_mean,
        spend,
        limits,
        sampling_error,
        year_noise,
        year_ahead
    from {{ ref('stg_register__scenarios') }}

)

select * from final
