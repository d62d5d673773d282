"""A fault as it is drawn, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from scripts.proofs.planted_faults.kinds import CannotPlantError, Kind, aimed_at
from scripts.proofs.planted_faults.reach import reach
from scripts.proofs.planted_faults.series import Series, newest_start, seed_table
from scripts.proofs.planted_faults.tables import Difference, Table, difference

ROOT = Path(__file__).resolve().parents[3]
SEED = 20261124
# Faults of each kind, where nothing else is asked for.
EACH = 4
TRIES = 200
# Places: what moves a rank by more counts as large.
LARGE_MOVE = 5


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, the number of the draw, and the seed with the fault in it."""

    kind: Kind
    number: int
    target: Series
    table: Table
    change: Difference
    edition: str

    @property
    def name(self) -> str:
        """The fault's name, the same from run to run."""
        return f"{self.kind.name} #{self.number}"


@dataclass
class Result:
    """What a fault did: a row of the file of results."""

    fault: str
    kind: str
    layer: str
    seed: str
    item: str
    # the newest, an earlier one, or none: see ``reach``
    edition: str
    lines_changed: int
    row: str
    before: str
    after: str
    # caught, warned of, through or harmless
    outcome: str
    caught_by_layer: str
    caught_by: str
    # as far as it was worked out: nothing, ranks, or ranks and verdicts
    effect_on: str
    ranks_moved: int
    ranks_beyond_band: int
    largest_move: int
    ranks_come_or_gone: int
    top_tens_changed: int
    verdicts_changed: int
    marts_changed: str
    seconds: float
    seconds_of_gates: float

    @property
    def number(self) -> int:
        """The number of the draw."""
        return int(self.fault.rpartition("#")[2])

    @property
    def is_large(self) -> bool:
        """Whether a rank moves by more than five places or is lost or won, a verdict or a top ten changes."""
        others = self.ranks_come_or_gone + self.top_tens_changed + max(self.verdicts_changed, 0)
        return self.largest_move > LARGE_MOVE or others > 0


def drawn(kind: Kind, number: int, seed: int = SEED) -> Fault:
    """The fault of a kind under a number, the same for the same seed; each number goes to another file.

    Odd numbers go into the newest edition, even ones into earlier ones, where the kind leaves it open.
    """
    order = Random(f"{seed}|{kind.name}")
    by_seed: defaultdict[str, list[Series]] = defaultdict(list)
    for target in aimed_at(kind.aims):
        by_seed[target.seed].append(target)
    seeds = order.sample(sorted(by_seed), len(by_seed))
    chance = Random(f"{seed}|{kind.name}|{number}")
    for attempt in range(TRIES):
        # a draw that cannot be planted moves on to the next seed, so that no kind hangs on one
        target = chance.choice(by_seed[seeds[(number + attempt // 5) % len(seeds)]])
        target = replace(target, in_newest=number % 2 == 1)
        before = seed_table(ROOT, target.seed)
        try:
            after = kind.plant(before, target, chance)
        except CannotPlantError:
            continue
        if change := difference(before, after):
            return Fault(
                kind, number, target, after, change, reach(before, after, target, newest_start(ROOT))
            )
    raise CannotPlantError(f"{kind.name} could not be planted in {TRIES} draws")
