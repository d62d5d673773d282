"""The parts of a check: what each counted and what it took."""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.tables import aligned

Counts = Counter[str]


@dataclass(frozen=True)
class Part:
    """A part of the checks: seconds that passed and, where it is known, seconds of processor."""

    name: str
    seconds: float
    processor: float | None = None


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
