"""Comparing, and what stands behind the figures: method, quality, downloads."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import yaml
from markupsafe import Markup

from scripts.site import words
from scripts.site.parts import Column, Page, Section, Table, link, small
from scripts.site.shared import LARGEST_CSV, ROOT
from scripts.site.words import number, rank_or_reason

if TYPE_CHECKING:
    from scripts.site.pages import Site


def compare_page(site: Site) -> Page:
    """Councils side by side; without JavaScript the whole list in one table."""
    edition = site.shown_edition
    body = []
    for council in site.councils:
        rows = site.standings.get((edition, council["gss_code"]))
        if rows:
            body.append(
                (
                    council["slug"],
                    [
                        site.council_link("", council["gss_code"], edition),
                        *(rank_or_reason(row) for row in rows),
                    ],
                    "",
                )
            )
    table = Table(
        "compare-all",
        f"Every council and lens, {edition}",
        [
            Column("council", "Council"),
            *(Column(lens["ranking_id"], lens["ranking_name"]) for lens in site.lenses),
        ],
        body,
        sortable=True,
    )
    return Page(
        path="compare.html",
        title="Compare councils",
        lead=["Put councils side by side. The choice stands in the address, so that it can be sent on."],
        sections=[Section("all", "Every council, every lens", tables=[table])],
        kind="compare",
        description="Compare councils of the council productivity index side by side.",
        crumbs=[("index.html", "Home")],
        values={"compare_tool": True},
    )


def method_page(site: Site) -> Page:
    """How the index is made, in plain words."""
    effects = [
        row
        for row in site.figures.rows("choice_effect")
        if (row["edition"], row["ranking_id"]) == (site.headline, "overall")
    ]
    return Page(
        path="method.html",
        title="Method",
        lead=["From the published figure to the rank, every step is open."],
        sections=[
            Section(
                "steps",
                "Step by step",
                items=[
                    "Each measure is an outcome on a scale on which better is beyond dispute. Its page names "
                    "what is known of whether better costs less, and says so where it rests on reasoning.",
                    "A value becomes a score from 1 to 100 between two goalposts: the 5th and 95th "
                    "percentile of the editions "
                    "2015-16 to 2019-20, frozen; of a series that begins later, of its first edition. Grade "
                    "A starts at 80, B at 60, C at 40, D at 20.",
                    "The outcome score of a lens is the mean of its measures; two thirds of them and at "
                    "least four are needed. "
                    "Nothing missing is filled in.",
                    "Spend, what was spent or where that is not held was budgeted, is divided by those the "
                    "lens is about, and by England's: the spend index. Below a quarter or above "
                    "four times England's it is not comparable, and the council is not ranked in that lens.",
                    "Productivity is the outcome score over the spend index; the index is 100 at the "
                    "median of the ranked councils.",
                    "Overall is the geometric mean over the lenses, each brought to a like spread; five "
                    "ranked lenses are needed.",
                    "Each rank has a range: the index is made 1,000 times with other weights, scales, "
                    "means, spend, limits of comparable spend, a measure left out, "
                    "sampling error and the noise of the year; nine of ten results lie inside.",
                    "A change is called one only if its whole range lies on one side of zero, like for "
                    "like and in constant prices or, where no deflator is held, against what England spends.",
                ],
            ),
            Section(
                "choices",
                "What the choices do",
                paragraphs=[] if effects else [words.NO_OVERALL_RANKING],
                tables=[
                    Table(
                        "choices",
                        f"Overall, {site.headline}: how far each choice alone moves ranks",
                        [
                            Column("choice", "Drawn"),
                            Column("question", "What it asks"),
                            Column("shift", "Mean shift, places", numeric=True),
                            Column("largest", "Largest shift, places", numeric=True),
                        ],
                        [
                            (
                                row["scenario_name"],
                                [
                                    row["scenario_name"],
                                    row["question"],
                                    number(row["mean_rank_shift"]),
                                    number(row["largest_rank_shift"], 0),
                                ],
                                "",
                            )
                            for row in effects
                        ],
                    )
                ]
                if effects
                else [],
            ),
            Section(
                "not",
                "What it is not",
                items=[
                    "It is not a verdict on a council, nor on its staff. It says where to ask.",
                    "It is association, not cause: need, prices, geography and how costs are booked differ.",
                    "It leaves out what nobody measures.",
                ],
            ),
            Section(
                "reply",
                "Right of reply",
                paragraphs=[
                    "A council can have a note of up to 500 characters shown beside any of its figures. "
                    "Notes change no figure."
                ],
            ),
        ],
        kind="method",
        description="How the council productivity index is made.",
        crumbs=[("index.html", "Home")],
    )


def quality_page(site: Site) -> Page:
    """What is held, what is missing and what was set aside."""
    missing = site.figures.rows("missing")
    unused = site.figures.rows("not_used")
    reasons = (
        "suppressed",
        "not_available",
        "small_numbers",
        "not_comparable",
        "not_collected",
        "no_population",
    )
    publications = site.figures.rows("publications")
    return Page(
        path="quality.html",
        title="Data quality",
        lead=["What this release holds, what is missing and why, and which printed figures were set aside."],
        sections=[
            Section(
                "held",
                "Held and missing",
                tables=[
                    Table(
                        "missing",
                        "Values of measures that count, by edition and lens",
                        [
                            Column("edition", "Edition"),
                            Column("lens", "Lens"),
                            Column("cells", "Expected", numeric=True),
                            Column("held", "Held", numeric=True),
                            Column("held_pct", "Held, %", numeric=True),
                            *(
                                Column(reason, words.MISSING[reason].capitalize(), numeric=True)
                                for reason in reasons
                            ),
                        ],
                        [
                            (
                                f"{row['edition']}:{row['ranking_id']}",
                                [
                                    row["edition"],
                                    row["ranking_name"],
                                    number(row["cells"], 0),
                                    number(row["held"], 0),
                                    number(row["held_pct"]),
                                    *(number(row[reason], 0) for reason in reasons),
                                ],
                                "",
                            )
                            for row in missing
                        ],
                        sortable=True,
                    )
                ],
            ),
            Section(
                "set-aside",
                "Printed figures that were set aside",
                tables=[
                    Table(
                        "not-used",
                        "Each with the reason",
                        [
                            Column("publication", "Publication"),
                            Column("item", "Item"),
                            Column("period", "Period"),
                            Column("area", "Area"),
                            Column("printed", "Printed", numeric=True),
                            Column("reason", "Why"),
                        ],
                        [
                            (
                                str(place),
                                [
                                    row["publication_name"],
                                    row["item_id"],
                                    row["sub_period"],
                                    row["council_name"] or row["printed_code"],
                                    row["value_raw"],
                                    small(words.MISSING[row["reason"]], row["note"] or ""),
                                ],
                                "",
                            )
                            for place, row in enumerate(unused)
                        ],
                        sortable=True,
                    )
                ],
            ),
            Section(
                "publications",
                "Publications",
                tables=[
                    Table(
                        "publications",
                        "Where the figures come from",
                        [
                            Column("publication", "Publication"),
                            Column("publisher", "Publisher"),
                            Column("held", "Held"),
                            Column("licence", "Licence"),
                            Column("notes", "To know"),
                        ],
                        [
                            (
                                row["publication_id"],
                                [
                                    link(row["url"], row["publication_name"]),
                                    row["publisher"],
                                    row["years_held"],
                                    row["licence"],
                                    row["notes"] or "",
                                ],
                                "",
                            )
                            for row in publications
                        ],
                    )
                ],
            ),
        ],
        kind="quality",
        description="Data quality of the release: held, missing, set aside.",
        crumbs=[("index.html", "Home")],
    )


@cache
def dictionary() -> dict[tuple[str, str], str]:
    """Descriptions of marts and columns from the models' YAML; a mart's own stands under an empty column."""
    blocks: dict[str, str] = dict(
        re.findall(
            r"{% docs (\w+) %}\s*(.*?)\s*{% enddocs %}",
            (ROOT / "models" / "docs" / "columns.md").read_text(encoding="utf-8"),
            re.DOTALL,
        )
    )

    def spelled(text: str) -> str:
        return re.sub(
            r"{{\s*doc\('(\w+)'\)\s*}}",
            lambda found: blocks.get(found[1], found[1]),
            " ".join((text or "").split()),
        )

    found = {}
    for path in sorted((ROOT / "models" / "marts").rglob("*__models.yml")):
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", []):
            found[(model["name"], "")] = spelled(model.get("description", ""))
            for column in model.get("columns", []):
                found[(model["name"], column["name"])] = spelled(column.get("description", ""))
    return found


def downloads_page(site: Site) -> Page:
    """Every mart as Parquet and, where it is not too long, as CSV; and the dictionary."""
    described = dictionary()
    counts = site.downloads
    body, columns_body = [], []
    for table, group in groupby(site.figures.rows("tables"), key=lambda row: row["table_name"]):
        files = counts.get(table)
        links = (
            Markup(", ").join(
                link(f"downloads/{name}", name.rsplit(".", 1)[1].upper()) for name in files["files"]
            )
            if files
            else words.NO_VALUE
        )
        body.append(
            (
                table,
                [
                    table,
                    described.get((table, ""), ""),
                    number(files["rows"], 0) if files else words.NO_VALUE,
                    links,
                ],
                "",
            )
        )
        columns_body += [
            (
                f"{table}.{row['column_name']}",
                [
                    table,
                    row["column_name"],
                    row["data_type"].lower(),
                    described.get((table, row["column_name"]), ""),
                ],
                "",
            )
            for row in group
        ]
    return Page(
        path="downloads.html",
        title="Downloads",
        lead=[
            "All that the pages show, and more. Parquet opens in DuckDB, Python, R and Excel's data "
            "import; tables of up to "
            f"{number(LARGEST_CSV, 0)} rows are also CSV. Figures keep the licence of their publisher."
        ],
        sections=[
            Section(
                "tables",
                "Tables",
                tables=[
                    Table(
                        "downloads",
                        "Tables to download",
                        [
                            Column("table", "Table"),
                            Column("about", "One row per"),
                            Column("rows", "Rows", numeric=True),
                            Column("files", "Files"),
                        ],
                        body,
                        sortable=True,
                    )
                ],
            ),
            Section(
                "dictionary",
                "Dictionary",
                paragraphs=[link("downloads.csv", "The dictionary as CSV is in the file of this page")],
                folded=[
                    Table(
                        "dictionary",
                        "Every column of every table",
                        [
                            Column("table", "Table"),
                            Column("column", "Column"),
                            Column("type", "Type"),
                            Column("about", "What it holds"),
                        ],
                        columns_body,
                    )
                ],
            ),
        ],
        kind="downloads",
        description="Downloads: every table as Parquet and CSV, and a dictionary.",
        crumbs=[("index.html", "Home")],
    )
