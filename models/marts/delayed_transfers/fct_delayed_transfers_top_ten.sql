with

final as (

    select
        transfers.edition,
        cast(row_number() over (
            partition by transfers.edition
            order by transfers.productivity_rank, transfers.gss_code
        ) as bigint) as top_ten_position,
        transfers.gss_code,
        councils.council_name,
        transfers.delayed_beds_per_day_per_100k_adults,
        transfers.rate_rank,
        transfers.productivity_index,
        transfers.productivity_rank,
        transfers.ranked_councils,
        transfers.rank_p05,
        transfers.rank_p95
    from {{ ref('fct_delayed_transfers') }} as transfers
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = transfers.gss_code
    where transfers.productivity_rank <= 10

)

select * from final
