"""ONS mid-year population estimates: one file a year, people by single year of age, and areas.

The seed of people holds sums over ages. Provenance names the column of the first age of each. Areas stand
beside the people per square kilometre, in the workbooks of mid-2016 to mid-2022.
"""

from __future__ import annotations

import re
from dataclasses import replace

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import NotUsed, Reader, Seed, has_headers
from scripts.ingest.registers import FILE_YEARS, GSS, Registers, year_of_file
from scripts.ingest.table import read
from scripts.ingest.totals import by_area, check_totals
from scripts.ingest.workbook import Book, IngestError, Sheet, normal

SEED, AREAS = "context/ons_population", "context/ons_areas"
OLDEST = 90
#: Column of the seed to its ages, the first and the one after the last.
BANDS = {
    "pop_0_17": (0, 18),
    "pop_18_64": (18, 65),
    "pop_65_plus": (65, OLDEST + 1),
    "pop_85_plus": (85, OLDEST + 1),
}
VALUES = (*BANDS, "pop_all", "basis")
#: From mid-2021 estimates start from Census 2021.
FIRST_AFTER_CENSUS = 2021
BEFORE_CENSUS, AFTER_CENSUS = "pre-Census-2021 estimate (NOT rebased)", "post-Census-2021 basis"


def _age(age: int) -> Column:
    headers = (str(age), f"{age}+") if age == OLDEST else (str(age),)
    return Column(f"age_{age}", headers, unit="people", low=0, high=100_000, is_whole=True)


AGES = tuple(f"age_{age}" for age in range(OLDEST + 1))
OTHER_CODES = {
    "E07*": "districts: the seed holds upper-tier councils",
    "E11*": "metropolitan counties and regions",
    "E12*": "metropolitan counties and regions",
    "E13*": "metropolitan counties and regions",
    "E92*": "England and the United Kingdom",
    "K*": "England and the United Kingdom",
    "W*": "Wales, Scotland and Northern Ireland",
    "S*": "Wales, Scotland and Northern Ireland",
    "N*": "Wales, Scotland and Northern Ireland",
}

CONTRACT = Contract(
    publication_id="ons_population",
    seed=SEED,
    columns=(
        Column("printed_code", ("Code",), kind="code"),
        Column("name", ("Name",), kind="label"),
        Column(
            "pop_all",
            ("All ages",),
            unit="people",
            low=1_000,
            high=3_000_000,
            median=(100_000, 700_000),
            is_whole=True,
        ),
        *(_age(age) for age in range(OLDEST + 1)),
    ),
    key=("printed_code",),
    code_kind=GSS,
    not_read=("Geography", "Geography1"),
    other_codes=OTHER_CODES,
)
HEADERS = ("Code", "Name", "All ages", "0", "1", "17", "18", "64", "65", "89")
AREA = "Area (sq km)"
OF_AREAS = Contract(
    publication_id="ons_population",
    seed=AREAS,
    columns=(
        Column("printed_code", ("Code",), kind="code"),
        Column("name", ("Name",), kind="label"),
        Column("area_sq_km", (AREA,), unit="square kilometres", low=1, high=10_000, median=(50, 500)),
    ),
    key=("printed_code",),
    code_kind=GSS,
    not_read=("Geography", "Geography1", "Estimated population mid-*", "2* people per sq. km"),
    other_codes=OTHER_CODES,
)


def _tables(book: Book) -> list[Sheet]:
    return [sheet for sheet in book.sheets if has_headers(sheet, HEADERS, at_least=8)]


def claims(book: Book) -> bool:
    """A workbook with a table of single years of age."""
    return bool(_tables(book))


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One mid-year: the table of persons."""
    sheets = _tables(book)
    if len(sheets) > 1:
        of_persons = re.compile(r"\bpersons\b")
        sheets = [sheet for sheet in sheets if any(map(of_persons.search, _titles(sheet)))]
    if len(sheets) != 1:
        have = ", ".join(f"'{sheet.name}'" for sheet in book.sheets)
        raise IngestError(book.name, f"the sheets {have}", "exactly one table of persons by age")
    (sheet,) = sheets
    year = _year(book, sheet)
    table = read(CONTRACT, sheet, registers, log)
    is_complete = check_missing(table, registers.live(f"{year}-06-30"), registers, log)
    if not log.errors:
        table = _banded(table, year, log)
    members, columns = by_area(table.rows, registers), ("pop_all", *AGES)
    check_totals(table, table.others, members, columns, log, is_complete=is_complete)
    areas = _areas(book, year, registers, log)
    _check_people(table, areas, year, log)
    parts: list[Part] = []
    if not log.errors:
        parts += _parts(table, VALUES, year)
        parts += _parts(areas, ("area_sq_km",), year) if areas else []
    return Reading(year, f"mid-{year}", parts)


def _parts(table: Table, values: tuple[str, ...], year: str) -> list[Part]:
    return parts_of(table, ("printed_code", "year"), ("year",), values, {"year": year})


def _areas(book: Book, year: str, registers: Registers, log: Log) -> Table | None:
    """The table of areas of the same mid-year; some years are printed without one."""
    sheets = [sheet for sheet in book.sheets if has_headers(sheet, ("Code", "Name", AREA), at_least=3)]
    if not sheets:
        log.notices["no table of areas"] += 1
        return None
    if len(sheets) > 1 or not any(f"mid-{year}" in title for title in _titles(sheets[0])):
        have = ", ".join(f"'{sheet.name}'" for sheet in sheets)
        raise IngestError(book.name, f"areas in {have}", f"one table of areas, with mid-{year} in its title")
    table = read(OF_AREAS, sheets[0], registers, log)
    check_missing(table, registers.live(f"{year}-06-30"), registers, log)
    return table


def _check_people(table: Table, areas: Table | None, year: str, log: Log) -> None:
    """People of all ages are those that the table of areas prints for the same year."""
    if areas is None:
        return
    header = areas.sheet.row(areas.header_row)
    wanted = normal(f"Estimated population mid-{year}")
    place = next((at for at, text in enumerate(header) if normal(text) == wanted), None)
    printed = {row.code: areas.sheet.text(row.number, place) for row in areas.rows} if place else {}
    for row in table.rows:
        text = printed.get(row.code, row.texts["pop_all"])
        if text.isdecimal() and text != row.texts["pop_all"]:
            expected = f"{text}, as beside the areas"
            found = row.texts["pop_all"]
            log.errors.append(table.sheet.error(row.number, table.places["pop_all"], found, expected))


def _titles(sheet: Sheet) -> list[str]:
    """Texts above the row of headers."""
    texts: list[str] = []
    for row in range(min(CONTRACT.searched_rows, sheet.height)):
        if normal(sheet.text(row, 0)) == "code":
            break
        texts += [normal(text) for text in sheet.row(row) if text]
    return texts


def _year(book: Book, sheet: Sheet) -> str:
    """The mid-year in the title, else by the file's checksum."""
    said: set[str] = {year for text in _titles(sheet) for year in re.findall(r"\bmid-(20\d\d)\b", text)}
    if not said and year_of_file(book.sha256):
        said = {year_of_file(book.sha256)}
    if len(said) != 1:
        found = f"the years {', '.join(sorted(said))}" if said else "no year"
        expected = f"a title with one, as 'mid-2019', or the file's checksum in {FILE_YEARS.name}"
        raise sheet.error(0, 0, found, expected)
    return said.pop()


def _banded(table: Table, year: str, log: Log) -> Table:
    """Rows with the sums of the bands; ages have to add up to all ages."""
    basis = AFTER_CENSUS if int(year) >= FIRST_AFTER_CENSUS else BEFORE_CENSUS
    rows = []
    for row in table.rows:
        people = [int(row.texts[f"age_{age}"]) for age in range(OLDEST + 1)]
        sums = {name: str(sum(people[slice(*ages)])) for name, ages in BANDS.items()}
        if sum(people) != int(row.texts["pop_all"]):
            place, expected = table.places["pop_all"], f"{sum(people)}, the sum of its ages"
            log.errors.append(table.sheet.error(row.number, place, row.texts["pop_all"], expected))
        rows.append(row._replace(texts=row.texts | sums | {"basis": basis}))
    places = {name: table.places[f"age_{first}"] for name, (first, _) in BANDS.items()}
    return replace(table, rows=rows, places=dict(table.places) | places | {"basis": table.code_place})


def _is_children(book: Book) -> bool:
    headers = ("time_period", "geographic_level", "new_la_code", "age_group", "population_estimate")
    return any(has_headers(sheet, headers, at_least=4) for sheet in book.sheets)


READER = Reader(
    publication_id="ons_population",
    name="ons_population",
    version="2",
    seeds=(Seed(SEED, ("year",)), Seed(AREAS, ("year",))),
    claims=claims,
    read=read_book,
)
NOT_USED = (
    NotUsed(
        "children by year",
        "people aged 0 to 17 only; the annual estimates hold them with the other ages",
        _is_children,
    ),
)
