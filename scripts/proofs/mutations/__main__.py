"""Make slips in code and report which check stops each.

    python -m scripts.proofs.mutations [--only WORD ...] [--within TIER] [--anew] [--list] [--report PATH]

The slips are those that the seed draws, or with ``--only`` all whose file or words hold such a word. They are
made in a clone of the last commit; results go one by one to ``target/mutations/results.csv``, and a run that
is stopped goes on where it ended, at the commit at which it began. ``--anew`` begins again, at the commit of
today, as does a run after one that was through. ``--within "make test"`` asks that tier only: what it does
not stop is left to a run without it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts import changed
from scripts.interruptions import stop_when_terminated
from scripts.proofs.mutations import slips
from scripts.proofs.mutations.checks import TIERS, KilledError
from scripts.proofs.mutations.harness import ROOT, CannotPrepareError, Harness
from scripts.proofs.mutations.slips import REGISTER, SEED, DoesNotApplyError, Slip


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.proofs.mutations", description=__doc__, formatter_class=layout
    )
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="slips with such a word")
    parser.add_argument("--within", choices=TIERS, default=TIERS[-1], help="the last tier to ask")
    parser.add_argument("--anew", action="store_true", help="begin again, at the commit of today")
    parser.add_argument("--list", action="store_true", help="only list the slips")
    parser.add_argument("--report", type=Path, metavar="PATH", help="write the report here")
    return parser.parse_args(arguments)


def chosen(root: Path, words: Sequence[str]) -> list[Slip]:
    """The slips with such a word, or those drawn, and on the screen those passed over."""
    if words:
        every = [slip for area in slips.areas() for slip in area.slips]
        return [slip for slip in every if any(word in slip.name for word in words)]
    draw = slips.drawn(root, slips.areas(root / REGISTER.relative_to(ROOT)))
    print(f"Drawn with the seed {SEED}: {len(draw.slips)} slips.")
    for slip, reason in draw.passed_over:
        print(f"Passed over, {slip.name}: it {reason}.")
    return list(draw.slips)


def main(arguments: Sequence[str]) -> int:
    """Make the slips, record and report; returns the process's exit status."""
    options = parsed(arguments)
    harness = Harness()
    try:
        if options.list:
            for slip in chosen(ROOT, options.only):
                print(slip.name)
            return 0
        anew = options.anew or (not options.only and harness.is_through())
        harness.prepare(anew)
        print(f"Commit {harness.commit[:9]}{beside(harness)}.", flush=True)
        found = chosen(harness.project, options.only)
        if not found:
            print("No slip has such a word; --list names those drawn.")
            return 2
        started = time.monotonic()
        for done, total, result in harness.run(found, anew, options.within):
            by = f" by {result.check}" if result.check else ""
            spent = time.monotonic() - started
            print(f"{done} of {total}, {spent:.0f} s: {result.slip}: {result.tier}{by}", flush=True)
    except (CannotPrepareError, DoesNotApplyError, KilledError, changed.NoBaseError) as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next run goes on from here.")
        return 130
    if options.report:
        from scripts.proofs.mutations.report import report

        options.report.write_text(report(harness, found), encoding="utf-8")
        print(f"Report: {options.report}")
    return 0


def beside(harness: Harness) -> str:
    """What of the working tree the clone does not hold."""
    head = changed.git(ROOT, "rev-parse", "HEAD").decode().strip()
    if head != harness.commit:
        return f", where the last run ended; ANEW=1 begins again at {head[:9]}"
    differing = changed.changed_files(ROOT, head)
    return f"; what {changed.named(differing)} hold beyond it is left out" if differing else ""


if __name__ == "__main__":
    stop_when_terminated()
    raise SystemExit(main(sys.argv[1:]))
