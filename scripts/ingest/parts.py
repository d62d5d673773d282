"""A table cut into the parts that a seed takes: what provenance and superseding go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.ingest.contract import Table
from scripts.ingest.workbook import letters


@dataclass(frozen=True)
class Part:
    """Figures of one seed out of one sheet, for one block: what provenance and superseding go by.

    Attributes:
        seed: Path of the seed below ``seeds``, without ``.csv``.
        sheet: Name of the sheet.
        block: Texts of the seed's block columns (period, item); empty where the seed has none.
        code_kind: Kind of the code printed in the code column.
        code_column: Letters of the code column.
        columns: Value columns of the seed to the letters of the column they stand in.
        rows: Key of the seed row to its row in the sheet (from 0) and its values in the order of ``columns``.
    """

    seed: str
    sheet: str
    block: tuple[str, ...]
    code_kind: str
    code_column: str
    columns: Mapping[str, str]
    rows: Mapping[tuple[str, ...], tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Reading:
    """What a reader took from one file.

    Attributes:
        edition: Text that sorts by age within the publication: a newer one supersedes an older one.
        period: Period covered, for people.
        parts: The figures.
    """

    edition: str
    period: str
    parts: Sequence[Part]


def parts_of(
    table: Table,
    key: Sequence[str],
    block: Sequence[str],
    values: Sequence[str],
    constants: Mapping[str, str] | None = None,
    seed: str = "",
) -> list[Part]:
    """Cut a table into parts.

    Args:
        table: The table read.
        key: Key columns of the seed, in its order. ``printed_code`` is the row's ONS code.
        block: Those of the key columns that make a block, ``("item_id", "period")``.
        values: Value columns of the seed; those the table does not have are left out.
        constants: Key columns that the table has no column for, ``{"month": "2018-04"}``.
        seed: The seed, if it is not the contract's.

    Raises:
        IngestError: Two rows of the table would be one row of the seed.
    """
    constants = dict(constants or {})
    held = [name for name in values if name in table.places]
    rows: dict[tuple[str, ...], dict[tuple[str, ...], tuple[int, tuple[str, ...]]]] = defaultdict(dict)
    for row in table.rows:
        texts = row.texts | constants | {"printed_code": row.code}
        name = tuple(texts[column] for column in key)
        of_block = rows[tuple(texts[column] for column in block)]
        if name in of_block:
            found = f"{', '.join(name)} a second time (first in row {of_block[name][0] + 1})"
            raise table.sheet.error(row.number, table.code_place, found, "one row of the seed for each")
        of_block[name] = (row.number, tuple(row.texts[column] for column in held))
    columns = {name: letters(table.places[name]) for name in held}
    contract = table.contract
    return [
        Part(
            seed or contract.seed,
            table.sheet.name,
            of_block,
            contract.code_kind,
            letters(table.code_place),
            columns,
            found,
        )
        for of_block, found in sorted(rows.items())
    ]


def parts_by_period(table: Table, value: str) -> list[Part]:
    """Cut a table with a column for each period into a part for each, of rows (code, period).

    Args:
        table: A table whose number columns are periods (see ``with_periods``).
        value: Value column of the seed.
    """
    contract = table.contract
    return [
        Part(
            contract.seed,
            table.sheet.name,
            (column.name,),
            contract.code_kind,
            letters(table.code_place),
            {value: letters(table.places[column.name])},
            {(row.code, column.name): (row.number, (row.texts[column.name],)) for row in table.rows},
        )
        for column in contract.columns
        if column.kind == "number"
    ]
