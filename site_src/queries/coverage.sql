-- One row per edition and lens: measures, councils ranked, or why none.
select
    status.edition,
    status.lens_id,
    lenses.lens_order,
    lenses.lens_name,
    status.measures_active,
    status.is_scored,
    status.not_scored_reason,
    status.spend_basis,
    max(standing.ranked_councils) as ranked_councils
from marts.dim_lens_edition as status
inner join marts.dim_lens as lenses using (lens_id)
left join marts.fct_lens_productivity as standing using (edition, lens_id)
group by all
order by status.edition, lenses.lens_order
