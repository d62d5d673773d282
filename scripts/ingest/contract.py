"""What a reader declares of a table, and what is read by it.

A contract says which headers a table has, never where they stand: the header row is looked for, columns are
found by their text. Whatever is not as declared is an error that names the cell, or is handled by a rule and
said in a notice. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scripts.ingest.workbook import IngestError, Sheet

#: Digits of other scripts, as full-width ones, are none that a figure is printed in.
NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Column:
    """A column of a published table.

    Attributes:
        name: What rows call it; where it is a column of the seed, the seed's name for it.
        headers: Texts it may be headed by; case, spacing and kind of dash do not matter.
        kind: ``code`` (geography, one per contract), ``label`` (the area's name), ``text`` or ``number``.
        group: Text over a group of columns, where two columns have the same header.
        unit: Unit of its numbers, for people.
        symbols: Texts allowed in place of a number, the empty text among them only if it may be blank;
            ``None`` takes those of the contract.
        low, high: Bounds of each number, both allowed.
        median: Bounds of the median of its numbers other than 0, against a changed unit.
        is_whole: Numbers are counts.
        shortest: A float's 17 digits, kept as text, are written as the fewest that give the same float.
        empty: Texts that say nothing is printed, as ``NA``; written as empty text.
        optional: An older layout may be without it.
    """

    name: str
    headers: tuple[str, ...]
    kind: str = "number"
    group: str = ""
    unit: str = ""
    symbols: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None
    median: tuple[float, float] | None = None
    is_whole: bool = False
    shortest: bool = False
    empty: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Contract:
    """A published table as its reader expects it.

    Attributes:
        publication_id: Its row in the register of publications.
        seed: Path of the seed below ``seeds``, without ``.csv``.
        columns: Columns that are read.
        key: Names of the columns that name a row; together with the period of a sheet that has only one.
        code_kind: Kind of geography code (see ``registers``), or empty where rows are no authorities.
        sheets: Names the sheet may have; none for files of one table.
        not_read: Headers that are known and not read; with ``*`` at the end, all that begin so.
        symbols: Texts allowed in place of a number.
        other_codes: Printed codes that are no authority of the seed, and why their rows stay out; ``E07*``
            stands for all that begin so.
        areas: Label to ONS code of areas that are printed without a code and belong to the seed: England.
        left_out: Column to texts in it (case and spacing do not matter) that keep a row out, and why.
        wanted: Texts a column must hold for its row to be read, where a table holds more than the seed.
        searched_rows: Rows from the top in which the header row may stand.
        is_wide: Most columns are not read: unknown headers are counted, not named one by one.
        may_be_missing: Expected authorities that may be missing before the table counts as broken.
    """

    publication_id: str
    seed: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    code_kind: str = ""
    sheets: tuple[str, ...] = ()
    not_read: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    other_codes: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    searched_rows: int = 40
    is_wide: bool = False
    may_be_missing: int = 5


class Row(NamedTuple):
    """A row as read: its place in the sheet counted from 0, its ONS code (empty without one), its texts."""

    number: int
    code: str
    texts: dict[str, str]


@dataclass
class Log:
    """What happened while files were read.

    Attributes:
        errors: What keeps a file from being used.
        notices: What was handled by rule, and how often.
        symbols: Symbols in place of numbers, by symbol.
        rows_read: Rows of figures looked at, those left out included.
        left_out: Rows left out by rule, by reason.
    """

    errors: list[IngestError] = field(default_factory=list)
    notices: Counter[str] = field(default_factory=Counter)
    symbols: Counter[str] = field(default_factory=Counter)
    rows_read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, other: Log) -> None:
        """Take over what another log holds."""
        self.errors += other.errors
        self.notices += other.notices
        self.symbols += other.symbols
        self.rows_read += other.rows_read
        self.left_out += other.left_out


@dataclass(frozen=True)
class Table:
    """A sheet read by a contract: the row of its headers, the place of each column found, its rows.

    ``others`` are rows of figures that were left out, as totals, under the code that is printed.
    """

    contract: Contract
    sheet: Sheet
    header_row: int
    places: Mapping[str, int]
    rows: Sequence[Row]
    others: Sequence[Row] = ()

    @property
    def code_place(self) -> int:
        """Column of the code, or of the first key column where rows are no authorities."""
        codes = [column.name for column in self.contract.columns if column.kind == "code"]
        return self.places[(codes or self.contract.key)[0]]
