-- One row per lens and edition: what the logarithm of its productivity to the median is multiplied by in the overall
-- index (method, step 8), so that a lens in which councils lie far apart does not decide the whole.
with

serving as (

    select
        editions.edition,
        spreads.ranking_id,
        spreads.log_spread,
        spreads.spread_scale,
        row_number() over (
            partition by editions.edition, spreads.ranking_id order by spreads.first_edition desc
        ) as newest_first
    from {{ ref('stg_register__editions') }} as editions
    inner join {{ ref('stg_register__lens_spreads') }} as spreads
        on spreads.first_edition <= editions.edition

),

final as (

    select
        ranking_id,
        edition,
        log_spread,
        spread_scale
    from serving
    where newest_first = 1

)

select * from final
