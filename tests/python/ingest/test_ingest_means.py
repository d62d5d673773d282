"""England's printed mean against the councils' figures, as a file prints both: ASCOF and LAIT."""

from __future__ import annotations

from pathlib import Path

import pytest
import test_ingest_ascof as ascof
from examples import ROOT, read_by_its_reader, said

from scripts.ingest import registers
from scripts.ingest.contract import Log, Row, Table
from scripts.ingest.readers import dfe_lait
from scripts.ingest.totals import Near, check_mean
from scripts.ingest.workbook import Sheet

ENGLAND = "E92000001"
#: Of three councils whose figures weigh 1, 2 and 7 the mean is 36.
WEIGHTS = {"E06000001": 1.0, "E06000002": 2.0, "E06000003": 7.0}
FIGURES = {"E06000001": "10", "E06000002": "20.5", "E06000003": "44.142857"}


def held(
    england: str,
    figures: dict[str, str],
    near: Near,
    authorities: int = 3,
    weights: dict[str, float] = WEIGHTS,
) -> tuple[bool, list[str]]:
    """Whether England was held against the mean, and what was said."""
    rows = [Row(at, code, {"value_raw": text}) for at, (code, text) in enumerate(figures.items(), start=1)]
    table = Table(dfe_lait.BY_COUNCIL, Sheet("file.csv", "", []), 0, {"value_raw": 1}, rows)
    log = Log()
    total = Row(9, ENGLAND, {"value_raw": england})
    return check_mean(table, total, rows, weights, "value_raw", authorities, near, log), said(log)


def test_england_is_the_weighted_mean() -> None:
    """Within what is allowed either way; beyond it the cell is named, with the mean that was expected."""
    near = Near(whole=0.06, part=1, fewest=2)
    for printed in ("36", "36.05", "35.95"):
        assert held(printed, FIGURES, near) == (True, [])
    for printed in ("36.07", "35.93"):
        is_held, (told,) = held(printed, FIGURES, near)
        assert is_held
        assert f"cell B10: found {printed} as England's, expected 36, the mean of its 3 rows" in told


def test_england_counts_councils_that_are_not_printed() -> None:
    """Where one has no row, no number or no weight the wider limit holds; too few rows say nothing."""
    near = Near(whole=0.06, part=1, fewest=2)
    assert held("36.9", FIGURES, near, authorities=4) == (True, [])
    assert held("37.1", FIGURES, near, authorities=4)[1]
    suppressed = FIGURES | {"E06000001": "c"}
    assert held("39.5", suppressed, near) == (True, [])
    assert held("40", suppressed, near)[1]
    unweighted = {code: weight for code, weight in WEIGHTS.items() if code != "E06000001"}
    assert held("39.5", FIGURES, near, weights=unweighted) == (True, [])
    assert held("99", suppressed, Near(0.06, 1, fewest=3)) == (False, [])
    assert held("c", FIGURES, near) == (False, [])


def test_a_limit_can_be_a_share_of_england() -> None:
    """One in a hundred of 36 is 0.36."""
    near = Near(whole=0.01, part=0.01, fewest=2, is_share=True)
    assert held("36.3", FIGURES, near) == (True, [])
    assert held("36.4", FIGURES, near)[1]


@pytest.mark.parametrize(
    ("measure", "period", "off", "is_refused"),
    [
        ("1G", "2018-19", 0.0, False),
        ("1G", "2018-19", 0.2, True),
        # the survey of carers, of which England has weights of its own
        ("3C", "2018-19", 1.2, False),
        ("3C", "2018-19", 2.0, True),
        # 2014-15: England counts carers whose council is not printed
        ("1C2B", "2014-15", 4.0, False),
        ("1C2A", "2014-15", 4.0, True),
    ],
)
def test_ascof_prints_the_mean_of_its_councils(
    measure: str, period: str, off: float, is_refused: bool, tmp_path: Path
) -> None:
    """Each council weighs as much as its denominator; England is that mean, to half of its decimal."""
    live = sorted(registers.load(ROOT / "seeds").live(f"{period[:4]}-04-01"))
    shares = {code: 40 + at % 41 for at, code in enumerate(live)}
    people = {code: 100 + 37 * at for at, code in enumerate(live)}
    mean = sum(shares[code] * people[code] for code in live) / sum(people.values())
    rows = [(period, code, "Council", measure, "Total", "Outcome", str(shares[code])) for code in live]
    rows += [(period, code, "Council", measure, "Total", "Denominator", str(people[code])) for code in live]
    rows.append((period, ENGLAND, "England", measure, "Total", "Outcome", f"{mean + off:.1f}"))
    _, log = read_by_its_reader(ascof.stacked(tmp_path, rows))
    told = [text for text in said(log) if "as England's" in text]
    assert bool(told) == is_refused, said(log)


@pytest.mark.parametrize(
    ("item", "factor", "is_refused"),
    [
        ("LACHealth%", 1.005, False),
        ("LACHealth%", 1.007, True),
        ("LACDental%", 0.99, False),
        ("LACDental%", 0.988, True),
        # not known to be a mean of what LAIT prints
        ("LACSubstance", 2.0, False),
    ],
)
def test_lait_prints_nearly_the_mean_of_its_councils(item: str, factor: float, is_refused: bool) -> None:
    """The weights are children looked after, or all children: those over their rate per 10,000."""
    codes = [f"E060000{at:02d}" for at in range(1, 100)] + [f"E080000{at:02d}" for at in range(1, 21)]
    looked_after = {code: 50 + 13 * at for at, code in enumerate(codes)}
    rate = {code: 40 + 5 * (at % 20) for at, code in enumerate(codes)}
    figure = {code: 60 + at % 31 for at, code in enumerate(codes)}
    columns = {"LACnum": looked_after, "LAC": rate, item: figure}
    rows = [
        Row(0, code, {"item_id": name, "period": "2024", "value_raw": str(values[code])})
        for name, values in columns.items()
        for code in codes
    ]
    weights = {code: looked_after[code] / (rate[code] if item == "LACHealth%" else 1) for code in codes}
    mean = sum(figure[code] * weights[code] for code in codes) / sum(weights.values())
    england = Row(7, "", {"item_id": item, "period": "2024", "value_raw": f"{mean * factor:.6f}"})
    places = {"value_raw": 4}
    sheet = Sheet("lait.csv", "", [])
    log = Log()
    dfe_lait._check_england(
        Table(dfe_lait.BY_COUNCIL, sheet, 0, places, rows),
        Table(dfe_lait.OF_ENGLAND, sheet, 0, places, [england]),
        log,
    )
    assert bool(log.errors) == is_refused, said(log)
