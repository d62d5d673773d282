"""Publications on spending that are known and feed no seed."""

from __future__ import annotations

import re

from scripts.ingest.readers.base import NotUsed
from scripts.ingest.readers.mhclg_revenue import TOP_ROWS
from scripts.ingest.workbook import Book

RO3 = re.compile(r"RO3-[a-z0-9]+-")
ADULT_SOCIAL_CARE = re.compile(r"adult social care activity and finance", re.I)


def _texts(book: Book, rows: int) -> list[str]:
    return [
        text
        for sheet in book.sheets
        for row in range(min(rows, sheet.height))
        for text in sheet.row(row)
        if text
    ]


def _is_ro3(book: Book) -> bool:
    return any(RO3.match(text) for text in _texts(book, TOP_ROWS))


def _is_adult_social_care(book: Book) -> bool:
    return any(ADULT_SOCIAL_CARE.search(text) for text in _texts(book, 3)[:50])


NOT_USED = (
    NotUsed(
        "outturn of social care (RO3)",
        "142 to 148 councils in two years, with lines inside others: spend is compared by block",
        _is_ro3,
    ),
    NotUsed(
        "adult social care finance",
        "one year of a collection that ended: spend is compared by budgets and outturn",
        _is_adult_social_care,
    ),
)
