"""What stands around the project and rots unseen: lock files, versions, workflows, forms, ``make help``."""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
TARGET = re.compile(r"^([a-z-]+):.*?## (.*)$", re.MULTILINE)
PINNED = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>[^\s;]+)(?P<rest>.*(?:\n .*)*)", re.MULTILINE
)
# The kinds of question that GitHub's form schema knows, and what those with answers to choose from call them.
ASKED = {"checkboxes": "options", "dropdown": "options", "input": None, "textarea": None}


def loaded(path: Path) -> dict[str, Any]:
    """What a YAML file holds; ``on`` stays a word."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def locked(name: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file, each with a checksum."""
    found: dict[str, set[str]] = {}
    for package in PINNED.finditer((ROOT / name).read_text(encoding="utf-8")):
        assert "--hash=sha256:" in package["rest"], f"{package['name']} has no checksum in {name}"
        found.setdefault(package["name"], set()).add(package["version"])
    return found


def named(requirements: list[str]) -> dict[str, set[str]]:
    """The versions that requirements of the project name."""
    return {package["name"]: {package["version"]} for package in map(PINNED.match, requirements) if package}


def only_of_developers() -> set[str]:
    """Packages that the developers' lock adds to the users'."""
    return set(locked("requirements-dev.lock")) - set(locked("requirements.lock"))


def test_both_locks_have_one_version_of_a_package() -> None:
    """Developers have every package of the users in the same version."""
    users, developers = locked("requirements.lock"), locked("requirements-dev.lock")
    assert len(users) > len(PROJECT["dependencies"])
    assert {name: developers.get(name) for name in users} == users, "run make lock"


def test_locks_hold_what_the_project_names() -> None:
    """Users get what the index needs and nothing that only tests and linters need."""
    users, developers = locked("requirements.lock"), locked("requirements-dev.lock")
    needed, extra = named(PROJECT["dependencies"]), named(PROJECT["optional-dependencies"]["dev"])
    assert needed.items() <= users.items(), "run make lock"
    assert extra.items() <= developers.items(), "run make lock"
    assert extra.keys() <= only_of_developers()


def test_no_script_imports_what_only_developers_have() -> None:
    """Everything but tests and linters runs with the users' lock."""
    brings = packages_distributions()
    missing = only_of_developers()
    for path in SCRIPTS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in modules:
                packages = {name.lower() for name in brings.get(module.split(".")[0], ())}
                assert not packages & missing, f"{path.relative_to(ROOT)} imports {module}"


def test_the_index_does_without_its_proofs() -> None:
    """Nothing outside ``scripts/proofs`` imports what is in it."""
    proofs = ROOT / "scripts" / "proofs"
    others = [path for path in SCRIPTS if proofs not in path.parents]
    assert len(others) > 50
    for path in others:
        imports = re.findall(
            r"^ *(?:from|import) scripts.*\bproofs\b", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        assert not imports, path.relative_to(ROOT)


def test_no_script_is_longer_than_one_reads() -> None:
    """At most 400 lines a file: what is longer does two things."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SCRIPTS}
    assert {str(path.relative_to(ROOT)): lines for path, lines in lengths.items() if lines > 400} == {}


def test_versions_agree() -> None:
    """The project has one version, whichever file is asked."""
    versions = {name: loaded(ROOT / name)["version"] for name in ("CITATION.cff", "dbt_project.yml")} | {
        "pyproject.toml": PROJECT["version"]
    }
    assert len(set(versions.values())) == 1, versions


def test_python_is_the_oldest_that_will_do() -> None:
    """The image and the workflows run the oldest Python that is promised, so that it is tried."""
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"FROM python:{oldest}-slim" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f"--python-version {oldest} " in (ROOT / "Makefile").read_text(encoding="utf-8")
    for path in WORKFLOWS:
        named = re.findall(r'python-version: "(.*?)"', path.read_text(encoding="utf-8"))
        assert set(named) <= {oldest}, path.name


def test_the_image_is_made_of_what_is_there() -> None:
    """Files that the Dockerfile copies exist, and the development container names one of its stages."""
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = " ".join(re.findall(r"^COPY (?:--\S+ )*(.*) \S+$", recipe, re.MULTILINE)).split()
    assert {"Makefile", "requirements.lock"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)
    container = loaded(ROOT / ".devcontainer" / "devcontainer.json")
    assert (ROOT / ".devcontainer" / container["build"]["dockerfile"]).resolve() == ROOT / "Dockerfile"
    assert container["build"]["target"] in re.findall(r"^FROM \S+ AS (\w+)$", recipe, re.MULTILINE)
    assert f" {container['remoteUser']} " in recipe


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_calls_what_exists_with_few_rights(path: Path) -> None:
    """Commands and lock files are there, actions are pinned by commit, and every job states its rights."""
    workflow = loaded(path)
    targets = {name for name, _ in TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))}
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert int(job["timeout-minutes"]) <= 350
        for step in job["steps"]:
            command, *arguments = step.get("run", "").split() or [""]
            if command == "make":
                assert set(arguments) <= targets, f"{path.name}: make {' '.join(arguments)}"
            elif command:
                assert os.access(ROOT / command, os.X_OK), f"{path.name}: {command}"
            for pattern in step.get("with", {}).get("cache-dependency-glob", "").split():
                assert list(ROOT.glob(pattern)), f"{path.name}: {pattern}"
    uses = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert uses
    for action in uses:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), f"{path.name}: {action}"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_has_what_github_needs(path: Path) -> None:
    """A name, what it is for, and questions with names of their own; something is asked."""
    form = loaded(path)
    assert form["name"]
    assert form["description"]
    questions = [each for each in form["body"] if each["type"] != "markdown"]
    assert questions
    for each in questions:
        assert each["attributes"]["label"]
        needed = ASKED[each["type"]]
        assert needed is None or each["attributes"][needed]
    names = [each["id"] for each in questions]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[\w-]+", name) for name in names)
    texts = [each["attributes"]["value"] for each in form["body"] if each["type"] == "markdown"]
    assert all(texts)


def test_the_form_of_a_measure_names_every_lens() -> None:
    """Lenses to choose from are those of the register, in its order."""
    form = loaded(ROOT / ".github" / "ISSUE_TEMPLATE" / "measure.yml")
    (lenses,) = [each["attributes"]["options"] for each in form["body"] if each.get("id") == "lens"]
    register = (ROOT / "seeds" / "register" / "rankings.csv").read_text(encoding="utf-8")
    assert lenses == re.findall(r"^\w+,lens,\d+,([^,]+),", register, re.MULTILINE)


def test_a_pull_request_is_asked_what_a_review_looks_at() -> None:
    """The template holds the review list of CONTRIBUTING."""
    item = re.compile(r"^- \[ \] .*(?:\n  .*)*", re.MULTILINE)
    template = (ROOT / ".github" / "pull_request_template.md").read_text(encoding="utf-8")
    review = item.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(review) > 5
    assert item.findall(template) == review


def test_attributes_name_files_that_exist() -> None:
    """A file that is folded or compared in its own way is there."""
    for line in (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern = line.split()[0]
            # Like git: a name without a folder counts in every folder.
            assert next(ROOT.glob(pattern if "/" in pattern else f"*/**/{pattern}"), None), pattern


@pytest.mark.parametrize("program", ["awk", "mawk", "gawk", "original-awk", "busybox"])
def test_help_lists_every_documented_target(program: str, tmp_path: Path) -> None:
    """``make help`` prints the same with the awk of Linux, of BSD and macOS, and of small systems."""
    if not (found := shutil.which(program)):
        pytest.skip(f"{program} is not installed")
    (tmp_path / "awk").symlink_to(found)
    printed = subprocess.run(
        ["make", "--silent", "help"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    documented = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    assert {"index", "test", "help"} <= {name for name, _ in documented}
    assert printed.stdout.splitlines() == [f"make {name:<16} {text}" for name, text in documented]


COUNCIL = ("CODE", "NAME", "ECODE", "DFE", "REPLACES")
# Each variable of make with a target that hands it on, and what else that target has to be told.
HANDED_ON = {
    "VERSION": "release",
    "OWN": "index",
    "DRAWS": "index",
    "ONLY": "goalposts",
    "KINDS": "planted-faults",
    "EACH": "planted-faults",
    "WITHIN": "mutations",
    "EDITION": "edition",
    "FROM": "ingest",
    "PUBLICATION": "ingest FROM=folder",
    "TAKE": "ingest FROM=folder",
    "FILE": "ingest FROM=folder",
    "SEED": "trace KEY=key",
    "KEY": "trace SEED=seed",
    "BEFORE": "changes",
    "TO": "download",
    "BASE": "check-changed",
    "QUERY": "metrics",
    **dict.fromkeys(("COLUMN", "VALUE", "REASON"), "correct SEED=seed KEY=key COLUMN=column"),
    **dict.fromkeys(COUNCIL, f"council FROM=day {' '.join(f'{name}=told' for name in COUNCIL)}"),
}
# What sets up the environment is told of these two.
SETS_UP = ("PYTHON", "UV")
AWKWARD = ("a';touch<b>;'c", '"`touch`"', "x;touch|y&&z>w")


def would_run(*arguments: str) -> str:
    """What make would run, without running it."""
    done = subprocess.run(
        ["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.replace("\\\n", " ")


@pytest.mark.parametrize("variable", HANDED_ON)
@pytest.mark.parametrize("value", AWKWARD)
def test_what_make_is_told_reaches_the_command_as_it_is(variable: str, value: str) -> None:
    """Whatever the shell would make of it: it is one word of the command and no command of its own."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    told = would_run(*HANDED_ON[variable].split(), f"{variable}={value}")
    command = next(line for line in told.splitlines() if "python -m scripts." in line)
    assert value in shlex.split(command)


@pytest.mark.parametrize("variable", SETS_UP)
@pytest.mark.parametrize("value", [*AWKWARD, "/opt/my programs/it"])
def test_a_program_may_lie_anywhere(variable: str, value: str) -> None:
    """A path with a space in it is one word, too, where the environment is set up."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    told = would_run("--what-if=requirements.lock", ".venv/.installed", f"{variable}={value}")
    assert value in shlex.split(told)


def test_every_variable_is_tried() -> None:
    """Whatever the Makefile reads from its command line is told to it in one of these tests."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    read = set(re.findall(r"\$\((?:or )?\$?\(?([A-Z]+)\b", text))
    # Flags, of which only whether they are given counts, and what make itself says.
    assert read - {"ANEW", "SERVE", "MAKECMDGOALS"} == {*HANDED_ON, *SETS_UP}
