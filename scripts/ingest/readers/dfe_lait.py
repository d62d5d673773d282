"""Department for Education, Local Authority Interactive Tool: the big data set and its dictionary.

The data set is one long table, a row per measure, period and area; the project takes the measures in
``MEASURES``. Areas are printed under DfE's numbers. Where an old and a new council share a number, the row is
the old council's in every period, and so is its code in the seed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from scripts.ingest.checks import check_copies, check_scale
from scripts.ingest.contract import NUMBER as A_NUMBER
from scripts.ingest.contract import Column, Contract, Log, Row, Table
from scripts.ingest.exchanged import check_exchanged
from scripts.ingest.parts import Part, Reading, parts_of
from scripts.ingest.readers.base import Reader, Seed, has_headers
from scripts.ingest.registers import DFE_NUMBER, Registers
from scripts.ingest.sheets import find_sheet
from scripts.ingest.table import read
from scripts.ingest.totals import Near, check_mean
from scripts.ingest.workbook import Book, IngestError

FIGURES, ENGLAND = "outcomes/dfe_lait", "outcomes/dfe_lait_england"
DICTIONARY = "register/dfe_lait_dictionary"
REPEATING_TOPIC = "All Pupil Absence & Exclusions"
ENGLAND_NUMBER = "970"
#: Medians of one measure in two periods: at the most 3.1 times in the data sets from 2016 to 2025.
FARTHEST = 5
#: Measures whose England is near the mean of the councils', weighted by the children looked after (LACnum) or
#: by all children, who are LACnum over its rate (LAC): both stand in for the users, whom LAIT does not print.
#: How far it may be, as a share of itself, is a quarter more than the most measured over 2016 to 2025, in
#: November 2026.
LOOKED_AFTER, CHILDREN = "LACnum", "LAC"
NEAR_ENGLAND = {
    "16-17YroldSEN_ET": (CHILDREN, 0.007),
    "CPP_rate": (CHILDREN, 0.004),
    "CP_conf_15days": (LOOKED_AFTER, 0.006),
    "CareLeaverAcc": (CHILDREN, 0.016),
    "CareLeaverEET": (CHILDREN, 0.017),
    "Emotional_LAC": (LOOKED_AFTER, 0.01),
    "KS4_SEN_Des_incSpec": (CHILDREN, 0.005),
    "LAC": (CHILDREN, 0.01),
    "LACDental%": (LOOKED_AFTER, 0.011),
    "LACDistance": (LOOKED_AFTER, 0.043),
    "LACHealth%": (CHILDREN, 0.006),
    "LACStable_2016on": (LOOKED_AFTER, 0.057),
    "LACVaccinations%": (LOOKED_AFTER, 0.005),
    "LAC_Fixed_ Ex": (LOOKED_AFTER, 0.018),
    "LAC_Foster_Placements": (LOOKED_AFTER, 0.009),
    "LAC_KS4_AVG_Attain8": (CHILDREN, 0.041),
    "LAC_LongStable%": (LOOKED_AFTER, 0.011),
    "LAC_Over_Abs": (LOOKED_AFTER, 0.015),
    "LAC_Pers_Abs": (LOOKED_AFTER, 0.021),
    "PrevRegCPR": (LOOKED_AFTER, 0.012),
    "ReReferral": (LOOKED_AFTER, 0.08),
    "SEN_AppealableDec": (CHILDREN, 0.039),
    "SEN_EHC_Excpt_20wks": (CHILDREN, 0.061),
    "SEN_Stat_AVG_Attain8_Score": (CHILDREN, 0.021),
    "SpecPerAbNew": (CHILDREN, 0.005),
}
#: With fewer councils that print a figure England's is not their mean.
FEWEST_OF_ENGLAND = 100
REGIONS = {str(number): "region of England" for number in range(980, 991)}
#: Measures of the seeds, out of some 430: a person's choice.
MEASURES = frozenset(
    {
        "16-17YroldSEN_ET",
        "Age19_SEN-S",
        "C&YPExpenditure",
        "CIN",
        "CPP_Abuse_Rate",
        "CPP_Total_Rateper10,000",
        "CPP_rate",
        "CPPlans2yrs",
        "CPPlans2yrsActive",
        "CP_conf_15days",
        "CareLeaverAcc",
        "CareLeaverEET",
        "CareLeavers_LA_NotInTouch",
        "ChildPov",
        "Emotional_LAC",
        "FSP_Gooddev_With_SENSTATE",
        "FamilySupportFinance",
        "FirstYJS",
        "FosteringFinance",
        "KS4_SEN_Des_incSpec",
        "LAC",
        "LACDental%",
        "LACDistance",
        "LACFinance",
        "LACHealth%",
        "LACStable_2016on",
        "LACSubstance",
        "LACVaccinations%",
        "LAC_19_HE",
        "LAC_Cease_Rate",
        "LAC_Convictions",
        "LAC_Fixed_ Ex",
        "LAC_Foster_Placements",
        "LAC_KS2_AVG_Prog8_M",
        "LAC_KS2_AVG_Prog8_R",
        "LAC_KS2_AVG_Prog8_W",
        "LAC_KS2_ExpStd_RWM",
        "LAC_KS4_AVG_Attain8",
        "LAC_KS4_AVG_Prog8",
        "LAC_LongStable%",
        "LAC_Over_Abs",
        "LAC_Pers_Abs",
        "LAC_Start_Rate",
        "LACnum",
        "LeaveCareSupServTotExp",
        "NoCareLeavers",
        "OtherChildren&FamilyFinance",
        "PrevRegCPR",
        "ReReferral",
        "ReoffYO",
        "RescareFinance",
        "SENFinance",
        "SEN_AppealableDec",
        "SEN_EHC_All_20wks",
        "SEN_EHC_Excpt_20wks",
        "SEN_Stat_AVG_Attain8_Score",
        "SEN_Stat_AVG_Prog8_Score",
        "SEN_TotStat",
        "SafeguardingFinance",
        "SpecFixedEx",
        "SpecPerAbNew",
        "StayingPut",
        "SureStartFinance",
        "SusEdOverall_SEN_Stat_incSpec",
        "TotalLACFinance",
        "Work_Force_TO_Rate",
        "Work_Force_Vac_Rate",
        "YoungPeopleFinance",
        "YouthJusticeFinance",
    }
)

ITEM = Column("item_id", ("Short Desc",), kind="text")
PERIOD = Column("period", ("Years",), kind="text")
NUMBER = Column("printed_code", ("LA Number",), kind="code")
AREA = Column("area", ("LA and Regions",), kind="label")
TITLE = Column("title", ("Data item",), kind="text")
VALUE = Column("value_raw", ("Values",), unit="of the measure", low=-1e6, high=1e11, shortest=True)
figures_contract = partial(
    Contract,
    publication_id="dfe_lait",
    not_read=("Region",),
    # One dash for every reason.
    symbols=("-",),
)
BY_COUNCIL = figures_contract(
    seed=FIGURES,
    columns=(ITEM, TITLE, PERIOD, NUMBER, AREA, VALUE),
    key=("item_id", "period", "printed_code"),
    code_kind=DFE_NUMBER,
    other_codes=REGIONS | {ENGLAND_NUMBER: "England, in a seed of its own"},
    wanted={"item_id": MEASURES},
)
OF_ENGLAND = figures_contract(
    seed=ENGLAND,
    columns=(ITEM, PERIOD, Column("area_number", ("LA Number",), kind="text"), VALUE),
    key=("item_id", "period"),
    wanted={"item_id": MEASURES, "area_number": frozenset({ENGLAND_NUMBER})},
)
OF_MEASURES = Contract(
    publication_id="dfe_lait",
    seed=DICTIONARY,
    columns=(
        Column("item_id", ("Measure_short",), kind="text"),
        Column("topic", ("Topic",), kind="text"),
        Column("title", ("Measure",), kind="text"),
        Column("publisher_polarity", ("Polarity",), kind="text", empty=("NA",)),
        Column("unit", ("y_axis_name",), kind="text"),
        Column("year_type", ("Year_Type",), kind="text"),
    ),
    key=("item_id", "topic"),
    not_read=(
        "Measure_code",
        "Chart_title",
        "state_funded_flag",
        "Table_status",
        "Description",
        "Last Update",
        "Next Update",
        "Data Owner (DO) /Supplier and Contact Details",
        "Methodology",
        "Hyperlink(s)",
        "dps",
        "No_Quartile",
    ),
    wanted={"item_id": MEASURES},
)


def claims_figures(book: Book) -> bool:
    """A long table with LAIT's headers, or most of them."""
    headers = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")
    return any(has_headers(sheet, headers, at_least=5) for sheet in book.sheets)


def claims_dictionary(book: Book) -> bool:
    """A table with the dictionary's headers, or most of them."""
    headers = [*OF_MEASURES.not_read, *(column.headers[0] for column in OF_MEASURES.columns)]
    return any(has_headers(sheet, headers, at_least=9) for sheet in book.sheets)


def read_figures(book: Book, registers: Registers, log: Log) -> Reading:
    """The big data set: every measure held must be in it."""
    sheet = find_sheet(BY_COUNCIL, book.sheets, book.name)
    table = read(BY_COUNCIL, sheet, registers, log)
    missing = sorted(MEASURES - {row.texts["item_id"] for row in table.rows})
    if missing:
        raise IngestError(book.name, f"no rows of {', '.join(missing)}", "every measure of the seeds")
    blocks = ("item_id", "period")
    parts = parts_of(table, ("item_id", "printed_code", "period"), blocks, ("value_raw",))
    _check_titles(table, log)
    series = ((part.block, [text for _, (text,) in part.rows.values()]) for part in parts)
    check_scale(series, sheet, log, FARTHEST)
    check_copies(parts, sheet, log)
    check_exchanged(parts, sheet, log)
    _check_complete(parts, sheet.name, book, log)
    england = read(OF_ENGLAND, sheet, registers, log)
    _check_england(table, england, log)
    # A dash in place of England is a symbol of that seed, counted with the others.
    parts += parts_of(england, ("item_id", "period"), blocks, ("value_raw",))
    periods = sorted({row.texts["period"] for row in table.rows})
    return Reading(_edition(periods), f"{periods[0]} to {periods[-1]}", parts)


def _starts(period: str) -> int:
    """The year in which the year of a period starts: one named by a single year ends in it."""
    return int(period[:4]) - (len(period) == len("2018"))


def _check_england(table: Table, england: Table, log: Log) -> None:
    """England's figure is near the mean of the councils', by measure and period."""
    figures: dict[tuple[str, str], list[Row]] = {}
    for row in table.rows:
        figures.setdefault((row.texts["item_id"], row.texts["period"]), []).append(row)
    numbers = {
        (item, _starts(period)): {
            row.code: float(row.texts["value_raw"])
            for row in rows
            if A_NUMBER.fullmatch(row.texts["value_raw"])
        }
        for (item, period), rows in figures.items()
        if item in (LOOKED_AFTER, CHILDREN)
    }
    for row in england.rows:
        item, period = row.texts["item_id"], row.texts["period"]
        if item not in NEAR_ENGLAND:
            continue
        weight, limit = NEAR_ENGLAND[item]
        weights = numbers.get((LOOKED_AFTER, _starts(period)), {})
        if weight == CHILDREN:
            rates = numbers.get((CHILDREN, _starts(period)), {})
            weights = {code: count / rates[code] for code, count in weights.items() if rates.get(code)}
        near = Near(limit, limit, FEWEST_OF_ENGLAND, is_share=True)
        check_mean(england, row, figures.get((item, period), ()), weights, "value_raw", 0, near, log)


def _check_titles(table: Table, log: Log) -> None:
    """A measure has one short and one long name in all periods: else one of them stands for another."""
    first: dict[str, str] = {}
    of_title: dict[str, str] = {}
    told = set()
    for row in table.rows:
        item, title = row.texts["item_id"], row.texts["title"]
        if not title:
            continue
        known, other = first.setdefault(item, title), of_title.setdefault(title, item)
        if (known, other) != (title, item) and (item, title) not in told:
            told.add((item, title))
            expected = f"'{known}'" if known != title else f"'{title}' under one short name, '{other}'"
            found = f"'{title}' under the short name '{item}'"
            log.errors.append(table.sheet.error(row.number, table.places["title"], found, expected))


def _check_complete(parts: list[Part], sheet: str, book: Book, log: Log) -> None:
    """LAIT prints every area in every period, with a dash where it has no figure."""
    areas = {key[1] for part in parts for key in part.rows}
    for part in parts:
        missing = sorted(areas - {key[1] for key in part.rows})
        if len(missing) > BY_COUNCIL.may_be_missing:
            found = f"no row for {len(missing)} of {len(areas)} councils in {' '.join(part.block)}"
            log.errors.append(IngestError(book.name, found, "a row for every council", sheet))
        elif missing:
            log.notices[f"no row for {', '.join(missing)} in {' '.join(part.block)}"] += 1


def _edition(periods: list[str]) -> str:
    """The file does not say when it was released: its latest period does."""
    return max(period[:4] for period in periods)


def read_dictionary(book: Book, registers: Registers, log: Log) -> Reading:
    """The dictionary: every measure held must be in it. Its edition is the day of its latest update."""
    sheet = find_sheet(OF_MEASURES, book.sheets, book.name)
    table = read(OF_MEASURES, sheet, registers, log)
    missing = sorted(MEASURES - {row.texts["item_id"] for row in table.rows})
    if missing:
        raise IngestError(book.name, f"no entry for {', '.join(missing)}", "every measure of the seeds")
    table = _without_repeats(table, log)
    values = ("title", "publisher_polarity", "unit", "year_type")
    parts = parts_of(table, ("item_id",), (), values)
    return Reading(_last_update(book), "", parts)


def _without_repeats(table: Table, log: Log) -> Table:
    """Measures of looked-after children stand again, in other words, among all pupils' absence."""
    elsewhere = {row.texts["item_id"] for row in table.rows if row.texts["topic"] != REPEATING_TOPIC}
    kept = []
    for row in table.rows:
        if row.texts["topic"] == REPEATING_TOPIC and row.texts["item_id"] in elsewhere:
            log.left_out[f"entry repeated under '{REPEATING_TOPIC}'"] += 1
        else:
            kept.append(row)
    return replace(table, rows=kept)


def _last_update(book: Book) -> str:
    """Largest number in the column of updates: days as spreadsheets count them, all of five digits."""
    sheet = book.sheets[0]
    place = next((at for at in range(len(sheet.columns)) if sheet.text(0, at) == "Last Update"), None)
    days = [sheet.text(row, place) for row in range(1, sheet.height)] if place is not None else []
    return max((day for day in days if len(day) == len("45809") and day.isdecimal()), default="")


READERS = (
    Reader(
        publication_id="dfe_lait",
        name="dfe_lait",
        version="1",
        seeds=(Seed(FIGURES, ("item_id", "period")), Seed(ENGLAND, ("item_id", "period"))),
        claims=claims_figures,
        read=read_figures,
    ),
    Reader(
        publication_id="dfe_lait",
        name="dfe_lait_dictionary",
        version="1",
        seeds=(Seed(DICTIONARY),),
        claims=claims_dictionary,
        read=read_dictionary,
    ),
)
