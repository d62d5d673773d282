"""What a run shows of itself: a bar for a person, plain lines for a log, tables for both."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from scripts.progress import show_progress
from scripts.tables import aligned

COUNTED = """
from scripts.progress import show_progress
with show_progress("nodes", quarters=True) as show:
    for number in range(1, 12):
        show(number, 11, "[red]a file[/red]")
print("Done.")
"""


def test_a_log_has_a_line_for_each_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing else; where no lines are asked for, none at all."""
    for quarters in (False, True):
        with show_progress("nodes", quarters) as show:
            for number in range(1, 12):
                show(number, 11, "a file")
    assert capsys.readouterr().out.splitlines() == [f"{done} of 11 nodes" for done in (3, 6, 9, 11)]


def test_a_terminal_has_a_bar_that_goes_again() -> None:
    """It says how many and what; a name in brackets is no markup; afterwards the cursor is there again."""
    above, below = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen([sys.executable, "-c", COUNTED], stdout=below, env=environment) as run:
        os.close(below)
        shown = b""
        # Linux ends what a terminal gives with an error.
        try:
            while part := os.read(above, 4096):
                shown += part
        except OSError:
            pass
        assert run.wait() == 0
    os.close(above)
    said = shown.decode()
    assert "11 of 11 nodes" in said
    assert "[red]a file[/red]" in said
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
    assert said.endswith("Done.\r\n")
    assert "nodes" not in said[said.rindex("\x1b[2K") :]


def test_a_table_is_plain_text() -> None:
    """Columns of a width, brackets as they are, no blanks at the end, and too long a line is cut off."""
    rows = [("[bold]Ayton[/bold]", 3, None), ("Beeford", -1.5, "a\nb")]
    assert aligned(["Council", "Rank", "Note"], rows, ["Rank"]).splitlines() == [
        "Council             Rank  Note",
        "[bold]Ayton[/bold]     3",
        "Beeford             -1.5  a b",
    ]
    assert aligned(["Council", "Rank"], [("Beeford", 1)], widest=9).splitlines() == ["Council …", "Beeford …"]
