-- Rule: Every mart has an enforced contract, a key, a description of itself and of every column, a test and an
-- exposure.
-- Severity: error
-- Compares: with nothing
-- Why it matters: Whoever reads the tables relies on the contract and on nothing else.
-- Threshold: All of it, for every mart. A key is a primary key, or the grain that a test proves where an index of a
-- million rows would cost more than it is worth.
-- Where to look: The mart's YAML under models/marts, and models/marts/_marts__exposures.yml.
select
    table_name as subject,
    has_contract,
    key_columns,
    has_description,
    columns_described,
    columns_in_contract,
    columns_in_all,
    tests,
    exposures
from after.marts.fct_quality_table
where
    not has_contract
    or key_columns = ''
    or not has_description
    or columns_described < columns_in_all
    or columns_in_contract < columns_in_all
    or tests = 0
    or exposures = 0
order by all
