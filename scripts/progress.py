"""Where a run of dbt has got to, for whichever environment runs it."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dbt_common.events.base_types import EventMsg


@dataclass
class Progress:
    """Counts finished nodes: on one line of a terminal, by quarters elsewhere."""

    total: int = 0
    done: int = 0
    said: set[int] = field(default_factory=set)
    # dbt's threads tell of their nodes at the same time.
    turn: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, event: EventMsg) -> None:
        """Take one of dbt's events."""
        if event.info.name == "LogStartLine":
            self.total = event.data.total
        elif event.info.name == "NodeFinished":
            with self.turn:
                self.done += 1
                self.say()

    def say(self) -> None:
        """Print where the build has got to."""
        line = f"{self.done} of {self.total} nodes"
        quarter = 4 * self.done // max(self.total, 1)
        if sys.stdout.isatty():
            print(f"\r{line}", end="" if self.done < self.total else "\n", flush=True)
        elif quarter and quarter not in self.said:
            self.said.add(quarter)
            print(line, flush=True)
