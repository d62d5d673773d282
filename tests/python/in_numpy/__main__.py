"""Noise, back-test and companion ranking once more in NumPy, beside what a built database holds.

    python tests/python/in_numpy DATABASE

Prints a list of comparisons in JSON. What follows from the figures without a draw has to agree to the last
places; what is drawn has to lie within five errors of so many draws, as lots of as many draws of NumPy's own
show them, and the step in which it is counted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from changes import change_ahead, like_for_like, noise_of_year
from companion import Companion, places
from draws import Scenario, drawn_ranks
from figures import Figures
from numbers_drawn import INTERVAL, Array, apart, batches, ends, interval_score

SEED = 20260329
LOTS = 20
ERRORS = 5
EXACT = 1e-7
PUBLISHED = """
select edition, ranking_id, gss_code, productivity_rank, ranked_councils
from intermediate.int_rankings__published
where ranking_kind <> 'module'
"""
DRAWN = """
select edition, ranking_id, gss_code, avg(productivity_rank), max(max(draw)) over ()
from intermediate.int_draws__ranks
where scenario_id = ? and ranking_kind <> 'module'
group by all
"""


@dataclass
class Comparison:
    """One figure of the database and of the other code."""

    about: str
    theirs: float
    ours: float
    allowed: float

    @property
    def agrees(self) -> bool:
        """Whether the two lie as near as they have to."""
        return abs(self.theirs - self.ours) <= self.allowed


class Check:
    """The comparisons, made one after the other."""

    def __init__(self, database: Path) -> None:
        """Read the figures and work out what needs no draw."""
        self.figures = Figures(database)
        self.random = np.random.default_rng(SEED)
        self.found: list[Comparison] = []
        self.changes = like_for_like(self.figures)
        self.years = {
            ranking: deviation
            for ranking, (deviation, _) in noise_of_year(self.figures, self.changes).items()
        }
        self.standing: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self.ranked: dict[str, dict[str, int]] = defaultdict(dict)
        for edition, ranking, council, place, ranked in self.figures.query(PUBLISHED):
            self.standing[edition, ranking][council] = place
            self.ranked[edition][ranking] = ranked

    def compare(self, about: str, theirs: float, ours: float, allowed: float = EXACT) -> None:
        """Keep a comparison."""
        self.found.append(Comparison(about, float(theirs), float(ours), float(allowed)))

    def by_lots(self, about: str, theirs: float, ours: list[float], step: float) -> None:
        """Compare with what lots of as many draws give."""
        allowed = ERRORS * float(np.std(ours, ddof=1)) + step
        self.compare(about, theirs, float(np.mean(ours)), allowed)

    def noise(self) -> None:
        """Sampling errors of outcomes, the noise of a year, and how far productivity moves in one."""
        errors = {
            row[:3]: row[3]
            for row in self.figures.rows(
                "ranking_id, edition, gss_code, outcome_standard_error",
                "intermediate.int_noise__outcome_sampling_error",
            )
        }
        for (ranking, edition), lens in self.figures.lenses.items():
            theirs = np.array([errors[ranking, edition, council] for council in lens.councils])
            worst = float(np.nanmax(np.abs(theirs - lens.outcome_error)))
            self.compare(f"sampling error of the outcome, {ranking} {edition}, largest difference", worst, 0)
        noise = noise_of_year(self.figures, self.changes)
        for ranking, deviation, is_borrowed, ahead in self.figures.query(
            "select ranking_id, outcome_noise_deviation, is_noise_borrowed, ln_change_deviation "
            "from marts.fct_ranking_noise"
        ):
            if ranking in noise:
                self.compare(f"noise of a year, {ranking}", deviation, noise[ranking][0])
                self.compare(f"noise of a year, {ranking}, borrowed", is_borrowed, noise[ranking][1])
                known = change_ahead(self.figures, self.changes)[ranking]
                self.compare(f"change of ln productivity in a year, {ranking}", ahead, known)
        for ranking, left_out, ahead in self.figures.rows(
            "ranking_id, left_out_edition, ln_change_deviation", "intermediate.int_noise__next_edition"
        ):
            known = change_ahead(self.figures, self.changes, left_out)[ranking]
            self.compare(f"change of ln productivity without {left_out}, {ranking}", ahead, known)

    def mean_places(
        self, about: str, theirs: dict[str, float], councils: list[str], ours: Array, draws: int = INTERVAL
    ) -> None:
        """Compare the mean places of councils over so many draws of theirs, all at once."""
        means = np.array([theirs.get(council, np.nan) for council in councils])
        distance, own, deviation = apart(means, ours, draws)
        # Of councils whose places are independent the error is at least this; twenty lots show it roughly.
        deviation = max(deviation, float(np.sqrt(2 / len(councils))))
        self.compare(f"{about}: mean places, in squared errors", distance, own, ERRORS * deviation)

    def drawn(self, scenario_id: str, scenario: Scenario) -> None:
        """Mean places over all draws of a scenario in every edition, and the widths of the noise's."""
        means: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        draws = INTERVAL
        for edition, ranking, council, mean, drawn in self.figures.connection.execute(
            DRAWN, [scenario_id]
        ).fetchall():
            means[edition, ranking][council] = mean
            draws = drawn
        widths: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for edition, ranking, council, low, high in self.figures.query(
            "select edition, ranking_id, gss_code, rank_p05, rank_p95 from intermediate.int_draws__intervals "
            f"where scenario_id = '{scenario_id}'"
        ):
            widths[edition, ranking][council] = high - low
        for edition in self.figures.editions:
            lenses = [lens for (_, year), lens in self.figures.lenses.items() if year == edition]
            ranks = drawn_ranks(self.random, lenses, scenario, self.years, self.ranked[edition], LOTS * draws)
            for ranking, (councils, ours) in ranks.items():
                about = f"{scenario_id}, {ranking} {edition}"
                self.mean_places(about, means[edition, ranking], councils, ours, draws)
                if scenario_id == "noise":
                    there = [at for at, each in enumerate(councils) if each in widths[edition, ranking]]
                    shown = np.mean([widths[edition, ranking][councils[at]] for at in there])
                    lots = [
                        np.subtract(*reversed(ends(lot[:, there]))).mean() for lot in batches(ours, INTERVAL)
                    ]
                    self.by_lots(f"{about}: mean width", float(shown), [float(each) for each in lots], 0)

    def back_test(self) -> None:
        """The range for the next edition, drawn without the pair it is tested on, beside what came."""
        theirs = {
            row[:2]: row[2:]
            for row in self.figures.query(
                "select ranking_id, edition, share_inside, median_width, mean_interval_score, councils, "
                "next_edition from marts.fct_next_edition_test"
            )
        }
        pairs = {(change.ranking_id, change.before): change.edition for change in self.changes}
        of_edition = Counter((before, edition) for (_, before), edition in pairs.items())
        pairs |= {
            ("overall", before): edition for (before, edition), count in of_edition.items() if count >= 5
        }
        self.compare("pairs of editions tested", len(theirs), len(theirs.keys() & pairs.keys()), 0)
        for edition in sorted({before for _, before in pairs}):
            ahead = change_ahead(self.figures, self.changes, edition)
            lenses = [
                lens
                for (ranking, year), lens in self.figures.lenses.items()
                if year == edition and (ranking, edition) in pairs
            ]
            ranked = {
                ranking: number
                for ranking, number in self.ranked[edition].items()
                if (ranking, edition) in pairs
            }
            drawn = drawn_ranks(
                self.random, lenses, Scenario(True, False, ahead), self.years, ranked, LOTS * INTERVAL
            )
            for ranking, (councils, ours) in drawn.items():
                after = pairs[ranking, edition]
                now, later = self.standing[edition, ranking], self.standing[after, ranking]
                shared = [at for at, council in enumerate(councils) if council in now and council in later]
                came = np.array([later[councils[at]] for at in shared], float)
                came = np.floor(
                    1.5 + (came - 1) * (ranked[ranking] - 1) / max(self.ranked[after][ranking] - 1, 1)
                )
                lots = [ends(lot[:, shared]) for lot in batches(ours, INTERVAL)]
                inside, width, score, number, _ = theirs[ranking, edition]
                about = f"back-test, {ranking} {edition}"
                self.compare(f"{about}: councils", number, len(shared), 0)
                self.by_lots(
                    f"{about}: share inside",
                    inside,
                    [float(np.mean((came >= low) & (came <= high))) for low, high in lots],
                    1 / len(shared),
                )
                self.by_lots(
                    f"{about}: median width",
                    width,
                    [float(np.median(high - low + 1)) for low, high in lots],
                    0.5,
                )
                scores = [float(interval_score(low, high, came).mean()) for low, high in lots]
                self.by_lots(f"{about}: interval score", score, scores, 0)

    def companion(self) -> None:
        """Coefficients, ranks and index of the companion ranking, and the mean places of its draws."""
        companion = Companion(self.figures)
        for ranking, regressor, slope, mean in self.figures.query(
            "select ranking_id, regressor_id, coefficient, regressor_mean "
            "from staging.stg_register__companion_coefficients "
            "where method_version = (select max(method_version) from staging.stg_register__goalposts)"
        ):
            at = companion.declared[ranking].index(regressor)
            slopes, means = companion.coefficients[ranking]
            self.compare(f"coefficient of {regressor}, {ranking}", slope, slopes[at])
            self.compare(f"mean of {regressor}, {ranking}", mean, means[at])
        ranked: dict[tuple[str, str], dict[str, tuple[int, float]]] = defaultdict(dict)
        for edition, ranking, council, place, index in self.figures.query(
            "select edition, ranking_id, gss_code, companion_rank, companion_index "
            "from marts.fct_companion_ranking where companion_rank is not null"
        ):
            ranked[edition, ranking][council] = (place, index)
        means_drawn: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for edition, ranking, council, mean in self.figures.query(
            "select edition, ranking_id, gss_code, avg(companion_rank) "
            "from intermediate.int_companion__lens_draws group by all union all "
            "select edition, 'overall', gss_code, avg(companion_rank) "
            "from intermediate.int_companion__overall_draws group by all"
        ):
            means_drawn[edition, ranking][council] = mean
        for edition in self.figures.editions:
            plain = companion.drawn(edition, 1, None, self.years)
            for ranking, found in plain.items():
                about = f"companion, {ranking} {edition}"
                councils, order = places(found)
                theirs = ranked[edition, ranking]
                self.compare(f"{about}: councils", len(theirs), len(theirs.keys() & set(councils)), 0)
                self.compare(f"{about}: councils ranked", len(theirs), len(councils), 0)
                differing = sum(
                    theirs[each][0] != order[0, at] for at, each in enumerate(councils) if each in theirs
                )
                self.compare(f"{about}: ranks that differ", differing, 0, 0)
            drawn = companion.drawn(edition, LOTS * INTERVAL, self.random, self.years)
            for ranking, found in drawn.items():
                councils, ours = places(found)
                if councils:
                    self.mean_places(
                        f"companion's draws, {ranking} {edition}",
                        means_drawn[edition, ranking],
                        councils,
                        ours,
                    )


def main(database: Path) -> list[Comparison]:
    """Every comparison."""
    check = Check(database)
    check.noise()
    check.drawn("noise", Scenario(has_choices=False, has_noise=True))
    check.drawn("uncertainty", Scenario(has_choices=True, has_noise=True))
    check.back_test()
    check.companion()
    return check.found


if __name__ == "__main__":
    told = [asdict(each) | {"agrees": each.agrees} for each in main(Path(sys.argv[1]))]
    print(json.dumps(told))
