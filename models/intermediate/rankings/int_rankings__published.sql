-- One row per edition, ranking and council ranked in it.
with

final as (

    select
        edition,
        ranking_id,
        ranking_kind,
        gss_code,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile
    from {{ ref('int_rankings__standing') }}
    where productivity_rank is not null

)

select * from final
