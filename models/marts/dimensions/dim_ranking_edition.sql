with

final as (

    select
        status.edition,
        status.ranking_id,
        status.measures_active,
        status.is_scored,
        coalesce(ranked.is_latest, false) as is_latest,
        status.not_scored_reason,
        status.spend_basis,
        status.spend_series,
        spreads.spread_scale
    from {{ ref('int_rankings__edition_status') }} as status
    left join {{ ref('int_rankings__editions_ranked') }} as ranked
        on
            ranked.ranking_id = status.ranking_id
            and ranked.edition = status.edition
    left join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = status.ranking_id
            and spreads.edition = status.edition

)

select * from final
