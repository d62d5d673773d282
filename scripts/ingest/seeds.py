"""Writes seeds: staged beside ``seeds``, checked there, then moved in all together.

The move has a journal. A run that finds one completes the move before it does anything else; staged files
without a journal were never checked and are thrown away. So at any moment the seeds are the old ones or,
after the next run, the new ones.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from scripts.locks import hold

JOURNAL = "journal.json"


class SeedError(Exception):
    """Rows do not fit the seed they are written to, or another run is writing."""


@dataclass(frozen=True)
class Layout:
    """What a seed's YAML says of it: its path below ``seeds``, columns in order, key, columns never empty."""

    path: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """Columns that are not part of the key."""
        return tuple(column for column in self.columns if column not in self.key)


@cache
def layouts(folder: Path) -> dict[str, Layout]:
    """Layouts of the seeds in one folder, by name."""
    found = {}
    for path in sorted(folder.glob("_*__seeds.yml")):
        for seed in yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]:
            tests = [test["well_formed_rows"] for test in seed["data_tests"] if "well_formed_rows" in test]
            rules = tests[0]["arguments"]
            found[seed["name"]] = Layout(
                f"{folder.name}/{seed['name']}",
                tuple(seed["config"]["column_types"]),
                tuple(rules["grain"]),
                tuple(rules.get("required", ())),
            )
    return found


def layout(seeds: Path, path: str) -> Layout:
    """Layout of one seed.

    Raises:
        SeedError: No YAML describes it.
    """
    folder, name = path.split("/")
    known = layouts(seeds / folder)
    if name not in known:
        raise SeedError(f"seeds/{path}: no YAML in seeds/{folder} describes this seed.")
    return known[name]


def read(seeds: Path, path: str) -> list[dict[str, str]]:
    """Rows of a seed as text; none if it has not been written yet."""
    file = seeds / f"{path}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def text_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A seed's text: sorted by its columns from left to right, quoted only where needed."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted([text.strip() for text in row] for row in rows))
    return target.getvalue()


def check(of: Layout, text: str) -> None:
    """Check a seed's text against its layout.

    Raises:
        SeedError: Columns differ, a key is doubled, or a text that is required is missing.
    """
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if tuple(header) != of.columns:
        raise SeedError(f"seeds/{of.path}.csv: has the columns {header}, but its YAML {list(of.columns)}.")
    key_places = [of.columns.index(column) for column in of.key]
    required_places = [of.columns.index(column) for column in of.required]
    seen = set()
    for number, row in enumerate(rows, start=2):
        key = tuple(row[place] for place in key_places)
        if key in seen:
            raise SeedError(f"seeds/{of.path}.csv, row {number}: {', '.join(key)} stands there twice.")
        seen.add(key)
        for place in required_places:
            if not row[place]:
                column = of.columns[place]
                raise SeedError(f"seeds/{of.path}.csv, row {number}: {column} must not be empty.")


@contextmanager
def only_writer(seeds: Path) -> Iterator[Path]:
    """Hold the lock of the staging folder beside ``seeds``, with a move that broke off brought to its end.

    Raises:
        SeedError: Another run holds it.
    """
    staging = seeds.parent / f".{seeds.name}-staging"
    refusal = SeedError(f"Another run is writing {seeds.name}.")
    with hold(seeds.parent / f".{seeds.name}-lock", refusal):
        finish(seeds, staging)
        yield staging


def finish(seeds: Path, staging: Path) -> bool:
    """Complete a journalled move or throw staged files away; returns whether there was a move."""
    journal = staging / JOURNAL
    moving = journal.exists()
    for path in json.loads(journal.read_text(encoding="utf-8")) if moving else ():
        # A file that is gone from the staging folder was moved before the break.
        if (staging / path).exists():
            (seeds / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(seeds / path)
    shutil.rmtree(staging, ignore_errors=True)
    return moving


def write(seeds: Path, staging: Path, texts: dict[str, str]) -> list[str]:
    """Stage, check and move seeds; returns the paths of those that changed.

    Args:
        seeds: The folder of seeds.
        staging: The folder that ``only_writer`` gave.
        texts: Path of a seed below ``seeds``, without ``.csv``, to its text.

    Raises:
        SeedError: A text does not fit its layout; no seed has been touched.
    """
    for path, text in texts.items():
        check(layout(seeds, path), text)
    changed: list[str] = []
    try:
        _stage(seeds, staging, texts, changed)
    except OSError as error:
        # A full disk, mostly: what is staged was never moved.
        shutil.rmtree(staging, ignore_errors=True)
        raise SeedError(f"The seeds could not be written: {error.strerror or error}.") from error
    if changed:
        finish(seeds, staging)
    return [file.removesuffix(".csv") for file in changed]


def _stage(seeds: Path, staging: Path, texts: dict[str, str], changed: list[str]) -> None:
    """Write what differs from the seeds beside them, and last the journal of it."""
    for path, text in sorted(texts.items()):
        file = f"{path}.csv"
        if not (seeds / file).exists() or (seeds / file).read_bytes() != text.encode():
            (staging / file).parent.mkdir(parents=True, exist_ok=True)
            _write_through(staging / file, text)
            changed.append(file)
    if changed:
        # The journal takes its name only when it is whole: half of one must not start a move.
        _write_through(staging / f"{JOURNAL}.new", json.dumps(changed))
        (staging / f"{JOURNAL}.new").replace(staging / JOURNAL)


def _write_through(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
