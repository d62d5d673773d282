"""The pages of the lenses: all of them, and one in an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts, maps, words
from scripts.site.better import better_link
from scripts.site.movers import summary_section
from scripts.site.parts import About, Cell, Column, Figure, Page, Section, Table, link
from scripts.site.rankings import full_list
from scripts.site.said import columns, said
from scripts.site.shared import HOME, LEGEND_SCATTER
from scripts.site.what_if import what_if_link
from scripts.site.words import number

if TYPE_CHECKING:
    from scripts.site.pages import Site

SAY = said("lenses")


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
                cells.append(link(href, SAY.ranked(row["ranked_councils"])))
            elif href:
                ranked = next(
                    (rows[0]["ranked_councils"] for (at, _), rows in site.standings.items() if at == edition),
                    None,
                )
                cells.append(link(href, SAY.ranked(ranked)))
            elif row:
                cells.append(SAY.not_scored(row))
            else:
                cells.append(SAY.no_overall)
        body.append((lens["ranking_id"], cells, ""))
    table = Table(
        "coverage",
        SAY.coverage_caption,
        [Column("lens", SAY.lens), *(Column(edition, edition) for edition in editions)],
        body,
    )
    absent = [
        (row["edition"], [row["edition"], row["not_index_reason"]], "")
        for row in site.figures.rows("editions")
        if not row["is_index_edition"]
    ]
    return Page(
        path="lenses/index.html",
        title=SAY.all_title,
        lead=[SAY.all_lead],
        sections=[
            Section("coverage", SAY.coverage_title, tables=[table]),
            Section(
                "lenses",
                SAY.questions_title,
                facts=[(row["ranking_name"], row["question"]) for row in site.lenses],
            ),
            Section(
                "absent",
                SAY.absent_title,
                tables=[
                    Table(
                        "absent",
                        SAY.absent_caption,
                        columns(SAY.absent, words_only=("reason",)),
                        absent,
                    )
                ],
            ),
        ],
        kind="lenses",
        description=SAY.all_described,
        crumbs=HOME,
    )


def no_companion(site: Site, ranking_id: str, edition: str) -> list[Cell]:
    """Why no council of an edition has a companion rank, where none has."""
    return [
        SAY.no_companion(row, words.NO_COMPANION[row["no_companion_reason"]])
        for row in site.figures.rows("no_companion")
        if (row["edition"], row["ranking_id"]) == (edition, ranking_id)
    ]


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
        decides.append(SAY.decides(share))
        if share["warning"] in SAY.warnings:
            decides.append(SAY.warnings[share["warning"]])
        if share["median_band_width"] is not None:
            decides.append(SAY.half_of_ranges(share, words.surely_top_ten(share["councils_surely_top_10"])))
    sections = [
        Section("says", SAY.decides_title, items=decides),
    ]
    if ranking_id != "overall":
        points = site.scatter[(edition, ranking_id)]
        svg = charts.scatter(
            SAY.scatter_named(name, edition),
            SAY.scatter_told,
            [(row["spend_index"], row["outcome_score"]) for row in points],
            points[0]["mean_outcome_score"],
            codes=[row["gss_code"] for row in points],
        )
        sections.append(
            Section(
                "spend-and-outcome",
                SAY.scatter_title,
                figures=[
                    Figure(
                        Markup(svg),
                        SAY.title(name, edition),
                        None,
                        LEGEND_SCATTER[2:],
                        link("#ranking", SAY.scatter_link),
                    )
                ],
            )
        )
    sections.append(
        Section(
            "map",
            SAY.map_title,
            paragraphs=[maps.SAYS_RANGE],
            figures=[maps.range_map(site, ranking_id, edition, "../")],
        )
    )
    sections.append(
        Section(
            "ranking",
            SAY.ranking_title,
            paragraphs=[SAY.ranking_note, *no_companion(site, ranking_id, edition)],
            tables=[full_list(site, "../", ranking_id, edition)],
        )
    )
    sections += summary_section(site, ranking_id, edition)
    sections += better_link(site, ranking_id)
    weights = [
        row
        for row in site.figures.rows("effective_weight")
        if (row["edition"], row["ranking_id"]) == (edition, ranking_id)
    ]
    if weights:
        sections.append(
            Section(
                "weights",
                SAY.weights_title,
                tables=[
                    Table(
                        "weights",
                        SAY.weights_caption(name, edition),
                        columns(SAY.weights | (SAY.weights_overall if ranking_id == "overall" else {})),
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
                        note=SAY.weights_note,
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
                SAY.choices_title,
                tables=[
                    Table(
                        "choices",
                        SAY.choices_caption(name, edition),
                        columns(SAY.choices),
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
    sections.append(Section("read-with-care", SAY.care_title, items=[lens["caveat"]]))
    main = site.lens_main[ranking_id]
    dated = f"lenses/{lens['slug']}-{edition}.html"
    lead: list[Cell] = [lens["question"]]
    if lens["need_population"]:
        basis = next(row["spend_basis"] for row in site.coverage[edition] if row["ranking_id"] == ranking_id)
        lead.append(SAY.spend(lens, edition, basis))
    if ranking_id == "overall":
        lead += site.not_scored(edition, lambda part, last: link(site.lens_href("../", part), last))
        lead += what_if_link(site, edition)
    elif edition == main and (later := site.not_ranked_since(ranking_id, edition)):
        lead.append(words.last_ranked_sentence(edition, later))
    return Page(
        path=f"lenses/{lens['slug']}.html" if edition == main else dated,
        also_at=[dated] if edition == main else [],
        title=SAY.title(name, edition),
        lead=lead,
        sections=sections,
        kind="lens",
        about=About(edition=edition),
        description=SAY.described(name, edition),
        crumbs=[*HOME, ("index.html", SAY.lenses)],
        editions=[
            (other, f"{lens['slug']}{'' if other == main else '-' + other}.html", other == edition)
            for other in lens["editions"]
        ],
    )
