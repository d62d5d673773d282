"""What publishers change from one edition to the next: each change is read right, or refused by cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from examples import FIRST_ROW, HEADER_ROW, REASON, REASONS, RESPONSIBLE, Edit, row_of, rows_of, saved, taken


def moved_header(book: openpyxl.Workbook) -> None:
    """Two rows more above the table."""
    for name in (RESPONSIBLE, REASON):
        book[name].insert_rows(3, 2)


def inserted_column(book: openpyxl.Workbook) -> None:
    """A column nobody knows, with a figure for everyone, and in the second sheet among the reasons."""
    for name, place in ((RESPONSIBLE, 5), (REASON, 9)):
        sheet = book[name]
        sheet.insert_cols(place)
        sheet.cell(HEADER_ROW, place, "Beds")
        for row in range(FIRST_ROW, sheet.max_row + 1):
            sheet.cell(row, place, 7)


def extra_sheet(book: openpyxl.Workbook) -> None:
    """A sheet nobody knows."""
    book.create_sheet("Data Quality", 0).append(["Note", "Code", "NHS"])


def totals_in_the_middle(book: openpyxl.Workbook) -> None:
    """A row that adds up the rows above it."""
    for name in (RESPONSIBLE, REASON):
        sheet = book[name]
        sheet.insert_rows(FIRST_ROW + 10)
        for place in range(6, sheet.max_column + 1):
            sheet.cell(FIRST_ROW + 10, place, 99_999)
        sheet.cell(FIRST_ROW + 10, 5, "Total")


def blank_rows(book: openpyxl.Workbook) -> None:
    """Blank rows between regions."""
    for name in (RESPONSIBLE, REASON):
        book[name].insert_rows(FIRST_ROW + 20, 2)


def reordered(book: openpyxl.Workbook) -> None:
    """Code and name change places, and so do the columns of the first two reasons."""
    sheet = book[REASON]
    for row in range(HEADER_ROW, sheet.max_row + 1):
        for left, right in ((4, 5), (6, 7)):
            first, second = sheet.cell(row, left).value, sheet.cell(row, right).value
            sheet.cell(row, left).value, sheet.cell(row, right).value = second, first


def second_group(book: openpyxl.Workbook) -> None:
    """The same headers again under beds."""
    sheet = book[RESPONSIBLE]
    sheet.cell(HEADER_ROW - 1, 11, "DTOC Beds")
    for place, text in enumerate(["NHS", "Social Care", "Both", "Total"]):
        sheet.cell(HEADER_ROW, 11 + place, text)
        for row in range(FIRST_ROW, sheet.max_row + 1):
            sheet.cell(row, 11 + place, 1.5)


def merged_title(book: openpyxl.Workbook) -> None:
    """A title across the table, which holds no figure."""
    book[RESPONSIBLE].merge_cells("B2:I2")


HANDLED: dict[str, tuple[Edit, str]] = {
    "moved header row": (moved_header, ""),
    "inserted column": (inserted_column, "unknown column 'Beds' not read"),
    "extra sheet": (extra_sheet, ""),
    "totals row in the middle": (totals_in_the_middle, ""),
    "blank rows": (blank_rows, ""),
    "columns in another order": (reordered, ""),
    "the same headers under another group": (second_group, ""),
    "merged title": (merged_title, ""),
}


@pytest.mark.parametrize("case", HANDLED)
def test_handled_by_rule(case: str, tmp_path: Path) -> None:
    """The same rows come out, and what was strange is said."""
    edit, notice = HANDLED[case]
    expected, _ = taken(saved(tmp_path, name="plain.xlsx"))
    found, log = taken(saved(tmp_path, edit, name="drifted.xlsx"))
    assert [str(error) for error in log.errors] == []
    assert rows_of(found) == rows_of(expected)
    assert len(rows_of(found)) > 150
    assert not notice or notice in log.notices


def test_a_totals_row_is_counted(tmp_path: Path) -> None:
    """A totals row is left out and said to be."""
    _, log = taken(saved(tmp_path, totals_in_the_middle))
    assert log.left_out["totals row"] == 2


def put(sheet: str, cell: str, value: object) -> Edit:
    """An edit of one cell."""

    def edit(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return edit


def thousands(book: openpyxl.Workbook) -> None:
    """Every figure a thousandth."""
    for name in (RESPONSIBLE, REASON):
        for row in range(FIRST_ROW, book[name].max_row + 1):
            for place in range(6, book[name].max_column + 1):
                book[name].cell(row, place).value = round(book[name].cell(row, place).value / 1000)


def fewer_councils(count: int) -> Edit:
    """An edit that takes out the first councils of both sheets."""

    def edit(book: openpyxl.Workbook) -> None:
        for name in (RESPONSIBLE, REASON):
            book[name].delete_rows(FIRST_ROW, count)

    return edit


def twice(book: openpyxl.Workbook) -> None:
    """The first council again, with another figure."""
    sheet = book[RESPONSIBLE]
    row = [cell.value for cell in sheet[FIRST_ROW]]
    sheet.append([*row[:5], 1, *row[6:]])


def merged_figures(book: openpyxl.Workbook) -> None:
    """One figure for two councils."""
    book[RESPONSIBLE].merge_cells(start_row=FIRST_ROW, end_row=FIRST_ROW + 1, start_column=6, end_column=6)


def one_sheet_only(book: openpyxl.Workbook) -> None:
    """The second sheet under a new name."""
    book[REASON].title = "Reasons"


REFUSED: dict[str, tuple[Edit, str, str, str]] = {
    "renamed header": (put(RESPONSIBLE, "G14", "Local authority"), RESPONSIBLE, "G14", "'Social Care'"),
    "header elsewhere": (put(REASON, "G14", REASONS[0]), REASON, "", "'B) Awaiting public funding'"),
    "doubled header": (put(REASON, "R14", REASONS[0]), REASON, "R14", "it once"),
    "changed unit": (thousands, RESPONSIBLE, "I14", "has the unit changed?"),
    "figures in another unit": (put(RESPONSIBLE, "F20", 250_000), RESPONSIBLE, "F20", "0 to 20000"),
    "a fraction": (put(RESPONSIBLE, "F20", 3.5), RESPONSIBLE, "F20", "a whole number"),
    "new symbol": (put(RESPONSIBLE, "F20", "[c]"), RESPONSIBLE, "F20", "a known symbol"),
    "blank figure": (put(RESPONSIBLE, "F20", None), RESPONSIBLE, "F20", "a known symbol"),
    "text": (put(REASON, "F20", "see note 3"), REASON, "F20", "a number"),
    "new code": (put(RESPONSIBLE, "D20", "999"), RESPONSIBLE, "D20", "a known social services code"),
    "no code": (put(RESPONSIBLE, "D20", None), RESPONSIBLE, "D20", "a known social services code"),
    "another council's ONS code": (put(REASON, "C20", "E06000001"), REASON, "C20", "or its successor"),
    "many missing councils": (fewer_councils(6), RESPONSIBLE, "D14", "at most 5 missing"),
    "council twice": (twice, RESPONSIBLE, "D168", "one row for each"),
    "merged figures": (merged_figures, RESPONSIBLE, "F17", "a cell of its own"),
    "missing sheet": (one_sheet_only, "", "", "exactly one named 'LA - by reason'"),
    "another month": (put(REASON, "C5", "May 2018"), "", "", "one month"),
    "no month": (put(REASON, "C5", "2018/19"), REASON, "C5", "a month, as April 2018"),
    "sheets that disagree": (put(RESPONSIBLE, "I20", 5), RESPONSIBLE, "I20", "the same total in both"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_cell(case: str, tmp_path: Path) -> None:
    """The error names file, sheet and cell, and says what was expected."""
    edit, sheet, cell, expected = REFUSED[case]
    _, log = taken(saved(tmp_path, edit))
    texts = [str(error) for error in log.errors]
    assert any(error.sheet == sheet and (not cell or error.cell == cell) for error in log.errors), texts
    assert any(expected in text for text in texts), texts
    assert all(text.startswith("month.xlsx") and text.endswith(".") for text in texts)


def test_a_missing_council_is_said(tmp_path: Path) -> None:
    """One council less is no error, and never silent."""
    _, log = taken(saved(tmp_path, fewer_councils(1)))
    assert not log.errors
    assert [notice for notice in log.notices if notice.startswith("no row for ")]


@pytest.mark.parametrize(("month", "is_read"), [("March 2014", False), ("April 2014", True)])
def test_delays_begin_with_april_2014(month: str, is_read: bool, tmp_path: Path) -> None:
    """The series began before the first edition: its first month is read, the one before is left out."""
    reading, log = taken(saved(tmp_path, month=month))
    assert [str(error) for error in log.errors] == []
    assert bool(rows_of(reading)) == is_read
    assert bool(log.left_out["month before April 2014"]) != is_read


def test_a_known_symbol_is_kept_and_counted(tmp_path: Path) -> None:
    """A council that reports nothing keeps its dashes."""

    def dashes(book: openpyxl.Workbook) -> None:
        for name in (RESPONSIBLE, REASON):
            sheet = book[name]
            for place in range(6, sheet.max_column + 1):
                sheet.cell(row_of(sheet, "E09000001"), place, "-")

    reading, log = taken(saved(tmp_path, dashes))
    assert not log.errors
    assert set(rows_of(reading)["E09000001", "2018-04"].values()) == {"-"}
    assert log.symbols["-"] == 4 + len(REASONS) + 1


def test_separators_of_thousands_are_said(tmp_path: Path) -> None:
    """A number as text with commas is the number, and the rule is named."""

    def comma(book: openpyxl.Workbook) -> None:
        for name, total in ((RESPONSIBLE, "I"), (REASON, "Q")):
            sheet = book[name]
            more = 1234 - sheet[f"{total}20"].value
            sheet["F20"].value += more
            sheet[f"{total}20"] = "1,234"
            for column in ("F", total):
                sheet[f"{column}{HEADER_ROW + 1}"].value += more

    reading, log = taken(saved(tmp_path, comma))
    assert [str(error) for error in log.errors] == []
    assert log.notices["separator of thousands taken out"] == 2
    assert "1234" in {row["days_total"] for row in rows_of(reading).values()}
