-- One row per edition, council and lens: the standing, and where its likely range lies.
select
    *,
    case
        when productivity_rank is null then 'not_ranked'
        when 2 * rank_p95 <= ranked_councils then 'first_half'
        when 2 * rank_p05 > ranked_councils + 1 then 'second_half'
        else 'across'
    end as range_position
from standings
order by edition, gss_code, ranking_order
