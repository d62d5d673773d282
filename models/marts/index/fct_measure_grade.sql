with

final as (

    select
        graded.edition,
        graded.gss_code,
        graded.measure_id,
        graded.ranking_id,
        graded.is_active,
        graded.measure_value as value,
        graded.numerator,
        graded.denominator,
        graded.missing_reason,
        graded.score,
        graded.grade
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('dim_ranking') }} as lenses
        on
            lenses.ranking_id = graded.ranking_id
            and lenses.ranking_kind = 'lens'

)

select * from final
