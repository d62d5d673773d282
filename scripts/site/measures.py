"""The pages of the measures: all of them, and one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.former import former_names
from scripts.site import charts, words
from scripts.site.canvas import wrapped
from scripts.site.parts import Cell, Column, Figure, Page, Section, Table, link, small
from scripts.site.shared import HOME
from scripts.site.words import number, plain

if TYPE_CHECKING:
    from scripts.site.pages import Site


def measures_page(site: Site) -> Page:
    """All measures, those refused too with the reason."""
    sections = []
    rows = site.figures.rows("register")
    for name, group in groupby(
        [row for row in rows if row["status"] == "active"], key=lambda row: row["ranking_name"]
    ):
        sections.append(
            Section(
                name.lower().replace(" ", "-").replace("'", ""),
                name,
                tables=[
                    Table(
                        f"register-{name}",
                        f"Measures of {name}",
                        [
                            Column("measure", "Measure"),
                            Column("polarity", "Polarity"),
                            Column("publisher", "Publisher"),
                            Column("from", "Scored from"),
                            Column("to", "to"),
                        ],
                        [
                            (
                                row["measure_id"],
                                [
                                    small(
                                        link(
                                            site.measure_href("../", row["measure_id"]), row["measure_name"]
                                        ),
                                        row["unit"],
                                    ),
                                    row["polarity_in_words"],
                                    row["publisher"],
                                    row["first_scored_edition"],
                                    row["last_edition"],
                                ],
                                "",
                            )
                            for row in group
                        ],
                    )
                ],
            )
        )
    sections.append(
        Section(
            "refused",
            "Measures that were refused, and why",
            tables=[
                Table(
                    "refused",
                    "Measures in the register that do not count",
                    [Column("measure", "Measure"), Column("lens", "Lens"), Column("reason", "Why not")],
                    [
                        (
                            row["measure_id"],
                            [row["measure_name"], row["ranking_name"], row["status_reason"] or ""],
                            "",
                        )
                        for row in rows
                        if row["status"] != "active"
                    ],
                )
            ],
        )
    )
    return Page(
        path="measures/index.html",
        title="Measures",
        lead=["Every measure of the register: what counts, and what was refused."],
        sections=sections,
        kind="measures",
        description="All measures of the council productivity index, with polarity, publisher and editions.",
        crumbs=HOME,
    )


def evidence_facts(found: Sequence[Mapping[str, Any]]) -> list[tuple[str, Cell]]:
    """References on whether a better outcome costs less: what each found, how strong it is, who gains."""
    if not found:
        return [("Evidence that better costs less", "None found.")]
    facts: list[tuple[str, Cell]] = []
    for place, row in enumerate(found):
        reference = link(row["address"], row["reference"]) if row["address"] else row["reference"]
        said = [row["finding"]]
        if row["amount_gbp"] is not None:
            said.append(f"{number(row['amount_gbp'], 0)} pounds {row['amount_text']}.")
        if row["page_or_section"]:
            said.append(f"Read: {row['page_or_section']}.")
        facts.append(
            (
                "Further evidence" if place else "Evidence that better costs less",
                small(reference, " ".join(said)),
            )
        )
    strongest = found[0]
    return [
        *facts,
        ("How strong it is", words.STRENGTH[strongest["strength"]]),
        ("Who saves or gains", words.receivers(strongest["saving_falls_to"])),
    ]


def measure_page(site: Site, measure_id: str) -> Page:
    """One measure: how the councils' values lie, why it is graded, where it is from, what to mind."""
    uses = site.measure_uses[measure_id]
    row = uses[0]
    held = site.measure_values[measure_id]
    years = site.measure_editions[measure_id]
    sections = []
    if held:
        edition = held[0]["edition"]
        spread = next(year for year in years if year["edition"] == edition)
        svg = charts.strip(
            f"{row['measure_name']}, {edition}",
            f"A dot for each council. The middle half lies from {plain(spread['value_p25'])} to "
            f"{plain(spread['value_p75'])}, the median is {plain(spread['value_median'])}.",
            [value["value"] for value in held if value["value"] is not None],
            f"{row['unit']}; {row['polarity_in_words']}",
            (spread["value_p25"], spread["value_median"], spread["value_p75"]),
        )
        columns = [
            Column("edition", "Edition"),
            Column("held", "Councils held", numeric=True),
            Column("p05", "5th percentile", numeric=True),
            Column("p25", "25th", numeric=True),
            Column("median", "Median", numeric=True),
            Column("p75", "75th", numeric=True),
            Column("p95", "95th", numeric=True),
        ]
        table = Table(
            "spread",
            f"{row['measure_name']}: how the values of councils lie",
            columns,
            [
                (
                    year["edition"],
                    [
                        year["edition"],
                        f"{year['councils_held']} of {year['councils_live']}",
                        *(plain(year[f"value_{at}"]) for at in ("p05", "p25", "median", "p75", "p95")),
                    ],
                    "",
                )
                for year in years
            ],
        )
        over = charts.lines(
            f"{row['measure_name']} by edition",
            "The median of councils, and the band in which nine tenths of them lie.",
            [year["edition"][2:] for year in years],
            [("Median", "s1", [year["value_median"] for year in years])],
            wrapped(row["unit"], 340, 1)[0],
            band=([year["value_p05"] for year in years], [year["value_p95"] for year in years]),
            every=1 if len(years) <= 7 else 2,
        )
        sections.append(
            Section(
                "spread",
                "How the councils' values lie",
                figures=[
                    Figure(
                        Markup(svg),
                        f"Every council, {edition}",
                        None,
                        (("all", "a council"), ("range", "middle half"), ("mid", "median")),
                        link("#values", "The values are in the table below"),
                    ),
                    Figure(
                        Markup(over),
                        "Over the editions",
                        table,
                        (("s1", "median"), ("band", "nine tenths of councils")),
                    ),
                ],
            )
        )
    register: list[tuple[str, Any]] = [
        ("Polarity", row["polarity_in_words"]),
        ("Why better is beyond dispute", row["gradable_because"]),
        *evidence_facts(site.evidence[measure_id]),
        (
            "Goalposts",
            f"{plain(row['worst_goalpost'])} (scores 1) and {plain(row['best_goalpost'])} (scores 100): "
            f"{row['goalpost_basis']}"
            if row["worst_goalpost"] is not None
            else "none",
        ),
        ("What is counted", f"{row['numerator']}, out of: {row['denominator']}"),
    ]
    if row["publisher_polarity"]:
        register.append(("What the publisher states", row["publisher_polarity"]))
    if row["polarity_override_reason"]:
        register.append(("Why ours differs", row["polarity_override_reason"]))
    if row["kind_override_reason"]:
        register.append(("Why it counts as an outcome", row["kind_override_reason"]))
    source: list[tuple[str, Any]] = [
        ("Publication", link(row["url"], row["publication_name"])),
        ("Publisher", row["publisher"]),
        ("Table", row["source_table"]),
        ("Licence", row["licence"]),
        ("Comes out", f"{row['frequency']}, {row['publication_lag_months']} months after the period"),
        (
            "Series",
            f"From {row['first_edition']} to {row['last_edition']}. "
            "A broken series goes on as another measure.",
        ),
        (
            "Counts in",
            "; ".join(f"{use['ranking_name']}, from {use['first_scored_edition']}" for use in uses),
        ),
    ]
    of_uses = [use[kind] for use in uses for kind in ("use_caveat", "lens_caveat")]
    # Two lenses or modules may say the same.
    cares = [text for text in dict.fromkeys([row["caveat"], row["publication_notes"], *of_uses]) if text]
    if row["minimum_denominator"]:
        cares.append(f"Values out of fewer than {number(row['minimum_denominator'], 0)} are left out.")
    sections += [
        Section("register", "Polarity, and why", facts=register),
        Section("source", "Source, licence and breaks", facts=source),
    ]
    if cares:
        sections.append(
            Section("read-with-care", "Read with care", items=[f"{text.rstrip('.')}." for text in cares])
        )
    if held:
        sections.append(
            Section(
                "values",
                f"Every council, {held[0]['edition']}",
                tables=[
                    Table(
                        "values",
                        f"{row['measure_name']}, {held[0]['edition']}",
                        [
                            Column("council", "Council"),
                            Column("value", "Value", numeric=True),
                            Column("grade", "Grade"),
                        ],
                        [
                            (
                                value["gss_code"],
                                [
                                    site.council_link("../", value["gss_code"], held[0]["edition"]),
                                    words.MISSING.get(value["missing_reason"] or "", plain(value["value"])),
                                    value["grade"] or words.NO_VALUE,
                                ],
                                "missing" if value["missing_reason"] else f"g{value['grade'] or ''}",
                            )
                            for value in held
                        ],
                        sortable=True,
                    )
                ],
            )
        )
    return Page(
        path=f"measures/{row['slug']}.html",
        also_at=[
            f"measures/{former.replace('_', '-')}.html"
            for former, now in former_names()["measure"].items()
            if now == measure_id
        ],
        title=row["measure_name"],
        lead=[
            f"{', '.join(use['ranking_name'] for use in uses)}. "
            f"Unit: {row['unit']}; {row['polarity_in_words']}."
        ],
        sections=sections,
        kind="measure",
        description=f"{row['measure_name']}: how councils' values lie, why it is graded, source and caveats.",
        crumbs=[*HOME, ("index.html", "Measures")],
    )
