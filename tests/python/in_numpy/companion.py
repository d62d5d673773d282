"""The companion ranking from the figures: years pooled, need and place taken out of spend, and its draws."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from draws import LENSES_NEEDED, drawn, noise, outcomes
from figures import BASE, Figures, Lens
from numbers_drawn import Array, ranks

PLACES = """
select
    live.edition, live.gss_code, deprivation.income_deprivation, deprivation.income_deprivation_children,
    deprivation.income_deprivation_older_people,
    max(figure_value) filter (item_id = 'pop_all') as people,
    max(figure_value) filter (item_id = 'pop_18_plus') as adults,
    max(figure_value) filter (item_id = 'pop_65_plus') as aged_65,
    max(figure_value) filter (item_id = 'pop_85_plus') as aged_85,
    max(figure_value) filter (item_id = 'area_sq_km') as area
from intermediate.int_calendar__live_councils as live
left join staging.stg_mhclg__deprivation as deprivation using (gss_code)
left join intermediate.int_figures__by_council as figures
    on figures.edition = live.edition and figures.gss_code = live.gss_code
    and figures.publication_id = 'ons_population'
where live.is_index_edition
group by all
"""


@dataclass
class Pooled:
    """What is pooled for a council: editions, the measures held in all of them, and ln spend that is left."""

    editions: list[str]
    measures: list[str]
    ln_spend: float


class Companion:
    """The companion ranking of every lens and edition."""

    def __init__(self, figures: Figures) -> None:
        """Fit the coefficients and pool the editions."""
        self.figures = figures
        self.places = self.read_places()
        self.declared: dict[str, list[str]] = defaultdict(list)
        for ranking, _, regressor in figures.rows(
            "ranking_id, regressor_order, regressor_id", "staging.stg_register__companion_regressors"
        ):
            self.declared[ranking].append(regressor)
        self.series = {
            row[:2]: row[2]
            for row in figures.rows("ranking_id, edition, spend_series", "intermediate.int_spend__series")
        }
        self.census = dict(figures.rows("edition, population_base", "staging.stg_register__editions"))
        self.by_people = {
            ranking: need == "ons_population"
            for ranking, need in figures.rows(
                "ranking_id, need_publication_id", "staging.stg_register__rankings"
            )
        }
        self.coefficients = {ranking: self.fit(ranking) for ranking in figures.lens_ids}
        self.pooled = {key: self.pool(lens) for key, lens in figures.lenses.items()}

    def read_places(self) -> dict[tuple[str, str], dict[str, float]]:
        """What each council finds and does not choose, by edition."""
        found = {}
        for (
            edition,
            council,
            poor,
            poor_children,
            poor_older,
            people,
            adults,
            old,
            oldest,
            area,
        ) in self.figures.query(PLACES):
            given = {
                "income_deprivation": poor,
                "income_deprivation_children": poor_children,
                "income_deprivation_older_people": poor_older,
                "share_85_plus_of_adults": oldest / adults if oldest is not None and adults else None,
                "share_85_plus_of_65_plus": oldest / old if oldest is not None and old else None,
                "ln_people_per_sq_km": np.log(people / area) if people and area else None,
            }
            found[edition, council] = {
                name: np.nan if value is None else float(value) for name, value in given.items()
            }
        return found

    def regressors(self, ranking: str, edition: str, council: str) -> Array:
        """The declared regressors of a council."""
        return np.array([self.places[edition, council][name] for name in self.declared[ranking]])

    def fit(self, ranking: str) -> tuple[Array, Array]:
        """Coefficients and means by least squares over the base editions, each with a constant of its own."""
        rows, targets, editions = [], [], []
        for (lens_id, edition), lens in self.figures.lenses.items():
            if lens_id == ranking and BASE[0] <= edition <= BASE[1]:
                for council, spend in zip(
                    np.array(lens.councils)[lens.is_ranked], lens.spend_index[lens.is_ranked], strict=True
                ):
                    given = self.regressors(ranking, edition, str(council))
                    if not np.isnan(given).any():
                        rows.append(given)
                        targets.append(np.log(spend))
                        editions.append(edition)
        given, dummies = np.array(rows), np.array(editions)[:, None] == np.unique(editions)
        solved = np.linalg.lstsq(np.hstack([given, dummies]), np.array(targets), rcond=None)[0]
        return solved[: given.shape[1]], given.mean(axis=0)

    def pool(self, lens: Lens) -> dict[str, Pooled]:
        """The councils of a lens and edition that have a companion rank there."""
        ranking, edition = lens.ranking_id, lens.edition
        slopes, means = self.coefficients[ranking]
        like = [
            other
            for (lens_id, year), other in sorted(self.figures.lenses.items())
            if lens_id == ranking
            and 0 <= int(edition[:4]) - int(year[:4]) <= 2
            and self.series[ranking, year] == self.series[ranking, edition]
            and (not self.by_people[ranking] or self.census[year] == self.census[edition])
        ]
        found = {}
        for at, council in enumerate(lens.councils):
            if not lens.is_ranked[at]:
                continue
            there = [
                (other, other.councils.index(council))
                for other in like
                if council in other.councils and other.is_ranked[other.councils.index(council)]
            ]
            if len(there) < 2:
                continue
            held = [
                {
                    measure
                    for measure, is_held in zip(other.measures, other.present[row], strict=True)
                    if is_held
                }
                for other, row in there
            ]
            shared = sorted(set.intersection(*held))
            weight = sum(lens.weights[lens.measures.index(each)] for each in shared)
            if len(shared) < 4 or round(weight / lens.weights.sum(), 9) < round(2 / 3, 9):
                continue
            left = [
                np.log(other.spend_index[row])
                - slopes @ (self.regressors(ranking, other.edition, council) - means)
                for other, row in there
            ]
            if not np.isnan(left).any():
                found[council] = Pooled([other.edition for other, _ in there], shared, float(np.mean(left)))
        return found

    def drawn(
        self, edition: str, draws: int, random: np.random.Generator | None, years: dict[str, float]
    ) -> dict[str, tuple[list[str], Array]]:
        """Ln productivity by lens and overall; without a generator as published, one draw."""
        lenses = [lens for (_, year), lens in sorted(self.figures.lenses.items()) if year == edition]
        is_drawn = random is not None
        random = random or np.random.default_rng(0)
        every = list(self.figures.lenses.values())
        choices = drawn(random, draws, every, is_drawn)
        found = {}
        for lens in lenses:
            pooled = self.pooled[lens.ranking_id, edition]
            councils = sorted(pooled)
            total, count = np.zeros((draws, len(councils))), np.zeros(len(councils))
            for year in sorted({each for one in pooled.values() for each in one.editions}):
                other = self.figures.lenses[lens.ranking_id, year]
                mask = np.array(
                    [
                        [
                            council in pooled and measure in pooled[council].measures
                            for measure in other.measures
                        ]
                        for council in other.councils
                    ]
                )
                outcome = outcomes(other, choices, is_drawn, mask)
                if is_drawn:
                    outcome = outcome + noise(random, other, choices, years[lens.ranking_id], draws)
                for at, council in enumerate(councils):
                    if year in pooled[council].editions:
                        column = outcome[:, other.councils.index(council)]
                        total[:, at] += np.log(np.clip(column, 1, 100))
                        count[at] += 1
            if councils:
                spend = np.array([pooled[council].ln_spend for council in councils])
                found[lens.ranking_id] = (councils, total / count - spend)
        found["overall"] = self.overall(
            {lens.ranking_id: lens for lens in lenses}, found, choices.lens_weight
        )
        return found

    def overall(
        self,
        lenses: dict[str, Lens],
        found: dict[str, tuple[list[str], Array]],
        drawn_weight: dict[str, Array],
    ) -> tuple[list[str], Array]:
        """Over the lenses that have a council, each to its median and on its frozen scale; five at least."""
        count: dict[str, int] = defaultdict(int)
        total: dict[str, Array] = {}
        weight: dict[str, Array] = {}
        for ranking, (councils, ln_productivity) in found.items():
            lens = lenses[ranking]
            given = lens.weight * drawn_weight[ranking]
            to_median = ln_productivity - np.log(np.median(np.exp(ln_productivity), axis=1))[:, None]
            for at, council in enumerate(councils):
                count[council] += 1
                total[council] = total.get(council, 0.0) + given * lens.scale * to_median[:, at]
                weight[council] = weight.get(council, 0.0) + given
        ranked = sorted(council for council, lenses_held in count.items() if lenses_held >= LENSES_NEEDED)
        if not ranked:
            return [], np.empty((1, 0))
        return ranked, np.array([total[council] / weight[council] for council in ranked]).T


def places(found: tuple[list[str], Array]) -> tuple[list[str], Array]:
    """Councils and their places in each draw; logarithms are compared at twelve decimals as published."""
    councils, ln_productivity = found
    return councils, ranks(np.round(np.exp(ln_productivity), 9)) if councils else ln_productivity
