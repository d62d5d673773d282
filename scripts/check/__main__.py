"""What has to pass before a change goes in: linters, the build, pytest.

    python -m scripts.check [--all | --lint | --changed BASE]

Without an option, what a contributor runs: every linter, data test and unit test, and pytest but for its
slow proofs; a slow proof runs, too, where what it guards is new. ``--all`` runs these as well, as a server
does; ``--lint`` only the linters; ``--changed`` what differs from where this branch left BASE: files by the
linters, nodes and what depends on them by dbt, the rest by the tests that guard it. What is unchanged since
it passed is not asked again by linters and dbt. Ends with where the time went, what was left out, a line for
each failure, and one that adds up dbt's tests, pytest's tests and the linters.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scripts import changed, index
from scripts.build import Outcome
from scripts.check import slow
from scripts.check.linters import Linters
from scripts.check.parts import Checked, Clock, Counts, Part, failed, table
from scripts.check.slow import Proofs
from scripts.tables import aligned

ROOT = index.ROOT
PYTEST_REPORT = Path("target") / "pytest.xml"
TOOK = Path("target") / "check_took.json"
# On two idle processors in a fresh clone, in minutes (docs/ci.md); after the first run the last one is told.
EXPECTED = {"test": 5, "test-all": 45}
# Every worker may build the project, which takes 2 GB of memory.
MOST_WORKERS = 4
# Of the first line of why a test failed: enough to know it by.
MOST_OF_A_REASON = 200
# What pytest runs for a change: these always, others where what they guard differs, all where all rest on it.
ALWAYS = ("tests/python/test_conventions.py", "tests/python/test_docs.py")
GUARDED = {
    "tests/python/download": ("scripts/download/",),
    "tests/python/ingest": ("scripts/ingest/", "seeds/"),
    "tests/python/release": ("scripts/release/", "gates/"),
    "tests/python/site": ("scripts/site/", "site_src/"),
    "tests/python/test_bad_input.py": ("models/staging/", "seeds/", "tests/generic/"),
    "tests/python/test_data_tests_can_fail.py": (
        *("macros/", "tests/generic/", "tests/geography/", "tests/grading/", "tests/properties/"),
        *("tests/reconciliation/", "tests/python/data_tests.py", "tests/python/planted_rows.yml"),
    ),
    "tests/python/test_edition.py": ("scripts/edition/", "seeds/"),
    "tests/python/test_mutations.py": ("scripts/proofs/mutations/",),
    "tests/python/test_oracle.py": ("analyses/oracle/", "macros/"),
    "tests/python/test_planted_faults.py": ("scripts/proofs/planted_faults/",),
    "tests/python/test_worked_example.py": ("analyses/oracle/", "macros/", "tests/python/worked_example/"),
}
SHARED = re.compile(
    r"scripts/(\w+|check/\w+)\.py|tests/python/(conftest|tiny_project)\.py|pyproject\.toml|requirements.*\.lock"
)


def built(run: Callable[[], tuple[int, Outcome | None]]) -> Checked:
    """Build, and count dbt's tests, and seeds and models where they failed."""
    clock = Clock(resource.RUSAGE_SELF)
    exit_status, outcome = run()
    counts: Counts = Counter()
    failures = []
    for result in outcome.results if outcome else ():
        status, is_test = str(result.status), "test" in result.node.resource_type.value
        if status in ("success", "pass", "warn"):
            counts["passed"] += is_test
        # An exposure is named in the project and never run.
        elif status != "no-op":
            counts["skipped" if status == "skipped" else "failed"] += 1
            if status != "skipped":
                failures.append(f"dbt: {result.node.name}: {status}")
    # A project that dbt cannot read has no results, and that is a failure too.
    if exit_status and not counts["failed"]:
        counts["failed"] += 1
        failures.append("dbt: the project was not built")
    return Checked(counts, [clock.part("dbt build")], failures)


def pytest(targets: Sequence[str] = (), options: Sequence[str] = ()) -> Checked:
    """Run pytest, a file of tests on each free processor, and count."""
    (ROOT / PYTEST_REPORT).unlink(missing_ok=True)
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    spread = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", "-q", *spread, f"--junitxml={PYTEST_REPORT}"]
    clock = Clock(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, *options, *targets], cwd=ROOT, check=False)
    parts = [clock.part("pytest")]
    if not (ROOT / PYTEST_REPORT).exists():
        return Checked(Counter(failed=1), parts, ["pytest: it ended without a report"])
    suite = ElementTree.parse(ROOT / PYTEST_REPORT).getroot()[0]
    parts += spent_by_folder(suite)
    broken = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    passed = int(suite.get("tests", 0)) - broken - skipped
    return Checked(
        Counter(passed=passed, failed=broken, skipped=skipped), parts, [*failures_of_pytest(suite)]
    )


def failures_of_pytest(suite: ElementTree.Element) -> Iterator[str]:
    """The name of each test that failed, and the first line of why."""
    for case in suite.iter("testcase"):
        for ended in (*case.iter("failure"), *case.iter("error")):
            why = (ended.get("message") or "").strip().partition("\n")[0]
            yield f"pytest: {case.get('classname')}.{case.get('name')}: {why[:MOST_OF_A_REASON]}"


def spent_by_folder(suite: ElementTree.Element) -> list[Part]:
    """The seconds of each folder of tests, and of each file outside one, the longest first."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for case in suite.iter("testcase"):
        # tests.python.site.test_charts; a file that cannot be read has no class, and its name stands for it.
        where = (case.get("classname") or case.get("name") or "").split(".")
        seconds[where[min(2, len(where) - 1)]] += float(case.get("time", 0))
    return [
        Part(f"pytest: {name}", spent) for name, spent in sorted(seconds.items(), key=lambda each: -each[1])
    ]


def guarding(files: Sequence[str]) -> list[str]:
    """The tests that guard these files."""
    if any(SHARED.fullmatch(name) for name in files):
        return ["tests/python"]
    chosen = {
        name for name in files if re.fullmatch(r"tests/python/test_\w+\.py", name) and (ROOT / name).exists()
    }
    chosen |= {
        tests
        for tests, guarded in GUARDED.items()
        if any(name.startswith((f"{tests}/", *guarded)) for name in files)
    }
    return sorted(chosen.union(ALWAYS))


def minutes(seconds: float) -> str:
    """So many minutes and seconds."""
    return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def expect(name: str, due: Sequence[Proofs]) -> None:
    """Say how long this is going to take."""
    try:
        last = json.loads((ROOT / TOOK).read_text())[name]
        told = f"took {minutes(last)} here the last time"
    except (FileNotFoundError, KeyError, json.JSONDecodeError):
        told = f"takes about {EXPECTED[name]} minutes on two idle processors the first time"
    more = f" Slow proofs whose guarded files are new: {', '.join(each.file for each in due)}." if due else ""
    print(f"make {name} {told}, less where little has changed.{more}", flush=True)


def took(name: str, seconds: float) -> None:
    """Keep how long it took."""
    path = ROOT / TOOK
    try:
        kept = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        kept = {}
    path.write_text(json.dumps(kept | {name: round(seconds, 1)}) + "\n")


def left_out(proofs: Sequence[Proofs]) -> str:
    """What was not run, and how to run it."""
    rows = [(each.file.removeprefix(slow.TESTS), each.runs, say) for each in proofs for say in each.proves]
    head = "Left out, since what they guard is not new:"
    return f"{head}\n{aligned(['Tests', 'Run by', 'What they prove'], rows)}"


def main(arguments: Sequence[str]) -> int:
    """Run every check, whichever fail; returns the process's exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m scripts.check", description=__doc__, formatter_class=layout)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="the slow proofs, too")
    which.add_argument("--lint", action="store_true", help="only the linters")
    which.add_argument("--changed", metavar="BASE", help="only what differs from where this branch left BASE")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        known = changed.known_files(ROOT)
        files = known
        if options.changed:
            files = changed.changed_files(ROOT, changed.merge_base(ROOT, options.changed))
    except changed.NoBaseError as error:
        print(f"The linters look at the files that git knows: {error}.")
        return 1
    proofs = slow.proofs(ROOT, known)
    name = "test-all" if options.all else "test"
    due = [each for each in proofs if each.is_new or each.runs == f"make {name}"]
    if not (options.lint or options.changed):
        expect(name, [each for each in due if each.is_new])
    is_short = not (options.all or options.lint or options.changed)
    linters = Linters(ROOT, files, known, changed.since_server(ROOT) if is_short else None)
    done: list[Checked] = []
    if options.changed:
        done.append(built(lambda: changed.run(ROOT, options.changed)))
    elif not options.lint:
        done.append(built(lambda: index.run(["--unit-tests"])))
        print()
    done.append(linters.finished())
    if not options.lint:
        asked = [f"--slow-of={each.file}" for each in due]
        done.append(pytest(guarding(files) if options.changed else (), asked))
        if not done[-1].counts["failed"] and not options.changed:
            slow.keep(ROOT, due)
    counts: Counts = sum((each.counts for each in done), Counter())
    print(f"\n{table([part for each in done for part in each.parts])}\n")
    if not options.lint:
        if out := [each for each in proofs if each not in due]:
            print(f"{left_out(out)}\n")
        if not options.changed:
            took(name, time.monotonic() - started)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{failed(done)}{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
