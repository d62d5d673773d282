-- Oracle, step 5: how the ranks of the whole index spread over the replications of the weights.
select
    unit_code,
    avg(unit_rank) as mean_rank,
    {{ council_productivity.percentile("unit_rank", 0.5) }} as median_rank,
    {{ council_productivity.percentile("unit_rank", 0.05) }} as lower_rank,
    {{ council_productivity.percentile("unit_rank", 0.95) }} as upper_rank
from oracle_drawn
group by unit_code
