-- One row per lens, module or `overall`, and edition in which any council is ranked in it; the newest is marked.
with

ranked as (

    select
        ranking_id,
        ranking_kind,
        edition,
        count(*) as ranked_councils
    from {{ ref('int_rankings__published') }}
    group by ranking_id, ranking_kind, edition

),

final as (

    select
        ranking_id,
        ranking_kind,
        edition,
        ranked_councils,
        edition = max(edition) over (partition by ranking_id) as is_latest
    from ranked

)

select * from final
