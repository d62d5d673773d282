"""DuckDB 1.2, SQLAlchemy, Ibis and ADBC: read every mart in their own environments."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from scripts.proofs.bi.questions import Question, compared, from_json, to_json

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = Path(__file__).with_name("readers.py")
# The reader, and the environment that has it.
READERS = {"duckdb": "duckdb_1_2", "sqlalchemy": "clients", "ibis": "ibis", "adbc": "clients"}


class ClientError(Exception):
    """A client could not be started, and why."""


def python_of(environment: str) -> Path:
    """The Python of an environment that is set up."""
    folder = ROOT / ".venvs" / environment
    if not (folder / ".installed").exists():
        raise ClientError(
            f"The environment {environment} is not set up: make .venvs/{environment}/.installed"
        )
    return folder / "bin" / "python"


def answered(reader: str, marts: Path, asked_of: list[Question]) -> tuple[str, str]:
    """Have a reader answer in its environment; returns its name with version, and its answers as JSON."""
    command: list[str | Path] = [python_of(READERS[reader]), SCRIPT, reader, marts]
    done = subprocess.run(command, input=to_json(asked_of), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClientError(f"{reader} cannot open {marts}:\n{done.stderr.strip()}")
    content = json.loads(done.stdout)
    return content["client"], json.dumps(content["answers"])


def check(reader: str, marts: Path, asked_of: list[Question]) -> int:
    """Ask one client of every mart and print; returns how many answers are wrong."""
    client, answers = answered(reader, marts, asked_of)
    return compared(client, asked_of, from_json(answers))
