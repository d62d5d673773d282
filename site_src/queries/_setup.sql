-- Tables that every page part reads: who has a page, of which edition, and who counts as a peer of whom.

create or replace temporary table councils as
select
    gss_code,
    council_name,
    council_type_name,
    region,
    is_rankable,
    never_ranked_reason,
    successor_gss_codes,
    start_date,
    end_date,
    council_name || case when end_date is null then '' else ' (to ' || year(end_date) || ')' end as title,
    trim(regexp_replace(lower(council_name), '[^a-z]+', '-', 'g'), '-')
    || case when end_date is null then '' else '-to-' || year(end_date) end as slug
from marts.dim_council;

-- A council's first page is the newest of the editions with the most lenses in which it was live.
create or replace temporary table council_editions as
with live as (
    select
        standing.edition,
        standing.gss_code,
        editions.lenses_scored,
        row_number() over (
            partition by standing.gss_code order by editions.lenses_scored desc, standing.edition desc
        ) = 1 as is_main
    from marts.fct_council_productivity as standing
    inner join marts.dim_edition as editions using (edition)
)

select
    live.edition,
    live.gss_code,
    live.is_main,
    councils.slug,
    councils.title,
    councils.slug || case when live.is_main then '' else '-' || live.edition end as page
from live
inner join councils using (gss_code);

create or replace temporary table peers as
select
    'ons' as peer_set,
    gss_code,
    neighbour_gss_code as peer_gss_code,
    neighbour_rank as peer_order
from marts.bridge_council_neighbour
where neighbour_set = 'ons_nearest_neighbours' and neighbour_rank <= 10
union all
select
    'dfe' as peer_set,
    gss_code,
    neighbour_gss_code as peer_gss_code,
    neighbour_rank as peer_order
from marts.bridge_council_neighbour
where neighbour_set = 'dfe_statistical_neighbours'
union all
select
    'region' as peer_set,
    councils.gss_code,
    others.gss_code as peer_gss_code,
    row_number() over (partition by councils.gss_code order by others.council_name, others.gss_code) as peer_order
from councils
inner join councils as others
    on councils.region = others.region and councils.gss_code <> others.gss_code
where others.is_rankable;

create or replace temporary table standings as
select
    standing.edition,
    standing.gss_code,
    'overall' as lens_id,
    0 as lens_order,
    'Overall' as lens_name,
    standing.productivity_rank,
    standing.ranked_councils,
    bands.rank_p05,
    bands.rank_p95,
    bands.probability_top_quartile,
    standing.productivity_index,
    null::double as outcome_score,
    null::double as spend_index,
    null::double as spend_per_head_gbp,
    null::double as england_spend_per_head_gbp,
    standing.lenses_scored as parts_present,
    standing.lenses_scored_in_edition as parts_active,
    standing.not_ranked_reason
from marts.fct_council_productivity as standing
left join marts.fct_rank_band as bands
    on
        standing.edition = bands.edition
        and standing.gss_code = bands.gss_code
        and bands.lens_id = 'overall'
union all
select
    standing.edition,
    standing.gss_code,
    standing.lens_id,
    lenses.lens_order,
    lenses.lens_name,
    standing.productivity_rank,
    standing.ranked_councils,
    bands.rank_p05,
    bands.rank_p95,
    bands.probability_top_quartile,
    standing.productivity_index,
    standing.outcome_score,
    standing.spend_index,
    standing.spend_per_head_gbp,
    standing.england_spend_per_head_gbp,
    standing.measures_present as parts_present,
    standing.measures_active as parts_active,
    standing.not_ranked_reason
from marts.fct_lens_productivity as standing
inner join marts.dim_lens as lenses using (lens_id)
left join marts.fct_rank_band as bands
    on
        standing.edition = bands.edition
        and standing.gss_code = bands.gss_code
        and standing.lens_id = bands.lens_id;

-- Every measure's grades, those of lenses and of modules alike.
create or replace temporary table every_grade as
select
    edition,
    gss_code,
    measure_id,
    is_active,
    value,
    missing_reason,
    score,
    grade
from marts.fct_measure_grade
union all
select
    edition,
    gss_code,
    measure_id,
    is_active,
    value,
    missing_reason,
    score,
    grade
from marts.fct_adult_social_care_measure
union all
select
    edition,
    gss_code,
    measure_id,
    is_active,
    value,
    missing_reason,
    score,
    grade
from marts.fct_childrens_services_measure
union all
select
    edition,
    gss_code,
    measure_id,
    is_active,
    value,
    missing_reason,
    score,
    grade
from marts.fct_valuing_care_measure;
