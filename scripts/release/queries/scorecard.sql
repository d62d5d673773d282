-- The newest three index editions of each lens and module in a line each.
select
    ranking_id as "Lens or module",
    edition as "Edition",
    councils_ranked || ' of ' || councils as "Ranked",
    measures_active as "Measures",
    printf('%.0f %%', 100 * lowest_coverage_share) as "Least coverage of a measure",
    values_missing as "Values missing",
    values_suppressed as "Suppressed",
    correlation_warnings as "Pairs that say the same or the contrary"
from after.marts.fct_quality_ranking
where councils_ranked > 0
qualify row_number() over (partition by ranking_id order by edition desc) <= 2
order by ranking_kind, ranking_id, edition
