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
        normalisation,
        left_out,
        outcome_mean,
        spend,
        sampling_error
    from {{ ref('stg_register__scenarios') }}

)

select * from final
