"""Three figures of the waste tables that follow from one another but for the people of a household."""

from __future__ import annotations

from scripts.ingest.contract import NUMBER, Log, Table

#: City of London, where few live and many work, is the lowest, with 1.08; the highest is 3.04.
PEOPLE_PER_HOUSEHOLD = (1.0, 3.5)
RATES_TOGETHER = ("recycling_rate", "residual_kg_per_household", "household_waste_kg_per_person")


def check_residual(table: Table, log: Log) -> None:
    """What is left of a person's waste, times the people of a household, is a household's residual waste.

    So a rate with its point in another place shows, and so do residual and all waste when exchanged.
    """
    low, high = PEOPLE_PER_HOUSEHOLD
    for row in table.rows:
        texts = [row.texts[name] for name in RATES_TOGETHER]
        if not all(map(NUMBER.fullmatch, texts)):
            continue
        rate, residual, per_person = map(float, texts)
        left = per_person * (1 - rate)
        if left and not low <= residual / left <= high:
            found = f"{texts[1]} kg per household beside {texts[2]} kg per person and a rate of {texts[0]}"
            expected = f"{low:g} to {high:g} people per household"
            log.errors.append(table.sheet.error(row.number, table.places[RATES_TOGETHER[0]], found, expected))
