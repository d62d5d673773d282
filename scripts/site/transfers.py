"""The pages of delayed transfers: the country, and a council's charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts, transfers_months, words
from scripts.site.parts import Column, Figure, Page, Section, Table, link
from scripts.site.shared import ENGLAND, HOME
from scripts.site.transfers_months import RATE, chart, month_lines, month_table
from scripts.site.words import number, ordinal, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


def reasons_chart(name: str, reasons: list[Row]) -> Figure:
    """Why people waited over the last twelve months held."""
    span = f"{reasons[0]['first_month']} to {reasons[0]['last_month']}"
    return chart(
        f"Reasons, {span}",
        charts.bars(
            f"Reasons for delay, {name}, {span}",
            "Share of delayed days by reason over the last twelve months held.",
            [
                (words.REASONS[row["reason"]], row["share_pct"] or 0.0, f"{number(row['share_pct'])} %")
                for row in reasons
            ],
            "Share of delayed days, %",
        ),
        Table(
            "reasons",
            f"Reasons for delay, {name}, {span}",
            [
                Column("reason", "Reason"),
                Column("days", "Days", numeric=True),
                Column("share", "Share, %", numeric=True),
            ],
            [
                (
                    row["reason"],
                    [words.REASONS[row["reason"]], number(row["delayed_days"], 0), number(row["share_pct"])],
                    "",
                )
                for row in reasons
            ],
        ),
    )


def areas_chart(site: Site, name: str, is_council: bool, compared: list[Row], own: Row | None) -> Figure:
    """Every council in the last month."""
    last = compared[0]["month"]
    table = Table(
        "areas",
        f"{name} among the councils, {last}" if own else f"Every council, {last}",
        [
            Column("council", "Council"),
            Column("rate", RATE, numeric=True),
            Column("place", "Place, lowest first"),
            Column("quarter", "Quarter"),
        ],
        [
            (
                row["gss_code"],
                [
                    site.council_link("../", row["gss_code"], None),
                    number(row["rate"], 2),
                    f"{ordinal(row['rate_rank'])} of {row['ranked_councils']}, one month, a count "
                    "without a range",
                    words.QUARTER[row["rate_quartile"]],
                ],
                "",
            )
            for row in (compared if not is_council else [own] if own else [])
        ],
    )
    return chart(
        f"Areas compared, {last}",
        charts.strip(
            f"Delayed beds a day per 100,000 adults, every council, {last}",
            "A dot for each council" + (f"; {name} is lit." if own else "."),
            [row["rate"] for row in compared],
            f"{RATE}; lower is better",
            None,
            (own["rate"], name) if own else None,
        ),
        table if own or not is_council else None,
        (("all", "a council"), *((("lit", name),) if own else ())),
        link("index.html", "Every council is on the page of England") if is_council else "",
    )


def spread_chart(name: str, spread: list[Row], months: list[Row]) -> Figure:
    """How far councils lie apart, by month."""
    rates = {row["month"]: row["rate"] for row in months}
    return chart(
        "How far councils lie apart",
        month_lines(
            f"Spread of councils' rates, and {name}",
            "The band holds nine tenths of the councils.",
            spread,
            [
                ("Median of councils", "s2", [row["rate_median"] for row in spread]),
                (name, "s1", [rates.get(row["month"]) for row in spread]),
            ],
            band=([row["rate_p05"] for row in spread], [row["rate_p95"] for row in spread]),
        ),
        month_table(
            "spread",
            "How the councils' rates lie",
            [("rate_p05", "5th percentile"), ("rate_median", "Median"), ("rate_p95", "95th percentile")],
            spread,
            2,
        ),
        (("s1", name), ("s2", "median of councils"), ("band", "nine tenths of councils")),
    )


def falls_chart(site: Site, name: str, compared: list[Row], own: Row | None) -> Figure:
    """Who improved fastest within a year."""
    last = compared[0]["month"]
    movers = sorted(
        (row for row in compared if row["improvement_rank"] is not None),
        key=lambda row: (row["improvement_rank"], site.titles[row["gss_code"]]),
    )
    moved = own if own and own["improvement_rank"] is not None else None
    shown = [row for row in movers if row["improvement_rank"] <= 10]
    shown += [moved] if moved and moved["improvement_rank"] > 10 else []
    return chart(
        f"Largest falls within a year, to {last}",
        charts.strip(
            f"Change of the rate within twelve months, every council, {last}",
            "A dot for each council; below zero the rate fell.",
            [row["movement"] for row in movers],
            f"{RATE}; below zero is a fall",
            None,
            (moved["movement"], name) if moved else None,
        ),
        Table(
            "falls",
            f"Largest falls of the rate within twelve months, {last}",
            [
                Column("council", "Council"),
                Column("movement", RATE, numeric=True),
                Column("place", "Place, largest fall first"),
            ],
            [
                (
                    row["gss_code"],
                    [
                        site.council_link("../", row["gss_code"], None),
                        signed(row["movement"], 2),
                        f"{ordinal(row['improvement_rank'])} of {row['councils_compared']}, two months, "
                        "a count without a range",
                    ],
                    "",
                )
                for row in shown
            ],
        ),
        (("all", "a council"), *((("lit", name),) if moved else ())),
        "One month against one month: chance is part of it.",
    )


def tests_section(name: str, tests: list[Row]) -> Section:
    """The government's five tests."""
    return Section(
        "tests",
        "The government's five tests of December 2017",
        tables=[
            Table(
                "tests",
                f"Delays of social care in September 2017, {name}",
                [
                    Column("test", "Test"),
                    Column("rate", "Rate", numeric=True),
                    Column("against", "Compared with", numeric=True),
                    Column("result", "Result"),
                ],
                [
                    (
                        row["test_id"],
                        [
                            words.TESTS[row["test_id"]],
                            number(row["rate_social_care"], 2),
                            number(row["compared_with"], 2),
                            row["result"],
                        ],
                        "",
                    )
                    for row in tests
                ],
            )
        ],
    )


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
    sections = [Section("charts", "The charts", figures=figures)]
    if site.dtoc_tests[code]:
        sections.append(tests_section(name, site.dtoc_tests[code]))
    care: list[Any] = [
        Markup("The collection ended in February 2020; figures are held to November 2019. {}.").format(
            link("../delayed-discharges/index.html", "What is counted since April 2024")
        ),
        "Delays are days in hospital, not people, and say nothing of those sent home too early.",
        "Who answers for a day is put down by agreement; it does not say who is at fault.",
    ]
    if not beside:
        care.append(
            "What was expected of a council and its emergency admissions are not published by council."
        )
    sections.append(Section("read-with-care", "Read with care", items=care))
    lead: list[Any] = ["Who waits in hospital though ready to leave, why, and is it getting better?"]
    if council:
        lead.append(
            Markup("See also {}.").format(
                link(f"../councils/{council['slug']}.html", f"the report of {name}")
            )
        )
    return Page(
        path=f"delayed-transfers/{council['slug'] if council else 'index'}.html",
        title=f"Delayed transfers: {name}",
        lead=lead,
        sections=sections,
        kind="transfers",
        description=f"Charts of delayed transfers of care, {name}, April 2014 to November 2019.",
        crumbs=[
            *HOME,
            ("../modules/index.html", "Modules"),
            *([("index.html", "Delayed transfers")] if council else []),
        ],
    )
