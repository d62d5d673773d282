"""How far a run has got: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt_common.events.base_types import EventMsg

# How many are done, of how many, and what is being done.
Show = Callable[[int, int, str], None]


@contextmanager
def show_progress(of: str, quarters: bool = False) -> Iterator[Show]:
    """Show how many of a run's nodes, pages, files are done; yields the function that is told of it.

    Args:
        of: What is counted, in the plural.
        quarters: Whether a line is printed at each quarter where there is no terminal; otherwise none is.
    """
    # Spark's environment, in which dbt counts its nodes by this, has no rich.
    if sys.stdout.isatty() and find_spec("rich"):
        with show_bar(of) as show:
            yield show
        return
    said: set[int] = set()

    def show_quarters(done: int, total: int, _: str = "") -> None:
        quarter = 4 * done // max(total, 1)
        if quarters and quarter and quarter not in said:
            said.add(quarter)
            print(f"{done} of {total} {of}", flush=True)

    yield show_quarters


@contextmanager
def show_bar(of: str) -> Iterator[Show]:
    """Draw a bar, which goes again at the end: what the run then prints says what was done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    counted = TextColumn(f"{{task.completed}} of {{task.total}} {of}")
    doing = TextColumn("{task.description}", markup=False)
    # Drawn when there is news and not by a thread: the site's processes are forked meanwhile.
    with Progress(
        BarColumn(), counted, TimeElapsedColumn(), doing, transient=True, auto_refresh=False
    ) as progress:
        task = progress.add_task("", total=None, visible=False)

        def show(done: int, total: int, what: str = "") -> None:
            progress.update(
                task, completed=done, total=total, description=what[-40:], visible=True, refresh=True
            )

        yield show


@dataclass
class NodeCounter:
    """Counts the nodes that dbt has finished."""

    show: Show
    total: int = 0
    done: int = 0
    # dbt's threads tell of their nodes at the same time.
    turn: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, event: EventMsg) -> None:
        """Take one of dbt's events."""
        if event.info.name == "LogStartLine":
            self.total = event.data.total
        elif event.info.name == "NodeFinished":
            with self.turn:
                self.done += 1
                self.show(self.done, self.total, "")
