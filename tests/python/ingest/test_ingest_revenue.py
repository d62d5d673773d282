"""Budgets and outturn: their layouts, and what may drift in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import ROOT
from tables import (
    Edit,
    Rows,
    few,
    inserted_column,
    moved_down,
    place,
    put,
    renamed,
    rows_of,
    said,
    saved,
    scaled,
    taken,
)

from scripts.ingest import registers
from scripts.ingest.readers import mhclg_revenue_budget as budget
from scripts.ingest.readers import mhclg_revenue_outturn as outturn
from scripts.ingest.readers import mhclg_social_care_outturn as by_age

#: E-code, ONS code, name, class.
AUTHORITIES = [
    ("E0701", "E06000001", "Hartlepool UA", "UA"),
    ("E4201", "E08000001", "Bolton", "MD"),
    ("E5030", "E09000002", "Barking & Dagenham", "L"),
    ("E1121", "E10000008", "Devon", "SC"),
    ("E1132", "E07000041", "Exeter", "SD"),
]
UPPER = {code for _, code, _, kind in AUTHORITIES if kind != "SD"}
SHEET = "RA LA Data 2018-19"
LINES = [column.headers[0] for column in budget.COLUMNS]
TOTAL = "TOTAL ADULT SOCIAL CARE"


def amount(at: int, line: int) -> int:
    """Budget of the authority at a place, in thousands."""
    header = LINES[line]
    return (12_000 if "TOTAL" in header else 300) + 1_000 * at + line


def budgets(period: str = "2018-19", has_ons: bool = True, subtitle: bool = True) -> dict[str, Rows]:
    """A year's budgets as published."""

    def front(e_code: str, code: str, name: str, kind: str) -> list[object]:
        return [e_code, code, name, "", kind] if has_ons else [e_code, name, "", kind]

    rows: Rows = [[f"Revenue Account Budget (RA) {period}: Revenue Account data"]]
    rows += [["Net current expenditure (£ thousand)" if subtitle else "Data are reported in £ thousand."]]
    rows += [["", "", "", "", "", 110, 120]]
    head = front("E-code", "ONS Code", "Local authority", "Class")
    rows += [[*head, "Early years", "Primary schools", *LINES, "Ships"]]
    for at, (e_code, code, name, kind) in enumerate(AUTHORITIES):
        amounts = [amount(at, line) for line in range(len(LINES))]
        rows.append([*front(e_code, code, name, kind), 1, 2, *amounts, 5])
    police = front("E7055", "E23000016", "West Mercia Police", "O")
    rows += [[*police, *[0] * (len(LINES) + 3)], []]
    rows += [[*front("", "", "ENGLAND", ""), *[99_999] * (len(LINES) + 3)]]
    rows += [["Source: returns of authorities"], ["Notes"], ["1. These data are consistent."]]
    return {"Front Page": [["Revenue account"]], SHEET: rows}


def read_budgets(folder: Path, edit: Edit | None = None, **options: object) -> tuple[object, object]:
    """Write and read a year's budgets."""
    sheets = budgets(**options)
    if edit:
        edit(sheets)
    reading, log, _ = taken(saved(folder, sheets), few(UPPER))
    return reading, log


@pytest.mark.parametrize("options", [{}, {"has_ons": False}, {"subtitle": False}])
def test_layouts_of_budgets(options: dict[str, bool], tmp_path: Path) -> None:
    """With and without ONS codes, with either way to say the unit."""
    reading, log = read_budgets(tmp_path, **options)
    assert said(log) == []
    rows = rows_of(reading, budget.SEED)
    assert set(rows) == {(code, "2018-19") for _, code, _, _ in AUTHORITIES}
    for at, (_, code, _, _) in enumerate(AUTHORITIES):
        for line, column in enumerate(budget.COLUMNS):
            assert rows[code, "2018-19"][column.name] == str(amount(at, line))
    assert (reading.edition, reading.period) == ("2018-19", "2018-19")
    assert log.left_out["totals row"] == 1
    assert log.left_out["note"] == 3


def test_authorities_and_their_county(tmp_path: Path) -> None:
    """The register comes from class and code: London in one spelling, a district under its county."""
    reading, log = read_budgets(tmp_path, renamed("L", "LB"))
    assert said(log) == []
    rows = rows_of(reading, budget.AUTHORITIES)
    assert rows["2018-19", "E09000002"]["authority_class"] == "L"
    assert rows["2018-19", "E07000041"] == {
        "authority_name": "Exeter",
        "authority_class": "SD",
        "upper_tier_gss_code": "E10000008",
    }
    assert rows["2018-19", "E06000001"]["upper_tier_gss_code"] == "E06000001"


def test_the_newer_layout_says_when_it_was_updated(tmp_path: Path) -> None:
    """A later update of a year is a later edition, whatever the words around the day."""

    def update(sheets: dict[str, Rows]) -> None:
        sheets[SHEET].insert(1, ["Last updated: 14th December 2023"])

    reading, log = read_budgets(tmp_path, update)
    assert said(log) == []
    assert reading.edition == "2018-19 2023-12-14"
    _, log = read_budgets(tmp_path, lambda sheets: sheets[SHEET].insert(1, ["Last updated: soon"]))
    assert "expected a day" in said(log)[0]


def test_dots_are_a_symbol_and_a_blank_is_not(tmp_path: Path) -> None:
    """An authority without a return keeps its dots; nothing at all is refused."""
    at, column = place(budgets()[SHEET], TOTAL)
    reading, log = read_budgets(tmp_path, put(SHEET, at + 1, column, "..."))
    assert said(log) == []
    assert rows_of(reading, budget.SEED)["E06000001", "2018-19"]["asc_total"] == "..."
    known = registers.read_csv(ROOT / "seeds" / "register" / "missing_symbols.csv")
    symbols = {(row["publication_id"], row["symbol"]) for row in known}
    wanted = {(budget.CONTRACT.publication_id, symbol) for symbol in budget.CONTRACT.symbols}
    for contract in outturn.CONTRACTS.values():
        wanted |= {(contract.publication_id, symbol) for symbol in contract.symbols}
    assert wanted <= symbols
    _, log = read_budgets(tmp_path, put(SHEET, at + 1, column, None))
    assert "a known symbol" in said(log)[0]


def test_a_sheet_saved_on_a_macintosh(tmp_path: Path) -> None:
    """Its dash, apostrophe and dots, read as Windows-1252, are what they were, and it is said."""
    at, column = place(budgets()[SHEET], TOTAL)

    def macintosh(sheets: dict[str, Rows]) -> None:
        for row in sheets[SHEET]:
            for column_of, value in enumerate(row):
                if isinstance(value, str):
                    row[column_of] = value.replace("(18-64)", "(18Ð64)").replace("people's", "peopleÕs")
        sheets[SHEET][at + 1][column] = "É"

    reading, log = read_budgets(tmp_path, macintosh)
    assert said(log) == []
    assert rows_of(reading, budget.SEED)["E06000001", "2018-19"]["asc_total"] == "…"
    assert [notice for notice in log.notices if "Macintosh" in notice]


HANDLED = {"moved header": moved_down, "inserted column": inserted_column("Homelessness")}
BEFORE = budgets()[SHEET]
HEADER, HOMELESSNESS = place(BEFORE, "Homelessness")
REFUSED: dict[str, tuple[Edit, str]] = {
    "renamed header": (renamed("Homelessness", "Rough sleepers"), "unknown header"),
    "pounds": (scaled(1_000), "has the unit changed?"),
    "millions": (scaled(0.001), "has the unit changed?"),
    "unit not said": (put(SHEET, 1, 0, "Net current expenditure (£)"), "£ thousand"),
    "no year": (put(SHEET, 0, 0, "Revenue Account Budget (RA)"), "a financial year"),
    "a year of two years": (put(SHEET, 0, 0, "Budget (RA) 2018-20: data"), "a financial year"),
    "new symbol": (put(SHEET, HEADER + 1, HOMELESSNESS, "[c]"), "a known symbol"),
    "unknown authority": (put(SHEET, HEADER + 1, 0, "E9999"), "a known local government finance code"),
    "another ONS code": (put(SHEET, HEADER + 1, 1, "E06000002"), "E06000001, which goes with E0701"),
    "unknown class": (put(SHEET, HEADER + 1, 4, "XX"), "a known class"),
    "district without a county": (put(SHEET, HEADER + 4, 4, "UA"), "a district of a county"),
    "authority twice": (put(SHEET, HEADER + 2, 0, "E0701"), "one row for each"),
    "doubled header": (renamed("Ships", "Homelessness"), "it once"),
    "totals without a name": (put(SHEET, len(BEFORE) - 4, 2, ""), "figures without a code"),
}


@pytest.mark.parametrize("case", HANDLED)
def test_drift_of_budgets_that_is_handled(case: str, tmp_path: Path) -> None:
    """The same figures come out."""
    plain, _ = read_budgets(tmp_path / "plain")
    drifted, log = read_budgets(tmp_path / "drifted", HANDLED[case])
    assert said(log) == []
    assert rows_of(drifted, budget.SEED) == rows_of(plain, budget.SEED)


@pytest.mark.parametrize("case", REFUSED)
def test_drift_of_budgets_that_is_refused(case: str, tmp_path: Path) -> None:
    """Each is an error that says what was expected."""
    edit, expected = REFUSED[case]
    _, log = read_budgets(tmp_path, edit)
    assert [text for text in said(log) if expected in text], said(log)


def test_missing_authorities_are_said(tmp_path: Path) -> None:
    """A council or a district without a row is never silent; too many are an error."""
    path = saved(tmp_path, budgets())
    _, log, _ = taken(path)
    assert [text for text in said(log) if "expected authorities" in text]
    assert [text for text in said(log) if "districts of 2017-18" in text]
    one_more = few({*UPPER, "E06000002"})
    _, log, _ = taken(path, one_more)
    assert said(log) == []
    assert "no row for Middlesbrough (E06000002)" in log.notices


AGES = ("adults (18-64)", "older people (65+)")
UNTITLED = "Net Current Expenditure\n (C7 = C3 - C6)"
OUT = "RS LA Data 2016-17"
TITLES = [title for title, _, _ in outturn.BLOCKS.values()]


def blocks(at: int) -> list[int]:
    """Outturn of the authority at a place, in thousands."""
    return [10_000 + 100 * at + block for block in range(len(TITLES))]


def summary() -> dict[str, Rows]:
    """Outturn in the older layout, with a second table of other columns."""
    rows: Rows = [["Revenue Outturn (RO) 2016-17: RS data"], ["Net current expenditure (£ thousand)"]]
    rows += [["E-code", "ONS Code", "Local authority", "", "Class", *TITLES]]
    for at, (e_code, code, name, kind) in enumerate(AUTHORITIES):
        rows.append([e_code, code, name, "", kind, *blocks(at)])
    rows += [["", "", "ENGLAND", "", "", *[9] * len(TITLES)]]
    rows += [["Source: returns", "", "", "", "", *[9] * len(TITLES)]]
    reserves = [list(row) for row in rows]
    reserves[1] = ["Financial reserves levels (£ thousand)"]
    return {OUT: rows, f"{OUT} (2)": reserves}


def service(environment: str = "", code: str = "RSX-env-net-cur-exp") -> dict[str, Rows]:
    """Outturn in the newer layout, with the database's codes over it."""
    headers = [f"{title} - Net Current Expenditure\n (C7 = C3 - C6)" for title in TITLES]
    headers[-1] = environment or headers[-1]
    codes = [f"RSX-{part}-net-cur-exp" for _, part, _ in outturn.BLOCKS.values()]
    codes[-1] = code
    rows: Rows = [["Worksheet 2: Revenue Outturn (RO) 2022-23: data"], ["Data are reported in £ thousand."]]
    rows += [["", "", "", "", "", *codes]]
    rows += [["E-code", "ONS Code", "Local authority", "Notes", "Class", *headers]]
    for at, (e_code, gss, name, kind) in enumerate(AUTHORITIES):
        rows.append([e_code, gss, name, "", kind, *blocks(at)])
    rows += [["Eng", "E92000001", "ENGLAND", "", "Eng", *[9] * len(TITLES)]]
    rows += [["E-code", "ONS Code", "Class Breakdown [o]", "Notes", "Class", *headers]]
    rows += [["[Y]", "E06", "Unitary Authorities", "", "UA", *blocks(0)]]
    return {"RSX_LA_Data_2022-23": rows}


@pytest.mark.parametrize(
    ("sheets", "period"),
    [(summary(), "2016-17"), (service(), "2022-23"), (service(UNTITLED), "2022-23")],
)
def test_layouts_of_outturn(sheets: dict[str, Rows], period: str, tmp_path: Path) -> None:
    """Both layouts, also with one block's title lost: upper-tier councils, and housing of districts too."""
    reading, log, name = taken(saved(tmp_path, sheets), few(UPPER))
    assert (said(log), name) == ([], "mhclg_revenue_outturn")
    rows = rows_of(reading, outturn.SEED)
    assert set(rows) == {(code, period) for code in UPPER}
    assert rows["E08000001", period]["children_social_care"] == "10100"
    assert rows["E08000001", period]["environmental"] == "10104"
    assert rows["E08000001", period]["provenance"].startswith("official MHCLG")
    housing = rows_of(reading, outturn.HOUSING)
    assert set(housing) == {(code, period) for _, code, _, _ in AUTHORITIES}
    assert housing["E07000041", period] == {"housing_gfra": "10403"}


def test_another_column_that_lost_its_title_is_refused(tmp_path: Path) -> None:
    """The database's code over the column says what it is."""
    sheets = service(UNTITLED, "RSX-cul-net-cur-exp")
    _, log, _ = taken(saved(tmp_path, sheets), few(UPPER))
    assert [text for text in said(log) if "'RSX-cul-net-cur-exp'" in text and "'RSX-env-net-cur-exp'" in text]


def test_a_known_misprint_is_said(tmp_path: Path) -> None:
    """North Yorkshire's wrong ONS code is noticed; any other wrong code is refused."""
    sheets = summary()
    for rows in sheets.values():
        rows.insert(3, ["E2721", "E10000022", "North Yorkshire", "", "SC", *[10_000] * len(TITLES)])
    reading, log, _ = taken(saved(tmp_path, sheets), few({*UPPER, "E10000023"}))
    assert said(log) == []
    assert ("E10000023", "2016-17") in rows_of(reading, outturn.SEED)
    assert "E10000022 misprinted for E10000023 (E2721)" in log.notices


def lines_by_age(period: str, is_merged: bool) -> dict[str, Rows]:
    """Outturn of social care: to 2023-24 lines in merged cells over their columns, then in each header."""
    lines = [*by_age.LINES.values(), *by_age.TOTALS_OF_SERVICES.values()]
    columns = {"empl": "Employees (C1)", by_age.BEFORE_INCOME[2]: by_age.BEFORE_INCOME[1]}
    columns[by_age.AFTER_INCOME[2]] = by_age.AFTER_INCOME[1]
    over, headers, codes = [], [], []
    for at, (title, part) in enumerate(lines):
        noted = f"{title} [note 2]" if title == TOTAL else title
        for place_in_line, (code, column) in enumerate(columns.items()):
            over.append(noted if place_in_line == 0 else "")
            headers.append(column + (str(at + 1) if at else "") if is_merged else f"{noted} - {column}")
            codes.append(f"RO3-{part}-{code}")
    front = ["E-code", "ONS Code", "Local authority", "Notes", "Class"]
    rows: Rows = [[f"Worksheet 2: Revenue Outturn (RO) {period}: data"], ["Data are reported in £ thousand."]]
    if is_merged:
        rows += [[*[""] * 5, *codes], [*[""] * 5, *over]]
    rows.append([*front, *headers])
    for at, (e_code, gss, name, kind) in enumerate(AUTHORITIES):
        rows.append(
            [e_code, gss, name, "", kind, *[10_000 + 1_000 * at + place for place in range(len(codes))]]
        )
    rows.append(["Eng", "E92000001", "ENGLAND", "", "Eng", *[9] * len(codes)])
    rows.append(["E-code", "ONS Code", "Class Breakdown [o]", "Notes", "Class", *headers])
    rows.append(["[Y]", "E06", "Unitary Authorities", "", "UA", *[9] * len(codes)])
    rows.append(["E5100", "[Y]", "Greater London Authority", "", "O", *[9] * len(codes)])
    if not is_merged:
        rows.append([*[""] * 5, *codes])
    people: Rows = [["Worksheet 1"], ["Data are reported in £ thousand."], ["Last updated: 4 December 2025"]]
    return {"LA_drop-down": people, "RO3_LA_Data": rows}


@pytest.mark.parametrize(("period", "is_merged"), [("2022-23", True), ("2024-25", False)])
def test_layouts_of_social_care_by_age(period: str, is_merged: bool, tmp_path: Path) -> None:
    """Gross is the second column of three of a line and net the third, of upper-tier councils only."""
    sheets = lines_by_age(period, is_merged)
    reading, log, name = taken(saved(tmp_path, sheets), few(UPPER))
    assert (said(log), name) == ([], "mhclg_social_care_outturn")
    rows = rows_of(reading, by_age.SEED)
    assert set(rows) == {(code, period) for code in UPPER}
    # Bolton is the second authority; memory of older people is the sixth line, adults' total the last.
    bolton = rows["E08000001", period]
    assert bolton["asc_memory_65_plus_gross"] == str(11_000 + 5 * 3 + 1)
    assert bolton["asc_memory_65_plus_net"] == str(11_000 + 5 * 3 + 2)
    assert bolton["asc_total_net"] == str(11_000 + 11 * 3 + 2)
    assert len(bolton) == 22
    assert reading.edition == f"{period} 2025-12-04"


def test_columns_of_ages_that_are_exchanged_are_refused(tmp_path: Path) -> None:
    """The headers of two ages change places: the database's codes under them do not."""
    sheets = lines_by_age("2024-25", is_merged=False)
    rows = sheets["RO3_LA_Data"]
    younger, older = (place(rows, f"Physical support - {age} - {by_age.BEFORE_INCOME[1]}")[1] for age in AGES)
    for row in rows:
        if len(row) > older and row[0] == "E-code":
            row[younger], row[older] = row[older], row[younger]
    _, log, _ = taken(saved(tmp_path, sheets), few(UPPER))
    found = [text for text in said(log) if "'RO3-ascphyold-tot-exp'" in text]
    assert found, said(log)
    assert "'RO3-ascphyadl-tot-exp'" in found[0]


def test_a_line_of_social_care_that_is_gone_is_refused(tmp_path: Path) -> None:
    """A renamed line is never taken for nought."""
    sheets = lines_by_age("2024-25", is_merged=False)
    renamed("Sensory support - adults (18-64) - Total Expenditure (C3 = C1 + C2)", "Sensory")(sheets)
    _, log, _ = taken(saved(tmp_path, sheets), few(UPPER))
    assert [text for text in said(log) if "Sensory support - adults (18-64)" in text], said(log)
