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
    case
        when standing.productivity_rank is null then 'not_ranked'
        when 2 * standing.rank_p95 <= standing.ranked_councils then 'first_half'
        when 2 * standing.rank_p05 > standing.ranked_councils + 1 then 'second_half'
        else 'across'
    end as range_position,
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

-- Rankings of an edition in which no council's change is shown, and why.
create or replace temporary table no_change as
with ranked as (
    select distinct
        edition,
        ranking_id,
        ranking_order,
        case ranking_id when 'overall' then 'the overall ranking' else ranking_name end as ranking_in_words
    from standings
    where productivity_rank is not null
),

changed as (
    select distinct
        edition,
        ranking_id
    from marts.fct_change
)

select
    ranked.*,
    editions.change_from_edition,
    editions.no_change_reason as edition_no_change_reason,
    case
        when editions.change_from_edition is null then 'edition'
        when before.ranking_id is null then 'not_scored_before'
        when ranked.ranking_id = 'overall' then 'too_few_lenses_compared'
        when spend.spend_series > editions.change_from_edition then 'other_spend'
        when editions.no_change_reason is not null then 'edition'
        else 'too_few_measures_compared'
    end as no_change_kind
from ranked
inner join marts.dim_edition as editions using (edition)
left join ranked as before
    on editions.change_from_edition = before.edition and ranked.ranking_id = before.ranking_id
left join marts.dim_ranking_edition as spend
    on ranked.edition = spend.edition and ranked.ranking_id = spend.ranking_id
left join changed
    on ranked.edition = changed.edition and ranked.ranking_id = changed.ranking_id
where changed.edition is null;

-- Nearest neighbours that have a better outcome score for less spend per head, in lenses that rank both.
create or replace temporary table neighbours_for_less as
select
    own.edition,
    own.gss_code,
    own.ranking_id,
    own.ranking_order,
    own.ranking_name,
    peers.peer_order,
    peers.peer_gss_code,
    named.title as peer_title,
    other.outcome_score,
    other.spend_per_head_gbp,
    own.outcome_score as own_outcome_score,
    own.spend_per_head_gbp as own_spend_per_head_gbp
from standings as own
inner join peers on own.gss_code = peers.gss_code and peers.peer_set = 'ons'
inner join standings as other
    on
        own.edition = other.edition
        and own.ranking_id = other.ranking_id
        and peers.peer_gss_code = other.gss_code
inner join councils as named on peers.peer_gss_code = named.gss_code
where
    own.ranking_id <> 'overall'
    and own.productivity_rank is not null
    and other.productivity_rank is not null
    and round(other.outcome_score, 9) > round(own.outcome_score, 9)
    and round(other.spend_index, 9) < round(own.spend_index, 9);

-- The middle of the peers' scores and values in each measure of a lens, one set of peers a column.
create or replace temporary table peer_scores as
select
    grades.edition,
    peers.gss_code,
    grades.ranking_id,
    grades.measure_id,
    median(grades.score) filter (where peers.peer_set = 'ons') as ons_score,
    median(grades.score) filter (where peers.peer_set = 'dfe') as dfe_score,
    median(grades.score) filter (where peers.peer_set = 'region') as region_score,
    median(grades.value) filter (where peers.peer_set = 'ons') as ons_value
from marts.fct_measure_grade as grades
inner join peers on grades.gss_code = peers.peer_gss_code
where
    grades.is_active
    and grades.ranking_kind = 'lens'
    and (peers.peer_set <> 'dfe' or grades.ranking_id = 'childrens_social_care')
group by grades.edition, peers.gss_code, grades.ranking_id, grades.measure_id;

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

-- Rankings beside outside judgements: do they put councils in the same order?
create or replace temporary table judged_rankings as
select
    judged.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    rankings.ranking_kind,
    judged.judgement_id,
    judged.judgement_name,
    judged.figure_id,
    judged.correlation,
    judged.correlation_lower,
    judged.correlation_upper,
    case
        when judged.correlation_lower > 0 then 'same_order'
        when judged.correlation_upper < 0 then 'opposite_order'
        when judged.correlation_lower is not null then 'no_clear_sign'
    end as finding,
    judged.councils,
    judged.editions,
    judged.caveat
from marts.fct_ranking_validity as judged
inner join marts.dim_ranking as rankings using (ranking_id)
where judged.figure_id in ('outcome_score', 'productivity_index');

-- What if: where a council stands in the lists of its edition's file.
create or replace temporary table what_if_places as
select
    standing.edition,
    standing.gss_code,
    councils.title,
    row_number() over (partition by standing.edition order by councils.title, standing.gss_code) - 1 as place
from standings as standing
inner join councils using (gss_code)
where standing.ranking_id = 'overall';

-- A number as seven signs of base 36, dots where there is none: short, and nothing to set it apart by.
create or replace temporary macro in_seven_signs(x, scale) as
coalesce(lpad(lower(to_base(round(x * scale)::bigint, 36)), 7, '0'), '.......');
