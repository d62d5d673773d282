"""DfE children's services statistical neighbours: ten of each council, by DfE's numbers."""

from __future__ import annotations

from dataclasses import replace

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import NotUsed, Reader, Seed, has_headers
from scripts.ingest.registers import DFE_NUMBER, Registers
from scripts.ingest.table import read
from scripts.ingest.workbook import Book, IngestError, Sheet, normal

SEED = "context/dfe_statistical_neighbours"
RANKS = tuple(str(rank) for rank in range(1, 11))
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")
#: Below it stand the neighbours of councils of before a reorganisation.
OLD = "old sns:"
#: The file does not say its day; its councils are those of the reorganisation of April 2023.
DAY = "2023-04-01"
CONTRACT = Contract(
    publication_id="dfe_statistical_neighbours",
    seed=SEED,
    columns=(
        Column("dfe_la_number", ("LA num",), kind="code"),
        Column("name", ("LA Name",), kind="label"),
        *(Column(f"neighbour_{rank}", (f"SN{rank}",), kind="text") for rank in RANKS),
        *(Column(f"closeness_{rank}", (f"SNP of SN{rank}",), kind="text") for rank in RANKS),
    ),
    key=("dfe_la_number",),
    code_kind=DFE_NUMBER,
    not_read=("LA number", "GOInd", "GOReg"),
)
HEADERS = ("LA num", "LA Name", "LA number", "GOInd", "GOReg", "SN1", "SN2", "SNP")


def claims(book: Book) -> bool:
    """A workbook with a table of neighbours by DfE's number."""
    return any(has_headers(sheet, HEADERS, at_least=6) for sheet in book.sheets)


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One release: a row of the seed for each council and rank."""
    sheets = [sheet for sheet in book.sheets if has_headers(sheet, HEADERS, at_least=6)]
    if len(sheets) != 1:
        raise IngestError(book.name, f"{len(sheets)} tables of neighbours", "one")
    table = read(CONTRACT, _unfolded(sheets[0], log), registers, log)
    check_missing(table, _expected(registers), registers, log)
    parts: list[Part] = []
    for rank in RANKS:
        parts += parts_of(
            _of_rank(table, rank, registers, log),
            ("dfe_la_number", "neighbour_rank"),
            ("neighbour_rank",),
            ("neighbour_dfe_la_number", "closeness"),
            {"neighbour_rank": rank},
        )
    return Reading("2025", "2025", parts)


def _expected(registers: Registers) -> set[str]:
    """Councils of today; where an old and a new one share a number, the old one stands for both."""
    numbered, live = set(registers.codes[DFE_NUMBER].values()), registers.live(DAY)
    shared = {old for old in numbered - live if set(registers.successors[old]) & live - numbered}
    return live & numbered | shared


def _unfolded(sheet: Sheet, log: Log) -> Sheet:
    """The sheet down to the old neighbours, with each ``SNP`` headed by the neighbour on its left."""
    header = next(row for row in range(sheet.height) if "sn1" in map(normal, sheet.row(row)))
    end = next((row for row in range(sheet.height) if OLD in map(normal, sheet.row(row))), sheet.height)
    if end < sheet.height:
        log.left_out["council of before a reorganisation"] += sum(
            bool(sheet.text(row, 0)) for row in range(end, sheet.height)
        )
    columns = []
    for place, column in enumerate(sheet.columns):
        cells = list(column[:end])
        if normal(sheet.text(header, place)) == "snp":
            cells[header] = f"SNP of {sheet.text(header, place - 1)}"
        columns.append(cells)
    return replace(sheet, columns=columns)


def _of_rank(table: Table, rank: str, registers: Registers, log: Log) -> Table:
    """The table with the neighbours of one rank: known numbers, known closeness."""
    names = {"neighbour_dfe_la_number": f"neighbour_{rank}", "closeness": f"closeness_{rank}"}
    rows = []
    for row in table.rows:
        texts = {name: row.texts[printed] for name, printed in names.items()}
        number, closeness = texts.values()
        if registers.resolve(DFE_NUMBER, number) in (None, row.code):
            place, expected = table.places[f"neighbour_{rank}"], "the number of another council"
            log.errors.append(table.sheet.error(row.number, place, f"'{number}'", expected))
        if closeness not in CLOSENESS:
            place = table.places[f"closeness_{rank}"]
            expected = " or ".join(f"'{text}'" for text in CLOSENESS)
            log.errors.append(table.sheet.error(row.number, place, f"'{closeness}'", expected))
        rows.append(row._replace(texts=row.texts | texts))
    places = {name: table.places[printed] for name, printed in names.items()}
    return replace(table, rows=rows, places=dict(table.places) | places)


def _is_code_list(book: Book) -> bool:
    sheets = [sheet for sheet in book.sheets if sheet.height]
    headers = ("LA Number", "LA Name", "Region", "Type")
    return len(sheets) == 1 and len(sheets[0].columns) == 4 and has_headers(sheets[0], headers, 4)


READER = Reader(
    publication_id="dfe_statistical_neighbours",
    name="dfe_statistical_neighbours",
    version="1",
    seeds=(Seed(SEED, ("neighbour_rank",)),),
    claims=claims,
    read=read_book,
)
NOT_USED = (
    NotUsed(
        "DfE code list",
        "numbers and names without ONS codes or dates: the register of councils holds the numbers",
        _is_code_list,
    ),
)
