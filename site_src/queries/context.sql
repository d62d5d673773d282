-- One row per module, council, edition and figure shown beside the outcomes and never graded.
select
    ranking_id as module_id,
    gss_code,
    edition,
    figure_id,
    figure_kind,
    figure_name,
    unit,
    value,
    missing_reason,
    peer_median
from marts.fct_context_figure
order by module_id, gss_code, edition, figure_kind, figure_name
