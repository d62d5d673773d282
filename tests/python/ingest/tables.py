"""Small publications for the tests of readers: tables with few rows, as published, and edits of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
from examples import ROOT

from scripts.ingest import registers
from scripts.ingest.contract import Log
from scripts.ingest.parts import Reading
from scripts.ingest.readers import recognised
from scripts.ingest.readers.base import Reader
from scripts.ingest.workbook import IngestError, open_book

Rows = list[list[object]]
Edit = Callable[[dict[str, Rows]], None]
KNOWN = registers.load(ROOT / "seeds")


def saved(folder: Path, sheets: dict[str, Rows], name: str = "file.xlsx") -> Path:
    """Write sheets of rows as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / name)
    return folder / name


def taken(path: Path, known: registers.Registers = KNOWN) -> tuple[Reading | None, Log, str]:
    """Recognise and read one file; also the name of its reader."""
    log, name = Log(), ""
    try:
        book = open_book(path)
        reader = recognised(book)
        name = reader.name
        assert isinstance(reader, Reader), reader.reason
        return reader.read(book, known, log), log, name
    except IngestError as error:
        log.errors.append(error)
        return None, log, name


def rows_of(reading: Reading | None, seed: str) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows of one seed by key."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for part in reading.parts if reading else ():
        for key, (_, texts) in part.rows.items() if part.seed == seed else ():
            rows.setdefault(key, {}).update(zip(part.columns, texts, strict=True))
    return rows


def said(log: Log) -> list[str]:
    """The errors, in words."""
    return [str(error) for error in log.errors]


def few(codes: set[str]) -> registers.Registers:
    """The registers with only these councils alive, so that an example needs no others."""
    councils = {code: dates for code, dates in KNOWN.councils.items() if code in codes}
    return replace(KNOWN, councils=councils, districts={})


def place(rows: Rows, text: str) -> tuple[int, int]:
    """Row and column of a text, both from 0."""
    return next((at, row.index(text)) for at, row in enumerate(rows) if text in row)


def put(sheet: str, row: int, column: int, value: object) -> Edit:
    """An edit of one cell, both from 0."""

    def edit(sheets: dict[str, Rows]) -> None:
        sheets[sheet][row][column] = value

    return edit


def moved_down(sheets: dict[str, Rows]) -> None:
    """Two blank rows more above every table, below its title."""
    for rows in sheets.values():
        rows[1:1] = [[], []]


def inserted_column(before: str, header: str = "Something new") -> Edit:
    """A column nobody knows in every table with this header, before it."""

    def edit(sheets: dict[str, Rows]) -> None:
        for rows in sheets.values():
            if not any(before in row for row in rows):
                continue
            at, column = place(rows, before)
            for number, row in enumerate(rows):
                if number >= at and len(row) > column:
                    row.insert(column, header if number == at else 77)

    return edit


def renamed(old: str, new: str) -> Edit:
    """Another header, in every table."""

    def edit(sheets: dict[str, Rows]) -> None:
        for rows in sheets.values():
            for row in rows:
                row[:] = [new if value == old else value for value in row]

    return edit


def scaled(factor: float) -> Edit:
    """Every number but codes and years, by a factor."""

    def edit(sheets: dict[str, Rows]) -> None:
        for rows in sheets.values():
            for row in rows:
                row[:] = [value * factor if isinstance(value, float | int) else value for value in row]

    return edit
