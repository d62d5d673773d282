-- One row per edition, council and lens: the standing, and where its likely range lies.
select *
from standings
order by edition, gss_code, ranking_order
