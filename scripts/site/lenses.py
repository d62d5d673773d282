"""The pages of the lenses: all of them, and one in an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Cell, Column, Figure, Page, Section, Table, link
from scripts.site.rankings import full_list
from scripts.site.shared import HOME, LEGEND_SCATTER
from scripts.site.words import number, signed, signed_end

if TYPE_CHECKING:
    from scripts.site.pages import Site


def lenses_page(site: Site) -> Page:
    """Which lenses are scored in which edition, with links."""
    editions = [row["edition"] for row in site.figures.rows("editions") if row["is_index_edition"]]
    coverage = {(row["ranking_id"], row["edition"]): row for row in site.figures.rows("coverage")}
    body = []
    for lens in site.lenses:
        cells: list[Any] = [lens["ranking_name"]]
        for edition in editions:
            row = coverage.get((lens["ranking_id"], edition))
            href = site.lens_href("../", lens["ranking_id"], edition)
            if href and row:
                cells.append(link(href, f"{row['ranked_councils']} ranked"))
            elif href:
                ranked = next(
                    (rows[0]["ranked_councils"] for (at, _), rows in site.standings.items() if at == edition),
                    None,
                )
                cells.append(link(href, f"{ranked} ranked"))
            elif row:
                cells.append(f"not scored: {words.counted(row['measures_active'], 'measure')}")
            else:
                cells.append("no overall ranking")
        body.append((lens["ranking_id"], cells, ""))
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
                facts=[(row["ranking_name"], row["question"]) for row in site.lenses],
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


def lens_page(site: Site, ranking_id: str, edition: str) -> Page:
    """One lens in one edition: the full list with ranges, spend and outcome, what decides, what went up."""
    lens = next(row for row in site.lenses if row["ranking_id"] == ranking_id)
    name = lens["ranking_name"]
    share = next(
        (
            row
            for row in site.figures.rows("spend_share")
            if (row["edition"], row["ranking_id"]) == (edition, ranking_id)
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
                f"{words.surely_top_ten(share['councils_surely_top_10'])} draws."
            )
    sections = [
        Section("says", "What decides", items=decides),
    ]
    if ranking_id != "overall":
        points = site.scatter[(edition, ranking_id)]
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
            tables=[full_list(site, "../", ranking_id, edition)],
        )
    )
    improved = [
        row
        for row in site.figures.rows("most_improved")
        if (row["edition"], row["ranking_id"]) == (edition, ranking_id)
    ]
    no_change = site.editions[edition]["no_change_reason"]
    is_compared = any(
        (row["edition"], row["ranking_id"]) == (edition, ranking_id) for row in site.figures.rows("change")
    )
    if no_change and not is_compared:
        sections.append(
            Section(
                "improved",
                "Change since the edition before",
                paragraphs=[words.no_change_sentence(edition, no_change)],
            )
        )
    if improved:
        first = improved[0]
        sections.append(
            Section(
                "improved",
                f"Up since {first['from_edition']} by more than noise",
                paragraphs=[
                    f"{first['councils_improved']} of {first['councils_compared']} councils went up by "
                    f"more than noise and {first['councils_declined']} down; the "
                    f"change of {first['councils_within_noise']} cannot be told from noise. The first ten:"
                ],
                tables=[
                    Table(
                        "improved",
                        f"{name}: up since {first['from_edition']}, like for like, "
                        f"{words.PRICE_BASIS[first['price_basis']]}",
                        [
                            Column("council", "Council"),
                            Column("outcome", "Outcome, %", numeric=True),
                            Column("spend", "Spend per head, %", numeric=True),
                            Column("total", "Productivity, %", numeric=True),
                            Column("low", "Likely from, %", numeric=True),
                            Column("high", "Likely to, %", numeric=True),
                        ],
                        [
                            (
                                row["gss_code"],
                                [
                                    site.council_link("../", row["gss_code"], edition),
                                    signed(row["outcome_change_pct"]),
                                    signed(row["spend_change_pct"]),
                                    signed(row["productivity_change_pct"]),
                                    signed_end(row["productivity_change_pct_p05"]),
                                    signed_end(row["productivity_change_pct_p95"]),
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
        if (row["edition"], row["ranking_id"]) == (edition, ranking_id)
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
                            Column("part", "Lens" if ranking_id == "overall" else "Measure"),
                            Column("given", "Given, %", numeric=True),
                            Column("effect", "In effect, %", numeric=True),
                        ],
                        [
                            (
                                row["subject_id"],
                                [
                                    link(
                                        site.lens_href("../", row["subject_id"], edition)
                                        if ranking_id == "overall"
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
        if (row["edition"], row["ranking_id"]) == (edition, ranking_id)
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
    main = site.lens_main[ranking_id]
    dated = f"lenses/{lens['slug']}-{edition}.html"
    lead: list[Cell] = [lens["question"]]
    if lens["need_population"]:
        lead.append(f"Spend: {lens['spend_description']}, per head of {lens['need_population']}.")
    if ranking_id == "overall":
        lead += site.not_scored(edition, lambda part, last: link(site.lens_href("../", part), last))
    elif edition == main and (later := site.not_ranked_since(ranking_id, edition)):
        lead.append(words.last_ranked_sentence(edition, later))
    return Page(
        path=f"lenses/{lens['slug']}.html" if edition == main else dated,
        also_at=[dated] if edition == main else [],
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
