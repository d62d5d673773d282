"""Ask the published database for metrics: MetricFlow's command ``mf``, told where metrics and figures are.

    .venvs/metricflow/bin/python -m scripts.metrics query --saved-query coverage

Takes what ``mf`` takes. ``COUNCIL_PRODUCTIVITY_DATABASE`` names another database than the published one;
whichever it is, it is only read.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.build import DATABASE

ROOT = Path(__file__).resolve().parent.parent
# mf looks for a dbt project that has been parsed: one of its own, so that it meets no build.
PROJECT = ROOT / "target" / "metricflow"
MANIFEST = PROJECT / "target" / "semantic_manifest.json"
PROFILES = ROOT / "environments" / "read_only"
VARIABLE = "COUNCIL_PRODUCTIVITY_DATABASE"


def is_current() -> bool:
    """Whether the metrics were read after the last change to a model or its description."""
    if not MANIFEST.exists():
        return False
    # A folder's own time tells of a file that has gone.
    inputs = [ROOT / "dbt_project.yml", *(ROOT / "models").rglob("*")]
    return max(path.stat().st_mtime for path in inputs) < MANIFEST.stat().st_mtime


def read_metrics() -> bool:
    """Let dbt read the project's metrics, or say what is wrong with them; returns whether it could."""
    from dbt.cli.main import dbtRunner

    PROJECT.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "dbt_project.yml", PROJECT)
    MANIFEST.unlink(missing_ok=True)
    folders = ["--project-dir", ROOT, "--profiles-dir", PROFILES, "--target-path", MANIFEST.parent]
    return dbtRunner().invoke(["--quiet", "--log-level-file", "none", "parse", *map(str, folders)]).success


def is_ready() -> bool:
    """Prepare what ``mf`` needs: a database, the metrics, its settings; says what is missing."""
    database = Path(os.environ.get(VARIABLE, ROOT / DATABASE)).resolve()
    if not database.exists():
        print(f"{database} is not there: run make index first.")
        return False
    os.chdir(ROOT)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    if not is_current() and not read_metrics():
        return False
    os.environ |= {
        VARIABLE: str(database),
        "DBT_PROJECT_DIR": str(PROJECT),
        "DBT_PROFILES_DIR": str(PROFILES),
        "DBT_LOG_PATH": str(PROJECT / "logs"),
    }
    import update_checker

    # Every run would ask the package index for a newer mf.
    update_checker.UpdateChecker.check = lambda *_: None
    return True


def main(arguments: Sequence[str]) -> int:
    """Run ``mf``; returns its exit status."""
    if not is_ready():
        return 1
    from dbt_metricflow.cli.main import cli

    status: int | None = cli(list(arguments), prog_name="mf", standalone_mode=False)
    return status or 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
