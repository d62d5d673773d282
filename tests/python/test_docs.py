"""The pages say what is true: what they print of the database it gives, their names and links exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from scripts import pages
from scripts.build import DATABASE

PAGES = pages.pages()

FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
HIDDEN = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:)(?P<file>[^)#]*)#?(?P<anchor>[^)]*)\)")
PATH_NAMED = re.compile(r"`((?:seeds|models|macros|tests|scripts|docs|analyses)/[\w./*-]+)`")
NODE = re.compile(r"\w+")


@pytest.fixture(scope="module")
def database() -> Iterator[pages.Database]:
    """The published database."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        yield pages.Database(connection)


def named(page: Path) -> str:
    """A page's name for a test."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_prints_what_the_database_holds(database: pages.Database, page: Path) -> None:
    """Tables, examples, figures in sentences and versions are what ``make pages`` would write."""
    fresh = pages.rewritten(page.read_text(encoding="utf-8"), database)
    difference = pages.difference(page, fresh)
    assert not difference, f"run make pages\n{difference}"


def test_an_example_can_write_a_spreadsheet(tmp_path: Path, database: pages.Database) -> None:
    """The README's Python example writes a file where the page on reading says that it can."""
    reading = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    instead = re.search(r"With `(.*\(\"ranking.csv\"\))` in place of `(.*)` it", reading)
    example = pages.EXAMPLE.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert instead and example and instead[2] in example["code"]
    file = tmp_path / "ranking.csv"
    pages.run_example(example["code"].replace(instead[2], instead[1].replace("ranking.csv", str(file))))
    rows = file.read_text(encoding="utf-8").splitlines()
    assert len(rows) == 6 and rows[0].endswith("council_name")


def test_a_profile_prints_no_rank_without_n(database: pages.Database) -> None:
    """The worked query of one council runs and holds every lens, each with a rank and n or a reason."""
    _, standing = database.rows(
        "select distinct ranking_order, productivity_rank, ranked_councils, not_ranked_reason "
        "from council_profile"
    )
    assert sorted(ranking_order for ranking_order, *_ in standing) == [1, 2, 3, 4, 5, 6]
    assert any(rank for _, rank, *_ in standing)
    assert all(
        (rank is None or ranked) and (rank is None) == (reason is not None)
        for _, rank, ranked, reason in standing
    )


def test_make_targets_named_on_the_pages_exist() -> None:
    """Every ``make`` command is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        content = page.read_text(encoding="utf-8")
        commands = re.findall(r"`make ([a-z-]+)", content)
        for block in FENCED.findall(content):
            commands += re.findall(r"^ *make ([a-z-]+)", block, re.MULTILINE)
        assert set(commands) <= targets, f"{page.name} names targets the Makefile does not have"


def test_modules_and_paths_named_on_the_pages_exist() -> None:
    """Every path in backquotes and every module run with ``python -m`` is there."""
    for page in PAGES:
        content = page.read_text(encoding="utf-8")
        modules = (name.replace(".", "/") for name in re.findall(r"python -m scripts\.([\w.]*\w)", content))
        files = (
            f"{module}/__main__.py" if (ROOT / "scripts" / module).is_dir() else f"{module}.py"
            for module in modules
        )
        paths = [*PATH_NAMED.findall(content), *(f"scripts/{file}" for file in files)]
        missing = [path for path in paths if not list(ROOT.glob(path.rstrip("/")))]
        assert not missing, f"{page.name} names what is not there"


def sources() -> dict[str, str]:
    """The text of every model and of modules' macros, by name, and of every seed, which reads nothing."""
    models = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "models").rglob("*.sql")}
    macros = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "macros/modules").glob("*.sql")}
    return models | macros | {path.stem: "" for path in (ROOT / "seeds").rglob("*.csv")}


def ancestors(name: str, nodes: dict[str, str], seen: set[str]) -> set[str]:
    """Everything that a model names, and what those name; a loop of references is followed once."""
    for parent in (set(NODE.findall(nodes[name])) & set(nodes)) - seen:
        seen.add(parent)
        ancestors(parent, nodes, seen)
    return seen


def test_the_lineage_is_the_projects_own() -> None:
    """Every model and seed of the picture exists, and every arrow is a way through the project."""
    nodes = sources()
    page = (ROOT / "docs" / "documentation.md").read_text(encoding="utf-8")
    picture = re.search(r"```mermaid\n(.*?)```", page, re.DOTALL)
    assert picture
    publications = set(re.findall(r"(\w+)\(\[", picture[1]))
    arrows = [line.split("-->") for line in picture[1].splitlines() if "-->" in line]
    steps = [(start.strip(), end.strip()) for line in arrows for start, end in pairwise(line)]
    assert len(steps) > 10
    for start, end in steps:
        assert end in nodes, f"{end} is neither a model nor a seed"
        if start not in publications:
            assert start in ancestors(end, nodes, set()), f"{end} is not built from {start}"


def test_models_named_on_the_pages_exist() -> None:
    """Every name that looks like a model's is one."""
    nodes = sources()
    for page in PAGES:
        named = re.findall(r"`((?:stg|int|fct|dim|bridge|rpt)_\w+)`", page.read_text(encoding="utf-8"))
        assert set(named) <= set(nodes), f"{page.name} names models that do not exist"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub forms them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_resolve(page: Path) -> None:
    """Every relative link leads to a file, and to a heading of it where it names one."""
    for link in LINK.finditer(HIDDEN.sub("", page.read_text(encoding="utf-8"))):
        target = page.parent / link["file"] if link["file"] else page
        assert target.exists(), f"{page.name} links to {link['file']}"
        if link["anchor"]:
            assert link["anchor"] in anchors(target), f"{page.name} links to {link['file']}#{link['anchor']}"


def test_dependencies_are_those_of_the_project() -> None:
    """The page of dependencies names every requirement, and nothing else, each with a reason."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = [match["package"] for match in pages.VERSION.finditer(page)]
    assert sorted(listed) == sorted(pages.versions())


def test_every_page_is_found_from_the_list_of_pages() -> None:
    """The list by role links every page of its folder, and the README links the list."""
    listed = {link["file"] for link in LINK.finditer((ROOT / "docs" / "README.md").read_text("utf-8"))}
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"} <= listed
    assert "(docs/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_can_be_read_in_two_minutes() -> None:
    """At most 200 lines, picture, commands and table included."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 200
