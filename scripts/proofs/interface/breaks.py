"""Twelve ways to break what a mart promises, each made in a copy of the contracts.

A break is made where a person would make it: in the mart's YAML. What it is made to is drawn by a seed
from the public marts that have such a promise.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from scripts.release.interface import GRAIN, NUMBERS, Column, Interface, Table, loaded

SEED = 20261130
# What the interface is read from.
COPIED = ("dbt_project.yml", "models/marts", "models/docs", "gates/interface")

Model = dict[str, Any]
Target = Table | Column


@dataclass(frozen=True)
class Kind:
    """A kind of break: where it can be made, and how."""

    name: str
    words: str
    fits: Callable[[Target], bool]
    breaks: Callable[[Model, Target], str]


@dataclass(frozen=True)
class Break:
    """One break: what is broken, and what was done to it."""

    kind: Kind
    target: Target

    @property
    def place(self) -> str:
        """Mart and column."""
        column = getattr(self.target, "column_name", "")
        return f"{self.target.table_name}{'.' if column else ''}{column}"


def column_of(model: Model, target: Target) -> dict[str, Any]:
    """The column's part of the YAML."""
    assert isinstance(target, Column)
    found: dict[str, Any] = next(part for part in model["columns"] if part["name"] == target.column_name)
    return found


def keep_unit(column: dict[str, Any], target: Target) -> None:
    """State the unit that otherwise follows from the name."""
    column.setdefault("config", {}).setdefault("meta", {})["unit"] = getattr(target, "unit", "") or "count"


def dropped(model: Model, target: Target) -> str:
    """The column is gone."""
    model["columns"].remove(column_of(model, target))
    return "the column is left out"


def renamed(model: Model, target: Target) -> str:
    """The column has another name."""
    column = column_of(model, target)
    column["name"] = f"{column['name']}_new"
    keep_unit(column, target)
    return f"it is called {column['name']}"


def retyped(model: Model, target: Target) -> str:
    """The column has another type."""
    column = column_of(model, target)
    column["data_type"] = "string" if column["data_type"] in NUMBERS else "bigint"
    keep_unit(column, target)
    return f"{getattr(target, 'data_type', '')} becomes {column['data_type']}"


def in_thousands(model: Model, target: Target) -> str:
    """Nothing but the unit is another."""
    column = column_of(model, target)
    column.setdefault("config", {}).setdefault("meta", {})["unit"] = f"thousand {getattr(target, 'unit', '')}"
    return f"{getattr(target, 'unit', '')} becomes {column['config']['meta']['unit']}"


def regrained(model: Model, target: Target) -> str:
    """A row stands for something else."""
    found = GRAIN.match(model["description"])
    assert found
    model["description"] = f"{found[0]} and month{model['description'][found.end() :]}"
    return "a row stands for a month, too"


def rekeyed(model: Model, target: Target) -> str:
    """Another set of columns tells a row apart."""
    for test in model["data_tests"]:
        if "unique_grain" in test:
            left_out = test["unique_grain"]["arguments"]["columns"].pop()
    return f"{left_out} is no part of the key"


def may_be_empty(model: Model, target: Target) -> str:
    """An empty cell, which there was none of, means something."""
    column = column_of(model, target)
    column["constraints"].remove({"type": "not_null"})
    return "it may be empty"


def null_means_nought(model: Model, target: Target) -> str:
    """The same column, in which an empty cell means something else."""
    column = column_of(model, target)
    column["description"] = f"{getattr(target, 'meaning', '')} Nought where it is missing."
    return "what is missing is nought, not empty"


def reworded(model: Model, target: Target) -> str:
    """The same rows of another thing."""
    found = GRAIN.match(model["description"])
    assert found
    model["description"] = f"{found[0]}: something else."
    return "the mart is about something else"


def with_fewer_words(model: Model, target: Target) -> str:
    """A word that readers filter by is gone."""
    column = column_of(model, target)
    for test in column["data_tests"]:
        if "accepted_values" in test:
            gone = test["accepted_values"]["arguments"]["values"].pop()
    return f"the word {gone} is gone"


def without_member(model: Model, target: Target) -> str:
    """What the column names need not be in the dimension any more."""
    for test in model["data_tests"]:
        if "foreign_keys" in test:
            del test["foreign_keys"]["arguments"]["references"][getattr(target, "column_name", "")]
    return f"it is no member of {getattr(target, 'member_of', '')}"


def internal(model: Model, target: Target) -> str:
    """Readers may not build on the mart any more."""
    model.setdefault("config", {}).update(access="protected", group="workings")
    return "readers may not build on it"


def is_column(target: Target) -> bool:
    """Whether it is a column that a key or reference does not need."""
    return isinstance(target, Column) and not target.member_of


KINDS = (
    Kind("drop", "A column is dropped", lambda at: is_column(at), dropped),
    Kind("rename", "A column is renamed", lambda at: is_column(at), renamed),
    Kind("retype", "A column is retyped", lambda at: is_column(at), retyped),
    Kind(
        "unit",
        "A unit changes",
        lambda at: isinstance(at, Column) and at.unit.startswith("GBP"),
        in_thousands,
    ),
    Kind("grain", "A grain changes", lambda at: isinstance(at, Table), regrained),
    Kind("key", "A key changes", lambda at: isinstance(at, Table) and ", " in at.key_columns, rekeyed),
    Kind("null", "A column may be empty", lambda at: isinstance(at, Column) and at.is_required, may_be_empty),
    Kind(
        "meaning of null",
        "An empty cell means something else",
        lambda at: isinstance(at, Column) and not at.is_required and at.data_type in NUMBERS,
        null_means_nought,
    ),
    Kind(
        "meaning",
        "A mart is about something else",
        lambda at: isinstance(at, Table) and bool(at.meaning),
        reworded,
    ),
    Kind(
        "words",
        "A word is gone",
        lambda at: isinstance(at, Column) and ", " in at.accepted_values,
        with_fewer_words,
    ),
    Kind(
        "member",
        "A foreign key is given up",
        lambda at: isinstance(at, Column) and bool(at.member_of),
        without_member,
    ),
    Kind("tier", "A mart becomes internal", lambda at: isinstance(at, Table), internal),
)


def drawn(promised: Interface, seed: int = SEED, kinds: Sequence[Kind] = KINDS) -> list[Break]:
    """One break of each kind, its place drawn from the public marts."""
    public = {table.table_name: table for table in promised.tables if table.access == "public"}
    places: list[Target] = [
        *public.values(),
        *(column for column in promised.columns if column.table_name in public),
    ]
    draw = random.Random(seed)
    chosen = []
    for kind in kinds:
        fitting = [
            place
            for place in places
            if kind.fits(place)
            # Without its key, or a column that its key names, no contract could be read at all.
            and not (
                isinstance(place, Column)
                and place.column_name in public[place.table_name].key_columns.split(", ")
            )
        ]
        chosen.append(Break(kind, draw.choice(fitting)))
    return chosen


def copied(root: Path, folder: Path) -> Path:
    """A copy of what the interface is read from."""
    for name in COPIED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (root / name).is_dir():
            shutil.copytree(root / name, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(root / name, target)
    return folder


def edited(root: Path, table_name: str, edit: Callable[[Model], str]) -> str:
    """Change a mart's YAML in a copy; returns what was done to it."""
    for path in sorted((root / "models" / "marts").glob("*/_*__models.yml")):
        content = loaded(path)
        for model in content["models"]:
            if model["name"] == table_name:
                done = edit(model)
                path.write_text(
                    yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8"
                )
                return done
    raise LookupError(table_name)


def raise_version(model: Model) -> str:
    """Declare a new version of a mart."""
    model.setdefault("config", {}).setdefault("meta", {})["version"] = 2
    return "version 2"
