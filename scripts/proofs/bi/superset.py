"""Apache Superset in a temporary folder, with the project's dashboard and a dataset for every mart."""

from __future__ import annotations

import io
import json
import os
import secrets
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypedDict, Unpack

import duckdb
import requests
import yaml

from scripts.proofs.bi.clients import ClientError, python_of
from scripts.proofs.bi.questions import Answer, Question, asked, compared
from scripts.proofs.bi.servers import free_port, keep_serving, served
from scripts.tables import aligned

ROOT = Path(__file__).resolve().parents[3]
DASHBOARD = ROOT / "bi" / "superset"
BUNDLE = "superset_dashboard.zip"
DATABASE = Path("databases") / "Council_productivity.yaml"
SETTINGS = """
from pathlib import Path

SECRET_KEY = {key!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///" + str(Path(__file__).with_name("superset.db"))
"""
USER = "admin"
# What Superset answers within, on a machine with other work to do.
PATIENCE = 300


def connection_string(marts: Path) -> str:
    """What Superset opens the file with."""
    return f"duckdb:///{marts}?access_mode=read_only"


def headline(marts: Path) -> str | None:
    """The edition shown first; none if no edition has an overall ranking."""
    with duckdb.connect(str(marts), read_only=True) as connection:
        found = connection.execute("select edition from dim_edition where is_headline").fetchall()
    return found[0][0] if found else None


def chosen_at_first(column: str, value: str | None) -> dict[str, object]:
    """What a filter of one value has chosen when the dashboard opens."""
    values = [value] if value else []
    filters = [{"col": column, "op": "IN", "val": values}] if values else []
    return {
        "extraFormData": {"filters": filters} if filters else {},
        "filterState": {"value": values or None, "label": value or "", "validateStatus": False},
        "ownState": {},
    }


def contents(marts: Path) -> dict[str, dict[str, object]]:
    """Every file of the dashboard's export by its path: the database in its place, opened at the headline."""
    files = {}
    edition = headline(marts)
    for path in sorted(DASHBOARD.rglob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.relative_to(DASHBOARD) == DATABASE:
            content["sqlalchemy_uri"] = connection_string(marts)
        for filtered in content.get("metadata", {}).get("native_filter_configuration", []):
            if filtered["targets"][0]["column"]["name"] == "edition":
                filtered["defaultDataMask"] = chosen_at_first("edition", edition)
        # In an export this one is text within the YAML.
        if content.get("query_context"):
            content["query_context"] = json.dumps(content["query_context"])
        files[path.relative_to(DASHBOARD).as_posix()] = content
    return files


def bundle(marts: Path) -> bytes:
    """The export as Superset imports it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents(marts).items():
            text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
            archive.writestr(f"council_productivity/{name}", text)
    return packed.getvalue()


class Body(TypedDict, total=False):
    """What a call sends: JSON, or a form with files."""

    json: Mapping[str, object]
    data: dict[str, str]
    files: dict[str, tuple[str, bytes, str]]


class Superset:
    """Superset's REST API, logged in."""

    def __init__(self, address: str, password: str) -> None:
        """Log in and take the token that changes need."""
        self.address = address
        self.session = requests.Session()
        user = {"username": USER, "password": password, "provider": "db", "refresh": False}
        token = self.post("security/login", json=user)["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.headers["X-CSRFToken"] = self.get("security/csrf_token/")["result"]
        self.session.headers["Referer"] = address

    def call(self, method: str, path: str, **body: Unpack[Body]) -> dict[str, Any]:
        """Call the API; what it refuses is an error with its own words."""
        address = f"{self.address}/api/v1/{path}"
        reply = self.session.request(method, address, timeout=PATIENCE, **body)
        if not reply.ok:
            raise ClientError(f"{method} {path}: {reply.status_code} {reply.text[:300]}")
        content: dict[str, Any] = reply.json()
        return content

    def get(self, path: str) -> dict[str, Any]:
        """Read."""
        return self.call("GET", path)

    def post(self, path: str, **body: Unpack[Body]) -> dict[str, Any]:
        """Change, or ask for data."""
        return self.call("POST", path, **body)


def set_up(folder: Path, environment: dict[str, str], password: str) -> None:
    """Make Superset's own database, its roles and a user."""
    (folder / "superset_config.py").write_text(SETTINGS.format(key=secrets.token_hex(32)))
    command = python_of("superset").with_name("superset")
    names = ["--firstname", "Council", "--lastname", "Productivity", "--email", "admin@example.com"]
    for step in (
        ["db", "upgrade"],
        ["fab", "create-admin", "--username", USER, *names, "--password", password],
        ["init"],
    ):
        started = time.monotonic()
        done = subprocess.run(
            [command, *step],
            cwd=folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ClientError(f"superset {' '.join(step[:2])} failed:\n{done.stdout[-2000:]}")
        print(f"superset {' '.join(step[:2])}: {time.monotonic() - started:.0f} s", flush=True)


def database_id(superset: Superset) -> int:
    """The database that came with the dashboard."""
    wanted = yaml.safe_load((DASHBOARD / DATABASE).read_text(encoding="utf-8"))["database_name"]
    found = superset.get("database/")["result"]
    number: int = next(database["id"] for database in found if database["database_name"] == wanted)
    return number


def answers(superset: Superset, asked_of: list[Question]) -> Iterator[Answer]:
    """Make a dataset of every mart and query each as a chart would."""
    database = database_id(superset)

    def ask(question: Question) -> Callable[[], tuple[list[str], int, float | None]]:
        def found() -> tuple[list[str], int, float | None]:
            made = {"database": database, "schema": "main", "table_name": question.mart}
            dataset = superset.post("dataset/", json=made)["id"]
            columns = superset.get(f"dataset/{dataset}")["result"]["columns"]
            metrics = [
                {"expressionType": "SQL", "sqlExpression": "count(*)", "label": "rows"},
                {"expressionType": "SQL", "sqlExpression": question.aggregate, "label": "value"},
            ]
            query = {
                "datasource": {"id": dataset, "type": "table"},
                "queries": [{"columns": [], "metrics": metrics, "row_limit": 1}],
            }
            (row,) = superset.post("chart/data", json=query)["result"][0]["data"]
            ordered = sorted(columns, key=lambda column: column["id"])
            return [column["column_name"] for column in ordered], row["rows"], row["value"]

        return found

    for question in asked_of:
        yield asked(question.mart, ask(question))


def slug() -> str:
    """The dashboard's name in its address."""
    (dashboard,) = (DASHBOARD / "dashboards").glob("*.yaml")
    name: str = yaml.safe_load(dashboard.read_text(encoding="utf-8"))["slug"]
    return name


def sql_of(dataset_uuid: str) -> str:
    """The query of a dataset of the dashboard."""
    for path in (DASHBOARD / "datasets").rglob("*.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if content["uuid"] == dataset_uuid:
            sql: str = content["sql"]
            return sql
    raise ClientError(f"No dataset has the id {dataset_uuid}.")


def expected_rows(chart: dict[str, Any], marts: Path) -> int:
    """How many rows a chart shows, by DuckDB."""
    (query,) = chart["query_context"]["queries"]
    where = [f"{part['col']} {part['op']} '{part['val']}'" for part in query["filters"]]
    distinct = "distinct " if query["metrics"] else ""
    sql = f"select {distinct}{', '.join(query['columns'])} from ({sql_of(chart['dataset_uuid'])}) as dataset"
    sql += f" where {' and '.join(where)}" if where else ""
    with duckdb.connect(str(marts), read_only=True) as connection:
        [(rows,)] = connection.execute(f"select count(*) from ({sql} limit {query['row_limit']})").fetchall()
    return int(rows)


def dashboard_faults(superset: Superset, marts: Path) -> int:
    """Query every chart of the dashboard and print; returns how many are wrong."""
    charts = superset.get(f"dashboard/{slug()}/charts")["result"]
    shown = {chart["slice_name"]: chart["id"] for chart in charts}
    rows, wrong = [], 0
    for path in sorted((DASHBOARD / "charts").glob("*.yaml")):
        chart = yaml.safe_load(path.read_text(encoding="utf-8"))
        expected, started = expected_rows(chart, marts), time.monotonic()
        try:
            data = superset.get(f"chart/{shown[chart['slice_name']]}/data/")["result"][0]["data"]
            result = "same" if len(data) == expected else f"{len(data)} rows"
        except (ClientError, KeyError) as error:
            result = f"{type(error).__name__}: {error}"
        wrong += result != "same"
        rows.append(
            (chart["slice_name"], chart["viz_type"], expected, result, f"{time.monotonic() - started:.2f}")
        )
    header = ("Chart of the dashboard", "Kind", "Rows", "Superset", "Seconds")
    print(f"{aligned(header, rows, right=('Rows', 'Seconds'))}\n", flush=True)
    return wrong


def check(marts: Path, asked_of: list[Question], serve: bool = False) -> int:
    """Run Superset, import the dashboard, query charts and marts; returns how many answers are wrong."""
    packed, password = bundle(marts), secrets.token_hex(8)
    marts.with_name(BUNDLE).write_bytes(packed)
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {
            "SUPERSET_CONFIG_PATH": str(folder / "superset_config.py"),
            "SUPERSET_HOME": name,
            "FLASK_APP": "superset",
        }
        set_up(folder, environment, password)
        gunicorn = python_of("superset").with_name("gunicorn")
        command: list[str | Path] = [gunicorn, "--workers", "1", "--threads", "4"]
        command += ["--timeout", str(PATIENCE), "--bind", f"127.0.0.1:{port}", "superset.app:create_app()"]
        started = time.monotonic()
        with served(command, port, "/health", folder / "superset.log", environment) as address:
            print(f"Superset started: {time.monotonic() - started:.0f} s\n", flush=True)
            superset = Superset(address, password)
            upload = {"formData": (BUNDLE, packed, "application/zip")}
            superset.post("dashboard/import/", files=upload, data={"overwrite": "true"})
            version = requests.get(f"{address}/version", timeout=PATIENCE).json()["version_string"]
            wrong = dashboard_faults(superset, marts)
            wrong += compared(f"Superset {version}", asked_of, answers(superset, asked_of))
            print(f"To import into a Superset of your own: {marts.with_name(BUNDLE)}")
            if serve:
                where = f"{address}/superset/dashboard/{slug()}/"
                keep_serving(where, f"Superset, user {USER}, password {password}")
    return wrong
