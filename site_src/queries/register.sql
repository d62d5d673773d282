-- One row per ranking and measure of the register, active or refused, with its publication.
select
    uses.ranking_id,
    uses.status,
    uses.status_reason,
    uses.first_scored_edition,
    measures.*,
    rankings.ranking_order,
    rankings.ranking_name,
    publications.publication_name,
    publications.publisher,
    publications.url,
    publications.frequency,
    publications.held_in_part,
    publications.notes as publication_notes,
    uses.caveat as use_caveat,
    case when rankings.ranking_kind = 'lens' then rankings.caveat end as lens_caveat,
    replace(measures.measure_id, '_', '-') as slug
from marts.bridge_ranking_measure as uses
inner join marts.dim_measure as measures using (measure_id)
inner join marts.dim_ranking as rankings using (ranking_id)
inner join marts.dim_publication as publications using (publication_id)
order by uses.status, rankings.ranking_order, measures.measure_name, uses.ranking_id
