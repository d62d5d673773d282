-- One row per council and other name under which a reader may look for it.
select
    gss_code,
    other_names.other_name,
    other_names.name_kind
from marts.bridge_council_name as other_names
inner join councils using (gss_code)
order by gss_code, other_names.name_kind desc, other_names.other_name
