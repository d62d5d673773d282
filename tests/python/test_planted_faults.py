"""Planted faults: each kind changes its seed, alike for the same number, and is recorded as it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.proofs.planted_faults import report
from scripts.proofs.planted_faults.faults import Fault, Result, drawn
from scripts.proofs.planted_faults.harness import Harness, NoAnswerError
from scripts.proofs.planted_faults.in_files import next_year
from scripts.proofs.planted_faults.kinds import KINDS, aimed_at
from scripts.proofs.planted_faults.reach import EARLIER, NEWEST, NO_EDITION, reach
from scripts.proofs.planted_faults.series import Series, measures, newest_start, path_of, spend_lines
from scripts.proofs.planted_faults.tables import Table, difference, read, write

by_planting = pytest.mark.slow("planted faults are caught by the check that has to, true figures by none")
# What the small run plants: the kind, its number, how it has to end and the check that has to say so.
SMALL = [
    ("a symbol never seen", 1, "caught", "printed_text_is_a_number_or_a_known_symbol"),
    ("row printed twice", 1, "caught", "rows_are_well_formed"),
    ("a period that became a date", 1, "caught", "rows_are_well_formed"),
    ("header renamed", 1, "caught", "reader of"),
    ("file cut off", 2, "caught", "reader of"),
    ("decimal point lost", 1, "caught", "housing_of_counties_is_part_of_their_areas"),
    ("deflator of the wrong year", 1, "caught", "deflator_stands_on_its_base"),
    ("neighbours wrong", 2, "caught", ""),
]


@pytest.mark.slow("every kind of fault changes its seed, and always alike")
@pytest.mark.parametrize("name", KINDS)
def test_a_kind_changes_its_seed_and_always_alike(name: str, root: Path) -> None:
    """A fault differs from the seed, comes out the same again, and differs from the next of its kind."""
    one, again, other = drawn(KINDS[name], 1), drawn(KINDS[name], 1), drawn(KINDS[name], 2)
    assert difference(read(path_of(root, one.target.seed)), one.table) == one.change
    assert one.change.lines > 0
    assert (one.target, one.table) == (again.target, again.table)
    assert (one.target, one.table) != (other.target, other.table)


def test_another_seed_draws_other_faults() -> None:
    """The generator decides which cell is hit."""
    kind = KINDS["digits transposed"]
    assert len({drawn(kind, 1, seed).change for seed in range(4)}) > 1


def test_a_kind_is_described() -> None:
    """Every kind says how it happens, which layer should catch it, and finds figures to hit."""
    assert len(KINDS) >= 25
    for kind in KINDS.values():
        assert kind.practice.endswith("."), kind.name
        assert kind.layer in report.LAYERS, kind.name
        assert aimed_at(kind.aims), kind.name


def test_faults_are_planted_in_many_seeds_and_items() -> None:
    """Four faults of a kind that fits any figure go to four files."""
    found = [drawn(KINDS["unit slip, one council"], number).target for number in range(1, 5)]
    assert len({target.seed for target in found}) == 4


@pytest.mark.parametrize("name", ["unit slip, one council", "a council missing", "last year's figures again"])
def test_odd_numbers_go_into_the_newest_edition(name: str) -> None:
    """A kind that may be of any edition is tried in the newest one, and in those that a release holds."""
    assert [drawn(KINDS[name], number).edition for number in (1, 2, 3)] == [NEWEST, EARLIER, NEWEST]


def test_an_item_is_aimed_at_until_its_last_ranking_stops(root: Path) -> None:
    """What is scored in the newest edition is hit there; a line that a ranking has left is not."""
    newest = newest_start(root)
    assert max(series.last_start for series in measures(root)) == newest
    lines = {series.name: series.last_start for series in spend_lines(root)}
    assert lines["adult_social_care"] == newest
    assert lines["csc_total"] < newest


@pytest.mark.parametrize(
    ("change", "edition"),
    [
        (("2025", "5"), NEWEST),
        (("2024", "5"), EARLIER),
        (("2026", "9"), NEWEST),
        (("Apr-2024", "9"), NEWEST),
        ((), NEWEST),
    ],
)
def test_a_fault_stands_where_its_rows_do(change: tuple[str, ...], edition: str) -> None:
    """A row changed, moved to another period, spoilt or taken away is told by its period before or after."""
    table = Table(("period", "value"), (("2018", "1"), ("2024", "4"), ("2025", "9")))
    rows = (*table.rows[:2], change) if change else table.rows[:2]
    target = Series("dfe_lait", "value")
    assert reach(table, replace(table, rows=rows), target, 2024) == edition
    assert reach(table, replace(table, rows=rows), target, 2025) != NEWEST


def test_a_register_is_of_no_edition() -> None:
    """A header that changes reaches every row, and so does a table without periods."""
    table = Table(("period", "value"), (("2025", "1"),))
    assert (
        reach(table, replace(table, header=("year", "value")), Series("dfe_lait", "value"), 2024)
        == NO_EDITION
    )
    named = Table(("council_name",), (("Kent",),))
    assert reach(named, replace(named, rows=()), Series("councils", ""), 2024) == NO_EDITION


def test_a_file_comes_back_byte_for_byte(tmp_path: Path, root: Path) -> None:
    """Seeds survive reading and writing, and so do bytes that are not UTF-8."""
    for seed in ("nhs_ascof", "measures", "publications"):
        write(read(path_of(root, seed)), tmp_path / "seed.csv")
        assert (tmp_path / "seed.csv").read_bytes() == path_of(root, seed).read_bytes()
    (tmp_path / "odd.csv").write_bytes(b"name\nKing\x92s Lynn\n")
    write(read(tmp_path / "odd.csv"), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == b"name\nKing\x92s Lynn\n"


def test_differences_name_the_cell() -> None:
    """A change is told by the row that holds it, the text before and the text after."""
    table = Table(("code", "year", "value"), (("E1", "2018", "5"), ("E2", "2018", "7")))
    found = difference(table, table.with_cells("value", {1: "70"}))
    assert (found.lines, found.row, found.before, found.after) == (1, "E2, 2018", "value 7", "value 70")
    assert difference(table, table) is None
    gone = difference(table, table.without([0]))
    assert (gone.lines, gone.before, gone.after) == (1, "E1,2018,5", "")


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2018", "2019"),
        ("2018-19", "2019-20"),
        ("2018-19 (OT)", "2019-20 (OT)"),
        ("2018/19", "2019/20"),
        ("201806", "201906"),
        ("2018-06", "2019-06"),
        ("2018-12", "2019-12"),
    ],
)
def test_the_next_year_of_a_period(text: str, later: str) -> None:
    """Years, financial years, quarters and months move on by a year."""
    assert next_year(text) == later


def test_periods_belong_to_financial_years(root: Path) -> None:
    """A quarter, a month and a year of LAIT fall into the financial year of their edition."""
    assert Series("mhclg_homelessness", "ta_total").start_year("201903") == 2018
    assert Series("nhs_delayed_transfers", "days_nhs").start_year("2019-04") == 2019
    assert Series("dfe_lait", "value_raw").start_year("2019") == 2018
    assert Series("dfe_lait", "value_raw").start_year("2018/19") == 2018
    assert len(measures(root)) > 50


@pytest.fixture(scope="module")
def harness(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    """A harness in a folder of its own, with the real figures as published, or built where they are not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("COUNCIL_PRODUCTIVITY_DATABASE", "")
        made = Harness(root, tmp_path_factory.mktemp("faults"), published=True)
        made.prepare()
        yield made


@by_planting
def test_the_real_figures_raise_no_alarm(harness: Harness) -> None:
    """Neither a data test nor a gate fails on the seeds as they are."""
    assert harness.real["alarms"] == []


@by_planting
@pytest.mark.parametrize(("name", "number", "outcome", "check"), SMALL, ids=[case[0] for case in SMALL])
def test_a_known_fault_ends_as_expected(
    harness: Harness, name: str, number: int, outcome: str, check: str
) -> None:
    """The small run: each fault is recorded with the check that has to catch it, and taken back."""
    fault = drawn(KINDS[name], number)
    result = harness.planted(fault)
    assert result.outcome == outcome, result
    assert check in result.caught_by
    assert result.before or result.after
    original = path_of(harness.root, fault.target.seed)
    assert (harness.project / original.relative_to(harness.root)).read_bytes() == original.read_bytes()


def result(number: int, outcome: str = "caught", edition: str = NEWEST, moves: int = 0) -> Result:
    """A result as if it had been planted."""
    layer, check = ("grading", "grading: values_lie_within_bounds") if outcome == "caught" else ("", "")
    return Result(
        fault=f"sign flipped #{number}",
        kind="sign flipped",
        layer="grading",
        seed="dfe_lait",
        item="LACnum",
        edition=edition,
        lines_changed=3,
        row="a row",
        before="1",
        after="-1",
        outcome=outcome,
        caught_by_layer=layer,
        caught_by=check,
        effect_on="ranks",
        ranks_moved=min(moves, 1),
        ranks_beyond_band=0,
        largest_move=moves,
        ranks_come_or_gone=0,
        top_tens_changed=0,
        verdicts_changed=-1,
        marts_changed="",
        seconds=1.5,
        seconds_of_gates=0.5,
    )


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results are kept as they come; a fault that has one is not planted again."""
    made = Harness(work=tmp_path)
    planted = []

    def plant(fault: Fault) -> Result:
        planted.append(fault.number)
        return result(fault.number)

    monkeypatch.setattr(made, "prepare", lambda: None)
    monkeypatch.setattr(made, "planted", plant)
    run = made.run(["sign flipped"], 3)
    next(run)
    run.close()
    assert [found.fault for found in made.results()] == ["sign flipped #1"]
    assert [done for done, _, _ in made.run(["sign flipped"], 3)] == [2, 3]
    assert planted == [1, 2, 3]
    assert made.results()[0] == result(1)


def test_a_build_that_does_not_end_is_no_catch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of which nothing came in time has no result, and the run goes on with the next one."""
    made = Harness(work=tmp_path)

    def plant(fault: Fault) -> Result:
        if fault.number == 1:
            raise NoAnswerError("no answer in 3600 seconds")
        return result(fault.number)

    monkeypatch.setattr(made, "prepare", lambda: None)
    monkeypatch.setattr(made, "planted", plant)
    list(made.run(["sign flipped"], 2))
    assert [found.fault for found in made.results()] == ["sign flipped #2"]

    def hang(*_: object) -> None:
        raise NoAnswerError

    monkeypatch.setattr(made, "apart", hang)
    monkeypatch.setattr(Harness, "manifest", None)
    for step in (made.blocked, made.ranked):
        with pytest.raises(NoAnswerError):
            step("dfe_lait")


def test_the_report_counts_what_got_through(tmp_path: Path) -> None:
    """The page tells caught, through and harmless apart, and a rate of those that matter."""
    made = Harness(work=tmp_path)
    (tmp_path / "clean.json").write_text('{"version": "1", "alarms": [], "warnings": [], "seconds": 60}')
    for number, outcome in enumerate(["caught", "caught", "caught", "through", "harmless"], start=1):
        made.record(result(number, outcome))
    page = report.report(made)
    assert "| caught by the build or by any release gate | 3 | 75.0 % |" in page
    assert "| through without a word | 1 | 25.0 % |" in page
    assert "sign flipped #4" in page


def test_the_report_holds_its_two_aims_apart(tmp_path: Path) -> None:
    """Large moves count in the newest edition, any move everywhere; what no rank feels counts in neither."""
    made = Harness(work=tmp_path)
    (tmp_path / "clean.json").write_text('{"version": "1", "alarms": [], "warnings": [], "seconds": 60}')
    planted = [
        *(("caught", NEWEST, 6), ("through", NEWEST, 5), ("caught", EARLIER, 9), ("through", EARLIER, 7)),
        *(("warned of", NEWEST, 0), ("harmless", NO_EDITION, 0), ("caught", NO_EDITION, 1)),
    ]
    for number, (outcome, edition, moves) in enumerate(planted, start=1):
        made.record(result(number, outcome, edition, moves))
    page = report.report(made)
    assert "| Newest edition, which no release holds | 1 of 1 (100.0 %) | 1 of 2 (50.0 %) |" in page
    assert "| Earlier editions, which a release holds | 1 of 2 (50.0 %) | 1 of 2 (50.0 %) |" in page
    assert "| All | 2 of 3 (66.7 %) | 3 of 5 (60.0 %) |" in page
    assert "(1 of 1 blocked, reached)" in " ".join(page.split())
    assert "(3 of 5 blocked, missed)" in " ".join(page.split())
    assert "| Newest edition, which no release holds | 3 | 0 | 1 | 0 | 1 | 1 | 33.3 % |" in page


def test_a_run_that_was_ended_names_what_it_lacks(tmp_path: Path) -> None:
    """A page of some kinds says which are not on it."""
    made = Harness(work=tmp_path)
    (tmp_path / "clean.json").write_text('{"version": "1", "alarms": [], "warnings": [], "seconds": 60}')
    made.record(result(1))
    page = " ".join(report.report(made).split())
    assert "1 faults of 1 kinds" in page
    absent = page.partition("The run was ended before these kinds: ")[2].partition(". A fault")[0]
    assert absent.split("; ")[0] == next(iter(KINDS))
    assert "sign flipped" not in absent


def test_a_fault_that_ends_otherwise_than_on_the_page_is_told(tmp_path: Path, root: Path) -> None:
    """A report compared with itself has no difference; another outcome is one, and so is a new number."""
    made = Harness(work=tmp_path)
    (tmp_path / "clean.json").write_text('{"version": "1", "alarms": [], "warnings": [], "seconds": 60}')
    results = [
        result(number, outcome)
        for number, outcome in enumerate(["caught", "warned of", "through", "harmless"], start=1)
    ]
    for each in results:
        made.record(each)
    page = report.report(made)
    assert report.differing(page, results) == []
    (told,) = report.differing(page, [replace(results[2], outcome="caught", caught_by="a check")])
    assert told == "sign flipped #3: caught by a check; on the page through"
    (told,) = report.differing(page, [result(5)])
    assert told == "sign flipped #5: caught by grading: values_lie_within_bounds; on the page it is not there"


def test_every_fault_on_the_page_has_its_outcome(root: Path) -> None:
    """What is read back from the committed report is as many faults of each outcome as it counts."""
    page = (root / "docs" / "planted_faults.md").read_text(encoding="utf-8")
    counts = Counter(report.outcomes(page).values())
    assert f"| Faults planted | {counts.total()} |" in page
    assert f"| caught by the build or by any release gate | {counts['caught']} |" in page
    assert f"| through without a word | {counts['through']} |" in page
