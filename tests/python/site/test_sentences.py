"""The list of sentences in the documentation: what a template is, and that the list is that of the pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from scripts.build import DATABASE
from scripts.site.__main__ import SOURCE
from scripts.site.data import Figures
from scripts.site.pages import Site
from scripts.site.sentences import BEGINS, PAGE, Said, Slots, listed, sentences
from scripts.site.shared import ROOT

if TYPE_CHECKING:
    from scripts.site.data import Row


def rows(name: str) -> list[Row]:
    """Names that may stand in a sentence."""
    found = {
        "register": [
            {
                "ranking_name": "Older people",
                "measure_name": "Feel safe",
                "unit": "%",
                "publication_name": "ASCOF",
            }
        ],
        "councils": [{"council_name": "Wigan"}],
    }
    return found[name]


SLOTS = Slots(
    cast(
        "Site",
        SimpleNamespace(
            figures=SimpleNamespace(rows=rows),
            titles={"E1": "Wigan", "E2": "Dorset (to 2019)"},
            lenses=[{"ranking_name": "Waste"}],
            councils=[{"region": "North West"}],
        ),
    )
)


@pytest.mark.parametrize(
    ("sentence", "template"),
    [
        (
            "Overall Wigan ranks 23rd, likely 12th to 41st of 149 in 2024-25.",
            "Overall … ranks …, likely … to … of … in ….",
        ),
        ("One lens ranks Dorset (to 2019): Older people.", "One lens ranks …: …."),
        ("It has poorer outcomes in Older people and Waste.", "It has poorer outcomes in …."),
        ("Up by +1,204.5 to −3.", "Up by … to …."),
        ("No lens ranks it.", "No lens ranks it."),
    ],
)
def test_a_template_is_a_sentence_without_names_and_numbers(sentence: str, template: str) -> None:
    """Editions, ranks, numbers and names each become one sign; a list of names is one, too."""
    assert SLOTS.template(sentence) == template


def test_what_is_said_is_in_paragraphs_and_items() -> None:
    """Tables, menus and the foot of a page are no sentences."""
    said = Said()
    said.feed(
        "<nav><p>Not this.</p></nav><main><p>One <b>thing</b>.</p>"
        "<table><tr><td><p>Nor this.</p></td></tr></table>"
        "<ul><li>Another.</li></ul></main><footer><p>Nor that.</p></footer>"
    )
    assert said.found == ["One thing.", "Another."]


@pytest.mark.slow("the list of sentences is what the pages of today say")
def test_the_list_is_that_of_the_pages() -> None:
    """What ``make pages`` would write, of every kind of page."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    found = sentences(Site(Figures(ROOT / DATABASE, SOURCE / "queries"), ()))
    assert PAGE.read_text(encoding="utf-8").partition(BEGINS)[2] == listed(found)
    assert {kind for kind, _, _ in found} >= {"council", "home", "lens", "movers", "england"}
