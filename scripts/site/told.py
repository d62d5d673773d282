"""What a chart shows, in words, for whoever hears it rather than sees it: the figures that are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.site.words import number, ordinal, plain

Value = float | None


def with_figures(description: str, figures: Sequence[str]) -> str:
    """How a chart is to be read, then what it shows."""
    shown = "; ".join(each for each in figures if each)
    return f"{description} {shown[:1].upper()}{shown[1:]}." if shown else description


def course(name: str, places: Sequence[str], values: Sequence[Value], decimals: int | None = None) -> str:
    """A line or a row of columns: where it begins and ends, and its highest and lowest in between.

    Numbers have the decimals of the table under the chart, or those that their size needs.
    """
    held = [(value, place) for place, value in zip(places, values, strict=True) if value is not None]
    if not held:
        return f"{name}: no value" if name else ""
    begun, ended = held[0], held[-1]

    def at(point: tuple[float, str]) -> str:
        return f"{plain(point[0]) if decimals is None else number(point[0], decimals)} in {point[1]}"

    before = f"{name} " if name else ""
    if len(held) == 1:
        return before + at(begun)
    said = f"{before}from {at(begun)} to {at(ended)}"
    top, low = max(held, key=lambda each: each[0]), min(held, key=lambda each: each[0])
    said += f", highest {at(top)}" if top[0] > max(begun[0], ended[0]) else ""
    return said + (f", lowest {at(low)}" if low[0] < min(begun[0], ended[0]) else "")


def place_in_range(row: tuple[str, int | None, int | None, int | None, int, str]) -> str:
    """A rank with its range, as a chart of ranges draws it."""
    name, rank, better, _, _, text = row
    if rank is None:
        return f"{name}: {text}"
    return f"{name}: {ordinal(rank)}, {'likely ' if better is not None else ''}{text}"


def cloud(points: Sequence[tuple[float, float]]) -> str:
    """How far the dots of a scatter reach in both directions."""
    if not points:
        return ""
    across, up = [x for x, _ in points], [y for _, y in points]
    return (
        f"{len(points)} councils, outcome scores from {number(min(up))} to {number(max(up))}, "
        f"spend from {number(min(across), 2)} to {number(max(across), 2)} times England's"
    )
