-- One row per name and unit that a reader goes by. Run once on each database.
select
    'measure' as kind,
    measure_id as id,
    column_name,
    stated
from (
    unpivot (
        select
            measure_id,
            measure_name,
            unit
        from marts.dim_measure
    )
    on measure_name, unit into name column_name value stated
)
union all
select
    'ranking',
    ranking_id,
    'ranking_name',
    ranking_name
from marts.dim_ranking
union all
select
    'council',
    gss_code,
    'council_name',
    council_name
from marts.dim_council
union all
select
    'publication',
    publication_id,
    'publication_name',
    publication_name
from marts.dim_publication
