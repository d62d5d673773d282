with

ranking as (

    select * from {{ ref('fct_ranking') }}
    where productivity_rank <= 10

),

bands as (

    select * from {{ ref('fct_rank_band') }}

),

final as (

    select
        ranking.edition,
        ranking.ranking_id,
        cast(row_number() over (
            partition by ranking.edition, ranking.ranking_id
            order by ranking.productivity_rank, ranking.gss_code
        ) as bigint) as top_ten_position,
        ranking.gss_code,
        councils.council_name,
        ranking.productivity_index,
        ranking.productivity_rank,
        ranking.ranked_councils,
        bands.rank_p05,
        bands.rank_p95
    from ranking
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = ranking.gss_code
    left join bands
        on
            bands.edition = ranking.edition
            and bands.ranking_id = ranking.ranking_id
            and bands.gss_code = ranking.gss_code

)

select * from final
