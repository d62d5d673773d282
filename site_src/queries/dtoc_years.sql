-- One row per council and edition: a year of delayed transfers.
select
    gss_code,
    edition,
    months_held,
    delayed_days,
    delayed_beds_per_day_per_100k_adults as rate,
    peer_delayed_beds_per_day_per_100k_adults as peer_rate,
    rate_rank,
    councils_with_rate
from marts.fct_delayed_transfers
order by gss_code, edition
