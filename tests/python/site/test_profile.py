"""What opens a council's report: each sentence of each page is recomputed from the marts, edge cases by name.

Nothing of the site's queries takes part in what is expected; the sentences come from the templates.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest
from conftest import ROOT
from markupsafe import Markup

from scripts.site import __main__ as driver
from scripts.site import words
from scripts.site.council import council_page
from scripts.site.data import Figures
from scripts.site.lenses import lens_page
from scripts.site.pages import Site
from scripts.site.profile import Card, card

DATABASE = ROOT / "warehouse" / "council_productivity.duckdb"
# The anchors of a report since its first edition, and the order of the questions that it answers.
ANCHORS = {
    *("says", "ask", "standing", "views", "spend-and-outcome", "change"),
    *("measures", "spend-lines", "explanation", "peers", "read-with-care"),
}
ANCHORS_OF_FIRST_PAGE = {
    *("trend", "adult-social-care", "childrens-services", "valuing-care", "delayed-transfers"),
}
SHOWN = (
    *("productivity_rank", "rank_p05", "rank_p95", "ranked_councils", "not_ranked_reason"),
    *("outcome_score", "spend_per_head_gbp", "england_spend_per_head_gbp"),
)
QUESTIONS = ["where", "sure", "why", "changed", "less", "move", "gaps", "modules"]
GOOD = {"better_for_less": "better outcomes for less", "better_for_more": "better outcomes for more"}
POOR = {"worse_for_less": "poorer outcomes for less", "worse_for_more": "poorer outcomes for more"}
VERDICTS = {
    "improved": "it went up, by more than noise, in",
    "declined": "it went down, by more than noise, in",
    "cannot_be_told_from_noise": "a change cannot be told from noise in",
}

Row = dict[str, Any]
Key = tuple[str, str]
Say = Callable[..., str]


def said(sentence: object) -> str:
    """A sentence of a template as a reader has it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", str(sentence))).split())


class Marts:
    """What the sentences rest on, read from the marts by the tests' own queries."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read every table once."""
        self.connection = connection
        self.rankings = {
            row["ranking_id"]: row
            for row in self.rows("select * from marts.dim_ranking where ranking_kind <> 'module'")
        }
        self.council = {row["gss_code"]: row for row in self.rows("select * from marts.dim_council")}
        self.editions = {row["edition"]: row for row in self.rows("select * from marts.dim_edition")}
        self.measures = {row["measure_id"]: row for row in self.rows("select * from marts.dim_measure")}
        self.ranked: dict[Key, dict[str, Row]] = defaultdict(dict)
        for row in self.rows("select * from marts.fct_ranking where ranking_kind <> 'module'"):
            self.ranked[(row["edition"], row["gss_code"])][row["ranking_id"]] = row
        self.changes: dict[Key, dict[str, Row]] = defaultdict(dict)
        for row in self.rows("select * from marts.fct_change"):
            self.changes[(row["edition"], row["gss_code"])][row["ranking_id"]] = row
        self.quadrants: dict[Key, dict[str, str]] = defaultdict(dict)
        for row in self.rows("select * from marts.fct_productivity_view"):
            self.quadrants[(row["edition"], row["gss_code"])][row["ranking_id"]] = row["quadrant"]
        self.neighbours: dict[str, list[str]] = defaultdict(list)
        for row in self.rows(
            "select gss_code, peer_gss_code from marts.bridge_council_peer "
            "where peer_group_id = 'ons_nearest_neighbours' order by gss_code, peer_order"
        ):
            self.neighbours[row["gss_code"]].append(row["peer_gss_code"])
        self.grades: dict[Key, dict[Key, Row]] = defaultdict(dict)
        for row in self.rows(
            "select * from marts.fct_measure_grade where is_active and ranking_kind = 'lens'"
        ):
            self.grades[(row["edition"], row["gss_code"])][(row["ranking_id"], row["measure_id"])] = row
        self.noisy = {
            (row["edition"], row["gss_code"], row["ranking_id"])
            for row in self.rows("""
                select edition, gss_code, ranking_id from marts.fct_rank_band
                where noise_rank_p95 - noise_rank_p05 > choices_rank_p95 - choices_rank_p05""")
        }
        self.parts: dict[Key, list[Row]] = defaultdict(list)
        for row in self.rows("""
            select edition, gss_code, component_ranking_id, component_kind, sum(contribution_pct) as points
            from marts.fct_position_decomposition
            where ranking_id = 'overall' and reference_kind = 'england'
            group by all"""):
            self.parts[(row["edition"], row["gss_code"])].append(row)

    def rows(self, query: str) -> list[Row]:
        """The rows of a query."""
        found = self.connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def name(self, code: str) -> str:
        """A council with the year of its end."""
        council = self.council[code]
        end = council["end_date"]
        return str(council["council_name"]) + (f" (to {end.year})" if end else "")

    def lenses(self, key: Key) -> list[Row]:
        """The lenses of a council and edition, in their order."""
        held = [row for ranking_id, row in self.ranked[key].items() if ranking_id != "overall"]
        return self.ordered(held)

    def ordered(self, rows: Iterable[Row]) -> list[Row]:
        """Rows of rankings in the order of these."""
        return sorted(rows, key=lambda row: self.rankings[row["ranking_id"]]["ranking_order"])

    def named(self, rows: list[Row]) -> str:
        """Lenses by name, as a list in a sentence."""
        return words.joined([self.rankings[row["ranking_id"]]["ranking_name"] for row in rows])


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The site's own rows."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    figures = Figures(DATABASE, driver.SOURCE / "queries")
    yield Site(figures)
    figures.close()


@pytest.fixture(scope="module")
def marts() -> Iterator[Marts]:
    """The marts, for the tests' own queries."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        yield Marts(connection)


@pytest.fixture(scope="module")
def say() -> Say:
    """The sentences of the templates, by the name of the macro that says them."""
    sentences = driver.environment().get_template("council_words.html").module

    def sentence(name: str, *about: object) -> str:
        return said(getattr(sentences, name)(*about))

    return sentence


def every_page(site: Site) -> Iterator[tuple[Row, str, Key]]:
    """Every report: its council, its edition and the key of both."""
    for council in site.councils:
        for edition in council["editions"]:
            yield council, edition, (edition, council["gss_code"])


def overall_card(site: Site, council: Row, key: Key) -> Card:
    """The overall card of a page."""
    return card(site.profile[key][0], council, site)


def place(row: Mapping[str, Any]) -> str:
    """A rank with its range, written by the test itself."""

    def nth(number: int) -> str:
        teen = 10 < number % 100 < 14
        return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"

    rank, low, high, ranked = (
        row[name] for name in ("productivity_rank", "rank_p05", "rank_p95", "ranked_councils")
    )
    if low is None:
        return f"{nth(rank)} of {ranked}, depends on where comparability ends"
    if low == high:
        return f"{nth(rank)}, likely {nth(low)} of {ranked}"
    return f"{nth(rank)}, likely {nth(low)} to {nth(high)} of {ranked}"


def test_each_card_shows_the_newest_edition_with_ranks(site: Site, marts: Marts) -> None:
    """On a council's first page; on any other page its own. The card says the marts' figures of it."""
    newest: dict[tuple[str, str], str] = {}
    with_ranks = {
        (row["edition"], row["ranking_id"])
        for held in marts.ranked.values()
        for row in held.values()
        if row["productivity_rank"] is not None
    }
    for edition, code in sorted(marts.ranked):
        for ranking_id in marts.rankings:
            if (edition, ranking_id) in with_ranks:
                newest[(code, ranking_id)] = edition
    cards = older = 0
    for council, edition, key in every_page(site):
        rows = site.profile[key]
        assert [row["ranking_id"] for row in rows] == sorted(
            marts.rankings, key=lambda ranking_id: marts.rankings[ranking_id]["ranking_order"]
        )
        for row in rows:
            is_main = edition == council["main_edition"]
            expected = newest.get((key[1], row["ranking_id"]), edition) if is_main else edition
            assert row["edition"] == expected, (council["title"], edition, row["ranking_id"])
            mart = marts.ranked[(expected, key[1])][row["ranking_id"]]
            for column in SHOWN:
                assert row[column] == mart[column]
            change = marts.changes[(expected, key[1])].get(row["ranking_id"])
            assert row["change_verdict"] == (change and change["change_verdict"])
            cards += 1
            older += expected != edition
    assert cards > 9_000
    assert older > 100


def test_where_a_council_ranks(site: Site, marts: Marts, say: Say) -> None:
    """The first sentence of every report: rank, range and half, or the reason and the lenses that do rank."""
    kinds: set[str] = set()
    for council, _, key in every_page(site):
        shown = overall_card(site, council, key)
        row = marts.ranked[(shown.row["edition"], key[1])]["overall"]
        name = marts.name(key[1])
        sentence = say("where", name, shown, site.story[key][0])
        if row["productivity_rank"] is not None:
            lenses = row["lenses_scored_in_edition"]
            if row["rank_p05"] is None:
                where, kind = place(row).split(",")[0], "no range"
            else:
                where, kind = place(row), "ranked"
            expected = (
                f"Overall {name} ranks {where} in {row['edition']}, on {row['lenses_scored']} of "
                f"{lenses} lens{'' if lenses == 1 else 'es'}."
            )
            if row["rank_p05"] is not None:
                if row["rank_p95"] <= row["ranked_councils"] / 2:
                    expected += " Its likely range lies wholly in the first half."
                elif row["rank_p05"] > (row["ranked_councils"] + 1) / 2:
                    expected += " Its likely range lies wholly in the second half."
                else:
                    expected += (
                        " Its likely range lies across the middle: the figures do not say in which half it "
                        "belongs."
                    )
            else:
                expected += (
                    " It has no likely range: whether it is ranked depends on where comparability ends."
                )
            kinds.add(kind)
        else:
            reason = words.NOT_RANKED[row["not_ranked_reason"]]
            expected = f"{name} has no overall rank in {row['edition']}: {reason}."
            last = max(
                (
                    edition
                    for (edition, code), held in marts.ranked.items()
                    if code == key[1] and held["overall"]["productivity_rank"] is not None
                ),
                default=None,
            )
            if last:
                expected += f" It was last ranked overall in {last}."
                kinds.add("last ranked")
            ranking = [each for each in marts.lenses(key) if each["productivity_rank"] is not None]
            if len(ranking) == 1:
                expected += f" One lens ranks it: {marts.named(ranking)}."
                kinds.add("one lens")
            elif ranking:
                expected += f" {len(ranking)} lenses rank it: {marts.named(ranking)}."
                kinds.add("some lenses")
            elif row["not_ranked_reason"] == "council_never_ranked":
                kinds.add("never ranked")
            else:
                expected += " No lens ranks it."
        assert sentence == expected
        if council["end_date"]:
            kinds.add("abolished")
        if council["start_date"] and row["productivity_rank"] is None:
            kinds.add("reorganised")
    wanted = {
        "ranked",
        "no range",
        "last ranked",
        "one lens",
        "some lenses",
        "never ranked",
        "abolished",
        "reorganised",
    }
    assert wanted <= kinds


def test_outcome_and_spend_against_the_mean(site: Site, marts: Marts, say: Say) -> None:
    """The second sentence of every report names each ranked lens once, in the quadrant that the mart says."""
    for _, edition, key in every_page(site):
        sentence = say("quadrants", site.story[key][0])
        lenses = marts.lenses(key)
        quadrant = marts.quadrants[key]
        told = [
            f"{wording} money in {marts.named(held)}"
            for kind, wording in (GOOD | POOR).items()
            if (held := [row for row in lenses if quadrant.get(row["ranking_id"]) == kind])
        ]
        scored = sum(row["outcome_score"] is not None for row in lenses)
        if told:
            expected = f"Against the mean of the ranked councils it has {'; '.join(told)}."
        elif scored:
            expected = (
                f"Its outcomes are scored in {scored} lens{'' if scored == 1 else 'es'} of {edition}, and no "
                "lens sets them against spend."
            )
        else:
            expected = f"No lens of {edition} scores its outcomes."
        assert sentence == expected


def test_what_changed(site: Site, marts: Marts, say: Say) -> None:
    """The third sentence: the overall change with its interval, the lenses' verdicts, or why none."""
    kinds = set()
    for council, edition, key in every_page(site):
        shown = overall_card(site, council, key)
        sentence = say("changed", shown.row, site.story[key][0])
        overall = marts.changes[(shown.row["edition"], key[1])].get("overall")
        lenses = {ranking: row for ranking, row in marts.changes[key].items() if ranking != "overall"}
        if overall:
            expected = words.change_sentence(overall, overall["edition"])
            kinds.add(overall["change_verdict"])
        elif lenses:
            in_order = sorted(
                lenses.values(), key=lambda row: marts.rankings[row["ranking_id"]]["ranking_order"]
            )
            told = [
                f"{wording} {marts.named(held)}"
                for verdict, wording in VERDICTS.items()
                if (held := [row for row in in_order if row["change_verdict"] == verdict])
            ]
            before = in_order[0]["from_edition"]
            expected = f"Productivity since {before}, like for like: {'; '.join(told)}."
            kinds.add("lenses")
        else:
            before = marts.editions[edition]["change_from_edition"]
            assert sentence.startswith(f"No change is shown to {edition}: ")
            if before is None:
                expected = f"No change is shown to {edition}: {marts.editions[edition]['no_change_reason']}."
                kinds.add("edition")
            else:
                expected = sentence
                was = marts.ranked.get((before, key[1]), {})
                both = [
                    ranking
                    for ranking, row in marts.ranked[key].items()
                    if row["productivity_rank"] is not None
                    and was.get(ranking, {}).get("productivity_rank") is not None
                ]
                assert ("no ranking ranks the council" in sentence) <= (not both or "overall" not in both)
                kinds.add("not in both")
        assert sentence == expected, (council["title"], edition)
    assert {"improved", "declined", "cannot_be_told_from_noise", "lenses", "edition", "not in both"} <= kinds


def asked(marts: Marts, key: Key) -> list[str]:
    """The questions that a council's figures raise, worked out by the test, in their order."""
    edition, code = key
    name = marts.name(code)
    lenses = marts.lenses(key)
    found = []
    apart = [row for row in lenses if (row["not_ranked_reason"] or "").startswith("spend_")]
    if apart:
        found.append(
            f"Spend in {marts.named(apart)} cannot be compared. Which income or cost is netted off in the "
            "return?"
        )
    for_less: dict[str, list[str]] = {}
    for row in lenses:
        if row["productivity_rank"] is None:
            continue
        for_less[row["ranking_id"]] = [
            peer
            for peer in marts.neighbours[code]
            if (other := marts.ranked.get((edition, peer), {}).get(row["ranking_id"]))
            and other["productivity_rank"] is not None
            and round(other["outcome_score"], 9) > round(row["outcome_score"], 9)
            and round(other["spend_index"], 9) < round(row["spend_index"], 9)
        ]
    most = max(for_less, key=lambda lens: len(for_less[lens]), default=None)
    if most and for_less[most]:
        count, nearest = len(for_less[most]), marts.name(for_less[most][0])
        who = (
            f"1 of its 10 nearest neighbours has a better outcome for less spend per head, {nearest}. "
            "What does it do otherwise?"
            if count == 1
            else f"{count} of its 10 nearest neighbours have a better outcome for less spend per head, "
            f"{nearest} the nearest. What do they do otherwise?"
        )
        found.append(f"In {marts.rankings[most]['ranking_name']}, {who}")
    parts = [part for part in marts.parts[key] if part["component_kind"] in ("measure", "spend")]
    if parts:
        largest = max(
            parts,
            key=lambda part: (
                abs(round(part["points"], 9)),
                -marts.rankings[part["component_ranking_id"]]["ranking_order"],
            ),
        )
        is_spend = largest["component_kind"] == "spend"
        found.append(
            f"The largest part of the difference from England is the {'spend' if is_spend else 'outcomes'} "
            f"of {marts.rankings[largest['component_ranking_id']]['ranking_name']}, which "
            f"{'speaks' if is_spend else 'speak'} {'for' if largest['points'] > 0 else 'against'} {name} in "
            "the ratio. What lies behind it: need, prices, how costs are booked, or the service?"
        )
    behind = []
    for (lens, measure), row in marts.grades[key].items():
        others = [
            marts.grades.get((edition, peer), {}).get((lens, measure)) for peer in marts.neighbours[code]
        ]
        scores = [other["score"] for other in others if other and other["score"] is not None]
        values = [other["value"] for other in others if other and other["value"] is not None]
        if scores and row["score"] is not None and round(median(scores) - row["score"], 9) > 0:
            order = marts.rankings[lens]["ranking_order"]
            title = marts.measures[measure]["measure_name"]
            behind.append(
                (-round(median(scores) - row["score"], 9), order, title, row["value"], values, measure)
            )
    if behind:
        _, order, title, value, values, measure = min(behind)
        lens_name = next(
            row["ranking_name"] for row in marts.rankings.values() if row["ranking_order"] == order
        )
        found.append(
            f"The measure furthest behind its nearest neighbours is \u201c{title}\u201d ({lens_name}): "
            f"{words.plain_apart(value, median(values))} where their median is "
            f"{words.plain_apart(median(values), value)} ({marts.measures[measure]['unit']}). What is "
            "different here?"
        )
    across = [
        row
        for row in lenses
        if row["productivity_rank"] is not None
        and (
            row["rank_p05"] is None
            or (
                row["rank_p95"] > row["ranked_councils"] / 2
                and row["rank_p05"] <= (row["ranked_councils"] + 1) / 2
            )
        )
    ]
    noisy = [row for row in across if (*key, row["ranking_id"]) in marts.noisy]
    counted = [row for row in across if row not in noisy]
    if counted:
        found.append(
            f"In {marts.named(counted)} the rank depends on how one counts. Which measure would you leave "
            "out or weigh more, and does the view change?"
        )
    if noisy:
        found.append(
            f"In {marts.named(noisy)} the rank depends more on the chance of one year than on how one "
            "counts. Would several years together say the same?"
        )
    without = {lens for (lens, _), row in marts.grades[key].items() if row["missing_reason"]}
    if without:
        held = [row for row in lenses if row["ranking_id"] in without]
        found.append(f"Some figures of {marts.named(held)} are missing. Does the council hold them itself?")
    if not marts.council[code]["is_rankable"]:
        last = "With so few residents it is never ranked. Which of its figures say something by themselves?"
    elif any(row["productivity_rank"] is not None for row in lenses):
        last = "Which of its peers get a better outcome for less spend, and what do they do otherwise?"
    elif any(row["outcome_score"] is not None for row in lenses):
        last = "Outcomes are scored, and no rank follows: what is missing of spend or of people in need?"
    else:
        last = "Why are there no figures to rank the council by?"
    return [*found, last][:3]


def test_what_to_ask(site: Site, marts: Marts, say: Say) -> None:
    """The questions of every report, worked out anew; a council with ranks is never asked why it has none."""
    counts: dict[str, int] = defaultdict(int)
    for council, edition, key in every_page(site):
        questions = [say("question", row, council["title"]) for row in site.questions[key]]
        assert questions == asked(marts, key), (council["title"], edition)
        assert 1 <= len(questions) <= 3
        for row in site.questions[key]:
            counts[row["question_id"]] += 1
    assert set(counts) >= {
        *("spend_apart", "neighbours_for_less", "largest_part", "below_peers", "across", "across_by_noise"),
        *("missing", "never_ranked"),
    }


def test_a_part_says_which_of_the_two_lacks_a_lens(site: Site, marts: Marts) -> None:
    """Of a lens that both have it says that it weighs more or less, of another that only one has it."""
    ends: dict[str, int] = defaultdict(int)
    for key, rows in site.decomposition.items():
        for row in rows:
            if row["ranking_id"] != "overall" or row["component_kind"] != "coverage":
                continue
            own = {lens["ranking_id"] for lens in marts.lenses(key) if lens["productivity_rank"] is not None}
            other = (
                {lens["ranking_id"] for lens in marts.lenses(key) if lens["ranked_councils"] > 0}
                if row["reference_kind"] == "england"
                else {
                    lens["ranking_id"]
                    for lens in marts.lenses((key[0], row["reference_gss_code"]))
                    if lens["productivity_rank"] is not None
                }
            )
            expected = (
                "only one has it"
                if row["component_id"] not in own & other
                else "weighs more"
                if len(own) < len(other)
                else "weighs less"
            )
            name, end = row["component_name"].split(": ")
            assert (name, end) == (marts.rankings[row["component_id"]]["ranking_name"], expected)
            ends[end] += 1
    assert len(ends) == 3


def test_the_steps_of_a_change_add_up_to_it(site: Site, marts: Marts) -> None:
    """From 100 to the change of the mart, each step beginning where the last ended."""
    checked = 0
    for key, steps in site.waterfall.items():
        of: dict[str, list[Row]] = defaultdict(list)
        for step in steps:
            of[step["ranking_id"]].append(step)
        assert set(of) == set(marts.changes[key])
        for ranking_id, held in of.items():
            change = marts.changes[key][ranking_id]
            assert held[0]["step_id"] == "before" and held[0]["level_after"] == 100
            assert held[-1]["step_id"] == "now"
            assert held[-1]["level_after"] == pytest.approx(100 + change["productivity_change_pct"], abs=1e-8)
            for one, two in pairwise(held[:-1]):
                assert two["level_before"] == pytest.approx(one["level_after"], abs=1e-9)
            points = {row["step_id"]: row["points"] for row in held}
            assert (points["outcome"] > 0) == (change["ln_outcome_change"] > 0)
            assert ("england_spend" in points) == (change["price_basis"] == "england_spend")
            assert len(points) == 6
            checked += 1
    assert checked == sum(len(held) for held in marts.changes.values()) > 4_000


#: A card's row as the query gives it.
ROW = {
    "ranking_id": "overall",
    "ranking_name": "Older people",
    "edition": "2019-20",
    "productivity_rank": 23,
    "ranked_councils": 149,
    "rank_p05": 12,
    "rank_p95": 41,
    "not_ranked_reason": None,
    "range_position": "first_half",
    "parts_present": 5,
    "parts_active": 6,
    "from_edition": "2018-19",
    "price_basis": "deflator",
    "productivity_change_pct": 7.1,
    "outcome_change_pct": 4.0,
    "spend_change_pct": -2.9,
    "productivity_change_pct_p05": -3.2,
    "productivity_change_pct_p95": 18.4,
    "change_verdict": "cannot_be_told_from_noise",
}
NO_STORY = {"lenses_ranked": 0, "ranked_in": [], "from_edition": None, "edition": "2019-20"}


def a_card(**more: object) -> Card:
    """A card of a row worked by hand."""
    return Card(ROW | more, Markup(""), "", "", "")


def test_halves_are_said_only_of_whole_ranges(say: Say) -> None:
    """A lens whose range lies across the middle is not put in a half; one without a rank is not named."""
    cards = [
        a_card(),
        a_card(ranking_name="Waste", range_position="across"),
        a_card(ranking_name="Housing", range_position="not_ranked"),
    ]
    assert say("halves", cards) == (
        "Likely range wholly in the first half: Older people. The figures do not say in which half it "
        "belongs: Waste."
    )


@pytest.mark.parametrize(
    ("question_id", "question"),
    [
        ("what_next", "better outcome for less spend"),
        ("outcomes_without_rank", "Outcomes are scored"),
        ("never_ranked", "it is never ranked"),
        ("no_figures", "no figures to rank"),
    ],
)
def test_nothing_to_ask_of_is_told_apart_from_nothing_held(
    site: Site, marts: Marts, say: Say, question_id: str, question: str
) -> None:
    """A council that is ranked in a lens is never asked why there are no figures."""
    assert question in say("question", {"question_id": question_id}, "Redbridge")
    for _, _, key in every_page(site):
        if question_id in {row["question_id"] for row in site.questions[key]}:
            lenses = marts.lenses(key)
            is_ranked = any(row["productivity_rank"] is not None for row in lenses)
            is_scored = any(row["outcome_score"] is not None for row in lenses)
            assert question_id == (
                "never_ranked"
                if not marts.council[key[1]]["is_rankable"]
                else "what_next"
                if is_ranked
                else "outcomes_without_rank"
                if is_scored
                else "no_figures"
            )


def test_an_interval_that_ends_at_zero_is_said_as_the_mart_says(say: Say) -> None:
    """An end of zero is written 0, one just beyond it never is, and the verdict is the mart's."""
    at_zero = say("card_change", ROW | {"productivity_change_pct_p05": 0.0})
    assert at_zero == "+7 % since 2018-19, likely 0 % to +18 %: cannot be told from noise"
    beyond = say("card_change", ROW | {"productivity_change_pct_p05": 0.04, "change_verdict": "improved"})
    assert beyond == "+7 % since 2018-19, likely +0.04 % to +18 %: up, more than noise"
    beside = ROW | {"productivity_change_pct_p95": -0.0007, "change_verdict": "declined"}
    assert "to just below 0 %: down, more than noise" in say("card_change", beside)
    assert "to just below 0 %." in say("changed", beside, NO_STORY)
    noise = say("changed", ROW, NO_STORY)
    assert not re.search(r"\b(up|down|improved|declined|rose|fell)\b", noise)


def test_a_tie_and_a_range_of_one_place_are_said(say: Say) -> None:
    """Councils that tie share a place; a range of one place is one place."""
    one, two = (say("where", name, a_card(), NO_STORY) for name in ("Ayton", "Beeton"))
    assert "23rd, likely 12th to 41st of 149" in one
    assert one.replace("Ayton", "Beeton") == two
    assert "23rd, likely 23rd of 149" in say("where", "Ayton", a_card(rank_p05=23, rank_p95=23), NO_STORY)


def test_ties_of_the_marts_share_their_sentence(site: Site, marts: Marts, say: Say) -> None:
    """Wherever two councils tie in a ranking, both cards say the same place."""
    tied = marts.rows("""
        select edition, ranking_id, list(gss_code order by gss_code) as codes
        from marts.fct_ranking
        where productivity_rank is not null and ranking_kind <> 'module'
        group by edition, ranking_id, productivity_rank
        having count(*) > 1""")
    for row in tied:
        places = {
            said(words.rank_or_reason(shown)).split(",")[0]
            for code in row["codes"]
            for shown in site.profile[(row["edition"], code)]
            if shown["ranking_id"] == row["ranking_id"] and shown["edition"] == row["edition"]
        }
        assert len(places) <= 1


def test_a_value_like_its_peers_after_rounding_is_told_apart(say: Say) -> None:
    """As a value and the next grade's limit are: never "50.0 where their median is 50.0"."""
    question = {
        "question_id": "below_peers",
        "ranking_names": ["Older people"],
        "subject": "Feel safe",
        "figure": 50.0,
        "other_figure": 50.04,
        "unit": "%",
    }
    assert "50.000 where their median is 50.040 (%)" in say("question", question, "Ayton")


def test_a_council_without_a_need_figure_says_so(site: Site, marts: Marts) -> None:
    """The companion of a card names the reason that the mart holds."""
    checked = 0
    for row in marts.rows(
        "select * from marts.fct_companion_ranking where no_companion_reason = 'no_regressor'"
    ):
        for shown in site.profile[(row["edition"], row["gss_code"])]:
            if (shown["ranking_id"], shown["edition"]) == (row["ranking_id"], row["edition"]):
                assert words.companion_or_reason(shown) == "None: its deprivation or density is not available"
                checked += 1
    assert checked > 0


def test_spend_is_said_by_what_it_is_divided_by(site: Site, marts: Marts, say: Say) -> None:
    """Nobody is told of the heads of dwellings, nor of spend where it is a budget."""
    for council, _, key in every_page(site):
        for row in site.profile[key]:
            if row["spend_per_head_gbp"] is None:
                continue
            told = say("spend", row, card(row, council, site).need_population)
            divided_by = marts.rankings[row["ranking_id"]]["need_population_name"]
            assert (" per dwelling;" in told) == (divided_by == "dwellings")
            assert "per head" not in told
    budgets = 0
    for status in marts.rows("""
        select ranking_id, edition, spend_basis from marts.dim_ranking_edition
        inner join marts.dim_ranking using (ranking_id) where ranking_kind = 'lens' and is_scored
            and edition in ('2015-16', '2023-24')"""):
        page = lens_page(site, status["ranking_id"], status["edition"])
        lead = " ".join(map(str, page.lead))
        is_budget = status["spend_basis"] == "budget"
        assert (f"In {status['edition']} it is what was budgeted, not what was spent." in lead) == is_budget
        of_dwellings = marts.rankings[status["ranking_id"]]["need_population_name"] == "dwellings"
        [heading] = [
            column.heading
            for table in page.tables()
            if table.part == "ranking"
            for column in table.columns
            if column.id == "per_head"
        ]
        assert (heading == "Spend per dwelling, £") == ("per dwelling." in lead) == of_dwellings
        budgets += is_budget
    assert budgets >= 4


def test_what_would_move_it_and_what_is_missing(site: Site, marts: Marts, say: Say) -> None:
    """Counts of measures within reach, and of figures reported, of every report."""
    reach: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in marts.rows("select * from marts.fct_what_would_move_it"):
        reach[(row["edition"], row["gss_code"], row["ranking_id"])].append(row["rank_band_answer"])
    for _, edition, key in every_page(site):
        for row in site.moves[key]:
            answers = reach[(*key, row["ranking_id"])]
            within = answers.count("within_reach_of_this_measure_alone")
            sentence = say("moved", row)
            if "band_reaches_the_top" in answers:
                assert sentence.endswith(": its likely range reaches the first place already.")
            else:
                assert f": {within or 'none'} of " in sentence
                assert f"{len(answers)} measure" in sentence
        grades = marts.grades[key].values()
        held = sum(row["value"] is not None for row in grades)
        [told] = [say("reported", row) for row in site.reported[key]]
        assert told.startswith(f"{held} of the {len(grades)} figures that the lenses of {edition} ask for")
        assert ("none is missing" in told) == (held == len(grades))


@pytest.mark.parametrize(
    "page",
    ["leicestershire", "wigan", "cumberland", "dorset-to-2019", "city-of-london", "leicestershire-2019-20"],
)
def test_a_report_opens_with_its_profile_and_folds_the_rest(small_site: Path, page: str) -> None:
    """The profile comes first, then the questions in order; every anchor of before is still there, once."""
    text = (small_site / "councils" / f"{page}.html").read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert set(ids) >= ANCHORS
    if page == "leicestershire":
        assert set(ids) >= ANCHORS_OF_FIRST_PAGE
    assert not re.search(r"<h\d[^>]*>\s*</h\d>", text)
    folded = re.findall(r'<details class="part" id="q-(\w+)"( open)?>', text)
    assert [part for part, _ in folded] == QUESTIONS[: len(folded)]
    assert len(folded) >= 7
    order = [text.index(f'id="{part}"') for part in ("says", "ask", "profile", "spine", "q-where")]
    assert order == sorted(order)
    cards = re.findall(r'data-card="(\w+)"', text)
    assert cards[0] == "overall" and len(cards) == 7
    story = text[text.index('id="says"') : text.index('id="profile"')]
    assert "Ask first:" in story
    # Two sheets, each with date and version.
    imprint = r'class="imprint">[^<]*Figures to \d+ \w+ \d{4}\. Version [\d.]+.*?Method version'
    assert len(re.findall(imprint, text)) == 2


def test_a_note_of_a_council_stands_beside_its_figure(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right of reply: a note is shown with its figure, escaped, and on no other page."""
    note = {
        "gss_code": "E10000018",
        "measure_id": "waste_recycling_rate",
        "edition": "2019-20",
        "note": "We <b>changed</b> collections.",
        "noted_on": "2026-11-01",
    }
    monkeypatch.setitem(site.figures.kept, "notes", [note])
    monkeypatch.setattr(site, "notes", site.figures.by("notes", "gss_code", "measure_id", "edition"))

    def html(slug: str) -> str:
        council = next(row for row in site.councils if row["slug"] == slug)
        page = council_page(site, council, "2019-20")
        return (
            driver.environment().get_template(page.template).render(page=page, root=page.root, **page.values)
        )

    assert "The council says (2026-11-01): We &lt;b&gt;changed&lt;/b&gt; collections." in html(
        "leicestershire"
    )
    assert "The council says" not in html("wigan")
