"""Fetch the publications into a folder, as the register of downloads says.

    python -m scripts.download FOLDER [--publication ID ...] [--list]

Files that have not changed are not fetched again; what broke off is resumed. ``FOLDER/downloads.csv``
says where each file came from. Exit status: 0 if everything that can be fetched is there, 1 if a file
was refused, 2 if the command or the register is wrong, 130 if it was stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.download.client import Client
from scripts.download.errors import RefusedError
from scripts.download.register import Download, read_register, selected
from scripts.download.run import REFUSED, Result, Run
from scripts.locks import hold_folder
from scripts.progress import show_progress
from scripts.tables import aligned

REGISTER = Path(__file__).resolve().parents[2] / "seeds" / "register" / "downloads.csv"


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.download", description=__doc__, formatter_class=layout
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="where the files go")
    parser.add_argument(
        "--publication", nargs="+", default=[], metavar="ID", help="only these publications or downloads"
    )
    parser.add_argument("--list", action="store_true", help="only say what would be fetched, and from where")
    options = parser.parse_args(arguments)
    if not options.folder and not options.list:
        parser.error("say where the files go: FOLDER")
    return options


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: two runs would ask the same hosts at the same time."""
    folder.mkdir(parents=True, exist_ok=True)
    with hold_folder(folder, RefusedError(f"{folder}: another download is running into it, expected none.")):
        yield


def listing(downloads: Sequence[Download]) -> str:
    """What would be fetched, and from where."""
    rows = [(row.publication_id, row.download_id, row.status.replace("_", " ")) for row in downloads]
    pages = [f"{row.download_id}: {row.page_url or row.url}" for row in downloads]
    return "\n\n".join([aligned(["Publication", "Download", "Status"], rows), "\n".join(pages)])


def report(results: Sequence[Result]) -> str:
    """A table of files, then in full what there is to say of some of them."""
    rows = [
        (each.publication_id, each.file, each.what, "" if each.size is None else f"{each.size:,}")
        for each in results
    ]
    table = aligned(["Publication", "File", "What", "Bytes"], rows, ["Bytes"])
    said = [f"{each.what}, {each.publication_id}, {each.said}" for each in results if each.said]
    counts = Counter(each.what for each in results)
    total = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    return "\n\n".join(filter(None, [table, "\n".join(said), f"{total}."]))


def fetched(downloads: Sequence[Download], folder: Path, client: Client) -> list[Result]:
    """Fetch, with a progress bar on a terminal."""
    results: list[Result] = []
    finished = 0
    with only_run(folder), show_progress("rows") as show:

        def say(name: str, done: int, total: int | None) -> None:
            of = f" of {total / 1e6:.1f}" if total else ""
            show(finished, len(downloads), f"{name} {done / 1e6:.1f}{of} MB")

        for rows in Run(client, folder, say=say).rows(downloads):
            results += rows
            finished += 1
            show(finished, len(downloads), "")
    return results


def main(arguments: Sequence[str], register: Path = REGISTER, client: Client | None = None) -> int:
    """Fetch or list; returns the exit status."""
    options = parsed(arguments)
    try:
        downloads = selected(read_register(register), options.publication)
        if options.list:
            print(listing(downloads))
            return 0
        results = fetched(downloads, options.folder, client or Client())
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. What was fetched stays; the next run goes on from there.")
        return 130
    print(report(results))
    return 1 if any(each.what == REFUSED for each in results) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
