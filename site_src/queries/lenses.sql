-- One row per lens, with the editions in which it is scored; "overall" first.
select
    'overall' as lens_id,
    0 as lens_order,
    'Overall' as lens_name,
    'How much outcome over all lenses does the council get for its money?' as question,
    null as need_population,
    'The spend of the lenses, each on its own' as spend_description,
    'An overall ranking of five lenses does not compare with one of six.' as caveat,
    list(edition order by edition) as editions,
    'overall' as slug
from marts.dim_edition
where has_overall_ranking
union all
select
    lenses.lens_id,
    lenses.lens_order,
    lenses.lens_name,
    lenses.question,
    lenses.need_population,
    lenses.spend_description,
    lenses.caveat,
    list(status.edition order by status.edition) as editions,
    replace(lenses.lens_id, '_', '-') as slug
from marts.dim_lens as lenses
inner join marts.dim_lens_edition as status using (lens_id)
where status.is_scored
group by all
order by lens_order
