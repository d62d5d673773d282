"""The readers, and which of them a file belongs to: told by what it holds, never by its name."""

from __future__ import annotations

from scripts.ingest.readers import (
    defra,
    dfe_lait,
    mhclg_homelessness,
    mhclg_housing,
    mhclg_rough_sleeping,
    nhs_delayed_transfers,
)
from scripts.ingest.readers.base import NotUsed, Reader, has_headers
from scripts.ingest.workbook import Book, IngestError


def _is_boundaries(book: Book) -> bool:
    """TopoJSON, GeoJSON or HexJSON."""
    kinds = (("type", "arcs"), ("type", "features"), ("layout", "hexes"))
    return book.kind == "json" and any(has_headers(book.sheets[0], names, 2) for names in kinds)


READERS: tuple[Reader, ...] = (
    *defra.READERS,
    *dfe_lait.READERS,
    mhclg_homelessness.READER,
    *mhclg_housing.READERS,
    mhclg_rough_sleeping.READER,
    nhs_delayed_transfers.READER,
)

NOT_USED: tuple[NotUsed, ...] = (
    *defra.NOT_USED,
    NotUsed("boundaries", "shapes for maps, no figures", _is_boundaries),
)


def recognised(
    book: Book, readers: tuple[Reader, ...] = READERS, not_used: tuple[NotUsed, ...] = NOT_USED
) -> Reader | NotUsed:
    """The one reader, or kind of file that is not used, that a file belongs to.

    Raises:
        IngestError: None claims the file, or more than one does.
    """
    claims = [known for known in (*readers, *not_used) if known.claims(book)]
    if len(claims) == 1:
        return claims[0]
    sheets = ", ".join(f"'{sheet.name}'" for sheet in book.sheets if sheet.name)
    found = f"the sheets {sheets}" if sheets else "a table with no known headers"
    if claims:
        names = " and ".join(known.name for known in claims)
        raise IngestError(book.name, f"a file that {names} both claim", "a file of one publication")
    raise IngestError(book.name, found, "a publication that a reader knows")
