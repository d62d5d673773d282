"""The walk-through of a new measure does what the page says, with what it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project, added

from scripts.build import BUILDING
from scripts.tables import aligned

PAGE = (ROOT / "docs" / "adding_a_measure.md").read_text(encoding="utf-8")
REGISTERS = ("measures", "measure_errors", "measure_evidence", "ranking_measures")
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
# As make check-changed does: what depends on the new rows, upon a database in which all else stands.
UPON = """
import sys
from pathlib import Path
from scripts.build import build
from scripts.index import ROOT, print_outcome
outcome = build(ROOT, sys.argv[2:], upon=Path(sys.argv[1]))
print_outcome(outcome, ROOT)
raise SystemExit(not outcome.success)
"""
GRADES = """
select council_name, round(value, 2) as value, unit, round(score, 1) as score, grade
from marts.fct_measure_grade
inner join marts.dim_measure using (measure_id)
inner join marts.dim_council using (gss_code)
where
    measure_id = 'interface_waits_public_funding' and edition = '2019-20'
    and council_name in ('Bromley', 'Surrey', 'Leicestershire')
order by score desc
"""


def blocks(language: str) -> list[str]:
    """The page's blocks of a language, without the indent of the list they stand in."""
    found = [content for name, content in BLOCK.findall(PAGE) if name == language]
    return ["".join(f"{line.strip()}\n" for line in content.splitlines()).strip() for content in found]


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


@pytest.mark.slow("a measure is added as the page says, with what it prints")
def test_a_measure_is_added_as_the_page_says(scratch: Project, scratch_database: Path) -> None:
    """Its rows stop the build until it has goalposts; then it has the grades that the page prints."""
    (row, error, evidence, use, goalposts), (message, frozen, grades) = blocks("csv"), blocks("text")
    (command,) = blocks("sh")
    scratch.planted("register/measures", added(row))
    scratch.planted("register/measure_errors", added(error))
    scratch.planted("register/measure_evidence", added(evidence))
    scratch.planted("register/ranking_measures", added(use))
    upon = ("-c", UPON, str(scratch_database))
    status, output = run(
        scratch, *upon, *(f"{name}+,+int_frozen__compared" for name in REGISTERS), "goalposts+1"
    )
    assert status == 1
    assert message in output

    seed = scratch.root / "seeds" / "register" / "goalposts.csv"
    scratch.originals[seed] = seed.read_text(encoding="utf-8")
    measure = command.removeprefix("make goalposts ONLY=")
    assert row.startswith(f"{measure},")
    status, output = run(scratch, "-m", "scripts.write_goalposts", "--only", measure)
    assert status == 0, output
    assert output.splitlines()[-1] == frozen
    new = set(seed.read_text(encoding="utf-8").splitlines()) - set(scratch.originals[seed].splitlines())
    assert new == {goalposts}

    new_in = [
        f"{name}+,+{mart}"
        for name in (*REGISTERS, "goalposts")
        for mart in ("fct_measure_grade", "dim_measure")
    ]
    status, output = run(scratch, *upon, *new_in)
    assert status == 0, output
    with duckdb.connect(str(scratch.root / BUILDING), read_only=True) as connection:
        asked = connection.execute(GRADES)
        assert aligned([column[0] for column in asked.description], asked.fetchall()) == grades
