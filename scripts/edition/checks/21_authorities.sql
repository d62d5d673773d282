-- Every authority of the edition is there, with the upper-tier council in whose area it stood: figures of districts are
-- added over their county by it. The ingest of the budget writes these rows.
with

held as (

    select count(*) as authorities from authorities
    inner join asked using (edition)

),

missing as (

    select few(list(live.council_name)) as names
    from live
    anti join (select gss_code from authorities inner join asked using (edition)) as placed using (gss_code)

)

select
    'authorities.csv: edition' as place,
    case when held.authorities = 0 then 'all authorities' else missing.names end as subject,
    case when held.authorities = 0 then 'none' else 'no row' end as now,
    'make ingest with its budget' as to_do
from held
cross join missing
where
    held.authorities = 0
    or missing.names is not null
