-- As many councils are live through the edition as the register expects: a council made or abolished has its row and
-- its dates. Figures of a council that is not there belong to nobody.
with

counted as (

    select count(*) as councils from live

),

not_live as (

    select few(list(coalesce(councils.council_name, authorities.authority_name))) as names
    from authorities
    inner join asked using (edition)
    left join councils using (gss_code)
    anti join live using (gss_code)
    where authorities.authority_class <> 'SD'

)

select
    'councils.csv: gss_code' as place,
    coalesce('with a budget, not live: ' || not_live.names, 'councils live through it') as subject,
    counted.councils || ', expected ' || coalesce(asked.expected_councils || '', 'not said') as now,
    'who begins or ends, or expected_councils' as to_do
from asked
cross join counted
cross join not_live
where
    asked.is_registered
    and (asked.expected_councils is distinct from counted.councils or not_live.names is not null)
