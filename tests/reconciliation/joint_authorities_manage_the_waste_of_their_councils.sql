-- Reconciliation: what a joint disposal authority manages is the household waste of the councils that the register says
-- are its own, and what they collect beside it: 1.07 to 1.49 times, measured November 2026. With a council too few
-- or too many it would be more or less. No council that is registered prints a figure of its own.
with

joint as (

    select
        printed_code,
        gss_code,
        first_edition,
        last_edition
    from {{ ref('stg_register__printed_codes') }}
    where
        publication_id = 'defra_waste'
        and code_use = 'joint'

),

printed as (

    select
        edition,
        printed_code,
        max(case when item_id = 'household_tonnes' then figure_value end) as household_tonnes,
        max(case when item_id = 'managed_tonnes' then figure_value end) as managed_tonnes
    from {{ ref('int_figures__printed') }}
    where publication_id = 'defra_waste'
    group by edition, printed_code

),

compared as (

    select
        authorities.edition,
        authorities.printed_code,
        authorities.managed_tonnes,
        sum(councils.household_tonnes) as household_tonnes,
        count(councils.managed_tonnes) as councils_with_a_figure_of_their_own
    from printed as authorities
    inner join joint
        on
            joint.printed_code = authorities.printed_code
            and authorities.edition between joint.first_edition and joint.last_edition
    left join printed as councils
        on
            councils.edition = authorities.edition
            and councils.printed_code = joint.gss_code
    group by authorities.edition, authorities.printed_code, authorities.managed_tonnes

)

select
    'printed_codes' as seed,
    compared.*,
    'a joint authority manages 1 to 1.52 times the household waste of its councils, which print none' as rule
from compared
where
    compared.managed_tonnes not between compared.household_tonnes and 1.52 * compared.household_tonnes
    or compared.councils_with_a_figure_of_their_own > 0
