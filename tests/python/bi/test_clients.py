"""Each client reads a few marts as DuckDB does, where its environment is set up; wrong answers are told."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from scripts.marts import MARTS
from scripts.proofs.bi import __main__ as command
from scripts.proofs.bi import clients, datasette, superset
from scripts.proofs.bi.questions import Answer, Question, asked, compared, fault, questions
from scripts.proofs.bi.servers import answers

FEW = ("dim_council", "dim_ranking", "dim_measure", "dim_publication", "dim_scenario")
FEW += ("fct_change", "fct_lens_productivity", "fct_quality_table", "fct_ranking")
EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall((ROOT / "docs" / "bi.md").read_text(encoding="utf-8"))
QUESTION = Question("fct_ranking", ("edition", "rank"), "sum(rank)", 2, 3.5)
by_clients = pytest.mark.slow("clients of BI read the marts as DuckDB does, each in its environment")
RIGHT = Answer("fct_ranking", ("edition", "rank"), 2, 3.5)


@pytest.fixture(scope="module")
def marts() -> Path:
    """The published marts."""
    if not (ROOT / MARTS).exists():
        pytest.skip(f"{MARTS} is not there: run make index first")
    return ROOT / MARTS


@pytest.fixture(scope="module")
def few(marts: Path) -> list[Question]:
    """Questions about a few marts."""
    return [question for question in questions(marts) if question.mart in FEW]


@pytest.fixture(scope="module")
def small(marts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of these few marts."""
    path = tmp_path_factory.mktemp("few") / MARTS.name
    with duckdb.connect() as connection:
        connection.execute(f"attach '{marts}' as published (read_only)")
        connection.execute(f"attach '{path}' as small (storage_version 'v1.2.0')")
        for mart in FEW:
            connection.execute(f"create table small.{mart} as from published.{mart}")
    return path


def needs(environment: str) -> None:
    """Skip where an environment is not set up."""
    if not (ROOT / ".venvs" / environment / ".installed").exists():
        pytest.skip(f"its environment is not set up: make .venvs/{environment}/.installed")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "not listed"),
        (replace(RIGHT, error="refused"), "refused"),
        (replace(RIGHT, rows=1), "1 rows instead of 2"),
        (replace(RIGHT, columns=("edition",)), "columns differ: rank"),
        (replace(RIGHT, columns=("rank", "edition")), "columns differ: another order"),
        (replace(RIGHT, value=3.500001), "3.500001 instead of 3.5"),
        (replace(RIGHT, value=None), "None instead of 3.5"),
        (replace(RIGHT, value=3.5 + 1e-12), ""),
    ],
)
def test_a_wrong_answer_is_told(answer: Answer | None, told: str) -> None:
    """Rows, columns, values and silence; the last places of a sum are not."""
    assert fault(QUESTION, answer) == told


def test_wrong_answers_are_counted_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a mart, what is wrong below the table."""
    assert compared("A client", [QUESTION], [replace(RIGHT, rows=1)]) == 1
    printed = capsys.readouterr().out
    assert "fct_ranking: 1 rows instead of 2" in printed
    assert "A client: 0 of 1 marts the same, 1 different" in printed
    assert compared("A client", [QUESTION], [RIGHT]) == 0


def test_an_error_of_a_client_is_an_answer() -> None:
    """One mart that cannot be read does not keep the others from being asked."""

    def ask() -> tuple[list[str], int, float]:
        raise ValueError("no such table")

    assert asked("fct_ranking", ask).error == "ValueError: no such table"


def test_a_difference_is_the_exit_status(marts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong mart in one client fails the command."""
    monkeypatch.setattr(command, "questions", lambda _: [])
    for wrong, status in ((0, 0), (1, 1)):
        monkeypatch.setattr(clients, "check", lambda *_, wrong=wrong: wrong)
        assert command.main(["clients", "--marts", str(marts)]) == status


SERVING = """
import sys
from pathlib import Path
from scripts.proofs.bi.servers import free_port, keep_serving, served

port = free_port()
command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
with served(command, port, "/", Path(sys.argv[1]), {}) as address:
    keep_serving(address, "A server")
"""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_server_ends_with_its_command(sign: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C and a signal to end stop what was started."""
    running = subprocess.Popen(
        [sys.executable, "-c", SERVING, tmp_path / "log"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        # As from a terminal: whoever runs the tests in the background has Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    address = re.search(r"http\S+", running.stdout.readline())[0]
    assert answers(address)
    running.send_signal(sign)
    running.wait(120)
    assert not answers(address)


@by_clients
@pytest.mark.parametrize("reader", clients.READERS)
def test_a_client_reads_what_duckdb_reads(reader: str, marts: Path, few: Sequence[Question]) -> None:
    """Also DuckDB 1.2; a figure that is not the file's would be told."""
    needs(clients.READERS[reader])
    assert clients.check(reader, marts, few) == 0
    assert clients.check(reader, marts, [replace(few[0], rows=few[0].rows + 1), *few[1:]]) == 1


@by_clients
def test_datasette_serves_what_duckdb_reads(small: Path) -> None:
    """The pages and the JSON of every table, with the metadata of these few."""
    needs("datasette")
    few = questions(small)
    assert datasette.check(small, few) == 0
    assert datasette.check(small, [replace(few[0], rows=few[0].rows + 1), *few[1:]]) == 1


@by_clients
def test_superset_charts_what_duckdb_reads(marts: Path, few: Sequence[Question]) -> None:
    """The dashboard is imported, its charts and those of a few marts are queried; takes a minute or more."""
    needs("superset")
    assert superset.check(marts, [replace(few[0], rows=few[0].rows + 1), *few[1:]]) == 1


@by_clients
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split()[1])
def test_an_example_of_the_page_runs(example: str, marts: Path) -> None:
    """Each Python example of ``docs/bi.md`` opens the published file and prints something."""
    environments = {"sqlalchemy": "clients", "adbc_driver_duckdb": "clients", "ibis": "ibis"}
    environment, python = environments.get(example.split()[1]), Path(sys.executable)
    if environment:
        needs(environment)
        python = clients.python_of(environment)
    done = subprocess.run([python, "-c", example], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert marts.exists() and done.stdout.strip()
