"""What a release holds, and that it is published whole or not at all."""

from __future__ import annotations

import csv
import errno
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import frictionless
import pytest
from tiny_release import database, tiny_release, without_last_edition

from scripts.build import DATABASE
from scripts.marts import MARTS
from scripts.release import export, notes, publish, results
from scripts.release.publish import RefusedError

pytestmark = pytest.mark.slow("a release is published whole or not at all, with what moved and why")
ROOT = Path(__file__).resolve().parents[3]
CHANGED = "item_id = 'helped' and edition = '2017-18' and gss_code = 'E06000007'"
REVISED = f"update seeds.figures set value = value - 3 where {CHANGED}"
SLIPPED = f"update seeds.figures set value = value / 100 where {CHANGED}"

Making = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the gates in it and nothing else."""
    shutil.copytree(ROOT / "gates", tmp_path / "gates")
    return tmp_path


@pytest.fixture
def release(project: Path) -> Making:
    """Make a release of the tiny country, with its figures changed as told."""

    def made(version: str, figures: str = "", tables: str = "") -> Path:
        assert tiny_release(project, version, figures, tables) == 0
        return project / "releases" / version

    return made


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the database files and what names their bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    own = ("SHA256SUMS", DATABASE.name, MARTS.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.name not in own}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_release_holds_every_table_and_says_so(release: Making, project: Path) -> None:
    """Database, a Parquet and a CSV per table, dictionary, package, notes, manifest, checksums."""
    folder = release("1")
    assert (project / "releases" / "current").resolve() == folder
    tables = (
        "dim_council",
        "dim_edition",
        "fct_lens_productivity",
        "fct_ranking",
        "gate_failure",
        "gate_result",
    )
    for table in tables:
        counted = f"select count(*) from '{folder}/parquet/{table}.parquet'"
        with duckdb.connect(str(folder / DATABASE.name), read_only=True) as connection:
            schema = "quality" if table.startswith("gate") else "marts"
            (expected,) = connection.execute(f"select count(*) from {schema}.{table}").fetchone()
            assert connection.execute(counted).fetchone() == (expected,)
        assert len(rows_of(folder / "csv" / f"{table}.csv")) == expected
    named = {(row["table_name"], row["column_name"]) for row in rows_of(folder / "data_dictionary.csv")}
    assert ("fct_ranking", "productivity_rank") in named
    assert "`productivity_rank`" in (folder / "data_dictionary.md").read_text()
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["method_version"] == "1"
    assert manifest["tools"]["duckdb"] == duckdb.__version__
    assert {"tableau.csv", "power_bi/definition/model.tmdl"} <= set(manifest["files"])
    assert "power_bi/definition/tables/fct_ranking.tmdl" in manifest["files"]
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert export.sha256(folder / name) == digest
        if name in manifest["files"]:
            assert manifest["files"][name]["sha256"] == digest
    assert len(manifest["files"]) + 4 == sum(path.is_file() for path in folder.rglob("*"))


def test_a_release_names_its_second_hand_figures_and_what_rests_on_them(release: Making) -> None:
    """Spend and measures by ranking and edition; what nothing rests on, too, but no register."""
    notes_of_it = (release("1") / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    told = notes_of_it[notes_of_it.index("## Second-hand figures") : notes_of_it.index("## Scorecard")]
    assert (
        "| spend/mhclg_revenue_budget | 2018-19 | 70 | a third party's table "
        "| Care, 2018-19: spend, waiting |"
    ) in told
    assert (
        "| context/neighbours | all | 700 | a tidy table | no line of spend or measure that is scored |"
    ) in told
    assert "register/authorities" not in told
    assert told.count("Care, ") == 1


@pytest.mark.parametrize(
    ("draws", "variables", "noted"),
    [
        (None, {}, "| Draws of the rank bands | 50 |"),
        (
            50,
            {"draws": 50, "effect_draws": 10},
            "| Draws of the rank bands | 50, not the index's own number: a release to try things out with |",
        ),
    ],
)
def test_a_release_of_other_draws_says_so(
    project: Path, draws: int | None, variables: dict[str, int], noted: str
) -> None:
    """In its notes and its manifest."""
    assert tiny_release(project, "1", draws=draws) == 0
    folder = project / "releases" / "1"
    assert noted in (folder / "RELEASE_NOTES.md").read_text(encoding="utf-8").splitlines()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["variables"] == variables
    assert manifest["draws"] == 50


def test_the_data_package_validates_and_notices_a_changed_cell(release: Making) -> None:
    """Frictionless reads every row and checksum of it."""
    folder = release("1")
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    changed = folder / "csv" / "fct_ranking.csv"
    text = changed.read_text()
    changed.write_text(text.replace(",70,\n", ",71,\n", 1))
    assert changed.read_text() != text
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_a_package_that_does_not_validate_is_not_released(
    release: Making, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A column declared with a type that its cells do not have stops the release."""
    monkeypatch.setitem(export.FIELD_TYPES, "VARCHAR", "integer")
    with pytest.raises(RefusedError, match="does not validate"):
        release("1")
    assert not (project / "releases" / "current").exists()


def test_the_same_database_gives_the_same_bytes(tmp_path: Path) -> None:
    """Also when its rows were written in another order."""
    one = database(tmp_path / "one.duckdb")
    shuffled = (
        "create or replace table marts.fct_ranking as "
        "from marts.fct_ranking order by hash(gss_code || edition)"
    )
    other = database(tmp_path / "other.duckdb", tables=shuffled)
    with duckdb.connect(str(one)) as first, duckdb.connect(str(other)) as second:
        query = "from marts.fct_ranking limit 1"
        assert first.execute(query).fetchall() != second.execute(query).fetchall()
        for connection in (first, second):
            connection.execute("create schema quality")
    export.export(one, tmp_path / "a")
    export.export(other, tmp_path / "b")
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
    assert len(bytes_of(tmp_path / "a")) == 10


def test_two_releases_of_the_same_inputs_are_the_same(release: Making, project: Path) -> None:
    """Every file but the database files themselves, and the manifest has the checksums of its contents."""
    first = bytes_of(release("1"))
    shutil.rmtree(project / "releases")
    assert bytes_of(release("1")) == first
    assert "manifest.json" in first


def test_rows_of_gates_leave_out_what_depends_on_threads() -> None:
    """The last bits of a sum are not the same from build to build."""
    one, other = (results.as_json(["value"], [value]) for value in (257.61075, 257.61074999999994))
    assert one == other == '{"value": 257.61075}'


def test_files_that_change_while_they_are_built_are_not_released(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest would name other inputs than those that were built."""
    (project / "seeds").mkdir()
    writes = publish.results.write

    def write_and_edit(*arguments: object) -> None:
        writes(*arguments)
        (project / "seeds" / "scores.csv").write_text("score\n1\n")

    monkeypatch.setattr(publish.results, "write", write_and_edit)
    with pytest.raises(RefusedError, match="Files changed while they were built: nothing was released"):
        tiny_release(project, "1")
    assert not (project / "releases" / "1").exists()


def test_a_failed_gate_publishes_nothing(
    release: Making, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last release and the pointer stay, and the rows at fault are printed and kept."""
    first = release("1")
    before = bytes_of(first)
    with pytest.raises(
        RefusedError, match=r"figure_revised_beyond_its_series.*The last release, 1, is as it was"
    ):
        release("2", SLIPPED)
    assert "helped 2017-18 E06000007" in capsys.readouterr().out
    assert sorted(path.name for path in (project / "releases").iterdir()) == [".lock", "1", "current"]
    assert (project / "releases" / "current").resolve() == first
    assert bytes_of(first) == before
    kept = rows_of(project / "warehouse" / "gate_failure.csv")
    assert any(row["subject"] == "helped 2017-18 E06000007" for row in kept)


@pytest.mark.parametrize("step", ["export", "data_package"])
def test_a_full_disk_leaves_the_last_release(
    release: Making, project: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whatever step it comes in, and the next run works."""
    first = release("1")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(export, step, full)
        with pytest.raises(RefusedError, match="The disk is full"):
            release("2")
    assert sorted(path.name for path in (project / "releases").iterdir()) == [".lock", "1", "current"]
    assert (project / "releases" / "current").resolve() == first
    assert release("2").exists()


def test_the_pointer_is_turned_last(release: Making, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads while a release is published reads the last one whole, or the new one whole."""
    first = release("1")

    def killed(*_: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "symlink_to", killed)
        with pytest.raises(RefusedError, match="killed"):
            release("2")
    assert (project / "releases" / "current").resolve() == first
    assert not (project / "releases" / "2").exists()
    second = release("2")
    assert (project / "releases" / "current").resolve() == second


def test_what_a_killed_run_left_is_cleared_away(release: Making, project: Path) -> None:
    """A folder half written is never taken for a release."""
    (project / "releases" / ".publishing-9" / "csv").mkdir(parents=True)
    release("1")
    assert not (project / "releases" / ".publishing-9").exists()


def test_a_release_is_never_replaced(release: Making) -> None:
    """Nor does a name lead out of the folder."""
    release("1")
    for version, reason in (("1", "never replaced"), ("../1", "cannot name"), ("current", "cannot name")):
        with pytest.raises(RefusedError, match=reason):
            release(version)


def test_files_that_differ_from_the_commit_are_refused(
    release: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release that nobody could make again says so or is not made."""
    answers = {"status": " M seeds/register/measures.csv", "rev-parse": "abc", "log": "2026-11-24T10:00:00Z"}
    monkeypatch.setattr(publish, "git", lambda root, command, *_: answers[command])
    with pytest.raises(RefusedError, match=r"seeds/register/measures\.csv"):
        release("1")


def test_no_text_of_a_release_is_a_formula(release: Making) -> None:
    """A name that a spreadsheet would calculate: as text in the CSV, as it is in the Parquet."""
    name = '=HYPERLINK("https://example.org")'
    folder = release("1", tables=f"update marts.dim_council set council_name = '{name}'")
    assert {row["council_name"] for row in rows_of(folder / "csv" / "dim_council.csv")} == {f"'{name}"}
    held = f"select distinct council_name from '{folder}/parquet/dim_council.parquet'"
    assert duckdb.sql(held).fetchall() == [(name,)]


def test_a_changed_figure_is_listed_with_exactly_what_it_changed(release: Making, tmp_path: Path) -> None:
    """One figure of one council: the notes list it, its rows, its rank and those that made room."""
    old, new = release("1"), release("2", REVISED)
    lists = {path.stem: rows_of(path) for path in (new / "changes").glob("*.csv")}
    assert lists["new_things"] == []
    assert [(row["seed"], row["change"]) for row in lists["seeds"]] == [
        ("figures", "gone"),
        ("figures", "new"),
    ]
    assert all("helped,2017-18,E06000007" in row["row"] for row in lists["seeds"])

    # The tables, counted by hand from the two databases.
    ranks: list[dict[tuple[str, str], tuple[float, int]]] = []
    for folder in (old, new):
        rows = rows_of(folder / "csv" / "fct_ranking.csv")
        ranks.append(
            {
                (row["edition"], row["gss_code"]): (
                    float(row["productivity_index"]),
                    int(row["productivity_rank"]),
                )
                for row in rows
            }
        )
    moved = {key for key in ranks[0] if ranks[0][key][1] != ranks[1][key][1]}
    changed = {key for key in ranks[0] if ranks[0][key] != ranks[1][key]}
    assert ("2017-18", "E06000007") in moved
    assert {edition for edition, _ in changed} == {"2017-18"}
    counted = {row["table"]: row for row in lists["tables"]}
    assert set(counted) == {"fct_ranking", "fct_lens_productivity"}
    assert counted["fct_ranking"] == {
        "table": "fct_ranking",
        "rows_new": "0",
        "rows_gone": "0",
        "rows_changed": str(len(changed)),
    }
    assert counted["fct_lens_productivity"]["rows_changed"] == "1"
    assert {(row["edition"], row["gss_code"]) for row in lists["moves"]} == moved

    # Its own move is explained by the measure alone, and the part is the whole change.
    for row in lists["moves"]:
        if row["gss_code"] == "E06000007":
            part = 100 * float(row["ln_change"])
            assert row["explanation"] == f"helped {part:+.1f} % (revision)"
            assert math.isclose(part, 100 * measured(old, new), abs_tol=1e-9)
        else:
            assert row["explanation"] == "its own figures are the same; others moved past it"
    told = (new / "RELEASE_NOTES.md").read_text()
    assert "helped,2017-18,E06000007" in told
    assert "released_figure_revised" in told


def measured(old: Path, new: Path) -> float:
    """How much the logarithm of the council's productivity changed, read from the two releases."""
    values = []
    for folder in (old, new):
        rows = rows_of(folder / "csv" / "fct_lens_productivity.csv")
        (value,) = [
            float(row["productivity"])
            for row in rows
            if (row["edition"], row["gss_code"]) == ("2017-18", "E06000007")
        ]
        values.append(math.log(value))
    return values[1] - values[0]


def test_a_new_edition_is_new_and_no_change(tmp_path: Path) -> None:
    """Its rows and its ranking are new; nothing that was released is called changed."""
    before = without_last_edition(tmp_path / "before.duckdb")
    lists = notes.compare(database(tmp_path / "after.duckdb"), before)
    assert ("fct_ranking", 70, 0, 0) in lists["tables"][1]
    assert ("Ranking", "Care, 2019-20", "new") in lists["new_things"][1]
    assert lists["moves"][1] == lists["top_tens"][1] == []
    newcomers = [row for row in lists["new_top_tens"][1] if row[-1] != "not ranked"]
    assert len([row for row in newcomers if int(str(row[-1]).split()[0]) <= 10]) == 10


def test_a_new_method_explains_moves_as_method(tmp_path: Path) -> None:
    """Where goalposts changed and figures did not, the part is the method's."""
    before = database(tmp_path / "before.duckdb")
    other = (
        "update seeds.goalposts set method_version = '2', best_goalpost = '70' where measure_id = 'helped';"
        "update seeds.goalposts set method_version = '2' where measure_id = 'waiting'"
    )
    after = database(tmp_path / "after.duckdb", other)
    lists = notes.compare(after, before)
    header, rows = lists["moves"]
    explanations = [str(row[header.index("explanation")]) for row in rows]
    assert rows
    assert all("helped" in told and "(method)" in told and "revision" not in told for told in explanations)
    assert ("Choice", "method, method_version: 1 -> 2", "new") in lists["new_things"][1]


def test_spend_and_population_are_told_apart(tmp_path: Path) -> None:
    """A larger population and a larger budget pull in opposite directions; parts and median add up."""
    before = database(tmp_path / "before.duckdb")
    where = "edition = '2017-18' and gss_code = 'E06000007'"
    after = database(
        tmp_path / "after.duckdb",
        f"update seeds.figures set value = value * 1.2 where item_id = 'care_total' and {where};"
        f"update seeds.figures set value = value * 1.05 where item_id = 'adults' and {where}",
    )
    header, rows = notes.compare(after, before)["moves"]
    (told,) = [row for row in rows if row[header.index("gss_code")] == "E06000007"]
    explanation = str(told[header.index("explanation")])
    assert explanation.startswith(f"spend {-100 * math.log(1.2):+.1f} % (revision); ")
    assert f"population in need {100 * math.log(1.05):+.1f} % (revision)" in explanation
    assert "England's spend per head" in explanation
    assert "coverage" not in explanation
