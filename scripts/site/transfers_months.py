"""The charts of delayed transfers month by month: days, rates, who answers, what a user holds beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts
from scripts.site.canvas import Value
from scripts.site.parts import Cell, Figure, Table, because
from scripts.site.said import columns, said
from scripts.site.words import number

if TYPE_CHECKING:
    from scripts.site.data import Row

SAY = said("transfers")
# A chart by its number in the pack.
Charts = dict[int, Figure]


def chart(
    title: str,
    svg: str,
    table: Table | None,
    legend: Sequence[tuple[str, str]] = (),
    note: Cell = "",
    shows: Sequence[str] = (),
    data_at: str = "",
) -> Figure:
    """A chart as it comes out of the drawing."""
    return Figure(Markup(svg), title, table, legend, note, shows=shows, data_at=data_at)


def month_table(
    part: str, caption: str, headings: Mapping[str, str], rows: list[Row], decimals: int = 0
) -> Table:
    """Months below one another; what is named in the headings is a column of the rows."""
    keys = [key for key in headings if key != "month"]
    return Table(
        part,
        caption,
        columns(headings),
        [
            (
                row["month"],
                [
                    row["month"],
                    *(
                        because(number(row[key], decimals), key == "rate" and row["missing_reason"])
                        for key in keys
                    ),
                ],
                "",
            )
            for row in rows
        ],
    )


def month_lines(
    title: str,
    told: str,
    months: Sequence[Row],
    series: Sequence[charts.Series],
    axis: str,
    band: tuple[Sequence[Value], Sequence[Value]] | None = None,
) -> str:
    """Lines over the months, from zero, with a year under every twelfth."""
    years = [row["month"][:4] for row in months]
    return charts.lines(
        title, told, years, series, axis, include=(0.0,), show_dots=False, every=12, band=band
    )


def line(name: str, kind: str, months: list[Row], column: str) -> charts.Series:
    """A line of a column, under its name in the words of these pages."""
    return SAY.line[name], kind, [row[column] for row in months]


def days(name: str, months: list[Row]) -> Charts:
    """Delayed days, and how they moved within a year."""
    years = [row["month"][:4] for row in months]
    return {
        1: chart(
            SAY.days_title,
            charts.columns(
                SAY.days_named(name),
                SAY.days_told,
                years,
                [row["delayed_days"] for row in months],
                SAY.days_axis,
                12,
                [row["twelve_month_mean_days"] for row in months],
            ),
            month_table("days", SAY.days_caption(name), SAY.days, months),
            SAY.days_legend,
        ),
        2: chart(
            SAY.movement_title,
            charts.columns(
                SAY.movement_named(name),
                SAY.movement_told,
                years,
                [row["movement_days"] for row in months],
                SAY.movement_axis,
                12,
            ),
            month_table("movement", SAY.movement_caption(name), SAY.movement, months),
            SAY.movement_legend,
        ),
    }


def rates(name: str, months: list[Row]) -> Charts:
    """The rate and its mean, and who answers for the days."""
    return {
        3: chart(
            SAY.trend_title,
            month_lines(
                SAY.trend_named(name),
                SAY.trend_told,
                months,
                [line("rate", "s2", months, "rate"), line("mean", "s1", months, "mean_rate")],
                SAY.rate,
            ),
            month_table("trend", SAY.trend_caption(name), SAY.trend, months, 2),
            SAY.trend_legend,
        ),
        4: chart(
            SAY.responsible_title,
            month_lines(
                SAY.responsible_named(name),
                SAY.responsible_told,
                months,
                [
                    line("nhs", "s1", months, "days_nhs"),
                    line("social_care", "s2", months, "days_social_care"),
                    line("both", "s3", months, "days_both"),
                ],
                SAY.days_axis,
            ),
            month_table("responsible", SAY.responsible_named(name), SAY.responsible, months),
            SAY.responsible_legend,
            SAY.responsible_note,
        ),
    }


def beside(name: str, months: list[Row]) -> Charts:
    """Expectations and admissions, each where the user's own registers hold some: none are published."""
    found: Charts = {}
    if any(row["expected_rate"] is not None for row in months):
        found[8] = chart(
            SAY.expected_title,
            month_lines(
                SAY.expected_named(name),
                SAY.expected_told,
                months,
                [line("rate", "s1", months, "rate"), line("expected", "s3", months, "expected_rate")],
                SAY.rate,
            ),
            month_table("expected", SAY.expected_named(name), SAY.expected, months, 2),
            SAY.expected_legend,
        )
    if any(row["emergency_admissions"] is not None for row in months):
        found[10] = chart(
            SAY.admissions_title,
            month_lines(
                SAY.admissions_named(name),
                SAY.admissions_told,
                months,
                [
                    line("days", "s1", months, "delayed_days"),
                    line("admissions", "s2", months, "emergency_admissions"),
                ],
                SAY.admissions_axis,
            ),
            month_table("admissions", SAY.admissions_named(name), SAY.admissions, months),
            SAY.admissions_legend,
        )
    return found
