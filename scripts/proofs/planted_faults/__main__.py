"""Plant faults and report what caught them.

    python -m scripts.proofs.planted_faults [--kinds NAME ...] [--each N] [--report PATH | --compare PATH]

Every kind is planted ``--each`` times. Results go one by one to ``target/planted_faults/results.csv``: a run
that is stopped goes on where it ended, as long as neither the project nor the harness has changed.
``--compare`` tells the faults that end otherwise than on an earlier report.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.proofs.planted_faults.faults import EACH
from scripts.proofs.planted_faults.harness import Harness
from scripts.proofs.planted_faults.kinds import KINDS


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.proofs.planted_faults", description=__doc__, formatter_class=layout
    )
    parser.add_argument("--kinds", nargs="*", default=[], metavar="WORD", help="kinds with such a word")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help=f"faults of each kind ({EACH})")
    page = parser.add_mutually_exclusive_group()
    page.add_argument("--report", type=Path, metavar="PATH", help="write the report here")
    page.add_argument("--compare", type=Path, metavar="PATH", help="compare with the report here")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Plant, record and report; returns the process's exit status."""
    options = parsed(arguments)
    words = [word.replace("_", " ") for word in options.kinds]
    kinds = [name for name in KINDS if not words or any(word in name for word in words)]
    if not kinds:
        print("No such kind. The kinds are:\n" + "\n".join(KINDS))
        return 2
    if options.compare and not options.compare.is_file():
        print(f"There is no report {options.compare} to compare with.")
        return 2
    # The harness works in a folder of its own.
    report_to = options.report and options.report.resolve()
    before = options.compare and options.compare.read_text(encoding="utf-8")
    harness = Harness()
    started = time.monotonic()
    print(f"{len(kinds)} kinds, {options.each} of each: building the real figures first ...", flush=True)
    for done, total, result in harness.run(kinds, options.each):
        by = f" by {result.caught_by.split('; ')[0]}" if result.caught_by else ""
        effect = f", {result.ranks_beyond_band} ranks beyond their band" if result.ranks_beyond_band else ""
        print(
            f"{done} of {total}, {time.monotonic() - started:.0f} s: {result.fault} in {result.seed}"
            f" {result.item}: {result.outcome}{by}{effect}",
            flush=True,
        )
    if report_to:
        from scripts.proofs.planted_faults.report import report

        text = report(harness)
        report_to.write_text(text, encoding="utf-8")
        print(f"Report: {options.report}")
    if before:
        from scripts.proofs.planted_faults.report import differing

        planted = [
            found for found in harness.results() if found.kind in kinds and found.number <= options.each
        ]
        unlike = differing(before, planted)
        print(f"{len(planted) - len(unlike)} of {len(planted)} faults end as on {options.compare}.")
        print("\n".join(unlike), end="\n" * bool(unlike))
        return 1 if unlike else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
