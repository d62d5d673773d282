"""What the data behind a chart has to say beside its numbers: units, whose they are, reasons, the release.

The CSV of a chart is made in the reader's browser (``site_src/assets/data.js``) from the table that the page
has beside it. What a table leaves to its heading and its caption is told here, once for the whole site.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scripts.site import words
from scripts.site.data import Figures
from scripts.site.said import said

if TYPE_CHECKING:
    from scripts.site.public import Facts

SAY = said("chart_data")
LICENCE = "OGL-UK-3.0"


def reasons() -> dict[str, str]:
    """The marts' reason for a figure or a rank that is missing, by the words in which pages give it."""
    found = {told: reason for reason, told in words.MISSING.items()}
    unranked = ({"productivity_rank": None, "not_ranked_reason": reason} for reason in words.NOT_RANKED)
    return found | {words.rank_or_reason(row): str(row["not_ranked_reason"]) for row in unranked}


def release_of(facts: Facts) -> str:
    """The release and its day; of a build, how new its figures are."""
    released = SAY.released if facts.is_released else SAY.not_released
    return str(released(facts.version, facts.day))


def facts_script(facts: Facts) -> str:
    """The same for every page, as a script: a page that is opened from a folder may not read other files."""
    told = {
        "publisher": SAY.publisher,
        "source": SAY.index,
        "licence": LICENCE,
        "release": release_of(facts),
        "columns": SAY.columns,
        "reasons": reasons(),
    }
    return f"window.FACTS={json.dumps(told, ensure_ascii=False, separators=(',', ':'))};\n"


def publication(figures: Figures, publication_id: str) -> tuple[str, str]:
    """A publication with its publisher, and its licence: the source of what a chart shows as printed."""
    row = next(row for row in figures.rows("publications") if row["publication_id"] == publication_id)
    return f"{row['publisher']}: {row['publication_name']}", row["licence"]
