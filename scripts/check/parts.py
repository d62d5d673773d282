"""The parts of a check: what each counted and what it took."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from scripts.tables import aligned

Counts = Counter[str]


@dataclass(frozen=True)
class Part:
    """A part of the checks: seconds that passed and, where it is known, seconds of processor."""

    name: str
    seconds: float
    processor: float | None = None


@dataclass(frozen=True)
class Checked:
    """What came of one kind of check: what it counted, where its time went, and a line for each failure."""

    counts: Counts
    parts: list[Part]
    failures: list[str] = field(default_factory=list)


class Clock:
    """Times one part: what passes, and the processor's seconds of this process or of those it waited for."""

    def __init__(self, whose: int) -> None:
        """Start."""
        self.whose, self.started, self.used = whose, time.monotonic(), self.processor(whose)

    @staticmethod
    def processor(whose: int) -> float:
        """Processor seconds so far."""
        used = resource.getrusage(whose)
        return used.ru_utime + used.ru_stime

    def part(self, name: str) -> Part:
        """The part that ends here."""
        return Part(name, time.monotonic() - self.started, self.processor(self.whose) - self.used)


def table(parts: Sequence[Part]) -> str:
    """Where the time went; the linters work beside the build."""
    rows = [
        (part.name, f"{part.seconds:.1f}", "" if part.processor is None else f"{part.processor:.1f}")
        for part in parts
    ]
    return aligned(["Part", "Seconds", "Of processor"], rows, ["Seconds", "Of processor"])


def failed(checked: Sequence[Checked]) -> str:
    """What failed, a line each: the last that a server's log shows, where its beginning is cut off."""
    lines = [line for each in checked for line in each.failures]
    return "".join(["Failed:\n", *(f"  {line}\n" for line in lines), "\n"]) if lines else ""
