"""Sentences: no bare rank, no noise called a change, no praise or blame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.site import council, words
from scripts.site.said import said

RANKED = {
    "edition": "2019-20",
    "productivity_rank": 23,
    "ranked_councils": 149,
    "rank_p05": 12,
    "rank_p95": 41,
    "not_ranked_reason": None,
    "range_position": "first_half",
    "parts_present": 5,
    "parts_active": 6,
    "ranking_name": "Older people",
}
UNRANKED = RANKED | {
    "productivity_rank": None,
    "rank_p05": None,
    "rank_p95": None,
    "not_ranked_reason": "spend_below_quarter_of_england",
    "range_position": "not_ranked",
}
CHANGE = {
    "edition": "2019-20",
    "from_edition": "2018-19",
    "price_basis": "deflator",
    "has_same_population_year": False,
    "productivity_change_pct": 7.1,
    "outcome_change_pct": 4.0,
    "spend_change_pct": -2.9,
    "productivity_change_pct_p05": -3.2,
    "productivity_change_pct_p95": 18.4,
    "change_verdict": "cannot_be_told_from_noise",
}
# A place that is not one of "23rd, likely ...", "12th to 41st of 149" or "23rd of 149".
RANGE = re.compile(r"\d+(?:st|nd|rd|th)(?:, likely \d+(?:st|nd|rd|th))?(?: to \d+(?:st|nd|rd|th))? of \d+")
PLACE = re.compile(r"\b\d+(?:st|nd|rd|th)\b(?! percentile)")
VERDICTS = re.compile(
    r"\b(worst(?! goalpost)|best council|failing|failed|excellent|outstanding|shameful|winner|loser)\b",
    re.I,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (113, "113th")],
)
def test_ordinals(place: int, text: str) -> None:
    """Endings, those of the teens too."""
    assert words.ordinal(place) == text


def test_a_rank_comes_with_its_range() -> None:
    """The wording of the method, and never less."""
    assert words.rank_range(RANKED) == "23rd, likely 12th to 41st of 149"
    assert words.rank_range(RANKED | {"rank_p05": 3, "rank_p95": 3}) == "23rd, likely 3rd of 149"
    assert words.rank_range(RANKED | {"rank_p05": None}) == "23rd of 149, depends on where comparability ends"


def test_the_companion_comes_with_its_range_or_a_reason() -> None:
    """As the rank beside it does."""
    companion = {
        "companion_rank": 5,
        "companion_rank_p05": 2,
        "companion_rank_p95": 9,
        "companion_ranked_councils": 90,
        "no_companion_reason": None,
    }
    assert words.companion_or_reason(companion) == "5th, likely 2nd to 9th of 90"
    without = companion | {"companion_rank": None, "no_companion_reason": "no_regressor"}
    assert words.companion_or_reason(without) == "None: its deprivation or density is not available"


def test_a_chart_says_where_a_rank_lies_or_why_not() -> None:
    """A council ranked without a range is not called unranked."""
    assert words.range_alone(RANKED) == "12th to 41st of 149"
    assert words.range_alone(RANKED | {"rank_p05": None}) == "depends on where comparability ends"
    assert words.range_alone(UNRANKED) == "not ranked"


def test_no_rank_comes_with_its_reason() -> None:
    """No rank is not the last rank."""
    assert "below a quarter" in words.rank_or_reason(UNRANKED)
    # Figures that are published and set aside, as not comparable or withheld, are not called unpublished.
    few = UNRANKED | {"not_ranked_reason": "too_few_measures"}
    assert words.rank_or_reason(few) == "Not ranked: too few of its measures can be used"


def test_noise_is_not_called_a_change() -> None:
    """A range on both sides of zero: no word of up or down."""
    sentence = words.change_sentence(CHANGE, "2019-20")
    assert "cannot be told from noise" in sentence
    assert "\u22123 % to +18 %" in sentence
    assert "+7 %, of outcome +4 % and spend per head \u22123 %" in sentence
    assert not re.search(r"\b(up|down|improved|declined|rose|fell)\b", sentence)
    up = words.change_sentence(
        CHANGE | {"change_verdict": "improved", "productivity_change_pct_p05": 2.0}, "2019-20"
    )
    assert "went up" in up
    assert "+7 %, of outcome +4 % and spend per head \u22123 %" in up
    down = words.change_sentence(CHANGE | {"change_verdict": "declined"}, "2019-20")
    assert "+7 %, of outcome +4 % and spend per head \u22123 %" in down
    assert "more than noise" in up
    assert "No change is shown" in words.change_sentence(None, "2021-22")


def test_a_change_says_what_makes_spend_comparable() -> None:
    """Prices, a forecast of them, or England's spend; and that people were counted once."""
    assert "in constant prices:" in words.change_sentence(CHANGE, "2019-20")
    forecast = words.change_sentence(CHANGE | {"price_basis": "deflator_forecast"}, "2019-20")
    assert "of which the newest are a forecast:" in forecast
    to_england = words.change_sentence(CHANGE | {"price_basis": "england_spend"}, "2019-20")
    assert "against what England spends:" in to_england
    assert "spend per head relative to England's \u22123 %" in to_england
    assert "constant" not in to_england
    assert words.one_population(CHANGE) == []
    [same] = words.one_population(CHANGE | {"has_same_population_year": True})
    assert "one of spend alone" in same


def test_counts_agree_with_their_verbs() -> None:
    """One is, more are; none is said in words."""
    assert words.surely_top_ten(1).startswith("1 council is in the top ten")
    assert words.surely_top_ten(3).startswith("3 councils are in the top ten")
    assert words.surely_top_ten(0).startswith("No council is in the top ten")
    assert [words.counted(n, thing) for n, thing in ((1, "lens"), (4, "lens"), (2, "measure"))] == [
        "1 lens",
        "4 lenses",
        "2 measures",
    ]


def test_noise_is_not_sold_as_a_way_to_count() -> None:
    """A draw takes other choices and other noise: what is said of draws names both."""
    share = {"median_band_width": 30}
    for sentence in (
        said("home").surely(words.surely_top_ten(3)),
        said("lenses").half_of_ranges(share, words.surely_top_ten(3)),
        said("council_standing").standing_lead,
    ):
        assert "draws" in sentence and "choices of method" in sentence and "noise in the figures" in sentence
    for template in words.TEMPLATES.glob("*.html"):
        assert "ways to count" not in template.read_text(encoding="utf-8"), template.name


def test_marks_of_registers_are_not_shown_to_readers(small_site: Path) -> None:
    """No identifier of a licence, no name of a column, no percentile as p5; nothing is "held"."""
    pages = [*small_site.glob("measures/*.html"), *small_site.glob("delayed-transfers/*.html")]
    pages += [small_site / f"{name}.html" for name in ("quality", "glossary", "index", "compare", "method")]
    assert len(pages) > 100
    marks = re.compile(r"OGL-UK|\brank_p\d|\bp5 and p95\b|\bno (?:target|figure) held|\bis held here\b")
    for page in pages:
        found = marks.search(text_of(page))
        assert not found, f"{page.relative_to(small_site)} says {found and found[0]!r}"


def test_a_lens_without_figures_says_when_it_was_last_ranked() -> None:
    """Why it is not scored, and where to find the last ranking; editions of one reason in one breath."""
    row = {"ranking_name": "Housing", "edition": "2021-22", "not_scored_reason": "too_few_measures"}
    assert words.not_scored_sentence(row, "2019-20") == (
        "Housing is not scored in 2021-22: too few of its measures have figures. "
        "Councils were last ranked in it in 2019-20."
    )
    assert words.not_scored_sentence(row, None).endswith("figures. No edition ranks councils in it.")
    later = [row, row | {"edition": "2022-23"}, row | {"edition": "2023-24", "not_scored_reason": "no_spend"}]
    assert words.last_ranked_sentence(
        "2019-20", [*later, row | {"edition": "2024-25", "not_scored_reason": None}]
    ) == (
        "Councils were last ranked in it in 2019-20: in 2021-22 and 2022-23 too few of its measures have "
        "figures; in 2023-24 no spend is reported; in 2024-25 no council can be ranked."
    )


def test_a_caveat_of_several_lenses_is_said_once() -> None:
    """With the names of all that it is about; a sentence of one lens names that one."""
    quote = 'The producer: the data "cannot be used".'
    lenses = [
        {"ranking_name": "Older people", "caveat": quote},
        {"ranking_name": "Disability", "caveat": f"{quote} Spend is not only the council's."},
    ]
    assert council.caveats(lenses) == [
        f"Older people and Disability: {quote}",
        "Disability: Spend is not only the council's.",
    ]


def test_need_that_is_declared_and_not_held_is_not_called_undeclared() -> None:
    """A lens adjusts for it; a council may lack the figure."""
    assert words.no_need({"is_need_declared": True}) == "no deprivation available"
    assert words.no_need({"is_need_declared": False}) == "no need declared"


def test_figures_that_differ_are_printed_apart() -> None:
    """The next grade's limit is never the value, and an end beyond zero is never printed as 0."""
    assert words.plain_apart(50.04, 50.0) == "50.040"
    assert words.plain_apart(50.0001, 50.0) == "50.00010"
    assert words.plain_apart(51.0, 50.0) == "51.0"
    ends = (12.3, 0.3, -0.04, -0.0007, 1e-12, 0.0)
    assert [words.signed_end(end) for end in (*ends, None)] == [
        "+12",
        "+0.3",
        "\u22120.04",
        "\u22120.001",
        "0",
        "0",
        "\u2013",
    ]
    assert [words.spoken_end(end) for end in (*ends, 0.0008)] == [
        "+12 %",
        "+0.3 %",
        "\u22120.04 %",
        "just below 0 %",
        "0 %",
        "0 %",
        "just above 0 %",
    ]


def test_numbers() -> None:
    """A true minus, thousands apart, no minus zero."""
    assert words.number(-1234.56, 1) == "\u22121,234.6"
    assert words.number(-0.04, 1) == "0.0"
    assert words.number(None) == "\u2013"
    assert words.signed(3.4) == "+3"
    assert words.signed(0.2) == "0"
    assert (words.plain(1234.5), words.plain(12.34), words.plain(1.234)) == ("1,234", "12.3", "1.23")


def text_of(path: Path) -> str:
    """What a page says, without its markup; sentences of different elements stay apart."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " | ", html))


def test_choices_noise_and_the_next_edition_are_told_apart() -> None:
    """Each with the number ranked; nothing where there is no band."""
    apart = {
        "choices_rank_p05": 14,
        "choices_rank_p95": 38,
        "noise_rank_p05": 20,
        "noise_rank_p95": 27,
        "next_edition_rank_p05": 5,
        "next_edition_rank_p95": 71,
    }
    assert words.intervals_sentence(RANKED | apart) == (
        "Overall, choices of method alone put it 14th to 38th of 149, chance and the year alone 20th to 27th "
        "of 149. When the index is made again, nine times in ten it will lie 5th to 71st of 149."
    )
    assert words.intervals_sentence(RANKED | apart | {"rank_p05": None}) == ""


def test_no_page_prints_a_bare_rank_or_a_verdict(small_site: Path) -> None:
    """Every place on every page is part of a range with the number ranked; no list of the worst."""
    checked = 0
    for path in small_site.rglob("*.html"):
        text = text_of(path)
        found = RANGE.findall(text)
        checked += len(found)
        rest = RANGE.sub("", text)
        # Percentiles and the start of an axis of ranges are no ranks.
        rest = re.sub(r"\b5th and 95th percentile|\| (?:5th percentile|25th|75th|95th|1st) \|", "|", rest)
        bare = PLACE.findall(rest)
        assert not bare, f"{path.relative_to(small_site)} prints {bare[:3]} without a range"
        verdict = VERDICTS.search(text)
        assert not verdict, f"{path.relative_to(small_site)} says {verdict and verdict[0]!r}"
    assert checked > 5_000


def test_the_check_of_bare_ranks_sees_one() -> None:
    """What the test above relies on."""
    assert not PLACE.findall(RANGE.sub("", "23rd, likely 12th to 41st of 149"))
    assert PLACE.findall(RANGE.sub("", "Wigan is 4th in England"))
    assert VERDICTS.search("The worst councils")
