"""Plain text tables, and the top tens read from the published database."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb

WIDEST_CELL = 60
WIDEST_LINE = 140

# The mart may come without rank bands; the union by name gives it empty ones.
TOP_TENS = """
with

top_ten as (
    select * from marts.fct_top_ten
    union all by name
    select null::double as rank_p05, null::double as rank_p95 where false
),

newest as (
    select lens_id, max(edition) as edition
    from top_ten
    group by lens_id
)

select
    coalesce(lenses.lens_name, 'Overall') || ', ' || top_ten.edition as title,
    top_ten.ranked_councils::varchar as ranked_councils,
    top_ten.productivity_rank::varchar as productivity_rank,
    top_ten.council_name,
    printf('%.1f', top_ten.productivity_index) as productivity_index,
    'likely ' || ordinal(rank_p05) || ' to ' || ordinal(rank_p95) || ' of ' || top_ten.ranked_councils
        as rank_band
from top_ten
inner join newest using (lens_id, edition)
left join marts.dim_lens as lenses on top_ten.lens_id = lenses.lens_id
order by top_ten.lens_id <> 'overall', lenses.lens_order, title, top_ten.top_ten_position
"""

ORDINAL = """
create temporary macro ordinal(place) as
    place::bigint::varchar || case
        when place::bigint % 100 between 11 and 13 then 'th'
        when place::bigint % 10 = 1 then 'st'
        when place::bigint % 10 = 2 then 'nd'
        when place::bigint % 10 = 3 then 'rd'
        else 'th'
    end
"""


def cut(line: str, width: int) -> str:
    """A line of at most this width, with a sign where something was cut off."""
    return line if len(line) <= width else line[: width - 1] + "…"


def text(value: object) -> str:
    """One cell on one line."""
    return "" if value is None else cut(" ".join(str(value).split()), WIDEST_CELL)


def aligned(header: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[str] = ()) -> str:
    """Rows under their header in columns of equal width; columns named in ``right`` align right."""
    table = [list(header), *([text(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = [
            cell.rjust(width) if name in right else cell.ljust(width)
            for name, cell, width in zip(header, row, widths, strict=True)
        ]
        lines.append(cut("  ".join(cells).rstrip(), WIDEST_LINE))
    return "\n".join(lines)


def top_tens(database: Path) -> str:
    """The newest top ten overall and of each lens, as text."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(ORDINAL)
        rows = connection.execute(TOP_TENS).fetchall()
    parts = []
    for (title, ranked), group in groupby(rows, key=lambda row: row[:2]):
        councils = [row[2:] for row in group]
        header = ["Rank", "Council", "Index", ""]
        parts.append(f"{title} ({ranked} councils ranked)\n{aligned(header, councils, ['Rank', 'Index'])}")
    return "\n\n".join([*parts, "Index: 100 is the median of the ranked councils."])
