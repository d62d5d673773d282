-- Reconciliation: the annual rates of 2018-19 are those of ASCOF 2C, council by council. Measured November 2026:
-- correlation 0.99997 (all) and 0.99992 (social care), largest gaps 0.075 and 0.057 beds, which is rounding and
-- the vintage of the population.
with

expected as (

    select 'DTOC' as ascof_measure
    union all
    select 'DTOC_ASC' as ascof_measure

)

select
    expected.ascof_measure,
    found.councils_compared,
    found.correlation,
    found.largest_gap_per_100k_adults
from expected
left join {{ ref('fct_delayed_transfers_reconciliation') }} as found
    on
        found.ascof_measure = expected.ascof_measure
        and found.edition = '2018-19'
where
    {{ council_productivity.rows_are_expected() }}
    and (
        found.edition is null
        or found.councils_compared < 147
        or found.months_held <> 12
        or found.correlation < 0.9999
        or found.largest_gap_per_100k_adults > 0.1
    )
