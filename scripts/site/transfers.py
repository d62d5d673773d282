"""The pages of delayed transfers: the country, and a council's ten charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Cell, Column, Figure, Page, Section, Table, link
from scripts.site.shared import ENGLAND, HOME
from scripts.site.words import number, ordinal, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


def month_table(
    part: str, caption: str, columns: list[tuple[str, str]], rows: list[Row], decimals: int = 0
) -> Table:
    """Months below one another."""
    return Table(
        part,
        caption,
        [Column("month", "Month"), *(Column(key, heading, numeric=True) for key, heading in columns)],
        [
            (row["month"], [row["month"], *(number(row[key], decimals) for key, _ in columns)], "")
            for row in rows
        ],
    )


def transfers_page(site: Site, council: Row | None) -> Page:
    """The pack of ten charts, for England or a council."""
    code = council["gss_code"] if council else ENGLAND
    name = council["title"] if council else "England"
    months = site.dtoc_months[code]
    at = [row["month"] for row in months]
    years = [month[:4] for month in at]
    compared = [row for row in site.figures.rows("dtoc_compared") if row["rate"] is not None]
    own = next((row for row in compared if row["gss_code"] == code), None)
    figures = []

    def add(
        number_: int,
        title: str,
        svg: str,
        table: Table | None,
        legend: Sequence[tuple[str, str]] = (),
        note: Cell = "",
    ) -> None:
        figures.append(Figure(Markup(svg), f"{number_}. {title}", table, legend, note))

    add(
        1,
        "Delayed days",
        charts.columns(
            f"Delayed days by month, {name}",
            "A column for each month and the mean of twelve months.",
            years,
            [row["delayed_days"] for row in months],
            "Delayed days",
            12,
            [row["twelve_month_mean_days"] for row in months],
        ),
        month_table(
            "days",
            f"Delayed days, {name}",
            [("delayed_days", "Days"), ("twelve_month_mean_days", "Mean of twelve months")],
            months,
        ),
        (("s1", "month"), ("s3", "mean of twelve months")),
    )
    add(
        2,
        "Against the same month a year before",
        charts.columns(
            f"Movement of delayed days, {name}",
            "Up: more days than a year before; down: fewer.",
            years,
            [row["movement_days"] for row in months],
            "Days more or fewer",
            12,
        ),
        month_table(
            "movement", f"Days more or fewer than a year before, {name}", [("movement_days", "Days")], months
        ),
        (("s1", "more days"), ("s2", "fewer days")),
    )
    add(
        3,
        "Trend",
        charts.lines(
            f"Delayed beds a day per 100,000 adults, {name}",
            "Rate by month and its mean over twelve months.",
            years,
            [
                ("Rate", "s2", [row["rate"] for row in months]),
                ("Mean of twelve months", "s1", [row["mean_rate"] for row in months]),
            ],
            "Beds a day per 100,000 adults",
            include=(0.0,),
            show_dots=False,
            every=12,
        ),
        month_table(
            "trend",
            f"Beds a day per 100,000 adults, {name}",
            [("rate", "Rate"), ("mean_rate", "Mean of twelve months")],
            months,
            2,
        ),
        (("s1", "mean of twelve months"), ("s2", "month")),
    )
    add(
        4,
        "Who answers for the delay",
        charts.lines(
            f"Delayed days by who answers, {name}",
            "Days for which the NHS, social care and both answer.",
            years,
            [
                ("NHS", "s1", [row["days_nhs"] for row in months]),
                ("Social care", "s2", [row["days_social_care"] for row in months]),
                ("Both", "s3", [row["days_both"] for row in months]),
            ],
            "Delayed days",
            include=(0.0,),
            show_dots=False,
            every=12,
        ),
        month_table(
            "responsible",
            f"Delayed days by who answers, {name}",
            [("days_nhs", "NHS"), ("days_social_care", "Social care"), ("days_both", "Both")],
            months,
        ),
        (("s1", "NHS"), ("s2", "social care"), ("s3", "both")),
        "A day is put down to one or the other by agreement; it does not say who is at fault.",
    )
    reasons = site.reasons[code]
    if reasons:
        span = f"{reasons[0]['first_month']} to {reasons[0]['last_month']}"
        add(
            5,
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
                        [
                            words.REASONS[row["reason"]],
                            number(row["delayed_days"], 0),
                            number(row["share_pct"]),
                        ],
                        "",
                    )
                    for row in reasons
                ],
            ),
        )
    last = compared[0]["month"]
    add(
        6,
        f"Areas compared, {last}",
        charts.strip(
            f"Delayed beds a day per 100,000 adults, every council, {last}",
            "A dot for each council" + (f"; {name} is lit." if own else "."),
            [row["rate"] for row in compared],
            "Beds a day per 100,000 adults; lower is better",
            None,
            (own["rate"], name) if own else None,
        ),
        Table(
            "areas",
            f"{name} among the councils, {last}" if own else f"Every council, {last}",
            [
                Column("council", "Council"),
                Column("rate", "Beds a day per 100,000 adults", numeric=True),
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
                for row in (compared if not council else [own] if own else [])
            ],
        )
        if not council or own
        else None,
        (("all", "a council"), *((("lit", name),) if own else ())),
        "" if not council else link("index.html", "Every council is on the page of England"),
    )
    spread = site.figures.rows("dtoc_spread")
    rates = {row["month"]: row["rate"] for row in months}
    add(
        7,
        "How far councils lie apart",
        charts.lines(
            f"Spread of councils' rates, and {name}",
            "The band holds nine tenths of the councils.",
            [row["month"][:4] for row in spread],
            [
                ("Median of councils", "s2", [row["rate_median"] for row in spread]),
                (name, "s1", [rates.get(row["month"]) for row in spread]),
            ],
            "Beds a day per 100,000 adults",
            include=(0.0,),
            show_dots=False,
            every=12,
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
    expected = [row["expected_rate"] for row in months]
    has_target = any(value is not None for value in expected)
    add(
        8,
        "Against what was expected",
        charts.lines(
            f"Rate and expectation, {name}",
            "Rate by month, and the rate expected where a target is held.",
            years,
            [("Rate", "s1", [row["rate"] for row in months]), ("Expected", "s3", expected)],
            "Beds a day per 100,000 adults",
            include=(0.0,),
            show_dots=False,
            every=12,
        ),
        month_table(
            "expected",
            f"Rate and expectation, {name}",
            [("rate", "Rate"), ("expected_rate", "Expected")],
            months,
            2,
        ),
        (("s1", "rate"), *((("s3", "expected"),) if has_target else ())),
        "" if has_target else "No target is held: none were published beside the figures.",
    )
    movers = sorted(
        (row for row in compared if row["improvement_rank"] is not None),
        key=lambda row: (row["improvement_rank"], site.titles[row["gss_code"]]),
    )
    moved = own if own and own["improvement_rank"] is not None else None
    shown = [row for row in movers if row["improvement_rank"] <= 10] + (
        [moved] if moved and moved["improvement_rank"] > 10 else []
    )
    add(
        9,
        f"Largest falls within a year, to {last}",
        charts.strip(
            f"Change of the rate within twelve months, every council, {last}",
            "A dot for each council; below zero the rate fell.",
            [row["movement"] for row in movers],
            "Beds a day per 100,000 adults; below zero is a fall",
            None,
            (moved["movement"], name) if moved else None,
        ),
        Table(
            "falls",
            f"Largest falls of the rate within twelve months, {last}",
            [
                Column("council", "Council"),
                Column("movement", "Beds a day per 100,000 adults", numeric=True),
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
    admissions = [row["emergency_admissions"] for row in months]
    has_admissions = any(value is not None for value in admissions)
    add(
        10,
        "Emergency admissions",
        charts.lines(
            f"Delayed days and emergency admissions, {name}",
            "Delayed days by month, and emergency admissions where they are held.",
            years,
            [
                ("Delayed days", "s1", [row["delayed_days"] for row in months]),
                ("Emergency admissions", "s2", admissions),
            ],
            "Days, admissions",
            include=(0.0,),
            show_dots=False,
            every=12,
        ),
        month_table(
            "admissions",
            f"Delayed days and emergency admissions, {name}",
            [("delayed_days", "Delayed days"), ("emergency_admissions", "Admissions")],
            months,
        ),
        (("s1", "delayed days"), *((("s2", "admissions"),) if has_admissions else ())),
        "" if has_admissions else "No admissions are held by council.",
    )
    sections = [Section("charts", "Ten charts", figures=figures)]
    tests = site.dtoc_tests[code]
    if tests:
        sections.append(
            Section(
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
        )
    sections.append(
        Section(
            "read-with-care",
            "Read with care",
            items=[
                "The collection ended in February 2020; figures are held to November 2019.",
                "Delays are days in hospital, not people, and say nothing of those sent home too early.",
                "Who answers for a day is put down by agreement; it does not say who is at fault.",
            ],
        )
    )
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
        description=f"Ten charts of delayed transfers of care, {name}, April 2014 to November 2019.",
        crumbs=[
            *HOME,
            ("../modules/index.html", "Modules"),
            *([("index.html", "Delayed transfers")] if council else []),
        ],
    )
