with

bands as (

    select * from {{ ref('fct_rank_band') }}

),

final as (

    select
        edition,
        ranking_id,
        count(*) as ranked_councils,
        cast(sum(case when no_band_reason is not null then 1 else 0 end) as bigint) as councils_without_band,
        avg(
            cast(
                case when is_rank_inside_band then 1 when not is_rank_inside_band then 0 end
                as {{ council_productivity.number_type() }}
            )
        ) as share_inside_band,
        {{ council_productivity.round_score('avg(abs(productivity_rank - rank_median))') }} as mean_distance_to_median,
        {{ council_productivity.percentile('rank_band_width', 0.5) }} as median_band_width,
        {{ council_productivity.percentile('choices_rank_p95 - choices_rank_p05 + 1', 0.5) }} as median_choices_width,
        {{ council_productivity.percentile('noise_rank_p95 - noise_rank_p05 + 1', 0.5) }} as median_noise_width,
        {{ council_productivity.percentile('next_edition_rank_p95 - next_edition_rank_p05 + 1', 0.5) }}
            as median_next_edition_width,
        cast(sum(case when probability_top_10 > 0.9 then 1 else 0 end) as bigint) as councils_surely_top_10
    from bands
    group by edition, ranking_id

)

select * from final
