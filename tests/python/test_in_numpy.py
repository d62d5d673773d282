"""Noise, back-test and companion ranking are what other code, in NumPy, makes of the same figures."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from scripts.build import DATABASE

pytestmark = pytest.mark.nightly("noise, back-test and companion ranking are those of other code, in NumPy")
# Ibis brings NumPy with it; nothing else of the project needs it.
PYTHON = ROOT / ".venvs" / "ibis" / "bin" / "python"
FOLDER = Path(__file__).resolve().parent / "in_numpy"
SUBJECTS = ("sampling error", "noise of a year", "change of ln", "noise,", "uncertainty,", "back-test,")
SUBJECTS += ("coefficient", "mean of", "companion,", "companion's draws,")


@pytest.fixture(scope="module")
def comparisons() -> list[dict[str, Any]]:
    """What the other code finds in the published database."""
    if not PYTHON.exists():
        pytest.skip("its environment is not set up: make .venvs/ibis/.installed")
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    done = subprocess.run(
        [PYTHON, FOLDER, ROOT / DATABASE], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_other_code_agrees(comparisons: list[dict[str, Any]], subject: str) -> None:
    """Exactly where nothing is drawn, else within five errors of as many draws."""
    about = [each for each in comparisons if each["about"].startswith(subject)]
    assert about
    assert [each for each in about if not each["agrees"]] == []


def test_every_comparison_is_about_one_of_these(comparisons: list[dict[str, Any]]) -> None:
    """None goes unnoticed, and there are some of every edition."""
    assert len(comparisons) > 300
    left = [each for each in comparisons if not each["about"].startswith((*SUBJECTS, "pairs of editions"))]
    assert left == []
    assert [each for each in comparisons if each["about"].startswith("pairs") and not each["agrees"]] == []
