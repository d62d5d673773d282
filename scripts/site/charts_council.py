"""Charts of a council's report alone: a measure on the scale of grades, and a change step by step."""

from __future__ import annotations

from collections.abc import Sequence

from scripts.site.canvas import WIDTH, Canvas, Frame, Scale, at, wrapped

#: Where a grade begins on the scale of scores, from D to A.
GRADES = (20, 40, 60, 80)
SPINE = 120.0
across = Scale(1, 100, 7, SPINE - 7)


def ticks() -> str:
    """The scale that every picture of a measure uses, drawn once on a page: a line and where grades begin."""
    starts = "".join(f"M{at(across(start))} 4 {at(across(start))} 14" for start in GRADES)
    return (
        f'<svg class="hide" viewBox="0 0 {SPINE:g} 18" aria-hidden="true"><defs>'
        f'<path id="ticks" class="tick" d="M7 9 {SPINE - 7:g} 9{starts}"/></defs></svg>'
    )


def spine(
    score: float | None,
    england: tuple[float, float, float] | None,
    peers: Sequence[tuple[str, float | None]],
) -> str:
    """One measure for a cell of a table, better to the right; the cells beside it say the same in words.

    A bar over England's middle half with a rule at its median, a diamond at the middle of each set of peers
    (of which the page shows the chosen one) and a dot at the council.
    """
    frame = Frame(0, 0, SPINE, 18)
    canvas = Canvas(18, frame, "", "", width=SPINE)
    canvas.parts.append('<use href="#ticks"/>')
    if england:
        low, middle, high = england
        canvas.bar(across(low), 5, across(high) - across(low), 8, "range")
        canvas.rule((across(middle), 2), (across(middle), 16), "mid strong")
    for kind, place in peers:
        if place is not None:
            x = across(place)
            canvas.area([(x, 4), (x + 5, 9), (x, 14), (x - 5, 9)], f"peer {kind}")
    if score is not None:
        canvas.dot(across(score), 9, 5, "lit")
    return (
        f'<svg class="mini spine" viewBox="0 0 {SPINE:g} 18" aria-hidden="true">{"".join(canvas.parts)}</svg>'
    )


def waterfall(
    title: str, description: str, steps: Sequence[tuple[str, float, float, str, bool]], unit: str
) -> str:
    """From one level to another step by step, each bar beginning where the last one ended.

    A step is its name, where it begins and ends, what to write beside it, and whether it is a level by
    itself, which is drawn as a dot.
    """
    row = 34
    height = 24 + row * max(len(steps), 1) + 4
    frame = Frame(2, 18, WIDTH - 2, height)
    canvas = Canvas(height, frame, title, description)
    levels = [end for _, _, end, _, _ in steps] + [
        start for _, start, _, _, is_level in steps if not is_level
    ]
    low, high = min(levels, default=0.0), max(levels, default=1.0)
    across = Scale(low, high if high > low else low + 1, 16, WIDTH - 16)
    canvas.text(0, 13, unit)
    for number, (name, start, end, text, is_level) in enumerate(steps):
        top = 22 + number * row
        label = wrapped(name, WIDTH - 90, 1)[0]
        canvas.text(2, top + 12, label)
        canvas.text(WIDTH - 2, top + 12, text, anchor="end")
        canvas.rule((16, top + 22), (WIDTH - 16, top + 22), "grid")
        if is_level:
            canvas.dot(across(end), top + 22, 5, "lit", f"{name}: {text}")
        else:
            left, right = min(across(start), across(end)), max(across(start), across(end))
            canvas.bar(left, top + 17, max(right - left, 1), 10, "s1" if end >= start else "s3")
        if number + 1 < len(steps):
            canvas.rule((across(end), top + 28), (across(end), top + row + 4), "zero")
    return canvas.svg()
