-- Property: the change in productivity is the change in outcome less the change in spend, and spend is cash less
-- population less prices, to 1e-9; no change spans Census 2021 or editions that the register does not pair.
select
    changes.edition,
    changes.from_edition,
    changes.ranking_id,
    changes.gss_code,
    changes.ln_productivity_change,
    'the parts of a change add up, between the two editions the register pairs' as rule
from {{ ref('fct_change') }} as changes
inner join {{ ref('dim_edition') }} as editions
    on editions.edition = changes.edition
where
    abs(changes.ln_productivity_change - (changes.ln_outcome_change - changes.ln_spend_change)) > 1e-9
    or abs(
        changes.ln_spend_change
        - (changes.ln_cash_change - changes.ln_population_change - changes.ln_prices_change)
    ) > 1e-9
    or changes.from_edition <> editions.change_from_edition
    or (changes.from_edition <= '2019-20' and changes.edition >= '2021-22')
