"""Sentences from numbers: no bare rank, no noise called a change, a question rather than praise or blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

Row = Mapping[str, Any]

MINUS = "\u2212"
NO_VALUE = "\u2013"

TEMPLATES = Path(__file__).resolve().parents[2] / "site_src" / "templates"
#: What pages say for values of columns of the marts; whoever changes a name changes it in the template.
NAMES: dict[str, Any] = vars(
    Environment(loader=FileSystemLoader(TEMPLATES)).get_template("names_words.html").module
)
MISSING: dict[str, str] = NAMES["missing"]
NOT_RANKED: dict[str, str] = NAMES["not_ranked"]
NO_COMPANION: dict[str, str] = NAMES["no_companion"]
COMPANION: str = NAMES["companion"]
NOT_SCORED: dict[str, str] = NAMES["not_scored"]
QUADRANT: dict[str, str] = NAMES["quadrant"]
QUARTER: dict[int, str] = NAMES["quarter"]
STRENGTH: dict[str, str] = NAMES["strength"]
RECEIVER: dict[str, str] = NAMES["receiver"]
NO_OVERALL_RANKING: str = NAMES["no_overall_ranking"]
RANGE_POSITION: dict[str, str] = NAMES["range_position"]
GRADES: dict[str, str] = NAMES["grades"]
GRIP: dict[str, str] = NAMES["grip"]
REASONS: dict[str, str] = NAMES["reasons"]
TESTS: dict[str, str] = NAMES["tests"]
PRICE_BASIS: dict[str, str] = NAMES["price_basis"]
SPEND_CHANGED: dict[str, str] = NAMES["spend_changed"]
LICENCES: dict[str, str] = NAMES["licences"]


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
    """An end of a range with its sign and as many decimals as keep it apart from 0, to sort a table by."""
    shown = [signed(value, decimals) for decimals in range(10)]
    return next((text for text in shown if text.strip("0.")), shown[0])


def spoken_end(value: float | None) -> str:
    """An end of a range in a sentence: what two decimals do not keep apart from 0 lies just beside it."""
    text = signed_end(value)
    if value is None or text == "0" or signed(value, 2).strip("0."):
        return f"{text} %"
    return "just above 0 %" if value > 0 else "just below 0 %"


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
        f"{places('noise')}. When the index is made again, nine times in ten it will lie "
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


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def licence(identifier: str) -> str:
    """A licence in words, or its identifier where it has none."""
    return LICENCES.get(identifier, identifier)


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
            f"(likely {spoken_end(low)} to {spoken_end(high)})."
        )
    went = "went up" if row["change_verdict"] == "improved" else "went down"
    return (
        f"Productivity {went} {since}: {made_of}; "
        f"more than noise, likely {spoken_end(low)} to {spoken_end(high)}."
    )


def no_need(row: Row) -> str:
    """Why nothing is taken out of spend for need."""
    return "no deprivation available" if row["is_need_declared"] else "no need declared"


def agreement(row: Row) -> str:
    """In how many of the views the council does well, without calling it good or bad."""
    return f"{row['views_good']} of {row['views_held']}"
