-- One row per council and month: the median rate of delayed transfers over the peers of the interface lens that have
-- one. Neighbours exist for today's councils only.
with

rates as (

    select
        'health_social_care_interface' as ranking_id,
        'rate_total' as figure_id,
        gss_code,
        month,
        rate_total as figure_value
    from {{ ref('int_delayed_transfers__monthly') }}

),

medians as (

    {{ council_productivity.peer_medians('rates', 'month') }}

),

final as (

    select
        gss_code,
        month,
        peer_median as peer_rate_total,
        peers_held
    from medians
    where is_default

)

select * from final
