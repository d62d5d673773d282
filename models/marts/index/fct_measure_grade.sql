with

final as (

    select
        edition,
        gss_code,
        measure_id,
        lens_id,
        is_active,
        measure_value as value,
        numerator,
        denominator,
        missing_reason,
        score,
        grade
    from {{ ref('int_measures__graded') }}

)

select * from final
