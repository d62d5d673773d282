-- One row per lens or `overall`, edition and council with a companion rank: between which ranks nine draws of ten put
-- it.
with

drawn as (

    select
        ranking_id,
        edition,
        gss_code,
        companion_rank
    from {{ ref('int_companion__lens_draws') }}
    union all
    select
        'overall' as ranking_id,
        edition,
        gss_code,
        companion_rank
    from {{ ref('int_companion__overall_draws') }}

),

final as (

    select
        ranking_id,
        edition,
        gss_code,
        cast(percentile_disc({{ var('band_lower_share') }}) within group (order by companion_rank) as bigint)
            as companion_rank_p05,
        cast(percentile_disc({{ var('band_upper_share') }}) within group (order by companion_rank) as bigint)
            as companion_rank_p95
    from drawn
    group by ranking_id, edition, gss_code

)

select * from final
