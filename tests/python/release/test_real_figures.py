"""The figures as they are built: no gate that blocks raises an alarm over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_gates import EDITIONS, REAL, no_false_alarm


@pytest.mark.slow("the newest editions, each taken as new, and the whole raise no alarm that is not known")
@pytest.mark.skipif(not REAL.exists(), reason="nothing is built: make index first")
@pytest.mark.parametrize("new", [*EDITIONS[-3:-1], None])
def test_the_real_figures_raise_no_false_alarm(tmp_path: Path, new: str | None) -> None:
    """Each of the newest editions with those before it as the last release; and the whole against itself."""
    no_false_alarm(tmp_path, new)
