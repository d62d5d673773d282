"""Who rose, who fell and who cannot be told from noise: a page for each ranking and edition, and an index."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from scripts.site import words
from scripts.site.data import Row
from scripts.site.parts import Cell, Page, Section, Table, link
from scripts.site.said import columns, said
from scripts.site.shared import HOME
from scripts.site.words import number, signed, signed_end

if TYPE_CHECKING:
    from scripts.site.pages import Site

SAY = said("movers")
SHARED = said("shared")
VERDICTS = ("improved", "declined", "cannot_be_told_from_noise")
COUNTS = ("councils_improved", "councils_declined", "councils_within_noise")


def slug(ranking_id: str) -> str:
    """A ranking's name in addresses."""
    return ranking_id.replace("_", "-")


def main_edition(site: Site, ranking_id: str) -> str:
    """The newest edition in which a ranking is compared with an earlier one."""
    return str(max(edition for edition, other in site.movers if other == ranking_id))


def movers_href(site: Site, root: str, ranking_id: str, edition: str) -> str:
    """The address of the page of a ranking and edition; empty where nothing is compared."""
    if (edition, ranking_id) not in site.movers:
        return ""
    tail = "" if edition == main_edition(site, ranking_id) else f"-{edition}"
    return f"{root}movers/{slug(ranking_id)}{tail}.html"


def counts_table(site: Site, root: str, editions: tuple[str, ...], part: str, caption: str) -> Table:
    """How many rose, fell and cannot be told from noise, a row for each ranking and edition."""
    body = []
    for (edition, ranking_id), rows in site.movers.items():
        if edition in editions:
            first = rows[0]
            cells: list[Cell] = [
                link(movers_href(site, root, ranking_id, edition), SAY.of_edition(first)),
                first["from_edition"],
                *(number(first[count], 0) for count in COUNTS),
                number(first["councils_compared"], 0),
            ]
            body.append((edition, first["ranking_order"], (f"{ranking_id}-{edition}", cells, "")))
    body.sort(key=lambda row: row[1])
    body.sort(key=lambda row: row[0], reverse=True)
    headings = columns(SAY.counts, words_only=("since",))
    return Table(part, caption, headings, [row for _, _, row in body], sortable=True)


def list_table(site: Site, first: Row, verdict: str, rows: list[Row]) -> Table:
    """The councils of one verdict, each with its change, the likely range and the two parts."""
    return Table(
        verdict,
        SAY.list_caption(first, words.words(verdict)),
        columns(SAY.list, words_only=("larger",)),
        [
            (
                row["gss_code"],
                [
                    site.council_link("../", row["gss_code"], row["edition"]),
                    signed(row["productivity_change_pct"]),
                    signed_end(row["productivity_change_pct_p05"]),
                    signed_end(row["productivity_change_pct_p95"]),
                    signed(row["outcome_change_pct"]),
                    signed(row["spend_change_pct"]),
                    SAY.larger_part[row["larger_part"]] if row["larger_part"] else words.NO_VALUE,
                ],
                "",
            )
            for row in rows
        ],
    )


def movers_page(site: Site, ranking_id: str, edition: str) -> Page:
    """One ranking in one edition: three lists side by side."""
    rows = site.movers[(edition, ranking_id)]
    first = rows[0]
    main = main_edition(site, ranking_id)
    dated = f"movers/{slug(ranking_id)}-{edition}.html"
    editions = [at for at, other in site.movers if other == ranking_id]
    module = first["ranking_kind"] == "module"
    return Page(
        path=f"movers/{slug(ranking_id)}.html" if edition == main else dated,
        also_at=[dated] if edition == main else [],
        title=SAY.titled(first),
        lead=[],
        sections=[
            Section(
                verdict,
                words.words(verdict),
                tables=[
                    list_table(
                        site, first, verdict, [row for row in rows if row["change_verdict"] == verdict]
                    )
                ],
            )
            for verdict in VERDICTS
        ],
        kind="movers",
        description=SAY.described(first),
        crumbs=[*HOME, ("index.html", SAY.title)],
        editions=[
            (at, f"{slug(ranking_id)}{'' if at == main else '-' + at}.html", at == edition) for at in editions
        ],
        template="movers.html",
        values={
            "first": first,
            "prices": words.PRICE_BASIS[first["price_basis"]],
            "spend_changed": words.SPEND_CHANGED[first["price_basis"]],
            "ranking_href": f"../modules/{slug(ranking_id)}.html"
            if module
            else site.lens_href("../", ranking_id, edition),
        },
    )


def movers_index_page(site: Site) -> Page:
    """Every ranking and edition with its counts, and why some editions have none."""
    editions = tuple(dict.fromkeys(edition for edition, _ in site.movers))
    return Page(
        path="movers/index.html",
        title=SAY.title,
        lead=[],
        sections=[
            Section(
                "counts",
                SAY.index_title,
                tables=[counts_table(site, "../", editions, "counts", SAY.index_caption)],
            )
        ],
        kind="movers-index",
        description=SAY.index_described,
        crumbs=HOME,
        template="movers_index.html",
        values={"not_compared": no_change_sentences(site.no_change.values())},
    )


def no_change_sentences(rows: Iterable[Row]) -> list[str]:
    """Why no change is shown: a sentence for all rankings of an edition that have the same reason."""
    return [
        SHARED.no_change(list(group))
        for _, group in groupby(rows, key=lambda row: (row["edition"], row["no_change_kind"]))
    ]


def summary_section(site: Site, ranking_id: str, edition: str) -> list[Section]:
    """What the page of a ranking says of its movers: the counts, with a link; why there are none."""
    rows = site.movers.get((edition, ranking_id))
    if rows:
        first = rows[0]
        more = link(movers_href(site, "../", ranking_id, edition), SAY.summary_link)
        return [Section("improved", SAY.summary_title(first), paragraphs=[SAY.summary(first), more])]
    if (edition, ranking_id) in site.no_change:
        told = no_change_sentences([site.no_change[(edition, ranking_id)]])
        return [Section("improved", SAY.no_change_title, paragraphs=list(told))]
    return []
