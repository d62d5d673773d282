"""A council's report: where it stands, its measures, its spend and what explains the position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Figure, Section, Table, by_peers, link, small
from scripts.site.said import columns, linked, said
from scripts.site.shared import LEGEND_RANGES, LEGEND_SCATTER, PEERS
from scripts.site.sources import reply_link
from scripts.site.words import companion_or_reason, number, plain, plain_apart, rank_or_reason, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site

SAY = said("council_standing")


def standing_section(name: str, rows: Sequence[Row], site: Site) -> Section:
    """Overall and each lens as a range."""
    edition = rows[0]["edition"]
    lines = [
        (
            row["ranking_name"],
            row["productivity_rank"],
            row["rank_p05"],
            row["rank_p95"],
            row["ranked_councils"] or 0,
            words.range_alone(row),
        )
        for row in rows
    ]
    svg = charts.ranges(
        SAY.ranges_named(name, edition),
        SAY.ranges_told,
        lines,
    )
    table = Table(
        "standing",
        SAY.standing_caption(name, edition),
        columns(SAY.standing, words_only=("rank", "companion")),
        [
            (
                row["ranking_id"],
                [
                    link(site.lens_href("../", row["ranking_id"], edition), row["ranking_name"])
                    if site.lens_href("../", row["ranking_id"], edition)
                    else row["ranking_name"],
                    rank_or_reason(row),
                    companion_or_reason(row),
                    number(row["productivity_index"]),
                    number(row["outcome_score"]),
                    number(row["spend_index"], 2),
                    number(row["spend_per_head_gbp"], 0),
                    SAY.parts(row),
                ],
                "",
            )
            for row in rows
        ],
        note=SAY.standing_note,
    )
    return Section(
        "standing",
        "",
        paragraphs=[
            SAY.standing_lead,
            *filter(None, [words.intervals_sentence(rows[0])] if rows[0]["ranking_id"] == "overall" else []),
        ],
        figures=[Figure(Markup(svg), SAY.ranges_title(edition), table, LEGEND_RANGES, shows=("rank",))],
    )


def views_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """The views and how many agree: five, and a sixth where children are counted."""

    def activity(row: Row) -> Markup | str:
        if row["activity_quartile"] is None:
            reason = words.MISSING.get(row["no_split_reason"] or "")
            return str(SAY.no_activity(reason)) if reason else words.NO_VALUE
        return small(words.QUARTER[row["activity_quartile"]], SAY.activity(row))

    table = Table(
        "views",
        SAY.views_caption(name, edition),
        columns(SAY.views, words_only=[view for view in SAY.views if view != "good"]),
        [
            (
                row["ranking_id"],
                [
                    row["ranking_name"],
                    words.QUARTER[row["ratio_quartile"]],
                    words.QUARTER[row["balanced_quartile"]],
                    words.QUARTER.get(row["need_residual_quartile"], words.no_need(row)),
                    small(words.QUARTER[row["frontier_quartile"]], SAY.frontier(row)),
                    words.QUADRANT[row["quadrant"]],
                    activity(row),
                    words.agreement(row),
                ],
                "",
            )
            for row in rows
        ],
        note=SAY.views_note,
    )
    return Section(
        "views",
        "",
        paragraphs=[SAY.views_lead],
        tables=[table] if rows else [],
        after=[] if rows else [SAY.views_none],
    )


def scatter_section(name: str, code: str, edition: str, rows: Sequence[Row], site: Site) -> Section:
    """Spend against outcome in each lens, with the council and its peers lit."""
    figures = []
    peer_sets: defaultdict[str, list[str]] = defaultdict(list)
    for peer in site.peers.get((edition, code), ()):
        peer_sets[peer["peer_gss_code"]].append(peer["peer_set"])
    for row in rows:
        if row["ranking_id"] == "overall" or row["productivity_rank"] is None:
            continue
        everyone = site.scatter[(edition, row["ranking_id"])]
        lit = (row["spend_index"], row["outcome_score"], name)
        peers = [
            (
                other["spend_index"],
                other["outcome_score"],
                site.titles[other["gss_code"]],
                " ".join(f"m-{peer_set}" for peer_set in peer_sets[other["gss_code"]]),
            )
            for other in everyone
            if other["gss_code"] in peer_sets
        ]
        svg = charts.scatter(
            SAY.scatter_named(row, edition),
            SAY.scatter_told(name, row),
            [(other["spend_index"], other["outcome_score"]) for other in everyone],
            everyone[0]["mean_outcome_score"],
            peers,
            lit,
        )
        href = site.lens_href("../", row["ranking_id"], edition)
        more = link(href, SAY.scatter_link) if href else ""
        figures.append(Figure(Markup(svg), row["ranking_name"], None, LEGEND_SCATTER, more))
    return Section(
        "spend-and-outcome",
        "",
        paragraphs=[SAY.scatter_lead],
        figures=figures,
        controls="peers-again",
    )


def scatter_links(slug: str, edition: str, rows: Sequence[Row], site: Site) -> Section:
    """Where the lenses of an older edition set spend against outcome, with the council lit."""
    ranked = [row for row in rows if row["ranking_id"] != "overall" and row["productivity_rank"] is not None]
    pages = [(row["ranking_name"], site.lens_href("../", row["ranking_id"], edition)) for row in ranked]
    return Section(
        "spend-and-outcome",
        "",
        paragraphs=[SAY.scatter_elsewhere] if ranked else [],
        items=[link(f"{href}#council={slug}", name) for name, href in pages],
    )


def sources_of_measures() -> Markup:
    """Where the figures of measures come from, and how a council answers one."""
    return linked(SAY.measures_sources, reply_link("../"))


def notes_of(site: Site, code: str, measure_id: str, edition: str) -> Markup:
    """What a council says of its own figure, below the measure's name."""
    notes = site.notes.get((code, measure_id, edition), ())
    return Markup("").join(
        Markup('<small class="note">{}</small>').format(SAY.council_says(note)) for note in notes
    )


def measures_section(name: str, edition: str, rows: Sequence[Row], site: Site) -> Section:
    """Every measure with its grade, its peers, what is missing and what would move it."""
    tables = []
    for (ranking_id, ranking_name), held in groupby(
        rows, key=lambda row: (row["ranking_id"], row["ranking_name"])
    ):
        body = []
        for row in held:
            named = link(site.measure_href_of("../", row["measure_id"], edition), row["measure_name"])
            notes = notes_of(site, row["gss_code"], row["measure_id"], edition)
            missing = words.MISSING.get(row["missing_reason"] or "")
            following = SAY.next_grade(row) if row["next_grade"] else words.NO_VALUE
            beyond = (
                plain_apart(row["value_for_rank_above_band"], row["value"])
                if row["value_for_rank_above_band"] is not None
                else SAY.not_alone
                if row["rank_band_answer"] == "out_of_reach_of_this_measure_alone"
                else words.NO_VALUE
            )
            body.append(
                (
                    row["measure_id"],
                    [
                        small(named, SAY.measured_in(row)) + notes,
                        missing or plain(row["value"]),
                        row["grade"] or words.NO_VALUE,
                        by_peers(*(plain(row[f"{peer_set}_median"]) for peer_set in PEERS)),
                        plain(row["england_median"]),
                        following,
                        beyond,
                    ],
                    "missing" if missing else f"g{row['grade']}" if row["grade"] else "",
                )
            )
        tables.append(
            Table(
                f"measures-{ranking_id}",
                SAY.measures_caption(ranking_name, name, edition),
                columns(SAY.measures, words_only=("grade",)),
                body,
                sortable=True,
            )
        )
    return Section(
        "measures",
        "",
        paragraphs=[
            SAY.measures_lead,
            sources_of_measures(),
        ],
        tables=tables,
        controls="peers-again",
    )


def spend_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """The lines that the spend of each lens is made of."""
    headings = columns(SAY.spend, words_only=("publication",))
    sources = sorted({row["second_hand_source"] for row in rows if row["second_hand_source"]})
    folded = []
    for ranking_id, group in groupby(rows, key=lambda row: row["ranking_id"]):
        held = list(group)
        body = [
            (
                row["line_id"],
                [
                    row["line_name"],
                    words.MISSING.get(row["missing_reason"] or "", number(row["spend_thousands_gbp"], 0)),
                    small(row["publication_name"], SAY.second_hand)
                    if row["second_hand_source"]
                    else row["publication_name"],
                ],
                "",
            )
            for row in held
        ]
        body.append(("sum", [SAY.spend_sum, number(held[0]["spend_in_all_thousands_gbp"], 0), ""], "sum"))
        caption = SAY.spend_caption(held[0]["ranking_name"], name, edition)
        folded.append(Table(f"spend-lines-{ranking_id}", caption, headings, body))
    return Section(
        "spend-lines",
        "",
        paragraphs=[
            SAY.spend_lead,
            *(SAY.second_hand_source(source) for source in sources),
        ],
        folded=folded,
    )


def bars_against(rows: Sequence[Row], name: str, against: str) -> Markup:
    """The parts of a difference as bars."""
    return Markup(
        charts.bars(
            SAY.bars_named(name, against),
            SAY.bars_told,
            [(row["component_name"], row["points"], signed(row["points"], 1)) for row in rows],
            SAY.bars_axis,
            diverging=True,
        )
    )


def explanation_section(name: str, edition: str, rows: Sequence[Row], is_lean: bool = False) -> Section:
    """What explains the position against England and the nearest neighbour.

    A lean one is of the overall ranking against England; the rest is among the downloads.
    """
    figures, folded = [], []

    def table_of(held: Sequence[Row], title: str) -> Table:
        body = [
            (
                f"{row['component_kind']}:{row['component_id']}",
                [row["component_name"], signed(row["points"], 1), signed(row["ln_points"], 3)],
                "",
            )
            for row in held
        ]
        in_all = [signed(held[0]["points_in_all"], 1), signed(held[0]["ln_points_in_all"], 3)]
        body.append(("sum", [SAY.difference_sum, *in_all], "sum"))
        lens, kind = held[0]["ranking_id"], held[0]["reference_kind"]
        return Table(f"parts-{lens}-{kind}", title, columns(SAY.difference), body)

    for (ranking_id, kind), group in groupby(
        rows, key=lambda row: (row["ranking_id"], row["reference_kind"])
    ):
        held = list(group)
        if is_lean and (ranking_id != "overall" or kind == "neighbour"):
            continue
        against = held[0]["reference_title"]
        if kind == "neighbour":
            against = SAY.neighbour(against)
        title = SAY.parts_caption(held[0]["ranking_name"], name, against, edition)
        if ranking_id == "overall":
            bars = bars_against(held, name, against)
            figures.append(Figure(bars, SAY.bars_title(against), table_of(held, title), shows=("points",)))
        else:
            folded.append(table_of(held, title))
    elsewhere = linked(SAY.explanation_elsewhere, link("../downloads.html", SAY.downloads))
    after = [elsewhere] if is_lean else []
    return Section(
        "explanation",
        "",
        paragraphs=[SAY.explanation_lead],
        figures=figures,
        folded=folded,
        after=after if rows else [SAY.explanation_none],
    )
