"""A release stopped from outside: the last one stays or the new one is whole, and the next run works."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from outside import KILLED_AT, held, limited, python, with_mounts
from tiny_release import tiny_release

from scripts import interruptions
from scripts.build import DATABASE, only_build
from scripts.release.__main__ import main
from scripts.release.publish import RefusedError

pytestmark = pytest.mark.slow("a release that is killed or finds no room leaves the last one whole")
ROOT = Path(__file__).resolve().parents[3]
STANDS = "The last release, 1, is as it was."
# One argument: the version. The faults go between.
IMPORTS = f"""
import os, signal, sys
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from pathlib import Path
from scripts.interruptions import stop_when_terminated
from scripts.release import publish as publishing
from tiny_release import tiny_release
"""
RELEASE = """
try:
    sys.exit(tiny_release(Path.cwd(), sys.argv[1]))
except publishing.RefusedError as refusal:
    sys.exit(str(refusal))
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the gates and a first release."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "gates", folder / "gates")
    assert tiny_release(folder, "1") == 0
    return folder


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(first, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


def names(project: Path) -> list[str]:
    """What stands among the releases."""
    return sorted(path.name for path in (project / "releases").iterdir())


def current(project: Path) -> str:
    """The release that readers are sent to, whole by its own checksums."""
    folder = (project / "releases" / "current").resolve()
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0
    with duckdb.connect(str(folder / DATABASE.name), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.fct_ranking").fetchone() != (0,)
    return folder.name


@pytest.mark.parametrize(
    ("step", "left"),
    [
        (0, [".publishing-2"]),
        (1, [".publishing-2", ".publishing-current"]),
        (2, [".publishing-current", "2"]),
    ],
)
def test_a_run_killed_while_it_publishes(
    project: Path, capsys: pytest.CaptureFixture[str], step: int, left: list[str]
) -> None:
    """Before each step: readers are sent to the last release; the next run clears up or turns the pointer."""
    hooked = """
original = publishing.publish
def publish(*arguments):
    sys.addaudithook(hook)
    return original(*arguments)
publishing.publish = publish
"""
    done = python(IMPORTS + KILLED_AT.format(step=step) + hooked + RELEASE, "2", cwd=project)
    assert done.returncode == -signal.SIGKILL, done.stdout
    assert names(project) == sorted([".lock", "1", "current", *left])
    assert current(project) == "1"
    assert tiny_release(project, "2") == 0
    whole = "Release 2 was whole when its run was killed: releases/current points to it now."
    assert (whole in capsys.readouterr().out) == (step == 2)
    assert names(project) == [".lock", "1", "2", "current"]
    assert current(project) == "2"


def test_a_release_that_was_finished_is_the_next_ones_last(project: Path) -> None:
    """Another version is made after the pointer of the killed one was turned."""
    shutil.copytree(project / "releases" / "1", project / "releases" / "2")
    (project / "releases" / ".publishing-current").symlink_to("2")
    assert tiny_release(project, "3") == 0
    assert "release 2" in (project / "releases" / "3" / "RELEASE_NOTES.md").read_text()
    assert current(project) == "3"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_stopped_while_it_writes_its_files(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    """Nothing of it is among the releases; stopped by a signal it says so."""
    stopped = f"""
publishing.export.data_package = lambda *_: os.kill(os.getpid(), {int(number)})
stop_when_terminated()
"""
    if number == signal.SIGKILL:
        done = python(IMPORTS + stopped + RELEASE, "2", cwd=project)
        assert done.returncode == -signal.SIGKILL, done.stdout
        assert names(project) == [".lock", ".publishing-2", "1", "current"]
        assert current(project) == "1"
        assert tiny_release(project, "2") == 0
        assert names(project) == [".lock", "1", "2", "current"]
    else:
        before = signal.getsignal(signal.SIGTERM)
        interruptions.stop_when_terminated()
        monkeypatch.setattr("scripts.release.__main__.make", lambda *_: os.kill(os.getpid(), number))
        try:
            assert main(["2"], project) == 130
        finally:
            signal.signal(signal.SIGTERM, before)
        assert capsys.readouterr().out == f"\nStopped. Nothing was released. {STANDS}\n"
        done = python(IMPORTS + stopped + RELEASE, "2", cwd=project)
        assert done.returncode == -signal.SIGINT
        assert names(project) == [".lock", "1", "current"]
        assert current(project) == "1"


@pytest.mark.parametrize("room", [0, 1000, 3000])
def test_a_full_disk(project: Path, tmp_path: Path, room: int) -> None:
    """While the database is copied or the files are written; the next run has room and works."""
    script = tmp_path / "release.py"
    script.write_text(IMPORTS + RELEASE)
    output = with_mounts(
        f"""
        release="{sys.executable} {script} 2"
        {limited("releases", room)}
        if $release; then exit 1; fi
        diff -r --no-dereference releases releases.kept
        room 50000
        $release
        readlink releases/current
        """,
        project,
    )
    assert f"\nNothing was released. {interruptions.FULL} {STANDS}\n" in output
    assert "Traceback" not in output
    assert output.splitlines()[-1] == "2"


def test_a_read_only_disk(project: Path) -> None:
    """The folder is named."""
    output = with_mounts(
        f"""
        mount --bind "$PWD" "$PWD"
        mount -o remount,ro,bind "$PWD"
        cd "$PWD"
        if PYTHONPATH={ROOT} {sys.executable} -c '
from pathlib import Path
from scripts.release.__main__ import main
raise SystemExit(main(["2"], Path.cwd()))
'; then exit 1; fi
        """,
        project,
    )
    said = interruptions.READ_ONLY.format(where=project / "releases" / ".lock")
    assert output == f"Nothing was released. {said} {STANDS}\n"


def test_two_releases_at_once(project: Path) -> None:
    """The second is refused."""
    with (project / "releases" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RefusedError) as refusal:
            tiny_release(project, "2")
    assert str(refusal.value) == (
        f"Another release is being made in this folder. Wait until it has ended and try again. {STANDS}"
    )
    assert tiny_release(project, "2") == 0


def test_an_index_is_built_meanwhile(project: Path) -> None:
    """A release does not start beside a build."""
    with only_build(project), pytest.raises(RefusedError) as refusal:
        tiny_release(project, "2")
    assert str(refusal.value) == (
        f"Another build is running in this folder. Wait until it has ended and try again. {STANDS}"
    )
    assert names(project) == [".lock", "1", "current"]


def test_a_release_keeps_builds_out_until_it_has_its_copy(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database that was built is the one that is released, whoever builds the index meanwhile."""
    copy = shutil.copyfile

    copied = []

    def tried(*arguments: Path) -> Path:
        if arguments[0].suffix != DATABASE.suffix:
            return copy(*arguments)
        copied.append(arguments[0].name)
        script = "import sys\nfrom pathlib import Path\nfrom scripts.build import only_build\n"
        done = python(f"{script}with only_build(Path(sys.argv[1])): pass", project)
        assert "AnotherBuildError" in done.stdout
        return copy(*arguments)

    monkeypatch.setattr("scripts.release.publish.shutil.copyfile", tried)
    assert tiny_release(project, "2") == 0
    assert copied


@pytest.mark.parametrize("how", ["read", "write"])
def test_the_last_release_is_held_open(project: Path, how: str) -> None:
    """A reader is no hindrance; a writer is."""
    database = project / "releases" / "1" / DATABASE.name
    with held(database, how, "select 1"):
        if how == "read":
            assert tiny_release(project, "2") == 0
        else:
            with pytest.raises(RefusedError) as refusal:
                tiny_release(project, "2")
            said = interruptions.IN_USE.format(where=database)
            assert str(refusal.value) == f"Nothing was released. {said} {STANDS}"
            assert names(project) == [".lock", "1", "current"]
