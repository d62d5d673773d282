"""A council's report: what changed, the trend, and its peers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Column, Figure, Section, Table
from scripts.site.shared import LEGEND_TREND
from scripts.site.words import number, rank_or_reason, signed, signed_end

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


def change_section(name: str, edition: str, rows: Sequence[Row], no_change: str | None) -> Section:
    """Change since the edition before, or that there is none to tell."""
    columns = [
        Column("lens", "Lens"),
        Column("change", "Change in productivity"),
        Column("outcome", "Outcome, %", numeric=True),
        Column("spend", "Spend per head, %", numeric=True),
        Column("total", "Productivity, %", numeric=True),
        Column("low", "Likely from, %", numeric=True),
        Column("high", "Likely to, %", numeric=True),
    ]
    verdicts = {
        "improved": "up, more than noise",
        "declined": "down, more than noise",
        "cannot_be_told_from_noise": "cannot be told from noise",
    }
    table = Table(
        "change",
        f"Change of {name} since {rows[0]['from_edition']}, like for like, "
        f"{words.PRICE_BASIS[rows[0]['price_basis']]}"
        if rows
        else "",
        columns,
        [
            (
                row["ranking_id"],
                [
                    row["ranking_name"],
                    verdicts[row["change_verdict"]],
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
        note="Only measures held in both editions. A range on both sides of zero is not called a change.",
    )
    reason = no_change or "the council is not ranked in both editions"
    said = (
        list(words.one_population(max(rows, key=lambda row: row["has_same_population_year"]))) if rows else []
    )
    # A reason stands in the register where some rankings have no change, or none has.
    if no_change or not rows:
        said.append(words.no_change_sentence(edition, reason, some=bool(rows)))
    return Section(
        "change",
        "Change since the edition before",
        tables=[table] if rows else [],
        after=said if rows else [],
        paragraphs=[] if rows else said,
    )


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
            f"Outcome score by edition, {ranking_name}",
            f"{name}, the median of its nearest neighbours and the median of ranked councils.",
            short,
            [
                ("England, median", "s3", [row["england_outcome"] for row in held]),
                ("Nearest neighbours, median", "s2", [row["ons_outcome"] for row in held]),
                (name, "s1", [row["outcome_score"] for row in held]),
            ],
            "Outcome score",
            breaks=site.new_bases(editions),
        )
        spend = charts.lines(
            f"Spend index by edition, {ranking_name}",
            f"{name} and the median of its nearest neighbours; England is 1.",
            short,
            [
                (
                    "England",
                    "s3",
                    [1.0 if row["england_spend_per_head_gbp"] is not None else None for row in held],
                ),
                ("Nearest neighbours, median", "s2", [row["ons_spend"] for row in held]),
                (name, "s1", [row["spend_index"] for row in held]),
            ],
            "Spend per head, England is 1",
            breaks=site.new_bases(editions),
        )
        columns = [
            Column("edition", "Edition"),
            Column("outcome", "Outcome score", numeric=True),
            Column("outcome_peers", "Neighbours", numeric=True),
            Column("outcome_england", "England", numeric=True),
        ]
        ranking_id = held[0]["ranking_id"]
        table = Table(
            f"trend-outcome-{ranking_id}",
            f"{ranking_name}: outcome score by edition, {name}",
            columns,
            [
                (
                    row["edition"],
                    [
                        row["edition"],
                        number(row["outcome_score"]),
                        number(row["ons_outcome"]),
                        number(row["england_outcome"]),
                    ],
                    "",
                )
                for row in held
            ],
        )
        spend_table = Table(
            f"trend-spend-{ranking_id}",
            f"{ranking_name}: spend by edition, {name}",
            [
                Column("edition", "Edition"),
                Column("spend_index", "Spend index", numeric=True),
                Column("spend_peers", "Neighbours", numeric=True),
                Column("per_head", "Spend per head, \u00a3", numeric=True),
                Column("per_head_england", "England, \u00a3", numeric=True),
            ],
            [
                (
                    row["edition"],
                    [
                        row["edition"],
                        number(row["spend_index"], 2),
                        number(row["ons_spend"], 2),
                        number(row["spend_per_head_gbp"], 0),
                        number(row["england_spend_per_head_gbp"], 0),
                    ],
                    "",
                )
                for row in held
            ],
        )
        figures.append(Figure(Markup(outcome), f"{ranking_name}: outcome", table, LEGEND_TREND))
        figures.append(Figure(Markup(spend), f"{ranking_name}: spend", spend_table, LEGEND_TREND))
    return Section(
        "trend",
        "Over the editions, against England and neighbours",
        paragraphs=[
            "Scores of all editions are on the same goalposts; which measures count differs between "
            "editions, so a step "
            "in a line may be a step in what is counted. Lines break where Census 2021 changed the "
            "population that spend is divided by. Whether a change is more than noise is said above."
        ],
        figures=figures,
    )


def peers_section(name: str, edition: str, rows: Sequence[Row], site: Site) -> Section:
    """The peers' overall standing, as ranges, and who stands above whom."""
    columns = [
        Column("council", "Council"),
        Column("rank", "Overall rank, and where it likely lies"),
        Column("index", "Productivity index", numeric=True),
        Column("above", f"{name} above it in so many draws, %", numeric=True),
    ]
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
        "Its peers",
        paragraphs=[
            "Two councils whose ranges overlap are not thereby equal: the last column says how often the "
            "one stands above "
            "the other when both are counted the same way."
        ],
        tables=[Table("peers", f"Peers of {name}, overall, {edition}", columns, body, sortable=True)]
        if rows
        else [],
        after=[] if rows else ["No peers are held for this edition."],
        controls="peers-again",
    )
