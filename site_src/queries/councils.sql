-- One row per council with a page, in the order of its name.
select
    councils.*,
    any_value(council_editions.page) filter (where council_editions.is_main) as page,
    any_value(council_editions.edition) filter (where council_editions.is_main) as main_edition,
    list(council_editions.edition order by council_editions.edition) as editions
from councils
inner join council_editions using (gss_code)
group by all
order by councils.council_name, councils.end_date nulls first
