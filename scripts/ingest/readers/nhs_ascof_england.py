"""England's figures of ASCOF against the mean of the councils', as a file prints both.

Each council's figure weighs as much as its denominator. Measured November 2026 over 2014-15 to 2024-25: with
every council it is England's to half of the decimal printed, 0.049 at the most. Where some are suppressed or
never came, England counts them all the same: up to 0.21 off, and 0.45 of a rate per 100,000. Of the survey of
carers England has weights of its own, which nobody prints: up to 1.29 off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from scripts.ingest.contract import NUMBER, Log, Row, Table
from scripts.ingest.readers.nhs_ascof_items import DENOMINATOR, OUTCOME, TOTAL
from scripts.ingest.registers import ENGLAND, Registers
from scripts.ingest.totals import Near, check_mean
from scripts.ingest.workbook import normal

#: Fewer councils than this show no mean: nine in ten.
FEWEST = 137
NEAR = Near(whole=0.06, part=0.25, fewest=FEWEST)
NEAR_OF_RATES = Near(whole=0.06, part=0.6, fewest=FEWEST)
NEAR_OF_CARERS = Near(whole=1.6, part=1.6, fewest=FEWEST)
RATES = frozenset({"ADM_65", "ADM_65_1415"})
OF_CARERS = frozenset({"CARER_QOL", "CONSULTED", "INFO_CARERS", "SAT_CARERS", "SOCIAL_CARERS"})
#: Printed for 136 and 138 councils of 152, while England counts those that are not printed: 3.8 off.
GAPS = frozenset({("DP_CARERS", "2014-15"), ("SDS_CARERS", "2014-15")})


def of_all(outcomes: Table, counts: Table) -> tuple[list[Row], list[Row]]:
    """Rows of open data that are about all users: outcomes of the one table, denominators of the other."""
    pairs = ((outcomes, OUTCOME), (counts, (DENOMINATOR,)))
    of_users = [
        [
            row
            for row in table.rows
            if normal(row.texts["group"]) in TOTAL and normal(row.texts["kind"]) in kinds
        ]
        for table, kinds in pairs
    ]
    return of_users[0], of_users[1]


def check_england(
    table: Table,
    outcomes: Iterable[Row],
    counts: Iterable[Row],
    columns: tuple[str, str],
    registers: Registers,
    log: Log,
) -> None:
    """Errors where England's figure of a measure and year is not the mean of the councils'.

    Args:
        table: The table that the outcomes are of.
        outcomes: Rows with a measure's figures of all users, England's among them.
        counts: Rows with what these figures are out of.
        columns: The column of the figures and that of the counts.
        registers: Say how many councils there are in a year.
        log: Takes the errors.
    """
    figure, count = columns
    weights: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in counts:
        if NUMBER.fullmatch(row.texts[count]):
            weights[_block(row)][row.code] = float(row.texts[count])
    figures: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in outcomes:
        figures[_block(row)].append(row)
    for (item, period), rows in figures.items():
        near = NEAR_OF_CARERS if item in OF_CARERS else NEAR_OF_RATES if item in RATES else NEAR
        councils = [row for row in rows if row.code != ENGLAND]
        live = len(registers.live(f"{period[:4]}-04-01"))
        printed = [] if (item, period) in GAPS else [row for row in rows if row.code == ENGLAND]
        for england in printed:
            check_mean(table, england, councils, weights[item, period], figure, live, near, log)


def _block(row: Row) -> tuple[str, str]:
    return row.texts["item_id"], row.texts["period"]
