-- One row per council live in the site's first edition, or today, and its place on the map.
select
    hexes.gss_code,
    hexes.hex_column,
    hexes.hex_row
from marts.dim_council_hex as hexes
order by hexes.hex_row, hexes.hex_column
