"""Small publications for the tests: a month of delayed transfers as published, and seeds to fill."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from scripts.ingest import carried, registers, run
from scripts.ingest import seeds as seed_files
from scripts.ingest.blocks import Result
from scripts.ingest.contract import Log
from scripts.ingest.parts import Reading
from scripts.ingest.readers import nhs_delayed_transfers as reader
from scripts.ingest.readers import recognised
from scripts.ingest.readers.base import NotUsed
from scripts.ingest.workbook import IngestError, open_book

ROOT = Path(__file__).resolve().parents[3]
SEED = "outcomes/nhs_delayed_transfers"
HEADER_ROW, FIRST_ROW = 14, 17
RESPONSIBLE, REASON = "LA - by responsible org", "LA - by reason"
REASONS = [column.headers[0] for column in reader.BY_REASON.columns[3:-1]]

Edit = Callable[[openpyxl.Workbook], None]


def councils() -> list[tuple[str, str, str]]:
    """Social services number, ONS code and name of every council that a workbook of 2018 prints."""
    live = registers.load(ROOT / "seeds").live("2018-04-01")
    rows = registers.read_csv(registers.CODES / "social_services.csv")
    return [tuple(row.values()) for row in rows if row["gss_code"] in live]


@cache
def _names() -> Mapping[str, Mapping[frozenset[str], str]]:
    return registers.load(ROOT / "seeds").known_names.known


def called(code: str) -> str:
    """Name of an authority, as the registers have it."""
    names = _names()
    return next(iter(names[code].values())) if code in names else f"Authority {code}"


def parquet(path: Path, columns: Mapping[str, Sequence[object]]) -> Path:
    """Write a Parquet file of these columns."""
    names = ", ".join(f'unnest(?) as "{name}"' for name in columns)
    with duckdb.connect() as connection:
        connection.execute(f"copy (select {names}) to '{path}' (format parquet)", list(columns.values()))
    return path


def figures(place: int, scale: int = 1, month: str = "April 2018") -> tuple[list[int], list[int]]:
    """Days by responsible organisation and by reason of the council at a place, with the same total.

    No two months have the same days, and a care package is waited for far longer than equipment.
    """
    later = 0 if month == "April 2018" else 1 + sum(map(ord, month)) % 4
    more = {REASONS.index("E) Awaiting care package in own home"): 80}
    reasons = [(place % 37 + at + 20 + later + more.get(at, 0)) * scale for at in range(len(REASONS))]
    total = sum(reasons)
    return [total - 30 * scale, 20 * scale, 10 * scale, total], [*reasons, total]


def workbook(month: str = "April 2018", revised: str = "9th May 2019", scale: int = 1) -> openpyxl.Workbook:
    """A month's workbook."""
    book = openpyxl.Workbook()
    book.active.title = "England"
    headers = {RESPONSIBLE: ["NHS", "Social Care", "Both", "Total"], REASON: [*REASONS, "Total"]}
    for order, (name, own) in enumerate(headers.items()):
        sheet = book.create_sheet(name)
        for row, (label, text) in enumerate((("Period:", month), ("Published:", "-"), ("Revised:", revised))):
            sheet.cell(5 + row, 2, label)
            sheet.cell(5 + row, 3, text)
        for place, text in enumerate(["Region", "ONS Geography", "Code", "Name", *own]):
            sheet.cell(HEADER_ROW, 2 + place, text)
        if order == 0:
            sheet.cell(HEADER_ROW - 1, 6, "Delayed Days")
        areas = councils()
        columns = zip(*(figures(at, scale, month)[order] for at in range(len(areas))), strict=True)
        sums = [sum(column) for column in columns]
        for place, value in enumerate(["-", "-", "-", "England", *sums]):
            sheet.cell(HEADER_ROW + 1, 2 + place, value)
        for at, (number, code, council) in enumerate(areas):
            for place, value in enumerate(
                ["Region", code, number, council, *figures(at, scale, month)[order]]
            ):
                sheet.cell(FIRST_ROW + at, 2 + place, value)
    return book


def saved(folder: Path, edit: Edit | None = None, name: str = "month.xlsx", **month: str | int) -> Path:
    """Write a month's workbook, changed by ``edit``."""
    book = workbook(**month)
    if edit:
        edit(book)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / name)
    return folder / name


def taken(path: Path) -> tuple[Reading | None, Log]:
    """Read one month."""
    log = Log()
    try:
        return reader.read_book(open_book(path), registers.load(ROOT / "seeds"), log), log
    except IngestError as error:
        log.errors.append(error)
        return None, log


def read_by_its_reader(path: Path) -> tuple[Reading | None, Log]:
    """Read a file by whichever reader claims it, with the registers of the seeds."""
    log = Log()
    try:
        book = open_book(path)
        found = recognised(book)
        assert not isinstance(found, NotUsed)
        return found.read(book, registers.load(ROOT / "seeds"), log), log
    except IngestError as error:
        log.errors.append(error)
        return None, log


def said(log: Log) -> list[str]:
    """What the errors of a log say."""
    return [str(error) for error in log.errors]


def rows_of(reading: Reading | None) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows of a reading by key."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for part in reading.parts if reading else ():
        for key, (_, texts) in part.rows.items():
            rows.setdefault(key, {}).update(zip(part.columns, texts, strict=True))
    return rows


def empty_seeds(folder: Path) -> Path:
    """A folder of seeds with registers and no figures."""
    seeds = folder / "seeds"
    for part in ("register", "outcomes", "provenance"):
        (seeds / part).mkdir(parents=True)
        for path in (ROOT / "seeds" / part).glob("*.yml"):
            shutil.copy(path, seeds / part)
    for name in ("councils", "authorities", "printed_codes"):
        shutil.copy(ROOT / "seeds" / "register" / f"{name}.csv", seeds / "register")
    return seeds


def only_carried(seeds: Path, paths: Iterable[str]) -> None:
    """Take out of seeds every row that the register of carried figures does not name."""
    lines = carried.register(seeds)
    for path in paths:
        of = seed_files.layout(seeds, path)
        rows = [list(row.values()) for row in seed_files.read(seeds, path) if _is_carried(lines, path, row)]
        (seeds / f"{path}.csv").unlink(missing_ok=True)
        if rows:
            text = seed_files.text_of(of.columns, rows)
            (seeds / f"{path}.csv").write_text(text, encoding="utf-8")


def _is_carried(lines: Iterable[carried.Carried], path: str, row: Mapping[str, str]) -> bool:
    return any(line.seed == path and line.covers(row) for line in lines)


def contents(seeds: Path) -> dict[str, bytes]:
    """Every seed, by path."""
    return {path.relative_to(seeds).as_posix(): path.read_bytes() for path in sorted(seeds.rglob("*.csv"))}


def ingested(folder: Path, seeds: Path, **options: bool) -> Result:
    """Run an ingest over a folder."""
    return run.ingest(folder, seeds, **options)


def row_of(sheet: Worksheet, code: str) -> int:
    """Row of a council in a sheet of ``workbook``."""
    return next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 3).value == code)
