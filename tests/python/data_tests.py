"""The data tests as SQL to run, compiled by dbt from the files as they are now, and faults to plant in it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conftest import ROOT

from scripts.build import DATABASE, RECORD

# Where the last build compiled them and, where that is not of the files as they are now, where it is done.
MANIFESTS = (Path("target") / "manifest.json", Path("target") / "data_tests" / "manifest.json")
FOLDERS = ("geography", "grading", "properties", "reconciliation")
# What a compiled test takes from files without SQL: which columns a generic test is given, and variables.
DECLARED = ("models/**/*.yml", "seeds/**/*.yml", "dbt_project.yml")


@dataclass(frozen=True)
class DataTest:
    """One data test: the generic test that it calls, or nothing, its SQL, and whether it only warns."""

    generic: str
    sql: str
    warns: bool

    def on(self, relation: str, planted: str) -> str:
        """The test's SQL with the rows of a query in the place of a table, under the name it has in the test.

        In the query ``{relation}`` is the table itself.
        """
        schema, table = relation.split(".")
        named = re.compile(rf'("\w+"\."{schema}"\."{table}")(\s+as\s+\w+)?')
        assert named.search(self.sql), f"the test does not read {relation}"

        def instead(found: re.Match[str]) -> str:
            rows = planted.replace("{relation}", found[1])
            return f"(\n{rows}\n){found[2] or f' as {table}'}"

        return named.sub(instead, self.sql)


def is_of_these_files(manifest: dict[str, Any], written: float) -> bool:
    """Whether all data tests were compiled, from the text that tests and macros have now."""
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    own = [macro for macro in manifest["macros"].values() if macro["package_name"] == "council_productivity"]
    texts = {macro["original_file_path"]: text_of(macro["original_file_path"]) for macro in own}
    singular = {
        node["original_file_path"]: node["raw_code"] for node in tests if not node.get("test_metadata")
    }
    return (
        all(node.get("compiled_code") for node in tests)
        and all(macro["macro_sql"].strip() in texts[macro["original_file_path"]] for macro in own)
        and all(singular.get(path) == text_of(path).strip() for path in singular_tests())
        and all(path.stat().st_mtime <= written for names in DECLARED for path in ROOT.glob(names))
    )


def text_of(path: str) -> str:
    """A file's text; empty where it is gone."""
    return (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else ""


def singular_tests() -> list[str]:
    """The files of the singular data tests, but for those of formulas, which are tables of worked numbers."""
    return [
        str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / "tests" / folder).glob("*.sql")
    ]


def generic_tests() -> set[str]:
    """The names of the project's own generic tests."""
    return {path.stem for path in (ROOT / "tests" / "generic").glob("*.sql")}


@cache
def data_tests() -> dict[str, DataTest]:
    """Every data test by its name, of the last build or compiled anew."""
    built, anew = MANIFESTS
    if found := read(built):
        return found
    (ROOT / anew).parent.mkdir(parents=True, exist_ok=True)
    # The first of several processes of pytest compiles them while the others wait.
    with (ROOT / anew).with_name(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (found := read(anew)):
            compile_tests()
            found = read(anew)
    assert found, "dbt compiled other data tests than those of the files"
    return found


def read(path: Path) -> dict[str, DataTest]:
    """The data tests that a manifest holds; none where it is not of the files as they are now."""
    if not (ROOT / path).exists():
        return {}
    manifest = json.loads((ROOT / path).read_text(encoding="utf-8"))
    if not is_of_these_files(manifest, (ROOT / path).stat().st_mtime):
        return {}
    return {
        node["name"]: DataTest(
            (node.get("test_metadata") or {}).get("name", ""),
            node["compiled_code"],
            node["config"]["severity"].lower() == "warn",
        )
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
    }


def compile_tests() -> None:
    """Have dbt compile the data tests, with the variables of the build that is published."""
    record = ROOT / RECORD
    variables = json.loads(record.read_text(encoding="utf-8"))["variables"] if record.exists() else {}
    target = MANIFESTS[-1].parent
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "compile", "--select", "test_type:data"),
            *("--target", "duckdb", "--no-populate-cache", "--profiles-dir", "."),
            *("--target-path", str(target), "--vars", json.dumps(variables)),
        ],
        cwd=ROOT,
        # The catalogue has the name of the file, which only has to be one that nobody else opens.
        env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": str(target / DATABASE.name)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
