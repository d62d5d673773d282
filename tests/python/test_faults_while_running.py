"""A build stopped from outside: the last good database stays, a sentence says why, the next run works."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project, replaced
from outside import KILLED_AT, answer, held, limited, python, with_mounts, without_permission
from tiny_project import laid_out

from scripts import interruptions
from scripts.build import BUILDING, DATABASE, RECORD, is_current, publish
from scripts.checksums import checksum, state
from scripts.interruptions import InUseError, log_of
from scripts.marts import MARTS

pytestmark = pytest.mark.slow("a build that is killed or finds no room leaves the last database whole")
DRIVER = [sys.executable, "-m", "scripts.index"]
UNCHANGED = "The previous database is unchanged."
BEST = "select gss_code from marts.fct_ranking where ranking_id = 'overall' and productivity_rank = 1"
SLOW = "select sum(hash(i * j)) as total from range(400000) as a (i) cross join range(400000) as b (j)"
LARGE = "select i, hash(i) as one, hash(i + 1)::varchar as other from range(1000000) as numbers (i)"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The tiny project, built once."""
    return laid_out(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def tiny(built: Project) -> Iterator[Project]:
    """The tiny project with every edit of the test undone, and its database as before it."""
    kept = {path: path.read_bytes() for path in (built.database, built.root / RECORD)}
    yield built
    built.restore()
    log_of(built.database).unlink(missing_ok=True)
    for path, content in kept.items():
        path.unlink(missing_ok=True)
        path.write_bytes(content)


def best(database: Path) -> str:
    """Who leads, by the published database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        (name,) = connection.execute(BEST).fetchone()
    return name


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_stopped_in_the_middle_of_a_model(tiny: Project, number: signal.Signals) -> None:
    """However it is stopped, the database stays; another run meanwhile is refused; the next clears up."""
    before = tiny.database.read_bytes()
    slow = tiny.root / "models" / "marts" / "slow.sql"
    slow.write_text(SLOW, encoding="utf-8")
    with subprocess.Popen(
        DRIVER,
        cwd=tiny.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell may have had it ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as run:
        try:
            assert run.stdout
            # The slow model is then all but alone.
            while "9 of 12 nodes" not in (line := run.stdout.readline()):
                assert line, "the build ended by itself"
            if number == signal.SIGKILL:
                status, output = tiny.build()
                assert (status, output.splitlines()[-1]) == (
                    1,
                    "Another build is running in this folder. Wait until it has ended and try again.",
                )
            run.send_signal(number)
            output, _ = run.communicate(timeout=120)
        finally:
            run.kill()
            slow.unlink()
    assert tiny.database.read_bytes() == before
    if number == signal.SIGKILL:
        assert run.returncode == -signal.SIGKILL
        assert (tiny.root / BUILDING).exists()
        status, output = tiny.build("--force")
        assert status == 0, output
        assert "Built 11 nodes" in output
    else:
        assert run.returncode == 130
        assert output.rstrip().endswith(f"\nStopped. {UNCHANGED}")
        assert "Traceback" not in output
        assert tiny.build()[0] == 0
    assert not (tiny.root / BUILDING).exists()
    assert best(tiny.database) == "Ayton"


def number_in(database: Path) -> int:
    """The figure of a database of one figure."""
    with duckdb.connect(str(database), read_only=True) as connection:
        (number,) = connection.execute("select number from figures").fetchone()
    return number


def written(database: Path, number: int, leave_log: bool = False) -> None:
    """A database of one figure; with ``leave_log`` by a program that was killed before it was in the file."""
    database.parent.mkdir(parents=True, exist_ok=True)
    end = "os.kill(os.getpid(), signal.SIGKILL)" if leave_log else "connection.close()"
    done = python(f"""
import duckdb, os, signal
connection = duckdb.connect({str(database)!r}, config={{"storage_compatibility_version": "v1.2.0"}})
connection.execute("create or replace table figures as select {number} as number")
{end}
""")
    assert done.returncode == (-signal.SIGKILL if leave_log else 0), done.stdout
    assert log_of(database).exists() == leave_log


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A folder with a published database, 1, and a finished build, 2, each with its record."""
    for database, number in ((DATABASE, 1), (BUILDING, 2)):
        written(tmp_path / database, number)
        record = {"checksum": checksum(tmp_path), "database": state(tmp_path / database)}
        (tmp_path / database).with_name(RECORD.name).write_text(json.dumps(record))
    (tmp_path / MARTS).touch()
    return tmp_path


# Three steps write the file of the marts; then go record, log, marts, database and the new record.
@pytest.mark.parametrize(("step", "number"), [(0, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2)])
def test_a_run_killed_while_it_publishes(finished: Path, step: int, number: int) -> None:
    """Before each of its steps: the database is the last or the new one, and no record is wrong."""
    script = KILLED_AT.format(step=step) + (
        "from pathlib import Path\nfrom scripts.build import publish\n"
        "sys.addaudithook(hook)\npublish(Path(sys.argv[1]))\n"
    )
    assert python(script, finished).returncode == -signal.SIGKILL
    assert number_in(finished / DATABASE) == number
    # Only the untouched database still has its record; otherwise the next run builds.
    assert is_current(finished) == (step <= 3)
    written(finished / BUILDING, 3)
    (finished / BUILDING).with_name(RECORD.name).write_text(json.dumps({"checksum": checksum(finished)}))
    publish(finished)
    assert number_in(finished / DATABASE) == 3
    assert is_current(finished)


def test_what_is_still_in_the_log_is_published_too(finished: Path) -> None:
    """A build whose last figures DuckDB had no room to put into the file is not published without them."""
    written(finished / BUILDING, 5, leave_log=True)
    publish(finished)
    assert number_in(finished / DATABASE) == 5
    assert not log_of(finished / BUILDING).exists()


def test_a_log_left_beside_the_last_database_does_not_get_into_the_new_one(finished: Path) -> None:
    """DuckDB would play into the new database what a killed program wrote to the last one."""
    written(finished / DATABASE, 99, leave_log=True)
    assert not is_current(finished)
    publish(finished)
    assert number_in(finished / DATABASE) == 2


def test_what_another_program_wrote_is_no_longer_the_build(finished: Path) -> None:
    """Plain dbt, for one, leaves a record that is not its own; reading changes nothing, and no copy does."""
    assert number_in(finished / DATABASE) == 1
    shutil.copy(finished / DATABASE, finished / "copy")
    (finished / "copy").replace(finished / DATABASE)
    assert is_current(finished)
    written(finished / DATABASE, 1)
    assert not is_current(finished)


def test_a_record_cut_short_is_no_record(finished: Path) -> None:
    """The next run builds."""
    (finished / RECORD).write_text("")
    assert not is_current(finished)


@pytest.mark.parametrize(("room", "large"), [(0, False), (32, False), (8000, True)])
def test_a_full_disk(tiny: Project, tmp_path: Path, room: int, large: bool) -> None:
    """At the start, when the last figures go into the file, in the middle of a model: in one sentence."""
    copy = tmp_path / "copy"
    shutil.copytree(tiny.root, copy)
    shutil.rmtree(copy / BUILDING.parent, ignore_errors=True)
    if large:
        (copy / "models" / "marts" / "large.sql").write_text(LARGE, encoding="utf-8")
    again = "rm models/marts/large.sql; room 8000; $index --force" if large else "$index"
    output = with_mounts(
        f"""
        index="{" ".join(DRIVER)}"
        {limited("warehouse", room)}
        if $index --force; then exit 1; fi
        cmp {DATABASE} warehouse.kept/{DATABASE.name}
        cmp {RECORD} warehouse.kept/{RECORD.name}
        test ! -e {BUILDING.parent} -a ! -e {DATABASE}.wal
        {again}
        """,
        copy,
    )
    failed, _, rest = output.partition(f"\n{interruptions.FULL} {UNCHANGED}\n")
    assert re.fullmatch(
        r"Building the index: reading the project \.\.\.\n(\d+ of \d+ nodes\n)*\n?", f"{failed}\n"
    )
    assert ("Built 11 nodes" if large else "Nothing changed since the last build") in rest


def test_a_read_only_disk(tiny: Project) -> None:
    """What is there can be printed; a build says that it cannot be."""
    output = with_mounts(
        f"""
        mount --bind "$PWD" "$PWD"
        mount -o remount,ro,bind "$PWD"
        cd "$PWD"
        {" ".join(DRIVER)}
        if {" ".join(DRIVER)} --force; then exit 1; fi
        """,
        tiny.root,
    )
    assert output.startswith("Nothing changed since the last build")
    where = tiny.root / "warehouse" / ".lock"
    assert output.splitlines()[-1] == f"{interruptions.READ_ONLY.format(where=where)} {UNCHANGED}"


@pytest.mark.parametrize("folder", ["warehouse", "warehouse/building"])
def test_a_folder_one_may_not_write_to(tiny: Project, folder: str) -> None:
    """The folder is named."""
    (tiny.root / "warehouse" / ".lock").unlink(missing_ok=True)
    (tiny.root / "warehouse" / "building").mkdir(exist_ok=True)
    (tiny.root / "warehouse" / "building" / "left").touch()
    before = tiny.database.read_bytes()
    done = without_permission(tiny.root / folder, [*DRIVER, "--force"], tiny.root)
    shutil.rmtree(tiny.root / "warehouse" / "building")
    assert done.returncode == 1
    where = {"warehouse": tiny.root / folder / ".lock", "warehouse/building": tiny.root / folder}[folder]
    assert done.stdout.splitlines()[-1] == f"{interruptions.NOT_ALLOWED.format(where=where)} {UNCHANGED}"
    assert tiny.database.read_bytes() == before


def test_a_reader_holds_the_database_open(tiny: Project) -> None:
    """The build goes on; the reader goes on with the figures it has; who opens it now reads the new ones."""
    tiny.planted("outcomes/scores", replaced("Ayton,120.5", "Ayton,20.5"))
    with held(tiny.database, "read", BEST) as reader:
        status, output = tiny.build()
        assert status == 0, output
        assert answer(reader) == "Ayton"
        assert best(tiny.database) == "Beeford"
        assert answer(reader) == "Ayton"


def test_a_writer_holds_the_database_open(tiny: Project) -> None:
    """Replaced under its hands, the database would get its changes: the build is refused before it starts."""
    before = tiny.database.read_bytes()
    with held(tiny.database, "write", BEST):
        status, output = tiny.build("--force")
        assert status == 1
        said = f"{interruptions.IN_USE.format(where=tiny.database)} {UNCHANGED}"
        assert output.splitlines()[-1] == said
        status, output = tiny.build()
        assert status == 1
        assert output.splitlines()[-1] == interruptions.IN_USE.format(where=tiny.database)
    assert tiny.database.read_bytes() == before
    assert tiny.build()[0] == 0


def test_a_database_cut_short_is_built_anew(tiny: Project) -> None:
    """It is not the one that the record is of."""
    before = best(tiny.database)
    tiny.database.write_bytes(tiny.database.read_bytes()[:100])
    assert not is_current(tiny.root)
    status, output = tiny.build()
    assert status == 0, output
    assert "Traceback" not in output
    assert best(tiny.database) == before


def test_a_database_cut_short_behind_its_headers_is_named(tiny: Project) -> None:
    """And built again when it is gone."""
    tiny.database.write_bytes(tiny.database.read_bytes()[: 3 * 4096])
    status, output = tiny.build()
    assert status == 1
    assert f"{DATABASE} cannot be read: delete it and run again." in output
    assert "Traceback" not in output
    tiny.database.unlink()
    assert not is_current(tiny.root)


def test_a_writer_comes_while_the_index_is_built(finished: Path) -> None:
    """Nothing is published then either."""
    with held(finished / DATABASE, "write", "select 1"), pytest.raises(InUseError):
        publish(finished)
    assert number_in(finished / DATABASE) == 1
    assert is_current(finished)


def test_the_page_quotes_what_is_said() -> None:
    """Every message on ``docs/faults_while_running.md`` is one of the scripts'."""
    said = set()
    for path in (ROOT / "scripts").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                said.add(
                    "".join(
                        getattr(part, "value", "") if isinstance(part, ast.Constant) else "…"
                        for part in node.values
                    )
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value.replace("{where}", "…"))
    page = (ROOT / "docs" / "faults_while_running.md").read_text(encoding="utf-8")
    quoted = re.findall(r'"([^"]+)"', page)
    assert len(quoted) > 10
    assert [message for message in quoted if not any(message in text for text in said)] == []


def test_a_fault_of_the_project_is_not_taken_for_one_from_outside(tmp_path: Path) -> None:
    """A disk with room is not called full, whatever DuckDB could not read."""
    assert interruptions.reason("IO Error: not a valid DuckDB database file", tmp_path) == ""
    assert interruptions.reason("Binder Error: no column called full", tmp_path) == ""
    assert interruptions.reason(OSError(28, os.strerror(28))) == interruptions.FULL
