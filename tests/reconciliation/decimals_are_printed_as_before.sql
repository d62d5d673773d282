-- Reconciliation: an item goes on being printed as exactly as before. One of which three figures in ten had a part of a
-- whole in every period before has some now: else it was copied as a spreadsheet showed it. One of whole numbers has
-- not parts in more than half of its figures all at once: a count with a part is a sample, or was perturbed.
-- Left out are areas of land, rounded until 2019, and what publishers are known to have done: two shares are printed
-- whole from 2017-18 on, and one with parts from its new framework of 2021-22 on.
with

periods as (

    select
        publication_id,
        item_id,
        sub_period,
        count(*) as figures,
        avg(case when figure_value <> floor(figure_value) then 1e0 else 0e0 end) as share_with_parts
    from {{ ref('int_figures__printed') }}
    where
        figure_value is not null
        and item_id not in ('area_sq_km', 'MH_EMPLOY', 'MH_INDEP', 'FSP_Gooddev_With_SENSTATE')
    group by publication_id, item_id, sub_period

),

-- Periods with few figures say nothing of how an item is printed.
beside_earlier as (

    select
        publication_id,
        item_id,
        sub_period,
        share_with_parts,
        min(share_with_parts) over (
            partition by publication_id, item_id
            order by sub_period
            rows between unbounded preceding and 1 preceding
        ) as least_before,
        max(share_with_parts) over (
            partition by publication_id, item_id
            order by sub_period
            rows between unbounded preceding and 1 preceding
        ) as most_before
    from periods
    where figures >= 30

),

failing as (

    select
        publication_id as seed,
        item_id,
        sub_period,
        share_with_parts,
        least_before,
        most_before,
        'an item goes on being printed as exactly as before' as rule
    from beside_earlier
    where
        (least_before >= 0.3 and share_with_parts = 0)
        or (most_before = 0 and share_with_parts > 0.5)

)

select * from failing
where {{ council_productivity.not_accepted(['seed', 'item_id', 'sub_period']) }}
