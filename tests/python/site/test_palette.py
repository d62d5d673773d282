"""Colours of an order are told apart without hue: in print, and by those who do not see it."""

from __future__ import annotations

import re
from itertools import pairwise

from conftest import ROOT

STYLE = (ROOT / "site_src" / "assets" / "site.css").read_text(encoding="utf-8")


def luminance(name: str) -> float:
    """Relative luminance of a variable of the style, 0 to 1, as WCAG 2 defines it."""
    found = re.search(rf"--{name}: #([0-9a-f]{{6}});", STYLE)
    assert found, name
    parts = [int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_maps_scale_is_ordered_by_how_light_its_colours_are() -> None:
    """From dark to light; the ends have a contrast of 4.5 at least, neighbours of 2."""
    first, across, second = (luminance(name) + 0.05 for name in ("first", "across", "second"))
    assert first < across < second
    assert second / first >= 4.5
    assert across / first >= 2
    assert second / across >= 2


def test_the_maps_grades_are_ordered_by_how_light_their_colours_are() -> None:
    """From A, dark, to E, light: each lighter than the one before; the ends have a contrast of 4.5."""
    grades = [luminance(name) + 0.05 for name in "abcde"]
    assert grades == sorted(grades)
    assert all(after / before >= 1.25 for before, after in pairwise(grades))
    assert grades[-1] / grades[0] >= 4.5
