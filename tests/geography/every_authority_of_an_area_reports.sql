-- Rule: where figures are added over a county area, every district has a row in a publication that prints the codes
-- of its day; a district without a row would be taken for one without homelessness, dwellings or spend.
with

periods as (

    select distinct
        publication_id,
        item_id,
        edition,
        sub_period
    from {{ ref('int_figures__printed') }}
    where
        publication_id in (
            'mhclg_homelessness',
            'defra_fly_tipping',
            'mhclg_net_additional_dwellings',
            'mhclg_revenue_budget'
        )

),

expected as (

    select
        periods.*,
        authorities.gss_code
    from periods
    inner join {{ ref('stg_register__authorities') }} as authorities
        on authorities.edition = periods.edition
    -- county councils have no housing duties or fly-tips of their own
    where
        authorities.authority_class <> 'SC'
        or periods.publication_id = 'mhclg_revenue_budget'

),

failing as (

    select
        expected.publication_id as seed,
        expected.item_id,
        expected.edition,
        expected.sub_period,
        expected.gss_code as missing_code,
        'every authority of the edition has a row' as rule
    from expected
    left join {{ ref('int_figures__printed') }} as figures
        on
            figures.publication_id = expected.publication_id
            and figures.item_id = expected.item_id
            and figures.edition = expected.edition
            and figures.sub_period = expected.sub_period
            and figures.printed_code = expected.gss_code
    where figures.printed_code is null

)

select * from failing
where {{ council_productivity.not_accepted(['seed', 'item_id', 'edition', 'sub_period', 'missing_code']) }}
