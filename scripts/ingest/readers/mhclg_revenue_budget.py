"""MHCLG revenue account (RA): budgets of every authority by service line, one file a year.

The figures feed the budgets; the authorities' own class, and for districts the county in their code, feed the
register of authorities by edition.
"""

from __future__ import annotations

from dataclasses import replace

from scripts.ingest.checks import check_missing
from scripts.ingest.contract import Column, Contract, Log, Table
from scripts.ingest.parts import Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed
from scripts.ingest.readers.mhclg_revenue import (
    CLASS,
    CODE,
    LONDON,
    NAME,
    ONS_CODE,
    OTHERS,
    TOP_ROWS,
    TOTALS,
    check_classes,
    check_codes,
    check_districts,
    check_period,
    check_zeros,
    edition_of,
    period_of,
    table_of,
    tables,
)
from scripts.ingest.registers import E_CODE, Registers
from scripts.ingest.table import read
from scripts.ingest.totals import Slack
from scripts.ingest.workbook import Book, Sheet

SEED, AUTHORITIES = "spend/mhclg_revenue_budget", "register/authorities"
CLASSES = ("UA", "MD", "L", "SC", "SD")
MOST = 2_500_000
#: In 2021-22 the total of unitary authorities is 2 % below its rows in one line.
FEW_ESTIMATES = Slack(above=0.02, below=0.02)
#: Signs of a Macintosh that were read as Windows-1252 when the sheet was saved as csv.
MACINTOSH = str.maketrans({"Ð": "\u2013", "Õ": "\u2019", "É": "…"})


def _line(
    name: str, *headers: str, median: tuple[float, float] | None = None, optional: bool = False
) -> Column:
    return Column(name, headers, unit="GBP thousand", low=-MOST, high=MOST, median=median, optional=optional)


def _children(name: str, header: str) -> Column:
    """A line of children's social care; one edition prints no apostrophes."""
    full = f"Children's social care: {header}"
    return _line(name, full, full.replace("'", ""))


def _total(name: str, header: str, lines: str, low: float) -> Column:
    """A total, which some editions print with the lines that it adds up."""
    plain = header.replace("'", "")
    summed = [f"{text} (total of lines {lines})" for text in (header, plain)]
    return _line(name, header, plain, *summed, median=(low, 100 * low))


COLUMNS = (
    _children("csc_early_years", "Sure start children's centres/flying start and early years"),
    _children("csc_children_looked_after", "Children looked after"),
    _children("csc_other_children_and_family", "Other children and family services"),
    _children("csc_family_support", "Family support services"),
    _children("csc_youth_justice", "Youth justice"),
    _children("csc_safeguarding", "Safeguarding children and young people's services"),
    _children("csc_asylum_seekers", "Asylum seekers"),
    _children("csc_services_for_young_people", "Services for young people"),
    _total("csc_total", "TOTAL CHILDREN'S SOCIAL CARE", "310 to 327", 5_000),
    _line("asc_physical_18_64", "Physical support - adults (18-64)"),
    _line("asc_physical_65_plus", "Physical support - older people (65+)"),
    _line("asc_sensory_18_64", "Sensory support - adults (18-64)"),
    _line("asc_sensory_65_plus", "Sensory support - older people (65+)"),
    _line("asc_memory_18_64", "Support with memory and cognition - adults (18-64)"),
    _line("asc_memory_65_plus", "Support with memory and cognition - older people (65+)"),
    _line("asc_learning_disability_18_64", "Learning disability support - adults (18-64)"),
    _line("asc_learning_disability_65_plus", "Learning disability support - older people (65+)"),
    _line("asc_mental_health_18_64", "Mental health support - adults (18-64)"),
    _line("asc_mental_health_65_plus", "Mental health support - older people (65+)"),
    _line("asc_substance_misuse", "Social support: Substance misuse support"),
    _line("asc_asylum", "Social support: Asylum seeker support"),
    _line("asc_carers", "Social support: Support for carer"),
    # Since 2015-16.
    _line("asc_social_isolation", "Social support: Social isolation", optional=True),
    _line("asc_equipment_and_technology", "Assistive equipment and technology"),
    _line("asc_social_care_activities", "Social care activities"),
    _line("asc_information_early_intervention", "Information and early intervention"),
    _line("asc_commissioning", "Commissioning and service delivery"),
    _total("asc_total", "TOTAL ADULT SOCIAL CARE", "332 to 356", 8_000),
    _line("housing_strategy", "Housing strategy, advice, advances, enabling, renewals and licensing"),
    _line("housing_homelessness", "Homelessness"),
    _line("housing_benefit_administration", "Housing benefits administration"),
    _line(
        "housing_travellers_sites",
        "Other council property - travellers' sites and non-HRA council property",
        "Other council property - travellers sites and non-HRA council property",
    ),
    _line("housing_supporting_people", "Housing welfare: Supporting People"),
    _line("housing_other_welfare", "Other welfare services"),
    _total("housing_total", "TOTAL HOUSING SERVICES (GFRA only)", "409 to 478", 200),
    _line("env_street_cleansing", "Street cleansing (not chargeable to Highways)"),
    _line("env_waste_collection", "Waste collection"),
    _line("env_waste_disposal", "Waste disposal"),
    _line("env_trade_waste", "Trade waste"),
    _line("env_recycling", "Recycling"),
    _line("env_waste_minimisation", "Waste minimisation"),
    _line("env_climate_change", "Climate change costs"),
    _line(
        "levy_waste_disposal_authority",
        "Waste Disposal Authority levy",
        "Waste Disposal Authority levy *",
        "Waste Disposal Authority levy ***",
    ),
    _total("env_total", "TOTAL ENVIRONMENTAL AND REGULATORY SERVICES", "510 to 586", 600),
    _line("edu_special_and_alternative", "Special schools and alternative provision"),
    _total("edu_total", "TOTAL EDUCATION SERVICES", "110 to 165", 10_000),
)
CONTRACT = Contract(
    publication_id="mhclg_revenue_budget",
    seed=SEED,
    columns=(CODE, ONS_CODE, NAME, CLASS, *COLUMNS),
    key=("e_code",),
    code_kind=E_CODE,
    # No return in time, with two kinds of dots.
    symbols=("…", "..."),
    left_out={
        "authority_class": OTHERS,
        "authority_name": TOTALS,
    },
    is_wide=True,
)
HEADERS = ("E-code", "Local authority", "Early years", "Primary schools", "Homelessness", "Recycling")


def claims(book: Book) -> bool:
    """A workbook with a table of service lines from early years to recycling."""
    return bool(tables(book, HEADERS, 5))


def read_book(book: Book, registers: Registers, log: Log) -> Reading:
    """One year's budgets."""
    sheet = _from_macintosh(table_of(book, tables(book, HEADERS, 5)), log)
    period = period_of(sheet)
    table = read(CONTRACT, sheet, registers, log)
    check_codes(table, registers, log)
    values = [column.name for column in COLUMNS]
    is_complete = check_missing(table, registers.live(f"{period[:4]}-04-01"), registers, log)
    check_classes(table, values, log, FEW_ESTIMATES, is_complete)
    check_zeros(table, ("csc_total", "asc_total"), log)
    check_period(book, sheet, period, log)
    check_districts(table, period, registers, log)
    table = _with_upper_tier(table, log)
    parts = parts_of(table, ("printed_code", "period"), ("period",), values, {"period": period})
    register = ("authority_name", "authority_class", "upper_tier_gss_code")
    constants = {"edition": period}
    parts += parts_of(table, ("edition", "printed_code"), ("edition",), register, constants, AUTHORITIES)
    return Reading(edition_of(sheet, period), period, parts)


def _from_macintosh(sheet: Sheet, log: Log) -> Sheet:
    """The sheet with its dashes, apostrophes and dots, where they were read as Windows-1252."""
    if not any("(18Ð64)" in text for row in range(min(TOP_ROWS, sheet.height)) for text in sheet.row(row)):
        return sheet
    log.notices["signs of a Macintosh read as Windows-1252: Ð is a dash, Õ an apostrophe, É dots"] += 1
    columns = [
        [value.translate(MACINTOSH) if isinstance(value, str) else value for value in column]
        for column in sheet.columns
    ]
    return replace(sheet, columns=columns)


def _with_upper_tier(table: Table, log: Log) -> Table:
    """Rows with their class in one spelling, and the council in whose area they stand.

    The first two digits of a district's code are its county's.
    """
    of_counties = [row for row in table.rows if row.texts["authority_class"] == "SC"]
    counties = {row.texts["e_code"][:3]: row.code for row in of_counties}
    rows = []
    for row in table.rows:
        printed = row.texts["authority_class"]
        spelt = LONDON.get(printed, printed)
        upper = counties.get(row.texts["e_code"][:3], "") if spelt == "SD" else row.code
        if spelt not in CLASSES:
            place, expected = table.places["authority_class"], f"a known class: {', '.join(CLASSES)}, LB or O"
            log.errors.append(table.sheet.error(row.number, place, f"'{printed}'", expected))
        elif not upper:
            e_code = row.texts["e_code"]
            expected = f"a district of a county in the table: none has a code beginning {e_code[:3]}"
            log.errors.append(table.sheet.error(row.number, table.code_place, f"'{e_code}'", expected))
        texts = row.texts | {"authority_class": spelt, "upper_tier_gss_code": upper}
        rows.append(row._replace(texts=texts))
    places = dict(table.places) | {"upper_tier_gss_code": table.code_place}
    return replace(table, rows=rows, places=places)


READER = Reader(
    publication_id="mhclg_revenue_budget",
    name="mhclg_revenue_budget",
    version="1",
    seeds=(Seed(SEED, ("period",)), Seed(AUTHORITIES, ("edition",))),
    claims=claims,
    read=read_book,
)
