"""What the rank bands cost is measured, in one small case."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.mark.nightly("the cost of the rank bands is measured")
def test_the_smallest_case_is_measured(scratch_database: Path) -> None:
    """A hundred draws of one edition, in one run that counts."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "scripts.proofs.benchmark", "--runs", "1", "--most", "100"),
            *("--database", scratch_database),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    header, row = (re.split(r" {2,}", line.strip()) for line in done.stdout.splitlines()[2:4])
    measured = dict(zip(header, row, strict=True))
    assert (measured["Job"], measured["Draws"], measured["Editions"]) == ("bands", "100", "1")
    assert 0 < float(measured["CPU s"]) < 60
    assert 50 < float(measured["Peak MiB"]) < 4096


@pytest.mark.parametrize("wrong", [["--runs", "0"], ["--most", "50"]])
def test_nothing_to_measure_is_told(wrong: list[str]) -> None:
    """In one line."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.proofs.benchmark", *wrong],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "python -m scripts.proofs.benchmark: error: at least one run and 100 draws\n"
