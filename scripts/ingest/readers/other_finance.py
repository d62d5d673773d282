"""Publications on spending that are known and feed no seed."""

from __future__ import annotations

import re

from scripts.ingest.readers.base import NotUsed
from scripts.ingest.workbook import Book

ADULT_SOCIAL_CARE = re.compile(r"adult social care activity and finance", re.I)


def _is_adult_social_care(book: Book) -> bool:
    texts = [text for sheet in book.sheets for row in range(min(3, sheet.height)) for text in sheet.row(row)]
    return any(ADULT_SOCIAL_CARE.search(text) for text in texts)


NOT_USED = (
    NotUsed(
        "adult social care finance",
        "one year of a collection that ended: spend is compared by budgets and outturn",
        _is_adult_social_care,
    ),
)
