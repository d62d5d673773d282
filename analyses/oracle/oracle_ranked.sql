-- Oracle, step 3: ranks within each run and node of the tree.
select
    run_name,
    unit_code,
    node,
    {{ council_productivity.rank_best_first("score", "run_name, node") }} as unit_rank
from oracle_aggregated
