"""The list of all councils in a ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts
from scripts.site.parts import Table
from scripts.site.said import columns, said
from scripts.site.words import COMPANION, companion_or_reason, number, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.pages import Site

SAY = said("rankings")


def full_list(site: Site, root: str, ranking_id: str, edition: str, part: str = "ranking") -> Table:
    """Every council with its range: ranked ones in order, the others with the reason."""
    held = [
        next(row for row in rows if row["ranking_id"] == ranking_id)
        for (at, _), rows in site.standings.items()
        if at == edition
    ]
    held.sort(key=lambda row: (row["productivity_rank"] or 10_000, site.titles[row["gss_code"]]))
    lens = next(row for row in site.lenses if row["ranking_id"] == ranking_id)
    of_lens = SAY.of_overall if ranking_id == "overall" else SAY.of_lens | {"per_head": SAY.per_head(lens)}
    body = []
    for row in held:
        picture = ""
        if row["productivity_rank"] is not None:
            picture = Markup(
                charts.mini_range(
                    row["productivity_rank"], row["rank_p05"], row["rank_p95"], row["ranked_councils"]
                )
            )
        cells: list[Any] = [
            site.council_link(root, row["gss_code"], edition),
            rank_or_reason(row),
            picture,
            number(row["productivity_index"]),
            companion_or_reason(row),
        ]
        if ranking_id == "overall":
            cells.append(SAY.lenses(row))
        else:
            cells += [
                number(row["outcome_score"]),
                number(row["spend_index"], 2),
                number(row["spend_per_head_gbp"], 0),
            ]
        body.append((row["gss_code"], cells, "" if row["productivity_rank"] else "missing"))
    return Table(
        part,
        SAY.caption(lens["ranking_name"], edition),
        columns(SAY.every | of_lens, words_only=("rank", "companion"), pictures=("picture",)),
        body,
        sortable=True,
        note=COMPANION,
    )
