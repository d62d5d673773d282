-- One row per council and government test of December 2017.
select * from marts.fct_delayed_transfers_government_test
order by gss_code, test_order
