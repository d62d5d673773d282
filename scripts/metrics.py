"""Ask the published database for metrics: MetricFlow's command ``mf``, told where metrics and figures are.

    .venvs/metricflow/bin/python -m scripts.metrics query --metrics productivity_index --group-by council__region

Takes what ``mf`` takes. ``COUNCIL_PRODUCTIVITY_DATABASE`` names another database than the published one; whichever it
is, it is only read.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.build import DATABASE

ROOT = Path(__file__).resolve().parent.parent
# mf looks for a dbt project with a parsed manifest in its target: one of its own, so that it meets no build.
PROJECT = ROOT / "target" / "metricflow"
MANIFEST = PROJECT / "target" / "semantic_manifest.json"
PROFILES = ROOT / "environments" / "metricflow"
VARIABLE = "COUNCIL_PRODUCTIVITY_DATABASE"


def is_current() -> bool:
    """Whether the metrics were read after the last change to a model or its description."""
    if not MANIFEST.exists():
        return False
    # A folder's own time tells of a file that has gone.
    inputs = [ROOT / "dbt_project.yml", *(ROOT / "models").rglob("*"), *(ROOT / "macros").rglob("*")]
    return max(path.stat().st_mtime for path in inputs) < MANIFEST.stat().st_mtime


def read_metrics() -> bool:
    """Let dbt read the project's metrics, or say what is wrong with them; returns whether it could."""
    from dbt.cli.main import dbtRunner

    PROJECT.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "dbt_project.yml", PROJECT)
    MANIFEST.unlink(missing_ok=True)
    # dbt names the catalogue of every table after the file, which mf attaches under that name.
    os.environ[VARIABLE] = str(DATABASE)
    folders = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--target-path", str(MANIFEST.parent)]
    return dbtRunner().invoke(["--quiet", "--log-level-file", "none", "parse", *folders]).success


def main(arguments: Sequence[str]) -> int:
    """Run ``mf`` here; returns its exit status."""
    database = Path(os.environ.get(VARIABLE, DATABASE))
    os.chdir(ROOT)
    if not database.exists():
        print(f"{database} is not there: run make index first.")
        return 1
    os.environ |= {
        "DBT_PROJECT_DIR": str(PROJECT),
        "DBT_PROFILES_DIR": str(PROFILES),
        "DBT_LOG_PATH": str(PROJECT / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    if not is_current() and not read_metrics():
        return 1
    os.environ[VARIABLE] = str(database.resolve())

    import update_checker
    from dbt_metricflow.cli.main import cli

    # Every run would ask the package index for a newer mf.
    update_checker.UpdateChecker.check = lambda *_: None
    return cli(list(arguments), prog_name="mf", standalone_mode=False) or 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
