"""Finding and comparing councils: names by which they are looked for, and their figures by edition."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scripts.site import words
from scripts.site.parts import Column, Page, Section, Table
from scripts.site.said import said
from scripts.site.shared import TO_HOME
from scripts.site.words import number, plain, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("compare")
# What a council's row of a ranking holds beside its standing, in the order of the file: decimals as shown.
FIGURES = (
    ("productivity_index", 1),
    ("outcome_score", 1),
    ("spend_index", 2),
    ("spend_per_head_gbp", 0),
)


def as_script(name: str, content: object) -> str:
    """Something as a script: a page opened from a folder may not read other files."""
    return f"{name}={json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def shown(value: float | None, decimals: int) -> str | None:
    """A number as tables show it; nothing where there is none."""
    return None if value is None else number(value, decimals)


def search_data(site: Site) -> str:
    """Names, addresses, regions and codes of the councils, and their other names by what these are."""
    others = site.figures.by("council_names", "gss_code")
    entries = []
    for council in site.councils:
        names: dict[str, list[str]] = {}
        for row in others[council["gss_code"]]:
            names.setdefault(row["name_kind"], []).append(row["other_name"])
        known = [council["title"], f"councils/{council['slug']}.html", council["region"], council["gss_code"]]
        entries.append([*known, names] if names else known)
    return as_script("window.COUNCILS", entries)


def compare_data(site: Site) -> str:
    """What the page that compares needs of all editions: who there is, what is measured, the trends."""
    by_code = {council["gss_code"]: council["slug"] for council in site.councils}
    councils = {
        council["slug"]: {
            "code": council["gss_code"],
            "title": council["title"],
            "main": council["main_edition"],
            "editions": council["editions"],
            "followed_by": [
                by_code[code] for code in (council["successor_gss_codes"] or "").split() if code in by_code
            ],
        }
        for council in site.councils
    }
    editions = sorted({edition for council in site.councils for edition in council["editions"]})
    trends: dict[str, dict[str, list[list[str | None] | None]]] = {}
    for council in site.councils:
        for lens, group in groupby(site.trend[council["gss_code"]], key=lambda row: row["ranking_id"]):
            held = {
                row["edition"]: [shown(row["outcome_score"], 1), shown(row["spend_index"], 2)]
                for row in group
            }
            trends.setdefault(council["slug"], {})[lens] = [held.get(edition) for edition in editions]
    content = {
        "main": site.shown_edition,
        "editions": editions,
        "breaks": site.new_bases(editions),
        "rankings": [[row["ranking_id"], row["ranking_name"]] for row in site.lenses],
        "councils": councils,
        "trends": trends,
    }
    return as_script("window.COMPARE", content)


def standing_of(row: Row) -> list[Any]:
    """Rank with its range in words, its ends and how many are ranked, and the figures as shown."""
    ends = [row["productivity_rank"], row["rank_p05"], row["rank_p95"], row["ranked_councils"]]
    return [rank_or_reason(row), *ends, *(shown(row[name], decimals) for name, decimals in FIGURES)]


def measured(row: Row) -> list[str]:
    """A council's value with its grade, or why there is none."""
    if row["value"] is None:
        return [words.MISSING[row["missing_reason"]]]
    return [plain(row["value"]), *([row["grade"]] if row["grade"] else [])]


def edition_data(site: Site, edition: str) -> dict[str, Any]:
    """Standings and measures of every council in one edition."""
    measures: dict[tuple[str, str], list[Any]] = {}
    standings, values = {}, {}
    for council in site.councils:
        if edition not in council["editions"]:
            continue
        at = (edition, council["gss_code"])
        standings[council["slug"]] = [standing_of(row) for row in site.standings[at]]
        held = {}
        for row in site.measures[at]:
            key = (row["ranking_id"], row["measure_id"])
            about = [*key, row["measure_name"], row["unit"], row["polarity_in_words"]]
            measures.setdefault(key, [*about, shown_plain(row["england_median"])])
            held[key] = measured(row)
        values[council["slug"]] = held
    order = list(measures)
    return {
        "measures": list(measures.values()),
        "standings": standings,
        "values": {slug: [held.get(key) for key in order] for slug, held in values.items()},
    }


def shown_plain(value: float | None) -> str | None:
    """A published value as tables show it; nothing where there is none."""
    return None if value is None else plain(value)


def compare_files(site: Site) -> Iterator[tuple[str, str]]:
    """Name and content of the files that finding and comparing read."""
    yield "councils.js", search_data(site)
    yield "compare-data.js", compare_data(site)
    for edition in sorted({edition for council in site.councils for edition in council["editions"]}):
        content = json.dumps(edition_data(site, edition), ensure_ascii=False, separators=(",", ":"))
        yield f"compare-{edition}.js", f'(window.COMPARED=window.COMPARED||{{}})["{edition}"]={content};\n'


def every_council(site: Site, edition: str) -> Table:
    """The whole list, which is there without JavaScript, too."""
    body: list[tuple[str, Sequence[Any], str]] = [
        (
            council["slug"],
            [
                site.council_link("", council["gss_code"], edition),
                *(rank_or_reason(row) for row in site.standings[(edition, council["gss_code"])]),
            ],
            "",
        )
        for council in site.councils
        if edition in council["editions"]
    ]
    lenses = [Column(lens["ranking_id"], lens["ranking_name"]) for lens in site.lenses]
    columns = [Column("council", SAY.council), *lenses]
    return Table("compare-all", SAY.all_caption(edition), columns, body, sortable=True)


def compare_page(site: Site) -> Page:
    """Councils side by side; without JavaScript the whole list in one table."""
    return Page(
        path="compare.html",
        title=SAY.title,
        lead=[SAY.lead],
        sections=[Section("all", SAY.all_title, tables=[every_council(site, site.shown_edition)])],
        kind="compare",
        template="compare.html",
        description=SAY.described,
        crumbs=TO_HOME,
    )
