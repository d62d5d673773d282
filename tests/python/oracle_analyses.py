"""The analyses under ``analyses/oracle``, which call the scoring macros as the models do, as SQL to run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from conftest import copied

# Without models and seeds dbt reads the project in seconds.
NEEDED = ("macros", "analyses/oracle", "dbt_project.yml", "profiles.yml")


@cache
def compiled() -> dict[str, str]:
    """The analyses' SQL as dbt renders it, all in one compilation."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        copied(project, NEEDED)
        finished = subprocess.run(
            [
                *(sys.executable, "-m", "dbt.cli.main", "compile", "--select", "path:analyses/oracle"),
                *("--target", "duckdb", "--no-populate-cache", "--profiles-dir", "."),
            ],
            cwd=project,
            env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": ":memory:"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        rendered = project / "target" / "compiled" / "council_productivity" / "analyses" / "oracle"
        return {path.stem: path.read_text(encoding="utf-8") for path in sorted(rendered.glob("*.sql"))}
