"""Let dbt build a selection, and say what failed and which layer that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.build import draw_variables

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# From the file to the release: where a fault could be caught first.
ORDER = ("source", "grading", "reconciliation", "keys", "property", "model", "contract", "build")
BROKEN = {"error", "fail", "runtime error"}
# The layer of a data test by the folder it stands in; tests in YAML have none.
LAYERS = {
    "geography": "source",
    "grading": "grading",
    "properties": "property",
    "reconciliation": "reconciliation",
    "distribution": "distribution",
    "scoring": "property",
}


def layer_and_name(result: Any) -> str:  # noqa: ANN401 (dbt's own type cannot be imported before dbt is)
    """What failed, as ``layer: name``."""
    node = result.node
    kind = node.resource_type.value
    if kind == "seed":
        return f"source: reader of {node.name}"
    if kind == "model":
        return f"contract: {node.name}" if "contract" in (result.message or "") else f"model: {node.name}"
    generic = getattr(node, "test_metadata", None)
    if generic and generic.name in ("well_formed_rows", "typed_or_refused"):
        return f"source: {node.name}"
    if generic:
        guarded = getattr(node, "attached_node", None) or ""
        of_source = guarded.startswith(("seed.", "model.council_productivity.stg_"))
        return f"{'source' if of_source else 'keys'}: {node.name}"
    return f"{layer_of_folder(Path(node.original_file_path).parts[1])}: {node.name}"


def dbt_build(
    manifest: Manifest,
    options: Sequence[str],
    select: Sequence[str],
    exclude: Sequence[str],
    checks: bool = True,
) -> list[str]:
    """Build a selection without unit tests; returns what failed, or raises what kept dbt from building.

    Without ``checks`` data tests are left out, too.
    """
    from dbt.cli.main import dbtRunner

    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "none"]
    choice = ["--select", *select] if select else []
    choice += ["--exclude", *exclude] if exclude else []
    left_out = ["unit_test", *([] if checks else ["test"])]
    choice += [word for kind in left_out for word in ("--exclude-resource-type", kind)]
    answer = dbtRunner(manifest=manifest).invoke([*quiet, "--no-write-json", "build", *options, *choice])
    if answer.exception:
        raise answer.exception
    close_database()
    results = getattr(answer.result, "results", ())
    broken = {layer_and_name(each) for each in results if str(each.status) in BROKEN}
    return sorted(broken, key=lambda check: (ORDER.index(check.split(":")[0]), check))


def layer_of_folder(folder: str) -> str:
    """The layer of a data test that stands in a folder of its own."""
    return LAYERS.get(folder, "property")


def dbt_options(draws: int | None) -> list[str]:
    """The options that every command shares, so that what was parsed serves every build."""
    return ["--profiles-dir", ".", "--project-dir", ".", "--vars", json.dumps(draw_variables(draws))]


def close_database() -> None:
    """Let go of the database, so that it can be read."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
