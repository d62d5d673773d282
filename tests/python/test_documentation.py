"""The drawn documentation holds every mart and column, opens from its folder and asks nobody for anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import ROOT

from scripts import lineage
from scripts.build import DATABASE
from scripts.site.pictures import PROGRAMS

pytestmark = pytest.mark.slow("the drawn documentation holds every mart and opens from its folder")
STANDING = "model.council_productivity.fct_ranking"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both pages, drawn from the published database while a reader holds it open."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    if not (ROOT / lineage.COLIBRI).exists():
        pytest.skip("dbt-colibri is not installed: run make docs first")
    folder = tmp_path_factory.mktemp("docs")
    with duckdb.connect(str(ROOT / DATABASE), read_only=True):
        lineage.draw(folder)
    yield folder


def inlined(page: Path) -> dict[str, Any]:
    """What dbt wrote into the page about the project."""
    text = page.read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    start = text.index('{"metadata"')
    return decoder.raw_decode(text, start)[0]


def test_every_mart_and_column_is_described(pages: Path) -> None:
    """The page has a sentence for each table and column of the published marts."""
    nodes = inlined(pages / "index.html")["nodes"].values()
    described = {node["name"]: node for node in nodes if node["resource_type"] == "model"}
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    assert len(columns) > 700
    for table, column in columns:
        assert described[table]["description"], table
        assert described[table]["columns"][column]["description"], f"{table}.{column}"


def test_columns_are_followed_from_the_seed_to_the_mart(pages: Path) -> None:
    """Column by column, the spend index comes from the printed budget, the outcome score from ASCOF."""
    text = (ROOT / lineage.TARGET / "colibri" / "colibri-manifest.json").read_text(encoding="utf-8")
    parents: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for edge in json.loads(text)["lineage"]["edges"]:
        child = (edge["target"], edge["targetColumn"])
        parents.setdefault(child, set()).add((edge["source"], edge["sourceColumn"]))

    def before(column: tuple[str, str], seen: set[tuple[str, str]]) -> set[tuple[str, str]]:
        for parent in parents.get(column, set()) - seen:
            seen.add(parent)
            before(parent, seen)
        return seen

    spend = {table.split(".")[-1] for table, _ in before((STANDING, "spend_index"), set())}
    outcome = {table.split(".")[-1] for table, _ in before((STANDING, "outcome_score"), set())}
    assert "mhclg_revenue_budget" in spend
    assert "nhs_ascof" in outcome


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("index.html", "What not to do"),
        (f"index.html#!/model/{STANDING}", "England's spend per person or dwelling"),
        (f"columns.html?model={STANDING}&parents=2&children=1", "int_rankings__ranked"),
    ],
)
def test_a_page_opens_from_its_folder(pages: Path, address: str, shown: str) -> None:
    """Each page shows what it should and asks for nothing outside its folder."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with playwright.sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except playwright.Error:
            pytest.skip("no Chromium can be started: install Debian's package chromium")
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        # Megabytes to read, perhaps on a busy machine.
        page.set_default_timeout(180_000)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{pages.as_uri()}/{address}")
        page.get_by_text(shown).first.wait_for(state="attached")
        page.wait_for_timeout(1000)
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_failure_leaves_the_pages_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When a page cannot be drawn nothing is replaced, nothing half-written stays, and the reason is said."""

    def failing(folder: Path) -> None:
        (folder / "index.html").write_text("half")
        raise lineage.DrawingError("no lineage for column x")

    monkeypatch.setattr(lineage, "ROOT", tmp_path)
    monkeypatch.setattr(lineage, "draw", failing)
    monkeypatch.setenv(lineage.VARIABLE, str(tmp_path / "index.duckdb"))
    (tmp_path / "index.duckdb").touch()
    (tmp_path / lineage.DOCS).mkdir(parents=True)
    (tmp_path / lineage.DOCS / "index.html").write_text("whole")
    assert lineage.main() == 1
    assert "no lineage for column x" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / lineage.DOCS.parent).iterdir()] == [lineage.DOCS.name]
    assert (tmp_path / lineage.DOCS / "index.html").read_text() == "whole"


def test_a_missing_database_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a database there is a sentence."""
    monkeypatch.setenv(lineage.VARIABLE, str(tmp_path / "none.duckdb"))
    assert lineage.main() == 1
    assert "run make index first" in capsys.readouterr().out
