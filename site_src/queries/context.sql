-- One row per module, council, edition and figure shown beside the outcomes and never graded.
select
    'adult_social_care' as module_id,
    gss_code,
    edition,
    figure_id,
    figure_kind,
    figure_name,
    unit,
    value,
    missing_reason,
    peer_median
from marts.fct_adult_social_care_demand
union all
select
    'childrens_services' as module_id,
    gss_code,
    edition,
    figure_id,
    figure_kind,
    figure_name,
    unit,
    value,
    missing_reason,
    peer_median
from marts.fct_childrens_services_spend_line
union all
select
    'valuing_care' as module_id,
    gss_code,
    edition,
    figure_id,
    figure_kind,
    figure_name,
    unit,
    value,
    missing_reason,
    peer_median
from marts.fct_valuing_care_placement
order by module_id, gss_code, edition, figure_kind, figure_name
