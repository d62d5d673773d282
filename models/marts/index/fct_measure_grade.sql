with

carried as (

    select * from {{ ref('int_figures__carried') }}

),

measures as (

    select * from {{ ref('stg_register__measures') }}

),

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
        graded.grade,
        case
            when graded.measure_value is not null
                then coalesce(numerators.second_hand_source, denominators.second_hand_source)
        end as second_hand_source
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('dim_ranking') }} as rankings
        on rankings.ranking_id = graded.ranking_id
    inner join measures
        on measures.measure_id = graded.measure_id
    left join carried as numerators
        on
            numerators.publication_id = measures.publication_id
            and coalesce(numerators.edition, graded.edition) = graded.edition
            and coalesce(numerators.item_id, measures.numerator_item_id) = measures.numerator_item_id
    left join carried as denominators
        on
            denominators.publication_id = measures.denominator_publication_id
            and coalesce(denominators.edition, graded.edition) = graded.edition
            and coalesce(denominators.item_id, measures.denominator_item_id) = measures.denominator_item_id

)

select * from final
