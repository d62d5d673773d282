-- One row per ranking, edition, live council, peer group that serves the ranking and figure: the median of the same
-- figure over the peers that hold it.
with

figures as (

    select * from {{ ref('int_peers__figures') }}

),

final as (

    {{ council_productivity.peer_medians('figures', 'edition') }}

)

select * from final
