-- One row per printed figure that was set aside.
select
    publications.publication_name,
    unused.item_id,
    unused.edition,
    unused.sub_period,
    unused.printed_code,
    councils.council_name,
    unused.value_raw,
    unused.reason,
    unused.note
from marts.fct_figure_not_used as unused
inner join marts.dim_publication as publications using (publication_id)
left join councils on unused.printed_code = councils.gss_code
order by publications.publication_name, unused.item_id, unused.edition, unused.printed_code, unused.sub_period
