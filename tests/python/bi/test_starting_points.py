"""The Superset dashboard and the Datasette metadata say what the marts hold today."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT

from scripts.marts import MARTS
from scripts.proofs.bi import datasette, superset

EXPOSURES = ROOT / "models" / "marts" / "_marts__exposures.yml"
LISTS = ("all_columns", "columns", "groupby", "groupbyColumns", "groupbyRows")

Content = dict[str, object]


def files(folder: str) -> list[Content]:
    """The dashboard's files of a kind."""
    paths = sorted((superset.DASHBOARD / folder).rglob("*.yaml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


DATASETS = {content["uuid"]: content for content in files("datasets")}
CHARTS = {content["uuid"]: content for content in files("charts")}
(DASHBOARD,) = files("dashboards")


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts."""
    if not (ROOT / MARTS).exists():
        pytest.skip(f"{MARTS} is not there: run make index first")
    with duckdb.connect(str(ROOT / MARTS), read_only=True) as connection:
        yield connection


def columns_of(metric: str | Content, dataset: Content) -> list[str]:
    """The columns that a metric of a chart reads: its own, or those of a saved one."""
    if isinstance(metric, str):
        saved = {saved["metric_name"]: saved["expression"] for saved in dataset["metrics"]}
        return re.findall(r"\((\w+)\)", saved[metric])
    if metric["expressionType"] == "SQL":
        return re.findall(r"\((\w+)\)", metric["sqlExpression"])
    return [metric["column"]["column_name"]]


def read_by(chart: Content) -> set[str]:
    """Every column that a chart reads, in what it shows and in its query."""
    dataset, params = DATASETS[chart["dataset_uuid"]], chart["params"]
    (query,) = chart["query_context"]["queries"]
    found = [column for key in LISTS for column in params.get(key) or []] + list(query["columns"])
    found += [params["x_axis"]] if "x_axis" in params else []
    for metric in [*(params.get("metrics") or []), *(query["metrics"] or [])]:
        found += columns_of(metric, dataset)
    found += [part["subject"] for part in params["adhoc_filters"]] + [
        part["col"] for part in query["filters"]
    ]
    found += [json.loads(order)[0] for order in params.get("order_by_cols", [])]
    found += [order for order, _ in query["orderby"]] + list(params.get("column_config", {}))
    return set(found)


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_a_dataset_has_the_columns_that_its_query_gives(
    marts: duckdb.DuckDBPyConnection, dataset: Content
) -> None:
    """Name and type of every column; each saved metric can be calculated; there are rows."""
    given = marts.execute(f"describe {dataset['sql']}").fetchall()
    listed = [(column["column_name"], column["type"]) for column in dataset["columns"]]
    assert [(name, kind) for name, kind, *_ in given] == listed
    for metric in dataset["metrics"]:
        marts.execute(f"select {metric['expression']} from ({dataset['sql']}) as dataset")
    assert marts.execute(f"select count(*) from ({dataset['sql']}) as dataset").fetchone() > (0,)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=lambda chart: chart["slice_name"])
def test_a_chart_reads_columns_of_its_dataset(chart: Content) -> None:
    """No chart names a column that its dataset does not have."""
    has = {column["column_name"] for column in DATASETS[chart["dataset_uuid"]]["columns"]}
    assert read_by(chart)
    assert read_by(chart) <= has


@pytest.mark.parametrize("chart", CHARTS.values(), ids=lambda chart: chart["slice_name"])
def test_no_chart_shows_a_bare_rank(chart: Content) -> None:
    """Where a rank is shown its band is, too; in words, also how many councils are ranked."""
    shown = read_by(chart)
    if shown & {"productivity_rank", "standing"}:
        assert shown & {"likely", "rank_p05"}
        assert shown & {"likely", "rank_p95"}


def test_the_dashboard_places_every_chart_and_filters_by_columns_that_exist() -> None:
    """Each chart stands on the page once; each filter's column is in its dataset and its charts exist."""
    parts = [part for part in DASHBOARD["position"].values() if isinstance(part, dict)]
    placed = [part["meta"] for part in parts if part["type"] == "CHART"]
    assert sorted(meta["uuid"] for meta in placed) == sorted(CHARTS)
    ids = {meta["chartId"] for meta in placed}
    for found in DASHBOARD["metadata"]["native_filter_configuration"]:
        (target,) = found["targets"]
        has = {column["column_name"] for column in DATASETS[target["datasetUuid"]]["columns"]}
        assert target["column"]["name"] in has
        assert set(found["chartsInScope"]) | set(found["scope"]["excluded"]) == ids


def test_the_defaults_of_the_filters_are_values_of_their_columns(marts: duckdb.DuckDBPyConnection) -> None:
    """What is chosen at first exists, so that the dashboard opens with figures: those of the headline."""
    for found in DASHBOARD["metadata"]["native_filter_configuration"]:
        (target,) = found["targets"]
        sql, column = DATASETS[target["datasetUuid"]]["sql"], target["column"]["name"]
        values = {
            value
            for (value,) in marts.execute(f"select distinct {column} from ({sql}) as dataset").fetchall()
        }
        assert set(found["defaultDataMask"]["filterState"]["value"]) <= values
        if column == "edition":
            [(newest,)] = marts.execute("select edition from dim_edition where is_headline").fetchall()
            assert found["defaultDataMask"] == superset.chosen_at_first("edition", newest)


@pytest.mark.parametrize(("is_headline", "chosen"), [("true", ["2030-31"]), ("false", None)])
def test_the_bundle_opens_at_the_headline(tmp_path: Path, is_headline: str, chosen: list[str] | None) -> None:
    """Whichever edition is the headline when the bundle is made; every edition if none is."""
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute(
            f"create table dim_edition as select '2030-31' as edition, {is_headline} as is_headline "
            "union all select '2031-32', false"
        )
    dashboard = superset.contents(tmp_path / "marts.duckdb")["dashboards/Council_productivity_index.yaml"]
    filters = {found["name"]: found for found in dashboard["metadata"]["native_filter_configuration"]}
    assert filters["Edition"]["defaultDataMask"]["filterState"]["value"] == chosen
    assert filters["Lens"]["defaultDataMask"]["filterState"]["value"] == ["Overall"]


def test_the_bundle_opens_the_marts_read_only(tmp_path: Path) -> None:
    """What Superset imports: the database in its place, and texts where an export has texts."""
    with duckdb.connect(str(tmp_path / "marts.duckdb")) as connection:
        connection.execute("create table dim_edition as select '2019-20' as edition, true as is_headline")
    with zipfile.ZipFile(io.BytesIO(superset.bundle(tmp_path / "marts.duckdb"))) as archive:
        packed = {name: yaml.safe_load(archive.read(name)) for name in archive.namelist()}
    database = packed[f"council_productivity/{superset.DATABASE}"]
    assert database["sqlalchemy_uri"] == f"duckdb:///{tmp_path}/marts.duckdb?access_mode=read_only"
    assert {content["database_uuid"] for content in DATASETS.values()} == {database["uuid"]}
    charts = [content for name, content in packed.items() if "/charts/" in name]
    assert len(charts) == len(CHARTS)
    assert all(json.loads(chart["query_context"])["queries"] for chart in charts)


def test_the_metadata_describe_every_mart(marts: duckdb.DuckDBPyConnection) -> None:
    """Every table and column, each with its description."""
    tables = yaml.safe_load(datasette.metadata(ROOT / MARTS))["databases"]["marts"]["tables"]
    query = "select table_name, column_name from duckdb_columns() where not internal"
    columns = marts.execute(query).fetchall()
    assert {(table, column) for table, held in tables.items() for column in held["columns"]} == set(columns)
    assert all(text for held in tables.values() for text in (held["description"], *held["columns"].values()))


def test_datasettes_query_is_the_newest_overall_top_ten(marts: duckdb.DuckDBPyConnection) -> None:
    """The page that Datasette's introduction leads to first."""
    found = marts.execute(datasette.QUERIES["headline_top_ten"]["sql"]).fetchall()
    expected = marts.execute("""
        select edition, productivity_rank, ranked_councils, rank_p05, rank_p95, council_name,
            productivity_index
        from fct_ranking
        inner join dim_council using (gss_code)
        where
            ranking_id = 'overall'
            and edition = (
                select max(edition) from fct_ranking where ranking_id = 'overall' and productivity_rank = 1
            )
        order by productivity_index desc nulls last
        limit 10
    """).fetchall()
    assert found == expected
    assert 'href="/marts/headline_top_ten"' in datasette.INTRODUCTION


def test_exposures_name_what_is_read() -> None:
    """The dashboard's exposure names the marts of its datasets, Datasette's those its keys and links need."""
    exposures = {found["name"]: found for found in yaml.safe_load(EXPOSURES.read_text())["exposures"]}
    declared = {
        name: {re.search(r"'(\w+)'", mart)[1] for mart in exposures[name]["depends_on"]}
        for name in ("superset_dashboard", "datasette_instance")
    }
    queries = " ".join(dataset["sql"] for dataset in DATASETS.values())
    assert declared["superset_dashboard"] == set(re.findall(r"main\.(\w+)", queries))
    asked = " ".join(query["sql"] for query in datasette.QUERIES.values())
    read = set(re.findall(r"(?:from|join) (\w+)", asked))
    assert declared["datasette_instance"] == {*datasette.LABELS, "fct_quality_table", *read}
