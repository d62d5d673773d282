-- One row per lens or module, edition in which it is computed and council live through it: a lens in the editions of
-- the index, a module in the editions of its own.
with

rankings as (

    select * from {{ ref('stg_register__rankings') }}
    where ranking_kind <> 'overall'

),

live as (

    select * from {{ ref('int_calendar__live_councils') }}

),

final as (

    select
        rankings.ranking_id,
        rankings.ranking_kind,
        live.edition,
        live.gss_code,
        live.is_rankable
    from rankings
    inner join live
        on
            live.edition between rankings.first_edition and rankings.last_edition
            and (live.is_index_edition or rankings.ranking_kind = 'module')

)

select * from final
