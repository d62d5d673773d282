"""Charts as inline SVG: a few kinds, each with a title and a description."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache
from html import escape

from scripts.site.canvas import (
    WIDTH,
    Canvas,
    Frame,
    Point,
    Scale,
    Value,
    at,
    domain,
    label_of,
    text_width,
    wrapped,
)
from scripts.site.said import said
from scripts.site.told import cloud, course, place_in_range, with_figures

SAY = said("charts")


def value_axis(canvas: Canvas, scale: Scale, ticks: Sequence[float], left: float) -> None:
    """Rules across the frame with their values to the left of it."""
    for tick in ticks:
        y = scale(tick)
        canvas.rule((canvas.frame.left, y), (canvas.frame.right, y), "zero" if tick == 0 else "grid")
        canvas.text(left, y + 4, label_of(tick), anchor="end")


Extent = tuple[float, float, float, float]


@lru_cache(maxsize=64)
def scatter_ground(
    points: tuple[Point, ...], mean: float | None, extent: Extent, codes: tuple[str, ...] = ()
) -> tuple[Canvas, Scale, Scale]:
    """Axes and dots of a scatter, which every council of an edition and lens shares, and its two scales."""
    left, right, lowest, highest = extent
    canvas = Canvas(250, Frame(38, 26, 352, 214), "", "")
    frame = canvas.frame
    low, high, ticks = domain([lowest, highest], steps=4)
    across = Scale(left, right, frame.left + 6, frame.right - 6, logarithmic=True)
    up = Scale(low, high, frame.bottom - 6, frame.top + 6)
    value_axis(canvas, up, ticks, frame.left - 4)
    for tick in (0.25, 0.5, 1, 2, 4):
        if left <= tick <= right:
            kind = "mid" if tick == 1 else "grid"
            canvas.rule((across(tick), frame.top), (across(tick), frame.bottom), kind)
            canvas.text(across(tick), frame.bottom + 14, f"{tick:g}", anchor="middle")
    if mean is not None:
        canvas.rule((frame.left, up(mean)), (frame.right, up(mean)), "mid")
    canvas.text(0, 14, SAY.scatter_up)
    canvas.text(frame.right, frame.bottom + 31, SAY.scatter_across, anchor="end")
    canvas.dots([(across(x), up(y)) for x, y in points], 2.2, "all", codes)
    return canvas, across, up


def scatter(
    title: str,
    description: str,
    points: Sequence[Point],
    mean: float | None,
    peers: Sequence[tuple[float, float, str, str]] = (),
    lit: tuple[float, float, str] | None = None,
    codes: Sequence[str] = (),
) -> str:
    """Spend index (logarithmic, England is 1) against outcome score: all, peers and the council lit.

    With the codes of all councils, in the order of the points, each dot can be asked for its name.
    """
    everything = [*points, *(peer[:2] for peer in peers), *([lit[:2]] if lit else [])]
    xs, ys = [x for x, _ in everything] + [0.5, 2.0], [y for _, y in everything]
    ground, across, up = scatter_ground(
        tuple(points), mean, (min(xs), max(xs), min(ys), max(ys)), tuple(codes)
    )
    # Of a council that is lit the description has its place.
    told = description if lit else with_figures(description, [cloud(points)])
    canvas = Canvas(ground.height, ground.frame, title, told, parts=list(ground.parts))
    if codes:
        canvas.told_by = ("ranking", "outcome spend_index")
    for x, y, name, kind in peers:
        canvas.dot(across(x), up(y), 3.4, f"peer {kind}", name)
    if lit:
        canvas.dot(across(lit[0]), up(lit[1]), 5.5, "lit", lit[2])
    return canvas.svg()


Series = tuple[str, str, Sequence[Value]]


def lines(
    title: str,
    description: str,
    places: Sequence[str],
    series: Sequence[Series],
    unit: str,
    include: Sequence[float] = (),
    show_dots: bool = True,
    every: int = 1,
    band: tuple[Sequence[Value], Sequence[Value]] | None = None,
    breaks: Collection[int] = (),
    decimals: int | None = None,
) -> str:
    """Lines over time, with a gap where a value is missing and before each place in ``breaks``.

    A series is a name, a class and its values; ``decimals`` are those of the table under the chart.
    """
    values = [value for _, _, held in series for value in held]
    values += [value for edge in band or () for value in edge]
    low, high, ticks = domain(values, *include, steps=4)
    left = 10 + max(text_width(label_of(tick)) for tick in ticks)
    frame = Frame(left, 26, 352, 168)
    told = [course(name, places, line_values, decimals) for name, _, line_values in series]
    canvas = Canvas(192, frame, title, with_figures(description, told))
    inset = 14
    across = Scale(0, max(len(places) - 1, 1), frame.left + inset, frame.right - inset)
    up = Scale(low, high, frame.bottom - 5, frame.top + 5)
    value_axis(canvas, up, ticks, frame.left - 4)
    canvas.text(0, 14, unit)
    for place, name in enumerate(places):
        if place % every == 0:
            canvas.text(across(place), frame.bottom + 17, name, anchor="middle")
    if band:
        held = [
            (at, low_end, high_end)
            for at, (low_end, high_end) in enumerate(zip(*band, strict=True))
            if low_end is not None and high_end is not None
        ]
        if held:
            outline = [(across(at), up(end)) for at, _, end in held]
            outline += [(across(at), up(end)) for at, end, _ in reversed(held)]
            canvas.area(outline, "band")
    for name, kind, line_values in series:
        run: list[Point] = []
        runs = [run]
        for place, value in enumerate(line_values):
            if run and (value is None or place in breaks):
                run = []
                runs.append(run)
            if value is not None:
                run.append((across(place), up(value)))
        for points in runs:
            if len(points) > 1:
                canvas.line(points, f"line {kind}")
            if show_dots or len(points) == 1:
                for x, y in points:
                    canvas.dot(x, y, 3 if kind == "s1" else 2.4, f"dot {kind}", name)
    return canvas.svg()


def columns(
    title: str,
    description: str,
    places: Sequence[str],
    values: Sequence[Value],
    unit: str,
    every: int,
    mean: Sequence[Value] = (),
) -> str:
    """A column for each place, up or down from zero, and a line for the mean where there is one."""
    low, high, ticks = domain([*values, *mean], 0.0, steps=4)
    left = 10 + max(text_width(label_of(tick)) for tick in ticks)
    frame = Frame(left, 26, 352, 168)
    canvas = Canvas(192, frame, title, with_figures(description, [course("", places, values)]))
    across = Scale(0, max(len(places), 1), frame.left + 2, frame.right - 2)
    up = Scale(low, high, frame.bottom - 2, frame.top + 2)
    value_axis(canvas, up, ticks, frame.left - 4)
    canvas.text(0, 14, unit)
    width = (frame.right - frame.left - 4) / max(len(places), 1) * 0.8
    for place, (name, value) in enumerate(zip(places, values, strict=True)):
        if place % every == 0:
            canvas.text(across(place) + width / 2, frame.bottom + 17, name, anchor="middle")
        if value is not None:
            top, bottom = min(up(value), up(0)), max(up(value), up(0))
            canvas.bar(across(place), top, width, bottom - top, "s1" if value >= 0 else "s2")
    held = [(across(at) + width / 2, up(value)) for at, value in enumerate(mean) if value is not None]
    if len(held) > 1:
        canvas.line(held, "line s3")
    return canvas.svg()


def bars(
    title: str, description: str, rows: Sequence[tuple[str, float, str]], unit: str, diverging: bool = False
) -> str:
    """A horizontal bar for each row with its name above it; to the left of zero where it is below."""
    step = 34
    height = 24 + step * max(len(rows), 1) + 4
    room = 8 + max((text_width(text) for _, _, text in rows), default=0)
    frame = Frame(2, 20, WIDTH - 2, height)
    told = [f"{name} {text}" for name, _, text in rows]
    canvas = Canvas(height, frame, title, with_figures(description, told))
    values = [value for _, value, _ in rows]
    low, high = min([0.0, *values]), max([0.0, *values])
    across = Scale(low, high if high > low else low + 1, 2 + (room if diverging else 0), WIDTH - 2 - room)
    canvas.text(0, 13, unit)
    for number, (name, value, text) in enumerate(rows):
        top = 22 + number * step
        canvas.text(2, top + 12, wrapped(name, WIDTH - 4, 1)[0])
        start, end = min(across(value), across(0)), max(across(value), across(0))
        canvas.bar(start, top + 17, max(end - start, 0.5), 11, "s1" if value >= 0 else "s3")
        if value >= 0:
            canvas.text(end + 4, top + 27, text)
        else:
            canvas.text(start - 4, top + 27, text, anchor="end")
        if diverging:
            canvas.rule((across(0), top + 15), (across(0), top + 30), "zero")
    return canvas.svg()


def ranges(
    title: str, description: str, rows: Sequence[tuple[str, int | None, int | None, int | None, int, str]]
) -> str:
    """A line from the better to the worse end of each rank's range and a dot at the rank.

    A row is its name, rank, both ends, how many are ranked and what to write where there is no rank.
    """
    step = 36
    height = 24 + step * max(len(rows), 1)
    frame = Frame(2, 18, WIDTH - 2, height)
    canvas = Canvas(height, frame, title, with_figures(description, [place_in_range(row) for row in rows]))
    canvas.text(0, 13, "1st")
    canvas.text(WIDTH, 13, "last", anchor="end")
    for number, (name, rank, better, worse, ranked, text) in enumerate(rows):
        top = 20 + number * step
        y = top + 25
        across = Scale(1, max(ranked, 2), 8, WIDTH - 8)
        own = wrapped(name, WIDTH - 12 - text_width(text), 1)[0]
        canvas.text(2, top + 13, own)
        canvas.text(WIDTH - 2, top + 13, text, anchor="end")
        canvas.rule((8, y), (WIDTH - 8, y), "grid")
        canvas.rule((WIDTH / 2, y - 5), (WIDTH / 2, y + 5), "mid")
        if rank is None:
            continue
        if better is not None and worse is not None:
            start, end = across(better), across(worse)
            canvas.bar(start - 1, y - 3.5, max(end - start, 0) + 2, 7, "range")
        canvas.dot(across(rank), y, 5, "lit", f"{name}: {text}")
    return canvas.svg()


def mini_range(rank: int, better: int | None, worse: int | None, ranked: int) -> str:
    """The range of one rank for a cell of a table; the cell beside it says the same in words."""
    frame = Frame(0, 0, 120, 14)
    canvas = Canvas(14, frame, "", "", width=120)
    across = Scale(1, max(ranked, 2), 5, 115)
    canvas.rule((5, 7), (115, 7), "grid")
    if better is not None and worse is not None:
        canvas.bar(across(better) - 1, 4.5, across(worse) - across(better) + 2, 5, "range")
    canvas.dot(across(rank), 7, 3.5, "lit")
    return f'<svg class="mini" viewBox="0 0 120 14" aria-hidden="true">{"".join(canvas.parts)}</svg>'


def strip(
    title: str,
    description: str,
    values: Sequence[float],
    unit: str,
    quartiles: tuple[float, float, float] | None = None,
    lit: tuple[float, str] | None = None,
    codes: Sequence[str] = (),
) -> str:
    """Every value on one scale, piled up where they meet, with the quartiles and one value lit.

    With the codes of the councils, in the order of the values, each dot can be asked for its name.
    """
    everything = [*values, *([lit[0]] if lit else [])]
    low, high, ticks = domain(everything, *(quartiles or ()), steps=5)
    frame = Frame(4, 20, WIDTH - 4, 104)
    canvas = Canvas(126, frame, title, description)
    across = Scale(low, high, frame.left + 12, frame.right - 12)
    for tick in ticks:
        canvas.rule((across(tick), frame.top + 4), (across(tick), frame.bottom), "grid")
    drawn_to = -1.0
    for tick in ticks:
        label = label_of(tick)
        if across(tick) - text_width(label) / 2 > drawn_to:
            canvas.text(across(tick), 121, label, anchor="middle")
            drawn_to = across(tick) + text_width(label) / 2 + 4
    canvas.text(0, 13, wrapped(unit, WIDTH, 1)[0])
    if quartiles:
        canvas.bar(across(quartiles[0]), 92, across(quartiles[2]) - across(quartiles[0]), 8, "range")
        canvas.rule((across(quartiles[1]), 90), (across(quartiles[1]), 102), "mid strong")
    piles: dict[int, int] = {}
    in_order = sorted(zip(values, codes or [""] * len(values), strict=True))
    points = []
    for value, _ in in_order:
        place = round(across(value) / 4)
        height = piles.get(place, 0)
        piles[place] = height + 1
        points.append((across(value), height))
    lift = min(4.2, 58 / max([1, *piles.values()]))
    named = [code for _, code in in_order] if codes else []
    canvas.dots([(x, 84 - height * lift) for x, height in points], 2, "all", named)
    if codes:
        canvas.told_by = ("values", "value grade")
    if lit:
        canvas.dot(across(lit[0]), 84, 5, "lit", lit[1])
    return canvas.svg()


#: The ends of a map's scale are told without colour, too.
MARKS = {"first_half": "1", "second_half": "2", "grade_a": "A", "grade_e": "E"}
HexCell = tuple[str, int, int, str, str, str | None]


def hexmap(title: str, description: str, cells: Sequence[HexCell]) -> str:
    """A map of hexagons, rows from the south. A cell is a council's code, column, row, class, label, link."""
    radius = 11.6
    across_step, up_step = radius * math.sqrt(3), radius * 1.5
    columns_held = [column for _, column, *_ in cells] or [0]
    rows_held = [row for _, _, row, *_ in cells] or [0]
    last_row, first_column = max(rows_held), min(columns_held)
    width = (max(columns_held) - first_column + 1.5) * across_step + 4
    height = (last_row - min(rows_held)) * up_step + 2 * radius + 4
    frame = Frame(0, 0, width, height)
    canvas = Canvas(height, frame, title, description, width=width)
    for code, column, row, kind, label, link in cells:
        x = 2 + (column - first_column + 0.5 + (0.5 if row % 2 else 0)) * across_step
        y = 2 + radius + (last_row - row) * up_step
        corners = [
            (
                x + (radius - 0.7) * math.sin(math.pi * turn / 3),
                y - (radius - 0.7) * math.cos(math.pi * turn / 3),
            )
            for turn in range(6)
        ]
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        canvas.within(min(xs), min(ys), max(xs), max(ys))
        path = " ".join(f"{at(a)} {at(b)}" for a, b in corners)
        shape = (
            f'<path class="hex {kind}" data-code="{code}" d="M{path}Z"><title>{escape(label)}</title></path>'
        )
        if kind in MARKS:
            shape += f'<text class="mark {kind}" x="{at(x)}" y="{at(y + 3.5)}">{MARKS[kind]}</text>'
        canvas.parts.append(
            f'<a href="{escape(link)}" aria-label="{escape(label)}" tabindex="-1">{shape}</a>'
            if link
            else shape
        )
    return canvas.svg("group")  # holds links, which an image may not
