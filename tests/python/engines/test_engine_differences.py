"""The page of differences between engines names every macro that has a variant for one, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = "docs/engine_differences.md"
ENGINES = {"DuckDB": "duckdb", "PostgreSQL": "postgres", "Spark": "spark"}
VARIANT = re.compile(
    r"{%-? *macro (default|duckdb|postgres|spark)__(\w+)|{%-? *materialization (\w+), *adapter='(\w+)'"
)


def variants(root: Path) -> dict[str, set[str]]:
    """Engines with SQL of their own, or `default`, by the macro or materialization that it is of."""
    found: dict[str, set[str]] = {}
    for file in sorted((root / "macros").rglob("*.sql")):
        for engine, macro, materialization, adapter in VARIANT.findall(file.read_text(encoding="utf-8")):
            found.setdefault(macro or materialization, set()).add(engine or adapter)
    return found


def listed(root: Path) -> dict[str, dict[str, str]]:
    """The page's table: the cell of each engine by macro."""
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in (root / PAGE).read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    header, _, *body = rows
    return {row[0].strip("`"): dict(zip(header[2:], row[2:], strict=True)) for row in body}


def test_page_names_every_macro_with_a_variant(root: Path) -> None:
    """A new macro belongs on the page, a removed one does not."""
    assert sorted(listed(root)) == sorted(variants(root))


@pytest.mark.parametrize("engine", ENGINES)
def test_page_says_where_an_engine_has_its_own(root: Path, engine: str) -> None:
    """A cell says "as default" exactly where an engine has nothing of its own."""
    own = {macro for macro, engines in variants(root).items() if ENGINES[engine] in engines}
    assert {macro for macro, cells in listed(root).items() if cells[engine] != "as default"} == own


def test_every_difference_of_sql_is_in_one_folder(root: Path) -> None:
    """macros/engine holds what differs in SQL, macros/project what differs in how dbt works on an engine."""
    outside = {
        file.parent.name
        for file in (root / "macros").rglob("*.sql")
        if "adapter.dispatch(" in file.read_text(encoding="utf-8")
    }
    assert outside <= {"engine", "project"}
    # No model asks which engine it is on.
    asking = [
        file.name
        for folder in ("models", "tests", "macros/scoring", "macros/figures", "macros/modules")
        for file in (root / folder).rglob("*.sql")
        if "target.type" in file.read_text(encoding="utf-8")
    ]
    assert asking == []
