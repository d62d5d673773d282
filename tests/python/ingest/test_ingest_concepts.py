"""Parts and wholes, totals and rows, periods said twice: what a file says of itself tells its faults."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import test_ingest_ascof as ascof
import test_ingest_context as context
import test_ingest_defra as defra
import test_ingest_homelessness as homelessness
import test_ingest_housing as housing
import test_ingest_revenue as revenue
from examples import read_by_its_reader, said
from tables import Rows, few
from tables import saved as saved_sheets
from tables import taken as taken_sheets

from scripts.ingest.contract import Log, Row, Table
from scripts.ingest.exchanged import check_exchanged
from scripts.ingest.parts import Part
from scripts.ingest.readers import dfe_lait
from scripts.ingest.workbook import Sheet


def test_a_class_is_the_sum_of_its_rows(tmp_path: Path) -> None:
    """A total of shire counties that is half of Devon's budget is refused; that of Devon's is not."""
    for factor, is_refused in ((1.0, False), (0.5, True)):

        def edit(sheets: dict[str, Rows], factor: float = factor) -> None:
            rows = sheets[revenue.SHEET]
            devon = next(row for row in rows if "E10000008" in row)
            amounts = [value * factor for value in devon[5:] if isinstance(value, int)]
            rows.append(["", "", "SHIRE COUNTIES", "", "SC", *amounts])

        _, log = revenue.read_budgets(tmp_path, edit)
        assert any("as the total of" in text for text in said(log)) == is_refused, said(log)[:2]


def test_noughts_for_a_return_are_refused(tmp_path: Path) -> None:
    """A county spends on social care."""

    def edit(sheets: dict[str, Rows]) -> None:
        devon = next(row for row in sheets[revenue.SHEET] if "E10000008" in row)
        devon[7:] = [0] * len(devon[7:])

    _, log = revenue.read_budgets(tmp_path, edit)
    assert any("0 in all of 2 services of Devon" in text for text in said(log)), said(log)


def test_the_title_and_the_sheet_name_one_year(tmp_path: Path) -> None:
    """A title of another year than the sheet's name is refused."""

    def edit(sheets: dict[str, Rows]) -> None:
        sheets[revenue.SHEET][0][0] = "Revenue Account Budget (RA) 2017-18: Revenue Account data"

    _, log = revenue.read_budgets(tmp_path, edit)
    assert any("the title of 2017-18 beside 2018-19" in text for text in said(log)), said(log)


def test_waste_of_households_and_people_exchanged_is_refused(tmp_path: Path) -> None:
    """All waste per person under the header of residual waste per household, and the other way round."""

    def edit(rows: defra.Grid) -> None:
        for row in rows[1:]:
            row[6], row[8] = row[8], row[6] * 3

    rows = defra.rates()
    edit(rows)
    path = tmp_path / "table.csv"
    defra.saved(tmp_path, rows)
    _, log = read_by_its_reader(path)
    assert any("people per household" in text for text in said(log)), said(log)[:3]


def test_a_year_that_is_the_year_before_again_is_refused(tmp_path: Path) -> None:
    """The last year's tonnages are those of the year before."""
    rows = defra.tonnages()
    figures = {row[2]: row[6:] for row in rows if row[0] == "2021-22"}
    for row in rows:
        if row[0] == "2022-23":
            row[6:] = figures[row[2]]
    _, log = read_by_its_reader(defra.saved(tmp_path, rows))
    assert any("in 2022-23 as in 2021-22, expected a period's own figures" in text for text in said(log))


def test_a_part_above_its_whole_is_refused(tmp_path: Path) -> None:
    """More recycled than there was."""
    rows = defra.tonnages()
    rows[-1 - 2][6] = rows[-1 - 2][7] + 1
    _, log = read_by_its_reader(defra.saved(tmp_path, rows))
    assert any("expected at most the total in column H" in text for text in said(log)), said(log)


def test_england_is_the_sum_of_what_was_managed(tmp_path: Path) -> None:
    """England's total one tonne in ten less."""
    rows = defra.managed()
    rows[-1][12] = int(rows[-1][12] * 0.9)
    _, log = read_by_its_reader(defra.saved(tmp_path, rows))
    assert any("as the total of" in text and ", cell M" in text for text in said(log)), said(log)


def test_a_kind_gone_from_the_last_period_is_refused(tmp_path: Path) -> None:
    """Social rent in every year but the last."""

    def edit(rows: housing.Grid) -> None:
        rows[:] = [row for row in rows if not (row[2] == "2023-24" and row[3] == "Social Rent")]

    _, log = read_by_its_reader(housing.saved(tmp_path, "completed", edit))
    assert any("no row of 'Social Rent' in 2023-24" in text for text in said(log)), said(log)


@pytest.mark.parametrize("table", ["completed", "vacant"])
def test_england_is_the_sum_of_authorities(table: str, tmp_path: Path) -> None:
    """Some too many in England, in each of the stacked tables."""

    def edit(rows: housing.Grid) -> None:
        of_england = [row for row in rows if row[0] == "E92000001"]
        for row in of_england:
            row[4] += 5_000

    _, log = read_by_its_reader(housing.saved(tmp_path, table, edit))
    assert any("as the total of E92000001" in text for text in said(log)), said(log)


def test_the_title_names_the_last_autumn(tmp_path: Path) -> None:
    """A title up to another year than the last column's is refused."""

    def edit(book: openpyxl.Workbook) -> None:
        book["Table 1 Total"]["A2"] = "England, autumn 2013-2015"

    _, log = read_by_its_reader(housing.snapshot(edit, tmp_path))
    assert any("a title up to 2015, expected 2016" in text for text in said(log)), said(log)


def test_the_contents_name_the_quarter(tmp_path: Path) -> None:
    """Contents of another quarter than the tables are refused."""

    def edit(book: openpyxl.Workbook) -> None:
        book["Contents"]["B4"] = "July to September 2018"

    _, log = read_by_its_reader(homelessness.saved(tmp_path, edit))
    assert any("'July to September 2018', expected 201806" in text for text in said(log)), said(log)


def test_london_is_the_sum_of_its_boroughs(tmp_path: Path) -> None:
    """A region's total is held too."""

    def edit(book: openpyxl.Workbook) -> None:
        sheet = book["TA1"]
        sheet.cell(homelessness.row_of(sheet, "E12000007"), 5).value += 300

    _, log = read_by_its_reader(homelessness.saved(tmp_path, edit))
    assert any("as the total of E12000007" in text for text in said(log)), said(log)


def test_people_are_those_beside_the_areas(tmp_path: Path) -> None:
    """Half of a council's people under the title of persons, while the areas print all."""

    def edit(sheets: dict[str, Rows]) -> None:
        rows = sheets[context.PERSONS]
        for row in rows[2:]:
            row[3:] = [value // 2 for value in row[3:]]
            row[3] = sum(row[4:])

    sheets = context.estimates() | {context.DENSITY: context.density()}
    edit(sheets)
    _, log, _ = taken_sheets(saved_sheets(tmp_path, sheets), few(set(context.COUNCILS)))
    assert any("as beside the areas" in text for text in said(log)), said(log)


def test_no_share_is_above_all(tmp_path: Path) -> None:
    """Ten times 18.8 is a percentage no longer."""
    rows = ascof.lines("2018-19", {"1B": 188.0}, {"Outcome": 0})
    _, log, _ = taken_sheets(ascof.stacked(tmp_path, rows), few(set(ascof.COUNCILS)))
    assert any("a percentage up to 100" in text for text in said(log)), said(log)


@pytest.mark.parametrize(
    ("others", "is_refused"), [("690.8", True), ("1745", True), ("1,745", False), ("690", False)]
)
def test_a_comma_beside_decimals_may_be_one_of_a_decimal(
    others: str, is_refused: bool, tmp_path: Path
) -> None:
    """1,345 beside 690.8 or 1745 is refused by its cell; where all thousands are set apart it is a number."""
    rows = ascof.lines("2018-19", {"2A2": 600.0}, {"Outcome": 0})
    rows = [(*row[:-1], others) for row in rows[:-1]] + [(*rows[-1][:-1], "1,345")]
    _, log, _ = taken_sheets(ascof.stacked(tmp_path, rows), few(set(ascof.COUNCILS)))
    assert any("set apart in every figure or in none" in text for text in said(log)) == is_refused, said(log)
    assert is_refused or not log.errors


def test_a_measure_has_one_long_name() -> None:
    """Two measures under each other's short name in one period."""
    names = [("CIN", "Children in need"), ("LAC", "Children looked after"), ("CIN", "Children looked after")]
    rows = [Row(at, "E06000001", {"item_id": item, "title": title}) for at, (item, title) in enumerate(names)]
    table = Table(dfe_lait.BY_COUNCIL, Sheet("lait.csv", "", []), 0, {"title": 1, "printed_code": 5}, rows)
    log = Log()
    dfe_lait._check_titles(table, log)
    assert said(log) == [
        "lait.csv, cell B3: found 'Children looked after' under the short name 'CIN', "
        "expected 'Children in need'."
    ]
    log = Log()
    dfe_lait._check_titles(Table(*[*vars(table).values()][:4], rows[:2]), log)
    assert not log.errors


def _of_two_years(is_exchanged: bool) -> list[Part]:
    """Two measures of forty councils in two years: the one rises along them, the other does not."""
    figures = {"CIN": lambda at: 300 + 10 * at, "LAC": lambda at: 50 + (7 * at) % 40}
    parts = []
    for item, figure in figures.items():
        for period, more in (("2023", 0), ("2024", 3)):
            other = figures[{"CIN": "LAC", "LAC": "CIN"}[item]] if is_exchanged and more else figure
            rows = {(item, f"E{at}", period): (at, (str(other(at) + more * (at % 3)),)) for at in range(40)}
            parts.append(Part("outcomes/dfe_lait", "", (item, period), "DfE", "F", {"value_raw": "E"}, rows))
    return parts


@pytest.mark.parametrize("is_exchanged", [True, False])
def test_two_measures_exchanged_are_told_by_the_year_before(is_exchanged: bool) -> None:
    """Whatever they are called, the councils' order is that of the other measure."""
    log = Log()
    check_exchanged(_of_two_years(is_exchanged), Sheet("lait.parquet", "", []), log)
    assert bool(log.errors) == is_exchanged, said(log)
    assert all("CIN and LAC of 2024" in text for text in said(log))
