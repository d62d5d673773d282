"""Sentences from numbers: no bare rank, no noise called a change, a question rather than praise or blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

Row = Mapping[str, Any]

MINUS = "\u2212"
NO_VALUE = "\u2013"

MISSING = {
    "suppressed": "withheld by the publisher",
    "not_available": "not published",
    "not_applicable": "does not apply",
    "small_numbers": "too few cases to print",
    "not_comparable": "not comparable",
    "not_collected": "not collected",
    "not_yet_published": "not yet published",
    "no_population": "no population held to divide by",
}

NOT_RANKED = {
    "too_few_measures": "too few measures are published",
    "too_few_lenses": "too few lenses are ranked",
    "lens_not_scored": "the lens is not scored in this edition",
    "edition_has_too_few_lenses": "too few lenses are scored in this edition",
    "council_never_ranked": "the council is never ranked",
    "no_population": "no population is held to divide by",
    "no_spend": "no spend is held",
    "spend_below_quarter_of_england": "its spend is below a quarter of England's, which is not comparable",
    "age_split_implausible": "its spend by age contradicts its own returns, so it is not comparable",
    "spend_above_four_times_england": "its spend is above four times England's, which is not comparable",
    "spend_not_positive": "its net spend is not above zero, which is not comparable",
}

NO_COMPANION = {
    "not_ranked_in_headline": "not ranked beside it",
    "too_few_like_editions": "fewer than two years that compare",
    "too_few_like_measures": "too few measures held in all years",
    "no_regressor": "its deprivation or density is not held",
    "council_never_ranked": "the council is never ranked",
    "too_few_lenses": "in too few lenses",
}

COMPANION = (
    "Companion: a second ranking, of two or three years pooled, with what need and place explain "
    "(deprivation, great age, density) taken out of spend. Where it differs much from the rank, the rank "
    "says as much of the place as of the council."
)

NOT_SCORED = {
    "too_few_measures": "too few of its measures have figures",
    "no_spend": "no spend is held",
}

QUADRANT = {
    "better_for_less": "better outcomes than the mean, for less money",
    "better_for_more": "better outcomes than the mean, for more money",
    "worse_for_less": "poorer outcomes than the mean, for less money",
    "worse_for_more": "poorer outcomes than the mean, for more money",
}

QUARTER = {1: "first quarter", 2: "second quarter", 3: "third quarter", 4: "fourth quarter"}

STRENGTH = {
    "costs_fell": "A study with a comparison found that costs fell",
    "same_cost_better_outcome": "A study with a comparison found a better outcome at the same cost",
    "association": "Cost and outcome go together in figures, in a model or in a study of something near it; "
    "no comparison shows that costs fall, so the measure rests on reasoning",
    "reasoning_only": "No reference shows it: the measure rests on reasoning",
}

RECEIVER = {
    "council": "the council",
    "nhs": "the NHS",
    "justice": "police, courts and prisons",
    "benefits": "benefits and taxes",
    "person": "the person",
}

NO_OVERALL_RANKING = "No edition has an overall ranking: for one, at least five lenses must be scored."

RANGE_POSITION = {
    "first_half": "Likely range wholly in the first half",
    "across": "Likely range across the middle",
    "second_half": "Likely range wholly in the second half",
    "not_ranked": "Not ranked",
}

GRIP = {
    "within_budget": "within budget",
    "over_budget_this_year": "over budget this year",
    "over_budget_two_years": "over budget two years in a row",
    "over_budget_three_years_or_more": "over budget three years in a row or more",
}

REASONS = {
    "awaiting_assessment": "Waits for an assessment",
    "awaiting_public_funding": "Waits for public funding",
    "awaiting_nhs_non_acute": "Waits for further NHS care",
    "awaiting_residential_home": "Waits for a residential home",
    "awaiting_nursing_home": "Waits for a nursing home",
    "awaiting_home_care_package": "Waits for care at home",
    "awaiting_equipment": "Waits for equipment and adaptations",
    "patient_or_family_choice": "Choice of patient or family",
    "disputes": "Disputes",
    "housing": "Housing",
    "other": "Other",
}

TESTS = {
    "september_2017_expectation_met": "Expectation of September 2017 met",
    "improved_since_september_2016": "Lower than in September 2016",
    "improved_since_february_2017": "Lower than in February 2017",
    "in_quarter_with_least_delay": "In the quarter of councils with least delay",
    "at_or_below_2_6": "At or below 2.6",
}


def counted(count: int, thing: str) -> str:
    """How many of a thing there are: 1 measure, 6 measures, 4 lenses."""
    ending = "" if count == 1 else "es" if thing.endswith("s") else "s"
    return f"{count} {thing}{ending}"


def surely_top_ten(count: int) -> str:
    """How many councils hardly ever leave the top ten; what is counted in tenths follows."""
    who = f"{counted(count, 'council')} {'is' if count == 1 else 'are'}" if count else "No council is"
    return f"{who} in the top ten in more than nine of ten"


def ordinal(place: int) -> str:
    """A place in words and figures: 1st, 22nd, 113th."""
    place = int(place)
    ending = "th" if 10 <= place % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def number(value: float | None, decimals: int = 1) -> str:
    """A number with thousands apart and a true minus; a dash where there is none."""
    if value is None:
        return NO_VALUE
    text = f"{value:,.{decimals}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed(value: float | None, decimals: int = 0) -> str:
    """A number with its sign."""
    text = number(value, decimals)
    return text if value is None or text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def plain(value: float | None) -> str:
    """A published value with as many decimals as its size needs."""
    if value is None:
        return NO_VALUE
    size = abs(value)
    return number(value, 0 if size >= 1000 else 1 if size >= 10 else 2)


def signed_end(value: float | None) -> str:
    """An end of a range with its sign and as many decimals as keep it apart from 0."""
    if not value or signed(value) != "0":
        return signed(value)
    return signed(value, 1) if signed(value, 1) != "0.0" else signed(value, 2)


def plain_apart(value: float, other: float | None) -> str:
    """A published value with as many decimals as keep it apart from another one."""
    if plain(value) != plain(other):
        return plain(value)
    return number(value, 3) if number(value, 3) != number(other, 3) else number(value, 5)


def receivers(text: str) -> str:
    """To whom a saving falls, from the register's list."""
    return ", ".join(RECEIVER[each] for each in text.split(";"))


def words(text: str | None) -> str:
    """A word of the marts as words of a sentence."""
    return (text or "").replace("_", " ")


def range_alone(row: Row) -> str:
    """Where a rank likely lies, for a chart that shows the rank itself."""
    if row["productivity_rank"] is None:
        return "not ranked"
    if row["rank_p05"] is None or row["rank_p95"] is None:
        return "depends on where comparability ends"
    return f"{ordinal(row['rank_p05'])} to {ordinal(row['rank_p95'])} of {row['ranked_councils']}"


def rank_range(row: Row) -> str:
    """A rank, never bare: "23rd, likely 12th to 41st of 149"."""
    rank, ranked = row["productivity_rank"], row["ranked_councils"]
    if rank is None:
        return "not ranked"
    better, worse = row["rank_p05"], row["rank_p95"]
    if better is None or worse is None:
        return f"{ordinal(rank)} of {ranked}, depends on where comparability ends"
    if better == worse:
        return f"{ordinal(rank)}, likely {ordinal(better)} of {ranked}"
    return f"{ordinal(rank)}, likely {ordinal(better)} to {ordinal(worse)} of {ranked}"


def intervals_sentence(row: Row) -> str:
    """What choices and noise do apart, and the range for the next edition; "" without a band."""
    if row["rank_p05"] is None or row["next_edition_rank_p05"] is None:
        return ""

    def places(name: str) -> str:
        better, worse = row[f"{name}_rank_p05"], row[f"{name}_rank_p95"]
        return f"{ordinal(better)} to {ordinal(worse)} of {row['ranked_councils']}"

    return (
        f"Overall, choices of method alone put it {places('choices')}, chance and the year alone "
        f"{places('noise')}. When the index is made again, nine times in ten it will stand "
        f"{places('next_edition')}."
    )


def rank_or_reason(row: Row) -> str:
    """The rank with its range, or why there is none."""
    if row["productivity_rank"] is not None:
        return rank_range(row)
    return f"Not ranked: {NOT_RANKED.get(row['not_ranked_reason'], words(row['not_ranked_reason']))}"


def companion_or_reason(row: Row) -> str:
    """The companion's rank with its range, or why there is none."""
    if row["companion_rank"] is None:
        reason = row["no_companion_reason"]
        return f"None: {NO_COMPANION[reason]}" if reason else NO_VALUE
    companion = {
        "productivity_rank": row["companion_rank"],
        "ranked_councils": row["companion_ranked_councils"],
        "rank_p05": row["companion_rank_p05"],
        "rank_p95": row["companion_rank_p95"],
    }
    return rank_range(companion)


def overall_sentence(name: str, row: Row) -> str:
    """The standing overall as a sentence."""
    if row["productivity_rank"] is None:
        reason = NOT_RANKED.get(row["not_ranked_reason"], words(row["not_ranked_reason"]))
        return f"{name} has no overall rank in {row['edition']}: {reason}."
    lenses = f"{row['parts_present']} of {row['parts_active']} lenses"
    return f"Overall {name} ranks {rank_range(row)} in {row['edition']}, on {lenses}. {range_sentence(row)}"


def range_sentence(row: Row) -> str:
    """What the range allows one to say."""
    return {
        "first_half": "Its likely range lies wholly in the first half.",
        "second_half": "Its likely range lies wholly in the second half.",
        "across": "Its likely range lies across the middle: the figures do not say in which half it stands.",
    }.get(row["range_position"], "")


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def half_sentences(lenses: Sequence[Row]) -> list[str]:
    """Which lenses lie surely in a half and which do not, a sentence for each."""
    wordings = {
        "first_half": "Likely range wholly in the first half: {}.",
        "second_half": "Likely range wholly in the second half: {}.",
        "across": "The figures do not say in which half it stands: {}.",
    }
    named = {at: [row["ranking_name"] for row in lenses if row["range_position"] == at] for at in wordings}
    return [wording.format(joined(named[at])) for at, wording in wordings.items() if named[at]]


def not_scored_sentence(row: Row, last: Markup | str | None) -> Markup:
    """Why a lens is not scored in an edition, and when councils were last ranked in it."""
    reason = NOT_SCORED[row["not_scored_reason"]]
    ranked = Markup("Councils were last ranked in it in {}.").format(last)
    return Markup("{} is not scored in {}: {}. {}").format(
        row["ranking_name"], row["edition"], reason, ranked if last else "No edition ranks councils in it."
    )


def last_ranked_sentence(edition: str, later: Sequence[Row]) -> str:
    """That no newer edition ranks councils in a lens, and why."""
    reasons: dict[str, list[str]] = {}
    for row in later:
        reason = NOT_SCORED.get(row["not_scored_reason"] or "", "no council can be ranked")
        reasons.setdefault(reason, []).append(row["edition"])
    why = "; ".join(f"in {joined(editions)} {reason}" for reason, editions in reasons.items())
    return f"Councils were last ranked in it in {edition}: {why}."


def no_change_sentence(edition: str, reason: str, *, some: bool = False) -> str:
    """Why no change to an edition is shown, or not in all rankings."""
    return f"No {'other ' if some else ''}change is shown to {edition}: {reason}."


# What makes spend of two editions comparable, and what a change in spend is then called.
PRICE_BASIS = {
    "deflator": "in constant prices",
    "deflator_forecast": "in constant prices, of which the newest are a forecast",
    "england_spend": "against what England spends",
}
SPEND_CHANGED = {
    "deflator": "spend per head",
    "deflator_forecast": "spend per head",
    "england_spend": "spend per head relative to England's",
}


def one_population(row: Row) -> list[str]:
    """That both editions divide by the same people, where they do."""
    if not row["has_same_population_year"]:
        return []
    return [
        f"{row['from_edition']} and {row['edition']} divide by the people of one mid-year: where spend is "
        "per person, its change per head is one of spend alone."
    ]


def change_sentence(row: Row | None, edition: str) -> str:
    """The change since the edition before; noise is not called one."""
    if row is None:
        return f"No change is shown to {edition}: the edition before cannot be compared with it."
    since = f"since {row['from_edition']}, like for like and {PRICE_BASIS[row['price_basis']]}"
    low, high = row["productivity_change_pct_p05"], row["productivity_change_pct_p95"]
    made_of = (
        f"{signed(row['productivity_change_pct'])} %, of outcome {signed(row['outcome_change_pct'])} % and "
        f"{SPEND_CHANGED[row['price_basis']]} {signed(row['spend_change_pct'])} %"
    )
    if row["change_verdict"] == "cannot_be_told_from_noise":
        return (
            f"Change in productivity {since}: {made_of}, which cannot be told from noise "
            f"(likely {signed_end(low)} % to {signed_end(high)} %)."
        )
    went = "went up" if row["change_verdict"] == "improved" else "went down"
    return (
        f"Productivity {went} {since}: {made_of}; "
        f"more than noise, likely {signed_end(low)} % to {signed_end(high)} %."
    )


def no_need(row: Row) -> str:
    """Why nothing is taken out of spend for need."""
    return "no deprivation held" if row["is_need_declared"] else "no need declared"


def agreement(row: Row) -> str:
    """In how many of the views the council does well, without calling it good or bad."""
    return f"{row['views_good']} of {row['views_held']}"


def questions(name: str, lenses: Sequence[Row], parts: Sequence[Row], measures: Sequence[Row]) -> list[str]:
    """What to ask next: the largest part of the difference, what is missing, where spend decides."""
    found = []
    against = [row for row in parts if row["ranking_id"] == "overall" and row["reference_kind"] == "england"]
    if against:
        largest = max(against, key=lambda row: abs(row["points"]))
        side = "speaks for" if largest["points"] > 0 else "speaks against"
        found.append(
            f"The largest part of the difference from {largest['reference_title']} is "
            f"\u201c{largest['component_name']}\u201d, which {side} {name} in the ratio. What lies "
            "behind it: need, prices, how costs are booked, or the service?"
        )
    wide = [
        row for row in lenses if row["productivity_rank"] is not None and row["range_position"] == "across"
    ]
    if wide:
        found.append(
            f"In {joined([row['ranking_name'] for row in wide])} the rank depends on how one counts. Which "
            "measure would you leave out or weigh more, and does the view change?"
        )
    missing = sorted({row["ranking_name"] for row in measures if row["missing_reason"]})
    if missing:
        found.append(f"Some figures of {joined(missing)} are missing. Does the council hold them itself?")
    apart = [row for row in lenses if (row["not_ranked_reason"] or "").startswith("spend_")]
    if apart:
        names = joined([row["ranking_name"] for row in apart])
        found.append(
            f"Spend in {names} cannot be compared. Which income or cost is netted off in the return?"
        )
    if found:
        return found
    if any(row["productivity_rank"] is not None for row in lenses):
        return ["Which of its peers get a better outcome for less spend, and what do they do otherwise?"]
    if any(row["outcome_score"] is not None for row in lenses):
        return ["Outcomes are scored, and no rank follows: what is missing of spend or of people in need?"]
    return ["Why are there no figures to rank the council by?"]
