"""What charts are drawn on: a frame that no mark leaves, and scales.

Every mark goes through a ``Canvas``, which refuses one that does not lie wholly within the frame, and text
that does not fit into the picture. Positions come from a ``Scale``, which never leaves its range.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count

WIDTH = 360
FONT = 12
# Mean width of a character in the sans-serif fonts of the page, in parts of the font size; generous.
CHARACTER = 0.58
# Half a tenth: coordinates are printed with at most one decimal.
SLACK = 0.06

Point = tuple[float, float]
Value = float | None

_numbers = count(1)


def begin_page() -> None:
    """Number the charts from 1 again: the same page has the same ids, whatever was drawn before it."""
    global _numbers
    _numbers = count(1)


class OutOfFrameError(ValueError):
    """A mark would be drawn outside its frame."""


@dataclass(frozen=True)
class Frame:
    """A rectangle that marks have to stay in."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a rectangle lies within the frame."""
        return (
            left >= self.left - SLACK
            and right <= self.right + SLACK
            and top >= self.top - SLACK
            and bottom <= self.bottom + SLACK
        )


@dataclass(frozen=True)
class Scale:
    """From a value to a position between two ends; logarithmic on request."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """The position of a value; one beyond the domain is put at its end."""
        low, high = self.low, self.high
        if self.logarithmic:
            value, low, high = math.log(max(value, low)), math.log(low), math.log(high)
        share = 0.5 if high == low else (value - low) / (high - low)
        share = min(1.0, max(0.0, share))
        return self.start + share * (self.end - self.start)


def nice_step(span: float, steps: int) -> float:
    """A round step (1, 2, 2.5 or 5 times a power of ten) that divides a span into about so many."""
    if span <= 0 or not math.isfinite(span):
        return 1.0
    raw = span / max(steps, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    return next((power * step for step in (1, 2, 2.5, 5, 10) if power * step >= raw * 0.999), power * 10)


def domain(values: Iterable[Value], *include: float, steps: int = 4) -> tuple[float, float, list[float]]:
    """A round domain that holds all values, and its ticks."""
    held = [value for value in values if value is not None and math.isfinite(value)] + list(include)
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-300):
        pad = max(abs(low) * 0.1, 1.0)
        low, high = (0.0, high + pad) if low >= 0 else (low - pad, high + pad)
    step = nice_step(high - low, steps)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [number * step for number in range(first, last + 1)]
    return min(ticks[0], low), max(ticks[-1], high), ticks


def label_of(value: float) -> str:
    """A tick as text."""
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return text.replace("-", "\u2212") if float(value) else "0"


def at(coordinate: float) -> str:
    """A coordinate as it is written: at most one decimal."""
    return f"{coordinate:.1f}".removesuffix(".0")


def text_width(text: str, size: float = FONT) -> float:
    """How wide a text is at most, about."""
    return len(text) * size * CHARACTER


def wrapped(text: str, width: float, lines: int = 2, size: float = FONT) -> list[str]:
    """A text on at most so many lines; what does not fit is cut, with a sign."""
    room = max(int(width / (size * CHARACTER)), 2)
    found: list[str] = [""]
    for word in text.split():
        if len(found[-1]) + len(word) + 1 <= room or not found[-1]:
            found[-1] = f"{found[-1]} {word}".strip()
        else:
            found.append(word)
    kept = found[:lines]
    if len(found) > lines:
        kept[-1] += "\u2026"
    return [line if len(line) <= room else line[: room - 1].rstrip("\u2026 ") + "\u2026" for line in kept]


@dataclass
class Canvas:
    """An SVG picture with one frame for its marks."""

    height: float
    frame: Frame
    title: str
    description: str
    width: float = WIDTH
    #: The table of the page that says what the marks are, and those of its columns to read out.
    told_by: tuple[str, str] | None = None
    parts: list[str] = field(default_factory=list)

    def within(self, left: float, top: float, right: float, bottom: float) -> None:
        """Refuse a mark that leaves the frame."""
        if not self.frame.holds(left, top, right, bottom):
            raise OutOfFrameError(f"{self.title}: {(left, top, right, bottom)} is not in {self.frame}")

    def dot(self, x: float, y: float, radius: float, kind: str, label: str = "") -> None:
        """A disc, with a name to read where it has one."""
        self.within(x - radius, y - radius, x + radius, y + radius)
        inner = f"><title>{escape(label)}</title></circle>" if label else "/>"
        self.parts.append(f'<circle class="{kind}" cx="{at(x)}" cy="{at(y)}" r="{radius:g}"{inner}')

    def dots(self, points: Sequence[Point], radius: float, kind: str, codes: Sequence[str] = ()) -> None:
        """Many discs of one kind in one path: lines of no length with round ends.

        With the codes of the councils, in the order of the points, a script can tell whose disc it is.
        """
        if not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.within(min(xs) - radius, min(ys) - radius, max(xs) + radius, max(ys) + radius)
        path = "".join(f"M{at(x)} {at(y)}h0" for x, y in points)
        whose = f' data-codes="{" ".join(codes)}"' if codes else ""
        self.parts.append(f'<path class="{kind}" stroke-width="{2 * radius:g}"{whose} d="{path}"/>')

    def line(self, points: Sequence[Point], kind: str) -> None:
        """A line through points."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.within(min(xs), min(ys), max(xs), max(ys))
        path = " ".join(f"{at(x)} {at(y)}" for x, y in points)
        self.parts.append(f'<path class="{kind}" d="M{path}"/>')

    def area(self, points: Sequence[Point], kind: str) -> None:
        """A filled shape."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.within(min(xs), min(ys), max(xs), max(ys))
        path = " ".join(f"{at(x)} {at(y)}" for x, y in points)
        self.parts.append(f'<path class="{kind}" d="M{path}Z"/>')

    def bar(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """A rectangle."""
        self.within(x, y, x + width, y + height)
        self.parts.append(
            f'<rect class="{kind}" x="{at(x)}" y="{at(y)}"'
            f' width="{at(max(width, 0))}" height="{at(height)}"/>'
        )

    def text(self, x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> None:
        """A text that has to fit into the picture."""
        width = text_width(text)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        # A text too near to an edge moves in; one that is too long for the picture is refused.
        moved = min(max(left, 0), max(self.width - width, 0))
        if width > self.width + SLACK or not -SLACK <= y <= self.height + SLACK:
            raise OutOfFrameError(f"{self.title}: the text {text!r} does not fit")
        x += moved - left
        attributes = (f' class="{kind}"' if kind else "") + (
            f' text-anchor="{anchor}"' if anchor != "start" else ""
        )
        self.parts.append(f'<text x="{at(x)}" y="{at(y)}"{attributes}>{escape(text)}</text>')

    def rule(self, start: Point, end: Point, kind: str) -> None:
        """A line of the grid."""
        self.within(
            min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
        )
        self.parts.append(
            f'<path class="{kind}" d="M{at(start[0])} {at(start[1])} {at(end[0])} {at(end[1])}"/>'
        )

    def svg(self, role: str = "img") -> str:
        """The picture, with a title and a description for those who do not see it."""
        number = next(_numbers)
        frame = self.frame
        told = f' data-of="{self.told_by[0]}" data-show="{self.told_by[1]}"' if self.told_by else ""
        bounds = f"{frame.left:g} {frame.top:g} {frame.right:g} {frame.bottom:g}"
        return (
            f'<svg viewBox="0 0 {self.width:g} {self.height:g}" role="{role}"'
            f' aria-labelledby="t{number}" aria-describedby="d{number}"'
            f' data-frame="{bounds}"{told}><title id="t{number}">{escape(self.title)}</title>'
            f'<desc id="d{number}">{escape(self.description)}</desc>{"".join(self.parts)}</svg>'
        )
