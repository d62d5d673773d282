"""Live tables on housing and the rough sleeping snapshot: wide and stacked tables, and how they drift."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from examples import ROOT, called, empty_seeds, read_by_its_reader, rows_of, said

from scripts.ingest import __main__, registers, seeds
from scripts.ingest.readers import recognised
from scripts.ingest.workbook import open_book

KNOWN = registers.load(ROOT / "seeds")
AUTHORITIES = sorted(KNOWN.housing_in("2023-24"))
FIRST, SECOND = AUTHORITIES[:2]
OF_2016 = sorted(KNOWN.housing_in("2016-17"))
PERIODS = [f"{year}-{(year + 1) % 100:02}" for year in range(2013, 2024)]
Grid = list[list[object]]
Edit = Callable[[Grid], None]


def net() -> Grid:
    """Live table 122."""
    header = ["DCLG code", "Former ONS code", "Current ONS code", "Authority data", *PERIODS]
    rows: Grid = [["X", "00", code, called(code), *range(100, 111)] for code in AUTHORITIES]
    gone = ["X", "00", "E07000002", "Bedford", 5, *["[x]"] * 10]
    return [header, gone, *rows]


def _area(code: str) -> str:
    return "England" if code == "E92000001" else called(code) if code in AUTHORITIES else "Somewhere"


def _vacant_figure(code: str, at: int, figure: int) -> int:
    """An authority's figure, or the sum of those of England or the North East."""
    areas = {
        "E92000001": AUTHORITIES,
        "E12000001": [each for each in AUTHORITIES if "E12000001" in KNOWN.areas_of(each)],
    }
    if code not in areas:
        return figure + at
    return sum(figure + AUTHORITIES.index(each) for each in areas[code])


def vacant() -> Grid:
    """Live table 615, its sheets stacked."""
    header = ["geography_code", "geography_name", "Measure", "date", "Value"]
    figures = {"AllVacants": 900, "Dwellings": 50_000, "HouseholdProjection": 49_000, "LongTermVacants": 300}
    areas = [*AUTHORITIES, "E10000003", "E11000001", "E12000001", "E13000001", "E92000001"]
    return [
        header,
        *(
            [code, _area(code), measure, year, _vacant_figure(code, at, figure + 3 * (2023 - year))]
            for at, code in enumerate(areas)
            for measure, figure in figures.items()
            for year in (2013, 2022, 2023)
        ),
    ]


def _completed_figure(code: str, at: int, figure: int) -> int:
    """An authority's homes, or their sum in England."""
    return sum(figure + each % 40 for each in range(at)) if code == "E92000001" else figure + at % 40


def completed() -> Grid:
    """Live table 1011, its sheets stacked."""
    header = ["geography_code", "geography_name", "date", "Measure", "value"]
    return [
        header,
        *(
            [code, _area(code), period, tenure, _completed_figure(code, at, figure + later)]
            for at, code in enumerate([*AUTHORITIES, "E92000001"])
            for later, period in zip((2, 1, 0), PERIODS[-3:], strict=True)
            for tenure, figure in (("Social Rent", 5), ("Affordable Rent", 9))
        ),
    ]


TABLES = {"net": net, "vacant": vacant, "completed": completed}


def saved(folder: Path, table: str, edit: Edit | None = None) -> Path:
    """Write a table, changed by ``edit``."""
    rows = TABLES[table]()
    if edit:
        edit(rows)
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return folder / "table.csv"


def test_net_additional_dwellings(tmp_path: Path) -> None:
    """Each year since 2014-15 is a block; authorities without a figure since then stay out."""
    reading, log = read_by_its_reader(saved(tmp_path, "net"))
    assert said(log) == []
    assert reading
    assert (reading.edition, reading.period) == ("2023-24", "2014-15 to 2023-24")
    rows = rows_of(reading)
    assert {key[0] for key in rows} == set(AUTHORITIES)
    assert {row["net_additional_dwellings"] for key, row in rows.items() if key[1] == "2014-15"} == {"101"}
    assert log.left_out == {"no figure in any year since 2014-15": 1}
    assert [part.columns["net_additional_dwellings"] for part in reading.parts[:2]] == ["F", "G"]


def test_a_year_before_an_authority_keeps_its_symbol(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An authority with figures since 2014-15 has a row in every year; the summary shows the symbol."""

    def later(rows: Grid) -> None:
        rows[2][5:8] = ["[x]"] * 3

    folder = tmp_path / "published"
    folder.mkdir()
    saved(folder, "net", later)
    target = empty_seeds(tmp_path)
    assert __main__.main([str(folder), "--seeds", str(target)]) == 0
    rows = seeds.read(target, "outcomes/mhclg_net_additional_dwellings")
    first = [row["net_additional_dwellings"] for row in rows if row["printed_code"] == FIRST]
    assert first == ["[x]", "[x]", "[x]", *map(str, range(104, 111))]
    assert "[x]: 3" in capsys.readouterr().out


def test_vacant_dwellings(tmp_path: Path) -> None:
    """Two measures beside each other; counties, regions, other measures and earlier years stay out."""
    reading, log = read_by_its_reader(saved(tmp_path, "vacant"))
    assert said(log) == []
    rows = rows_of(reading)
    assert rows[SECOND, "2023"] == {"dwellings": "50001", "long_term_vacants": "301"}
    assert len(rows) == 2 * len(AUTHORITIES)
    assert log.left_out == {
        "before 2014": 4 * (len(AUTHORITIES) + 5),
        "measure that is not used": 4 * (len(AUTHORITIES) + 5),
        "county, whose districts are printed": 4,
        "metropolitan county": 4,
        "region of England": 4,
        "inner or outer London": 4,
        "England": 4,
    }


def test_vacant_dwellings_begin_with_2014(tmp_path: Path) -> None:
    """The first year is read; the year before stays out."""

    def earlier(rows: Grid) -> None:
        for row in rows[1:]:
            row[3] = {2013: 2013, 2022: 2014, 2023: 2023}[row[3]]

    reading, log = read_by_its_reader(saved(tmp_path, "vacant", earlier))
    assert {year for _, year in rows_of(reading)} == {"2014", "2023"}
    assert log.left_out["before 2014"] == 4 * (len(AUTHORITIES) + 5)


def test_both_codes_of_north_yorkshire(tmp_path: Path) -> None:
    """One of its measures is printed under a code with a figure too many: they are one row of the seed."""

    def misprint(rows: Grid) -> None:
        for row in rows:
            if row[0] == "E06000065" and row[2] == "Dwellings":
                row[0] = "E066000065"

    reading, log = read_by_its_reader(saved(tmp_path, "vacant", misprint))
    assert said(log) == []
    assert set(rows_of(reading)["E06000065", "2023"]) == {"dwellings", "long_term_vacants"}
    assert log.notices["code E066000065 is a misprint for E06000065"] == 2


def test_affordable_completions(tmp_path: Path) -> None:
    """A row for each tenure printed; an absent row stays absent, and is said."""

    def none_completed(rows: Grid) -> None:
        rows[:] = [row for row in rows if not (row[0] == FIRST and row[2] == "2023-24")]

    reading, log = read_by_its_reader(saved(tmp_path, "completed", none_completed))
    assert said(log) == []
    rows = rows_of(reading)
    assert rows[FIRST, "2022-23", "Social Rent"] == {"completions": "6"}
    assert (FIRST, "2023-24", "Social Rent") not in rows
    assert log.notices[f"no row for {FIRST} in 2023-24"] == 1


def test_a_figure_like_a_year_is_no_year(tmp_path: Path) -> None:
    """Which table it is, its periods say."""
    found = recognised(open_book(saved(tmp_path, "completed", put(1, 4, 2001))))
    assert found.name == "mhclg_affordable_completions"


def test_authorities_of_an_edition_without_a_list() -> None:
    """Were there none of 2020-21, those of the edition before that were still there in the one after."""
    known = replace(KNOWN, housing={at: codes for at, codes in KNOWN.housing.items() if at != "2020-21"})
    before, between, after = (known.housing_in(edition) for edition in ("2019-20", "2020-21", "2021-22"))
    assert between == before & after
    assert KNOWN.housing_in("2030-31") == KNOWN.housing_in("2023-24")
    assert "E07000004" in before - between


def test_codes_that_a_person_placed_are_known() -> None:
    """Northumberland's old code stands in the register of printed codes only."""
    assert KNOWN.resolve(registers.ANY_GSS, "E06000048") == "E06000048"
    assert KNOWN.resolve(registers.GSS, "E06000048") is None


def moved_header(rows: Grid) -> None:
    """A title and a blank line above the table."""
    rows[:0] = [["Live table 122"], []]


def inserted_column(rows: Grid) -> None:
    """A column nobody knows."""
    for at, row in enumerate(rows):
        row.insert(3, "Type" if not at else 7)


def totals_row(rows: Grid) -> None:
    """England in the middle, without a code."""
    rows.insert(50, ["", "", "", "England", *[30_000] * len(PERIODS)])


def notes_below(rows: Grid) -> None:
    """Notes in the column of the code."""
    rows.extend([[], ["", "", "Notes: figures are revised"], ["[x]", "", "did not exist"]])


@pytest.mark.parametrize("edit", [moved_header, inserted_column, totals_row, notes_below])
def test_net_additional_dwellings_handled_by_rule(edit: Edit, tmp_path: Path) -> None:
    """The same rows come out."""
    expected, _ = read_by_its_reader(saved(tmp_path, "net"))
    reading, log = read_by_its_reader(saved(tmp_path, "net", edit))
    assert said(log) == []
    assert rows_of(reading) == rows_of(expected)
    assert (log.left_out["totals row"] == 1) == (edit is totals_row)
    assert (log.notices["unknown column 'Type' not read"] == 1) == (edit is inserted_column)


def put(row: int, place: int, value: object) -> Edit:
    """An edit of one field."""

    def edit(rows: Grid) -> None:
        rows[row][place] = value

    return edit


def without(count: int) -> Edit:
    """An edit that takes out the rows of the last authorities."""

    def edit(rows: Grid) -> None:
        place = 2 if "DCLG code" in rows[0] else 0
        rows[:] = [row for row in rows if row[place] not in AUTHORITIES[-count:]]

    return edit


def times(factor: float, chosen: Callable[[list[object]], bool]) -> Edit:
    """An edit that changes the last figure of chosen rows."""

    def edit(rows: Grid) -> None:
        for row in rows[1:]:
            if chosen(row) and isinstance(row[-1], int):
                row[-1] = round(row[-1] * factor)

    return edit


def without_period(rows: Grid) -> None:
    """The column of one year is gone."""
    for row in rows:
        del row[8]


def twice(rows: Grid) -> None:
    """A row again, with another figure."""
    rows.append([*rows[-1][:-1], 77])
    rows[-1][0] = rows[-2][0] = FIRST


REFUSED: dict[str, tuple[str, Edit, str, str]] = {
    "122, renamed header": ("net", put(0, 2, "Code"), "C1", "'Current ONS code'"),
    "122, header with a mark": ("net", put(0, 13, "2022-23 [r]"), "N1", "a period, as '2014-15'"),
    "122, missing year": ("net", without_period, "I1", "a column for each period"),
    "122, new symbol": ("net", put(9, 6, ".."), "G10", "a known symbol"),
    "122, blank": ("net", put(9, 6, ""), "G10", "a known symbol"),
    "122, fraction": ("net", put(9, 6, 0.101), "G10", "a whole number"),
    "122, new code": ("net", put(9, 2, "E07000999"), "C10", "a known ONS code"),
    "122, thousands": ("net", times(0.1, lambda row: True), "O1", "has the unit changed?"),
    "122, many missing": ("net", without(6), "C1", "at most 5 missing"),
    "615, renamed header": ("vacant", put(0, 4, "Number"), "E1", "a column headed 'Value'"),
    "615, new measure": ("vacant", put(8, 2, "SecondHomes"), "C9", "one of 'AllVacants'"),
    "615, new code": ("vacant", put(6, 0, "E07000999"), "A7", "a known ONS code"),
    "615, new symbol": ("vacant", put(6, 4, "-"), "E7", "a known symbol"),
    "615, thousands in one year": (
        "vacant",
        times(0.001, lambda row: row[3] == 2023 and row[2] == "LongTermVacants"),
        "",
        "the same unit in both",
    ),
    "615, thousands in all years": (
        "vacant",
        times(0.001, lambda row: row[2] == "Dwellings"),
        "E1",
        "has the unit changed?",
    ),
    "615, many missing": ("vacant", without(6), "A1", "at most 5 missing"),
    "615, one row twice": ("vacant", twice, "A3613", "one row for each"),
    "1011, renamed header": ("completed", put(0, 3, "Tenure"), "D1", "a column headed 'Measure'"),
    "1011, new tenure": ("completed", put(1, 3, "Rent to Buy"), "D2", "'Social Rent'"),
    "1011, blank": ("completed", put(1, 4, ""), "E2", "a known symbol"),
    "1011, tens in one year": (
        "completed",
        times(0.1, lambda row: row[2] == "2023-24"),
        "",
        "the same unit in both",
    ),
    "1011, many missing": ("completed", without(31), "A1", "at most 30 missing"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_cell(case: str, tmp_path: Path) -> None:
    """The error names file and cell, and says what was expected."""
    table, edit, cell, expected = REFUSED[case]
    _, log = read_by_its_reader(saved(tmp_path, table, edit))
    assert any(expected in str(error) and error.cell == cell for error in log.errors), said(log)


def snapshot(edit: Callable[[openpyxl.Workbook], None] | None, folder: Path) -> Path:
    """The rough sleeping snapshot, 2013 to 2016 and its notes in merged cells, changed by ``edit``."""
    book = openpyxl.Workbook()
    book.active.title = "Contents"
    sheet = book.create_sheet("Table 1 Total")
    sheet.append(["Table 1: Total number of people sleeping rough, by local authority district"])
    sheet.append([])
    headers = ["Local authority ONS code", "Local authority", "Region", "Region ONS code"]
    sheet.append([*headers, 2013, 2014, 2015, 2016])
    sums = [sum(at % by for at in range(len(OF_2016))) for by in (5, 6, 7, 8)]
    sheet.append(["---", "---", "England", "E92000001", *sums])
    for at, code in enumerate(OF_2016):
        sheet.append([code, called(code), "Region", "E12000001", at % 5, at % 6, at % 7, at % 8])
    sheet.append([])
    sheet.append(["Last Update:", "28 February 2017"])
    sheet.append(["1 People sleeping rough are defined as"])
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=9)
    if edit:
        edit(book)
    book.save(folder / "snapshot.xlsx")
    return folder / "snapshot.xlsx"


def test_rough_sleeping(tmp_path: Path) -> None:
    """A block for each autumn since 2014."""
    reading, log = read_by_its_reader(snapshot(None, tmp_path))
    assert said(log) == []
    assert reading
    assert (reading.edition, reading.period) == ("2017-02-28", "2014 to 2016")
    rows = rows_of(reading)
    assert rows[OF_2016[5], "2014"] == {"rough_sleepers": "5"}
    assert len(rows) == 3 * len(OF_2016)
    assert log.left_out == {"England or region": 1}


def in_cell(cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    """An edit of one cell."""

    def edit(book: openpyxl.Workbook) -> None:
        book["Table 1 Total"][cell] = value

    return edit


def merged_figures(book: openpyxl.Workbook) -> None:
    """One figure for two years."""
    book["Table 1 Total"].merge_cells("F9:G9")


def rates(book: openpyxl.Workbook) -> None:
    """The last year is a rate for each 100,000, with whole numbers."""
    for row in range(5, 5 + len(OF_2016)):
        book["Table 1 Total"].cell(row, 8).value *= 5


@pytest.mark.parametrize(
    ("edit", "cell", "expected"),
    [
        (in_cell("A3", "Code"), "A3", "'Local authority ONS code'"),
        (in_cell("G3", "2015 [note 1]"), "G3", "a period, as '2014'"),
        (in_cell("G3", 2014), "G3", "a column for each period, in order"),
        (in_cell("F9", ".."), "F9", "a known symbol"),
        (in_cell("F9", 1.5), "F9", "a whole number"),
        (in_cell("A9", "E07000999"), "A9", "a known ONS code"),
        (in_cell(f"B{6 + len(OF_2016)}", ""), "A1", "'Last Update:' with a day"),
        (merged_figures, "F9", "a cell of its own"),
        (rates, "", "the same unit in both"),
        (lambda book: book["Table 1 Total"].delete_rows(9, 6), "A3", "at most 5 missing"),
        (lambda book: setattr(book["Table 1 Total"], "title", "Table_1"), "", "exactly one named"),
    ],
)
def test_rough_sleeping_refused(
    edit: Callable[[openpyxl.Workbook], None], cell: str, expected: str, tmp_path: Path
) -> None:
    """The error names the cell, and says what was expected."""
    _, log = read_by_its_reader(snapshot(edit, tmp_path))
    assert any(expected in str(error) and error.cell == cell for error in log.errors), said(log)
