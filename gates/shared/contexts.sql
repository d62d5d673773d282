-- One row per figure of the lists that belong to no edition: deprivation and neighbours. Run once on each database.
select
    'deprivation: ' || item_id as list_id,
    gss_code as row_key,
    stated
from (
    unpivot (from seeds.mhclg_deprivation)
    on columns(* exclude gss_code) into name item_id value stated
)
union all
select
    'neighbours: ONS',
    gss_code || ' ' || neighbour_rank,
    neighbour_gss_code
from seeds.ons_nearest_neighbours
union all
select
    'neighbours: DfE',
    dfe_la_number || ' ' || neighbour_rank,
    neighbour_dfe_la_number
from seeds.dfe_statistical_neighbours
