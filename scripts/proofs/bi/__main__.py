"""Read the marts with the tools that people use, and compare with DuckDB.

    python -m scripts.proofs.bi clients|datasette|superset [--marts FILE] [--serve]

Asks each client for the columns, the rows and an aggregate of every mart. ``--serve`` leaves Superset or
Datasette running afterwards, to look at, until Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.marts import MARTS
from scripts.proofs.bi import clients, datasette, superset
from scripts.proofs.bi.clients import ClientError
from scripts.proofs.bi.questions import questions

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: Sequence[str]) -> int:
    """Run the named client; returns the process's exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m scripts.proofs.bi", description=__doc__, formatter_class=layout
    )
    parser.add_argument("client", choices=("clients", "datasette", "superset"))
    parser.add_argument("--marts", type=Path, default=ROOT / MARTS, metavar="FILE", help="the file to read")
    parser.add_argument("--serve", action="store_true", help="go on serving until Ctrl-C")
    options = parser.parse_args(arguments)
    if not options.marts.exists():
        print(f"{options.marts} is not there: run make index first.")
        return 1
    started = time.monotonic()
    marts = options.marts.resolve()
    asked_of = questions(marts)
    try:
        if options.client == "clients":
            wrong = sum(clients.check(reader, marts, asked_of) for reader in clients.READERS)
        else:
            server = {"datasette": datasette, "superset": superset}[options.client]
            wrong = server.check(marts, asked_of, options.serve)
    except ClientError as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"{time.monotonic() - started:.0f} seconds.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
