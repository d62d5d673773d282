"""ASCOF in its four layouts, which of them goes before which, and what may drift in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import empty_seeds, ingested, parquet
from tables import Edit, Rows, few, inserted_column, moved_down, put, renamed, rows_of, said, saved, taken

from scripts.ingest import registers, seeds
from scripts.ingest.readers import nhs_ascof as reader
from scripts.ingest.workbook import open_book

COUNCILS = {"E06000001": "Hartlepool", "E08000001": "Bolton", "E10000008": "Devon"}
AREAS = {"E92000001": "England", **COUNCILS}
Line = tuple[str, str, str, str, str, str, str]  # period, code, level, measure, group, kind, value


def lines(period: str, measures: dict[str, float], kinds: dict[str, float]) -> list[Line]:
    """Open data of a year: each measure with a value, and each kind of figure with what it adds to it."""
    found = []
    for at, (code, _) in enumerate(AREAS.items()):
        level = "England" if code == "E92000001" else "Council"
        for measure, value in measures.items():
            for kind, more in kinds.items():
                group = "Total" if kind else ""
                found.append((period, code, level, measure, group, kind, str(value + more + at)))
    return found


def stacked(folder: Path, rows: list[Line]) -> Path:
    """Years stacked with every kind of figure."""
    names = [
        "Return.Year",
        "ONS.Area.Code",
        "Geographical.Level",
        "Measure.Group",
        "Disaggregation.Level",
        "Measure.Type",
        "Measure.Value",
    ]
    folder.mkdir(parents=True, exist_ok=True)
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    descriptions = [AREAS.get(code, "") for code in columns["ONS.Area.Code"]]
    return parquet(folder / "stacked.parquet", columns | {"Geographical.Description": descriptions})


HEADERS = [
    "Year",
    "ONS Code",
    "Geographical Level",
    "Measure Group",
    "Disaggregation Level",
    "Measure Type",
    "Measure_Value",
]


def outcomes(folder: Path, rows: list[Line]) -> Path:
    """Years stacked with outcomes only."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(",".join(row) for row in [tuple(HEADERS), *rows]) + "\n"
    (folder / "outcomes.csv").write_text(text, encoding="utf-8")
    return folder / "outcomes.csv"


def one_year(folder: Path, rows: list[Line], monkeypatch: pytest.MonkeyPatch, year: str = "2020-21") -> Path:
    """A year by itself, which does not say which: known by its checksum."""
    head = ["Measure Value" if header == "Measure_Value" else header for header in HEADERS[1:]]
    path = saved(folder, {"in": [head, *([*row[1:-1], row[-1]] for row in rows)]}, "one.xlsx")
    years = folder.parent / "file_years.csv"
    years.write_text(f"sha256,year,note\n{open_book(path).sha256},{year},by hand\n", encoding="utf-8")
    monkeypatch.setattr(registers, "FILE_YEARS", years)
    return path


KINDS = {"Outcome": 0, "Margin Of Error": 0.5, "Numerator": 900, "Denominator": 20_000}


def test_all_kinds_of_stacked_years(tmp_path: Path) -> None:
    """Outcomes, those by age, margins, denominators go to their seeds, measures by the list of their year."""
    rows = lines("2015-16", {"1A": 19, "1C(2A)": 30, "2A(1)": 10}, KINDS)
    rows += lines("2014-15", {"2A(1)_1415": 12}, {"Outcome": 0})
    rows += [("2015-16", "E06000001", "Council", "1A", "65 and over", "Outcome", "18.5")]
    rows += [("2015-16", "E06000001", "Council", "1A", "Female", "Outcome", "17")]
    rows += [("2015-16", "E06000001", "Council", "1A", "18-64", "Outcome", " ")]
    rows += [("2015-16", "E12000001", "Region", "1A", "Total", "Outcome", "5")]
    rows += [("2015-16", "E06000001", "Council", "3A", "Total", "Outcome", "c")]
    reading, log, name = taken(stacked(tmp_path, rows), few(set(COUNCILS)))
    assert (said(log), name) == ([], "nhs_ascof")
    figures = rows_of(reading, reader.FIGURES)
    assert figures["SCRQOL", "E08000001", "2015-16"] == {"value_raw": "21"}
    assert figures["SCRQOL", "E92000001", "2015-16"] == {"value_raw": "19"}
    assert figures["DP_USERS", "E06000001", "2015-16"] == {"value_raw": "31"}
    assert figures["ADM_1864_1415", "E06000001", "2014-15"] == {"value_raw": "13"}
    assert figures["SAT_USERS", "E06000001", "2015-16"] == {"value_raw": "c"}
    assert rows_of(reading, reader.BY_AGE) == {
        ("SCRQOL", "65+", "E06000001", "2015-16"): {"value_raw": "18.5"}
    }
    margins = rows_of(reading, reader.MARGINS)
    assert margins["SCRQOL", "E08000001", "2015-16"] == {"margin_raw": "21.5"}
    assert len(margins) == 3 * len(COUNCILS)
    assert rows_of(reading, reader.DENOMINATORS) == {
        ("DP_USERS", code, "2015-16"): {"denominator_raw": str(20_031 + at)}
        for at, code in enumerate(COUNCILS)
    }


def test_a_denominator_is_a_count(tmp_path: Path) -> None:
    """A fraction or less than nobody is refused, whatever outcomes may be."""
    for value, expected in (("12.5", "a whole number in 'Measure.Value' (people)"), ("-1", "0 to 5e+06")):
        rows = lines("2015-16", {"1C(2A)": 30}, {"Outcome": 0})
        rows += [("2015-16", "E06000001", "Council", "1C(2A)", "Total", "Denominator", value)]
        _, log, _ = taken(stacked(tmp_path, rows), few(set(COUNCILS)))
        assert [error for error in said(log) if expected in error], said(log)


def test_numbers_of_measures_change_their_meaning(tmp_path: Path) -> None:
    """1E is employment to 2022-23 and the satisfaction of carers in 2023-24."""
    rows = lines("2022-23", {"1E": 6}, {"Outcome": 0}) + lines("2023-24", {"1E": 36}, {"": 0})
    reading, log, _ = taken(outcomes(tmp_path, rows), few(set(COUNCILS)))
    assert said(log) == []
    assert {key[0::2] for key in rows_of(reading, reader.FIGURES)} == {
        ("LD_EMPLOY", "2022-23"),
        ("SAT_CARERS", "2023-24"),
    }


LONG_DRIFT: dict[str, tuple[dict[str, str], str]] = {
    "renamed header": ({"Measure Group": "Indicator"}, "unknown header"),
    "another word for councils": ({"Council": "Local authority"}, "'Local authority'"),
    "another word for outcomes": ({"Outcome": "Score"}, "'Score'"),
    "another group": ({"Total": "All users"}, "'All users'"),
    "unknown measure": ({",1A,": ",9Z,"}, "a measure of 2018-19"),
    "unknown year": ({"2018-19": "2024-25"}, "a year from 2014-15 to 2023-24"),
    "new symbol": ({"Outcome,20": "Outcome,[u]"}, "a known symbol"),
    "unknown code": ({"E06000001": "E06000999"}, "a known upper-tier ONS or England's code"),
    "fraction for a score": (
        {",19": ",0.19", ",20": ",0.20", ",21": ",0.21", ",22": ",0.22"},
        "has the unit changed?",
    ),
}


@pytest.mark.parametrize("case", LONG_DRIFT)
def test_drift_of_open_data_that_is_refused(case: str, tmp_path: Path) -> None:
    """Nothing that is wanted gets lost because it is spelt otherwise."""
    changes, expected = LONG_DRIFT[case]
    path = outcomes(tmp_path, lines("2018-19", {"1A": 19}, {"Outcome": 0}))
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    _, log, _ = taken(path, few(set(COUNCILS)))
    assert [error for error in said(log) if expected in error], said(log)


def test_open_data_without_a_year_is_refused(tmp_path: Path) -> None:
    """It has to be known by its checksum."""
    rows = lines("2020-21", {"1A": 19}, {"Outcome": 0})
    path = outcomes(tmp_path, rows)
    text = [",".join(line.split(",")[1:]) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    _, log, _ = taken(path, few(set(COUNCILS)))
    assert "found open data of no year" in said(log)[0]


def series(years: tuple[int, ...] = (2016, 2017)) -> dict[str, Rows]:
    """The time series: a sheet per measure, values like those the measure has."""
    values = {"SCRQOL": 18, "SCRQOL_ADJ": 0.4, "CARER_QOL": 7, "ADM_1864": 12, "ADM_65": 500}
    sheets: dict[str, Rows] = {"Cover": [["Measures"]]}
    for name, (item, words) in reader.SERIES.items():
        kinds = [
            "margin of error",
            "number of respondents",
            "6b outcome" if name == "Table_6b" else "outcome",
            "6b denominator" if name == "Table_6b" else "denominator",
        ]
        head = [f"{year} to {year + 1} - {kind}" for year in years for kind in kinds]
        rows: Rows = [[f"{name.replace('_', ' ')}: {words}"], ["This worksheet contains one table."]]
        rows += [["Local authority code", "Local authority", "ONS area code", *head]]
        rows += [
            ["S", "Shire Counties", "[z]", *[1] * len(head)],
            ["NE", "North East", "E12000001", *[1] * len(head)],
        ]
        value = values.get(item, 50)
        for code, area in AREAS.items():
            rows.append(["1", area, code, *[value / 10, 300, value, 12_000] * len(years)])
        sheets[name] = rows
    return sheets


def test_the_time_series(tmp_path: Path) -> None:
    """Outcomes and margins of every measure and year, denominators of some; of two figures the first."""
    sheets = series()
    sheets["Table_1c"][6][5] = "7.1 (6.9)"
    sheets["Table_1c"][7][5] = "[c]"
    reading, log, _ = taken(saved(tmp_path, sheets), few(set(COUNCILS)))
    assert said(log) == []
    figures = rows_of(reading, reader.FIGURES)
    assert len(figures) == len(reader.SERIES) * len(AREAS) * 2
    assert figures["CARER_QOL", "E06000001", "2016-17"] == {"value_raw": "7.1"}
    assert figures["CARER_QOL", "E08000001", "2016-17"] == {"value_raw": "[c]"}
    assert figures["CQC_RES_GOOD", "E08000001", "2017-18"] == {"value_raw": "50"}
    margins = rows_of(reading, reader.MARGINS)
    assert margins["SCRQOL", "E06000001", "2017-18"] == {"margin_raw": "1.8"}
    assert ("SCRQOL", "E92000001", "2017-18") not in margins
    denominators = rows_of(reading, reader.DENOMINATORS)
    assert denominators["STMAX", "E06000001", "2017-18"] == {"denominator_raw": "12000"}
    assert {item for item, _, _ in denominators} == {
        item for item, _ in reader.SERIES.values() if item in reader.COUNTED
    }
    assert ("STMAX", "E92000001", "2017-18") not in denominators
    assert log.notices["second figure in brackets not read"] == 1


def swapped(sheets: dict[str, Rows]) -> None:
    """Two measures change their numbers, as they did in 2023-24."""
    sheets["Table_1d"], sheets["Table_1e"] = sheets["Table_1e"], sheets["Table_1d"]


def percentages_as_shares(sheets: dict[str, Rows]) -> None:
    """A percentage becomes a fraction."""
    for row in sheets["Table_4a"][3:]:
        row[3:] = [value / 100 for value in row[3:]]


def without(name: str) -> Edit:
    """An edit that takes a sheet out."""
    return lambda sheets: sheets.pop(name) and None


def without_councils(sheets: dict[str, Rows]) -> None:
    """No council in any table."""
    for name in reader.SERIES:
        sheets[name] = sheets[name][:6]


SERIES_DRIFT: dict[str, tuple[Edit, str]] = {
    "measures that changed places": (
        swapped,
        "a title with 'overall satisfaction of people who use services'",
    ),
    "missing sheet": (without("Table_3b"), "no sheet 'Table_3b'"),
    "renamed header": (put("Table_1a", 2, 5, "2016/17 outcome"), "the unknown header '2016/17 outcome'"),
    "no outcome of a year": (put("Table_1a", 2, 5, "2016 to 2017 - numerator"), "no outcome for 2016-17"),
    "renamed code": (renamed("ONS area code", "GSS code"), "no header row"),
    "new symbol": (put("Table_1a", 6, 5, "[u]"), "a known symbol"),
    "unit": (percentages_as_shares, "a median of 0.5 for SAFE in 2016-17"),
    "unknown code": (put("Table_1a", 6, 2, "E06000999"), "a known upper-tier ONS or England's code"),
    "council twice": (put("Table_1a", 7, 2, "E06000001"), "second time"),
}


@pytest.mark.parametrize("case", SERIES_DRIFT)
def test_drift_of_the_time_series_that_is_refused(case: str, tmp_path: Path) -> None:
    """Each is an error that says what was expected."""
    edit, expected = SERIES_DRIFT[case]
    sheets = series()
    edit(sheets)
    sheets["Table_1a"][7][3] = 1.9
    _, log, _ = taken(saved(tmp_path, sheets), few(set(COUNCILS)))
    assert [error for error in said(log) if expected in error], said(log)


def test_drift_of_the_time_series_that_is_handled(tmp_path: Path) -> None:
    """A moved header row, and a sheet of a measure that nobody knows, which is said."""
    sheets = series()
    moved_down(sheets)
    sheets["Table_7a"] = sheets["Table_1a"]
    drifted, log, _ = taken(saved(tmp_path / "drifted", sheets), few(set(COUNCILS)))
    plain, _, _ = taken(saved(tmp_path / "plain", series()), few(set(COUNCILS)))
    assert said(log) == []
    assert rows_of(drifted, reader.FIGURES) == rows_of(plain, reader.FIGURES)
    assert "unknown sheet 'Table_7a' not read" in log.notices


def test_an_inserted_column_is_refused(tmp_path: Path) -> None:
    """A column of the time series that says no year is not guessed at."""
    sheets = series()
    inserted_column("2016 to 2017 - outcome")(sheets)
    _, log, _ = taken(saved(tmp_path, sheets), few(set(COUNCILS)))
    assert [error for error in said(log) if "the unknown header 'Something new'" in error]


def test_missing_councils(tmp_path: Path) -> None:
    """A few are said; more are an error; a successor's row stands for its council."""
    path = saved(tmp_path, series())
    _, log, _ = taken(path, few({*COUNCILS, "E06000002"}))
    assert said(log) == []
    assert "no row for Middlesbrough (E06000002) in 2016-17" in log.notices
    _, log, _ = taken(path)
    assert [error for error in said(log) if "councils in 2016-17" in error]


def test_which_edition_goes_before_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time series before a year by itself, that before stacked years, later before earlier ones."""
    monkeypatch.setattr(reader, "MAY_BE_MISSING", 999)
    folder, target = tmp_path / "files", empty_seeds(tmp_path)
    stacked(folder, lines("2018-19", {"1E": 11, "1G": 21}, {"Outcome": 0}))
    rows = lines("2018-19", {"1E": 12}, {"Outcome": 0}) + lines(
        "2020-21", {"1E": 13, "1A": 11}, {"Outcome": 0}
    )
    outcomes(folder, rows)
    one_year(folder, lines("2020-21", {"1E": 14, "1A": 12}, {"Outcome": 0}), monkeypatch)
    saved(folder, series((2020, 2021)), "series.xlsx")
    result = ingested(folder, target)
    assert [reason for taken_ in result.refused for reason in taken_.reasons] == []
    written = {tuple(row.values())[:3]: row["value_raw"] for row in seeds.read(target, reader.FIGURES)}
    assert written["LD_HOME", "E92000001", "2018-19"] == "21"
    assert written["LD_EMPLOY", "E92000001", "2018-19"] == "12"
    assert written["LD_EMPLOY", "E92000001", "2020-21"] == "14"
    assert written["SCRQOL", "E92000001", "2020-21"] == "18"
    revisions = {(row["row_key"], row["old_value"]) for row in seeds.read(target, "provenance/revisions")}
    assert ("LD_EMPLOY | E92000001 | 2018-19", "11") in revisions
    assert ("SCRQOL | E92000001 | 2020-21", "12") in revisions
