"""Defra's waste tables, as a workbook and as csv files, and fly-tipping."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from examples import ROOT, called, empty_seeds, ingested, read_by_its_reader, rows_of, said

from scripts.ingest import registers, seeds
from scripts.ingest.blocks import BLOCKS, FILES, REVISIONS
from scripts.ingest.readers import defra

KNOWN = registers.load(ROOT / "seeds")
COUNCILS = sorted(KNOWN.live("2022-04-01"))
AUTHORITIES = sorted(KNOWN.housing_in("2022-23"))
Grid = list[list[object]]
Edit = Callable[[Grid], None]
TONNAGES = [column.headers[0] for column in defra.TONNAGES.columns[3:]]
RATES = [column.headers[0] for column in defra.RATES.columns[3:]]
JOINT = KNOWN.joint["defra_waste"]
DISPOSING = [code for code in COUNCILS if code not in JOINT]
JOINT_AUTHORITIES = sorted(set(JOINT.values()))


def table(figures: list[str], of: Callable[[int], list[object]], last: int = 2022) -> Grid:
    """A waste table of 2013-14, 2021-22 and, unless it is older, 2022-23."""
    head = ["year", "region", "ons_code", "JPP order", "authority", "authority_type"]
    others = [("E07000223", "Adur", "Collection"), ("E50000001", "East London", "Disposal")]
    areas = [*((code, called(code), "Unitary") for code in COUNCILS), *others]
    return [
        [*head, *figures],
        *(
            [f"{year}-{year % 100 + 1}", "Region", code, at, name, kind, *_of_year(of(at), year)]
            for year in (2013, 2021, 2022)
            if year <= last
            for at, (code, name, kind) in enumerate(areas)
        ),
    ]


def _of_year(figures: list[object], year: int) -> list[object]:
    """No two years have the same figures: 2022-23 those given, earlier ones a little more."""
    return [figure + (2022 - year) if isinstance(figure, int) or figure > 1 else figure for figure in figures]


def tonnages(last: int = 2022) -> Grid:
    """Table 1."""
    return table(TONNAGES, lambda at: [40_000 + at, 100_000 + at, 25_000 + at, 1_000 + at], last)


def managed(last: int = 2022) -> Grid:
    """Table 2: councils without those of joint authorities, these, and the total."""
    head = ["year", "region", "Geographical Code", "ons_code", "Jpp Order", "authority", "authority_type"]
    ways = [
        "Landfilled",
        "Incineration with EfW",
        "Incineration without EfW 4",
        "Recycled- Composted",
        "Other1",
    ]
    areas = [*((code, "Unitary") for code in DISPOSING), *((code, "Disposal") for code in JOINT_AUTHORITIES)]
    rows: Grid = [[*head, *ways, "Total2", "Input to intermediate plants3"]]
    for year in (2021, 2022)[: last - 2020]:
        period = f"{year}-{year % 100 + 1}"
        for at, (code, kind) in enumerate(areas):
            figures = _of_year([9_000 + at, 60_000, 0, 50_000, 1_000, 120_000 + at, 7], year)
            rows.append([period, "Region", 1000 + at, code, at, called(code), kind, *figures])
        landfilled, whole = (sum(row[place] for row in rows[1:] if row[0] == period) for place in (7, 12))
        total = ["*Total", "*Total", "*Total", "Total England", "*Total"]
        rows.append([period, "Total England", *total, landfilled, 1, 1, 1, 1, whole, ""])
    return rows


def rates(last: int = 2022) -> Grid:
    """Table 3, with a total that has no ONS code."""
    rows = table(RATES, lambda at: [round(0.4 + at / 1000, 3), 500.5 + at, 400.0 + at], last)
    return [*rows, [f"{last}-{last % 100 + 1}", "England", "Total", "Total", "Total", "Total", 0.4, 500, 400]]


def saved(folder: Path, rows: Grid, edit: Edit | None = None, name: str = "table.csv") -> Path:
    """Write a table as csv, changed by ``edit``."""
    if edit:
        edit(rows)
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return folder / name


def workbook(folder: Path, last: int = 2021) -> Path:
    """The three tables in a workbook, under titles and above notes, beside tables of revisions."""
    book = openpyxl.Workbook()
    book.active.title = "Metadata"
    for name, rows in (
        ("Table_1", tonnages(last)),
        ("Table_2", managed(last)),
        ("Table_2_2021-22_Revisions", managed(last)[:9]),
        ("Table_3", rates(last)),
        ("Table_3_Revisions", rates(last)[:9]),
    ):
        sheet = book.create_sheet(name)
        for row in (
            [f"{name}: England"],
            [],
            ["For totals, sum disposal authorities"],
            *rows,
            [],
            ["Notes:"],
            ["From"],
        ):
            sheet.append(row)
    folder.mkdir(exist_ok=True)
    book.save(folder / "waste.xlsx")
    return folder / "waste.xlsx"


def test_a_table_of_tonnages(tmp_path: Path) -> None:
    """Districts in counties, joint authorities and earlier years stay out."""
    reading, log = read_by_its_reader(saved(tmp_path, tonnages()))
    assert said(log) == []
    assert reading
    assert (reading.edition, reading.period) == ("2022-23", "2021-22 to 2022-23")
    rows = rows_of(reading)
    assert rows[COUNCILS[7], "2021-22"] == {
        "household_recycled_tonnes": "40008",
        "household_tonnes": "100008",
        "household_dry_recycled_tonnes": "25008",
        "household_rejects_tonnes": "1008",
    }
    assert {code for code, _ in rows} == set(COUNCILS)
    assert log.left_out == {
        "before 2014-15": len(COUNCILS) + 2,
        "district in a county, whose row holds its waste": 2,
        "joint waste authority": 2,
    }


def test_a_table_of_rates(tmp_path: Path) -> None:
    """The total stays out, figures are as printed."""
    reading, log = read_by_its_reader(saved(tmp_path, rates()))
    assert said(log) == []
    assert rows_of(reading)[COUNCILS[7], "2022-23"] == {
        "recycling_rate": "0.407",
        "residual_kg_per_household": "507.5",
        "household_waste_kg_per_person": "407.0",
    }
    assert log.left_out["total of England or a region"] == 1


def test_a_table_of_how_waste_was_managed(tmp_path: Path) -> None:
    """Joint authorities stay, in place of their councils; the total does not."""
    assert len(JOINT) == 35
    assert [f"E5000000{number}" for number in range(1, 7)] == JOINT_AUTHORITIES
    reading, log = read_by_its_reader(saved(tmp_path, managed()))
    assert said(log) == []
    rows = rows_of(reading)
    assert rows[DISPOSING[7], "2021-22"] == {"landfilled_tonnes": "9008", "managed_tonnes": "120008"}
    first_joint = len(DISPOSING)
    assert rows["E50000001", "2022-23"] == {
        "landfilled_tonnes": str(9_000 + first_joint),
        "managed_tonnes": str(120_000 + first_joint),
    }
    assert {code for code, _ in rows} == {*DISPOSING, *JOINT_AUTHORITIES}
    assert log.left_out == {"total of England or a region": 2}


def test_a_joint_authority_that_nobody_knows_stays_out(tmp_path: Path) -> None:
    """Its councils would be without a figure, and the register has to name them first."""
    reading, log = read_by_its_reader(saved(tmp_path, managed(), put(1, 3, "E50000009")))
    assert {code for code, _ in rows_of(reading)} == {*DISPOSING, *JOINT_AUTHORITIES}
    assert log.left_out["joint waste authority"] == 1
    assert log.notices[f"no row for {DISPOSING[0]} in 2021-22"] == 1


def test_a_workbook_holds_all(tmp_path: Path) -> None:
    """Titles, notes and sheets of revisions do not matter."""
    reading, log = read_by_its_reader(workbook(tmp_path))
    assert said(log) == []
    assert reading
    assert reading.edition == "2021-22"
    assert set(rows_of(reading)[COUNCILS[7], "2021-22"]) == {
        column.name for contract in defra.WASTE_TABLES for column in contract.columns[3:]
    }


def test_a_newer_table_supersedes_the_workbook(tmp_path: Path) -> None:
    """Its figures of the same year go into the seed, those they replace into the revisions."""

    def revised(rows: Grid) -> None:
        for row in rows[1:]:
            if row[0] == "2021-22" and row[2] == COUNCILS[7]:
                row[6] = 43_210

    folder, target = tmp_path / "published", empty_seeds(tmp_path)
    workbook(folder)
    saved(folder, tonnages(), revised)
    result = ingested(folder, target)
    assert [reason for taken in result.refused for reason in taken.reasons] == []
    written = {
        (row["printed_code"], row["period"]): row for row in seeds.read(target, "outcomes/defra_waste")
    }
    assert written[COUNCILS[7], "2021-22"]["household_recycled_tonnes"] == "43210"
    assert written[COUNCILS[7], "2021-22"]["recycling_rate"] == "0.407"
    assert written[COUNCILS[7], "2022-23"]["recycling_rate"] == ""
    (revision,) = seeds.read(target, REVISIONS)
    assert (revision["old_value"], revision["new_value"]) == ("40008", "43210")
    blocks = {
        row["column_name"]: row["rows_written"]
        for row in seeds.read(target, BLOCKS)
        if row["block"] == "2021-22"
    }
    assert blocks["recycling_rate"] == str(len(COUNCILS))
    assert blocks["managed_tonnes"] == str(len(DISPOSING) + len(JOINT_AUTHORITIES))
    # The workbook alone again: what is newer stays, and so does the list of files. Rows of joint authorities
    # have no rates and are not counted among them.
    (folder / "table.csv").unlink()
    assert not ingested(folder, target).written


def test_a_file_that_is_superseded_in_all_stays_listed(tmp_path: Path) -> None:
    """A run over the newer files alone does not take the older one out of the list."""
    folder, target = tmp_path / "published", empty_seeds(tmp_path)
    workbook(folder)
    saved(folder, tonnages())
    saved(folder, rates(), name="rates.csv")
    saved(folder, managed(), name="managed.csv")
    ingested(folder, target)
    assert "waste.xlsx" in {row["file_name"] for row in seeds.read(target, FILES)}
    (folder / "waste.xlsx").unlink()
    assert not ingested(folder, target).written


def put(row: int, place: int, value: object) -> Edit:
    """An edit of one field."""

    def edit(rows: Grid) -> None:
        rows[row][place] = value

    return edit


def times(factor: float, place: int, period: str = "") -> Edit:
    """An edit that changes a column, in one period or in all."""

    def edit(rows: Grid) -> None:
        for row in rows[1:]:
            if not period or row[0] == period:
                row[place] *= factor

    return edit


def without(rows: Grid) -> None:
    """Six councils less."""
    rows[:] = [row for row in rows if row[2] not in COUNCILS[:6]]


def without_joint(rows: Grid) -> None:
    """No joint authority."""
    rows[:] = [row for row in rows if row[3] not in JOINT_AUTHORITIES]


def inserted_column(rows: Grid) -> None:
    """A column nobody knows, and a title above the table."""
    for at, row in enumerate(rows):
        row.insert(6, "Households" if not at else 9)
    rows.insert(0, ["Table 1"])


def test_an_inserted_column_and_a_moved_header_are_handled(tmp_path: Path) -> None:
    """The same rows come out, and the column is said."""
    expected, _ = read_by_its_reader(saved(tmp_path, tonnages()))
    reading, log = read_by_its_reader(saved(tmp_path, tonnages(), inserted_column))
    assert said(log) == []
    assert rows_of(reading) == rows_of(expected)
    assert log.notices["unknown column 'Households' not read"] == 1


FIRST_USED = 1 + len(COUNCILS) + 2
REFUSED: dict[str, tuple[Callable[[], Grid], Edit, str, str]] = {
    "renamed header": (rates, put(0, 6, "Recycling rate"), "G1", "(Ex NI192)"),
    "renamed code": (tonnages, put(0, 2, "Code"), "C1", "a column headed 'ons_code'"),
    "per cent": (rates, times(100, 6), "G1", "has the unit changed?"),
    "per cent in one row": (rates, put(FIRST_USED, 6, 41.2), f"G{FIRST_USED + 1}", "0 to 1"),
    "thousand tonnes": (tonnages, times(0.001, 6), "G1", "has the unit changed?"),
    "another unit in one year": (tonnages, times(0.25, 6, "2022-23"), "", "the same unit in both"),
    "new symbol": (rates, put(FIRST_USED, 6, "[x]"), f"G{FIRST_USED + 1}", "a known symbol"),
    "not applicable": (rates, put(FIRST_USED, 7, "-"), f"H{FIRST_USED + 1}", "a known symbol"),
    "blank": (tonnages, put(FIRST_USED, 6, ""), f"G{FIRST_USED + 1}", "a known symbol"),
    "new code": (tonnages, put(FIRST_USED, 2, "E06000999"), f"C{FIRST_USED + 1}", "a known ONS code"),
    "many missing": (tonnages, without, "C1", "at most 5 missing"),
    "renamed total": (managed, put(0, 12, "Total managed"), "M1", "a column headed 'Total2'"),
    "renamed landfill": (managed, put(0, 7, "To landfill"), "H1", "a column headed 'Landfilled'"),
    "landfill in per cent": (managed, times(0.001, 7), "H1", "has the unit changed?"),
    "landfill blank": (managed, put(1, 7, ""), "H2", "a known symbol"),
    "no joint authorities": (managed, without_joint, "D1", "at most 5 missing"),
    "dry recycling in per cent": (tonnages, times(0.001, 8), "I1", "has the unit changed?"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_cell(case: str, tmp_path: Path) -> None:
    """The error names file and cell, and says what was expected."""
    rows, edit, cell, expected = REFUSED[case]
    _, log = read_by_its_reader(saved(tmp_path, rows(), edit))
    assert any(expected in str(error) and error.cell == cell for error in log.errors), said(log)


def test_not_available_keeps_its_symbol(tmp_path: Path) -> None:
    """A colon stays a colon."""
    reading, log = read_by_its_reader(saved(tmp_path, rates(), put(FIRST_USED, 8, ":")))
    assert said(log) == []
    assert rows_of(reading)[COUNCILS[0], "2021-22"]["household_waste_kg_per_person"] == ":"


def tipped(folder: Path, edit: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
    """Fly-tipping of 2013-14 and 2022-23, changed by ``edit``."""
    book = openpyxl.Workbook()
    book.active.title = "Metadata"
    book.active["A10"], book.active["B10"] = "Release Date:", "17th January 2024 (Original release)"
    book.active["B11"] = "13th March 2024 (Revised)"
    own = {"LA_incidents": ["Total Incidents", "Highway Incidents", "Reporting basis"]}
    own["LA_actions"] = ["Total Actions", "Investigation Actions", "Investigation Action Costs (£)"]
    for name, headers in own.items():
        sheet = book.create_sheet(name)
        sheet.append(["Fly-tipping"])
        sheet.append(["", "", "", "", "TOTAL", "Type"])
        sheet.append(["Year", "ONS Code", "LA Name", "Region", *headers])
        for period in ("2013-14", "2022-23"):
            total = sum(1_000 + at for at in range(len(AUTHORITIES)))
            sheet.append([period, "*Total", "*Total", "*Total England", total, 1, ":"])
            for at, code in enumerate(AUTHORITIES):
                basis = "All incidents" if name == "LA_incidents" else 3
                sheet.append([period, code, called(code), "Region", 1_000 + at, 7, basis])
    if edit:
        edit(book)
    book.save(folder / "tipped.xlsx")
    return folder / "tipped.xlsx"


def test_fly_tipping(tmp_path: Path) -> None:
    """Incidents with their reporting basis, and actions; totals and earlier years stay out."""
    reading, log = read_by_its_reader(tipped(tmp_path))
    assert said(log) == []
    assert reading
    assert (reading.edition, reading.period) == ("2024-03-13", "2022-23 to 2022-23")
    rows = rows_of(reading)
    assert rows[AUTHORITIES[3], "2022-23"] == {
        "incidents": "1003",
        "reporting_basis": "All incidents",
        "actions": "1003",
    }
    assert len(rows) == len(AUTHORITIES)
    assert log.left_out == {"before 2014-15": 2 * len(AUTHORITIES) + 2, "total of England or a region": 2}


def in_cell(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    """An edit of one cell."""

    def edit(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return edit


FIRST_TIPPED = 3 + len(AUTHORITIES) + 3
LAST_TIPPED = FIRST_TIPPED + len(AUTHORITIES) - 1


def thousands(book: openpyxl.Workbook) -> None:
    """Incidents in hundreds."""
    for row in range(FIRST_TIPPED, LAST_TIPPED + 1):
        book["LA_incidents"].cell(row, 5).value //= 100


@pytest.mark.parametrize(
    ("edit", "cell", "expected"),
    [
        (in_cell("LA_incidents", "E3", "Incidents"), "E3", "'Total Incidents'"),
        (in_cell("LA_actions", "F3", "Total Actions"), "F3", "it once"),
        (in_cell("LA_actions", f"E{FIRST_TIPPED}", "-"), f"E{FIRST_TIPPED}", "a known symbol"),
        (in_cell("LA_actions", f"E{FIRST_TIPPED}", 10.5), f"E{FIRST_TIPPED}", "a whole number"),
        (in_cell("LA_actions", f"B{FIRST_TIPPED}", "E07000999"), f"B{FIRST_TIPPED}", "a known ONS code"),
        (thousands, "E3", "has the unit changed?"),
        (lambda book: book["LA_actions"].delete_rows(FIRST_TIPPED, 6), "B3", "at most 5 missing"),
        (
            lambda book: book["LA_actions"].merge_cells(f"E{FIRST_TIPPED}:E{FIRST_TIPPED + 1}"),
            f"E{FIRST_TIPPED}",
            "a cell of its own",
        ),
        (lambda book: setattr(book["LA_actions"], "title", "Actions"), "", "exactly one named 'LA_actions'"),
        (in_cell("Metadata", "A10", "Date:"), "", "'Release Date:' with a day"),
    ],
)
def test_fly_tipping_refused(
    edit: Callable[[openpyxl.Workbook], None], cell: str, expected: str, tmp_path: Path
) -> None:
    """The error names the cell, and says what was expected."""
    _, log = read_by_its_reader(tipped(tmp_path, edit))
    assert any(expected in str(error) and error.cell == cell for error in log.errors), said(log)
