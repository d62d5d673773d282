"""Population, neighbours and deprivation: their layouts, and what may drift in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables import (
    KNOWN,
    Edit,
    Rows,
    few,
    inserted_column,
    moved_down,
    put,
    renamed,
    rows_of,
    said,
    saved,
    scaled,
    taken,
)

from scripts.ingest import registers
from scripts.ingest.readers import (
    dfe_statistical_neighbours,
    mhclg_deprivation,
    ons_nearest_neighbours,
    recognised,
)
from scripts.ingest.readers import ons_population as population
from scripts.ingest.readers.base import NotUsed
from scripts.ingest.workbook import open_book

COUNCILS = {"E06000001": "Hartlepool", "E08000001": "Bolton", "E10000008": "Devon"}
PERSONS, MALES, DENSITY = "MYE2 - Persons", "MYE2 - Males", "MYE5"


def people(at: int) -> list[int]:
    """People by age, from 0 to 90 and over."""
    return [2_000 + 100 * at + age for age in range(91)]


def by_age(title: str, geography: str = "Geography", oldest: str = "90+") -> Rows:
    """A table of single years of age."""
    head = ["Code", "Name", *([geography] if geography else []), "All ages", *map(str, range(90)), oldest]
    rows: Rows = [[title], head]
    for at, (code, name) in enumerate(
        {"E92000001": "ENGLAND", **COUNCILS, "E07000041": "Exeter", "W06000001": "Wales"}.items()
    ):
        ages = people(at)
        if code == "E92000001":
            ages = [sum(of_age) for of_age in zip(*(people(each) for each in (1, 2, 3)), strict=True)]
        rows.append([code, name, *(["Kind"] if geography else []), sum(ages), *ages])
    return rows


def density(year: str = "2019") -> Rows:
    """People per square kilometre, the areas among them."""
    head = ["Code", "Name", "Geography", population.AREA, f"Estimated Population mid-{year}"]
    rows: Rows = [[f"MYE5: Population density, mid-2001 to mid-{year}"], [*head, f"{year} people per sq. km"]]
    for at, code in enumerate(["E92000001", *COUNCILS, "E07000041"]):
        rows.append([code, COUNCILS.get(code, "Elsewhere"), "Kind", 90.5 + at, sum(people(at)), 100])
    return rows


def estimates(year: str = "2019", geography: str = "Geography", oldest: str = "90+") -> dict[str, Rows]:
    """A year's workbook, men and women among the rest."""
    return {
        "Notes": [["Notes"]],
        MALES: by_age(f"MYE2: Males by single year of age, mid-{year}", geography, oldest),
        PERSONS: by_age(f"MYE2: Persons by single year of age, mid-{year}", geography, oldest),
    }


def read_people(folder: Path, edit: Edit | None = None, *options: str) -> tuple[object, object]:
    """Write and read a year's estimates."""
    sheets = estimates(*options)
    if edit:
        edit(sheets)
    reading, log, _ = taken(saved(folder, sheets), few(set(COUNCILS)))
    return reading, log


@pytest.mark.parametrize(
    "options", [("2016", "", "90"), ("2017", "Geography1", "90"), ("2022", "Geography", "90+")]
)
def test_layouts_of_population(options: tuple[str, str, str], tmp_path: Path) -> None:
    """Bands are sums of ages; before and after the census is said."""
    reading, log = read_people(tmp_path, None, *options)
    assert said(log) == []
    rows = rows_of(reading, population.SEED)
    assert set(rows) == {(code, options[0]) for code in COUNCILS}
    ages = people(2)
    assert rows["E08000001", options[0]] == {
        "pop_0_17": str(sum(ages[:18])),
        "pop_18_64": str(sum(ages[18:65])),
        "pop_65_plus": str(sum(ages[65:])),
        "pop_85_plus": str(sum(ages[85:])),
        "pop_all": str(sum(ages)),
        "basis": population.AFTER_CENSUS if options[0] == "2022" else population.BEFORE_CENSUS,
    }


def test_areas_stand_beside_people(tmp_path: Path) -> None:
    """Of the councils, each with its mid-year; a workbook without areas says so."""
    reading, log = read_people(tmp_path / "with", lambda sheets: sheets.update({DENSITY: density()}))
    assert said(log) == []
    assert not log.notices
    assert rows_of(reading, population.AREAS) == {
        ("E06000001", "2019"): {"area_sq_km": "91.5"},
        ("E08000001", "2019"): {"area_sq_km": "92.5"},
        ("E10000008", "2019"): {"area_sq_km": "93.5"},
    }
    reading, log = read_people(tmp_path / "without")
    assert log.notices["no table of areas"] == 1
    assert rows_of(reading, population.AREAS) == {}


def test_areas_of_another_year_are_refused(tmp_path: Path) -> None:
    """The title names the year of the people."""
    _, log = read_people(tmp_path, lambda sheets: sheets.update({DENSITY: density("2018")}))
    assert "with mid-2019 in its title" in said(log)[0]


TITLE = "MYE2: Persons by single year of age, mid-2019"
DRIFT: dict[str, tuple[Edit, str]] = {
    "renamed header": (renamed("65", "Aged 65"), "unknown header"),
    "thousands": (scaled(0.001), "a whole number"),
    "ages that do not add up": (put(PERSONS, 3, 3, 300_000), "the sum of its ages"),
    "new symbol": (put(PERSONS, 3, 10, "[c]"), "a known symbol"),
    "unknown code": (put(PERSONS, 3, 0, "E06000999"), "a known upper-tier ONS code"),
    "no table of persons": (renamed(TITLE, "People"), "persons by age"),
    "no year": (renamed(TITLE, "Persons"), "a title with one"),
    "two years": (renamed(TITLE, "Persons mid-2018, mid-2019"), "the years 2018, 2019"),
    "doubled header": (renamed("66", "65"), "a column headed '66'"),
}


@pytest.mark.parametrize("case", DRIFT)
def test_drift_of_population_that_is_refused(case: str, tmp_path: Path) -> None:
    """Each is an error that says what was expected."""
    edit, expected = DRIFT[case]
    _, log = read_people(tmp_path, edit)
    assert [text for text in said(log) if expected in text], said(log)


@pytest.mark.parametrize("edit", [moved_down, inserted_column("64")])
def test_drift_of_population_that_is_handled(edit: Edit, tmp_path: Path) -> None:
    """The same figures come out."""
    plain, _ = read_people(tmp_path / "plain")
    drifted, log = read_people(tmp_path / "drifted", edit)
    assert said(log) == []
    assert rows_of(drifted, population.SEED) == rows_of(plain, population.SEED)


def test_a_file_without_a_year_is_known_by_its_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put into the list by hand, it is read; without it, it is refused."""
    rows = by_age("")[1:]
    path = tmp_path / "plain.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    _, log, _ = taken(path, few(set(COUNCILS)))
    assert "the file's checksum in file_years.csv" in said(log)[0]
    years = tmp_path / "file_years.csv"
    years.write_text(f"sha256,year,note\n{open_book(path).sha256},2024,by hand\n", encoding="utf-8")
    monkeypatch.setattr(registers, "FILE_YEARS", years)
    reading, log, _ = taken(path, few(set(COUNCILS)))
    assert said(log) == []
    assert set(rows_of(reading, population.SEED)) == {(code, "2024") for code in COUNCILS}


def test_a_missing_council_is_said(tmp_path: Path) -> None:
    """One without a row is noticed."""
    _, log = read_people(tmp_path, lambda sheets: sheets[PERSONS].pop(3))
    assert said(log) == []
    assert "no row for Hartlepool (E06000001)" in log.notices


def neighbours() -> dict[str, Rows]:
    """Nearest neighbours as ONS prints them."""
    others = [f"E09{number:06}" for number in range(1, 31)]
    head = ["Upper tier local authority code", "Upper tier local authority name"]
    rows: Rows = [["Table 3"], [*head, *(f"Neighbour {rank}" for rank in range(1, 31))]]
    rows += [[code, name, *others] for code, name in COUNCILS.items()]
    return {"Contents": [["This data was released on 01/10/2025 and more."]], "Table 3": rows}


def test_nearest_neighbours(tmp_path: Path) -> None:
    """Twenty of each, in order, of the day the file says."""
    reading, log, _ = taken(saved(tmp_path, neighbours()), few(set(COUNCILS)))
    assert said(log) == []
    rows = rows_of(reading, ons_nearest_neighbours.SEED)
    assert len(rows) == 20 * len(COUNCILS)
    assert rows["E08000001", "3"] == {"neighbour_gss_code": "E09000003"}
    assert reading.edition == "2025-10-01"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (put("Table 3", 2, 4, "E06000001"), "another council's code"),
        (put("Table 3", 2, 4, "E07000041"), "another council's code"),
        (renamed("Neighbour 7", "Rank 7"), "unknown header"),
        (put("Contents", 0, 0, "This data"), "'released on 01/10/2025'"),
    ],
)
def test_drift_of_nearest_neighbours(edit: Edit, expected: str, tmp_path: Path) -> None:
    """A council as its own neighbour, a district, a renamed header, no day."""
    sheets = neighbours()
    edit(sheets)
    _, log, _ = taken(saved(tmp_path, sheets), few(set(COUNCILS)))
    assert [text for text in said(log) if expected in text], said(log)


NUMBERS = {"301": "Barking and Dagenham", "302": "Barnet", "370": "Barnsley"}


def groups() -> dict[str, Rows]:
    """DfE's neighbours as printed, with those of a former council below."""
    others = ["303", "304", "305", "306", "307", "308", "309", "310", "311", "312"]
    pairs = [cell for number in others for cell in (number, "Very close")]
    head = [cell for rank in range(1, 11) for cell in (f"SN{rank}", "SNP")]
    rows: Rows = [["A", "B", "C"], ["LA num", "LA Name", "LA number", "GOInd", "GOReg", *head]]
    rows += [[number, name, number, "3", "London", *pairs] for number, name in NUMBERS.items()]
    rows += [[], ["", "Old SNs:"], [], ["835", "Dorset (Pre LG)", "835", "7", "South West", *pairs]]
    return {"LA SN Groups": rows}


def test_statistical_neighbours(tmp_path: Path) -> None:
    """Ten of each with how close they are; those of former councils stay out."""
    codes = {KNOWN.codes[registers.DFE_NUMBER][number] for number in NUMBERS}
    reading, log, _ = taken(saved(tmp_path, groups()), few(codes))
    assert said(log) == []
    rows = rows_of(reading, dfe_statistical_neighbours.SEED)
    assert len(rows) == 10 * len(NUMBERS)
    assert rows["302", "2"] == {"neighbour_dfe_la_number": "304", "closeness": "Very close"}
    assert log.left_out["council of before a reorganisation"] == 1


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (put("LA SN Groups", 2, 6, "Rather close"), "'Extremely close' or 'Very close'"),
        (put("LA SN Groups", 2, 5, "301"), "the number of another council"),
        (put("LA SN Groups", 2, 0, "199"), "a known DfE code"),
        (renamed("SN4", "Fourth"), "unknown header"),
    ],
)
def test_drift_of_statistical_neighbours(edit: Edit, expected: str, tmp_path: Path) -> None:
    """A new word, a council beside itself, an unknown number, a renamed header."""
    sheets = groups()
    edit(sheets)
    _, log, _ = taken(saved(tmp_path, sheets), few(set()))
    assert [text for text in said(log) if expected in text], said(log)


def indices(year: str = "2019") -> dict[str, Rows]:
    """File 11 of the indices, three of its sheets and one that is not read."""
    sheets: dict[str, Rows] = {}
    for order, name in enumerate(("IMD", "Income", "IDACI", "IDAOPI")):
        authority = f"Upper Tier Local Authority District {{}} ({year})"
        head = [authority.format("code"), authority.format("name")]
        sheets[name] = [[*head, f"{name} - Average rank", f"{name} - Average score"]]
        for at, (code, text) in enumerate(COUNCILS.items()):
            sheets[name].append([code, text, 900, 0.1 + order / 100 + at / 10])
    return sheets


def percentages(sheets: dict[str, Rows]) -> dict[str, Rows]:
    """The same with percentages for shares."""
    for rows in sheets.values():
        rows[1:] = [[*row[:3], row[3] * 100] for row in rows[1:]]
    return sheets


def test_deprivation(tmp_path: Path) -> None:
    """Three scores of each council."""
    reading, log, _ = taken(saved(tmp_path, indices()), few(set(COUNCILS)))
    assert said(log) == []
    rows = rows_of(reading, mhclg_deprivation.SEED)
    assert set(rows) == {(code,) for code in COUNCILS}
    assert {column: round(float(text), 2) for column, text in rows["E08000001",].items()} == {
        "income_deprivation": 0.21,
        "income_deprivation_children": 0.22,
        "income_deprivation_older_people": 0.23,
    }


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (indices("2025"), "unknown header"),
        ({name: rows for name, rows in indices().items() if name != "IDACI"}, "exactly one named 'IDACI'"),
        (percentages(indices()), "0 to 1"),
    ],
)
def test_drift_of_deprivation(sheets: dict[str, Rows], expected: str, tmp_path: Path) -> None:
    """Another edition's councils, a missing sheet, percentages."""
    _, log, _ = taken(saved(tmp_path, sheets), few(set(COUNCILS)))
    assert [text for text in said(log) if expected in text], said(log)


NOT_USED = {
    "children by year": [["time_period", "geographic_level", "new_la_code", "population_estimate"], [2024]],
    "DfE code list": [["LA Number", "LA Name", "Region", "Type"], ["301", "Barking", "London", "OLB"]],
    "adult social care finance": [["Adult Social Care Activity and Finance Report, England"]],
}


@pytest.mark.parametrize("name", NOT_USED)
def test_publications_that_feed_no_seed_are_known(name: str, tmp_path: Path) -> None:
    """They are told by content, with the reason why they are not used."""
    found = recognised(open_book(saved(tmp_path, {"Sheet1": NOT_USED[name]})))
    assert isinstance(found, NotUsed)
    assert (found.name, bool(found.reason)) == (name, True)
