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

-- A council's first page is that of the headline edition; of a council that was not live in it, the newest with an
-- overall ranking, else the newest.
create or replace temporary table council_editions as
with live as (
    select
        standing.edition,
        standing.gss_code,
        row_number() over (
            partition by standing.gss_code
            order by editions.is_headline desc, editions.has_overall_ranking desc, standing.edition desc
        ) = 1 as is_main
    from marts.fct_ranking as standing
    inner join marts.dim_edition as editions using (edition)
    where standing.ranking_id = 'overall'
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

create or replace temporary table peer_sets as
select
    peer_group_id,
    case peer_group_id
        when 'ons_nearest_neighbours' then 'ons'
        when 'dfe_statistical_neighbours' then 'dfe'
        else peer_group_id
    end as peer_set
from marts.dim_peer_group
where peer_group_id <> 'council_type';

create or replace temporary table peers as
select
    peer_sets.peer_set,
    bridge.gss_code,
    bridge.peer_gss_code,
    bridge.peer_order
from marts.bridge_council_peer as bridge
inner join peer_sets using (peer_group_id);

create or replace temporary table standings as
select
    standing.edition,
    standing.gss_code,
    standing.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    standing.productivity_rank,
    standing.ranked_councils,
    standing.rank_p05,
    standing.rank_p95,
    standing.probability_top_quartile,
    bands.choices_rank_p05,
    bands.choices_rank_p95,
    bands.noise_rank_p05,
    bands.noise_rank_p95,
    bands.next_edition_rank_p05,
    bands.next_edition_rank_p95,
    standing.productivity_index,
    standing.outcome_score,
    standing.spend_index,
    standing.spend_per_head_gbp,
    standing.england_spend_per_head_gbp,
    coalesce(standing.lenses_scored, standing.measures_present) as parts_present,
    coalesce(standing.lenses_scored_in_edition, standing.measures_active) as parts_active,
    standing.not_ranked_reason,
    companion.companion_rank,
    companion.companion_rank_p05,
    companion.companion_rank_p95,
    companion.companion_ranked_councils,
    companion.editions_pooled,
    companion.no_companion_reason
from marts.fct_ranking as standing
inner join marts.dim_ranking as rankings using (ranking_id)
left join marts.fct_companion_ranking as companion using (edition, gss_code, ranking_id)
left join marts.fct_rank_band as bands using (edition, gss_code, ranking_id)
where rankings.ranking_kind in ('lens', 'overall');

-- Every measure's grades, once where several lenses or modules score it.
create or replace temporary table every_grade as
select
    edition,
    gss_code,
    measure_id,
    bool_or(is_active) as is_active,
    any_value(value) as value,
    any_value(missing_reason) as missing_reason,
    any_value(score) as score,
    any_value(grade) as grade
from marts.fct_measure_grade
group by edition, gss_code, measure_id;
