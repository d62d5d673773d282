-- Reconciliation: dwellings and homelessness duties added over the councils equal what the authorities print, so
-- that the roll-up of districts loses and doubles nothing: over all councils in the editions in which every one holds a
-- figure, and in each council that holds one. Some council always lacks a quarter of homelessness, so that its duties
-- are compared council by council alone.
with

printed as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        printed_code,
        figure_value
    from {{ ref('int_figures__printed') }}
    where item_id in ('dwellings', 'owed_duty_total', 'housing_total', 'net_additional_dwellings', 'incidents')

),

totals as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        sum(figure_value) as printed_sum
    from printed
    group by publication_id, item_id, edition, sub_period

),

rolled_up as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        sum(figure_value) as councils_sum,
        count(*) as councils,
        count(figure_value) as councils_held
    from {{ ref('int_figures__by_council') }}
    group by publication_id, item_id, edition, sub_period

),

placed as (

    select
        printed.publication_id,
        printed.item_id,
        printed.edition,
        printed.sub_period,
        authorities.upper_tier_gss_code as gss_code,
        sum(printed.figure_value) as printed_sum
    from printed
    inner join {{ ref('int_figures__codes_resolved') }} as resolved
        on
            resolved.publication_id = printed.publication_id
            and resolved.item_id = printed.item_id
            and resolved.edition = printed.edition
            and resolved.printed_code = printed.printed_code
    inner join {{ ref('stg_register__authorities') }} as authorities
        on
            authorities.edition = printed.edition
            and authorities.gss_code = resolved.authority_code
    group by
        printed.publication_id, printed.item_id, printed.edition, printed.sub_period, authorities.upper_tier_gss_code

)

select
    totals.publication_id as seed,
    totals.item_id,
    totals.edition,
    totals.sub_period,
    'E92000001' as gss_code,
    totals.printed_sum,
    rolled_up.councils_sum,
    'the councils add up to what the authorities print' as rule
from totals
inner join rolled_up
    on
        rolled_up.publication_id = totals.publication_id
        and rolled_up.item_id = totals.item_id
        and rolled_up.edition = totals.edition
        and rolled_up.sub_period = totals.sub_period
inner join {{ ref('stg_register__editions') }} as editions
    on
        editions.edition = totals.edition
        and editions.is_index_edition
where
    rolled_up.councils_held = rolled_up.councils
    and abs(totals.printed_sum - rolled_up.councils_sum) > 1e-6
union all
select
    councils.publication_id as seed,
    councils.item_id,
    councils.edition,
    councils.sub_period,
    councils.gss_code,
    placed.printed_sum,
    councils.figure_value as councils_sum,
    'a council has what its authorities print' as rule
from placed
inner join {{ ref('int_figures__by_council') }} as councils
    on
        councils.publication_id = placed.publication_id
        and councils.item_id = placed.item_id
        and councils.edition = placed.edition
        and councils.sub_period = placed.sub_period
        and councils.gss_code = placed.gss_code
where abs(placed.printed_sum - councils.figure_value) > 1e-6
