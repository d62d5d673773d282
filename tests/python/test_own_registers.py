"""A folder of measures and peers of one's own: checked as the project's, seen in its own build only."""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from conftest import ROOT, Project, added
from test_adding_a_measure import blocks as blocks_of_adding

from scripts.build import BUILDING, OWN_FILES, OWN_LINK, OWN_TEMPLATE, own_folder, own_variables
from scripts.checksums import checksum
from scripts.tables import aligned

PAGE = (ROOT / "docs" / "own_registers.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
REGISTERS = ("measures", "measure_errors", "measure_evidence", "ranking_measures", "goalposts", "peer_groups")
# What depends on the folder's rows, upon a database in which all else stands.
UPON = """
import sys
from pathlib import Path
from scripts.build import build, own_variables
from scripts.index import ROOT, print_outcome
outcome = build(ROOT, sys.argv[3:], own_variables(Path(sys.argv[2])), upon=Path(sys.argv[1]))
print_outcome(outcome, ROOT)
raise SystemExit(not outcome.success)
"""
MEDIANS = """
select peer_group_name, round(grades.value, 2) as value, round(peer_median, 2) as peer_median, peers_held
from marts.fct_peer_median as medians
inner join marts.dim_peer_group using (peer_group_id)
inner join marts.fct_measure_grade as grades
    on
        grades.ranking_id = medians.ranking_id
        and grades.measure_id = medians.figure_id
        and grades.edition = medians.edition
        and grades.gss_code = medians.gss_code
where
    medians.figure_id = 'interface_waits_public_funding' and medians.edition = '2019-20'
    and medians.gss_code = 'E10000018'
order by peer_group_order
"""


def blocks(language: str) -> list[str]:
    """The page's blocks of a language, without the indent of the list they stand in."""
    found = [content for name, content in BLOCK.findall(PAGE) if name == language]
    return ["".join(f"{line.strip()}\n" for line in content.splitlines()).strip() for content in found]


def add(folder: Path, register: str, *lines: str) -> None:
    """Add rows to a register of the folder."""
    file = folder / f"own_{register}.csv"
    file.write_text(added("\n".join(lines))(file.read_text(encoding="utf-8")), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def declared(file: Path) -> dict[str, Any]:
    """Seeds that a YAML declares, by name."""
    return {seed["name"]: seed for seed in yaml.safe_load(file.read_text(encoding="utf-8"))["seeds"]}


def run(project: Project, *arguments: str) -> tuple[int, str]:
    """Run Python in the copy; returns its exit status and what it printed, each line without its indent."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, "".join(f"{line.strip()}\n" for line in done.stdout.splitlines())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the template, outside the project, as a user has it."""
    return Path(shutil.copytree(ROOT / OWN_TEMPLATE, tmp_path / "own"))


def test_the_template_has_what_the_registers_have() -> None:
    """The same columns, types and rules, each with the project's rows taken into account; and no row."""
    ours = declared(ROOT / "seeds" / "register" / "_register__seeds.yml")
    own = declared(ROOT / OWN_TEMPLATE / "_own_registers__seeds.yml")
    assert set(own) == {f"own_{name}" for name in OWN_FILES}
    for name, seed in own.items():
        with (ROOT / OWN_TEMPLATE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            [header] = csv.reader(file)
        assert header == list(seed["config"]["column_types"])
    for name in REGISTERS:
        assert own[f"own_{name}"]["config"] == ours[name]["config"]
        theirs = ours[name]["data_tests"][0]["well_formed_rows"]["arguments"]
        # Named with its package: the files may stand in another project.
        rules = own[f"own_{name}"]["data_tests"][0]["council_productivity.well_formed_rows"]["arguments"]
        assert rules.pop("apart_from") == name
        assert rules["references"].keys() == theirs["references"].keys()
        for column, known in theirs["references"].items():
            further = [f"own_{known[0]}", known[1]] if known[0] in REGISTERS else []
            assert rules["references"][column] == [*known, *further]
        if name == "peer_groups":
            # No ranking of the project's names a group of the user's.
            rules["patterns"]["serves"] = theirs["patterns"]["serves"]
        assert rules | {"references": None} == theirs | {"references": None}


def test_a_folder_that_cannot_be_read_is_named(folder: Path) -> None:
    """One that is not there, and one that lacks files: dbt would only miss a seed."""
    assert own_folder(str(folder)) == folder
    with pytest.raises(argparse.ArgumentTypeError, match=rf"{folder}/none is no folder; copy {OWN_TEMPLATE}"):
        own_folder(f"{folder}/none")
    (folder / "own_peers.csv").unlink()
    (folder / "_own_registers__seeds.yml").unlink()
    with pytest.raises(argparse.ArgumentTypeError, match=rf"{folder} lacks own_peers\.csv, the YAML"):
        own_folder(str(folder))


def test_a_build_is_that_of_the_folder_as_it_is(folder: Path) -> None:
    """A database with the registers of a folder is not the published one, nor current when they change."""
    variables = own_variables(own_folder(str(folder)))
    before = checksum(ROOT, variables)
    assert before != checksum(ROOT)
    assert before == checksum(ROOT, variables)
    add(folder, "peers", "counties_nearby,E10000018,1,E10000007")
    assert checksum(ROOT, variables) != before


@pytest.mark.parametrize("target", ["release", "pages"])
def test_what_is_published_holds_none(target: str, folder: Path) -> None:
    """Neither a release nor the pages are written with a folder; a site and an index of one's own are."""
    command = ["make", "--dry-run", f"OWN={folder}"]
    refused = subprocess.run([*command, target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert f"{target} holds no measures or peers of your own" in refused.stderr
    taken = subprocess.run([*command, "site"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert f"-m scripts.index  --own '{folder}'" in taken.stdout


@pytest.mark.slow(
    "a build with measures and peers of one's own has them, as the page prints, and no other has"
)
def test_own_registers_are_as_the_page_says(scratch: Project, scratch_database: Path, folder: Path) -> None:
    """Its rows stop the build until there are goalposts; then there are medians of peers, and grades."""
    (group, peers), (frozen, medians, _) = blocks("csv"), blocks("text")
    row, error, evidence, use, goalposts = blocks_of_adding("csv")
    message, _, _ = blocks_of_adding("text")
    add(folder, "peer_groups", group)
    add(folder, "peers", peers)
    add(folder, "measures", row)
    add(folder, "measure_errors", error)
    add(folder, "measure_evidence", evidence)
    add(folder, "ranking_measures", use)
    ours = scratch.root / "seeds" / "register" / "goalposts.csv"
    before = ours.read_text(encoding="utf-8")
    with duckdb.connect(str(scratch_database), read_only=True) as connection:
        assert connection.execute("from staging.stg_register__own_peers").fetchall() == []
        assert connection.execute(MEDIANS).fetchall() == []

    upon = ("-c", UPON, str(scratch_database), str(folder))
    registers = ("own_measures", "own_measure_errors", "own_measure_evidence", "own_ranking_measures")
    status, output = run(
        scratch,
        *upon,
        *(f"{name}+,+int_frozen__compared" for name in registers),
        "own_goalposts+1",
    )
    assert status == 1
    assert message in output

    status, output = run(scratch, "-m", "scripts.write_goalposts", "--own", str(folder))
    assert status == 0, output
    assert output.splitlines()[-1] == frozen.replace("/home/me/own", str(folder))
    assert (folder / "own_goalposts.csv").read_text(encoding="utf-8").splitlines()[1:] == [goalposts]
    assert ours.read_text(encoding="utf-8") == before

    new_in = [
        f"own_{name}+,+{mart}"
        for name in OWN_FILES
        for mart in ("fct_measure_grade", "fct_peer_median", "dim_measure", "dim_peer_group")
    ]
    before_it = contents(folder)
    status, output = run(scratch, *upon, *new_in)
    assert status == 0, output
    assert contents(folder) == before_it, "dbt wrote into the user's folder"
    with duckdb.connect(str(scratch.root / BUILDING), read_only=True) as connection:
        asked = connection.execute(MEDIANS)
        assert aligned([column[0] for column in asked.description], asked.fetchall()) == medians


@pytest.mark.slow("a build with expectations and admissions of one's own has them, and no other has")
def test_expectations_and_admissions_are_those_of_the_folder(
    scratch: Project, scratch_database: Path, folder: Path
) -> None:
    """The two rows that the page of delayed transfers prints."""
    page = (ROOT / "docs" / "delayed_transfers.md").read_text(encoding="utf-8")
    rows = [content.splitlines()[1] for name, content in BLOCK.findall(page) if name == "csv"]
    registers = ("delayed_transfer_expectations", "emergency_admissions")
    asked = """
        select month, social_care_target, emergency_admissions, emergency_attendances, admissions_direction
        from marts.fct_delayed_transfers_month
        where gss_code = 'E10000018' and month in ('2017-09', '2018-04')
        order by month
    """
    with duckdb.connect(str(scratch_database), read_only=True) as connection:
        held = connection.execute(asked).fetchall()
    assert [row[1:] for row in held] == [("no target held", None, None, "no admissions held")] * 2
    for register, row in zip(registers, rows, strict=True):
        add(folder, register, row)
    selected = [f"own_{name}+,+fct_delayed_transfers_month" for name in registers]
    status, output = run(scratch, "-c", UPON, str(scratch_database), str(folder), *selected)
    assert status == 0, output
    with duckdb.connect(str(scratch.root / BUILDING), read_only=True) as connection:
        (_, target, *_), (_, _, admissions, attendances, direction) = connection.execute(asked).fetchall()
    assert target in ("met", "not met")
    assert (admissions, attendances) == (5210, 14800)
    assert direction == "no admissions held a year before"


@pytest.mark.slow("rows of one's own that break a rule are named with file, row and rule")
def test_faults_are_named_with_file_row_and_rule(scratch: Project, folder: Path) -> None:
    """All at once: an id of the project's, a sign that is none, a ranking and councils that are not known."""
    row, _, _, use, _ = blocks_of_adding("csv")
    add(folder, "measures", row.replace("interface_waits_public_funding", "adult_control", 1))
    add(folder, "measures", row.replace(",rate,-1,", ",rate,0,"))
    add(folder, "ranking_measures", use.replace("health_social_care_interface", "health"))
    add(folder, "peer_groups", "region,5,The region,,,rankings_that_name_it,Ours.")
    add(folder, "peer_groups", blocks("csv")[0])
    add(folder, "peers", "counties_nearby,E10000018,1,E10000099")
    status, output = scratch.build("--own", str(folder), select=("resource_type:seed",))
    assert status == 1
    told = " ".join(output.split())
    for register, rule, found in (
        ("measures", "no row of the seed measures has the same measure_id", "measure_id=adult_control"),
        ("measures", "polarity is 1 or -1", "measure_id=interface_waits_public_funding 0"),
        ("ranking_measures", "ranking_id must stand in the seed rankings, column ranking_id", "health"),
        ("peer_groups", "no row of the seed peer_groups has the same peer_group_id", "peer_group_id=region"),
        ("peer_groups", "serves is every_ranking", "rankings_that_name_it"),
    ):
        name = f"own_{register}"
        test = f"Test {name}_rows_are_well_formed guards seed {name} ({folder}/{name}.csv)"
        assert test in told
        part = told.split(test)[1].split(" Test ")[0]
        assert f"Rule: {rule}" in part
        assert found in part.split(f"Rule: {rule}")[1]
    _, _, printed = blocks("text")
    shown = "".join(f"{line.strip()}\n" for line in output.splitlines())
    assert printed.replace("/home/me/own", str(folder)) in shown


@pytest.mark.slow("a council that is named as its own peer stops the build")
def test_a_council_is_not_its_own_peer(scratch: Project, folder: Path) -> None:
    """The rule of the neighbours holds for own peers, too."""
    add(folder, "peer_groups", "nearby,6,Nearby,,,every_ranking,Near.")
    add(folder, "peers", "nearby,E10000018,1,E10000018", "nearby,E10000007,2,E10000018")
    status, output = scratch.build(
        "--own", str(folder), select=("resource_type:seed", "stg_register__own_peers")
    )
    assert status == 1
    assert "neighbours_are_others_named_once" in output
    assert "nearby of E10000018" in output and "nearby of E10000007" in output


@pytest.mark.slow("plain dbt takes a folder of one's own, and names one that is not there")
def test_plain_dbt_takes_the_folder(scratch: Project, folder: Path, tmp_path: Path) -> None:
    """By the variable alone; columns in another order than the project's stay what they are."""
    group, peers = blocks("csv")
    # PostgreSQL keeps a file's order of columns; here it is the YAML's.
    settings = folder / "_own_registers__seeds.yml"
    seeds = declared(settings)
    types = seeds["own_peer_groups"]["config"]
    types["column_types"] = dict(reversed(types["column_types"].items()))
    content = yaml.safe_dump({"version": 2, "seeds": list(seeds.values())}, sort_keys=False)
    settings.write_text(content, encoding="utf-8")
    add(folder, "peer_groups", group)
    add(folder, "peers", peers)

    def dbt(where: Path | str, *arguments: str) -> tuple[int, str]:
        database = tmp_path / scratch.database.name
        variables = json.dumps({"own_registers": str(where)})
        done = subprocess.run(
            [sys.executable, "-c", "from dbt.cli.main import cli; cli()", *arguments, "--vars", variables],
            cwd=scratch.root,
            env=os.environ
            | {"COUNCIL_PRODUCTIVITY_DATABASE": str(database), "DBT_TARGET_PATH": str(tmp_path / "target")},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    before = contents(folder)
    link = scratch.root / OWN_LINK
    status, output = dbt(folder, "build", "--select", "own_peers")
    assert status != 0
    assert f"own_registers is {folder}, which leads out of the project. Make a link in it" in output

    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    status, output = dbt(OWN_LINK, "parse")
    assert status != 0
    assert f"files own_*.csv of the folder {OWN_LINK}" in output
    assert "which was not found" in output

    link.symlink_to(folder)
    status, output = dbt(OWN_LINK, "build", "--select", "+dim_peer_group", "+int_peers__councils")
    assert status == 0, output
    assert contents(folder) == before
    with duckdb.connect(str(tmp_path / scratch.database.name), read_only=True) as connection:
        named = (
            "select peer_group_name, is_for_every_ranking from marts.dim_peer_group where peer_group_id = ?"
        )
        assert connection.execute(named, ["counties_nearby"]).fetchall() == [("Counties nearby", True)]
        found = connection.execute(
            "select peer_gss_code from intermediate.int_peers__councils "
            "where peer_group_id = 'counties_nearby' order by peer_order"
        ).fetchall()
    assert [
        f"counties_nearby,E10000018,{place},{peer}" for place, (peer,) in enumerate(found, 1)
    ] == peers.split()
