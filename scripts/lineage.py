"""Draw the documentation: every table and column, and which column comes from which, as two pages.

    python -m scripts.lineage

``warehouse/docs/index.html`` is dbt's, ``columns.html`` dbt-colibri's. Both read the published
database, or that which ``COUNCIL_PRODUCTIVITY_DATABASE`` names, and are put in place together when whole.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.build import DATABASE, WAREHOUSE

ROOT = Path(__file__).resolve().parent.parent
DOCS = WAREHOUSE / "docs"
TARGET = Path("target") / "docs_site"
PROFILES = Path("environments") / "read_only"
COLIBRI = Path(".venvs") / "colibri" / "bin" / "colibri"
VARIABLE = "COUNCIL_PRODUCTIVITY_DATABASE"


class DrawingError(Exception):
    """A page could not be drawn."""


def run_quietly(*command: str | Path) -> None:
    """Run a command that is expected to say nothing worth reading unless it fails."""
    quiet = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | quiet,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # dbt-colibri goes on without the lineage of a column it cannot follow.
    complaints = [line for line in done.stdout.splitlines() if "[ERROR]" in line]
    if done.returncode or complaints:
        raise DrawingError("\n".join(complaints[:10]) or done.stdout.strip())


def draw(folder: Path) -> None:
    """Draw both pages into ``folder``."""
    dbt = (sys.executable, "-m", "dbt.cli.main", "--quiet", "--log-level-file", "none")
    run_quietly(*dbt, "docs", "generate", "--static", "--profiles-dir", PROFILES, "--target-path", TARGET)
    inputs = ("--manifest", TARGET / "manifest.json", "--catalog", TARGET / "catalog.json")
    into = TARGET / "colibri"
    run_quietly(COLIBRI, "generate", "--light", "--disable-telemetry", *inputs, "--output-dir", into)
    shutil.copy(ROOT / TARGET / "static_index.html", folder / "index.html")
    shutil.copy(ROOT / TARGET / "colibri" / "index.html", folder / "columns.html")


def main() -> int:
    """Draw the pages and say where they are; returns the process's exit status."""
    database = Path(os.environ.setdefault(VARIABLE, str(ROOT / DATABASE))).resolve()
    if not database.exists():
        print(f"{database} is not there: run make index first.")
        return 1
    os.environ[VARIABLE] = str(database)
    building = ROOT / DOCS.with_name("docs.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        draw(building)
        shutil.rmtree(ROOT / DOCS, ignore_errors=True)
        building.rename(ROOT / DOCS)
    except DrawingError as error:
        print(f"{error}\n\nThe documentation was not drawn; what was there is unchanged.")
        return 1
    finally:
        shutil.rmtree(building, ignore_errors=True)
    print(f"Open {DOCS / 'index.html'}; {DOCS / 'columns.html'} shows which column comes from which.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
