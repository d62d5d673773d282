"""The readers, and which of them a file belongs to: told by what it holds, never by its name."""

from __future__ import annotations

from scripts.ingest.readers import (
    defra,
    dfe_lait,
    dfe_statistical_neighbours,
    mhclg_deprivation,
    mhclg_homelessness,
    mhclg_housing,
    mhclg_revenue_budget,
    mhclg_revenue_outturn,
    mhclg_rough_sleeping,
    mhclg_social_care_outturn,
    nhs_ascof,
    nhs_delayed_transfers,
    ons_nearest_neighbours,
    ons_population,
    other_finance,
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
    dfe_statistical_neighbours.READER,
    mhclg_deprivation.READER,
    mhclg_homelessness.READER,
    *mhclg_housing.READERS,
    mhclg_revenue_budget.READER,
    mhclg_revenue_outturn.READER,
    mhclg_rough_sleeping.READER,
    mhclg_social_care_outturn.READER,
    nhs_ascof.READER,
    nhs_delayed_transfers.READER,
    ons_nearest_neighbours.READER,
    ons_population.READER,
)

NOT_USED: tuple[NotUsed, ...] = (
    NotUsed("boundaries", "shapes for maps, no figures", _is_boundaries),
    *dfe_statistical_neighbours.NOT_USED,
    *ons_population.NOT_USED,
    *other_finance.NOT_USED,
)


def recognised(
    book: Book, readers: tuple[Reader, ...] = READERS, not_used: tuple[NotUsed, ...] = NOT_USED
) -> Reader | NotUsed:
    """The one reader, or kind of file that is not used, that a file belongs to.

    Raises:
        IngestError: None claims the file, or more than one does.
    """
    candidates: tuple[Reader | NotUsed, ...] = (*readers, *not_used)
    claims = [known for known in candidates if known.claims(book)]
    if len(claims) == 1:
        return claims[0]
    sheets = ", ".join(f"'{sheet.name}'" for sheet in book.sheets if sheet.name)
    found = f"the sheets {sheets}" if sheets else "a table with no known headers"
    if claims:
        names = " and ".join(known.name for known in claims)
        raise IngestError(book.name, f"a file that {names} both claim", "a file of one publication")
    raise IngestError(book.name, found, "a publication that a reader knows")
