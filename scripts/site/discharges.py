"""The pages of delayed discharges, by discharge ready date: the country, and a council."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Cell, Column, Figure, Page, Section, Table, link
from scripts.site.shared import HOME
from scripts.site.words import number

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

MEASURES = (
    (
        "on_ready_date_pct",
        "Discharged on the day they were ready",
        "Of those discharged, %; more is better",
    ),
    (
        "days_per_delayed_discharge",
        "Days waited by each of those delayed",
        "Days per delayed discharge; fewer is better",
    ),
)


def month_figures(name: str, months: list[Row], is_council: bool) -> list[Figure]:
    """A chart of each measure by month, England beside a council."""
    found = []
    for measure, title, unit in MEASURES:
        country = ("England", "s3", [row[f"england_{measure}"] for row in months])
        svg = charts.lines(
            f"{title}, {name}",
            "By month" + (", with England." if is_council else "."),
            [row["month"][2:] for row in months],
            [country, (name, "s1", [row[measure] for row in months])] if is_council else [country],
            unit,
            every=3,
        )
        columns = [Column("month", "Month")]
        if is_council:
            columns.append(Column("council", name, numeric=True))
        columns.append(Column("england", "England", numeric=True))
        table = Table(
            measure.replace("_", "-"),
            f"{title}, {name}",
            columns,
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
        legend = (("s1", name), ("s3", "England")) if is_council else (("s3", "England"),)
        found.append(Figure(Markup(svg), f"{title}: {unit}", table, legend))
    return found


def shown(row: Row, measure: str) -> str:
    """A share, or why there is none."""
    return words.MISSING.get(row["missing_reason"] or "") or number(row[measure])


def counts_table(name: str, months: list[Row]) -> Table:
    """What the shares are made of, and how complete it is."""
    keys = ("discharges", "discharged_on_ready_date", "bed_days_after_ready_date", "share_of_expected_pct")
    headings = ("Discharges", "On the day", "Days waited in all", "Of discharges expected, %")
    return Table(
        "counts",
        f"Discharges of residents of {name} by month",
        [
            Column("month", "Month"),
            *(Column(key, text, numeric=True) for key, text in zip(keys, headings, strict=True)),
        ],
        [(row["month"], [row["month"], *(number(row[key], 0) for key in keys)], "") for row in months],
    )


def every_council(site: Site, last: str, rows: list[Row]) -> Section:
    """The councils in the newest month, in the order of their names."""
    return Section(
        "councils",
        f"Every council, {last}",
        paragraphs=["One month of one council is a count without a range: this list is no ranking."],
        tables=[
            Table(
                "councils",
                f"Delayed discharges by council, {last}",
                [
                    Column("council", "Council"),
                    *(Column(measure, title, numeric=True) for measure, title, _ in MEASURES),
                    Column("complete", "Of discharges expected, %", numeric=True),
                ],
                [
                    (
                        row["gss_code"],
                        [
                            council_link(site, row["gss_code"]),
                            *(shown(row, measure) for measure, _, _ in MEASURES),
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
    name = council["title"] if council else "England"
    rows = site.figures.rows("discharge_months")
    last = rows[-1]["month"]
    if council:
        months = site.discharge_months[council["gss_code"]]
    else:
        # England is the same in the rows of every council of a month.
        months = list({row["month"]: row for row in rows}.values())
    span = f"{months[0]['month']} to {months[-1]['month']}"
    sections = [
        Section("charts", f"By month, {span}", figures=month_figures(name, months, bool(council))),
        Section("counts", "What they are made of", folded=[counts_table(name, months)])
        if council
        else every_council(site, last, [row for row in rows if row["month"] == last]),
        Section(
            "read-with-care",
            "Read with care",
            items=[
                "Delayed transfers, which ended in February 2020, counted beds of every kind and who answers "
                "for the delay; this counts acute beds and delays of every cause. NHS England says that the "
                "two do not compare, and no line is drawn through both.",
                "Only hospitals whose data are accepted count. Where they hold less than six tenths of the "
                "discharges expected of a council's people, its month is not comparable.",
                "Hospitals record the day differently: a difference can be the record as well as the care.",
                "England is every council whose month is complete enough. The figures are second-hand, and "
                "experimental in their first year.",
            ],
        ),
    ]
    lead: list[Any] = ["Who leaves hospital on the day they are ready, and how long do the others wait?"]
    if council:
        lead.append(
            Markup("See also {} and {}.").format(
                link(f"../councils/{council['slug']}.html", f"the report of {name}"),
                link("index.html", "every council"),
            )
        )
    lead.append(
        Markup("To November 2019 on another definition: {}.").format(
            link("../delayed-transfers/index.html", "delayed transfers")
        )
    )
    return Page(
        path=f"delayed-discharges/{council['slug'] if council else 'index'}.html",
        title=f"Delayed discharges: {name}",
        lead=lead,
        sections=sections,
        kind="transfers",
        description=f"Discharges on the day the patient was ready, and days waited after it, {name}, {span}.",
        crumbs=[
            *HOME,
            ("../modules/index.html", "Modules"),
            *([("index.html", "Delayed discharges")] if council else []),
        ],
    )
