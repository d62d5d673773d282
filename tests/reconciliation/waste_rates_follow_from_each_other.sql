-- Reconciliation: Defra's rates follow from each other. Recycled tonnes over the waste of all people is the recycling
-- rate, and so are recycled tonnes over household tonnes; what is left, over dwellings, is the residual waste per
-- household, as dwellings are nearly households. Measured November 2026, the two that are never ranked aside: 0.965 to
-- 1.035, 0.965 to 1.002 and 0.90 to 1.08 times. What is recycled dry is a part of what is recycled, and what is
-- landfilled of what is managed.
with

figures as (

    select
        edition,
        gss_code,
        max(case when item_id = 'recycling_rate' then figure_value end) as recycling_rate,
        max(case when item_id = 'residual_kg_per_household' then figure_value end) as residual_kg_per_household,
        max(case when item_id = 'household_waste_kg_per_person' then figure_value end) as waste_kg_per_person,
        max(case when item_id = 'household_recycled_tonnes' then figure_value end) as recycled_tonnes,
        max(case when item_id = 'household_tonnes' then figure_value end) as household_tonnes,
        max(case when item_id = 'household_dry_recycled_tonnes' then figure_value end) as dry_recycled_tonnes,
        max(case when item_id = 'landfilled_tonnes' then figure_value end) as landfilled_tonnes,
        max(case when item_id = 'managed_tonnes' then figure_value end) as managed_tonnes,
        max(case when publication_id = 'ons_population' and item_id = 'pop_all' then figure_value end) as people,
        max(case when publication_id = 'mhclg_vacant_dwellings' and item_id = 'dwellings' then figure_value end)
            as dwellings
    from {{ ref('int_figures__by_council') }}
    where
        publication_id in ('defra_waste', 'ons_population', 'mhclg_vacant_dwellings')
        and gss_code not in ('E09000001', 'E06000053')
    group by edition, gss_code

),

compared as (

    select
        edition,
        gss_code,
        1000 * recycled_tonnes / nullif(waste_kg_per_person * people * recycling_rate, 0) as rate_found,
        residual_kg_per_household * dwellings / nullif((1 - recycling_rate) * waste_kg_per_person * people, 0)
            as residual_found,
        recycled_tonnes / nullif(household_tonnes * recycling_rate, 0) as share_found,
        dry_recycled_tonnes / nullif(recycled_tonnes, 0) as dry_part,
        landfilled_tonnes / nullif(managed_tonnes, 0) as landfilled_part
    from figures

),

failing as (

    select
        'defra_waste' as seed,
        edition,
        gss_code,
        rate_found,
        residual_found,
        share_found,
        dry_part,
        landfilled_part,
        'tonnes, waste per person, residual waste per household and recycling rate tell the same' as rule
    from compared
    where
        rate_found not between 0.95 and 1.05
        or residual_found not between 0.88 and 1.1
        or share_found not between 0.95 and 1.05
        or dry_part not between 0 and 1
        or landfilled_part not between 0 and 1

)

select * from failing
where {{ council_productivity.not_accepted(['edition', 'gss_code']) }}
