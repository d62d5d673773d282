-- One row per note that a council has sent in on one of its figures.
select
    gss_code,
    measure_id,
    edition,
    note,
    noted_on
from marts.fct_council_note
order by gss_code, measure_id, edition
