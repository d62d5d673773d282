"""Two measures under each other's name in the last period, told by the figures of the period before.

Councils keep their order from one year to the next, in one measure more than from one measure to another.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from scripts.ingest.contract import NUMBER, Log
from scripts.ingest.parts import Part
from scripts.ingest.workbook import IngestError, Sheet

#: How much more like the other's figures of the period before than like their own: each, and both together.
GAIN, GAIN_OF_BOTH = 0.1, 0.6
FEWEST = 30
Figures = Mapping[str, float]


def check_exchanged(parts: Iterable[Part], sheet: Sheet, log: Log) -> None:
    """Refuse a long table whose last period has two items exchanged.

    Args:
        parts: Parts with blocks (item, period) and one column, in order of their periods within an item.
        sheet: What an error names.
        log: Takes the errors.
    """
    series: dict[str, list[tuple[str, Figures]]] = defaultdict(list)
    for part in parts:
        item, period = part.block
        figures = {
            next(text for text in key if text not in part.block): float(text)
            for key, (_, (text,)) in part.rows.items()
            if NUMBER.fullmatch(text)
        }
        series[item].append((period, figures))
    last = {item: periods[-2:] for item, periods in series.items() if len(periods) > 1}
    own = {item: _likeness(now, before) for item, ((_, before), (_, now)) in last.items()}
    for one, other in combinations(sorted(last), 2):
        (_, one_before), (period, one_now) = last[one]
        (_, other_before), (of_other, other_now) = last[other]
        gain = _gain(one_now, other_before, own[one]) if period == of_other else 0.0
        if gain < GAIN:
            continue
        of_both = (gain, _gain(other_now, one_before, own[other]))
        if min(of_both) >= GAIN and sum(of_both) >= GAIN_OF_BOTH:
            found = f"councils' order in {one} and {other} of {period} as the other's in the period before"
            log.errors.append(
                IngestError(sheet.file, found, "each as its own: are they exchanged?", sheet.name)
            )


def _gain(now: Figures, before: Figures, own: float) -> float:
    return _likeness(now, before) - own


def _likeness(now: Figures, before: Figures) -> float:
    """Correlation over the councils that have both; 0 where too few have, or where all have the same."""
    both = sorted(now.keys() & before.keys())
    if len(both) < FEWEST:
        return 0.0
    try:
        return statistics.correlation([now[key] for key in both], [before[key] for key in both])
    except statistics.StatisticsError:
        return 0.0
