"""A render stopped from outside: the last site stays or the new one is whole, and the next run works."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from outside import KILLED_AT, held, python, with_mounts

from scripts import interruptions
from scripts.site import __main__ as driver
from scripts.site.__main__ import main, only_render, put_in_place, shared_out

DATABASE = "council_productivity.duckdb"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a database that holds nothing, and a last site."""
    import duckdb

    duckdb.connect(str(tmp_path / DATABASE)).close()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("last")
    return tmp_path


def rendered(project: Path) -> int:
    """Run the driver here."""
    return main(["--database", str(project / DATABASE), "--to", str(project / "site")])


def stands(project: Path) -> str:
    """What is said of the last site."""
    return f"The last site in {project / 'site'} is as it was."


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Renders one page and then does what the test puts here, calls or errors."""
    then: list[object] = []

    def render(database: Path, fresh: Path, *_: object) -> list[tuple[int, int, int]]:
        fresh.mkdir()
        (fresh / "index.html").write_text("new")
        for step in then:
            if isinstance(step, BaseException):
                raise step
            step()
        return [(0, 3, 0)]

    monkeypatch.setattr(driver, "rendered", render)
    return then


def test_whatever_stops_it_the_last_site_stays(
    project: Path, pages: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, Ctrl-C; afterwards a run works."""
    for error, status, said in (
        (OSError(28, os.strerror(28)), 1, f"{interruptions.FULL} {stands(project)}\n"),
        (KeyboardInterrupt(), 130, f"\nStopped. {stands(project)}\n"),
    ):
        pages[:] = [error]
        assert rendered(project) == status
        assert capsys.readouterr().out == said
        assert (project / "site" / "index.html").read_text() == "last"
        assert sorted(path.name for path in project.iterdir()) == [".site-lock", DATABASE, "site"]
    pages.clear()
    assert rendered(project) == 0
    assert (project / "site" / "index.html").read_text() == "new"
    assert sorted(path.name for path in project.iterdir()) == [".site-lock", DATABASE, "site"]


def test_a_full_disk_for_real(project: Path) -> None:
    """The assets do not fit."""
    output = with_mounts(
        f"""
        mount -t tmpfs -o size=8k none site
        echo last > site/index.html
        {driver.sys.executable} -c '
import sys
from pathlib import Path
from scripts.site.__main__ import main
sys.exit(main(["--database", "{DATABASE}", "--to", "site/inner"]))
' || echo failed
        ls -A site
        """,
        project,
    )
    assert output == f"{interruptions.FULL} There is no site yet.\nfailed\n.inner-lock\nindex.html\n"


def test_a_read_only_disk(project: Path) -> None:
    """The folder is named."""
    output = with_mounts(
        f"""
        mount --bind "$PWD" "$PWD"
        mount -o remount,ro,bind "$PWD"
        cd "$PWD"
        {driver.sys.executable} -c '
import sys
from scripts.site.__main__ import main
sys.exit(main(["--database", "{project / DATABASE}", "--to", "{project / "site"}"]))
' || echo failed
        """,
        project,
    )
    said = interruptions.READ_ONLY.format(where=project / ".site-lock")
    assert output == f"{said} {stands(project)}\nfailed\n"


@pytest.mark.parametrize(("step", "page"), [(0, "last"), (1, None), (2, "new")])
def test_a_run_killed_while_it_puts_the_site_in_place(project: Path, step: int, page: str | None) -> None:
    """Before each step the last site or the new one is there, or the next run puts it back."""
    (project / ".site-staging").mkdir()
    (project / ".site-staging" / "index.html").write_text("new")
    script = KILLED_AT.format(step=step) + (
        "from pathlib import Path\nfrom scripts.site.__main__ import put_in_place\n"
        "sys.addaudithook(hook)\nput_in_place(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    done = python(script, project / ".site-staging", project / "site")
    assert done.returncode == -signal.SIGKILL, done.stdout
    index = project / "site" / "index.html"
    assert (index.read_text() if index.exists() else None) == page
    with only_render(project / "site") as fresh:
        assert index.read_text() == (page or "last")
        assert sorted(path.name for path in project.iterdir()) == [".site-lock", DATABASE, "site"]
        fresh.mkdir()
        (fresh / "index.html").write_text("newest")
        put_in_place(fresh, project / "site")
    assert index.read_text() == "newest"


def test_two_renders_at_once(project: Path, pages: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    """The second is refused, before it touches what the first writes."""
    (project / ".site-staging").mkdir()
    with (project / ".site-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert rendered(project) == 1
    assert capsys.readouterr().out == (
        "The site is being rendered by another run. Wait until it has ended and try again.\n"
    )
    assert (project / ".site-staging").exists()
    assert rendered(project) == 0


def test_the_database_is_held_by_a_writer(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named."""
    with held(project / DATABASE, "write", "select 1"):
        assert rendered(project) == 1
    said = interruptions.IN_USE.format(where=project / DATABASE)
    assert capsys.readouterr().out == f"{said} {stands(project)}\n"


def page_of(number: int) -> int:
    """A page for a process to render; the second one kills it."""
    if number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_process_that_renders_is_killed(
    project: Path, pages: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    """The run ends and says so; it does not wait for pages that nobody renders."""
    pages.append(lambda: list(shared_out(page_of, [0, 1, 2], 2)))
    assert rendered(project) == 1
    said = f"A process that renders pages was killed: run again. {stands(project)}\n"
    assert capsys.readouterr().out == said


def test_processes_that_render_end_with_the_run(tmp_path: Path) -> None:
    """A killed run leaves none behind."""
    script = f"""
import os, signal, time
from pathlib import Path
from scripts.site.__main__ import shared_out

def page(number):
    Path({str(tmp_path)!r}, str(os.getpid())).touch()
    if number == 3:
        time.sleep(0.5)
        os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)

list(shared_out(page, [1, 2, 3], 3))
"""
    assert python(script).returncode == -signal.SIGKILL
    left: Sequence[str] = [path.name for path in tmp_path.iterdir()]
    assert len(left) == 3
    for _ in range(50):
        left = [number for number in left if Path("/proc", number).exists()]
        if not left:
            break
        time.sleep(0.1)
    assert not left
