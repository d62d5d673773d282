"""The words of a kind of page: its captions, headings and sentences, from ``site_src/templates``.

``said("transfers").reasons_caption(name)`` is what the macro ``reasons_caption`` of ``transfers_words.html``
says, ``said("transfers").reasons`` the setting of that name. Words are plain text, escaped where a page is
drawn; a link takes the place of a pair of braces.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import cache
from types import MappingProxyType, SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from scripts.site import words
from scripts.site.parts import Column

#: What the templates write figures and sentences with.
FILTERS: dict[str, Callable[..., Any]] = {
    "apart": words.plain_apart,
    "change": lambda row: words.change_sentence(row, row["edition"]),
    "companion": words.companion_or_reason,
    "counted": words.counted,
    "joined": words.joined,
    "number": words.number,
    "ordinal": words.ordinal,
    "plain": words.plain,
    "rank": words.rank_or_reason,
    "signed": words.signed,
    "spoken_end": words.spoken_end,
}


def templates(*, escaped: bool) -> Environment:
    """The templates; ``escaped`` where they draw pages, not where they give words."""
    found = Environment(
        loader=FileSystemLoader(words.TEMPLATES),
        autoescape=escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(FILTERS)
    found.globals["names"] = words.NAMES
    return found


@cache
def _environment() -> Environment:
    return templates(escaped=False)


def spoken(macro: Macro) -> Callable[..., str]:
    """A macro as a function that returns what it says, on one line."""
    return lambda *args, **kwargs: " ".join(str(macro(*args, **kwargs)).split())


@cache
def said(kind: str) -> SimpleNamespace:
    """The words of a kind of page, from ``<kind>_words.html``: settings as they are, macros as functions."""
    template = _environment().get_template(f"{kind}_words.html")
    exported = vars(template.module)
    return SimpleNamespace(
        **{
            name: spoken(value) if isinstance(value, Macro) else value
            for name, value in exported.items()
            if not name.startswith("_")
        }
    )


def columns(
    headings: Mapping[str, str],
    words_only: Container[str] = (),
    pictures: Container[str] = (),
    units: Mapping[str, str] = MappingProxyType({}),
) -> list[Column]:
    """Columns by their headings: numbers, but for the first one and those that hold words or pictures.

    The heading of a column of pictures is read out and not shown. ``units`` are those of numbers whose column
    says too little (``chart_data_words.html``).
    """
    return [
        Column(
            name,
            Markup('<span class="hide">{}</span>').format(heading) if name in pictures else heading,
            numeric=place > 0 and name not in words_only and name not in pictures,
            unit=units.get(name, ""),
        )
        for place, (name, heading) in enumerate(headings.items())
    ]


def linked(text: str, *links: Markup) -> Markup:
    """A sentence with links in the place of its braces."""
    return Markup(str(escape(text))).format(*links)
