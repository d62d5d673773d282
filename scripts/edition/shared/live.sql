-- Councils live through the edition, one row each.
select
    councils.gss_code,
    councils.council_name,
    councils.dfe_la_number,
    councils.end_date,
    councils.never_ranked_reason is null as is_rankable
from councils
inner join asked
    on
        coalesce(councils.start_date::date, asked.start_date) <= asked.start_date
        and coalesce(councils.end_date::date, asked.end_date) >= asked.end_date
