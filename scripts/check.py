"""Everything that has to pass before a change goes in: linters, the build, pytest.

    python -m scripts.check [--lint | --changed BASE]

``--lint`` runs only the linters; ``--changed`` checks what differs from where this branch left BASE: files
by the linters, nodes and what depends on them by dbt, the rest by the tests that guard it. Ends with where
the time went and one line that adds up dbt's tests, pytest's tests and the linters.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts import changed, index
from scripts.build import Outcome
from scripts.tables import aligned

ROOT = index.ROOT
PYTEST_REPORT = Path("target") / "pytest.xml"
# What the linters are, and which files each looks at.
HOOKS = ".pre-commit-config.yaml"
LINTERS = ("-m", "pre_commit", "run", "--color", "never", "--verbose", "--files")
LINT_ENVIRONMENT = {"PRE_COMMIT_HOME": str(ROOT / "target" / "pre-commit")}
HOOK = re.compile(
    r"^(?P<name>\S.*?)\.{3,}(?:\(no files to check\))?(?P<status>Passed|Failed|Skipped)\n"
    r"- hook id: .*\n(?:- duration: (?P<seconds>[\d.]+)s\n)?",
    re.MULTILINE,
)
# What pytest runs for a change: these always, others where what they guard differs, all where all rest on it.
ALWAYS = ("tests/python/test_conventions.py", "tests/python/test_docs.py")
GUARDED = {
    "tests/python/download": ("scripts/download/",),
    "tests/python/ingest": ("scripts/ingest/", "seeds/"),
    "tests/python/release": ("scripts/release/", "gates/"),
    "tests/python/site": ("scripts/site/", "site_src/"),
    "tests/python/test_bad_input.py": ("models/staging/", "seeds/", "tests/generic/"),
    "tests/python/test_planted_faults.py": ("scripts/planted_faults/",),
}
SHARED = re.compile(
    r"scripts/\w+\.py|tests/python/(conftest|tiny_project)\.py|pyproject\.toml|requirements\.lock"
)


@dataclass(frozen=True)
class Part:
    """A part of the checks: seconds that passed and, where it is known, seconds of processor."""

    name: str
    seconds: float
    processor: float | None = None


class Clock:
    """Times one part: what passes, and the processor's seconds of this process or of those it waited for."""

    def __init__(self, whose: int) -> None:
        """Start."""
        self.whose, self.started, self.used = whose, time.monotonic(), self.processor(whose)

    @staticmethod
    def processor(whose: int) -> float:
        """Processor seconds so far."""
        used = resource.getrusage(whose)
        return used.ru_utime + used.ru_stime

    def part(self, name: str) -> Part:
        """The part that ends here."""
        return Part(name, time.monotonic() - self.started, self.processor(self.whose) - self.used)


class Linters:
    """The linters at work beside the build, which keeps only one processor busy."""

    def __init__(self, files: Sequence[str]) -> None:
        """Start them on these files; those that are gone are nobody's."""
        # Given no file, pre-commit would take those about to be committed and put other edits aside.
        there = sorted({HOOKS, *(name for name in files if (ROOT / name).exists())})
        self.clock = Clock(resource.RUSAGE_CHILDREN)
        self.process = subprocess.Popen(
            [sys.executable, *LINTERS, *there],
            cwd=ROOT,
            env=os.environ | LINT_ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def finished(self) -> tuple[Counter[str], list[Part]]:
        """Wait for them, print what they complain of and count."""
        said, _ = self.process.communicate()
        counts: Counter[str] = Counter()
        parts = [self.clock.part("linters")]
        hooks = list(HOOK.finditer(said))
        for hook, following in zip(hooks, [*hooks[1:], None], strict=True):
            if hook["status"] == "Skipped":
                continue
            failed = hook["status"] == "Failed"
            counts["failed" if failed else "passed"] += 1
            parts.append(Part(f"linters: {hook['name']}", float(hook["seconds"] or 0)))
            print(f"{hook['name']}: {'failed' if failed else 'nothing to complain of'}")
            if failed:
                print(said[hook.end() : following.start() if following else None])
        if self.process.returncode and not counts["failed"]:
            # Without git, or with a configuration that cannot be read, no linter has run at all.
            counts["failed"] += 1
            print(said)
        return counts, parts


def built(run: Callable[[], tuple[int, Outcome | None]]) -> tuple[Counter[str], list[Part]]:
    """Build, and count dbt's tests, and seeds and models where they failed."""
    clock = Clock(resource.RUSAGE_SELF)
    exit_status, outcome = run()
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
    return counts, [clock.part("dbt build")]


def pytest(targets: Sequence[str] = ()) -> tuple[Counter[str], list[Part]]:
    """Run pytest and count."""
    (ROOT / PYTEST_REPORT).unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={PYTEST_REPORT}", *targets]
    clock = Clock(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=False)
    parts = [clock.part("pytest")]
    if not (ROOT / PYTEST_REPORT).exists():
        return Counter(failed=1), parts
    suite = ElementTree.parse(ROOT / PYTEST_REPORT).getroot()[0]
    seconds: defaultdict[str, float] = defaultdict(float)
    for case in suite.iter("testcase"):
        # tests.python.site.test_charts: the folder's tests together, others by file.
        seconds[case.get("classname", "").split(".")[2]] += float(case.get("time", 0))
    parts += [
        Part(f"pytest: {name}", spent) for name, spent in sorted(seconds.items(), key=lambda each: -each[1])
    ]
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    skipped = int(suite.get("skipped", 0))
    return Counter(
        passed=int(suite.get("tests", 0)) - failed - skipped, failed=failed, skipped=skipped
    ), parts


def guarding(files: Sequence[str]) -> list[str]:
    """The tests that guard these files."""
    if any(SHARED.fullmatch(name) for name in files):
        return ["tests"]
    chosen = {
        name for name in files if re.fullmatch(r"tests/python/test_\w+\.py", name) and (ROOT / name).exists()
    }
    chosen |= {
        tests
        for tests, guarded in GUARDED.items()
        if any(name.startswith((f"{tests}/", *guarded)) for name in files)
    }
    return sorted(chosen.union(ALWAYS))


def table(parts: Sequence[Part]) -> str:
    """Where the time went; the linters work beside the build."""
    rows = [
        (part.name, f"{part.seconds:.1f}", "" if part.processor is None else f"{part.processor:.1f}")
        for part in parts
    ]
    return aligned(["Part", "Seconds", "Of processor"], rows, ["Seconds", "Of processor"])


def main(arguments: Sequence[str]) -> int:
    """Run every check, whichever fail; returns the process's exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m scripts.check", description=__doc__, formatter_class=layout)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--lint", action="store_true", help="only the linters")
    which.add_argument("--changed", metavar="BASE", help="only what differs from where this branch left BASE")
    options = parser.parse_args(arguments)
    try:
        if options.changed:
            files = changed.changed_files(ROOT, changed.merge_base(ROOT, options.changed))
        else:
            files = changed.known_files(ROOT)
    except changed.NoBaseError as error:
        print(f"The linters look at the files that git knows: {error}.")
        return 1
    linters = Linters(files)
    done: list[tuple[Counter[str], list[Part]]] = []
    if options.changed:
        done.append(built(lambda: changed.run(ROOT, options.changed)))
    elif not options.lint:
        done.append(built(lambda: index.run(["--force"])))
        print()
    done.append(linters.finished())
    if not options.lint:
        done.append(pytest(guarding(files) if options.changed else ()))
    counts: Counter[str] = sum((each for each, _ in done), Counter())
    print(f"\n{table([part for _, parts in done for part in parts])}\n")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
