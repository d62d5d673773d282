"""Changes to files as published, each once taken without a word: each is refused by its cell.

Figures under a wrong council, period or concept are well formed. What tells on them is the name beside the
code, the total of the rows, the concept said in two places, or what the seeds hold of the same period.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drifts import Edit, Grid, read_after
from examples import ROOT

from scripts.ingest import registers
from scripts.ingest.held import Held
from scripts.ingest.present import Present

pytestmark = pytest.mark.slow("changes to whole publications are refused by their cell")
HOMELESS = "mhclg-homelessness/detailed_local_authority_202412.xlsx"
DELAYS = "nhs-dtoc/April_18.xls"
RESPONSIBLE, REASON = "LA - by responsible org", "LA - by reason"
LAIT, ASCOF = "dfe-lait/bds_long.parquet", "ascof/ascof_2017-18_to_2023-24_open_data.csv"
PEOPLE, ROUGH = "ons-population/mid_year_estimates_2019.xls", "mhclg-housing/rough_sleeping_2010_to_2022.xlsx"
NET = "mhclg-housing/live_table_122_net_additional_dwellings.csv"
COMPLETED = "mhclg-housing/live_table_1011_affordable_completions.csv"
BUDGET, BUDGETS = "mhclg-revenue-budget/revenue_account_budget_2019-20.xlsx", "RA LA Data 2019-20"
OUTTURN = "mhclg-revenue-outturn/revenue_outturn_service_2023-24.ods"
RATES, TIPPED = "defra-waste/local_authority_collected_waste_table_3.csv", "defra-waste/fly_tipping.ods"
PERSONS = "MYE2 - Persons"
#: City of Derby and Derbyshire; Leeds and Bradford; Hartlepool.
DERBY, DERBYSHIRE, LEEDS, BRADFORD, HARTLEPOOL = (
    "E06000015",
    "E10000007",
    "E08000035",
    "E08000032",
    "E06000001",
)


def with_codes(grid: Grid, column: int, *beginnings: str) -> list[int]:
    """Rows whose code begins so."""
    return [row for row in range(grid.height) if grid.text(row, column).startswith(beginnings)]


def row_of(grid: Grid, column: int, code: str) -> int:
    """First row of a code."""
    return with_codes(grid, column, code)[0]


def texts_exchanged(grid: Grid, one: tuple[int, int], other: tuple[int, int]) -> None:
    """Exchange two cells."""
    (row, column), (to_row, to_column) = one, other
    first, second = grid.columns[column][row], grid.columns[to_column][to_row]
    grid.columns[column][row], grid.columns[to_column][to_row] = second, first


def headers_exchanged(sheet: str, one: str, other: str) -> Edit:
    """The headers of two columns exchanged, their figures not."""

    def edit(grids: dict[str, Grid]) -> None:
        grid = grids[sheet]
        texts_exchanged(grid, grid.place(one), grid.place(other))

    return edit


def ta_figures_exchanged(grids: dict[str, Grid]) -> None:
    """Figures of all households and of those with children exchanged under their headers."""
    grid = grids["TA1"]
    _, one = grid.place("Total number of households in TA")
    _, other = grid.place("Total number of households in TA with children")
    for row in with_codes(grid, 0, "E0", "E12", "E92"):
        texts_exchanged(grid, (row, one), (row, other))


def two_authorities_exchanged(grids: dict[str, Grid]) -> None:
    """Names and figures of two authorities against their codes, in all four tables."""
    for name in ("A1", "P1", "R1", "TA1"):
        grid = grids[name]
        grid.exchange(row_of(grid, 0, LEEDS), row_of(grid, 0, BRADFORD), range(1, len(grid.columns)))


def full_width_digits(grids: dict[str, Grid]) -> None:
    """A count in the digits of another script."""
    grid = grids["TA1"]
    _, column = grid.place("Total number of households in TA")
    cells = grid.columns[column]
    row = row_of(grid, 0, LEEDS)
    cells[row] = grid.text(row, column).translate({48 + digit: 0xFF10 + digit for digit in range(10)})


def last_quarters_title(grids: dict[str, Grid]) -> None:
    """The titles of the quarter before over this quarter's figures, also in the contents."""
    for grid in grids.values():
        for row in range(min(10, grid.height)):
            for column in grid.columns:
                if isinstance(column[row], str):
                    text = column[row].replace("October to December 2024", "July to September 2024")
                    column[row] = text.replace("31 December 2024", "30 September 2024")


def two_councils_days_exchanged(grids: dict[str, Grid]) -> None:
    """Days of two councils exchanged in both tables, codes and names not."""
    for name in (RESPONSIBLE, REASON):
        grid = grids[name]
        grid.exchange(row_of(grid, 2, DERBY), row_of(grid, 2, DERBYSHIRE), range(5, len(grid.columns)))


def days_shifted(grids: dict[str, Grid]) -> None:
    """Names and days a row below their codes."""
    for name in (RESPONSIBLE, REASON):
        grid = grids[name]
        grid.shift(with_codes(grid, 2, "E0", "E1"), range(4, len(grid.columns)))


def lait_rows(grid: Grid, item: str, period: str, is_council: bool = True) -> list[int]:
    """Rows of a measure in a period: those of councils, or all."""
    return [row for row in grid.rows(A=item, C=period) if not is_council or int(grid.text(row, 5)) < 970]


def tenth(is_council: bool) -> Edit:
    """The rate of one measure in its last period per 1,000 in place of per 10,000."""

    def edit(grids: dict[str, Grid]) -> None:
        grid = grids[""]
        grid.times(lait_rows(grid, "CIN", "2024", is_council), [4], 0.1)

    return edit


def decimal_comma(grids: dict[str, Grid]) -> None:
    """A rate with a decimal comma and three decimals."""
    grid = grids[""]
    row = next(row for row in lait_rows(grid, "ReReferral", "2024") if grid.text(row, 5) == "383")
    grid.columns[4][row] = "21,345"


def measures_renamed(columns: tuple[int, ...]) -> Edit:
    """Two measures under each other's name in the last period."""

    def edit(grids: dict[str, Grid]) -> None:
        grid = grids[""]
        one, other = (lait_rows(grid, item, "2024", False) for item in ("ReReferral", "PrevRegCPR"))
        names = [[grid.columns[column][rows[0]] for column in columns] for rows in (one, other)]
        for rows, texts in ((one, names[1]), (other, names[0])):
            for column, text in zip(columns, texts, strict=True):
                for row in rows:
                    grid.columns[column][row] = text

    return edit


def year_late(grids: dict[str, Grid]) -> None:
    """One measure's figures of 2023 printed as those of 2024."""
    grid = grids[""]
    values = {grid.text(row, 5): grid.columns[4][row] for row in lait_rows(grid, "CIN", "2023", False)}
    for row in lait_rows(grid, "CIN", "2024", False):
        grid.columns[4][row] = values[grid.text(row, 5)]


def lait_shifted(grids: dict[str, Grid]) -> None:
    """Names and values of one measure and period a row below DfE's numbers."""
    grid = grids[""]
    grid.shift(lait_rows(grid, "CIN", "2024"), [3, 4])


def people_tenfold(grids: dict[str, Grid]) -> None:
    """One council ten times as large, ages and all."""
    grid = grids[PERSONS]
    grid.times([row_of(grid, 0, HARTLEPOOL)], range(3, len(grid.columns)), 10)


def people_exchanged(grids: dict[str, Grid]) -> None:
    """People of two councils exchanged."""
    grid = grids[PERSONS]
    grid.exchange(row_of(grid, 0, LEEDS), row_of(grid, 0, BRADFORD), range(3, len(grid.columns)))


def people_shifted(grids: dict[str, Grid]) -> None:
    """People a row below codes and names."""
    grid = grids[PERSONS]
    grid.shift(with_codes(grid, 0, "E06", "E08", "E09", "E10"), range(3, len(grid.columns)))


def females_only(grids: dict[str, Grid]) -> None:
    """Females under the title of persons."""
    females = grids["MYE2 - Females"]
    place = {females.text(row, 0): row for row in range(females.height)}
    grid = grids[PERSONS]
    for row in with_codes(grid, 0, "E"):
        for column in range(3, len(grid.columns)):
            grid.columns[column][row] = females.columns[column][place[grid.text(row, 0)]]


def ascof_codes_exchanged(grids: dict[str, Grid]) -> None:
    """ONS codes of two councils exchanged in one year, names not."""
    grid = grids[""]
    for row in grid.rows(A="2022-23", C=LEEDS) + grid.rows(A="2022-23", C=BRADFORD):
        grid.columns[2][row] = BRADFORD if grid.text(row, 2) == LEEDS else LEEDS


def ascof_tenfold(grids: dict[str, Grid]) -> None:
    """The decimals of one council lost."""
    grid = grids[""]
    grid.times(grid.rows(A="2022-23", C=LEEDS), [5], 10)


def rough_codes_exchanged(grids: dict[str, Grid]) -> None:
    """Codes of two authorities exchanged, names and figures not."""
    grid = grids["Table 1 Total"]
    grid.exchange(row_of(grid, 0, LEEDS), row_of(grid, 0, BRADFORD), [0])


def years_late(sheet: str, pattern: Callable[[str], bool], after: Callable[[str], str]) -> Edit:
    """Each column of figures under the next one's header, the last under a new one."""

    def edit(grids: dict[str, Grid]) -> None:
        grid = grids[sheet]
        row = next(
            row
            for row in range(20)
            if sum(map(pattern, (grid.text(row, at) for at in range(len(grid.columns))))) > 5
        )
        for column in grid.columns:
            if pattern(str(column[row]).split(".")[0]):
                column[row] = after(str(column[row]).split(".")[0])

    return edit


def next_financial_year(text: str) -> str:
    """2014-15 to 2015-16."""
    start = int(text[:4]) + 1
    return f"{start}-{(start + 1) % 100:02}"


def tenure_lost(grids: dict[str, Grid]) -> None:
    """Social rent lost in the last year."""
    grid = grids[""]
    last = max(grid.text(row, 2) for row in range(1, grid.height))
    gone = set(grid.rows(C=last, D="Social Rent"))
    grid.columns = [[cell for row, cell in enumerate(column) if row not in gone] for column in grid.columns]


def cumulative(is_england: bool) -> Edit:
    """The last two years each with the one before added, England's rows too or not."""

    def edit(grids: dict[str, Grid]) -> None:
        grid = grids[""]
        years = sorted({grid.text(row, 2) for row in range(1, grid.height)})[-3:]
        figures = {
            (grid.text(row, 0), grid.text(row, 2), grid.text(row, 3)): float(grid.text(row, 4) or 0)
            for row in range(1, grid.height)
            if grid.text(row, 2) in years
        }
        for row in range(1, grid.height):
            code, year, tenure = (grid.text(row, column) for column in (0, 2, 3))
            if year in years[1:] and (is_england or not code.startswith("E92")):
                before = sum(figures.get((code, of, tenure), 0) for of in years if of < year)
                grid.columns[4][row] = str(int(figures[code, year, tenure] + before))

    return edit


def budget_shifted(grids: dict[str, Grid]) -> None:
    """Names and figures a row below both codes."""
    grid = grids[BUDGETS]
    rows = [row for row in with_codes(grid, 0, "E") if grid.text(row, 4) in ("UA", "MD", "SC", "SD", "L")]
    grid.shift(rows, range(2, len(grid.columns)))


def budget_of_last_year(grids: dict[str, Grid]) -> None:
    """The title of the year before."""
    grid = grids[BUDGETS]
    grid.columns[0][0] = grid.text(0, 0).replace("2019-20", "2018-19")


def rate_tenth(grids: dict[str, Grid]) -> None:
    """The recycling rate of one council with its point one place further left."""
    grid = grids[""]
    (row,) = grid.rows(A="2022-23", C=HARTLEPOOL)
    grid.times([row], [7], 0.1)


def rates_shifted(grids: dict[str, Grid]) -> None:
    """Names and figures of unitaries a row below their codes."""
    grid = grids[""]
    grid.shift(grid.rows(A="2022-23", F="Unitary"), [4, *range(6, len(grid.columns))])


def tipping_copied(grids: dict[str, Grid]) -> None:
    """The incidents of the last year are those of the year before."""
    grid = grids["LA_incidents"]
    code, total = grid.column("ONS Code"), grid.column("Total Incidents")
    last = max(grid.text(row, 0) for row in range(grid.height) if grid.text(row, 0)[:2] == "20")
    before = f"{int(last[:4]) - 1}-{last[2:4]}"
    values = {grid.text(row, code): grid.columns[total][row] for row in grid.rows(A=before)}
    for row in grid.rows(A=last):
        if grid.text(row, code) in values and grid.text(row, code) != "*Total":
            grid.columns[total][row] = values[grid.text(row, code)]


def noughts_for_symbols(grids: dict[str, Grid]) -> None:
    """0 in place of the symbol for no return."""
    for grid in grids.values():
        for column in grid.columns:
            column[:] = [0 if value == "[x]" else value for value in column]


#: Publication's file, the change, and words of the reason that has to be given; docs/ingestion.md lists them.
DRIFTS: dict[str, tuple[str, Edit, str]] = {
    "homelessness: headers of TA and TA with children exchanged": (
        HOMELESS,
        headers_exchanged(
            "TA1", "Total number of households in TA", "Total number of households in TA with children"
        ),
        "at most the total",
    ),
    "homelessness: figures of TA and TA with children exchanged": (
        HOMELESS,
        ta_figures_exchanged,
        "at most the total",
    ),
    "homelessness: names and figures of two exchanged": (
        HOMELESS,
        two_authorities_exchanged,
        "which the register calls it",
    ),
    "homelessness: full-width digits": (HOMELESS, full_width_digits, "a number"),
    "homelessness: last quarter's titles": (HOMELESS, last_quarters_title, "the figures held of"),
    "delays: headers of two reasons exchanged": (
        DELAYS,
        headers_exchanged(REASON, "E) Awaiting", "F) Awaiting"),
        "as in every month held",
    ),
    "delays: figures of two councils exchanged": (DELAYS, two_councils_days_exchanged, "the other way round"),
    "delays: names and figures shifted": (DELAYS, days_shifted, "which the register calls it"),
    "LAIT: a rate per 1,000, of councils": (LAIT, tenth(True), "the same unit in both"),
    "LAIT: a rate per 1,000, of all": (LAIT, tenth(False), "the same unit in both"),
    "LAIT: a decimal comma": (LAIT, decimal_comma, "set apart in every figure"),
    "LAIT: two measures renamed": (LAIT, measures_renamed((0,)), "are they exchanged?"),
    "LAIT: two measures renamed, both names": (LAIT, measures_renamed((0, 1)), "are they exchanged?"),
    "LAIT: a year late": (LAIT, year_late, "a period's own figures"),
    "population: one council tenfold": (PEOPLE, people_tenfold, "the sum of its"),
    "population: two councils exchanged": (PEOPLE, people_exchanged, "as beside the areas"),
    "LAIT: names and values shifted": (LAIT, lait_shifted, "which the register calls it"),
    "ASCOF: codes exchanged": (ASCOF, ascof_codes_exchanged, "which the register calls it"),
    "ASCOF: tenfold": (ASCOF, ascof_tenfold, "a percentage up to 100"),
    "population: figures shifted": (PEOPLE, people_shifted, "as beside the areas"),
    "population: females only": (PEOPLE, females_only, "as beside the areas"),
    "rough sleeping: codes exchanged": (ROUGH, rough_codes_exchanged, "which the register calls it"),
    "rough sleeping: years late": (
        ROUGH,
        years_late(
            "Table 1 Total", lambda text: text[:2] == "20" and len(text) == 4, lambda text: str(int(text) + 1)
        ),
        "the year of the last column",
    ),
    "net additional dwellings: years late": (
        NET,
        years_late("", lambda text: text[:2] == "20" and len(text) == 7, next_financial_year),
        "the figures held of",
    ),
    "completions: a tenure lost": (COMPLETED, tenure_lost, "a row for each kind"),
    "completions: cumulative": (COMPLETED, cumulative(False), "the sum of its"),
    "completions: cumulative, England too": (COMPLETED, cumulative(True), "the sum of its"),
    "budget: names and figures shifted": (BUDGET, budget_shifted, "which the register calls it"),
    "budget: last year's title": (BUDGET, budget_of_last_year, "one financial year"),
    "waste: a rate a tenth": (RATES, rate_tenth, "a figure of the same size"),
    "waste: names and figures shifted": (RATES, rates_shifted, "which the register calls it"),
    "fly-tipping: the year before again": (TIPPED, tipping_copied, "a period's own figures"),
    "outturn: noughts for symbols": (OUTTURN, noughts_for_symbols, "the symbol for"),
}


@pytest.fixture(scope="module")
def held() -> Held:
    """What the committed seeds hold."""
    return Held(Present(ROOT / "seeds"))


@pytest.mark.parametrize("case", DRIFTS)
def test_a_drift_is_refused_by_its_cell(case: str, shared: Path, held: Held) -> None:
    """The file is refused for what is wrong with it, and would not be without the change."""
    file, edit, reason = DRIFTS[case]
    path = shared / "publications" / file
    known = registers.load(ROOT / "seeds")
    said = read_after(path, edit, known, held)
    assert said, "taken without a word"
    assert any(reason in text for text in said), said[:5]
    assert all(text.startswith(path.name) for text in said)


@pytest.mark.parametrize("file", sorted({file for file, _, _ in DRIFTS.values()}))
def test_the_files_are_right_as_published(file: str, shared: Path, held: Held) -> None:
    """Nothing is said against any of the files before it is changed."""
    path = shared / "publications" / file
    assert read_after(path, lambda grids: None, registers.load(ROOT / "seeds"), held) == []
