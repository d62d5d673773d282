"""The pages of delayed discharges, by discharge ready date: the country, and a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.chart_data import publication
from scripts.site.parts import About, Cell, Figure, Page, Section, Table, link
from scripts.site.said import columns, linked, said
from scripts.site.shared import ENGLAND, HOME, TO_MODULES
from scripts.site.words import number

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("discharges")


def month_figures(name: str, months: list[Row], is_council: bool) -> list[Figure]:
    """A chart of each measure by month, England beside a council."""
    found = []
    for measure, (title, unit) in SAY.measures.items():
        country = (SAY.england, "s3", [row[f"england_{measure}"] for row in months])
        svg = charts.lines(
            f"{title}, {name}",
            SAY.chart_told(is_council),
            [row["month"][2:] for row in months],
            [country, (name, "s1", [row[measure] for row in months])] if is_council else [country],
            unit,
            every=3,
        )
        headings = {"month": SAY.month} | ({"council": name} if is_council else {}) | {"england": SAY.england}
        table = Table(
            measure.replace("_", "-"),
            f"{title}, {name}",
            columns(headings),
            [
                (
                    row["month"],
                    [
                        row["month"],
                        *([shown(row, measure)] if is_council else []),
                        number(row[f"england_{measure}"]),
                    ],
                    "",
                )
                for row in months
            ],
        )
        legend = (("s1", name), ("s3", SAY.england)) if is_council else (("s3", SAY.england),)
        found.append(Figure(Markup(svg), f"{title}: {unit}", table, legend))
    return found


def shown(row: Row, measure: str) -> str:
    """A share, or why there is none."""
    return words.MISSING.get(row["missing_reason"] or "") or number(row[measure])


def counts_table(name: str, months: list[Row]) -> Table:
    """What the shares are made of, and how complete it is."""
    keys = [key for key in SAY.counts if key != "month"]
    return Table(
        "counts",
        SAY.counts_caption(name),
        columns(SAY.counts),
        [(row["month"], [row["month"], *(number(row[key], 0) for key in keys)], "") for row in months],
    )


def every_council(site: Site, last: str, rows: list[Row]) -> Section:
    """The councils in the newest month, in the order of their names."""
    measures = {measure: title for measure, (title, _) in SAY.measures.items()}
    return Section(
        "councils",
        SAY.councils_title(last),
        paragraphs=[SAY.councils_note],
        tables=[
            Table(
                "councils",
                SAY.councils_caption(last),
                columns({"council": SAY.council, **measures, "complete": SAY.complete}),
                [
                    (
                        row["gss_code"],
                        [
                            council_link(site, row["gss_code"]),
                            *(shown(row, measure) for measure in measures),
                            number(row["share_of_expected_pct"], 0),
                        ],
                        "missing" if row["missing_reason"] else "",
                    )
                    for row in rows
                ],
                sortable=True,
            )
        ],
    )


def council_link(site: Site, code: str) -> Cell:
    """A link to a council's own months, or its name where it has no page here."""
    if code not in site.shown:
        return site.titles.get(code, code)
    row = site.council[code]
    return link(f"{row['slug']}.html", row["title"])


def discharges_page(site: Site, council: Row | None) -> Page:
    """Delayed discharges by month, of England or a council."""
    name = council["title"] if council else SAY.england
    rows = site.figures.rows("discharge_months")
    last = rows[-1]["month"]
    if council:
        months = site.discharge_months[council["gss_code"]]
    else:
        # England is the same in the rows of every council of a month.
        months = list({row["month"]: row for row in rows}.values())
    span = months[0]["month"], months[-1]["month"]
    sections = [
        Section("charts", SAY.charts(*span), figures=month_figures(name, months, bool(council))),
        Section("counts", SAY.counts_title, folded=[counts_table(name, months)])
        if council
        else every_council(site, last, [row for row in rows if row["month"] == last]),
        Section("read-with-care", SAY.care_title, items=SAY.care),
    ]
    lead: list[Cell] = [SAY.question]
    if council:
        report = link(f"../councils/{council['slug']}.html", SAY.report(name))
        lead.append(linked(SAY.see_also, report, link("index.html", SAY.every_council)))
    lead.append(linked(SAY.before, link("../delayed-transfers/index.html", SAY.transfers)))
    return Page(
        path=f"delayed-discharges/{council['slug'] if council else 'index'}.html",
        title=f"{SAY.title}: {name}",
        lead=lead,
        sections=sections,
        kind="transfers",
        about=About(
            council["gss_code"] if council else ENGLAND,
            "",
            *publication(site.figures, "nhs_discharge_ready"),
        ),
        description=SAY.described(name, *span),
        crumbs=[*HOME, TO_MODULES, *([("index.html", SAY.title)] if council else [])],
    )
