"""What moves from one edition to the next: the noise of a year, and how far productivity moves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from figures import BASE, Figures
from numbers_drawn import Array

NEEDED_MEASURES, NEEDED_TRIPLES, NEEDED_PAIRS = 4, 2, 3
NEEDED_SHARE = round(2 / 3, 9)


@dataclass
class Change:
    """A lens from one edition to another, of the councils that are ranked in both, like for like."""

    ranking_id: str
    before: str
    edition: str
    councils: list[str]
    outcome: Array
    ln_productivity: Array


def like_for_like(figures: Figures) -> list[Change]:
    """Every change of a lens that is shown."""
    spent = {
        row[:3]: row[3:]
        for row in figures.rows(
            "ranking_id, edition, gss_code, spend_gbp, need_population",
            "intermediate.int_spend__by_ranking",
            "lens",
        )
    }
    prices = dict(figures.rows("edition, gdp_deflator", "staging.stg_hmt__gdp_deflator"))
    found = []
    for (ranking, edition), before in sorted(figures.pairs.items()):
        new, old = figures.lenses.get((ranking, edition)), figures.lenses.get((ranking, before))
        if new is None or old is None:
            continue
        shared = [measure for measure in new.measures if measure in old.measures]
        columns = [new.measures.index(each) for each in shared], [old.measures.index(each) for each in shared]
        weights = new.weights[columns[0]]
        # A lens measured anew has nothing to be compared with.
        if len(shared) < NEEDED_MEASURES or round(weights.sum() / new.weights.sum(), 9) < NEEDED_SHARE:
            continue
        councils, outcome, ln_productivity = [], [], []
        for at, council in enumerate(new.councils):
            if not new.is_ranked[at] or council not in old.councils:
                continue
            row = old.councils.index(council)
            scores = np.array(
                [new.scores["goalposts"][at, columns[0]], old.scores["goalposts"][row, columns[1]]]
            )
            held = ~np.isnan(scores).any(axis=0)
            if not old.is_ranked[row] or held.sum() < NEEDED_MEASURES:
                continue
            now, then = (scores[:, held] @ weights[held]) / weights[held].sum()
            if edition in prices and before in prices:
                (cash, people), (cash_before, people_before) = (
                    spent[ranking, edition, council],
                    spent[ranking, before, council],
                )
                real = cash / people / prices[edition] / (cash_before / people_before / prices[before])
            else:
                # Without a deflator spend is set beside England's of its edition.
                real = new.spend_index[at] / old.spend_index[row]
            councils.append(council)
            outcome.append(now - then)
            ln_productivity.append(np.log(now / then) - np.log(real))
        found.append(Change(ranking, before, edition, councils, np.array(outcome), np.array(ln_productivity)))
    return found


def noise_of_year(figures: Figures, changes: list[Change]) -> dict[str, tuple[float, bool]]:
    """Standard deviation of what of a year's outcome does not last, by lens, and whether it is borrowed."""
    variances: dict[str, list[float]] = defaultdict(list)
    inside = [each for each in changes if BASE[0] <= each.before and each.edition <= BASE[1]]
    for first in inside:
        for second in inside:
            if second.ranking_id == first.ranking_id and second.before == first.edition:
                shared = [council for council in first.councils if council in second.councils]
                one = first.outcome[[first.councils.index(each) for each in shared]]
                other = second.outcome[[second.councils.index(each) for each in shared]]
                lens = figures.lenses[first.ranking_id, first.edition]
                errors = lens.outcome_error[[lens.councils.index(each) for each in shared]]
                variances[first.ranking_id].append(-np.cov(one, other)[0, 1] - np.mean(errors**2))
    own = {
        ranking: max(0.0, float(np.mean(each)))
        for ranking, each in variances.items()
        if len(each) >= NEEDED_TRIPLES
    }
    borrowed = float(np.median(list(own.values())))
    return {
        ranking: (float(np.sqrt(own.get(ranking, borrowed))), ranking not in own)
        for ranking in figures.lens_ids
    }


def change_ahead(figures: Figures, changes: list[Change], left_out: str = "none") -> dict[str, float]:
    """Standard deviation of a year's change in ln productivity by lens, one pair of editions left out."""

    def variance(pairs: list[Change]) -> float:
        squares = sum(
            float(np.sum((each.ln_productivity - each.ln_productivity.mean()) ** 2)) for each in pairs
        )
        return squares / sum(len(each.councils) - 1 for each in pairs)

    of_lens = {
        ranking: [each for each in changes if each.ranking_id == ranking] for ranking in figures.lens_ids
    }
    enough = {ranking: pairs for ranking, pairs in of_lens.items() if len(pairs) >= NEEDED_PAIRS}
    borrowed = float(np.median([variance(pairs) for pairs in enough.values()]))
    return {
        ranking: float(
            np.sqrt(
                variance([each for each in enough[ranking] if each.before != left_out])
                if ranking in enough
                else borrowed
            )
        )
        for ranking in figures.lens_ids
    }
