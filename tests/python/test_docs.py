"""The pages say what is true: their queries give the tables printed below them, their names and links exist.

A table under a hidden ``<!-- sql ... -->`` and a text block under an SQL block are the result of that query.
Where a figure has changed, the test prints the table as it should read.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from scripts.tables import aligned

DATABASE = ROOT / "warehouse" / "council_productivity.duckdb"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TARGET = ROOT / "target" / "docs"

# A query, and the table or text printed under it.
TABLE = re.compile(r"<!-- sql\n(?P<query>.*?)\n-->\n\n(?P<printed>(?:\|[^\n]*\n)+)", re.DOTALL)
EXAMPLE = re.compile(r"```sql\n(?P<query>.*?)```\n\n```text\n(?P<printed>.*?)```", re.DOTALL)
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:)(?P<file>[^)#]*)#?(?P<anchor>[^)]*)\)")
PATH_NAMED = re.compile(r"`((?:seeds|models|macros|tests|scripts|docs|analyses)/[\w./*-]+)`")
NODE = re.compile(r"\w+")


@pytest.fixture(scope="module")
def index() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        yield connection


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *(["" if cell is None else cell for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def assert_printed(page: Path, printed: str, expected: str) -> None:
    """The page prints what the query gives, white space at line ends aside."""
    same = [line.rstrip() for line in printed.splitlines()] == [
        line.rstrip() for line in expected.splitlines()
    ]
    assert same, f"{page.name} should print:\n{expected}"


def found(pattern: re.Pattern[str]) -> list[object]:
    """Every match of a pattern on the pages, as a case of its own."""
    return [
        pytest.param(page, match["query"], match["printed"], id=f"{page.stem}-{number}")
        for page in PAGES
        for number, match in enumerate(pattern.finditer(page.read_text(encoding="utf-8")), start=1)
    ]


@pytest.mark.parametrize(("page", "query", "printed"), found(TABLE))
def test_a_table_is_the_result_of_its_query(
    index: duckdb.DuckDBPyConnection, page: Path, query: str, printed: str
) -> None:
    """A table of figures is what the hidden query above it gives."""
    cursor = index.execute(query)
    assert_printed(page, printed, markdown([column[0] for column in cursor.description], cursor.fetchall()))


@pytest.mark.parametrize(("page", "query", "printed"), found(EXAMPLE))
def test_an_example_gives_what_is_printed_under_it(
    index: duckdb.DuckDBPyConnection, page: Path, query: str, printed: str
) -> None:
    """An SQL example runs and gives the text under it."""
    cursor = index.execute(query)
    assert_printed(page, printed, aligned([column[0] for column in cursor.description], cursor.fetchall()))


def analysed(name: str) -> str:
    """The SQL of an analysis as dbt renders it for the published database."""
    TARGET.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "compile", "--select", name, "--no-populate-cache"],
        cwd=ROOT,
        # DuckDB names the catalogue after the file: a file of that name that nobody else has open.
        env=os.environ
        | {
            "COUNCIL_PRODUCTIVITY_DATABASE": str(TARGET / DATABASE.name),
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_TARGET_PATH": str(TARGET),
            "DBT_LOG_PATH": str(TARGET),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (TARGET / "compiled" / "council_productivity" / "analyses" / f"{name}.sql").read_text()


def test_the_effects_of_spend_lines_are_those_of_the_analysis(index: duckdb.DuckDBPyConnection) -> None:
    """The decision log prints what ``analyses/spend_line_choices.sql`` gives for 2018-19 and 2019-20."""
    choices = f"({analysed('spend_line_choices').strip()})"
    rows = index.execute(f"""
        select
            lenses.lens_name,
            choices.choice,
            string_agg(ranked_councils, ' / ' order by edition),
            string_agg(printf('%.2f', rank_correlation), ' / ' order by edition),
            string_agg(top_ten_kept, ' / ' order by edition),
            string_agg(printf('%.2f', spend_share), ' / ' order by edition),
            string_agg(printf('%.2f', sd_ln_productivity), ' / ' order by edition)
        from {choices} as choices
        inner join marts.dim_lens as lenses using (lens_id)
        where edition in ('2018-19', '2019-20')
        group by lenses.lens_order, lenses.lens_name, choices.choice
        order by lenses.lens_order, choices.choice <> 'chosen', choices.choice
    """).fetchall()
    header = [
        *("Lens", "Lines", "Councils ranked", "Rank correlation", "Top ten kept", "Spend share", "sd of ln P")
    ]
    page = ROOT / "docs" / "decisions.md"
    expected = markdown(header, rows)
    assert expected in page.read_text(encoding="utf-8"), f"{page.name} should print:\n{expected}"


def test_a_profile_prints_no_rank_without_n(index: duckdb.DuckDBPyConnection) -> None:
    """The worked query of one council runs and holds every lens, each with a rank and n or a reason."""
    standing = index.execute(f"""
        select distinct lens_order, productivity_rank, ranked_councils, not_ranked_reason
        from ({analysed("council_profile").strip()})
    """).fetchall()
    assert sorted(lens_order for lens_order, *_ in standing) == [1, 2, 3, 4, 5, 6]
    assert all(ranked and (rank is None) == (reason is not None) for _, rank, ranked, reason in standing)


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
        modules = re.findall(r"python -m scripts\.(\w+)", content)
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
    picture = re.search(r"```mermaid\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_resolve(page: Path) -> None:
    """Every relative link leads to a file, and to a heading of it where it names one."""
    for link in LINK.finditer(page.read_text(encoding="utf-8")):
        target = page.parent / link["file"] if link["file"] else page
        assert target.exists(), f"{page.name} links to {link['file']}"
        if link["anchor"]:
            assert link["anchor"] in anchors(target), f"{page.name} links to {link['file']}#{link['anchor']}"


def test_sources_are_those_of_the_register() -> None:
    """The page of sources says what the register of publications says."""
    with (ROOT / "seeds" / "register" / "publications.csv").open(encoding="utf-8", newline="") as register:
        rows = [
            [f"[{row['publication_name']}]({row['url']})"]
            + [row[column] for column in ("publisher", "years_held", "licence")]
            for row in csv.DictReader(register)
        ]
    expected = markdown(["Publication", "Publisher", "Held", "Licence"], rows)
    page = ROOT / "docs" / "sources.md"
    assert expected in page.read_text(encoding="utf-8"), f"{page.name} should print:\n{expected}"


def test_dependencies_are_those_of_the_project() -> None:
    """The page of dependencies names every requirement with its version, and nothing else."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    required = {*project["dependencies"]}.union(*project["optional-dependencies"].values())
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+)` \| ([\d.a-z]+) \|", page, re.MULTILINE)
    assert {f"{name}=={version}" for name, version in listed} == required
