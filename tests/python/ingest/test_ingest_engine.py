"""What holds of the engine whatever the sheet: properties on small made-up tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.ingest import registers
from scripts.ingest.checks import check_scale
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import parts_of
from scripts.ingest.readers import recognised
from scripts.ingest.readers.base import NotUsed, has_headers
from scripts.ingest.table import read
from scripts.ingest.workbook import Book, IngestError, Sheet

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
KNOWN = registers.load(SEEDS)
CODES = sorted(KNOWN.codes[registers.GSS])[:6]
CONTRACT = Contract(
    publication_id="example",
    seed="outcomes/example",
    columns=(
        Column("printed_code", ("Code",), kind="code"),
        Column("name", ("Name",), kind="label"),
        Column("homes", ("Homes", "Dwellings"), unit="homes", low=0, high=1000, is_whole=True),
        Column("rate", ("Rate",), unit="%", low=0, high=100, symbols=("..",)),
    ),
    key=("printed_code",),
    code_kind=registers.GSS,
    symbols=("-",),
)
HEADERS = ["Code", "Name", "Homes", "Rate"]
Grid = list[list[object]]

rows = st.lists(
    st.tuples(st.integers(0, 1000) | st.just("-"), st.floats(0, 100) | st.just("..")), min_size=1, max_size=6
)


def grid(figures: list[tuple[object, object]]) -> Grid:
    """A table of the first councils with these figures."""
    named = zip(CODES, figures, strict=False)
    return [HEADERS, *([code, KNOWN.names[code], homes, rate] for code, (homes, rate) in named)]


def applied(table: Grid) -> tuple[Table | None, Log]:
    """The contract applied to a grid."""
    log = Log()
    sheet = Sheet("example.csv", "", list(zip(*table, strict=True)))
    try:
        return read(CONTRACT, sheet, KNOWN, log), log
    except IngestError as error:
        log.errors.append(error)
        return None, log


def texts(table: Table | None) -> dict[str, dict[str, str]]:
    """Texts read, by code."""
    return {row.code: row.texts for row in table.rows} if table else {}


@given(rows, st.permutations(range(4)), st.lists(st.integers(1, 7), max_size=4), st.integers(0, 20))
def test_order_of_columns_and_blank_rows_change_nothing(
    figures: list[tuple[object, object]], order: list[int], blanks: list[int], above: int
) -> None:
    """Wherever columns and rows stand, the same figures are read."""
    table = grid(figures)
    moved = [[row[place] for place in order] for row in table]
    for place in blanks:
        moved.insert(min(place, len(moved)), [""] * 4)
    moved = [["A title", "", "", ""]] * above + moved
    expected, _ = applied(table)
    found, log = applied(moved)
    assert not log.errors
    assert texts(found) == texts(expected)


@given(
    rows,
    st.data(),
    st.integers() | st.floats(allow_nan=False) | st.text(max_size=6) | st.sampled_from([*CODES, "-", ".."]),
)
def test_one_edited_cell_changes_that_row_or_is_refused(
    figures: list[tuple[object, object]], data: st.DataObject, value: object
) -> None:
    """No edit of one cell changes another row, and none goes unseen: it is read, refused or counted."""
    table = grid(figures)
    row = data.draw(st.integers(1, len(table) - 1))
    column = data.draw(st.integers(0, 3))
    edited = [list(cells) for cells in table]
    edited[row][column] = value
    before, _ = applied(table)
    after, log = applied(edited)
    if log.errors:
        return
    old, new = texts(before), texts(after)
    code = str(table[row][0])
    other = {name: row_texts for name, row_texts in old.items() if name != code}
    if column == 0 and str(value).strip() != code:
        # A known code of another council, which has to be one that had no row.
        (name,) = new.keys() - other.keys()
        assert name == str(value)
        assert other == {key: row_texts for key, row_texts in new.items() if key != name}
    else:
        assert other == {key: row_texts for key, row_texts in new.items() if key != code}
        name = CONTRACT.columns[column].name
        same = {key: text for key, text in old[code].items() if key != name}
        assert same == {key: text for key, text in new[code].items() if key != name}


@given(rows)
def test_a_row_printed_twice_alike_is_taken_once(figures: list[tuple[object, object]]) -> None:
    """A repeated row changes nothing and is said."""
    table = grid(figures)
    found, log = applied([*table, table[-1]])
    assert texts(found) == texts(applied(table)[0])
    assert log.notices["row printed twice alike, taken once"] == 1


def test_headers_that_stand_twice_are_refused() -> None:
    """A second table below the first is not read as figures."""
    table = grid([(1, 2.0)])
    _, log = applied([*table, HEADERS])
    assert "one header row" in str(log.errors[0])


def test_header_outside_the_searched_rows_is_not_found() -> None:
    """A table that begins too far down is refused, not looked for anywhere."""
    _, log = applied([[""] * 4] * 40 + grid([(1, 2.0)]))
    assert "none of the headers in the first 40 rows" in str(log.errors[0])


def test_a_changed_unit_in_one_period_of_a_long_table() -> None:
    """Thousands in one period are seen against the period before."""
    log = Log()
    sheet = Sheet("example.csv", "", [])
    series = [(("spend", "2018"), ["5000", "7000"]), (("spend", "2019"), ["5.1", "7.2"])]
    check_scale(series, sheet, log)
    assert "a median of 6.15 for spend in 2019 after 6000 in 2018" in str(log.errors[0])
    check_scale(series[:1], sheet, clean := Log())
    assert not clean.errors


def test_two_rows_of_a_table_that_are_one_of_the_seed_are_refused() -> None:
    """Parts never drop a row."""
    table, _ = applied(grid([(1, 2.0), (3, 4.0)]))
    assert table
    with pytest.raises(IngestError, match="a second time"):
        parts_of(table, ("period",), (), ("homes",), {"period": "2018"})


def test_a_file_belongs_to_exactly_one_reader() -> None:
    """None and two claims are both refused."""
    sheet = Sheet("a.csv", "Homes", list(zip(*grid([(1, 2.0)]), strict=True)))
    book = Book(Path("a.csv"), "a.csv", "csv", "", 1, (sheet,))
    known = NotUsed("homes", "an example", lambda book: has_headers(book.sheets[0], HEADERS, 3))
    assert recognised(book, (), (known,)) is known
    with pytest.raises(IngestError, match="a publication that a reader knows"):
        recognised(book, (), ())
    with pytest.raises(IngestError, match="homes and homes both claim"):
        recognised(book, (), (known, known))
