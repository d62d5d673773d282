"""Read the publications in a folder into the seeds.

    python -m scripts.ingest FROM [--publication ID ...] [--seeds DIR]
        [--take REASON --file NAME ...] [--dry-run]

Files are recognised by what they hold, wherever they lie below FROM. The exit status is 0 when every file was
read or is known and not used, 1 when one was refused, 2 when the run could not start or nothing fitted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scripts.ingest import run
from scripts.ingest.blocks import Result, Taken
from scripts.ingest.contract import Log
from scripts.ingest.readers import READERS
from scripts.ingest.seeds import SeedError
from scripts.progress import show_progress

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SHOWN = 10
WIDTH = 140


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """The command's options; exits with 2 where they are wrong."""
    known = sorted({reader.publication_id for reader in READERS})
    parser = argparse.ArgumentParser("python -m scripts.ingest", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FROM", help="folder of published files")
    parser.add_argument("--publication", action="append", default=[], choices=known, help="only this one")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of seeds to write")
    parser.add_argument(
        "--take", default="", metavar="REASON", help="why a file that contradicts the seeds is right"
    )
    parser.add_argument("--file", action="append", default=[], metavar="NAME", help="which file that is")
    parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
    chosen = parser.parse_args(arguments)
    for folder in (chosen.folder, chosen.seeds):
        if not folder.is_dir():
            parser.error(f"there is no folder {folder}")
    if bool(chosen.take.strip()) != bool(chosen.file):
        parser.error("a reason is of files: say both, --take REASON and --file NAME")
    return chosen


def counted(counts: Counter[str]) -> str:
    """Counts in one cell of the summary, the largest first."""
    return "\n".join(f"{escape(text) or 'blank'}: {count:,}" for text, count in counts.most_common())


def summary(result: Result) -> Table:
    """A row per publication: what was read, written, left out and refused."""
    table = Table("publication", "files", "rows read", "rows written", "symbols", "left out", "refused")
    of_publication: dict[str, list[Taken]] = defaultdict(list)
    for taken in result.files:
        if taken.publication_id and taken.outcome != "passed over":
            of_publication[taken.publication_id].append(taken)
    for publication_id, files in sorted(of_publication.items()):
        log = Log()
        for taken in files:
            log.add(taken.log)
        refused = sum(taken.outcome == "refused" for taken in files)
        table.add_row(
            publication_id,
            f"{len(files):,}",
            f"{log.rows_read:,}",
            f"{result.rows_written[publication_id]:,}",
            counted(log.symbols),
            counted(log.left_out),
            f"{refused} files, {len(log.errors)} cells" if refused else "",
        )
    return table


def report(result: Result, console: Console, dry_run: bool) -> None:
    """Print what the run did, and everything that was not as declared."""
    console.print(summary(result))
    notices: Counter[str] = Counter(result.notices)
    for taken in result.files:
        for notice, count in taken.log.notices.items():
            notices[f"{taken.reader}: {notice}"] += count
    for title, counts in (
        ("Handled by rule", notices),
        ("Not used", Counter(_reasons(result, "not used"))),
        ("Rows kept that no file gave", +result.rows_carried),
    ):
        if counts:
            console.print(f"\n{title}:")
            for text, count in sorted(counts.items()):
                console.print(f"  {text}" + (f" ({count:,})" if count > 1 else ""), markup=False)
    by_seed = defaultdict(list)
    for change in result.changes:
        by_seed[change.seed].append(change)
    for seed, changes in by_seed.items():
        console.print(f"\n{seed}: {len(changes):,} figures differ from the present seed, the first of them:")
        for change in changes[:SHOWN]:
            old, new = (("no row" if text is None else text or "blank") for text in (change.old, change.new))
            console.print(f"  {', '.join(change.key)} {change.column}: {old} -> {new}", markup=False)
    for taken in result.refused:
        console.print(f"\nRefused: {taken.file}", markup=False)
        for reason in taken.reasons[:SHOWN]:
            console.print(f"  {reason}", markup=False)
        if len(taken.reasons) > SHOWN:
            console.print(f"  and {len(taken.reasons) - SHOWN} more")
    if dry_run:
        console.print("\nNothing was written: --dry-run.")
    elif any(taken.reader for taken in result.refused):
        console.print("\nNothing was written: the seeds are as before.")
    else:
        console.print(f"\nSeeds written: {', '.join(result.written) or 'none, nothing changed'}.")


def _reasons(result: Result, outcome: str) -> list[str]:
    files = [taken for taken in result.files if taken.outcome == outcome]
    return [f"{taken.file}: {reason}" for taken in files for reason in taken.reasons]


def main(arguments: Sequence[str]) -> int:
    """Run an ingest; returns the process's exit status."""
    chosen = options(arguments)
    # Into a file or a log the tables are as wide as they need.
    console = Console(soft_wrap=True, highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    try:
        with show_progress("files") as show:
            result = run.ingest(
                chosen.folder,
                chosen.seeds,
                chosen.publication,
                chosen.dry_run,
                lambda file, done, total: show(done, total, file),
                reason=chosen.take.strip(),
                taken_files=chosen.file,
            )
    except SeedError as error:
        console.print(f"{error}\nNothing was written: the seeds are as before.", markup=False)
        return 2
    report(result, console, chosen.dry_run)
    return 1 if result.refused else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
