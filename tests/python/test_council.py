"""A new council is added by one command, which says what else has to be stated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from scripts.edition import council
from scripts.ingest import carried, seeds

SURREY = "E10000030"
NEW = ("E06000070", "East Surrey", "2027-04-01", "E3601", "970")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project's seeds."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path / "seeds"


def test_a_council_is_added_with_what_is_left_to_state(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It begins as the old one ends, the register's checksum follows, and every list without it is named."""
    assert council.main([*NEW, "--replaces", SURREY, "--seeds", str(folder)]) == 0
    rows = {row["gss_code"]: row for row in seeds.read(folder, council.COUNCILS)}
    assert rows[NEW[0]] == dict.fromkeys(rows[SURREY], "") | {
        "gss_code": NEW[0],
        "council_name": "East Surrey",
        "council_type": "UA",
        "region_code": "E12000008",
        "region": "South East",
        "start_date": "2027-04-01",
        "lgf_ecode": "E3601",
        "dfe_la_number": "970",
    }
    assert (rows[SURREY]["end_date"], rows[SURREY]["successor_gss_codes"]) == ("2027-03-31", NEW[0])
    carried.check(folder)
    told = capsys.readouterr().out
    for words in ("expected_councils once 2027-28", "authorities.csv", "printed_codes.csv"):
        assert words in told
    for path, _, _ in council.LISTS:
        assert f"seeds/{path}.csv" in told
    # A second part of the same county begins on the day on which it ends.
    others = [
        "E06000071",
        "West Surrey",
        "2027-04-01",
        "E3602",
        "971",
        "--replaces",
        SURREY,
        "--seeds",
        str(folder),
    ]
    assert council.main(others) == 0
    rows = {row["gss_code"]: row for row in seeds.read(folder, council.COUNCILS)}
    assert rows[SURREY]["successor_gss_codes"] == "E06000070 E06000071"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["E07000070", "East Surrey", "2027-04-01", "E1", "1", "--replaces", SURREY],
            "no code of an upper-tier council",
        ),
        (
            ["E06000001", "East Surrey", "2027-04-01", "E1", "1", "--replaces", SURREY],
            "has E06000001 or a council",
        ),
        (
            ["E06000070", "Surrey", "2027-04-01", "E1", "1", "--replaces", SURREY],
            "or a council called Surrey already",
        ),
        (["E06000070", "East Surrey", "1 April", "E1", "1", "--replaces", SURREY], "'1 April' is no day"),
        (
            ["E06000070", "East Surrey", "2027-04-01", "E1", "1", "--replaces", "E10000002"],
            "no council that lives",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    arguments: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written."""
    before = (folder / f"{council.COUNCILS}.csv").read_bytes()
    assert council.main([*arguments, "--seeds", str(folder)]) == 1
    assert said in capsys.readouterr().out
    assert (folder / f"{council.COUNCILS}.csv").read_bytes() == before
