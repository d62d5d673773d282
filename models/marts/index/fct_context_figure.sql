with

final as (

    select
        figures.edition,
        figures.ranking_id,
        figures.gss_code,
        figures.figure_id,
        register.figure_kind,
        register.figure_name,
        register.unit,
        figures.figure_value as value,
        figures.missing_reason,
        peers.peer_median,
        coalesce(peers.peers_held, 0) as peers_held
    from {{ ref('int_measures__context_figures') }} as figures
    inner join {{ ref('stg_register__module_figures') }} as register
        on
            register.ranking_id = figures.ranking_id
            and register.figure_id = figures.figure_id
    left join {{ ref('int_peers__medians') }} as peers
        on
            peers.is_default
            and peers.ranking_id = figures.ranking_id
            and peers.figure_id = figures.figure_id
            and peers.edition = figures.edition
            and peers.gss_code = figures.gss_code

)

select * from final
