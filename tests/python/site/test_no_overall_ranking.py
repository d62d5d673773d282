"""The site where no edition has an overall ranking: every page that is left, and every link on it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urldefrag

import duckdb
import pytest
from test_pages import DATABASE, local_links


@pytest.fixture
def without_overall_ranking(tmp_path: Path) -> Path:
    """The published marts as they would be if no edition had an overall ranking."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    file = tmp_path / DATABASE.name
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"attach '{DATABASE}' as published (read_only)")
        connection.execute("create schema marts")
        columns = connection.execute(
            "select table_name, list(column_name) from duckdb_columns() "
            "where database_name = 'published' and schema_name = 'marts' group by table_name"
        ).fetchall()
        for table, names in columns:
            ranks = "ranking_id" in names and table != "dim_ranking"
            left_out = "where ranking_id <> 'overall'" if ranks else ""
            connection.execute(
                f"create table marts.{table} as select * from published.marts.{table} {left_out}"
            )
        connection.execute("update marts.dim_edition set has_overall_ranking = false, is_headline = false")
        connection.execute(
            "insert into marts.fct_ranking by name "
            "select edition, gss_code, ranking_id, ranking_kind, lenses_scored, lenses_scored_in_edition, "
            "0 as ranked_councils, 'edition_has_too_few_lenses' as not_ranked_reason "
            "from published.marts.fct_ranking where ranking_id = 'overall'"
        )
    return file


@pytest.mark.slow("a site without any overall ranking says so, and its links lead somewhere")
def test_a_site_without_any_overall_ranking_says_so(without_overall_ranking: Path, tmp_path: Path) -> None:
    """Home and method say so, the overall page is absent, all else shows the newest edition."""
    from scripts.site.__main__ import build

    site = tmp_path / "site"
    build(without_overall_ranking, site, ["wigan"], downloads=False)
    for page in ("index", "method"):
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        assert "No edition has an overall ranking" in html
        assert "top ten" not in html
    assert not list((site / "lenses").glob("overall*"))
    assert (site / "lenses" / "waste-recycling.html").exists()
    assert "Every council and lens, 2024-25" in (site / "compare.html").read_text(encoding="utf-8")
    wigan = (site / "councils" / "wigan.html").read_text(encoding="utf-8")
    assert "Wigan has no overall rank in 2024-25: too few lenses are scored in this edition." in wigan
    for path in site.rglob("*.html"):
        for address in local_links(path.read_text(encoding="utf-8")):
            file = urldefrag(address)[0]
            if file and not file.startswith(("http", "data:", "downloads/")):
                assert (path.parent / unquote(file)).exists(), f"{path.name} links to {address}"
