"""Projects to try the tools on: a scratch copy of this one, and a tiny one that builds in seconds."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("analyses", "gates", "macros", "models", "scripts", "seeds", "tests")
PROJECT = (*FOLDERS, "dbt_project.yml", "profiles.yml")

# A county, a borough with spend that cannot be compared, councils made and abolished, one never ranked.
SITE_COUNCILS = ("leicestershire", "wigan", "cumberland", "dorset", "dorset-to-2019", "city-of-london")

Edit = Callable[[str], str]
# Minutes each. They begin first: a run ends with the one that began last, on one processor.
LONGEST = (
    *("site/test_browser.py", "test_own_registers.py", "test_planted_faults.py", "test_determinism.py"),
    *("test_bad_input.py", "engines/test_postgres_part.py", "release/test_release_pair.py"),
    *("test_adding_a_measure.py", "test_index_driver.py", "test_faults_while_running.py"),
    *("release/test_gates.py", "ingest/test_ingest_shared_drifts.py", "test_draws.py"),
    *("site/test_what_if_page.py", "site/test_steady.py", "test_docs.py"),
)


class Project:
    """A project in a folder of its own: edit its files, build it, and put the files back."""

    def __init__(self, root: Path) -> None:
        """Take the project in ``root`` as it is now as the one to go back to."""
        self.root = root
        self.originals: dict[Path, str] = {}

    @property
    def database(self) -> Path:
        """The published database."""
        return self.root / "warehouse" / "council_productivity.duckdb"

    def edited(self, path: str, edit: Edit) -> None:
        """Change one file; the change has to change something."""
        before = (self.root / path).read_text(encoding="utf-8")
        after = edit(before)
        assert after != before, f"the edit of {path} changed nothing"
        self.originals.setdefault(self.root / path, before)
        (self.root / path).write_text(after, encoding="utf-8")

    def planted(self, seed: str, edit: Edit) -> None:
        """Plant bad input: change one seed, named by its path below ``seeds`` without ``.csv``."""
        self.edited(f"seeds/{seed}.csv", edit)

    def build(self, *arguments: str, select: tuple[str, ...] = ()) -> tuple[int, str]:
        """Run the driver here; returns its exit status and all it printed.

        With ``select`` only those nodes are built and tested, and a test runs only if all it reads is
        among them or stands before them: name every seed that the test in question compares.
        """
        selection = ["--select", *select] if select else []
        done = subprocess.run(
            [sys.executable, "-m", "scripts.index", *arguments, *selection],
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def restore(self) -> None:
        """Put every edited file back."""
        for path, content in self.originals.items():
            path.write_text(content, encoding="utf-8")
        self.originals.clear()


def replaced(old: str, new: str) -> Edit:
    """An edit that replaces the first ``old``, which has to be there."""

    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the file"
        return text.replace(old, new, 1)

    return edit


def added(line: str) -> Edit:
    """An edit that adds one line at the end."""
    return lambda text: f"{text.rstrip()}\n{line}\n"


def copied(target: Path, names: tuple[str, ...]) -> None:
    """Copy files and folders of this project."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options that choose which marked tests run."""
    parser.addoption("--slow", action="store_true", help="slow proofs, too, as make test-all runs them")
    parser.addoption(
        "--slow-of", action="append", default=[], metavar="FILE", help="slow and nightly proofs of this file"
    )
    parser.addoption("--nightly", action="store_true", help="what make nightly runs, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow and nightly tests that nobody asked for; the longest files go first."""
    named = {Path(argument.split("::")[0]).resolve() for argument in config.args}
    named |= {ROOT / file for file in config.getoption("--slow-of")}

    def is_asked(item: pytest.Item) -> bool:
        sizes = [size for size in ("slow", "nightly") if item.get_closest_marker(size)]
        return item.path in named or all(config.getoption(f"--{size}") for size in sizes)

    left_out = [item for item in items if not is_asked(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if is_asked(item)]
    turns = {Path(__file__).parent / file: turn for turn, file in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path, len(turns)))


@pytest.fixture(scope="session")
def root() -> Path:
    """This project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that only developers have."""
    folder = ROOT.parent / "shared"
    if not (folder / "figures").is_dir():
        pytest.skip("../shared is absent: nothing to compare with")
    return folder


@pytest.fixture(scope="session")
def scratch_copy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One copy of this project for the whole session, with few draws: dbt then reads it in full only once."""
    folder = tmp_path_factory.mktemp("project")
    copied(folder, PROJECT)
    settings = folder / "dbt_project.yml"
    few = replaced("\n  draws: 1000\n", "\n  draws: 50\n")(settings.read_text(encoding="utf-8"))
    settings.write_text(replaced("effect_draws: 100\n", "effect_draws: 10\n")(few), encoding="utf-8")
    return Project(folder)


@pytest.fixture(scope="session")
def scratch_database(scratch_copy: Project) -> Path:
    """Seeds and models of the scratch copy, built once for whoever needs them; copy it to change it.

    It is kept for the next time under a checksum of all it is built from; the first of several processes of
    pytest builds it while the others wait.
    """
    from scripts.checksums import checksum

    kept = ROOT / "target" / "scratch"
    kept.mkdir(parents=True, exist_ok=True)
    # DuckDB names the catalogue after the file.
    database = kept / checksum(scratch_copy.root) / scratch_copy.database.name
    with (kept / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            for older in kept.glob("*/"):
                shutil.rmtree(older)
            models_built(scratch_copy, database.parent / "building" / database.name)
            (database.parent / "building" / database.name).rename(database)
    return database


def models_built(project: Project, database: Path, threads: int = 4, select: Sequence[str] = ()) -> Path:
    """Seeds and models of a project, as it is now, in a database of their own, without tests.

    They are built where the driver builds: dbt reads the whole project anew, half a minute, for another path.
    """
    from scripts.build import BUILDING

    building = project.root / BUILDING
    for folder in (building.parent, database.parent):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    dbt = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "build"]
    selected = ["--select", *select] if select else []
    without_tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    done = subprocess.run(
        [*dbt, "--profiles-dir", ".", "--threads", str(threads), *selected, *without_tests],
        cwd=project.root,
        env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": str(BUILDING)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    shutil.move(building, database)
    return database


@pytest.fixture
def scratch(scratch_copy: Project) -> Iterator[Project]:
    """The copy of this project, to plant bad input in; every edit is undone after the test."""
    yield scratch_copy
    scratch_copy.restore()


@pytest.fixture
def planted(scratch: Project) -> Callable[[str, Edit], None]:
    """Plant bad input in the scratch copy: ``planted("outcomes/dfe_lait", replaced("90.5", "n/a"))``."""
    return scratch.planted


@pytest.fixture
def build(scratch: Project) -> Callable[..., tuple[int, str]]:
    """Run the driver in the scratch copy.

    ``status, output = build(select=("dfe_lait", "rankings"))`` tests what these two seeds hold.
    """
    return scratch.build


@pytest.fixture(scope="session")
def headline() -> str:
    """The newest edition in which councils are ranked overall, read from the ranking itself."""
    import duckdb

    from scripts.build import DATABASE

    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        [(edition,)] = connection.execute(
            "select max(edition) from marts.fct_ranking where ranking_id = 'overall' "
            "and productivity_rank is not null"
        ).fetchall()
    return str(edition)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report site with the reports of a few councils, downloads included; nobody changes it.

    It is kept for the next time under a checksum of the database and of every file of the project but its
    tests; the first of several processes of pytest renders it while the others wait.
    """
    from scripts.build import DATABASE
    from scripts.changed import NoBaseError

    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    try:
        kept = ROOT / "target" / "small_site"
        site = kept / rendered_from(ROOT / DATABASE) / "site"
    except NoBaseError:
        # Without git nobody knows which files are the project's.
        kept = tmp_path_factory.mktemp("report")
        site = kept / "new" / "site"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            from scripts.site.__main__ import build as render

            for older in kept.glob("*/"):
                shutil.rmtree(older)
            render(ROOT / DATABASE, site, SITE_COUNCILS)
    return site


def rendered_from(database: Path) -> str:
    """A checksum over all that may decide what the small site holds."""
    from scripts.changed import known_files
    from scripts.checksums import state

    files = [ROOT / name for name in known_files(ROOT) if not name.startswith("tests/")]
    files.append(database.parent / "build.json")
    told = [
        *(
            f"{name}={value}"
            for name, value in os.environ.items()
            if name.startswith("COUNCIL_PRODUCTIVITY_")
        ),
        *(f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files if path.is_file()),
    ]
    given = [state(database), sys.version, ",".join(SITE_COUNCILS), *sorted(told)]
    return hashlib.sha256("\n".join(given).encode()).hexdigest()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, the system's or Playwright's own."""
    from scripts.site.pictures import PROGRAMS

    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with playwright.sync_playwright() as driver:
        try:
            found = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except playwright.Error:
            pytest.skip("no Chromium can be started: install Debian's package chromium")
        yield found
        found.close()
