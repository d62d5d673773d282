"""The pages of delayed transfers: the country, and a council's charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.site import charts, transfers_months, words
from scripts.site.chart_data import publication
from scripts.site.parts import About, Cell, Figure, Page, Section, Table, link
from scripts.site.said import columns, linked
from scripts.site.shared import ENGLAND, HOME, TO_MODULES
from scripts.site.transfers_months import SAY, chart, month_lines, month_table
from scripts.site.words import number, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


def reasons_chart(name: str, reasons: list[Row]) -> Figure:
    """Why people waited over the last twelve months held."""
    span = reasons[0]["first_month"], reasons[0]["last_month"]
    caption = SAY.reasons_caption(name, *span)
    return chart(
        SAY.reasons_title(*span),
        charts.bars(
            caption,
            SAY.reasons_told,
            [
                (words.REASONS[row["reason"]], row["share_pct"] or 0.0, f"{number(row['share_pct'])} %")
                for row in reasons
            ],
            SAY.reasons_axis,
        ),
        Table(
            "reasons",
            caption,
            columns(SAY.reasons, units={"share": SAY.reasons_unit(*span)}),
            [
                (
                    row["reason"],
                    [words.REASONS[row["reason"]], number(row["delayed_days"], 0), number(row["share_pct"])],
                    "",
                )
                for row in reasons
            ],
        ),
        shows=("share",),
    )


def areas_chart(site: Site, name: str, is_council: bool, compared: list[Row], own: Row | None) -> Figure:
    """Every council in the last month."""
    last = compared[0]["month"]
    lit = name if own else ""
    table = Table(
        "areas",
        SAY.areas_caption(lit, last),
        columns(SAY.areas, words_only=("place", "quarter"), units={"rate": SAY.in_month(last)}),
        [
            (
                row["gss_code"],
                [
                    site.council_link("../", row["gss_code"], None),
                    number(row["rate"], 2),
                    SAY.areas_place(row),
                    words.QUARTER[row["rate_quartile"]],
                ],
                "",
            )
            for row in (compared if not is_council else [own] if own else [])
        ],
    )
    return chart(
        SAY.areas_title(last),
        charts.strip(
            SAY.areas_named(last),
            SAY.areas_told(lit),
            [row["rate"] for row in compared],
            SAY.areas_axis,
            None,
            (own["rate"], name) if own else None,
        ),
        table if own or not is_council else None,
        (("all", SAY.a_council), *((("lit", name),) if own else ())),
        link("index.html", SAY.areas_link) if is_council else "",
        data_at="index.html#chart=areas" if is_council else "",
    )


def spread_chart(name: str, spread: list[Row], months: list[Row]) -> Figure:
    """How far councils lie apart, by month."""
    own = {row["month"]: row for row in months}
    rates = {month: row["rate"] for month, row in own.items()}
    held = [
        row
        | {
            "rate": rates.get(row["month"]),
            "missing_reason": own.get(row["month"], {}).get("missing_reason") or "not_available",
        }
        for row in spread
    ]
    return chart(
        SAY.spread_title,
        month_lines(
            SAY.spread_named(name),
            SAY.spread_told,
            spread,
            [
                (SAY.spread_median, "s2", [row["rate_median"] for row in spread]),
                (name, "s1", [rates.get(row["month"]) for row in spread]),
            ],
            SAY.rate,
            band=([row["rate_p05"] for row in spread], [row["rate_p95"] for row in spread]),
        ),
        month_table("spread", SAY.spread_caption, SAY.spread | {"rate": name}, held, 2),
        (("s1", name), *SAY.spread_legend),
    )


def falls_chart(site: Site, name: str, compared: list[Row], own: Row | None) -> Figure:
    """Who improved fastest within a year."""
    last = compared[0]["month"]
    movers = sorted(
        (row for row in compared if row["improvement_rank"] is not None),
        key=lambda row: (row["improvement_rank"], site.titles[row["gss_code"]]),
    )
    moved = own if own and own["improvement_rank"] is not None else None
    # The page of England has every dot of the chart in its table.
    shown = [row for row in movers if not own or row["improvement_rank"] <= 10 or row is moved]
    return chart(
        SAY.falls_title(last),
        charts.strip(
            SAY.falls_named(last),
            SAY.falls_told,
            [row["movement"] for row in movers],
            SAY.falls_axis,
            None,
            (moved["movement"], name) if moved else None,
        ),
        Table(
            "falls",
            SAY.falls_caption(own is not None, last),
            columns(SAY.falls, words_only=("place",), units={"movement": SAY.in_month(last)}),
            [
                (
                    row["gss_code"],
                    [
                        site.council_link("../", row["gss_code"], None),
                        signed(row["movement"], 2),
                        SAY.falls_place(row),
                    ],
                    "",
                )
                for row in shown
            ],
        ),
        (("all", SAY.a_council), *((("lit", name),) if moved else ())),
        SAY.falls_note,
        data_at="index.html#chart=falls" if own else "",
    )


def tests_section(name: str, tests: list[Row]) -> Section:
    """The government's five tests."""
    rows = [
        (
            row["test_id"],
            [
                words.TESTS[row["test_id"]],
                number(row["rate_social_care"], 2),
                number(row["compared_with"], 2),
                SAY.results[row["result"]],
            ],
            "",
        )
        for row in tests
    ]
    table = Table("tests", SAY.tests_caption(name), columns(SAY.tests, words_only=("result",)), rows)
    return Section("tests", SAY.tests_title, tables=[table])


def transfers_page(site: Site, council: Row | None) -> Page:
    """The pack of charts, for England or a council."""
    code = council["gss_code"] if council else ENGLAND
    name = council["title"] if council else "England"
    months = site.dtoc_months[code]
    compared = [row for row in site.figures.rows("dtoc_compared") if row["rate"] is not None]
    own = next((row for row in compared if row["gss_code"] == code), None)
    reasons = site.reasons[code]
    pack = transfers_months.days(name, months) | transfers_months.rates(name, months)
    if reasons:
        pack[5] = reasons_chart(name, reasons)
    pack[6] = areas_chart(site, name, council is not None, compared, own)
    pack[7] = spread_chart(name, site.figures.rows("dtoc_spread"), months)
    pack[9] = falls_chart(site, name, compared, own)
    beside = transfers_months.beside(name, months)
    pack |= beside
    figures = []
    for place, (_, figure) in enumerate(sorted(pack.items()), 1):
        figure.caption = f"{place}. {figure.caption}"
        figures.append(figure)
    sections = [Section("charts", SAY.charts, figures=figures)]
    if site.dtoc_tests[code]:
        sections.append(tests_section(name, site.dtoc_tests[code]))
    since = link("../delayed-discharges/index.html", SAY.care_since)
    care: list[Cell] = [linked(SAY.care_ended, since), *SAY.care]
    if not beside:
        care.append(SAY.care_not_published)
    sections.append(Section("read-with-care", SAY.care_title, items=care))
    lead: list[Cell] = [SAY.question]
    if council:
        report = link(f"../councils/{council['slug']}.html", SAY.report(name))
        lead.append(linked(SAY.see_also, report))
    return Page(
        path=f"delayed-transfers/{council['slug'] if council else 'index'}.html",
        title=f"{SAY.title}: {name}",
        lead=lead,
        sections=sections,
        kind="transfers",
        about=About(code, "", *publication(site.figures, "nhs_delayed_transfers")),
        description=SAY.described(name),
        crumbs=[*HOME, TO_MODULES, *([("index.html", SAY.title)] if council else [])],
    )
