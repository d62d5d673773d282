with

final as (

    select
        graded.edition,
        graded.ranking_id,
        rankings.ranking_kind,
        graded.gss_code,
        graded.measure_id,
        graded.domain_id,
        graded.is_active,
        graded.measure_value as value,
        graded.numerator,
        graded.denominator,
        graded.missing_reason,
        graded.score,
        graded.grade
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('dim_ranking') }} as rankings
        on rankings.ranking_id = graded.ranking_id

)

select * from final
