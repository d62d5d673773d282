-- One row per month: how the councils' rates lie.
select *
from marts.rpt_delayed_transfers_chart_07_spread
where responsible = 'total'
order by month
