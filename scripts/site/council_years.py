"""A council's report: what changed, the trend, and its peers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, charts_council, words
from scripts.site.movers import no_change_sentences
from scripts.site.parts import Figure, Section, Table, because
from scripts.site.said import columns, said
from scripts.site.shared import LEGEND_TREND
from scripts.site.words import number, rank_or_reason, signed, signed_end

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


SAY = said("council_years")


def step_name(row: Row) -> str:
    """A step in words; an edition where the step is a level."""
    levels = {"before": row["from_edition"], "now": row["edition"]}
    return levels.get(row["step_id"]) or str(SAY.steps[row["step_id"]])


def step_text(row: Row) -> str:
    """What a step adds, or a level."""
    is_level = row["step_id"] in ("before", "now")
    return number(row["points"]) if is_level else signed(row["points"], 1)


def waterfall_table(name: str, steps: Sequence[Row]) -> Table:
    """How productivity came from the edition before to this one, step by step."""
    first = steps[0]
    return Table(
        f"waterfall-{first['ranking_id']}",
        SAY.steps_caption(first, name),
        columns({"step": SAY.step, "points": SAY.adds(first["from_edition"]), "level": SAY.level}),
        [(row["step_id"], [step_name(row), step_text(row), number(row["level_after"])], "") for row in steps],
    )


def waterfall_figure(name: str, steps: Sequence[Row]) -> Figure:
    """The same as a chart, with its table."""
    first = steps[0]
    svg = charts_council.waterfall(
        SAY.steps_named(first, name),
        "; ".join(f"{step_name(row)} {step_text(row)}" for row in steps) + ".",
        [
            (
                step_name(row),
                row["level_before"],
                row["level_after"],
                step_text(row),
                row["step_id"] in ("before", "now"),
            )
            for row in steps
        ],
        SAY.steps_axis(first["from_edition"]),
    )
    return Figure(Markup(svg), SAY.steps_title(first), waterfall_table(name, steps))


def change_section(
    name: str,
    edition: str,
    rows: Sequence[Row],
    no_change: Sequence[Row],
    steps: Sequence[Row] = (),
    is_lean: bool = False,
) -> Section:
    """Change since the edition before, or that there is none to tell.

    Step by step as chart and table; a lean one does so for the overall ranking alone.
    """
    drawn = [
        waterfall_figure(name, list(group))
        for ranking_id, group in groupby(steps, key=lambda row: row["ranking_id"])
        if ranking_id == "overall" or not is_lean
    ]
    table = Table(
        "change",
        SAY.change_caption(name, rows[0], words.PRICE_BASIS[rows[0]["price_basis"]]) if rows else "",
        columns(SAY.change, words_only=("change",)),
        [
            (
                row["ranking_id"],
                [
                    row["ranking_name"],
                    SAY.verdicts[row["change_verdict"]],
                    signed(row["outcome_change_pct"]),
                    signed(row["spend_change_pct"]),
                    signed(row["productivity_change_pct"]),
                    signed_end(row["productivity_change_pct_p05"]),
                    signed_end(row["productivity_change_pct_p95"]),
                ],
                "",
            )
            for row in rows
        ],
        note=SAY.change_note,
    )
    told = (
        list(words.one_population(max(rows, key=lambda row: row["has_same_population_year"]))) if rows else []
    )
    told += no_change_sentences(no_change)
    if not (rows or told):
        told.append(SAY.not_in_both(edition))
    return Section(
        "change",
        "",
        tables=[table] if rows else [],
        figures=drawn,
        after=told if rows else [],
        paragraphs=[] if rows else told,
    )


def no_peers(row: Row) -> str:
    """Why the nearest neighbours have no median in an edition."""
    return "lens_not_scored" if row["not_ranked_reason"] == "lens_not_scored" else "no_peers_held"


def trend_section(name: str, rows: Sequence[Row], site: Site) -> Section:
    """Outcome and spend by edition against England and the nearest neighbours."""
    figures = []
    for (_, ranking_name), group in groupby(rows, key=lambda row: (row["ranking_id"], row["ranking_name"])):
        held = list(group)
        editions = [row["edition"] for row in held]
        if not any(row["outcome_score"] is not None for row in held):
            continue
        short = [edition[2:] for edition in editions]
        outcome = charts.lines(
            SAY.outcome_named(ranking_name),
            SAY.outcome_told(name),
            short,
            [
                (SAY.line["england_median"], "s3", [row["england_outcome"] for row in held]),
                (SAY.line["peers"], "s2", [row["ons_outcome"] for row in held]),
                (name, "s1", [row["outcome_score"] for row in held]),
            ],
            SAY.outcome_axis,
            breaks=site.new_bases(editions),
            decimals=1,
        )
        spend = charts.lines(
            SAY.spend_named(ranking_name),
            SAY.spend_told(name),
            short,
            [
                (
                    SAY.line["england"],
                    "s3",
                    [1.0 if row["england_spend_per_head_gbp"] is not None else None for row in held],
                ),
                (SAY.line["peers"], "s2", [row["ons_spend"] for row in held]),
                (name, "s1", [row["spend_index"] for row in held]),
            ],
            SAY.spend_axis,
            breaks=site.new_bases(editions),
            decimals=2,
        )
        ranking_id = held[0]["ranking_id"]
        table = Table(
            f"trend-outcome-{ranking_id}",
            SAY.outcome_caption(ranking_name, name),
            columns(SAY.outcome),
            [
                (
                    row["edition"],
                    [
                        row["edition"],
                        because(number(row["outcome_score"]), row["not_ranked_reason"]),
                        because(number(row["ons_outcome"]), no_peers(row)),
                        because(number(row["england_outcome"]), row["not_ranked_reason"]),
                    ],
                    "",
                )
                for row in held
            ],
        )
        spend_table = Table(
            f"trend-spend-{ranking_id}",
            SAY.spend_caption(ranking_name, name),
            columns(SAY.spend),
            [
                (
                    row["edition"],
                    [
                        row["edition"],
                        because(number(row["spend_index"], 2), row["not_ranked_reason"]),
                        because(number(row["ons_spend"], 2), no_peers(row)),
                        number(row["spend_per_head_gbp"], 0),
                        number(row["england_spend_per_head_gbp"], 0),
                    ],
                    "",
                )
                for row in held
            ],
        )
        figures.append(Figure(Markup(outcome), SAY.outcome_title(ranking_name), table, LEGEND_TREND))
        figures.append(
            Figure(
                Markup(spend),
                SAY.spend_title(ranking_name),
                spend_table,
                LEGEND_TREND,
                shows=("spend_index", "spend_peers"),
            )
        )
    return Section(
        "trend",
        "",
        paragraphs=[SAY.trend_note],
        figures=figures,
    )


def peers_section(name: str, edition: str, rows: Sequence[Row], site: Site) -> Section:
    """The peers' overall standing, as ranges, and who stands above whom."""
    headings = columns(SAY.peers | {"above": SAY.peers_above(name)}, words_only=("rank",))
    body = [
        (
            f"{row['peer_set']}:{row['peer_gss_code']}",
            [
                site.council_link("../", row["peer_gss_code"], edition),
                rank_or_reason(row),
                number(row["productivity_index"]),
                words.NO_VALUE
                if row["probability_above"] is None
                else number(100 * row["probability_above"], 0),
            ],
            f"p-{row['peer_set']}",
        )
        for row in rows
    ]
    return Section(
        "peers",
        "",
        paragraphs=[SAY.peers_note],
        tables=[Table("peers", SAY.peers_caption(name, edition), headings, body, sortable=True)]
        if rows
        else [],
        after=[] if rows else [SAY.peers_none],
        controls="peers-again",
    )
