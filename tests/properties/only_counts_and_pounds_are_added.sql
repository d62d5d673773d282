-- Rule: percentages, rates and means are never added over authorities or sub-periods; counts and pounds are.
-- Waste prints both.
select distinct
    publication_id,
    is_additive,
    'percentages, rates and means are never added, counts and pounds are' as rule
from {{ ref('int_figures__printed') }}
where
    publication_id <> 'defra_waste'
    and is_additive = (publication_id in ('nhs_ascof', 'nhs_ascof_by_age', 'nhs_ascof_margins', 'dfe_lait'))
