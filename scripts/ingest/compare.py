"""Compare seeds that an ingest wrote with other ones, and give each difference its cause.

    python -m scripts.ingest.compare WRITTEN [--against SEEDS] [SEED ...]

Without seeds named, all that the ingest wrote are compared. A difference without a known cause is printed and
makes the exit status 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.ingest import run, seeds, tidy_tables
from scripts.ingest.__main__ import SEEDS
from scripts.ingest.contract import NUMBER
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
    """The same number in other digits: 1523.0 and 1523."""
    try:
        return float(change.new or "") == float(change.old or "")
    except ValueError:
        return False


def _is_rounded_to(decimals: int) -> Callable[[Change], bool]:
    """The old number is the new one rounded, to so many decimals or fewer."""

    def holds(change: Change) -> bool:
        try:
            old, new = float(change.old or ""), float(change.new or "")
        except ValueError:
            return False
        # Half a step and a little: halves are rounded up by some and to even by others.
        return old != new and abs(old - new) <= 0.5001 * 10**-decimals and round(old, decimals) == old

    return holds


def _is_number(text: str | None) -> bool:
    return bool(text) and NUMBER.fullmatch(text or "") is not None


#: Councils under today's code in newer editions, under the county's in older ones.
OLD_CODES = {"E10000002": "E06000060", "E10000023": "E06000065", "E10000027": "E06000066"}
DORSET = ("E10000009", "E06000059")
ASCOF = ("outcomes/nhs_ascof", "outcomes/nhs_ascof_by_age", "outcomes/nhs_ascof_margins")
BUDGET, OUTTURN = "spend/mhclg_revenue_budget", "spend/mhclg_revenue_outturn"
OUTTURN_SAYS = ("blank_means", "provenance")

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
        "digits",
        (*ASCOF, BUDGET, OUTTURN),
        "the same number: the tidy table wrote 1523 as 1523.0",
        _is_same_number,
    ),
    Cause(
        "three decimals",
        (BUDGET,),
        "the tidy table kept three decimals, the publication prints more",
        _is_rounded_to(3),
    ),
    Cause(
        "no return",
        (BUDGET, OUTTURN),
        "the tidy table has a blank where the publication prints dots or [x]: no return in time",
        lambda change: change.old == "" and change.new in ("...", "…", "[x]"),
    ),
    Cause(
        "whole thousands",
        (OUTTURN,),
        "the tidy table has 2024-25 second-hand and rounded, the publication prints decimals",
        lambda change: change.key[1] == "2024-25" and _is_rounded_to(0)(change),
    ),
    Cause(
        "zero dropped",
        (OUTTURN,),
        "the tidy table has 2024-25 second-hand, where a zero was dropped; the publication prints 0",
        lambda change: change.key[1] == "2024-25" and (change.old, change.new) == ("", "0"),
    ),
    Cause(
        "read from the workbook",
        (OUTTURN,),
        "the tidy table had 2024-25 second-hand, and its two columns on that say so",
        lambda change: change.key[1] == "2024-25" and change.column in OUTTURN_SAYS,
    ),
    Cause(
        "Dorset twice",
        ("outcomes/nhs_ascof",),
        "the publication prints Dorset under both codes in every year, the tidy table has one of the two",
        lambda change: change.key[1] in DORSET and change.old is None,
    ),
    Cause(
        "no row without a figure",
        ("outcomes/nhs_ascof",),
        "the newer open data leaves out what the older prints as blank, ':' or 'c'",
        lambda change: (
            change.key[2] in ("2017-18", "2018-19") and change.new is None and not _is_number(change.old)
        ),
    ),
    Cause(
        "old code beside the new",
        ("outcomes/nhs_ascof_margins",),
        "the tidy table kept the older edition's row under the county's code beside the time series' row",
        lambda change: change.key[1] in OLD_CODES and change.new is None,
    ),
    Cause(
        "margins of 2016-17",
        ("outcomes/nhs_ascof_margins",),
        "the time series prints other margins than the open data of the year, which the tidy table kept",
        lambda change: (
            change.key[0] in ("SCRQOL_ADJ", "INFO_CARERS")
            and change.key[2] == "2016-17"
            and _is_number(change.old)
            and _is_number(change.new)
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


def _of_today(item_and_period: Callable[[tuple[str, ...]], bool]) -> Callable[..., tuple[str, ...]]:
    """Keys (item, code, period) under today's code where the rule holds."""

    def new_key(key: tuple[str, ...]) -> tuple[str, ...]:
        code = OLD_CODES.get(key[1], key[1]) if item_and_period(key) else key[1]
        return (key[0], code, key[2])

    return new_key


def _is_carers_2016_17(key: tuple[str, ...]) -> bool:
    carers = ("CARER_QOL", "CONSULTED", "INFO_CARERS", "SAT_CARERS", "SOCIAL_CARERS")
    return key[0] in carers and key[2] == "2016-17"


CARERS_WHY = "the time series prints today's code, the tidy table has the code of the year's own open data"
RECODED = (
    Recoded("carers of 2016-17", "outcomes/nhs_ascof", CARERS_WHY, _of_today(_is_carers_2016_17)),
    Recoded("carers of 2016-17", "outcomes/nhs_ascof_margins", CARERS_WHY, _of_today(_is_carers_2016_17)),
    Recoded(
        "Buckinghamshire's code",
        "context/ons_population",
        "the publication of mid-2019 prints E06000060, the tidy table has E10000002",
        lambda key: ("E06000060", key[1]) if key == ("E10000002", "2019") else key,
    ),
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
            for key in list(old):
                moved = rule.new_key(key)
                if moved != key and moved in present and moved not in old:
                    old[moved] = old.pop(key)
                    place = next(at for at in range(len(key)) if key[at] != moved[at])
                    found.append((Change(path, moved, of.key[place], key[place], moved[place]), rule.name))
        found += [(change, cause_of(change)) for change in run.changes(of, old, rows)]
    return found


def main(arguments: Sequence[str]) -> int:
    """Compare and print counts by cause; returns the process's exit status."""
    parser = argparse.ArgumentParser("python -m scripts.ingest.compare", description=__doc__.split("\n")[0])
    parser.add_argument("written", type=Path)
    parser.add_argument("seed", nargs="*")
    parser.add_argument("--against", type=Path, default=SEEDS, help="folder of other seeds")
    parser.add_argument("--figures", type=Path, help="folder of tidy figures, in place of other seeds")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        against = chosen.against
        if chosen.figures:
            against = Path(folder)
            tidy_tables.fill(chosen.figures, against)
        differences = compared(chosen.written, against, chosen.seed)
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
