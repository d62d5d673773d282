-- Reconciliation: where a publication prints a total of England, the figures of its districts and councils add up to
-- it, to the last person or dwelling.
with

printed as (

    select
        publication_id,
        item_id,
        sub_period,
        sum({{ council_productivity.to_number('value_raw') }}) as districts_total
    from {{ ref('int_figures__printed') }}
    group by publication_id, item_id, sub_period

),

failing as (

    select
        england.publication_id as seed,
        england.item_id,
        england.sub_period,
        england.england_total,
        printed.districts_total,
        'the districts add up to the total printed for England' as rule
    from {{ ref('england_totals') }} as england
    left join printed
        on
            printed.publication_id = england.publication_id
            and printed.item_id = england.item_id
            and printed.sub_period = england.sub_period
    where
        printed.districts_total is null
        or printed.districts_total <> {{ council_productivity.to_number('england.england_total') }}

)

select * from failing
where {{ council_productivity.not_accepted(['seed', 'item_id', 'sub_period']) }}
