"""Plain dbt, without make: in a fresh clone, with empty tables, and as a package of another project."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, copied, replaced
from test_adding_a_measure import blocks as blocks_of_adding
from test_own_registers import add
from test_own_registers import blocks as blocks_of_own

from scripts.build import OWN_TEMPLATE
from scripts.tables import aligned

pytestmark = pytest.mark.nightly("plain dbt works in a clone, with empty tables and as another's package")

# What dbt reads, as a clone has it.
CLONE = (
    "analyses",
    "macros",
    "models",
    "seeds",
    "tests",
    "dbt_project.yml",
    "profiles.yml",
    "warehouse/.gitignore",
)
# Another dbt project, which has this one as a package.
CONSUMER = ROOT / "templates" / "package_project"
TABLES = """
select schema_name || '.' || table_name from duckdb_tables()
union all
select schema_name || '.' || view_name from duckdb_views() where not internal
order by 1
"""


def dbt(folder: Path, *arguments: str) -> str:
    """Run dbt in a folder as one types it there; returns what it printed, which holds no error."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COUNCIL_", "DBT_"))}
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", *arguments],
        cwd=folder,
        env=own | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def results(folder: Path) -> dict[str, str]:
    """Nodes that the last command ran, each with how it ended."""
    told = json.loads((folder / "target" / "run_results.json").read_text(encoding="utf-8"))
    return {result["unique_id"].split(".")[2]: result["status"] for result in told["results"]}


def tables(database: Path) -> list[str]:
    """Tables and views of a database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return [name for (name,) in connection.execute(TABLES).fetchall()]


def committed(package: Path) -> str:
    """The package as a repository of git, with what a clone has; returns its commit."""
    own = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "--quiet"], ["add", *CLONE], [*own, "commit", "--quiet", "--message", "All"]):
        subprocess.run(["git", *command], cwd=package, check=True)
    found = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=package, check=True, capture_output=True, text=True
    )
    return found.stdout.strip()


def package_project(folder: Path, package: Path, revision: str = "") -> Path:
    """The other project in a folder of its own; the package is this one in another, or a commit of it."""
    consumer = Path(shutil.copytree(CONSUMER, folder / "consumer"))
    listed = consumer / "packages.yml"
    named = f"git: file://{package}\n    revision: {revision}\n  #" if revision else f"local: {package} "
    at = replaced("local: ../council-productivity ", named)
    listed.write_text(at(listed.read_text(encoding="utf-8")), encoding="utf-8")
    return consumer


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A fresh clone, and what dbt says when it reads it."""
    folder = tmp_path_factory.mktemp("clone")
    copied(folder, CLONE)
    return folder, dbt(folder, "parse", "--show-all-deprecations")


@pytest.fixture
def clone(parsed: tuple[Path, str]) -> Path:
    """The clone, which dbt has read."""
    return parsed[0]


def test_nothing_is_warned_of(parsed: tuple[Path, str]) -> None:
    """Neither by dbt nor of what it is going to do away with."""
    assert "Performance info" in parsed[1]
    # As dbt writes it; Python's own warnings are not of the project.
    assert "WARNING" not in parsed[1]
    assert "Deprecat" not in parsed[1]


def test_a_fresh_clone_is_seeded_run_and_tested(clone: Path) -> None:
    """A mart and what it is computed from; a test that needs a table beside it waits for that table."""
    dbt(clone, "seed")
    dbt(clone, "run", "--select", "+fct_ranking")
    dbt(clone, "build", "--select", "fct_ranking")
    assert results(clone)["fct_ranking"] == "success"
    assert results(clone)["fct_ranking_has_one_row_per_grain"] == "pass"
    dbt(clone, "test", "--select", "fct_ranking")
    # Hooks at the end of a run end as models do.
    tested = {name: status for name, status in results(clone).items() if "on-run-end" not in name}
    assert set(tested.values()) == {"pass"}
    assert "fct_ranking_has_one_row_per_grain" in tested
    assert "fct_ranking_members_exist" not in tested
    with duckdb.connect(str(clone / "warehouse" / "council_productivity.duckdb"), read_only=True) as index:
        ranked = index.execute(
            """
            select edition, count(*), max(ranked_councils)
            from marts.fct_ranking
            where ranking_id = 'overall' and productivity_rank is not null
            group by edition
            """
        ).fetchall()
    assert len(ranked) >= 6
    assert all(rows == councils for _, rows, councils in ranked)


def test_a_build_of_empty_tables_passes(clone: Path) -> None:
    """Every seed is empty and every model and test runs; unit tests bring rows of their own."""
    dbt(clone, "build", "--empty", "--exclude-resource-type", "unit_test")
    ended = results(clone)
    assert len(ended) > 450
    assert set(ended.values()) == {"success", "pass", "no-op"}
    with duckdb.connect(str(clone / "warehouse" / "council_productivity.duckdb"), read_only=True) as index:
        found = index.execute("select table_name from duckdb_tables() where estimated_size > 0").fetchall()
    assert {name for (name,) in found} == {"fct_quality_table"}


@pytest.mark.parametrize("is_of_git", [False, True], ids=["local", "git"])
def test_another_project_builds_what_it_asks_for(clone: Path, tmp_path: Path, is_of_git: bool) -> None:
    """As docs/dbt.md says: one mart of the package with its parents, under the package's own schemas."""
    if is_of_git and shutil.which("git") is None:
        pytest.skip("git is not installed")
    consumer = package_project(tmp_path, clone, committed(clone) if is_of_git else "")
    dbt(consumer, "deps")
    # A folder is linked to, a commit is fetched.
    assert (consumer / "dbt_packages" / "council_productivity").is_symlink() is not is_of_git
    said = dbt(consumer, "parse")
    assert "WARNING" not in said
    dbt(consumer, "build", "--select", "+favourite_lenses")
    assert set(results(consumer)) == {
        *("rankings", "stg_register__rankings", "dim_ranking", "dim_ranking_has_one_row_per_grain"),
        *("favourites", "favourite_lenses"),
        *("council_productivity-on-run-end-0", "council_productivity-on-run-end-1"),
    }
    assert tables(consumer / "consumer.duckdb") == [
        *("main.favourite_lenses", "main.favourites", "marts.dim_ranking", "seeds.rankings"),
        "staging.stg_register__rankings",
    ]
    with duckdb.connect(str(consumer / "consumer.duckdb"), read_only=True) as built:
        assert built.execute("from main.favourite_lenses").fetchall() == [("Waste and recycling",)]
        seeded = built.execute("select columns(*)::text from seeds.rankings").fetchall()
    with (clone / "seeds" / "register" / "rankings.csv").open(encoding="utf-8", newline="") as file:
        printed = [tuple(cell or None for cell in row) for row in csv.reader(file)][1:]
    assert seeded == printed


def test_another_project_has_measures_and_peers_of_its_own(clone: Path, tmp_path: Path) -> None:
    """The files stand among its seeds, the package reads them: the measure is graded, peers are counted."""
    consumer = package_project(tmp_path, clone)
    folder = Path(shutil.copytree(ROOT / OWN_TEMPLATE, consumer / "seeds" / "own_registers"))
    registers = ("measures", "measure_errors", "measure_evidence", "ranking_measures", "goalposts")
    rows = dict(zip(registers, blocks_of_adding("csv"), strict=True))
    rows |= dict(zip(("peer_groups", "peers"), blocks_of_own("csv"), strict=True))
    for register, lines in rows.items():
        add(folder, register, lines)
    settings = consumer / "dbt_project.yml"
    switched_on = replaced("  # own_registers: ", "  own_registers: ")(settings.read_text(encoding="utf-8"))
    settings.write_text(switched_on, encoding="utf-8")

    dbt(consumer, "deps")
    said = dbt(
        consumer,
        *("build", "--select", "+own_measures_beside_peers", "--exclude-resource-type", "unit_test"),
    )
    assert "WARNING" not in said
    ended = results(consumer)
    assert ended["own_peers_rows_are_well_formed"] == "pass"
    assert set(ended.values()) == {"success", "pass"}
    with duckdb.connect(str(consumer / "consumer.duckdb"), read_only=True) as built:
        asked = built.execute(
            """
            select peer_group_name, round(value, 2) as value, round(peer_median, 2) as peer_median, peers_held
            from main.own_measures_beside_peers
            inner join marts.dim_peer_group using (peer_group_name)
            where edition = '2019-20' and gss_code = 'E10000018'
            order by peer_group_order
            """
        )
        found = aligned([column[0] for column in asked.description], asked.fetchall())
        grades = built.execute(
            "select distinct ranking_id, measure_id, grade from main.own_measures_beside_peers "
            "where edition = '2019-20' and gss_code = 'E10000018'"
        ).fetchall()
    # As both pages print it.
    assert found == blocks_of_own("text")[1]
    assert grades == [("health_social_care_interface", "interface_waits_public_funding", "D")]
    assert "Leicestershire  0.72   delayed days per day per 100,000 adults  36.5   D" in "".join(
        blocks_of_adding("text")
    )
