-- A council of today has neighbours to stand beside and a place on the map.
with

found as (

    select
        'ons_nearest_neighbours.csv: gss_code' as place,
        council_name
    from live
    anti join ons_nearest_neighbours using (gss_code)
    where end_date is null
    union all
    select
        'dfe_statistical_neighbours.csv: dfe_la_number' as place,
        council_name
    from live
    anti join dfe_statistical_neighbours using (dfe_la_number)
    where end_date is null
    union all
    select
        'open_innovations_hexes.csv: gss_code' as place,
        council_name
    from live
    anti join open_innovations_hexes using (gss_code)

)

select
    place,
    few(list(council_name)) as subject,
    'no row' as now,
    'add its rows' as to_do
from found
group by place
order by place, subject
