-- Where figures are added over a county, every authority of the edition has a row in the publication. One without would
-- be taken for one without homelessness, dwellings or spend.
with

parts as (

    select distinct
        printed.publication_id,
        printed.sub_period,
        printed.item_id
    from printed
    where
        printed.publication_id in (
            'defra_fly_tipping', 'mhclg_homelessness', 'mhclg_net_additional_dwellings', 'mhclg_revenue_budget'
        )

),

expected as (

    select
        parts.*,
        authorities.gss_code as printed_code,
        authorities.authority_name
    from parts
    cross join authorities
    inner join asked using (edition)
    -- a county council has no homelessness, dwellings or fly-tips of its own
    where authorities.authority_class <> 'SC' or parts.publication_id = 'mhclg_revenue_budget'

)

select
    expected.publication_id || '.csv: printed_code' as place,
    few(list(distinct expected.authority_name)) as subject,
    'no row' as now,
    'make ingest, or an empty row' as to_do
from expected
anti join printed using (publication_id, sub_period, item_id, printed_code)
group by expected.publication_id
order by place, subject
