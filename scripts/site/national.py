"""Pages of the country: home, lenses, measures, modules, transfers, compare, method, quality, downloads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.council import LEGEND_SCATTER, MODULES
from scripts.site.parts import Cell, Column, Figure, Page, Section, Table, link, small
from scripts.site.words import number, ordinal, plain, rank_or_reason, rank_range, signed

if TYPE_CHECKING:
    from scripts.site.pages import Site

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
ENGLAND = "E92000001"
HOME = [("../index.html", "Home")]
LARGEST_CSV = 60_000


def full_list(site: Site, root: str, lens_id: str, edition: str, part: str = "ranking") -> Table:
    """Every council with its range: ranked ones in order, the others with the reason."""
    held = [
        next(row for row in rows if row["lens_id"] == lens_id)
        for (at, _), rows in site.standings.items()
        if at == edition
    ]
    held.sort(key=lambda row: (row["productivity_rank"] or 10_000, site.titles[row["gss_code"]]))
    columns = [
        Column("council", "Council"),
        Column("rank", "Rank, and where it likely lies"),
        Column("picture", Markup('<span class="hide">Range as a picture</span>')),
        Column("index", "Productivity index", numeric=True),
    ]
    if lens_id == "overall":
        columns.append(Column("parts", "Lenses", numeric=True))
    else:
        columns += [
            Column("outcome", "Outcome score", numeric=True),
            Column("spend_index", "Spend index", numeric=True),
            Column("per_head", "Spend per head, \u00a3", numeric=True),
        ]
    body = []
    for row in held:
        picture = ""
        if row["productivity_rank"] is not None:
            picture = Markup(
                charts.mini_range(
                    row["productivity_rank"], row["rank_p05"], row["rank_p95"], row["ranked_councils"]
                )
            )
        cells: list[Any] = [
            site.council_link(root, row["gss_code"], edition),
            rank_or_reason(row),
            picture,
            number(row["productivity_index"]),
        ]
        if lens_id == "overall":
            cells.append(f"{row['parts_present']} of {row['parts_active']}")
        else:
            cells += [
                number(row["outcome_score"]),
                number(row["spend_index"], 2),
                number(row["spend_per_head_gbp"], 0),
            ]
        body.append((row["gss_code"], cells, "" if row["productivity_rank"] else "missing"))
    lens = next(row for row in site.lenses if row["lens_id"] == lens_id)
    return Table(
        part, f"{lens['lens_name']}, {edition}: every council with its range", columns, body, sortable=True
    )


def home_page(site: Site) -> Page:
    """The front page: find your council, what the index says, the top ten with ranges, the map."""
    edition = site.main_edition
    top = sorted(
        (
            rows[0]
            for (at, _), rows in site.standings.items()
            if at == edition and rows[0]["productivity_rank"] is not None
        ),
        key=lambda row: (row["productivity_rank"], site.titles[row["gss_code"]]),
    )
    top_ten = [row for row in top if row["productivity_rank"] <= 10]
    table = Table(
        "top-ten",
        f"Overall top ten of {edition}, with ranges",
        [
            Column("council", "Council"),
            Column("rank", "Rank, and where it likely lies"),
            Column("index", "Productivity index", numeric=True),
            Column("parts", "Lenses", numeric=True),
        ],
        [
            (
                row["gss_code"],
                [
                    site.council_link("", row["gss_code"], edition),
                    rank_range(row),
                    number(row["productivity_index"]),
                    f"{row['parts_present']} of {row['parts_active']}",
                ],
                "",
            )
            for row in top_ten
        ],
        note="100 is the median council.",
    )
    picture = charts.ranges(
        f"Rank ranges of the overall top ten, {edition}",
        "A bar over the places likely for each council, a dot at its rank.",
        [
            (
                site.titles[row["gss_code"]],
                row["productivity_rank"],
                row["rank_p05"],
                row["rank_p95"],
                row["ranked_councils"],
                f"{ordinal(row['rank_p05'])} to {ordinal(row['rank_p95'])} of {row['ranked_councils']}",
            )
            for row in top_ten
        ],
    )
    places = {row["gss_code"]: row for row in site.figures.rows("hexes")}
    cells, map_rows = [], []
    for (at, code), rows in site.standings.items():
        if at != edition or code not in places:
            continue
        row = rows[0]
        label = f"{site.titles[code]}: {rank_or_reason(row)}"
        href = f"councils/{site.council[code]['slug']}.html" if code in site.shown else None
        cells.append(
            (places[code]["hex_column"], places[code]["hex_row"], row["range_position"], label, href)
        )
    positions: defaultdict[str, int] = defaultdict(int)
    for _, _, position, _, _ in cells:
        positions[position] += 1
    map_rows = [
        (position, [text, number(positions[position], 0)], "")
        for position, text in words.RANGE_POSITION.items()
    ]
    share = next(
        row
        for row in site.figures.rows("spend_share")
        if row["edition"] == edition and row["lens_id"] == "overall"
    )
    changes = [
        row
        for row in site.figures.rows("change")
        if row["edition"] == edition and row["lens_id"] == "overall"
    ]
    noise = [row for row in changes if row["change_verdict"] == "cannot_be_told_from_noise"]
    newest = next(row for row in site.figures.rows("editions") if row["is_newest"])
    regions = [
        (
            region,
            Markup(", ").join(
                link(f"councils/{row['slug']}.html", row["title"])
                for row in sorted(rows, key=lambda row: str(row["title"]))
            ),
        )
        for region, rows in (
            (region, list(group))
            for region, group in groupby(
                sorted(site.councils, key=lambda row: str(row["region"])), key=lambda row: row["region"]
            )
        )
    ]
    sections = [
        Section(
            "says",
            "What the index says",
            paragraphs=[
                "For six lenses, from children's social care to waste, it scores published outcomes and "
                "divides them by "
                "spend per head. It is a way to find questions, not a verdict."
            ],
            items=[
                f"A bare rank misleads: half of the ranges are {number(share['median_band_width'], 0)} "
                "places wide or "
                f"wider, of {share['ranked_councils']} councils ranked in {edition}.",
                f"{number(share['councils_surely_top_10'], 0)} councils are in the top ten in more than "
                "nine of ten "
                "reasonable ways to count; the others of the ten may owe their place to the way of counting.",
                f"Of {len(changes)} councils compared with the edition before, the change of "
                f"{len(noise)} cannot be "
                "told from noise.",
                Markup(
                    "{edition} is the last edition with all six lenses. The newest, {newest}, has "
                    "{lenses}: see {where}."
                ).format(
                    edition=edition,
                    newest=newest["edition"],
                    lenses=f"{newest['lenses_scored']} lenses and no overall ranking"
                    if not newest["has_overall_ranking"]
                    else f"{newest['lenses_scored']} lenses",
                    where=link("lenses/index.html", "lenses and editions"),
                ),
            ],
        ),
        Section(
            "top-ten",
            f"Overall top ten, {edition}",
            figures=[
                Figure(Markup(picture), "Rank ranges", table, (("lit", "rank"), ("range", "likely range")))
            ],
            paragraphs=[link(site.lens_href("", "overall"), "Every council with its range")],
        ),
        Section(
            "map",
            f"The map, {edition}",
            paragraphs=[
                "Every council is a hexagon of the same size, near where it lies. The colour says what "
                "its range says."
            ],
            figures=[
                Figure(
                    Markup(
                        charts.hexmap(
                            f"Where the likely range of each council lies, overall, {edition}",
                            "A hexagon for each council. The full list is a table of its own page.",
                            cells,
                        )
                    ),
                    "Likely range of the overall rank",
                    Table(
                        "map",
                        f"Councils by likely range, {edition}",
                        [Column("range", "Likely range"), Column("councils", "Councils", numeric=True)],
                        map_rows,
                    ),
                    tuple((f"hex {position}", text) for position, text in words.RANGE_POSITION.items()),
                    "Map: Open Innovations, MIT licence; newer councils placed by the project.",
                )
            ],
        ),
        Section("councils", "All councils", facts=regions),
    ]
    return Page(
        path="index.html",
        title="Council productivity index",
        lead=["How much outcome does each of England's upper-tier councils get for its money?"],
        sections=sections,
        kind="home",
        description="Outcomes for money of England's upper-tier councils, with the ranges in which ranks "
        "likely lie.",
        values={"find": True},
        has_csv=True,
    )


def lenses_page(site: Site) -> Page:
    """Which lenses are scored in which edition, with links."""
    editions = [row["edition"] for row in site.figures.rows("editions") if row["is_index_edition"]]
    coverage = {(row["lens_id"], row["edition"]): row for row in site.figures.rows("coverage")}
    body = []
    for lens in site.lenses:
        cells: list[Any] = [lens["lens_name"]]
        for edition in editions:
            row = coverage.get((lens["lens_id"], edition))
            href = site.lens_href("../", lens["lens_id"], edition)
            if href and row:
                cells.append(link(href, f"{row['ranked_councils']} ranked"))
            elif href:
                ranked = next(
                    (rows[0]["ranked_councils"] for (at, _), rows in site.standings.items() if at == edition),
                    None,
                )
                cells.append(link(href, f"{ranked} ranked"))
            elif row:
                cells.append(f"not scored: {row['measures_active']} measures")
            else:
                cells.append("no overall ranking")
        body.append((lens["lens_id"], cells, ""))
    table = Table(
        "coverage",
        "Councils ranked, by lens and edition",
        [Column("lens", "Lens"), *(Column(edition, edition) for edition in editions)],
        body,
    )
    absent = [
        (row["edition"], [row["edition"], row["not_index_reason"]], "")
        for row in site.figures.rows("editions")
        if not row["is_index_edition"]
    ]
    return Page(
        path="lenses/index.html",
        title="Lenses and editions",
        lead=["Six lenses, and overall. Choose a lens and an edition."],
        sections=[
            Section("coverage", "What is scored", tables=[table]),
            Section(
                "lenses",
                "What each lens asks",
                facts=[(row["lens_name"], row["question"]) for row in site.lenses],
            ),
            Section(
                "absent",
                "Editions without an index",
                tables=[
                    Table(
                        "absent",
                        "Why some editions have figures but no index",
                        [Column("edition", "Edition"), Column("reason", "Why not")],
                        absent,
                    )
                ],
            ),
        ],
        kind="lenses",
        description="The lenses of the council productivity index and the editions in which they are scored.",
        crumbs=HOME,
    )


def lens_page(site: Site, lens_id: str, edition: str) -> Page:
    """One lens in one edition: the full list with ranges, spend and outcome, what decides, what went up."""
    lens = next(row for row in site.lenses if row["lens_id"] == lens_id)
    name = lens["lens_name"]
    share = next(
        (
            row
            for row in site.figures.rows("spend_share")
            if (row["edition"], row["lens_id"]) == (edition, lens_id)
        ),
        None,
    )
    decides = []
    if share:
        decides.append(
            f"{number(100 * share['spend_share'], 0)} % of the spread of productivity comes from spend, "
            "the rest from outcomes."
        )
        if share["warning"] == "spend_decides":
            decides.append(
                "The ranking is in the main one of who spends least: read the outcome scores beside it."
            )
        if share["warning"] == "outcome_decides":
            decides.append("Spend hardly enters: the ranking is in the main one of outcomes.")
        if share["median_band_width"] is not None:
            decides.append(
                f"Half of the ranges are {number(share['median_band_width'], 0)} places wide or wider. "
                f"{number(share['councils_surely_top_10'], 0)} councils are in the top ten in more than "
                "nine of ten draws."
            )
    sections = [
        Section("says", "What decides", items=decides),
    ]
    if lens_id != "overall":
        points = site.scatter[(edition, lens_id)]
        svg = charts.scatter(
            f"Spend against outcome, {name}, {edition}",
            "A dot for each ranked council; further up is a better outcome, further left is less spend.",
            [(row["spend_index"], row["outcome_score"]) for row in points],
            points[0]["mean_outcome_score"],
        )
        sections.append(
            Section(
                "spend-and-outcome",
                "Spend against outcome",
                figures=[
                    Figure(
                        Markup(svg),
                        f"{name}, {edition}",
                        None,
                        LEGEND_SCATTER[2:],
                        link("#ranking", "The same figures are in the full list below"),
                    )
                ],
            )
        )
    sections.append(
        Section(
            "ranking",
            "Every council, with its range",
            paragraphs=[
                "No rank is not the last rank: the reason stands in its place. Councils whose ranges "
                "overlap cannot be "
                "told apart by this list alone."
            ],
            tables=[full_list(site, "../", lens_id, edition)],
        )
    )
    improved = [
        row
        for row in site.figures.rows("most_improved")
        if (row["edition"], row["lens_id"]) == (edition, lens_id)
    ]
    if improved:
        first = improved[0]
        sections.append(
            Section(
                "improved",
                f"Up since {first['from_edition']} by more than noise",
                paragraphs=[
                    f"{first['councils_improved']} of {first['councils_compared']} councils went up by "
                    "more than noise; the "
                    f"change of {first['councils_within_noise']} cannot be told from noise. The first ten:"
                ],
                tables=[
                    Table(
                        "improved",
                        f"{name}: up since {first['from_edition']}, like for like, in constant prices",
                        [
                            Column("council", "Council"),
                            Column("low", "Likely from, %", numeric=True),
                            Column("high", "Likely to, %", numeric=True),
                        ],
                        [
                            (
                                row["gss_code"],
                                [
                                    site.council_link("../", row["gss_code"], edition),
                                    signed(row["productivity_change_pct_p05"]),
                                    signed(row["productivity_change_pct_p95"]),
                                ],
                                "",
                            )
                            for row in improved
                        ],
                    )
                ],
            )
        )
    weights = [
        row
        for row in site.figures.rows("effective_weight")
        if (row["edition"], row["lens_id"]) == (edition, lens_id)
    ]
    if weights:
        sections.append(
            Section(
                "weights",
                "What weighs how much",
                tables=[
                    Table(
                        "weights",
                        f"{name}, {edition}: the weight each part is given, and the weight it has in effect",
                        [
                            Column("part", "Lens" if lens_id == "overall" else "Measure"),
                            Column("given", "Given, %", numeric=True),
                            Column("effect", "In effect, %", numeric=True),
                        ],
                        [
                            (
                                row["subject_id"],
                                [
                                    link(
                                        site.lens_href("../", row["subject_id"])
                                        if lens_id == "overall"
                                        else site.measure_href("../", row["subject_id"]),
                                        row["subject_name"],
                                    ),
                                    number(100 * row["nominal_weight"]),
                                    number(100 * row["effective_weight"]),
                                ],
                                "",
                            )
                            for row in weights
                        ],
                        note="In effect: the share of the spread of the whole that comes from the part; "
                        "near zero or below, it "
                        "pulls against the others.",
                    )
                ],
            )
        )
    effects = [
        row
        for row in site.figures.rows("choice_effect")
        if (row["edition"], row["lens_id"]) == (edition, lens_id)
    ]
    if effects:
        sections.append(
            Section(
                "choices",
                "What the choices of method do",
                tables=[
                    Table(
                        "choices",
                        f"{name}, {edition}: how far each choice alone moves ranks",
                        [
                            Column("choice", "Drawn"),
                            Column("shift", "Mean shift, places", numeric=True),
                            Column("largest", "Largest shift, places", numeric=True),
                            Column("correlation", "Mean correlation", numeric=True),
                        ],
                        [
                            (
                                row["scenario_name"],
                                [
                                    row["scenario_name"],
                                    number(row["mean_rank_shift"]),
                                    number(row["largest_rank_shift"], 0),
                                    number(row["mean_rank_correlation"], 3),
                                ],
                                "",
                            )
                            for row in effects
                        ],
                    )
                ],
            )
        )
    sections.append(Section("read-with-care", "Read with care", items=[lens["caveat"]]))
    main = site.lens_main[lens_id]
    lead = [lens["question"]]
    if lens["need_population"]:
        lead.append(f"Spend: {lens['spend_description']}, per head of {lens['need_population']}.")
    return Page(
        path=f"lenses/{lens['slug']}{'' if edition == main else '-' + edition}.html",
        title=f"{name}, {edition}",
        lead=lead,
        sections=sections,
        kind="lens",
        description=f"{name} in the council productivity index, {edition}: every council with the range "
        "of its rank.",
        crumbs=[*HOME, ("index.html", "Lenses")],
        editions=[
            (other, f"{lens['slug']}{'' if other == main else '-' + other}.html", other == edition)
            for other in lens["editions"]
        ],
    )


def measures_page(site: Site) -> Page:
    """All measures, those refused too with the reason."""
    sections = []
    rows = site.figures.rows("register")
    for name, group in groupby(
        [row for row in rows if row["status"] == "active"], key=lambda row: row["lens_name"]
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
                            [row["measure_name"], row["lens_name"], row["status_reason"] or ""],
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


def measure_page(site: Site, row: Row) -> Page:
    """One measure: how the councils' values lie, why it is graded, where it is from, what to mind."""
    held = site.measure_values[row["measure_id"]]
    years = site.measure_editions[row["measure_id"]]
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
            charts.wrapped(row["unit"], 340, 1)[0],
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
        ("Evidence that better costs less", row["value_evidence"]),
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
            f"From {row['first_edition']} to {row['last_edition']}; it counts from "
            f"{row['first_scored_edition']}. A broken "
            "series goes on as another measure.",
        ),
    ]
    cares = [text for text in (row["caveat"], row["publication_notes"], row["lens_caveat"]) if text]
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
        title=row["measure_name"],
        lead=[f"{row['lens_name']}. Unit: {row['unit']}; {row['polarity_in_words']}."],
        sections=sections,
        kind="measure",
        description=f"{row['measure_name']}: how councils' values lie, why it is graded, source and caveats.",
        crumbs=[*HOME, ("index.html", "Measures")],
    )


def modules_page(site: Site) -> Page:
    """The four modules."""
    return Page(
        path="modules/index.html",
        title="Modules",
        lead=["Four modules go deeper than the lenses, with editions and money of their own."],
        sections=[
            Section(
                "modules",
                "The four",
                facts=[
                    (
                        "Adult social care",
                        Markup(
                            "Outcomes for spend on adult social care, over one year and three, and "
                            "budget against outturn: {}"
                        ).format(link("adult-social-care.html", "see the councils")),
                    ),
                    (
                        "Children's services",
                        Markup(
                            "The journey from referral to leaving care, and what is spent on it: {}"
                        ).format(link("childrens-services.html", "see the councils")),
                    ),
                    (
                        "Valuing Care",
                        Markup("What children in care gain for what is spent on each of them: {}").format(
                            link("valuing-care.html", "see the councils")
                        ),
                    ),
                    (
                        "Delayed transfers",
                        Markup("Who waits in hospital though ready to leave, and why; ten charts: {}").format(
                            link("../delayed-transfers/index.html", "see England and the councils")
                        ),
                    ),
                ],
            )
        ],
        kind="modules",
        description="The four modules of the council productivity index.",
        crumbs=HOME,
        has_csv=False,
    )


CARE = {
    "adult_social_care": [
        "The producer of the figures says that they \u201ccannot be used to make judgements about how "
        "effective local "
        "authorities are\u201d.",
        "Outcome decides more than spend here. A year alone is noisy.",
    ],
    "childrens_services": [
        "Spend follows the number of children who need help, which the council does not choose alone.",
        "Protection, referral and youth justice rest on one measure each.",
    ],
    "valuing_care": [
        "A year of spend stands over the children of one day: a council that keeps children out of care "
        "has fewer children "
        "with greater needs, and looks dear.",
        "Some councils have few children in care: a handful moves every share.",
    ],
}


def module_page(site: Site, module: str) -> Page:
    """A module over all councils, in its newest ranked edition."""
    title, unit, domains = MODULES[module]
    rows = [row for row in site.figures.rows(module) if row["productivity_rank"] is not None]
    edition = max(row["edition"] for row in rows)
    held = [row for row in site.figures.rows(module) if row["edition"] == edition]
    held.sort(key=lambda row: (row["productivity_rank"] or 10_000, site.titles[row["gss_code"]]))
    ranked = [row for row in held if row["productivity_rank"] is not None]
    table = Table(
        "ranking",
        f"{title}, {edition}: every council with its range",
        [
            Column("council", "Council"),
            Column("rank", "Rank, and where it likely lies"),
            Column("picture", Markup('<span class="hide">Range as a picture</span>')),
            Column("index", "Productivity index", numeric=True),
            Column("outcome", "Outcome score", numeric=True),
            *(Column(domain, words.words(domain).capitalize(), numeric=True) for domain in domains),
            Column("per_head", f"Spend per {unit}, \u00a3", numeric=True),
        ],
        [
            (
                row["gss_code"],
                [
                    site.council_link("../", row["gss_code"], None),
                    rank_or_reason(row),
                    Markup(
                        charts.mini_range(
                            row["productivity_rank"], row["rank_p05"], row["rank_p95"], row["ranked_councils"]
                        )
                    )
                    if row["productivity_rank"]
                    else "",
                    number(row["productivity_index"]),
                    number(row["outcome_score"]),
                    *(number(row[f"{domain}_score"]) for domain in domains),
                    number(row["spend_per_head_gbp"], 0),
                ],
                "" if row["productivity_rank"] else "missing",
            )
            for row in held
        ],
        sortable=True,
    )
    svg = charts.scatter(
        f"{title}: spend against outcome, {edition}",
        "A dot for each ranked council; further up is a better outcome, further left is less spend.",
        [(row["spend_index"], row["outcome_score"]) for row in ranked],
        None,
    )
    tables = [table]
    sections = [
        Section(
            "spend-and-outcome",
            "Spend against outcome",
            figures=[
                Figure(
                    Markup(svg),
                    f"{title}, {edition}",
                    None,
                    (("all", "ranked councils"), ("mid", "England's spend")),
                    link("#ranking", "The same figures are in the full list below"),
                )
            ],
        ),
        Section("ranking", "Every council, with its range", tables=tables),
    ]
    if module == "adult_social_care":
        better = site.figures.rows("better_for_less")
        newest = max(row["edition"] for row in better)
        sections.append(
            Section(
                "better-for-less",
                "Better outcomes than the mean for less money, over three years",
                tables=[
                    Table(
                        "better-for-less",
                        f"Over the three editions that end in {newest}",
                        [
                            Column("council", "Council"),
                            Column("editions", "Single editions in which it holds", numeric=True),
                            Column("outcome", "Outcome score", numeric=True),
                            Column("mean_outcome", "Mean", numeric=True),
                            Column("spend", "Spend per adult, \u00a3", numeric=True),
                            Column("mean_spend", "Mean, \u00a3", numeric=True),
                        ],
                        [
                            (
                                row["gss_code"],
                                [
                                    site.council_link("../", row["gss_code"], None),
                                    f"{row['editions_better_for_less']} of 3",
                                    number(row["outcome_score"]),
                                    number(row["average_outcome_score"]),
                                    number(row["spend_per_adult_gbp"], 0),
                                    number(row["average_spend_per_adult_gbp"], 0),
                                ],
                                "",
                            )
                            for row in better
                            if row["edition"] == newest
                        ],
                        sortable=True,
                    )
                ],
            )
        )
    context = [
        row for row in site.figures.rows("register") if row["lens_id"] == module and row["status"] == "active"
    ]
    sections += [
        Section(
            "measures",
            "Its measures",
            items=[link(site.measure_href("../", row["measure_id"]), row["measure_name"]) for row in context],
        ),
        Section("read-with-care", "Read with care", items=CARE[module]),
    ]
    return Page(
        path=f"modules/{module.replace('_', '-')}.html",
        title=title,
        lead=[
            f"Edition {edition}, the newest in which councils are ranked. A council's own years are in "
            "its report."
        ],
        sections=sections,
        kind="module",
        description=f"{title}: outcome, spend and the range of the rank of every council.",
        crumbs=[*HOME, ("index.html", "Modules")],
    )


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


def compare_page(site: Site) -> Page:
    """Councils side by side; without JavaScript the whole list in one table."""
    edition = site.main_edition
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
        [Column("council", "Council"), *(Column(lens["lens_id"], lens["lens_name"]) for lens in site.lenses)],
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
        if (row["edition"], row["lens_id"]) == (site.main_edition, "overall")
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
                    "Each measure is an outcome on a scale on which better is beyond dispute, with "
                    "evidence that better costs less.",
                    "A value becomes a score from 1 to 100 between two goalposts: the 5th and 95th "
                    "percentile of the editions "
                    "2015-16 to 2019-20, frozen. Grade A starts at 80, B at 60, C at 40, D at 20.",
                    "The outcome score of a lens is the mean of its measures; two thirds of them and at "
                    "least four are needed. "
                    "Nothing missing is filled in.",
                    "Spend is budget per head of those the lens is about, over England's: the spend "
                    "index. Below a quarter or above "
                    "four times England's it is not comparable, and the council is not ranked in that lens.",
                    "Productivity is the outcome score over the spend index; the index is 100 at the "
                    "median of the ranked councils.",
                    "Overall is the geometric mean over the lenses; five ranked lenses are needed.",
                    "Each rank has a range: the index is made 1,000 times with other weights, scales, "
                    "means, spend, a measure left out, "
                    "and sampling error; nine of ten results lie inside.",
                    "A change is called one only if its whole range lies on one side of zero, like for "
                    "like and in constant prices.",
                ],
            ),
            Section(
                "choices",
                "What the choices do",
                tables=[
                    Table(
                        "choices",
                        f"Overall, {site.main_edition}: how far each choice alone moves ranks",
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
                ],
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
                                f"{row['edition']}:{row['lens_id']}",
                                [
                                    row["edition"],
                                    row["lens_name"],
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
