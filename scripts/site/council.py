"""The report of a council in one edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scripts.site import charts, words
from scripts.site.parts import Column, Figure, Page, Section, Table, by_peers, link, small
from scripts.site.words import number, ordinal, plain, rank_or_reason, signed

if TYPE_CHECKING:
    from scripts.site.pages import Site

Row = dict[str, Any]

LEGEND_SCATTER = (
    ("lit", "this council"),
    ("peer", "peers"),
    ("all", "all ranked councils"),
    ("mid", "England's spend, mean outcome"),
)
LEGEND_TREND = (("s1", "this council"), ("s2", "nearest neighbours, median"), ("s3", "England"))

MODULES = {
    "adult_social_care": (
        "Adult social care",
        "adult",
        ("quality_of_life", "independence", "prevention", "experience"),
    ),
    "childrens_services": (
        "Children's services",
        "child",
        ("referral", "protection", "care", "leaving_care", "youth_justice"),
    ),
    "valuing_care": ("Valuing Care", "looked-after child", ("education", "emotional_health", "care_leavers")),
}


def standing_section(name: str, rows: Sequence[Row], site: Site) -> Section:
    """Overall and each lens as a range."""
    edition = rows[0]["edition"]
    lines = [
        (
            row["lens_name"],
            row["productivity_rank"],
            row["rank_p05"],
            row["rank_p95"],
            row["ranked_councils"] or 0,
            f"{ordinal(row['rank_p05'])} to {ordinal(row['rank_p95'])} of {row['ranked_councils']}"
            if row["rank_p05"]
            else "not ranked",
        )
        for row in rows
    ]
    svg = charts.ranges(
        f"Rank ranges of {name}, {edition}",
        "For the index overall and each lens: a bar over the places likely for the council, a dot at its "
        "rank.",
        lines,
    )
    columns = [
        Column("lens", "Lens"),
        Column("rank", "Rank, and where it likely lies"),
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
                row["lens_id"],
                [
                    link(site.lens_href("../", row["lens_id"], edition), row["lens_name"])
                    if site.lens_href("../", row["lens_id"], edition)
                    else row["lens_name"],
                    rank_or_reason(row),
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
        "Held: measures "
        "of a lens, lenses overall.",
    )
    return Section(
        "standing",
        "Where it stands, as a range",
        paragraphs=[
            "A dot is the rank as published; the bar is where nine tenths of 1,000 other reasonable ways "
            "to count "
            "put the council."
        ],
        figures=[
            Figure(
                Markup(svg), f"Rank ranges, {edition}", table, (("lit", "rank"), ("range", "likely range"))
            )
        ],
    )


def views_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """The five views and how many agree."""
    columns = [
        Column("lens", "Lens"),
        Column("ratio", "Ratio"),
        Column("balanced", "Balanced"),
        Column("need", "Need residual"),
        Column("frontier", "Frontier"),
        Column("quadrant", "Outcome and spend against the mean"),
        Column("good", "First quarter, or better for less", numeric=True),
    ]

    def frontier(row: Row) -> Markup | str:
        quarter = words.QUARTER[row["frontier_quartile"]]
        if row["is_efficient_by_default"]:
            return small(quarter, "nobody spends less, so nobody can be compared")
        if row["frontier_gss_code"] == row["gss_code"]:
            return small(quarter, "nobody gets more for the same money")
        return small(quarter, f"most for the same money: {row['frontier_title']}")

    table = Table(
        "views",
        f"Five ways to look at outcome and spend, {name}, {edition}",
        columns,
        [
            (
                row["lens_id"],
                [
                    row["lens_name"],
                    words.QUARTER[row["ratio_quartile"]],
                    words.QUARTER[row["balanced_quartile"]],
                    words.QUARTER.get(row["need_residual_quartile"], "no need declared"),
                    frontier(row),
                    words.QUADRANT[row["quadrant"]],
                    words.agreement(row),
                ],
                "",
            )
            for row in rows
        ],
        note="Ratio: outcome over spend, the headline. Balanced: both count the same. Need residual: "
        "what income "
        "deprivation explains is taken out. Frontier: against the most anyone gets for the same money or "
        "less.",
    )
    return Section(
        "views",
        "Five views, and how many agree",
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
        if row["lens_id"] == "overall" or row["productivity_rank"] is None:
            continue
        everyone = site.scatter[(edition, row["lens_id"])]
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
            f"Spend against outcome, {row['lens_name']}, {edition}",
            f"{name}: outcome score {number(row['outcome_score'])}, spend index "
            f"{number(row['spend_index'], 2)}. Each "
            "dot is a ranked council; further up is a better outcome, further left is less spend.",
            [(other["spend_index"], other["outcome_score"]) for other in everyone],
            everyone[0]["mean_outcome_score"],
            peers,
            lit,
        )
        href = site.lens_href("../", row["lens_id"], edition)
        more = link(href, "All councils as a table") if href else ""
        figures.append(Figure(Markup(svg), row["lens_name"], None, LEGEND_SCATTER, more))
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
    for (lens_id, lens_name), held in groupby(rows, key=lambda row: (row["lens_id"], row["lens_name"])):
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
                f"{plain(row['value_for_next_grade'])} ({row['next_grade']})"
                if row["next_grade"]
                else words.NO_VALUE
            )
            beyond = (
                plain(row["value_for_rank_above_band"])
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
                f"measures-{lens_id}",
                f"{lens_name}: measures of {name}, {edition}",
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


def bars_against(rows: Sequence[Row], name: str, against: str) -> Markup:
    """The parts of a difference as bars."""
    return Markup(
        charts.bars(
            f"{name} against {against}",
            "Bars to the right speak for the council in the ratio of outcome to spend, bars to the left "
            "against it.",
            [(row["component_name"], row["points"], signed(row["points"], 1)) for row in rows],
            "Hundredths of the logarithm; 10 is about a tenth",
            diverging=True,
        )
    )


def explanation_section(name: str, edition: str, rows: Sequence[Row]) -> Section:
    """What explains the position against the median council and the nearest neighbour."""
    figures, folded = [], []
    columns = [
        Column("part", "Part of the difference"),
        Column("points", "Hundredths of the logarithm", numeric=True),
    ]

    def table_of(held: Sequence[Row], title: str) -> Table:
        body = [
            (
                f"{row['component_kind']}:{row['component_id']}",
                [row["component_name"], signed(row["points"], 1)],
                "",
            )
            for row in held
        ]
        body.append(("sum", ["Sum", signed(held[0]["points_in_all"], 1)], "sum"))
        lens, kind = held[0]["lens_id"], held[0]["reference_kind"]
        return Table(f"parts-{lens}-{kind}", title, columns, body)

    for (lens_id, kind), group in groupby(rows, key=lambda row: (row["lens_id"], row["reference_kind"])):
        held = list(group)
        against = f"{held[0]['reference_title']}, " + (
            "the median council" if kind == "median_council" else "the nearest neighbour that is ranked"
        )
        title = f"{held[0]['lens_name']}: {name} against {against}, {edition}"
        if lens_id == "overall":
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
            "The difference taken apart into outcomes and spend; the parts add up. More than zero speaks "
            "for the council "
            "in the ratio, less against it: money not spent speaks for it. It does not say why figures "
            "differ."
        ],
        figures=figures,
        folded=folded,
        after=[]
        if rows
        else ["The council is ranked in no lens of this edition, so there is no position to take apart."],
    )


def change_section(name: str, edition: str, rows: Sequence[Row], no_change: str | None) -> Section:
    """Change since the edition before, or that there is none to tell."""
    columns = [
        Column("lens", "Lens"),
        Column("change", "Change in productivity"),
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
        f"Change of {name} since {rows[0]['from_edition']}, like for like, in constant prices"
        if rows
        else "",
        columns,
        [
            (
                row["lens_id"],
                [
                    row["lens_name"],
                    verdicts[row["change_verdict"]],
                    signed(row["productivity_change_pct_p05"]),
                    signed(row["productivity_change_pct_p95"]),
                ],
                "",
            )
            for row in rows
        ],
        note="Only measures held in both editions. A range on both sides of zero is not called a change.",
    )
    reason = no_change or "the council is not ranked in both editions"
    return Section(
        "change",
        "Change since the edition before",
        tables=[table] if rows else [],
        paragraphs=[] if rows else [f"No change is shown to {edition}: {reason}."],
    )


def trend_section(name: str, rows: Sequence[Row], site: Site) -> Section:
    """Outcome and spend by edition against England and the nearest neighbours."""
    figures = []
    for (_, lens_name), group in groupby(rows, key=lambda row: (row["lens_id"], row["lens_name"])):
        held = list(group)
        editions = [row["edition"] for row in held]
        if not any(row["outcome_score"] is not None for row in held):
            continue
        short = [edition[2:] for edition in editions]
        outcome = charts.lines(
            f"Outcome score by edition, {lens_name}",
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
            f"Spend index by edition, {lens_name}",
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
        lens_id = held[0]["lens_id"]
        table = Table(
            f"trend-outcome-{lens_id}",
            f"{lens_name}: outcome score by edition, {name}",
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
            f"trend-spend-{lens_id}",
            f"{lens_name}: spend by edition, {name}",
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
        figures.append(Figure(Markup(outcome), f"{lens_name}: outcome", table, LEGEND_TREND))
        figures.append(Figure(Markup(spend), f"{lens_name}: spend", spend_table, LEGEND_TREND))
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


def module_panel(
    module: str, name: str, rows: Sequence[Row], site: Site, extra: Sequence[Table] = ()
) -> Section | None:
    """A module in one panel: outcome by domain in the newest scored edition, standing, spend, change."""
    title, unit, domains = MODULES[module]
    held = [row for row in rows if row["outcome_score"] is not None]
    if not held:
        return None
    newest = held[-1]
    years = [row["edition"] for row in rows]
    bars = [("All domains", newest["outcome_score"], newest["peer_outcome_score"])] + [
        (words.words(domain).capitalize(), newest[f"{domain}_score"], newest[f"peer_{domain}_score"])
        for domain in domains
    ]
    domain_table = Table(
        f"{module}-domains",
        f"{title}: outcome score of {name} by domain, {newest['edition']}",
        [
            Column("domain", "Domain"),
            Column("score", "Outcome score", numeric=True),
            Column("peers", "Neighbours", numeric=True),
        ],
        [
            (domain_id, [label, number(score), number(peer)], "")
            for domain_id, (label, score, peer) in zip(("all", *domains), bars, strict=True)
        ],
    )
    years_table = Table(
        f"{module}-years",
        f"{title}: {name} by edition",
        [
            Column("edition", "Edition"),
            Column("rank", "Rank, and where it likely lies"),
            Column("outcome", "Outcome score", numeric=True),
            Column("per_head", f"Spend per {unit}, \u00a3", numeric=True),
            Column("england", "England, \u00a3", numeric=True),
            Column("peers", "Neighbours, \u00a3", numeric=True),
        ],
        [
            (
                row["edition"],
                [
                    row["edition"],
                    rank_or_reason(row),
                    number(row["outcome_score"]),
                    number(row["spend_per_head_gbp"], 0),
                    number(row["england_spend_per_head_gbp"], 0),
                    number(row["peer_spend_per_head_gbp"], 0),
                ],
                "",
            )
            for row in rows
        ],
    )
    bar_chart = charts.bars(
        f"{title}: outcome score by domain, {newest['edition']}",
        f"{name}; 1 is the worst goalpost, 100 the best.",
        [(label, score, number(score)) for label, score, _ in bars if score is not None],
        "Outcome score, 1 to 100",
    )
    short = [year[2:] for year in years]
    spend_chart = charts.lines(
        f"{title}: spend per {unit}",
        f"{name}, the median of its neighbours and England, in pounds of the day.",
        short,
        [
            ("England", "s3", [row["england_spend_per_head_gbp"] for row in rows]),
            ("Neighbours, median", "s2", [row["peer_spend_per_head_gbp"] for row in rows]),
            (name, "s1", [row["spend_per_head_gbp"] for row in rows]),
        ],
        f"\u00a3 per {unit}",
        every=1 if len(years) <= 7 else 2,
        breaks=site.new_bases(years),
    )
    items = [f"In {newest['edition']}: {rank_or_reason(newest)}."]
    if newest["change_verdict"]:
        items.append(
            words.change_sentence(
                dict(newest, from_edition=newest["productivity_from_edition"]), newest["edition"]
            )
        )
    return Section(
        module.replace("_", "-"),
        title,
        paragraphs=[
            link(f"../modules/{module.replace('_', '-')}.html", f"{title}: all councils, and how it is made")
        ],
        items=items,
        figures=[
            Figure(Markup(bar_chart), f"Outcome by domain, {newest['edition']}", domain_table),
            Figure(Markup(spend_chart), f"Spend per {unit}", years_table, LEGEND_TREND),
        ],
        folded=list(extra),
    )


def grip_table(name: str, rows: Sequence[Row]) -> Table:
    """Outturn against budget."""
    return Table(
        "grip",
        f"Adult social care: outturn of {name} against its budget",
        [
            Column("edition", "Edition"),
            Column("over", "Over budget, %", numeric=True),
            Column("england", "England, %", numeric=True),
            Column("grip", "In words"),
        ],
        [
            (
                row["edition"],
                [
                    row["edition"],
                    signed(row["over_budget_pct"], 1),
                    signed(row["england_over_budget_pct"], 1),
                    words.GRIP.get(
                        row["grip"] or "", words.MISSING.get(row["missing_reason"] or "", "not held")
                    ),
                ],
                "",
            )
            for row in rows
        ],
        note="Outturn and budget come from different returns: read England's beside it.",
    )


def context_table(module: str, title: str, name: str, rows: Sequence[Row]) -> Table | None:
    """Figures shown beside the outcomes of a module, newest edition with any."""
    held = [row for row in rows if row["value"] is not None]
    if not held:
        return None
    newest = max(row["edition"] for row in held)
    return Table(
        f"{module}-context",
        f"{title}: shown beside the outcomes and never graded, {name}, {newest}",
        [
            Column("figure", "Figure"),
            Column("value", "Value", numeric=True),
            Column("peers", "Neighbours, median", numeric=True),
        ],
        [
            (
                row["figure_id"],
                [
                    small(row["figure_name"], row["unit"]),
                    words.MISSING.get(row["missing_reason"] or "", plain(row["value"])),
                    plain(row["peer_median"]),
                ],
                "",
            )
            for row in rows
            if row["edition"] == newest
        ],
    )


def transfers_panel(name: str, code: str, slug: str, site: Site) -> Section | None:
    """Delayed transfers in one panel."""
    months = site.dtoc_months.get(code)
    if not months or not any(row["delayed_days"] is not None for row in months):
        return None
    years = site.dtoc_years[code]
    names = [row["month"] for row in months]
    svg = charts.lines(
        f"Delayed beds a day per 100,000 adults, {name}",
        "Rate by month and its mean over twelve months.",
        [month[:4] for month in names],
        [
            ("Rate", "s2", [row["rate"] for row in months]),
            ("Mean of twelve months", "s1", [row["mean_rate"] for row in months]),
        ],
        "Beds a day per 100,000 adults",
        include=(0.0,),
        show_dots=False,
        every=12,
    )
    table = Table(
        "transfers-years",
        f"Delayed transfers of {name} by edition",
        [
            Column("edition", "Edition"),
            Column("months", "Months held", numeric=True),
            Column("days", "Delayed days", numeric=True),
            Column("rate", "Beds a day per 100,000 adults", numeric=True),
            Column("peers", "Neighbours, median", numeric=True),
        ],
        [
            (
                row["edition"],
                [
                    row["edition"],
                    number(row["months_held"], 0),
                    number(row["delayed_days"], 0),
                    number(row["rate"]),
                    number(row["peer_rate"]),
                ],
                "",
            )
            for row in years
        ],
    )
    return Section(
        "delayed-transfers",
        "Delayed transfers",
        paragraphs=[link(f"../delayed-transfers/{slug}.html", f"The pack of ten charts for {name}")],
        figures=[
            Figure(
                Markup(svg),
                "Delayed beds by month",
                table,
                (("s1", "mean of twelve months"), ("s2", "month")),
            )
        ],
    )


def council_page(site: Site, council: Row, edition: str) -> Page:
    """The report of one council in one edition; the first one also has the years and the modules."""
    code, name = council["gss_code"], council["title"]
    is_main = edition == council["main_edition"]
    rows = site.standings[(edition, code)]
    lenses = [row for row in rows if row["lens_id"] != "overall"]
    measures = site.measures[(edition, code)]
    parts = site.decomposition[(edition, code)]
    changes = site.change[(edition, code)]
    overall_change = next((row for row in changes if row["lens_id"] == "overall"), None)
    says = [words.overall_sentence(name, rows[0]), *words.half_sentences(lenses)]
    if overall_change:
        says.append(words.change_sentence(overall_change, edition))
    sections = [
        Section(
            "says",
            "What the figures say",
            items=says,
        ),
        Section(
            "ask",
            "What to ask next",
            items=words.questions(name, lenses, parts, measures)
            or ["Why are there no figures to rank the council by?"],
        ),
        standing_section(name, rows, site),
        views_section(name, edition, site.views[(edition, code)]),
        scatter_section(name, code, edition, rows, site),
        change_section(name, edition, changes, site.editions[edition]["no_change_reason"]),
    ]
    if is_main:
        sections.append(trend_section(name, site.trend[code], site))
    sections += [
        measures_section(name, edition, measures, site),
        explanation_section(name, edition, parts),
        peers_section(name, edition, site.peers.get((edition, code), []), site),
    ]
    if is_main:
        panels = []
        for module in MODULES:
            extra = (
                [grip_table(name, site.grip[code])]
                if module == "adult_social_care" and site.grip[code]
                else []
            )
            context = context_table(module, MODULES[module][0], name, site.context[(module, code)])
            panels.append(
                module_panel(
                    module, name, site.modules[module][code], site, [*extra, *([context] if context else [])]
                )
            )
        panels.append(transfers_panel(name, code, council["slug"], site))
        sections += [panel for panel in panels if panel]
    sections.append(
        Section(
            "read-with-care",
            "Read with care",
            items=[
                "Everything here is association, not cause; spend is not only the council's choice.",
                *sorted({row["caveat"] for row in site.lenses if row["lens_id"] != "overall"}),
                "A rank is a question to ask, not an answer.",
            ],
        )
    )
    ended = council["successor_gss_codes"]
    lead: list[Markup | str] = [f"{council['council_type_name']}, {council['region']}. Edition {edition}."]
    if ended:
        followers = [site.council_link("../", follower, None) for follower in ended.split()]
        lead.append(
            Markup("The council ended; its place was taken by {}.").format(Markup(" and ").join(followers))
        )
    if not council["is_rankable"]:
        lead.append(f"This council is never ranked: {council['never_ranked_reason']}.")
    editions = [
        (
            other,
            f"{council['slug']}{'' if other == council['main_edition'] else '-' + other}.html",
            other == edition,
        )
        for other in council["editions"]
    ]
    stem = council["slug"] + ("" if is_main else f"-{edition}")
    return Page(
        path=f"councils/{stem}.html",
        title=name if is_main else f"{name}, {edition}",
        lead=lead,
        sections=sections,
        kind="council",
        description=f"{name} in the council productivity index, edition {edition}: standing as a range, "
        "measures, peers.",
        crumbs=[("../index.html", "Home"), ("../index.html#councils", "Councils")],
        editions=editions,
        values={"compare": council["slug"], "report": True},
    )
