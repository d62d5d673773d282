"""A council's report: where it stands, its measures, its spend and what explains the position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Column, Figure, Section, Table, by_peers, link, small
from scripts.site.shared import LEGEND_SCATTER
from scripts.site.words import companion_or_reason, number, plain, plain_apart, rank_or_reason, signed

if TYPE_CHECKING:
    from scripts.site.data import Row
    from scripts.site.pages import Site


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
        f"Rank ranges of {name}, {edition}",
        "For the index overall and each lens: a bar over the places likely, a dot at the council's rank.",
        lines,
    )
    columns = [
        Column("lens", "Lens"),
        Column("rank", "Rank, and where it likely lies"),
        Column("companion", "Companion rank"),
        Column("index", "Productivity index", numeric=True),
        Column("outcome", "Outcome score", numeric=True),
        Column("spend_index", "Spend index", numeric=True),
        Column("per_head", "Spend per head, \u00a3", numeric=True),
        Column("parts", "Held", numeric=True),
    ]
    table = Table(
        "standing",
        f"Standing of {name} in {edition}",
        columns,
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
                    f"{row['parts_present']} of {row['parts_active']}",
                ],
                "",
            )
            for row in rows
        ],
        note="Productivity index: 100 is the median of the ranked councils. Spend index: 1 is England. "
        f"Held: measures of a lens, lenses overall. {words.COMPANION}",
    )
    return Section(
        "standing",
        "Where it stands, as a range",
        paragraphs=[
            "A dot is the rank as published; the bar is where nine tenths of 1,000 other reasonable ways "
            "to count "
            "put the council.",
            *filter(None, [words.intervals_sentence(rows[0])] if rows[0]["ranking_id"] == "overall" else []),
        ],
        figures=[
            Figure(
                Markup(svg), f"Rank ranges, {edition}", table, (("lit", "rank"), ("range", "likely range"))
            )
        ],
    )


def views_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """The views and how many agree: five, and a sixth where children are counted."""
    columns = [
        Column("lens", "Lens or module"),
        Column("ratio", "Ratio"),
        Column("balanced", "Balanced"),
        Column("need", "Need residual"),
        Column("frontier", "Frontier"),
        Column("quadrant", "Outcome and spend against the mean"),
        Column("activity", "Per unit of activity"),
        Column("good", "First quarter, or better for less", numeric=True),
    ]

    def frontier(row: Row) -> Markup | str:
        quarter = words.QUARTER[row["frontier_quartile"]]
        if row["is_efficient_by_default"]:
            return small(quarter, "nobody spends less, so nobody can be compared")
        if row["frontier_gss_code"] == row["gss_code"]:
            return small(quarter, "nobody gets more for the same money")
        return small(quarter, f"most for the same money: {row['frontier_title']}")

    def activity(row: Row) -> Markup | str:
        if row["activity_quartile"] is None:
            reason = words.MISSING.get(row["no_split_reason"] or "")
            return f"a count: {reason}" if reason else words.NO_VALUE
        return small(
            words.QUARTER[row["activity_quartile"]],
            f"England 1: activity per child {number(row['activity_per_child_index'], 2)}, "
            f"spend per unit of it {number(row['spend_per_activity_index'], 2)}",
        )

    table = Table(
        "views",
        f"Ways to look at outcome and spend, {name}, {edition}",
        columns,
        [
            (
                row["ranking_id"],
                [
                    row["ranking_name"],
                    words.QUARTER[row["ratio_quartile"]],
                    words.QUARTER[row["balanced_quartile"]],
                    words.QUARTER.get(row["need_residual_quartile"], words.no_need(row)),
                    frontier(row),
                    words.QUADRANT[row["quadrant"]],
                    activity(row),
                    words.agreement(row),
                ],
                "",
            )
            for row in rows
        ],
        note="Ratio: outcome over spend, the headline. Balanced: both count the same. Need residual: "
        "what income "
        "deprivation explains is taken out. Frontier: against the most anyone gets for the same money or "
        "less. Per unit of activity: spend on children is divided by children looked after, in need and "
        "leaving care at England's unit costs, in place of all children.",
    )
    return Section(
        "views",
        "Views, and how many agree",
        paragraphs=[
            "One ratio is one way to look. Where the views disagree, the rank follows from the way of "
            "counting."
        ],
        tables=[table] if rows else [],
        after=[] if rows else ["No lens is ranked in this edition, so there are no views to compare."],
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
            f"Spend against outcome, {row['ranking_name']}, {edition}",
            f"{name}: outcome score {number(row['outcome_score'])}, spend index "
            f"{number(row['spend_index'], 2)}. Each "
            "dot is a ranked council; further up is a better outcome, further left is less spend.",
            [(other["spend_index"], other["outcome_score"]) for other in everyone],
            everyone[0]["mean_outcome_score"],
            peers,
            lit,
        )
        href = site.lens_href("../", row["ranking_id"], edition)
        more = link(href, "All councils as a table") if href else ""
        figures.append(Figure(Markup(svg), row["ranking_name"], None, LEGEND_SCATTER, more))
    return Section(
        "spend-and-outcome",
        "Spend against outcome",
        paragraphs=[
            "Up is a better outcome, left is less spend. A dot for each ranked council; spend is spaced "
            "so that half and "
            "twice England's are as far from it."
        ],
        figures=figures,
        controls="peers",
    )


def measures_section(name: str, edition: str, rows: Sequence[Row], site: Site) -> Section:
    """Every measure with its grade, its peers, what is missing and what would move it."""
    tables = []
    for (ranking_id, ranking_name), held in groupby(
        rows, key=lambda row: (row["ranking_id"], row["ranking_name"])
    ):
        columns = [
            Column("measure", "Measure"),
            Column("value", "Value", numeric=True),
            Column("grade", "Grade"),
            Column("peers", "Median of peers", numeric=True),
            Column("england", "Median of England", numeric=True),
            Column("next", "Next grade at", numeric=True),
            Column("band", "Rank beyond its range at", numeric=True),
        ]
        body = []
        for row in held:
            measure = Markup('<a href="{}">{}</a> <small>{}, {}</small>').format(
                site.measure_href("../", row["measure_id"]),
                row["measure_name"],
                row["unit"],
                row["polarity_in_words"],
            )
            for note in site.notes.get((row["gss_code"], row["measure_id"], edition), ()):
                measure += Markup('<small class="note">The council says ({}): {}</small>').format(
                    note["noted_on"], note["note"]
                )
            missing = words.MISSING.get(row["missing_reason"] or "")
            following = (
                f"{plain_apart(row['value_for_next_grade'], row['value'])} ({row['next_grade']})"
                if row["next_grade"]
                else words.NO_VALUE
            )
            beyond = (
                plain_apart(row["value_for_rank_above_band"], row["value"])
                if row["value_for_rank_above_band"] is not None
                else "not alone"
                if row["rank_band_answer"] == "out_of_reach_of_this_measure_alone"
                else words.NO_VALUE
            )
            body.append(
                (
                    row["measure_id"],
                    [
                        measure,
                        missing or plain(row["value"]),
                        row["grade"] or words.NO_VALUE,
                        by_peers(
                            plain(row["ons_median"]), plain(row["dfe_median"]), plain(row["region_median"])
                        ),
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
                f"{ranking_name}: measures of {name}, {edition}",
                columns,
                body,
                sortable=True,
            )
        )
    return Section(
        "measures",
        "Every measure",
        paragraphs=[
            "Grade A is the best fifth of the scale between fixed goalposts, E the last; a dash where "
            "the measure is not "
            "scored. The last two columns say what would move it, all else unchanged: arithmetic, not a "
            "forecast, not "
            "advice. \u201cNot alone\u201d: no value of this measure by itself lifts the rank beyond its "
            "likely range."
        ],
        tables=tables,
        controls="peers-again",
    )


def spend_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """The lines that the spend of each lens is made of."""
    columns = [
        Column("line", "Line"),
        Column("spend", "\u00a3 thousand", numeric=True),
        Column("publication", "From"),
    ]
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
                    small(row["publication_name"], "second-hand")
                    if row["second_hand_source"]
                    else row["publication_name"],
                ],
                "",
            )
            for row in held
        ]
        body.append(("sum", ["Spend", number(held[0]["spend_in_all_thousands_gbp"], 0), ""], "sum"))
        caption = f"{held[0]['ranking_name']}: the spend of {name} in {edition}"
        folded.append(Table(f"spend-lines-{ranking_id}", caption, columns, body))
    return Section(
        "spend-lines",
        "What the spend is made of",
        paragraphs=[
            "The lines of each lens, as its publication prints them, in pounds of the year; in a county, its "
            "districts' are added. Without one of them there is no spend.",
            *(f"Second-hand: {source}." for source in sources),
        ],
        folded=folded,
    )


def bars_against(rows: Sequence[Row], name: str, against: str) -> Markup:
    """The parts of a difference as bars."""
    return Markup(
        charts.bars(
            f"{name} against {against}",
            "Bars to the right speak for the council in the ratio of outcome to spend, bars to the left "
            "against it.",
            [(row["component_name"], row["points"], signed(row["points"], 1)) for row in rows],
            "% of the index of what it is compared with",
            diverging=True,
        )
    )


def explanation_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """What explains the position against England and the nearest neighbour."""
    figures, folded = [], []
    columns = [
        Column("part", "Part of the difference"),
        Column("points", "% of the index", numeric=True),
        Column("ln", "Logarithm", numeric=True),
    ]

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
        body.append(("sum", ["Sum", *in_all], "sum"))
        lens, kind = held[0]["ranking_id"], held[0]["reference_kind"]
        return Table(f"parts-{lens}-{kind}", title, columns, body)

    for (ranking_id, kind), group in groupby(
        rows, key=lambda row: (row["ranking_id"], row["reference_kind"])
    ):
        held = list(group)
        against = held[0]["reference_title"]
        if kind == "neighbour":
            against += ", the nearest neighbour that is ranked"
        title = f"{held[0]['ranking_name']}: {name} against {against}, {edition}"
        if ranking_id == "overall":
            figures.append(
                Figure(
                    bars_against(held, name, against), f"Overall, against {against}", table_of(held, title)
                )
            )
        else:
            folded.append(table_of(held, title))
    return Section(
        "explanation",
        "What explains the position",
        paragraphs=[
            "The difference taken apart into outcomes and spend; the parts add up. More than zero speaks for "
            "the council in the ratio, less against it: money not spent speaks for it. England stands here "
            "as a council of its own, with the mean score of the ranked councils in each measure and its own "
            "spend per head. It does not say why figures differ."
        ],
        figures=figures,
        folded=folded,
        after=[]
        if rows
        else ["The council is ranked in no lens of this edition, so there is no position to take apart."],
    )
