"""Compare seeds that an ingest wrote with other ones, and give each difference its cause.

    python -m scripts.ingest.compare WRITTEN [--against SEEDS] [SEED ...]

Without seeds named, all that the ingest wrote are compared. A difference without a known cause is printed and
makes the exit status 1.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.ingest import run, seeds
from scripts.ingest.__main__ import SEEDS
from scripts.ingest.run import Change

UNEXPLAINED = "unexplained"
SHOWN = 20


@dataclass(frozen=True)
class Cause:
    """Why figures differ from the tables that filled the seeds before: where, and how to tell."""

    name: str
    seeds: tuple[str, ...]
    why: str
    holds: Callable[[Change], bool]


def _is_rounded(change: Change) -> bool:
    """The same number but for the seventh decimal and further ones."""
    try:
        return round(float(change.new or ""), 6) == float(change.old or "")
    except ValueError:
        return False


def _is_same_number(change: Change) -> bool:
    """The same number in other digits: 41.0 and 41."""
    try:
        return float(change.new or "") == float(change.old or "")
    except ValueError:
        return False


CAUSES = (
    Cause(
        "decimals of counts",
        ("outcomes/mhclg_homelessness", "outcomes/mhclg_vacant_dwellings"),
        "the tidy table wrote counts with a decimal, 41.0, the publication prints 41",
        _is_same_number,
    ),
    Cause(
        "lost symbol",
        ("outcomes/mhclg_homelessness",),
        "the tidy table has a blank where the publication prints .. for missing or unusable data",
        lambda change: change.old == "" and change.new == "..",
    ),
    Cause(
        "row without a figure",
        ("outcomes/mhclg_vacant_dwellings",),
        "the tidy table has a row of blanks where table 615 prints projected households only",
        lambda change: change.old == "" and change.new is None,
    ),
    Cause(
        "Northumberland's tonnages",
        ("outcomes/defra_waste",),
        "table 1 prints E06000057 from 2015-16 to 2017-18, table 3 E06000048: the tidy table lost the first",
        lambda change: (
            change.key[0] == "E06000057"
            and "2015-16" <= change.key[1] <= "2017-18"
            and change.old is None
            and bool(change.new) == change.column.endswith("_tonnes")
        ),
    ),
    Cause(
        "six decimals",
        ("outcomes/dfe_lait", "outcomes/dfe_lait_england"),
        "the tidy table kept six decimals, the publication prints more",
        _is_rounded,
    ),
    Cause(
        "City of London",
        ("outcomes/nhs_delayed_transfers",),
        "the tidy table left it out, the publication prints it",
        lambda change: change.key[0] == "E09000001" and change.old is None,
    ),
    Cause(
        "dash",
        ("outcomes/nhs_delayed_transfers",),
        "the tidy table has a blank where the publication prints a dash for nothing reported",
        lambda change: change.old == "" and change.new == "-",
    ),
)


@dataclass(frozen=True)
class Recoded:
    """Rows that stood under another code: their figures are compared under the new one."""

    name: str
    seed: str
    why: str
    new_key: Callable[[tuple[str, ...]], tuple[str, ...]]


RECODED = (
    Recoded(
        "Dorset's code",
        "outcomes/nhs_delayed_transfers",
        "from May 2019 the publication prints E06000059, the tidy table kept E10000009",
        lambda key: ("E06000059", key[1]) if key[0] == "E10000009" and key[1] >= "2019-05" else key,
    ),
)


def cause_of(change: Change, causes: Sequence[Cause] = CAUSES) -> str:
    """Name of the first cause that holds, or ``unexplained``."""
    holding = (cause.name for cause in causes if change.seed in cause.seeds and cause.holds(change))
    return next(holding, UNEXPLAINED)


def compared(written: Path, against: Path, paths: Iterable[str] = ()) -> list[tuple[Change, str]]:
    """Every figure in which written seeds differ from others, with its cause.

    Args:
        written: Folder of seeds that an ingest wrote.
        against: Folder of seeds to compare with.
        paths: Seeds; by default all that the ingest's provenance names.
    """
    chosen = sorted(paths) or sorted({row["seed"] for row in seeds.read(written, run.BLOCKS)})
    found: list[tuple[Change, str]] = []
    for path in chosen:
        of = seeds.layout(written, path)
        old = {tuple(row[column] for column in of.key): row for row in seeds.read(against, path)}
        rows = [list(row.values()) for row in seeds.read(written, path)]
        present = {tuple(row[of.columns.index(column)] for column in of.key) for row in rows}
        for rule in (rule for rule in RECODED if rule.seed == path):
            for key, row in list(old.items()):
                moved = rule.new_key(key)
                if moved != key and moved in present and moved not in old:
                    old[moved] = old.pop(key)
                    codes = (row[of.key[0]], moved[0])
                    found.append((Change(path, moved, of.key[0], *codes), rule.name))
        found += [(change, cause_of(change)) for change in run.changes(of, old, rows)]
    return found


def main(arguments: Sequence[str]) -> int:
    """Compare and print counts by cause; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.ingest.compare", description=__doc__.split("\n")[0])
    parser.add_argument("written", type=Path)
    parser.add_argument("seed", nargs="*")
    parser.add_argument("--against", type=Path, default=SEEDS)
    chosen = parser.parse_args(arguments)
    differences = compared(chosen.written, chosen.against, chosen.seed)
    counts = Counter((change.seed, cause) for change, cause in differences)
    reasons = {cause.name: cause.why for cause in (*CAUSES, *RECODED)}
    for (seed, cause), count in sorted(counts.items()):
        print(f"{seed}: {count:,} {cause}" + (f" ({reasons[cause]})" if cause in reasons else ""))
    unexplained = [change for change, cause in differences if cause == UNEXPLAINED]
    for change in unexplained[:SHOWN]:
        print(f"  {change.seed} {', '.join(change.key)} {change.column}: {change.old} -> {change.new}")
    print(f"{len(differences):,} figures differ, {len(unexplained):,} unexplained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
