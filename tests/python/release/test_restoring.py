"""Going back to a release: its figures and pages take the place of the last build's, or nothing changes."""

from __future__ import annotations

import fcntl
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from outside import KILLED_AT, held, python
from tiny_release import database, tiny_pages, tiny_release

from scripts.build import BUILDING, DATABASE, is_current, only_build
from scripts.marts import MARTS
from scripts.release.restore import main
from scripts.site.__main__ import only_render

pytestmark = pytest.mark.slow("going back to a release ends with its figures and pages or changes nothing")
ROOT = Path(__file__).resolve().parents[3]
CHANGED = "where item_id = 'helped' and edition = '2017-18' and gss_code = 'E06000007'"
REVISED = f"update seeds.figures set value = value - 3 {CHANGED}"
UNRELEASED = f"update seeds.figures set value = value - 6 {CHANGED}"
SUM = "select sum(value)::decimal(18, 3)::varchar from seeds.figures"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases and, after them, a build that was never released."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "gates", folder / "gates")
    assert tiny_release(folder, "1") == 0
    assert tiny_release(folder, "2", REVISED) == 0
    (folder / DATABASE).unlink()
    database(folder / DATABASE, UNRELEASED)
    return folder


@pytest.fixture
def project(released: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(released, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


def figures(path: Path) -> str:
    """The sum of a database's figures."""
    with duckdb.connect(str(path), read_only=True) as connection:
        (value,) = connection.execute(SUM).fetchone()
    return str(value)


def standing(project: Path) -> tuple[str, str, str]:
    """What readers find: the database's figures, the site's, and the current release."""
    page = project / "site" / "index.html"
    site = page.read_text(encoding="utf-8") if page.exists() else ""
    return figures(project / DATABASE), site, (project / "releases" / "current").resolve().name


def of_release(project: Path, version: str) -> tuple[str, str, str]:
    """The same where everything is of a release."""
    value = figures(project / "releases" / version / DATABASE.name)
    return value, value, version


def test_back_to_an_older_release_and_forward_again(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Database, marts, site and pointer are the older release's; what to say to go forward is printed."""
    assert len({of_release(project, "1")[0], of_release(project, "2")[0], standing(project)[0]}) == 3
    assert main(["1"], project, tiny_pages) == 0
    assert capsys.readouterr().out == (
        "Going back to release 1: rendering its pages ...\n"
        "Release 1 is back: its database and marts in warehouse, 1 pages in site; "
        "releases/current points to it and no longer to 2.\n"
        "To go forward again: make site, which builds what this folder holds, or make restore VERSION=2.\n"
    )
    assert standing(project) == of_release(project, "1")
    with duckdb.connect() as connection:
        for name, path in (("ours", MARTS), ("released", Path("releases", "1", MARTS.name))):
            connection.execute(f"attach '{project / path}' as {name} (read_only)")
        query = "select count(*), bit_xor(hash(t)) from {}.fct_lens_productivity as t"
        ours, released = (connection.execute(query.format(name)).fetchone() for name in ("ours", "released"))
    assert ours == released
    assert main(["2"], project, tiny_pages) == 0
    assert standing(project) == of_release(project, "2")


def test_back_to_the_last_release(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a version: a build that was never released gives way; the pointer stays."""
    assert main([], project, tiny_pages) == 0
    assert standing(project) == of_release(project, "2")
    assert capsys.readouterr().out.endswith(
        "Release 2 is back: its database and marts in warehouse, 1 pages in site; "
        "releases/current points to it.\n"
        "To go forward again: make site, which builds what this folder holds.\n"
    )


def test_the_next_build_goes_forward(project: Path) -> None:
    """The release's inputs are known: with the same ones there is nothing to build, with others there is."""
    assert main(["1"], project, tiny_pages) == 0
    assert is_current(project)
    (project / "seeds").mkdir()
    (project / "seeds" / "scores.csv").write_text("score\n1\n")
    assert not is_current(project)


def killed_before(step: int, project: Path) -> subprocess.CompletedProcess[str]:
    """Go back to release 1 and be killed before a step of putting it in place."""
    script = KILLED_AT.format(step=step) + (
        f"sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]\n"
        "from pathlib import Path\n"
        "from scripts.release import restore\n"
        "from tiny_release import tiny_pages\n"
        "def pages(*arguments):\n"
        "    made = tiny_pages(*arguments)\n"
        "    sys.addaudithook(hook)\n"
        "    return made\n"
        "sys.exit(restore.main(['1'], Path.cwd(), pages))\n"
    )
    return python(script, cwd=project)


# Marts and database, then the site, then the pointer; what comes after the last only clears up.
STEPS = 13


@pytest.mark.parametrize("step", range(STEPS))
def test_a_run_killed_while_it_goes_back(project: Path, step: int) -> None:
    """Before each step: what stands is whole, of one release or the other; the next run goes all the way."""
    assert main(["2"], project, tiny_pages) == 0
    assert killed_before(step, project).returncode == -signal.SIGKILL
    one, other = of_release(project, "1"), of_release(project, "2")
    for found, *allowed in zip(standing(project), one, other, strict=True):
        assert found in (*allowed, "")
    assert main(["1"], project, tiny_pages) == 0
    assert standing(project) == one


def test_there_are_no_more_steps(project: Path) -> None:
    """None of them is left out above."""
    assert main(["2"], project, tiny_pages) == 0
    assert killed_before(STEPS, project).returncode == 0
    assert standing(project) == of_release(project, "1")


def refused(
    project: Path, capsys: pytest.CaptureFixture[str], *arguments: str, pages: object = tiny_pages
) -> str:
    """What a run says that changes nothing, its last line."""
    before = standing(project)
    capsys.readouterr()
    assert main(arguments, project, pages) == 1
    assert standing(project) == before
    assert not (project / BUILDING).exists()
    return capsys.readouterr().out.splitlines()[-1]


def test_bad_versions_and_damaged_releases_are_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with what there is."""
    assert refused(project, capsys, "3") == "There is no release 3. There are: 1, 2. Nothing was changed."
    assert refused(project, capsys, "current").startswith("There is no release current. ")
    with duckdb.connect(str(project / "releases" / "1" / DATABASE.name)) as connection:
        connection.execute(UNRELEASED)
    assert refused(project, capsys, "1") == (
        "council_productivity.duckdb of release 1 is not what was released (SHA256SUMS). Nothing was changed."
    )
    (project / "releases" / "2" / "manifest.json").unlink()
    assert refused(project, capsys).startswith("manifest.json of release 2 is not what was released")


def test_without_a_release_there_is_nowhere_to_go_back_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it says what makes one."""
    assert main([], tmp_path) == 1
    assert capsys.readouterr().out == "There is no release yet: make release makes one.\n"


def test_other_runs_and_writers_are_waited_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A build, a render, a release, a program that writes: nothing is taken from under them."""
    (project / BUILDING).parent.mkdir()
    with only_build(project):
        before = (project / BUILDING).parent.exists()
        assert refused(project, capsys, "1").startswith("Another build is running in this folder.")
        assert (project / BUILDING).parent.exists() == before
    with only_render(project / "site"):
        assert refused(project, capsys, "1").startswith("The site is being rendered by another run.")
    with (project / "releases" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert refused(project, capsys, "1").startswith("Another release is being made in this folder.")
    with held(project / DATABASE, "write", SUM):
        assert main(["1"], project, tiny_pages) == 1
        assert "is open for writing in another program" in capsys.readouterr().out


def failing(error: BaseException) -> Callable[[Path, Path], int]:
    """Pages that cannot be rendered."""

    def pages(_: Path, folder: Path) -> int:
        folder.mkdir()
        raise error

    return pages


def test_pages_that_cannot_be_made_change_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables of another time, a full disk, Ctrl-C."""
    assert main(["2"], project, tiny_pages) == 0
    other = failing(duckdb.CatalogException("Table with name fct_peer_standing does not exist"))
    assert "Today's pages cannot be made of release 1, whose tables are others" in (
        refused(project, capsys, "1", pages=other)
    )
    full = failing(OSError(28, "No space left on device"))
    assert refused(project, capsys, "1", pages=full) == (
        "The disk is full: free some space and run again. Nothing was changed."
    )
    assert main(["1"], project, failing(KeyboardInterrupt())) == 130
    assert capsys.readouterr().out.endswith("\nStopped. Nothing was changed.\n")
    assert standing(project) == of_release(project, "2")
    assert sorted(path.name for path in project.iterdir() if "staging" in path.name) == []
