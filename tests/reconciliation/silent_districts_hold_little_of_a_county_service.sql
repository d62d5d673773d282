-- Reconciliation: a district that reports nothing in one edition is passed over in what its county provides, since it
-- printed next to nothing of it in any other: 1 % of the county's figure at most (measured November 2026: 0.4 %,
-- Woking's adult social care; the others print under 0.1 %).
with

totals as (

    select
        printed_code,
        period,
        {{ council_productivity.to_number('csc_total') }} as children,
        {{ council_productivity.to_number('asc_total') }} as adults
    from {{ ref('mhclg_revenue_budget') }}

),

placed as (

    select
        totals.*,
        authorities.upper_tier_gss_code
    from totals
    inner join {{ ref('stg_register__authorities') }} as authorities
        on
            authorities.edition = totals.period
            and authorities.gss_code = totals.printed_code
            and authorities.authority_class = 'SD'

),

silent as (

    select distinct printed_code
    from placed
    where adults is null

),

failing as (

    select
        'mhclg_revenue_budget' as seed,
        placed.printed_code,
        placed.period,
        placed.children,
        placed.adults,
        'a silent district holds at most 1 % of what its county provides' as rule
    from placed
    inner join silent
        on silent.printed_code = placed.printed_code
    inner join totals as counties
        on
            counties.printed_code = placed.upper_tier_gss_code
            and counties.period = placed.period
    where
        abs(placed.children) > 0.01 * counties.children
        or abs(placed.adults) > 0.01 * counties.adults

)

select * from failing
where {{ council_productivity.not_accepted(['printed_code', 'period']) }}
