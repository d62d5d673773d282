-- One row per council, today's and abolished ones, and its place on the map.
select
    hexes.gss_code,
    hexes.hex_column,
    hexes.hex_row
from marts.dim_council_hex as hexes
order by hexes.hex_row, hexes.hex_column
