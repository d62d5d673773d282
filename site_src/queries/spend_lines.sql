-- One row per edition, council, lens and line that its spend is made of, the largest first.
select
    spend_lines.edition,
    spend_lines.gss_code,
    spend_lines.ranking_id,
    lenses.ranking_name,
    spend_lines.publication_id || ':' || spend_lines.item_id as line_id,
    spend_lines.line_name,
    publications.publication_name,
    spend_lines.second_hand_source,
    spend_lines.spend_gbp / 1000 as spend_thousands_gbp,
    spend_lines.missing_reason,
    standing.spend_gbp / 1000 as spend_in_all_thousands_gbp
from marts.fct_spend_line as spend_lines
inner join council_editions using (edition, gss_code)
inner join marts.dim_ranking as lenses using (ranking_id)
inner join marts.dim_publication as publications using (publication_id)
inner join marts.fct_ranking as standing using (edition, gss_code, ranking_id)
where lenses.ranking_kind = 'lens'
order by
    spend_lines.edition,
    spend_lines.gss_code,
    lenses.ranking_order,
    abs(spend_lines.spend_gbp) desc nulls last,
    spend_lines.item_id
