"""Break twelve promises of the marts, one at a time, and report which check stops each.

    python -m scripts.proofs.interface [--seed N] [--report PATH]

Each break is made in a copy of the contracts and compared with them as they are, as if those were released:
first as it is, then with the two files of ``gates/interface`` written anew, then with a new version of the
mart, which lets it pass where a new version may.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.proofs.interface.breaks import SEED, Break, copied, drawn, edited, raise_version
from scripts.release import interface
from scripts.release.gates import GATES, gate
from scripts.tables import aligned

REPORT = Path("docs") / "breaking_changes.csv"
HEADER = ("kind", "place", "done", "stale_files", "gate", "gate_row", "with_new_version")


@dataclass(frozen=True)
class Found:
    """What stopped one break."""

    kind: str
    place: str
    done: str
    stale_files: str
    gate: str
    gate_row: str
    with_new_version: str

    @property
    def is_stopped(self) -> bool:
        """Whether both the quick check and the gate stop it."""
        return bool(self.stale_files and self.gate)


def broken(after: interface.Interface, before: interface.Interface, folder: Path) -> list[tuple[str, str]]:
    """Subject and new promise of each row that the gate ``interface_broken`` finds between two interfaces."""
    with duckdb.connect() as connection:
        for side, promised in (("after", after), ("before", before)):
            interface.write(promised, folder / side, interface.RELEASED)
            interface.attach(connection, side, folder / side / "release.duckdb")
        changes = (GATES / "shared" / "interface_changes.sql").read_text(encoding="utf-8")
        connection.execute(f"create temp table interface_changes as {changes}")
        query = gate(GATES / "interface_broken.sql").query
        return [(str(row[0]), str(row[2])) for row in connection.execute(query).fetchall()]


def tried(root: Path, one: Break, before: interface.Interface, folder: Path) -> Found:
    """Make one break in a copy and ask the quick check and the gate."""
    copy = copied(root, folder / "copy")
    done = edited(copy, one.target.table_name, lambda model: one.kind.breaks(model, one.target))
    stale = interface.stale(copy)
    rows = broken(interface.declared(copy), before, folder)
    edited(copy, one.target.table_name, raise_version)
    declared = broken(interface.declared(copy), before, folder)
    return Found(
        kind=one.kind.words,
        place=one.place,
        done=done,
        stale_files=", ".join(Path(name).name for name in stale),
        gate="interface_broken" if rows else "",
        gate_row="; ".join(subject for subject, _ in rows),
        with_new_version="stopped all the same" if declared else "passes",
    )


def main(arguments: Sequence[str], root: Path = interface.ROOT) -> int:
    """Make the breaks, print what stopped each; the exit status is 1 if one passed."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.proofs.interface", description=__doc__, formatter_class=layout
    )
    parser.add_argument("--seed", type=int, default=SEED, help="what the places are drawn by")
    parser.add_argument("--report", type=Path, metavar="PATH", help=f"write the table here, {REPORT}")
    options = parser.parse_args(arguments)
    before = interface.declared(root)
    print(f"Drawn with the seed {options.seed}.")
    results = []
    for one in drawn(before, options.seed):
        with tempfile.TemporaryDirectory() as folder:
            results.append(tried(root, one, before, Path(folder)))
    rows = [tuple(getattr(found, name) for name in HEADER) for found in results]
    print(aligned([name.replace("_", " ").capitalize() for name in HEADER], rows, widest=220))
    if options.report:
        with options.report.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
    passed = [found.place for found in results if not found.is_stopped]
    print(f"\n{len(results) - len(passed)} of {len(results)} breaks are stopped.", *passed)
    return 1 if passed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
