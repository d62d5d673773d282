"""The worked example by the method's text, in plain Python, without the macros and their SQL.

    python tests/python/by_the_method.py

writes ``worked_example/expected.csv`` anew. Values, weights and means are fractions, without any rounding;
roots and logarithms have forty digits. A score has a polarity and two goalposts on one scale, as the method's
text has it; the macros know a worst and a best goalpost instead.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "worked_example"
EXPECTED = FOLDER / "expected.csv"
DIGITS = 40
PLACES = Decimal("1e-9")
# Normalisation, kind of mean, and the least share of the children that must be present.
RUNS = {
    "goalposts arithmetic": ("goalposts", "arithmetic", Fraction(0)),
    "minmax1_100 arithmetic": ("minmax1_100", "arithmetic", Fraction(0)),
    "minmax1_100 geometric": ("minmax1_100", "geometric", Fraction(0)),
    "minmax1_100 harmonic": ("minmax1_100", "harmonic", Fraction(0)),
    "zscore100_10 arithmetic": ("zscore100_10", "arithmetic", Fraction(0)),
    "prank arithmetic, everything present": ("prank", "arithmetic", Fraction(1)),
}
LEVELS = (2, 3, 4)
FLOOR, CEILING = Fraction(1, 4), Fraction(4)
LETTERS = ((80, "A"), (60, "B"), (40, "C"), (20, "D"))

Number = Fraction | None
Numbers = dict[str, Number]
Cell = tuple[str, str, str, str]


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the example's files."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> Number:
    """A printed number, exactly; nothing where nothing is printed."""
    return Fraction(text) if text else None


def precisely(x: Fraction, function: Callable[[Decimal], Decimal]) -> Fraction:
    """A root, a logarithm or an exponential with forty digits."""
    with localcontext() as context:
        context.prec = DIGITS
        return Fraction(function(Decimal(x.numerator) / Decimal(x.denominator)))


def root(x: Fraction) -> Fraction:
    """The square root."""
    return precisely(x, Decimal.sqrt)


def logarithm(x: Fraction) -> Fraction:
    """The natural logarithm."""
    return precisely(x, Decimal.ln)


def exponential(x: Fraction) -> Fraction:
    """The exponential, the base of the logarithm to this power."""
    return precisely(x, Decimal.exp)


def to_nine_places(x: Fraction) -> Decimal:
    """A number as it is compared with others: at nine decimals (step 9)."""
    with localcontext() as context:
        context.prec = DIGITS
        return (Decimal(x.numerator) / Decimal(x.denominator)).quantize(PLACES, ROUND_HALF_UP)


def present(values: Numbers) -> dict[str, Fraction]:
    """What is not missing: nothing is filled in (step 5)."""
    return {name: value for name, value in values.items() if value is not None}


def over(values: Numbers, score: Callable[[Fraction, Sequence[Fraction]], Number]) -> Numbers:
    """Each value's score among those present; missing stays missing."""
    held = list(present(values).values())
    return {name: None if value is None else score(value, held) for name, value in values.items()}


def between_extremes(low: int, high: int) -> Callable[[Fraction, Sequence[Fraction]], Number]:
    """From the worst value to the best (step 10)."""

    def score(y: Fraction, held: Sequence[Fraction]) -> Number:
        worst, best = min(held), max(held)
        return None if best == worst else low + (high - low) * (y - worst) / (best - worst)

    return score


def deviations(mean: int, deviation: int) -> Callable[[Fraction, Sequence[Fraction]], Number]:
    """Distance from the mean in sample standard deviations, moved."""

    def score(y: Fraction, held: Sequence[Fraction]) -> Number:
        middle = sum(held, Fraction(0)) / len(held)
        squares = sum(((x - middle) ** 2 for x in held), Fraction(0))
        if len(held) < 2 or squares == 0:
            return None
        return mean + deviation * (y - middle) / root(squares / (len(held) - 1))

    return score


def beaten(y: Fraction, held: Sequence[Fraction]) -> int:
    """How many are strictly worse at nine decimals."""
    return sum(to_nine_places(x) < to_nine_places(y) for x in held)


def share_beaten(y: Fraction, held: Sequence[Fraction]) -> Number:
    """Of the others, the share that is strictly worse."""
    return None if len(held) < 2 else Fraction(beaten(y, held), len(held) - 1)


def goalpost_score(y: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """Step 3: 1 at the low goalpost or below it, 100 at the high one or above."""
    return 1 + 99 * min(Fraction(1), max(Fraction(0), (y - low) / (high - low)))


def grade(score: Fraction) -> str:
    """Step 3: the letter of a score."""
    return next((letter for least, letter in LETTERS if to_nine_places(score) >= least), "E")


def mean(
    values: Numbers, weights: Mapping[str, Fraction], kind: str, least: Fraction = Fraction(0)
) -> Number:
    """Steps 5 and 6: a weighted mean over what is present, if enough is."""
    held = present(values)
    if not held or len(held) < least * len(values):
        return None
    total = sum((weights[name] for name in held), Fraction(0))
    if kind == "arithmetic":
        return sum((weights[name] * value for name, value in held.items()), Fraction(0)) / total
    if kind == "harmonic":
        return total / sum((weights[name] / value for name, value in held.items()), Fraction(0))
    logarithms = sum((weights[name] * logarithm(value) for name, value in held.items()), Fraction(0))
    return exponential(logarithms / total)


def ranks(values: Numbers) -> dict[str, int | None]:
    """Step 9: one more than the number strictly better at nine decimals."""
    held = {name: to_nine_places(value) for name, value in present(values).items()}
    return {
        name: 1 + sum(other > held[name] for other in held.values()) if name in held else None
        for name in values
    }


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Type 7: straight between the two neighbours of the place (n - 1) x share."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def logarithmic_mean(a: Fraction, b: Fraction) -> Fraction:
    """Step 12: (a - b) / (ln a - ln b), and a where both are the same."""
    return a if a == b else (a - b) / (logarithm(a) - logarithm(b))


class Example:
    """The example's inputs, and what the method makes of them."""

    def __init__(self) -> None:
        """Read everything."""
        self.rows = table("councils.csv")
        self.councils = [row["council"] for row in self.rows]
        self.nodes = {row["node"]: row for row in table("measures.csv")}
        self.measures = [name for name, row in self.nodes.items() if row["level"] == "1"]
        self.direction = {name: int(self.nodes[name]["direction"]) for name in self.measures}
        # Step 2: y = polarity x. The goalposts are turned with it, so that the low one is always the worse.
        self.posts = {
            name: (
                Fraction(self.nodes[name]["worst_goalpost"]) * self.direction[name],
                Fraction(self.nodes[name]["best_goalpost"]) * self.direction[name],
            )
            for name in self.measures
        }
        self.directed: dict[str, Numbers] = {
            name: {
                row["council"]: None if (x := number(row[name])) is None else x * self.direction[name]
                for row in self.rows
            }
            for name in self.measures
        }
        self.weights = {"original": {name: Fraction(row["weight"]) for name, row in self.nodes.items()}}
        for row in table("weights.csv"):
            self.weights[row["weight_set"]] = {name: Fraction(row[name]) for name in self.nodes}
        self.scores = self.normalised()

    def children(self, parent: str) -> list[str]:
        """What a node of the tree is the mean of."""
        return [name for name, row in self.nodes.items() if row["parent"] == parent]

    def normalised(self) -> dict[str, dict[str, Numbers]]:
        """Every normalisation of every measure."""
        found: dict[str, dict[str, Numbers]] = defaultdict(dict)
        for name, values in self.directed.items():
            low, high = self.posts[name]
            clipped = {
                council: None if y is None else min(high, max(low, y)) for council, y in values.items()
            }
            found["minmax1_100"][name] = over(values, between_extremes(1, 100))
            found["minmax0_100"][name] = over(values, between_extremes(0, 100))
            found["dist2max"][name] = over(values, between_extremes(0, 1))
            found["zscore0_1"][name] = over(values, deviations(0, 1))
            found["zscore100_10"][name] = over(values, deviations(100, 10))
            found["prank"][name] = over(values, share_beaten)
            found["borda"][name] = over(values, lambda y, held: Fraction(beaten(y, held)))
            # The analysis shows goalposts from 0 to 100, as the published example does.
            found["goalposts"][name] = over(
                values, lambda y, _, low=low, high=high: (goalpost_score(y, low, high) - 1) * 100 / 99
            )
            found["treated_minmax1_100"][name] = over(clipped, between_extremes(1, 100))
        return found

    def aggregated(
        self, normalisation: str, kind: str, weight_set: str, least: Fraction = Fraction(0)
    ) -> dict[str, Numbers]:
        """Means up the tree, of every node above the measures."""
        held = dict(self.scores[normalisation])
        weights = self.weights[weight_set]
        parents: dict[str, None] = dict.fromkeys(row["parent"] for row in self.nodes.values())
        for parent in parents:
            children = self.children(parent)
            held[parent] = {
                council: mean({child: held[child][council] for child in children}, weights, kind, least)
                for council in self.councils
            }
        return {parent: held[parent] for parent in parents}

    def cells(self) -> Iterator[tuple[Cell, str]]:
        """Every number of the example: table, run or normalisation, council, measure, node or column."""
        for normalisation, measures in self.scores.items():
            for name, values in measures.items():
                for council, value in values.items():
                    yield ("normalised", normalisation, council, name), text(value)
        for run, (normalisation, kind, least) in RUNS.items():
            for node, values in self.aggregated(normalisation, kind, "original", least).items():
                placed = ranks(values)
                for council, value in values.items():
                    yield ("aggregated", run, council, node), text(value)
                    yield ("ranked", run, council, node), text(placed[council])
        drawn: defaultdict[str, list[Fraction]] = defaultdict(list)
        for at, weight_set in enumerate(name for name in self.weights if name != "original"):
            # Odd replications take the arithmetic mean, even ones the geometric.
            kind = "geometric" if at % 2 else "arithmetic"
            index = self.aggregated("treated_minmax1_100", kind, weight_set)["index"]
            for council, rank in ranks(index).items():
                assert rank is not None
                drawn[council].append(Fraction(rank))
                yield ("drawn", weight_set, council, "score"), text(index[council])
                yield ("drawn", weight_set, council, "unit_rank"), text(rank)
        for council, held in drawn.items():
            yield ("spread", "", council, "mean_rank"), text(sum(held, Fraction(0)) / len(held))
            for column, share in (("median", 2), ("lower", 20), ("upper", 20)):
                part = 1 - Fraction(1, share) if column == "upper" else Fraction(1, share)
                yield ("spread", "", council, f"{column}_rank"), text(quantile(held, part))
        yield from self.productive()

    def productive(self) -> Iterator[tuple[Cell, str]]:
        """Steps 3 and 6 to 9, 12 to 14 for one lens of all measures: a row of columns for each council."""
        weights = self.weights["original"]
        scored: dict[str, Numbers] = {council: {} for council in self.councils}
        for name in self.measures:
            low, high = self.posts[name]
            for council, y in self.directed[name].items():
                score = None if y is None else goalpost_score(y, low, high)
                scored[council][name] = score
                yield ("graded", name, council, "score"), text(score)
                yield ("graded", name, council, "grade"), "" if score is None else grade(score)
                # The value that has the score is the value itself, or the goalpost that it lies beyond.
                back = None if y is None else min(high, max(low, y)) * self.direction[name]
                yield ("graded", name, council, "value_again"), text(back)
        outcome = {council: mean(scored[council], weights, "arithmetic") for council in self.councils}
        spend = {row["council"]: number(row["spend_gbp"]) for row in self.rows}
        need = {row["council"]: Fraction(row["need_population"]) for row in self.rows}
        both = present(spend)
        england = sum(both.values(), Fraction(0)) / sum((need[council] for council in both), Fraction(0))
        index = {
            council: None if (pounds := spend[council]) is None else pounds / need[council] / england
            for council in self.councils
        }
        reasons = {council: not_comparable(value) for council, value in index.items()}
        ranked = [council for council in self.councils if not reasons[council]]
        productivity = {
            council: value / share
            for council in ranked
            if (value := outcome[council]) is not None and (share := index[council])
        }
        middle = quantile(list(productivity.values()), Fraction(1, 2))
        placed = ranks(dict(productivity))
        mean_outcome = sum((present(outcome)[council] for council in ranked), Fraction(0)) / len(ranked)
        mean_spend = sum((present(index)[council] for council in ranked), Fraction(0)) / len(ranked)
        for row in self.rows:
            council = row["council"]
            rank = placed.get(council)
            share, value = index[council], outcome[council]
            columns: dict[str, str] = {
                "outcome_score": text(value),
                "spend_index": text(share),
                "not_comparable": reasons[council],
                "productivity_index": text(100 * productivity[council] / middle if rank else None),
                "productivity_rank": text(rank),
                "quartile": text(1 + (rank - 1) * 4 // len(ranked) if rank else None),
                "decile": text(1 + (rank - 1) * 10 // len(ranked) if rank else None),
                "quadrant": "",
                "logarithmic_mean": text(
                    None if value is None else logarithmic_mean(value, present(outcome)["Gorsley"])
                ),
                "verdict": verdict(number(row["change_low"]), number(row["change_high"])),
                "direction": direction(number(row["change_low"])),
            }
            if rank and value is not None and share is not None:
                better = "better" if value > mean_outcome else "worse"
                columns["quadrant"] = f"{better}_for_{'less' if share < mean_spend else 'more'}"
            for column, shown in columns.items():
                yield ("productive", "", council, column), shown


def not_comparable(index: Number) -> str:
    """Step 7: at or below zero, or outside a quarter of England's and four times it."""
    if index is None:
        return "no_spend"
    if index <= 0:
        return "spend_not_positive"
    if index < FLOOR:
        return "spend_below_quarter_of_england"
    return "spend_above_four_times_england" if index > CEILING else ""


def verdict(low: Number, high: Number) -> str:
    """Step 14: a change only if its band leaves zero out."""
    if low is not None and low > 0:
        return "improved"
    return "declined" if high is not None and high < 0 else "cannot_be_told_from_noise"


def direction(movement: Number) -> str:
    """Of something of which less is better."""
    if movement is None:
        return ""
    return "unchanged" if movement == 0 else "improving" if movement < 0 else "worsening"


def text(value: Fraction | int | None) -> str:
    """A number with fifteen decimals at most, as it is kept."""
    if value is None:
        return ""
    with localcontext() as context:
        context.prec = DIGITS
        exact = Fraction(value)
        shown = f"{Decimal(exact.numerator) / Decimal(exact.denominator):.15f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def frozen() -> dict[Cell, str]:
    """The expected values, as they are kept."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return {
            (row["table"], row["run"], row["council"], row["item"]): row["expected"]
            for row in csv.DictReader(file)
        }


def main() -> None:
    """Write the expected values anew."""
    with EXPECTED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "run", "council", "item", "expected"])
        writer.writerows([*cell, shown] for cell, shown in Example().cells())


if __name__ == "__main__":
    main()
