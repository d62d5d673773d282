"""The charts of delayed transfers month by month: days, rates, who answers, what a user holds beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts
from scripts.site.canvas import Value
from scripts.site.parts import Cell, Column, Figure, Table
from scripts.site.words import number

if TYPE_CHECKING:
    from scripts.site.data import Row

RATE = "Beds a day per 100,000 adults"
# A chart by its number in the pack.
Charts = dict[int, Figure]


def chart(
    title: str, svg: str, table: Table | None, legend: Sequence[tuple[str, str]] = (), note: Cell = ""
) -> Figure:
    """A chart as it comes out of the drawing."""
    return Figure(Markup(svg), title, table, legend, note)


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


def month_lines(
    title: str,
    told: str,
    months: Sequence[Row],
    series: Sequence[charts.Series],
    axis: str = RATE,
    band: tuple[Sequence[Value], Sequence[Value]] | None = None,
) -> str:
    """Lines over the months, from zero, with a year under every twelfth."""
    years = [row["month"][:4] for row in months]
    return charts.lines(
        title, told, years, series, axis, include=(0.0,), show_dots=False, every=12, band=band
    )


def days(name: str, months: list[Row]) -> Charts:
    """Delayed days, and how they moved within a year."""
    years = [row["month"][:4] for row in months]
    return {
        1: chart(
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
        ),
        2: chart(
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
                "movement",
                f"Days more or fewer than a year before, {name}",
                [("movement_days", "Days")],
                months,
            ),
            (("s1", "more days"), ("s2", "fewer days")),
        ),
    }


def rates(name: str, months: list[Row]) -> Charts:
    """The rate and its mean, and who answers for the days."""
    return {
        3: chart(
            "Trend",
            month_lines(
                f"Delayed beds a day per 100,000 adults, {name}",
                "Rate by month and its mean over twelve months.",
                months,
                [
                    ("Rate", "s2", [row["rate"] for row in months]),
                    ("Mean of twelve months", "s1", [row["mean_rate"] for row in months]),
                ],
            ),
            month_table(
                "trend",
                f"{RATE}, {name}",
                [("rate", "Rate"), ("mean_rate", "Mean of twelve months")],
                months,
                2,
            ),
            (("s1", "mean of twelve months"), ("s2", "month")),
        ),
        4: chart(
            "Who answers for the delay",
            month_lines(
                f"Delayed days by who answers, {name}",
                "Days for which the NHS, social care and both answer.",
                months,
                [
                    ("NHS", "s1", [row["days_nhs"] for row in months]),
                    ("Social care", "s2", [row["days_social_care"] for row in months]),
                    ("Both", "s3", [row["days_both"] for row in months]),
                ],
                "Delayed days",
            ),
            month_table(
                "responsible",
                f"Delayed days by who answers, {name}",
                [("days_nhs", "NHS"), ("days_social_care", "Social care"), ("days_both", "Both")],
                months,
            ),
            (("s1", "NHS"), ("s2", "social care"), ("s3", "both")),
            "A day is put down to one or the other by agreement; it does not say who is at fault.",
        ),
    }


def beside(name: str, months: list[Row]) -> Charts:
    """Expectations and admissions, each where the user's own registers hold some: none are published."""
    found: Charts = {}
    expected = [row["expected_rate"] for row in months]
    if any(value is not None for value in expected):
        found[8] = chart(
            "Against what was expected",
            month_lines(
                f"Rate and expectation, {name}",
                "Rate by month, and the rate expected where a target is held.",
                months,
                [("Rate", "s1", [row["rate"] for row in months]), ("Expected", "s3", expected)],
            ),
            month_table(
                "expected",
                f"Rate and expectation, {name}",
                [("rate", "Rate"), ("expected_rate", "Expected")],
                months,
                2,
            ),
            (("s1", "rate"), ("s3", "expected")),
        )
    admissions = [row["emergency_admissions"] for row in months]
    if any(value is not None for value in admissions):
        found[10] = chart(
            "Emergency admissions",
            month_lines(
                f"Delayed days and emergency admissions, {name}",
                "Delayed days by month, and emergency admissions where they are held.",
                months,
                [
                    ("Delayed days", "s1", [row["delayed_days"] for row in months]),
                    ("Emergency admissions", "s2", admissions),
                ],
                "Days, admissions",
            ),
            month_table(
                "admissions",
                f"Delayed days and emergency admissions, {name}",
                [("delayed_days", "Delayed days"), ("emergency_admissions", "Admissions")],
                months,
            ),
            (("s1", "delayed days"), ("s2", "admissions")),
        )
    return found
