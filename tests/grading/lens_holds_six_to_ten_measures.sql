-- Rule: a lens that is scored in an edition has six to ten active measures, and no lens ever has more than ten.
select
    'ranking_measures' as seed,
    edition,
    ranking_id,
    measures_active,
    'six to ten measures a lens' as rule
from {{ ref('int_rankings__edition_status') }}
where
    measures_active > {{ var('lens_maximum_active_measures') }}
    or (is_scored and measures_active < {{ var('lens_minimum_active_measures') }})
