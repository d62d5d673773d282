with

final as (

    select
        edition,
        gss_code,
        ranking_id,
        ranking_id as lens_id,
        productivity_rank,
        ranked_councils,
        rank_p05,
        rank_median,
        rank_p95,
        rank_band_width,
        is_rank_inside_band,
        probability_top_10,
        probability_top_quartile,
        draws
    from {{ ref('int_draws__banded') }}

)

select * from final
