-- Reconciliation: from one period to the next people of an age are between 2 % fewer and 3 % more, in all councils that
-- are in both together, and people of 65 and over, or of all ages, are not more than 0.5 % fewer: the population of
-- another year looks plausible council by council. (Measured from 2015-16 on: from 1.7 % fewer, where the census of
-- 2021 corrected children, to 2.6 % more, of 85 and over; those of 65 and over and of all ages are never fewer.)
with

populations as (

    select
        item_id,
        printed_code,
        sub_period,
        figure_value,
        lag(figure_value) over (partition by item_id, printed_code order by sub_period) as before
    from {{ ref('int_figures__printed') }}
    where
        publication_id = 'ons_population'
        and item_id <> 'area_sq_km'

),

totals as (

    select
        item_id,
        sub_period,
        sum(figure_value) / nullif(sum(before), 0) as to_before
    from populations
    where before is not null
    group by item_id, sub_period

),

failing as (

    select
        'ons_population' as seed,
        item_id,
        sub_period,
        to_before,
        'people of an age are about as many as in the period before' as rule
    from totals
    where
        to_before < case when item_id in ('pop_0_17', 'pop_18_64', 'pop_18_plus') then 0.98 else 0.995 end
        or to_before > 1.03

)

select * from failing
where {{ council_productivity.not_accepted(['seed', 'item_id', 'sub_period']) }}
