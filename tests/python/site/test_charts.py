"""Charts: whatever the figures, every mark lies within its frame and every text within the picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.site import canvas as canvas_of
from scripts.site import charts, charts_council

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
TOLERANCE = 0.15
SIZES = {"all": 2.2}

value = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))
gap = st.one_of(st.none(), value)
spend = st.floats(0.05, 20).map(lambda number: round(number, 3))
score = st.floats(1, 100).map(lambda number: round(number, 2))
name = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=90)


def extent(mark: ElementTree.Element) -> tuple[float, float, float, float] | None:
    """The rectangle that a mark covers, its line's width left aside except where the line is the mark."""
    tag = mark.tag.rsplit("}", 1)[-1]
    if tag == "circle":
        x, y, radius = (float(mark.attrib[key]) for key in ("cx", "cy", "r"))
        return x - radius, y - radius, x + radius, y + radius
    if tag == "rect":
        x, y, width, height = (float(mark.attrib[key]) for key in ("x", "y", "width", "height"))
        return x, y, x + width, y + height
    if tag == "path":
        path = mark.attrib["d"].replace("h0", "")
        numbers = [float(number) for number in NUMBER.findall(path)]
        half = float(mark.attrib.get("stroke-width", 0)) / 2 if "h0" in mark.attrib["d"] else 0
        xs, ys = numbers[::2], numbers[1::2]
        return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half
    return None


def stray_marks(svg: str) -> list[str]:
    """Marks outside the frame that the picture names, and texts outside the picture."""
    picture = ElementTree.fromstring(svg)
    _, _, width, height = (float(edge) for edge in picture.attrib["viewBox"].split())
    frame = picture.attrib.get("data-frame", picture.attrib["viewBox"])
    left, top, right, bottom = (float(edge) for edge in frame.split())
    stray = []
    for mark in picture.iter():
        box = extent(mark)
        if box and not (
            box[0] >= left - TOLERANCE
            and box[1] >= top - TOLERANCE
            and box[2] <= right + TOLERANCE
            and box[3] <= bottom + TOLERANCE
        ):
            stray.append(f"{mark.tag} {mark.attrib} covers {box}, the frame is {(left, top, right, bottom)}")
        if mark.tag.rsplit("}", 1)[-1] == "text":
            x, y = float(mark.attrib["x"]), float(mark.attrib["y"])
            wide = canvas_of.text_width(mark.text or "")
            start = {"start": x, "middle": x - wide / 2, "end": x - wide}[
                mark.attrib.get("text-anchor", "start")
            ]
            if start < -TOLERANCE or start + wide > width + TOLERANCE or not 0 <= y <= height:
                stray.append(f"the text {mark.text!r} at {x}, {y} leaves the picture")
    return stray


def assert_inside(svg: str) -> None:
    """No stray mark; title and description are there and named."""
    assert not stray_marks(svg)
    picture = ElementTree.fromstring(svg)
    ids = {element.attrib.get("id") for element in picture.iter()}
    assert {picture.attrib["aria-labelledby"], picture.attrib["aria-describedby"]} <= ids


@given(
    st.lists(st.tuples(spend, score), min_size=1, max_size=60),
    st.one_of(st.none(), score),
    st.lists(st.tuples(spend, score, name, st.just("m-ons")), max_size=12),
    st.one_of(st.none(), st.tuples(spend, score, name)),
)
@settings(max_examples=150, deadline=None)
def test_scatter(points: list, mean: float | None, peers: list, lit: tuple | None) -> None:
    """Spend against outcome: the mean is one of the points' range in the marts, here only if it is."""
    scores = [y for _, y in points]
    mean = mean if mean is not None and min(scores) <= mean <= max(scores) else None
    assert_inside(charts.scatter("t", "d", points, mean, peers, lit))


@given(st.lists(st.tuples(gap, gap, gap), min_size=1, max_size=70), st.integers(1, 12), st.booleans())
@settings(max_examples=150, deadline=None)
def test_lines(rows: list, every: int, show_dots: bool) -> None:
    """Lines with gaps and a band."""
    places = [str(2014 + at % 12) for at in range(len(rows))]
    one, two, three = (list(column) for column in zip(*rows, strict=True))
    series = [("a", "s1", one), ("b", "s2", two)]
    every = max(every, len(rows) // 6 + 1)
    assert_inside(charts.lines("t", "d", places, series, "u", (0.0,), show_dots, every, (two, three)))


def test_lines_break_where_told() -> None:
    """Two pieces with a break before the third place, one without."""
    series = [("a", "s1", [1.0, 2.0, 3.0, 4.0])]
    whole = charts.lines("t", "d", ["1", "2", "3", "4"], series, "u")
    broken = charts.lines("t", "d", ["1", "2", "3", "4"], series, "u", breaks=[2])
    assert (whole.count('class="line s1"'), broken.count('class="line s1"')) == (1, 2)
    assert whole.count("<circle") == broken.count("<circle") == 4


@given(st.lists(gap, min_size=1, max_size=70), st.booleans())
@settings(max_examples=100, deadline=None)
def test_columns(values: list, with_mean: bool) -> None:
    """Columns up and down."""
    every = len(values) // 6 + 1
    places = ["2014"] * len(values)
    assert_inside(charts.columns("t", "d", places, values, "u", every, values if with_mean else ()))


@given(st.lists(st.tuples(name, value, st.just("−1,234.5")), max_size=14), st.booleans())
@settings(max_examples=150, deadline=None)
def test_bars(rows: list, diverging: bool) -> None:
    """Bars with long names; bars to the left only where the chart is made for it."""
    rows = rows if diverging else [(text, abs(number), label) for text, number, label in rows]
    assert_inside(charts.bars("t", "d", rows, "u", diverging))


@given(st.lists(st.tuples(name, st.integers(1, 160), st.integers(0, 159), st.integers(0, 159)), max_size=12))
@settings(max_examples=100, deadline=None)
def test_ranges(rows: list) -> None:
    """Ranges of ranks, also where the rank lies outside its range."""
    drawn = []
    for text, ranked, one, two in rows:
        better, worse = sorted((one % ranked + 1, two % ranked + 1))
        drawn.append((text, (one + two) % ranked + 1, better, worse, ranked, "100th to 149th of 149"))
    assert_inside(charts.ranges("t", "d", drawn))


@given(st.integers(1, 160), st.integers(0, 159), st.integers(0, 159))
@settings(max_examples=100, deadline=None)
def test_mini_range(ranked: int, one: int, two: int) -> None:
    """The picture in a cell."""
    better, worse = sorted((one % ranked + 1, two % ranked + 1))
    assert not stray_marks(charts.mini_range(better, better, worse, ranked))


@given(st.one_of(st.none(), score), st.lists(score, min_size=3, max_size=3), st.lists(score, max_size=3))
@settings(max_examples=100, deadline=None)
def test_spine(own: float | None, england: list, peers: list) -> None:
    """A measure on the scale of grades, wherever England and the peers lie on it."""
    low, middle, high = sorted(england)
    svg = charts_council.spine(own, (low, middle, high), [("m-ons", place) for place in peers])
    assert not stray_marks(svg)
    assert not stray_marks(charts_council.spine(own, None, [("m-ons", None)]))
    assert svg.count("<circle") == (own is not None)


@given(st.lists(st.tuples(name, value, value, st.booleans()), max_size=9))
@settings(max_examples=100, deadline=None)
def test_waterfall(steps: list) -> None:
    """Steps up and down, and levels by themselves."""
    drawn = [(text, start, end, "−1,234.5", is_level) for text, start, end, is_level in steps]
    assert_inside(charts_council.waterfall("t", "d", drawn, "u"))


@given(st.lists(value, min_size=1, max_size=160), st.one_of(st.none(), value))
@settings(max_examples=150, deadline=None)
def test_strip(values: list, lit: float | None) -> None:
    """Values on one scale, however many fall together."""
    middle = sorted(values)
    quartiles = (middle[0], middle[len(middle) // 2], middle[-1])
    assert_inside(charts.strip("t", "d", values, "u", quartiles, (lit, "x") if lit is not None else None))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=40, unique=True))
@settings(max_examples=50, deadline=None)
def test_hexmap(places: list) -> None:
    """The map, wherever its cells are."""
    cells = [
        ("E06000001", column, row, "across", "A & B", "x.html" if row % 2 else None) for column, row in places
    ]
    assert_inside(charts.hexmap("t", "d", cells))


def test_a_mark_outside_its_frame_is_refused() -> None:
    """A canvas takes no mark, and no text, that does not fit."""
    canvas = canvas_of.Canvas(100, canvas_of.Frame(10, 10, 90, 90), "t", "d", width=100)
    with pytest.raises(canvas_of.OutOfFrameError):
        canvas.dot(12, 50, 3, "lit")
    with pytest.raises(canvas_of.OutOfFrameError):
        canvas.dots([(50, 50), (50, 95)], 1, "all")
    with pytest.raises(canvas_of.OutOfFrameError):
        canvas.bar(80, 20, 20, 5, "s1")
    with pytest.raises(canvas_of.OutOfFrameError):
        canvas.line([(50, 50), (91, 50)], "line")
    with pytest.raises(canvas_of.OutOfFrameError):
        canvas.text(0, 50, "a text much wider than the picture is")


def test_the_check_itself_sees_stray_marks() -> None:
    """What the tests above rely on finds a dot, a line and a text that lie outside."""
    svg = (
        '<svg viewBox="0 0 100 100" data-frame="10 10 90 90"><circle cx="11" cy="50" r="3"/>'
        '<path d="M20 20L95 20"/><text x="90" y="50">too far right</text></svg>'
    )
    assert len(stray_marks(svg)) == 3


def test_scales_keep_order_and_ends() -> None:
    """A scale goes from end to end, in order, and not beyond."""
    scale = canvas_of.Scale(0.5, 2, 10, 110, logarithmic=True)
    assert (scale(0.5), round(scale(1), 9), scale(2), scale(9)) == (10, 60, 110, 110)
    assert canvas_of.domain([3.2, 97.1])[:2] == (0, 100)
    assert canvas_of.domain([None, None])[2]


def test_every_chart_of_the_site_stays_in_its_frame(small_site: Path) -> None:
    """Real figures: every picture on every page of a small site."""
    pictures = 0
    for path in small_site.rglob("*.html"):
        for svg in re.findall(r"<svg.*?</svg>", path.read_text(encoding="utf-8"), re.DOTALL):
            pictures += 1
            stray = stray_marks(svg)
            assert not stray, f"{path.relative_to(small_site)}: {stray[0]}"
    assert pictures > 500
