with

next_edition as (

    select * from {{ ref('int_noise__next_edition') }}
    where left_out_edition = 'none'

),

final as (

    select
        noise.ranking_id,
        noise.triples,
        noise.is_noise_borrowed,
        noise.outcome_noise_deviation,
        intervals.outcome_noise_deviation_p05,
        intervals.outcome_noise_deviation_p95,
        next_edition.pairs as next_edition_pairs,
        next_edition.is_variance_borrowed,
        next_edition.ln_change_deviation
    from {{ ref('int_noise__year_noise') }} as noise
    left join {{ ref('int_noise__year_noise_interval') }} as intervals
        on intervals.ranking_id = noise.ranking_id
    left join next_edition
        on next_edition.ranking_id = noise.ranking_id

)

select * from final
