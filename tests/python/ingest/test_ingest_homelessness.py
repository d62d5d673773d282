"""H-CLIC workbooks: headers on several rows, under merged groups, in the layouts of 2018 and of 2024."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from examples import ROOT, called, read_by_its_reader, rows_of, said
from openpyxl.worksheet.worksheet import Worksheet

from scripts.ingest import registers

KNOWN = registers.load(ROOT / "seeds")
AUTHORITIES = sorted(KNOWN.housing_in("2018-19"))
QUARTER = "April to June 2018"
#: For each table the rows of its headers, by column, and its merged cells (first row, columns, last row).
Headers = tuple[list[dict[int, str]], list[tuple[int, int, int, int]]]
GROUP = "Secured accommodation for 6+ months"
HOMELESS = "Homeless (including intentionally homeless)"
BED_AND_BREAKFAST = "Bed and breakfast hotels (including shared annexes)"
OLD: dict[str, Headers] = {
    "A1": (
        [
            {
                5: "Total initial assessments1,2",
                7: "Assessed as owed a duty",
                12: "Not threatened with homelessness",
            },
            {7: "Total", 8: "Threatened with homelessness"},
        ],
        [(0, 7, 0, 10), (0, 5, 1, 5)],
    ),
    "P1": (
        [
            {
                5: "Total number of households where prevention duty ended1,2",
                7: GROUP,
                10: HOMELESS,
                11: "Contact lost",
            },
            {7: "Total", 8: "Stayed in existing accommodation"},
        ],
        [(0, 7, 0, 9), (0, 5, 1, 5)],
    ),
    "R1": (
        [
            {
                5: "Total number of households \nwhere relief duty ended1,2",
                6: "Secured \naccommodation for 6+ months3",
            }
        ],
        [],
    ),
    "TA1": (
        [
            {
                5: "Total number of households in TA4,5,8",
                6: "Number of households (2016-based household projections for 2018)3  (000s)",
                11: BED_AND_BREAKFAST,
            },
            {11: "Total number of households", 12: "Total with children"},
        ],
        [(0, 5, 1, 5), (0, 6, 1, 6), (0, 11, 0, 15)],
    ),
}
#: Since 2021 names left behind by the publisher's tools stand above the headers.
NEW: dict[str, Headers] = {
    "A1": (
        [
            {5: "Grand Total", 7: "Total households assessed as owed a duty"},
            {5: "Total initial assessments1,2,6", 7: "Assessed as owed a duty"},
            {7: "Total owed a prevention or relief duty", 8: "Threatened with homelessness"},
        ],
        [(1, 7, 1, 10), (1, 5, 2, 5)],
    ),
    "P1": (
        [
            {5: "Grand Total", 7: GROUP},
            {5: "Total number of households whose prevention duty ended1,2", 7: GROUP, 10: HOMELESS},
            {7: "Total secured accommodation", 8: "Stayed in existing accommodation"},
        ],
        [(1, 7, 1, 9), (1, 5, 2, 5)],
    ),
    "R1": (
        [
            {5: "Grand Total", 6: "Secured accommodation"},
            {
                5: "Total number of households \nwhose relief duty ended1,2",
                6: "Secured \naccommodation for 6+ months",
            },
            {15: "Withdrew application"},
        ],
        [(1, 5, 2, 5), (1, 6, 2, 6)],
    ),
    "TA1": (
        [
            {5: "Sum of Total households in TA"},
            {
                5: "Total number of households in TA1,2,3,4",
                6: "Number of households in area5  (000s)",
                11: BED_AND_BREAKFAST,
            },
            {11: "Total number of households", 12: "Total with children"},
        ],
        [(1, 5, 1, 5), (1, 11, 1, 15)],
    ),
}
#: Columns of figures in each table, and what an authority at a place prints there.
FIGURES: dict[str, dict[int, Callable[[int], float]]] = {
    "A1": {5: lambda at: at % 90 + 200, 7: lambda at: at % 90 + 100, 8: lambda at: at % 90 + 50},
    "P1": {5: lambda at: at % 50 + 60, 7: lambda at: at % 50 + 30, 8: lambda at: 7, 10: lambda at: at % 20},
    "R1": {5: lambda at: at % 50 + 70, 6: lambda at: at % 50 + 20},
    "TA1": {5: lambda at: at % 80 + 90, 6: lambda at: 50 + at / 8, 11: lambda at: at % 9, 12: lambda at: 3},
}
Edit = Callable[[openpyxl.Workbook], None]


def added(area: str, figure: Callable[[int], float]) -> float:
    """What the authorities of an area print together: of London, or of all England."""
    return sum(
        figure(4 + at)
        for at, code in enumerate(AUTHORITIES)
        if area != "E12000007" or area in KNOWN.areas_of(code)
    )


def quarterly(
    layout: dict[str, Headers] = OLD,
    names: str = "{}",
    top: int = 0,
    shift: int = 0,
    day: str = "18th December 2019",
    quarter: str = QUARTER,
) -> openpyxl.Workbook:
    """A quarter's workbook: ``top`` more rows and ``shift`` more columns before the table than there were."""
    book = openpyxl.Workbook()
    book.active.title = "Contents"
    for row, text in enumerate(("Statutory homelessness", quarter, "England", f"Revised {day}")):
        book.active.cell(3 + row, 2, text)
    for name, (headers, merged) in layout.items():
        sheet = book.create_sheet(names.format(name))
        sheet.cell(1 + top, 1, f"Table {name} - by local authority\nEngland, {quarter}")
        sheet.merge_cells(start_row=1 + top, end_row=1 + top, start_column=1, end_column=9)
        for row, texts in enumerate(headers):
            for place, text in texts.items():
                sheet.cell(3 + top + row, place + shift, text)
        for first, left, last, right in merged:
            rows = {"start_row": 3 + top + first, "end_row": 3 + top + last}
            sheet.merge_cells(**rows, start_column=left + shift, end_column=right + shift)
        areas = [("E92000001", "ENGLAND"), ("-", "Rest of England"), ("E12000007", "London"), None]
        first = 3 + top + len(headers)
        for at, area in enumerate([*areas, *((code, called(code)) for code in AUTHORITIES)]):
            for place, text in enumerate(area or ()):
                sheet.cell(first + at, 1 + place, text)
            for place, figure in FIGURES[name].items() if area else ():
                sheet.cell(
                    first + at, place + shift, figure(at) if at >= len(areas) else added(area[0], figure)
                )
        for at, note in enumerate(
            (("Notes",), ("1", "Totals exclude some"), ("..", "incomplete or no data received"))
        ):
            for place, text in enumerate(note):
                sheet.cell(sheet.max_row + (at == 0) * 2 + (place == 0), 1 + place, text)
    return book


def saved(folder: Path, edit: Edit | None = None, **layout: object) -> Path:
    """Write a quarter's workbook, changed by ``edit``."""
    book = quarterly(**layout)
    if edit:
        edit(book)
    book.save(folder / "quarter.xlsx")
    return folder / "quarter.xlsx"


def row_of(sheet: Worksheet, code: str) -> int:
    """Row of an authority."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


@pytest.fixture
def expected(tmp_path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Rows of the plain workbook."""
    reading, log = read_by_its_reader(saved(tmp_path))
    assert said(log) == []
    return rows_of(reading)


def test_a_quarter(tmp_path: Path, expected: dict[tuple[str, ...], dict[str, str]]) -> None:
    """Every authority has its figures of all four tables; what is no authority is counted, not kept."""
    assert {code for code, _ in expected} == set(AUTHORITIES)
    assert {quarter for _, quarter in expected} == {"201806"}
    at = 4 + AUTHORITIES.index("E07000223")
    assert expected["E07000223", "201806"] == {
        "owed_duty_total": str(at % 90 + 100),
        "prev_ended_total": str(at % 50 + 60),
        "prev_ended_secured": str(at % 50 + 30),
        "prev_ended_homeless": str(at % 20),
        "relief_ended_total": str(at % 50 + 70),
        "relief_ended_secured": str(at % 50 + 20),
        "ta_total": str(at % 80 + 90),
        "hh_in_area_000s": str(50 + at / 8).removesuffix(".0"),
        "bb_total": str(at % 9),
    }
    reading, log = read_by_its_reader(tmp_path / "quarter.xlsx")
    assert reading
    assert (reading.edition, reading.period) == ("2019-12-18", "201806")
    assert log.left_out == {"England": 4, "region of England": 4, "totals row": 4}
    assert not log.notices


def totals_in_the_middle(book: openpyxl.Workbook) -> None:
    """A row that adds up the rows above it, without a code."""
    for name, places in FIGURES.items():
        row = row_of(book[name], AUTHORITIES[100])
        book[name].insert_rows(row)
        book[name].cell(row, 2, "Sub-total")
        for place in places:
            book[name].cell(row, place, 19_000)


def blank_rows(book: openpyxl.Workbook) -> None:
    """Blank rows among authorities, and a sheet nobody knows."""
    for name in FIGURES:
        book[name].insert_rows(row_of(book[name], AUTHORITIES[50]), 2)
    book.create_sheet("A10").append(["Employment", 1])


def header_over_a_blank_column(book: openpyxl.Workbook) -> None:
    """A header is merged with the blank cell beside it."""
    book["P1"].unmerge_cells("E3:E4")
    book["P1"].merge_cells("E3:F4")


HANDLED: dict[str, tuple[dict[str, object], Edit | None]] = {
    "headers below names of the publisher's tools": ({"layout": NEW}, None),
    "the quarter in the sheets' names": ({"names": "{} - Apr-Jun 18"}, None),
    "sheets named with a dash below": ({"names": "{}_"}, None),
    "moved header rows": ({"top": 3}, None),
    "columns more before the figures": ({"shift": 2, "layout": NEW}, None),
    "merged header cells": ({}, header_over_a_blank_column),
    "totals row in the middle": ({}, totals_in_the_middle),
    "blank rows and an extra sheet": ({}, blank_rows),
}


@pytest.mark.parametrize("case", HANDLED)
def test_layouts_give_the_same_rows(
    case: str, tmp_path: Path, expected: dict[tuple[str, ...], dict[str, str]]
) -> None:
    """Layouts differ, figures do not."""
    layout, edit = HANDLED[case]
    reading, log = read_by_its_reader(saved(tmp_path, edit, **layout))
    assert said(log) == []
    assert rows_of(reading) == expected


def put(sheet: str, cell: str, value: object) -> Edit:
    """An edit of one cell."""

    def edit(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return edit


def without_merged_group(book: openpyxl.Workbook) -> None:
    """The group over the columns is a cell of its own, so that nothing says how far it reaches."""
    book["A1"].unmerge_cells("G3:J3")


def group_over_another_column(book: openpyxl.Workbook) -> None:
    """The group begins one column later."""
    book["P1"].unmerge_cells("G3:I3")
    book["P1"]["G3"], book["P1"]["H3"] = None, GROUP
    book["P1"].merge_cells("H3:I3")


def columns_changed(book: openpyxl.Workbook) -> None:
    """Figures of the total and of those secured have changed places, headers have not."""
    for row in range(5, book["P1"].max_row + 1):
        cells = book["P1"].cell(row, 5), book["P1"].cell(row, 7)
        cells[0].value, cells[1].value = cells[1].value, cells[0].value


def other_thousands(book: openpyxl.Workbook) -> None:
    """Households of the area in ten thousands, their header still says thousands."""
    for row in range(5, row_of(book["TA1"], AUTHORITIES[-1]) + 1):
        cell = book["TA1"].cell(row, 6)
        cell.value = cell.value and cell.value / 10


def thousands(book: openpyxl.Workbook) -> None:
    """Duties owed in tens."""
    for row in range(5, row_of(book["A1"], AUTHORITIES[-1]) + 1):
        cell = book["A1"].cell(row, 7)
        cell.value = cell.value and cell.value // 10


def merged_figures(book: openpyxl.Workbook) -> None:
    """One figure for two authorities."""
    book["A1"].merge_cells("G20:G21")


def fewer(count: int) -> Edit:
    """An edit that takes authorities out of one table."""

    def edit(book: openpyxl.Workbook) -> None:
        book["R1"].delete_rows(row_of(book["R1"], AUTHORITIES[10]), count)

    return edit


def renamed_sheet(book: openpyxl.Workbook) -> None:
    """A table under a name of its own."""
    book["TA1"].title = "Temporary accommodation"


REFUSED: dict[str, tuple[Edit, str, str, str]] = {
    "renamed header": (put("R1", "E3", "Relief duties ended"), "R1", "E3", "whose relief duty ended"),
    "renamed group": (put("A1", "G3", "Accepted"), "A1", "", "Assessed as owed a duty: Total"),
    "no merged group": (without_merged_group, "A1", "", "Assessed as owed a duty: Total"),
    "group over another column": (group_over_another_column, "P1", "", f"{GROUP}: Total"),
    "columns in each other's place": (columns_changed, "P1", "G9", "at most the total in column E"),
    "changed unit of households": (other_thousands, "TA1", "F4", "has the unit changed?"),
    "changed unit of duties": (thousands, "A1", "G4", "has the unit changed?"),
    "new symbol": (put("A1", "G20", "-"), "A1", "G20", "a known symbol"),
    "suppressed figure": (put("TA1", "E20", "[c]"), "TA1", "E20", "a known symbol"),
    "blank figure": (put("A1", "G20", None), "A1", "G20", "a known symbol"),
    "a fraction": (put("A1", "G20", 3.5), "A1", "G20", "a whole number"),
    "new code": (put("A1", "A20", "E07009999"), "A1", "A20", "a known ONS code"),
    "merged figures": (merged_figures, "A1", "G20", "a cell of its own"),
    "many missing authorities": (fewer(4), "R1", "A3", "at most 3 missing"),
    "missing sheet": (renamed_sheet, "", "", "exactly one named 'TA1'"),
    "another quarter": (put("TA1", "A1", "Table TA1\nEngland, 30 September 2018"), "", "", "one quarter"),
    "no quarter": (put("A1", "A1", "Table A1"), "A1", "A1", "a title with the quarter"),
    "no England": (put("A1", "A5", "E92"), "A1", "A1", "England in the first row of figures"),
    "no day": (put("Contents", "B6", "Revised"), "Contents", "A7", "a day after 2018-06-30"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_cell(case: str, tmp_path: Path) -> None:
    """The error names file, sheet and cell, and says what was expected."""
    edit, sheet, cell, expected_text = REFUSED[case]
    _, log = read_by_its_reader(saved(tmp_path, edit))
    assert any(error.sheet == sheet and (not cell or error.cell == cell) for error in log.errors), said(log)
    assert any(expected_text in text for text in said(log)), said(log)
    assert all(text.startswith("quarter.xlsx") and text.endswith(".") for text in said(log))


def test_a_missing_authority_is_said(tmp_path: Path) -> None:
    """Three less are no error, and never silent."""
    reading, log = read_by_its_reader(saved(tmp_path, fewer(3)))
    assert said(log) == []
    assert len([notice for notice in log.notices if notice.startswith("no row for")]) == 3
    assert "relief_ended_total" not in rows_of(reading)[AUTHORITIES[11], "201806"]


def test_the_quarter_to_march_belongs_to_the_year_before(tmp_path: Path) -> None:
    """Authorities that ended on 31 March are expected in it."""
    known = registers.load(ROOT / "seeds")
    ended = sorted(known.housing_in("2018-19") - known.housing_in("2019-20"))[:4]

    def without(book: openpyxl.Workbook) -> None:
        for code in ended:
            book["A1"].delete_rows(row_of(book["A1"], code))

    _, log = read_by_its_reader(saved(tmp_path, quarter="January to March 2019"))
    assert said(log) == []
    _, log = read_by_its_reader(saved(tmp_path, without, quarter="January to March 2019"))
    assert any("at most 3 missing" in text for text in said(log))


def test_unusable_returns_keep_their_symbol(tmp_path: Path) -> None:
    """Two dots stay two dots."""
    reading, log = read_by_its_reader(saved(tmp_path, put("TA1", "E20", "..")))
    assert said(log) == []
    assert log.symbols == {"..": 1}
    assert ".." in {row["ta_total"] for row in rows_of(reading).values()}


@pytest.mark.parametrize(
    ("day", "edition"),
    [("18th December 2019", "2019-12-18"), ("2022-07-28", "2022-07-28"), ("October 2020", "2020-10")],
)
def test_the_edition_is_the_day_of_publication(day: str, edition: str, tmp_path: Path) -> None:
    """Days are printed in several ways."""
    reading, _ = read_by_its_reader(saved(tmp_path, day=day))
    assert reading
    assert reading.edition == edition


def test_a_misprinted_day_gives_way_to_the_latest_update(tmp_path: Path) -> None:
    """A quarter cannot be published before it ends."""

    def update(book: openpyxl.Workbook) -> None:
        book["A1"].cell(book["A1"].max_row + 1, 2, "Latest update: Dec 2018")
        book["P1"].cell(book["P1"].max_row + 1, 2, "Latest update: March 2019")

    reading, log = read_by_its_reader(saved(tmp_path, update, day="19th March 2018"))
    assert reading
    assert reading.edition == "2019-03"
    assert any("before the end of the quarter" in notice for notice in log.notices)
    _, log = read_by_its_reader(saved(tmp_path, day="19th March 2018"))
    assert any("a day after 2018-06-30" in text for text in said(log))
