"""Where figures stand: the cells of one item in a seed, by authority and period, as the registers name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from scripts.proofs.planted_faults.tables import Table, read

ITEMS_IN_ROWS = {"dfe_lait", "nhs_ascof", "nhs_ascof_by_age", "nhs_ascof_margins"}
PERIODS = {
    "mhclg_homelessness": "quarter_end",
    "mhclg_rough_sleeping": "snapshot_year",
    "mhclg_vacant_dwellings": "year",
    "nhs_delayed_transfers": "month",
    "nhs_discharge_ready": "month",
    "ons_population": "year",
}
# Items of a measure that staging adds up out of several columns: one of them stands for it.
PARTS = {
    "awaiting_care_home": "awaiting_residential_home",
    "household_sent_for_recycling_tonnes": "household_recycled_tonnes",
    "affordable_completions": "completions",
    "discharged_delayed": "discharged_one_day",
    "discharged_seven_plus": "discharged_seven_thirteen",
}
# How an item of the survey by age ends, and how the seed prints the age.
AGES = {"65_plus": "65+", "18_64": "18-64"}
# The first financial year in which the index is computed; the last one is the rankings' own.
FIRST_START = 2015


@dataclass(frozen=True)
class Series:
    """The cells of one item in a seed: a column, in all rows or in those of the item.

    ``last_start`` is the year in which the last edition starts that a ranking scores by the item; with
    ``in_newest``, a fault goes into the newest edition of the index, and otherwise into an earlier one.
    """

    seed: str
    column: str
    where: tuple[tuple[str, str], ...] = ()
    what: str = "measure"
    unit_kind: str = "amount"
    first_start: int = FIRST_START
    last_start: int = 9999
    in_newest: bool = field(default=False, compare=False)

    @property
    def name(self) -> str:
        """The item's name for a report."""
        return " ".join([text for _, text in self.where]) or self.column

    @property
    def period(self) -> str:
        """The column that holds the period."""
        return PERIODS.get(self.seed, "period")

    def start_year(self, text: str) -> int | None:
        """The year in which the financial year of a printed period starts."""
        if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text) and self.period == "month":
            return int(text[:4]) - (int(text[5:]) < 4)
        if re.fullmatch(r"20\d\d[-/]\d\d.*", text):
            return int(text[:4])
        if re.fullmatch(r"20\d{4}", text):
            return int(text[:4]) - (int(text[4:]) < 4)
        if re.fullmatch(r"20\d\d", text):
            return int(text) - (self.seed == "dfe_lait")
        return None

    def rows(self, table: Table, start: int | None = None) -> list[int]:
        """The rows of the item, of all periods or of the financial year that starts in ``start``."""
        found = table.having(**dict(self.where)) if self.where else list(range(len(table.rows)))
        if start is None:
            return found
        return [number for number in found if self.start_year(table.cell(number, self.period)) == start]

    def starts(self, table: Table) -> list[int]:
        """The years in which financial years start for which the index uses the item and numbers stand."""
        found = set()
        for number in self.rows(table):
            start = self.start_year(table.cell(number, self.period))
            if start is not None and is_number(table.cell(number, self.column)):
                found.add(start)
        return sorted(start for start in found if self.first_start <= start <= self.last_start)


@cache
def last_editions(root: Path) -> dict[str, str]:
    """The last edition that each ranking is scored in."""
    return {row["ranking_id"]: row["last_edition"] for row in table_rows(root, "rankings")}


@cache
def newest_start(root: Path) -> int:
    """The year in which the newest edition starts that any ranking is scored in."""
    return max(int(edition[:4]) for edition in last_editions(root).values())


def is_number(text: str) -> bool:
    """Whether a text is a plain number."""
    return re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text) is not None


def table_rows(root: Path, seed: str) -> list[dict[str, str]]:
    """The rows of a seed as dictionaries."""
    table = seed_table(root, seed)
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


@cache
def path_of(root: Path, seed: str) -> Path:
    """The file of a seed."""
    (found,) = (root / "seeds").glob(f"*/{seed}.csv")
    return found


@lru_cache(maxsize=8)
def seed_table(root: Path, seed: str) -> Table:
    """A seed as it stands in the project; kept, since many faults are drawn from one."""
    return read(path_of(root, seed))


def of_item(publication: str, item: str) -> Series:
    """The series of an item that the registers name."""
    if publication == "nhs_ascof_by_age":
        (age,) = (age for age in AGES if item.endswith(f"_{age}"))
        where = (("item_id", item.removesuffix(f"_{age}")), ("age_group", AGES[age]))
        return Series(publication, "value_raw", where)
    if publication in ITEMS_IN_ROWS:
        column = "margin_raw" if publication == "nhs_ascof_margins" else "value_raw"
        return Series(publication, column, (("item_id", item),))
    return Series(publication, PARTS.get(item, item))


def active_measures(root: Path) -> list[dict[str, str]]:
    """The measures that count in a ranking, each with the first and the last edition in which it does."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for use in table_rows(root, "ranking_measures"):
        if use["status"] == "active":
            measure, edition = use["measure_id"], use["first_scored_edition"]
            until = use["last_scored_edition"] or last_editions(root)[use["ranking_id"]]
            first[measure] = min(edition, first.get(measure, edition))
            last[measure] = max(until, last.get(measure, until))
    return [
        {
            **row,
            "first_scored_edition": first[row["measure_id"]],
            "last_scored_edition": min(last[row["measure_id"]], row["last_edition"]),
        }
        for row in table_rows(root, "measures")
        if row["measure_id"] in first
    ]


def scored(series: Series, row: dict[str, str]) -> Series:
    """A series in the editions in which an active measure counts it."""
    first, last = int(row["first_scored_edition"][:4]), int(row["last_scored_edition"][:4])
    return replace(series, first_start=max(FIRST_START, first), last_start=last)


def register_rows(root: Path, seed: str) -> list[Series]:
    """The rows of a register of measures that count, each as a target of its own."""
    if seed == "measures":
        return [Series(seed, "", (("measure_id", row["measure_id"]),)) for row in active_measures(root)]
    return [
        Series(seed, "", (("ranking_id", row["ranking_id"]), ("measure_id", row["measure_id"])))
        for row in table_rows(root, seed)
        if row["status"] == "active"
    ]


def measures(root: Path) -> list[Series]:
    """The items that active measures count, each once, in the register's order."""
    found: dict[tuple[str, str], Series] = {}
    for row in active_measures(root):
        key = (row["publication_id"], row["numerator_item_id"])
        found.setdefault(key, scored(replace(of_item(*key), unit_kind=row["unit_kind"]), row))
    return list(found.values())


def denominators(root: Path) -> list[Series]:
    """The items other than populations that active measures are divided by, each once."""
    found: dict[tuple[str, str], Series] = {}
    for row in active_measures(root):
        key = (row["denominator_publication_id"], row["denominator_item_id"])
        # recycled tonnes and incidents are, in whole or part, numerators already
        computed = key[0] == "ons_population" or key[1] in {"adult_days", "incidents", *PARTS}
        if key[0] and not computed:
            found.setdefault(key, scored(replace(of_item(*key), what="denominator"), row))
    return list(found.values())


def spend_lines(root: Path) -> list[Series]:
    """The items that are added up to spend, each once."""
    found: dict[tuple[str, str], Series] = {}
    for row in table_rows(root, "spend_lines"):
        key = (row["publication_id"], row["item_id"])
        last = min(row["last_edition"], last_editions(root)[row["ranking_id"]])
        first, until = int(row["first_edition"][:4]), int(last[:4])
        series = found.get(key, replace(of_item(*key), what="spend", unit_kind="money", first_start=first))
        known = series.last_start if key in found else until
        found[key] = replace(series, first_start=min(first, series.first_start), last_start=max(until, known))
    return list(found.values())


def populations(root: Path) -> list[Series]:
    """The populations that spend and counts are divided by."""
    people = Series(
        "ons_population", "", what="population", unit_kind="people", last_start=newest_start(root)
    )
    columns = ("pop_0_17", "pop_18_64", "pop_65_plus", "pop_all")
    return [replace(people, column=column) for column in columns]


def margins(root: Path) -> list[Series]:
    """The published margins of error that the rank bands use."""
    active = {row["measure_id"] for row in active_measures(root)}
    items = {
        row["item_id"]
        for row in table_rows(root, "measure_errors")
        if row["measure_id"] in active and row["publication_id"] == "nhs_ascof_margins"
    }
    named = [of_item("nhs_ascof_margins", item) for item in sorted(items)]
    found = [replace(series, what="margin", last_start=newest_start(root)) for series in named]
    table = seed_table(root, "nhs_ascof_margins")
    return [series for series in found if series.starts(table)]
