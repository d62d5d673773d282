with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        ranking_id as lens_id,
        productivity_rank,
        ranked_councils,
        probability_ranked,
        rank_p05,
        rank_median,
        rank_p95,
        rank_band_width,
        is_rank_inside_band,
        no_band_reason,
        choices_rank_p05,
        choices_rank_p95,
        noise_rank_p05,
        noise_rank_p95,
        next_edition_rank_p05,
        next_edition_rank_p95,
        probability_top_10,
        probability_top_quartile,
        draws
    from {{ ref('int_draws__banded') }}
    where productivity_rank is not null

)

select * from final
