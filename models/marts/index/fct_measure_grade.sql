with

final as (

    select
        graded.edition,
        graded.gss_code,
        graded.measure_id,
        graded.lens_id,
        graded.is_active,
        graded.measure_value as value,
        graded.numerator,
        graded.denominator,
        graded.missing_reason,
        graded.score,
        graded.grade
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('dim_lens') }} as lenses
        on lenses.lens_id = graded.lens_id

)

select * from final
