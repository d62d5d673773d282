-- Reconciliation: dwellings and homelessness duties added over the councils equal what the authorities print, so
-- that the roll-up of districts loses and doubles nothing in the editions in which every authority holds a figure.
with

printed as (

    select
        publication_id,
        item_id,
        edition,
        sub_period,
        sum(figure_value) as printed_sum
    from {{ ref('int_figures__printed') }}
    where item_id in ('dwellings', 'owed_duty_total', 'housing_total', 'net_additional_dwellings', 'incidents')
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

)

select
    printed.*,
    rolled_up.councils_sum
from printed
inner join rolled_up
    on
        rolled_up.publication_id = printed.publication_id
        and rolled_up.item_id = printed.item_id
        and rolled_up.edition = printed.edition
        and rolled_up.sub_period = printed.sub_period
inner join {{ ref('stg_register__editions') }} as editions
    on
        editions.edition = printed.edition
        and editions.is_index_edition
where
    rolled_up.councils_held = rolled_up.councils
    and abs(printed.printed_sum - rolled_up.councils_sum) > 1e-6
