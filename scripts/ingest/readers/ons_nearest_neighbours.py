"""ONS statistical nearest neighbours of local authorities: the twenty nearest of each upper-tier council."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed, has_headers
from scripts.ingest.registers import GSS, Registers
from scripts.ingest.sheets import find_sheet
from scripts.ingest.table import read
from scripts.ingest.workbook import Book, IngestError

SEED = "context/ons_nearest_neighbours"
HELD = 20
RANKS = tuple(str(rank) for rank in range(1, HELD + 1))
CONTRACT = Contract(
    publication_id="ons_nearest_neighbours",
    seed=SEED,
    sheets=("Table 3",),
    columns=(
        Column("gss_code", ("Upper tier local authority code",), kind="code"),
        Column("name", ("Upper tier local authority name",), kind="label"),
        *(Column(f"neighbour_{rank}", (f"Neighbour {rank}",), kind="text") for rank in RANKS),
    ),
    key=("gss_code",),
    code_kind=GSS,
    is_wide=True,
)
HEADERS = ("Upper tier local authority code", "Upper tier local authority name", "Neighbour 1", "Neighbour 2")


def claims(book: Book) -> bool:
    """A workbook with a table of upper-tier councils and their neighbours."""
    return any(has_headers(sheet, HEADERS, at_least=3) for sheet in book.sheets)


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One release: a row of the seed for each council and rank."""
    table = read(CONTRACT, find_sheet(CONTRACT, book.sheets, book.name), registers, log)
    released = _released(book)
    check_missing(table, registers.live(released), registers, log)
    parts: list[Part] = []
    for rank in RANKS:
        parts += parts_of(
            _of_rank(table, rank, registers, log),
            ("printed_code", "neighbour_rank"),
            ("neighbour_rank",),
            ("neighbour_gss_code",),
            {"neighbour_rank": rank},
        )
    return Reading(released, released[:4], parts)


def _of_rank(table: Table, rank: str, registers: Registers, log: Log) -> Table:
    """The table with the neighbours of one rank, each a known council and not the council itself."""
    rows, place = [], table.places[f"neighbour_{rank}"]
    for row in table.rows:
        neighbour = row.texts[f"neighbour_{rank}"]
        if registers.resolve(GSS, neighbour) in (None, row.code):
            expected = "another council's code"
            log.errors.append(table.sheet.error(row.number, place, f"'{neighbour}'", expected))
        rows.append(row._replace(texts=row.texts | {"neighbour_gss_code": neighbour}))
    return replace(table, rows=rows, places=dict(table.places) | {"neighbour_gss_code": place})


def _released(book: Book) -> str:
    """Day of the release, in the contents: ``released on 01/10/2025``."""
    for sheet in book.sheets[:2]:
        for row in range(min(CONTRACT.searched_rows, sheet.height)):
            found = re.search(r"released on (\d\d/\d\d/\d{4})", sheet.text(row, 0))
            if found:
                return datetime.datetime.strptime(found[1], "%d/%m/%Y").date().isoformat()
    raise IngestError(book.name, "no day of release", "'released on 01/10/2025' in the contents")


READER = Reader(
    publication_id="ons_nearest_neighbours",
    name="ons_nearest_neighbours",
    version="1",
    seeds=(Seed(SEED, ("neighbour_rank",)),),
    claims=claims,
    read=read_book,
)
