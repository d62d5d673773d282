"""What the other code starts from: values, registers and spend of a built database, as arrays by council."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numbers_drawn import Array, percent_ranks, sampling_error

BASE = ("2015-16", "2019-20")
FLOOR, CEILING = 0.25, 4.0
BEYOND_LIMITS = ("spend_below_quarter_of_england", "spend_above_four_times_england")
NEEDS = ("income_deprivation", "income_deprivation_children", "income_deprivation_older_people")
NORMALISATIONS = ("goalposts", "minmax", "percentile")


@dataclass
class Lens:
    """One lens in one edition: councils in rows, measures in columns."""

    ranking_id: str
    edition: str
    weight: float
    scale: float
    councils: list[str]
    measures: list[str]
    values: Array
    weights: Array
    polarity: Array
    posts: Array
    errors: Array
    reason: Array
    spend_index: Array
    spend_pooled: Array
    need: Array

    @cached_property
    def present(self) -> Array:
        """Which values there are."""
        return ~np.isnan(self.values)

    @cached_property
    def scores(self) -> dict[str, Array]:
        """Scores on 1 to 100 by each scale; a value that is missing stays missing."""
        worst, best = self.posts
        directed = self.values * self.polarity
        low, high = np.nanmin(directed, axis=0), np.nanmax(directed, axis=0)
        return {
            "goalposts": 1 + 99 * np.clip((self.values - worst) / (best - worst), 0, 1),
            "minmax": 1 + 99 * (directed - low) / (high - low),
            "percentile": 1 + 99 * percent_ranks(directed),
        }

    def outcome(self, normalisation: str = "goalposts") -> Array:
        """The mean of the scores that are present, at the register's weights."""
        scores = np.where(self.present, self.scores[normalisation], 0)
        with np.errstate(invalid="ignore"):
            return (scores @ self.weights) / (self.present @ self.weights)

    @cached_property
    def noise_scale(self) -> Array:
        """How far outcomes lie apart by each scale, those by goalposts being 1."""
        apart = [np.nanstd(self.outcome(each), ddof=1) for each in NORMALISATIONS]
        return np.array(apart) / apart[0]

    @cached_property
    def outcome_error(self) -> Array:
        """Standard error of the outcome; beyond a goalpost a small error leaves the score as it is."""
        scores = self.scores["goalposts"]
        worst, best = self.posts
        in_score = 99 * self.errors / np.abs(best - worst)
        counts = self.present & (scores > 1) & (scores < 100) & ~np.isnan(in_score)
        squares = np.where(counts, np.nan_to_num(in_score) * self.weights, 0) ** 2
        with np.errstate(invalid="ignore"):
            return np.sqrt(squares.sum(axis=1)) / (self.present @ self.weights)

    @cached_property
    def is_ranked(self) -> Array:
        """Who is ranked."""
        return self.reason == ""

    @cached_property
    def may_be_ranked(self) -> Array:
        """Who a draw may rank: who is, or is not for a spend index beyond the limits alone."""
        return self.is_ranked | np.isin(self.reason, BEYOND_LIMITS)

    @cached_property
    def spend(self) -> Array:
        """The spend index as it is, less what need explains, and the mean of up to three years."""
        adjusted = self.spend_index.copy()
        known = self.is_ranked & ~np.isnan(self.need)
        if known.any():
            need, ln_spend = self.need[known], np.log(self.spend_index[known])
            slope = np.cov(need, ln_spend)[0, 1] / np.var(need, ddof=1)
            held = ~np.isnan(self.need)
            adjusted[held] *= np.exp(-slope * (self.need[held] - need.mean()))
        return np.array([self.spend_index, adjusted, self.spend_pooled])


class Figures:
    """A built database, read once."""

    def __init__(self, database: Path) -> None:
        """Read what the lenses are made of."""
        self.connection = duckdb.connect(str(database), read_only=True)
        self.lens_ids = [row[0] for row in self.rows("ranking_id", "staging.stg_register__rankings", "lens")]
        self.pairs = {
            (ranking, edition): before
            for ranking, edition, before in self.rows(
                "ranking_id, edition, from_edition", "intermediate.int_change__pairs", "lens"
            )
        }
        self.lenses = {(lens.ranking_id, lens.edition): lens for lens in self.read_lenses()}
        self.editions = sorted({edition for _, edition in self.lenses})

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return self.connection.execute(sql).fetchall()

    def rows(self, columns: str, table: str, kind: str = "") -> list[tuple[Any, ...]]:
        """Rows of a table, in order."""
        where = f" where ranking_kind = '{kind}'" if kind else ""
        return self.query(f"select {columns} from {table}{where} order by all")

    def spend_held(self) -> dict[tuple[str, str], dict[str, tuple[float, str]]]:
        """Spend index and series by lens and council, then edition."""
        held: dict[tuple[str, str], dict[str, tuple[float, str]]] = defaultdict(dict)
        england: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
        rows = self.rows(
            "ranking_id, gss_code, edition, spend_gbp, need_population, spend_series",
            "intermediate.int_spend__by_ranking",
            "lens",
        )
        whole = [row for row in rows if row[3] is not None and row[4]]
        for ranking, _, edition, spend, need, _ in whole:
            england[ranking, edition][0] += spend
            england[ranking, edition][1] += need
        for ranking, council, edition, spend, need, series in whole:
            if spend > 0:
                all_spend, all_need = england[ranking, edition]
                held[ranking, council][edition] = (spend / need / (all_spend / all_need), series)
        return held

    def read_lenses(self) -> list[Lens]:
        """Every lens in every edition in which it is ranked."""
        registers = {
            "polarity": dict(self.rows("measure_id, polarity", "staging.stg_register__measures")),
            "posts": {
                measure: (worst, best)
                for measure, worst, best in self.query(
                    "select measure_id, worst_goalpost, best_goalpost from staging.stg_register__goalposts "
                    "where method_version = (select max(method_version) from staging.stg_register__goalposts)"
                )
            },
            "adjuster": dict(self.rows("ranking_id, need_adjuster", "staging.stg_register__rankings")),
            "weight": dict(self.rows("ranking_id, weight_in_overall", "staging.stg_register__rankings")),
        }
        values: dict[tuple[str, str], dict[tuple[str, str], tuple[Any, ...]]] = defaultdict(dict)
        weights: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for row in self.query(SCORED):
            ranking, edition, council, measure, weight, *figures = row
            weights[ranking, edition][measure] = weight
            values[ranking, edition][council, measure] = tuple(figures)
        standing: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for ranking, edition, council, reason in self.rows(
            "ranking_id, edition, gss_code, coalesce(not_ranked_reason, '')",
            "intermediate.int_rankings__productivity",
            "lens",
        ):
            standing[ranking, edition][council] = reason
        needs = {row[0]: row[1:] for row in self.rows(f"gss_code, {', '.join(NEEDS)}", DEPRIVATION)}
        spend = self.spend_held()
        scales = self.scales()
        lenses = []
        for (ranking, edition), reasons in sorted(standing.items()):
            if ranking not in self.lens_ids or "" not in reasons.values():
                continue
            councils = sorted({council for council, _ in values[ranking, edition]})
            measures = sorted(weights[ranking, edition])
            cells = [
                [values[ranking, edition].get((council, measure)) for measure in measures]
                for council in councils
            ]
            adjuster = registers["adjuster"][ranking]
            place = NEEDS.index(adjuster) if adjuster in NEEDS else None
            lenses.append(
                Lens(
                    ranking,
                    edition,
                    registers["weight"][ranking],
                    scales[ranking, edition],
                    councils,
                    measures,
                    np.array([[np.nan if cell is None else cell[0] for cell in row] for row in cells]),
                    np.array([weights[ranking, edition][measure] for measure in measures]),
                    np.array([registers["polarity"][measure] for measure in measures], float),
                    np.array([registers["posts"][measure] for measure in measures]).T,
                    np.array([[sampling_error(cell) for cell in row] for row in cells]),
                    np.array([reasons.get(council, "unknown") for council in councils]),
                    np.array([spend[ranking, each].get(edition, (np.nan,))[0] for each in councils]),
                    np.array([three_years(spend[ranking, council], edition) for council in councils]),
                    np.array(
                        [
                            np.nan
                            if place is None or needs.get(council, (None,) * 3)[place] is None
                            else needs[council][place]
                            for council in councils
                        ]
                    ),
                )
            )
        return lenses

    def scales(self) -> dict[tuple[str, str], float]:
        """What a lens's logarithms are multiplied by: the mean of the frozen spreads over its own."""
        spreads = self.rows(
            "ranking_id, first_edition, log_spread, basis", "staging.stg_register__lens_spreads"
        )
        common = np.mean([spread for _, _, spread, basis in spreads if basis == "base_editions"])
        editions = [row[0] for row in self.rows("edition", "staging.stg_register__editions")]
        return {
            (ranking, edition): float(common / spread)
            for edition in editions
            for ranking, first, spread, _ in sorted(spreads, key=lambda row: row[1])
            if first <= edition
        }


DEPRIVATION = "staging.stg_mhclg__deprivation"
SCORED = """
select
    graded.ranking_id, graded.edition, graded.gss_code, graded.measure_id, graded.weight,
    graded.measure_value,
    errors.sampling_error, graded.numerator, graded.denominator, graded.periods_held, measures.multiplier,
    counted.figure_value, errors.count_share, errors.value_per, errors.deviation, errors.printed_step
from intermediate.int_measures__graded as graded
inner join intermediate.int_calendar__live_councils as live using (edition, gss_code)
inner join staging.stg_register__rankings as rankings using (ranking_id)
inner join staging.stg_register__measures as measures using (measure_id)
inner join staging.stg_register__measure_errors as errors using (measure_id)
left join intermediate.int_measures__counted as counted using (measure_id, edition, gss_code)
where
    graded.is_active and graded.measure_value is not null and live.is_rankable
    and rankings.ranking_kind = 'lens'
order by all
"""


def three_years(held: dict[str, tuple[float, str]], edition: str) -> float:
    """The mean spend index of up to three editions of one series; of a single one, itself."""
    if edition not in held:
        return float("nan")
    like = [
        index
        for other, (index, series) in held.items()
        if series == held[edition][1] and 0 <= int(edition[:4]) - int(other[:4]) <= 2
    ]
    return float(np.mean(like))
