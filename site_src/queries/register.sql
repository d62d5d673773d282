-- One row per measure of the register, with its publication.
select
    measures.*,
    rankings.ranking_order,
    rankings.ranking_name,
    rankings.ranking_kind = 'lens' as is_lens,
    case when rankings.ranking_kind = 'lens' then rankings.caveat end as lens_caveat,
    publications.publication_name,
    publications.publisher,
    publications.url,
    publications.frequency,
    publications.notes as publication_notes,
    replace(measures.measure_id, '_', '-') as slug
from marts.dim_measure as measures
inner join marts.dim_ranking as rankings using (ranking_id)
inner join marts.dim_publication as publications using (publication_id)
order by measures.status, rankings.ranking_order, measures.measure_name
