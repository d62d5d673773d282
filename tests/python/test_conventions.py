"""Conventions of the dbt project, and the hooks: a planted fault is refused by the rule that names it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

from scripts.check.__main__ import guarding
from scripts.check.linters import HOOK

by_planting = pytest.mark.slow("a breach of each convention is refused by its rule")
BOUNCER = ROOT / ".venvs" / "bouncer" / "bin" / "dbt-bouncer"
CONFIG, PRE_COMMIT = ROOT / "dbt-bouncer.yml", ROOT / ".pre-commit-config.yaml"
PREFIX = "model.council_productivity."

Node = dict[str, Any]
Manifest = dict[str, dict[str, Node]]


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The manifest of this project."""
    if not BOUNCER.exists():
        pytest.skip(".venvs/bouncer is not there: run make lint first")
    folder = tmp_path_factory.mktemp("parsed")
    subprocess.run(
        [
            *(ROOT / ".venv/bin/dbt", "--quiet", "parse", "--profiles-dir", ".", "--project-dir", "."),
            *("--target-path", folder, "--log-path", folder),
        ],
        cwd=ROOT,
        env=os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": ":memory:"},
        check=True,
    )
    return (folder / "manifest.json").read_text(encoding="utf-8")


def refusals(manifest: str | Manifest, folder: Path) -> list[str]:
    """The rules that a manifest breaks, each with the node that breaks it."""
    text = manifest if isinstance(manifest, str) else json.dumps(manifest)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8")) | {"dbt_artifacts_dir": str(folder)}
    (folder / "dbt-bouncer.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    told = folder / "told.json"
    done = subprocess.run(
        [
            *(BOUNCER, "run", "--config-file", folder / "dbt-bouncer.yml"),
            *("--output-file", told, "--output-only-failures"),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert told.exists(), done.stdout
    found = [check["check_run_id"] for check in json.loads(told.read_text())]
    assert bool(done.returncode) == bool(found), done.stdout
    return found


@by_planting
def test_the_project_holds_its_conventions(parsed: str, tmp_path: Path) -> None:
    """No rule is broken, and each has something to look at."""
    assert refusals(parsed, tmp_path) == []


def model(manifest: Manifest, name: str) -> Node:
    """A model of the manifest."""
    return manifest["nodes"][PREFIX + name]


def renamed(manifest: Manifest, old: str, new: str) -> None:
    """A model under another name."""
    node = manifest["nodes"].pop(PREFIX + old)
    node["name"], node["unique_id"] = new, PREFIX + new
    manifest["nodes"][PREFIX + new] = node


def reading(node: Node, parent: str) -> None:
    """A node that reads another one, too."""
    node["depends_on"]["nodes"].append(parent)


def without_grain_test(manifest: Manifest) -> None:
    """No test proves the grain of a mart."""
    manifest["nodes"] = {
        unique_id: node
        for unique_id, node in manifest["nodes"].items()
        if node.get("attached_node") != f"{PREFIX}fct_ranking"
    }


#: Rule that has to refuse, node that it has to name, and the fault.
FAULTS: list[tuple[str, str, Callable[[Manifest], object]]] = [
    ("check_model_names", "waste", lambda all_: renamed(all_, "stg_defra__waste_figures", "stg_waste")),
    ("check_model_names", "lenses", lambda all_: renamed(all_, "int_rankings__ranked", "int_lenses_ranked")),
    ("check_model_names", "ranking", lambda all_: renamed(all_, "fct_ranking", "ranking")),
    (
        "check_lineage_seed_cannot_be_used",
        "fct_ranking",
        lambda all_: reading(model(all_, "fct_ranking"), "seed.council_productivity.rankings"),
    ),
    (
        "check_lineage_permitted_upstream_models",
        "stg_ons__population_figures",
        lambda all_: reading(model(all_, "stg_ons__population_figures"), f"{PREFIX}int_spend__indexed"),
    ),
    (
        "check_lineage_permitted_upstream_models",
        "int_spend__indexed",
        lambda all_: reading(model(all_, "int_spend__indexed"), f"{PREFIX}dim_ranking"),
    ),
    (
        "check_model_description_contains_regexp_pattern",
        "fct_ranking",
        lambda all_: model(all_, "fct_ranking").update(description="The ranking."),
    ),
    (
        "check_model_column_description_populated",
        "int_spend__indexed",
        lambda all_: model(all_, "int_spend__indexed")["columns"]["spend_gbp"].update(description=""),
    ),
    (
        "check_model_has_contracts_enforced",
        "fct_ranking",
        lambda all_: model(all_, "fct_ranking")["contract"].update(enforced=False),
    ),
    (
        "check_model_access",
        "fct_ranking",
        lambda all_: model(all_, "fct_ranking").update(access="protected"),
    ),
    (
        "check_model_has_constraints",
        "fct_ranking",
        lambda all_: model(all_, "fct_ranking").update(constraints=[]),
    ),
    ("check_model_has_tests_by_name", "fct_ranking", without_grain_test),
    (
        "check_model_property_file_location",
        "fct_ranking",
        lambda all_: model(all_, "fct_ranking").update(
            patch_path="council_productivity://models/marts/index/ranking.yml"
        ),
    ),
    (
        "check_exposure_based_on_non_public_models",
        "bi_tools",
        lambda all_: reading(
            all_["exposures"]["exposure.council_productivity.bi_tools"], f"{PREFIX}int_rankings__ranked"
        ),
    ),
    (
        "check_seed_description_populated",
        "rankings",
        lambda all_: all_["nodes"]["seed.council_productivity.rankings"].update(description=""),
    ),
    (
        "check_macro_description_populated",
        "grade",
        lambda all_: all_["macros"]["macro.council_productivity.grade"].update(description=""),
    ),
    (
        "check_macro_arguments_description_populated",
        "direction",
        lambda all_: all_["macros"]["macro.council_productivity.direction"]["arguments"][0].update(
            description=""
        ),
    ),
]


@by_planting
def test_a_planted_fault_is_refused_by_its_rule(parsed: str, tmp_path: Path) -> None:
    """Each fault, all planted at once but where one would hide another, is named with its node."""
    for number, faults in enumerate((FAULTS[:3], FAULTS[3:])):
        manifest = json.loads(parsed)
        for _, _, plant in faults:
            plant(manifest)
        folder = tmp_path / str(number)
        folder.mkdir()
        found = refusals(manifest, folder)
        for rule, node, _ in faults:
            named = [each for each in found if each.startswith(f"{rule}:") and node in each]
            assert named, f"{rule} missed {node}"


def described(node: Any, file: Path) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Texts of columns as they stand in a file of YAML, each with where."""
    if isinstance(node, list):
        for each in node:
            yield from described(each, file)
    elif isinstance(node, dict):
        for column in node.get("columns") or ():
            if isinstance(column, dict) and "description" in column:
                yield column["description"].strip(), f"{file.name}: {column['name']}"
        for each in node.values():
            yield from described(each, file)


def test_a_text_that_three_columns_share_stands_once() -> None:
    """It is a doc block of models/docs/columns.md, and each block is somebody's."""
    files = [*(ROOT / "models").rglob("*.yml"), *(ROOT / "seeds").rglob("*.yml")]
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        for text, where in described(yaml.safe_load(file.read_text(encoding="utf-8")), file):
            places[text].append(where)
    assert {text: at for text, at in places.items() if len(at) > 2 and "{{" not in text} == {}
    blocks = re.findall(r"{% docs (\w+) %}", (ROOT / "models/docs/columns.md").read_text(encoding="utf-8"))
    used = set(re.findall(r"doc\('(\w+)'\)", "".join(file.read_text(encoding="utf-8") for file in files)))
    assert sorted(blocks) == sorted(used)


def test_unit_tests_have_names_that_postgresql_takes() -> None:
    """A unit test becomes a table of its name there, of 63 characters at most."""
    names = [
        test["name"]
        for file in (ROOT / "models").rglob("*.yml")
        for test in yaml.safe_load(file.read_text(encoding="utf-8")).get("unit_tests", [])
    ]
    assert len(names) > 200
    assert [name for name in names if len(name) > 63] == []


def test_intermediate_folders_read_downwards() -> None:
    """From the calendar to the modules, no folder reads one that reads it, by a macro neither."""
    models = {file.stem: file for file in (ROOT / "models" / "intermediate").rglob("*.sql")}
    texts = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "macros").rglob("*.sql")}
    below: defaultdict[str, set[str]] = defaultdict(set)
    for file in models.values():
        text = file.read_text(encoding="utf-8")
        called = [texts.get(macro, "") for macro in re.findall(r"council_productivity\.(\w+)", text)]
        for name in re.findall(r"'(int_\w+)'", "".join([text, *called])):
            if name in models and models[name].parent != file.parent:
                below[file.parent.name].add(models[name].parent.name)
    order = tuple(TopologicalSorter(below).static_order())
    assert order[0] == "calendar"


MEMBERS = {
    "gss_code": "dim_council",
    "edition": "dim_edition",
    "measure_id": "dim_measure",
    "peer_group_id": "dim_peer_group",
    "publication_id": "dim_publication",
    "ranking_id": "dim_ranking",
    "scenario_id": "dim_scenario",
}
# England, too, is a reference and no member of dim_council; decomposition_adds_up proves that each is there.
NO_KEYS = {"fct_position_decomposition.reference_gss_code"}


def test_every_column_that_names_a_member_is_declared() -> None:
    """``gss_code``, ``reference_gss_code``: a mart says of which dimension, in its test of foreign keys."""
    undeclared = []
    for file in (ROOT / "models" / "marts").rglob("*_models.yml"):
        for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]:
            tests = [test["foreign_keys"] for test in model["data_tests"] if "foreign_keys" in test]
            declared = tests[0]["arguments"]["references"] if tests else {}
            texts = [found["name"] for found in model["columns"] if found["data_type"] == "string"]
            for column in texts:
                for key, dimension in MEMBERS.items():
                    names = column == key or column.endswith(f"_{key}")
                    if names and dimension != model["name"] and declared.get(column) != f"{dimension}.{key}":
                        undeclared.append(f"{model['name']}.{column}")
    assert set(undeclared) == NO_KEYS


def hooks() -> dict[str, Node]:
    """The hooks by id."""
    (local,) = yaml.safe_load(PRE_COMMIT.read_text(encoding="utf-8"))["repos"]
    return {hook["id"]: hook for hook in local["hooks"]}


def test_hooks_run_the_locked_tools() -> None:
    """Every hook starts a program of an environment that a lock file describes."""
    for name, hook in hooks().items():
        program = next(word for word in hook["entry"].split() if word != "env" and "=" not in word)
        assert re.match(r"\.venv/bin/|\.venvs/\w+/bin/", program), f"{name} runs {program}"
        assert (ROOT / program).exists(), f"{program} is not there: run make lint first"


def test_every_file_of_a_kind_is_some_hooks() -> None:
    """No SQL, YAML or Python file of the project is linted by nobody but those that are no statements."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    chosen = [hook for hook in hooks().values() if hook["id"].startswith("sqlfluff")]
    for name in listed.stdout.splitlines():
        if name.endswith(".sql") and not name.startswith(("macros/", "tests/generic/")):
            linting = [
                hook
                for hook in chosen
                if re.search(hook["files"], name) and not re.search(hook.get("exclude", "^$"), name)
            ]
            assert len(linting) == 1, f"{name} is linted by {[hook['id'] for hook in linting]}"


def test_what_hooks_say_is_read() -> None:
    """Passed, failed and skipped hooks, with their seconds."""
    said = (
        "ruff.....................................................................Passed\n"
        "- hook id: ruff\n- duration: 0.13s\n"
        "sqlfluff, site.......................................(no files to check)Skipped\n"
        "- hook id: sqlfluff-site\n"
        "dbt-bouncer..............................................................Failed\n"
        "- hook id: dbt-bouncer\n- duration: 1.4s\n- exit code: 1\n\nFailed checks\n"
    )
    found = [(hook["name"], hook["status"], hook["seconds"]) for hook in HOOK.finditer(said)]
    assert found == [
        ("ruff", "Passed", "0.13"),
        ("sqlfluff, site", "Skipped", None),
        ("dbt-bouncer", "Failed", "1.4"),
    ]


def test_a_change_is_checked_by_the_tests_that_guard_it() -> None:
    """A page by the tests of pages, a reader by those of ingestion, what all rest on by all."""
    always = ["tests/python/test_conventions.py", "tests/python/test_docs.py"]
    assert guarding(["README.md"]) == always
    assert guarding(["scripts/ingest/readers/dfe_lait.py"]) == ["tests/python/ingest", *always]
    assert guarding(["tests/python/test_draws.py"]) == [
        "tests/python/test_conventions.py",
        "tests/python/test_docs.py",
        "tests/python/test_draws.py",
    ]
    assert guarding(["scripts/build.py"]) == ["tests/python"]
