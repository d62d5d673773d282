-- Reconciliation: Defra's rates follow from each other. Recycled tonnes over the waste of all people is the recycling
-- rate; what is left, over dwellings, is the residual waste per household, as dwellings are nearly households.
-- Measured November 2026, the two that are never ranked aside: 0.965 to 1.035 and 0.90 to 1.08 times.
with

figures as (

    select
        edition,
        gss_code,
        max(case when item_id = 'recycling_rate' then figure_value end) as recycling_rate,
        max(case when item_id = 'residual_kg_per_household' then figure_value end) as residual_kg_per_household,
        max(case when item_id = 'household_waste_kg_per_person' then figure_value end) as waste_kg_per_person,
        max(case when item_id = 'household_recycled_tonnes' then figure_value end) as recycled_tonnes,
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
            as residual_found
    from figures

)

select
    'defra_waste' as seed,
    edition,
    gss_code,
    rate_found,
    residual_found,
    'tonnes, waste per person, residual waste per household and recycling rate tell the same' as rule
from compared
where
    rate_found not between 0.95 and 1.05
    or residual_found not between 0.88 and 1.1
