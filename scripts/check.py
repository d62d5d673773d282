"""Everything that has to pass before a change goes in: linters, the whole build, pytest.

    python -m scripts.check [--lint]

Ends with one line that adds up dbt's tests, pytest's tests and the linters; ``--lint`` runs only those.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scripts import index

ROOT = index.ROOT
PYTEST_REPORT = Path("target") / "pytest.xml"
LINTERS = {
    "sqlfluff": ["sqlfluff", "lint", "-p", "2", "."],
    "sqlfluff (site)": ["sqlfluff", "lint", "--templater", "raw", "--disregard-sqlfluffignores", "site_src"],
    # Gates and release queries are not dbt's: plain SQL, with a configuration of their own.
    "sqlfluff, gates": [
        *("sqlfluff", "lint", "--config", "gates/.sqlfluff", "--templater", "raw"),
        *("--disregard-sqlfluffignores", "gates", "scripts/release/queries"),
    ],
    "ruff": ["ruff", "check", "--quiet", "--output-format", "concise", "."],
    "yamllint": ["yamllint", "--strict", "."],
}
# The dbt inside sqlfluff needs a database to connect to, but none of its tables.
LINT_ENVIRONMENT = {"COUNCIL_PRODUCTIVITY_DATABASE": ":memory:"}


def started(command: list[str]) -> subprocess.Popen[str]:
    """A linter at work beside the build, which keeps only one processor busy."""
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=os.environ | LINT_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def linted(linters: dict[str, subprocess.Popen[str]]) -> Counter[str]:
    """Wait for the linters, print what they complain of and count."""
    counts: Counter[str] = Counter()
    for name, linter in linters.items():
        complaints, _ = linter.communicate()
        counts["failed" if linter.returncode else "passed"] += 1
        print(f"{name}: {'failed' if linter.returncode else 'nothing to complain of'}")
        if linter.returncode:
            print(complaints)
    return counts


def built() -> Counter[str]:
    """Build, and count dbt's tests, and seeds and models where they failed."""
    exit_status, outcome = index.run(["--force"])
    counts: Counter[str] = Counter()
    for result in outcome.results if outcome else ():
        status, is_test = str(result.status), "test" in result.node.resource_type.value
        if status in ("success", "pass", "warn"):
            counts["passed"] += is_test
        # An exposure is named in the project and never run.
        elif status != "no-op":
            counts["skipped" if status == "skipped" else "failed"] += 1
    # A project that dbt cannot read has no results, and that is a failure too.
    counts["failed"] += exit_status != 0 and not counts["failed"]
    return counts


def pytest() -> Counter[str]:
    """Run pytest and count."""
    (ROOT / PYTEST_REPORT).unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={PYTEST_REPORT}"]
    subprocess.run(command, cwd=ROOT, check=False)
    if not (ROOT / PYTEST_REPORT).exists():
        return Counter(failed=1)
    suite = ElementTree.parse(ROOT / PYTEST_REPORT).getroot()[0].attrib
    failed, skipped = int(suite["failures"]) + int(suite["errors"]), int(suite["skipped"])
    return Counter(passed=int(suite["tests"]) - failed - skipped, failed=failed, skipped=skipped)


def main(arguments: Sequence[str]) -> int:
    """Run every check, whichever fail; returns the process's exit status."""
    counts: Counter[str] = Counter()
    linters = {name: started(command) for name, command in LINTERS.items()}
    if "--lint" in arguments:
        counts += linted(linters)
    else:
        counts += built()
        print()
        counts += linted(linters)
        counts += pytest()
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
