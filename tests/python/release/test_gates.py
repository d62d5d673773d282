"""Every gate on hand-made databases: quiet about a sound pair, it names the row that breaks its rule."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_release import database, without_last_edition

from scripts.proofs.planted_faults.reach import until
from scripts.release.gates import (
    GATES,
    GateFileError,
    all_gates,
    blocking,
    gate,
    report,
    run_gates,
    run_gates_alone_and_beside,
)

NEW = "edition = '2019-20'"
OLD = "edition = '2017-18'"
COUNCIL = "gss_code = 'E06000007'"
HELPED = f"item_id = 'helped' and {NEW}"
REGION = "gss_code <= 'E06000014'"
# Twelve more measures of the lens; one council's are all better in the last edition.
MANY_MEASURES = """
insert into seeds.measures
    select 'measure ' || lpad(number::varchar, 2, '0'), 'Measure ' || number, 'percentage', '1', 'as_printed',
        'more', 'item ' || number, null, null, '1', '2019-20', null
    from range(12) as numbers (number);
insert into seeds.ranking_measures
    select 'care', measure_id, '1', '2015-16', 'active' from seeds.measures where publication_id = 'more';
insert into intermediate.int_measures__graded
    select measure_id, 'care', edition, gss_code, true,
        -- Of every council's measures a third move down, in turn.
        60 + 30 * noise(gss_code || measure_id) + noise(gss_code || edition || measure_id)
        + 3 * ((right(measure_id, 2)::integer + right(gss_code, 2)::integer + right(edition, 2)::integer) % 3)
        + case when gss_code = 'E06000007' and edition = '2019-20' then {better} else 0 end, null, 1, 50
    from seeds.measures
    cross join intermediate.int_calendar__live_councils
    where publication_id = 'more'
"""
# Eight quarters of a return; in the last of them every council has the figure of the one above.
QUARTERS = """
insert into intermediate.int_figures__by_council
    select 'returns', 'homes', case when quarter < 4 then '2018-19' else '2019-20' end,
        (2018 + (quarter + 1) // 4) || ['06', '09', '12', '03'][quarter % 4 + 1],
        'E0600' || lpad((number + case when quarter = 7 then {rows} else 0 end)::varchar, 4, '0'),
        100 + 80 * noise(number::varchar || 'homes') + 9 * noise(number::varchar || quarter), null
    from range(8) as quarters (quarter), range(1, 71) as numbers (number)
"""

# Gate: what is done to the new database's figures or tables, whether its last edition is new, the rows found.
BROKEN: dict[str, tuple[str, str, bool, set[str]]] = {
    "age_split_implausible": (
        "",
        f"update marts.fct_ranking set not_ranked_reason = 'age_split_implausible' where {NEW} and {COUNCIL}",
        True,
        {"2019-20 E06000007"},
    ),
    "change_beyond_its_series": (
        f"update seeds.figures set value = value + 11 where {HELPED} and {COUNCIL}",
        "",
        True,
        {"helped 2019-20 E06000007"},
    ),
    "change_far_beyond_its_series": (
        f"update seeds.figures set value = value / 10 where item_id = 'waiting' and {NEW} and {COUNCIL}",
        "",
        True,
        {"waiting 2019-20 E06000007"},
    ),
    "constant_column": (
        f"update seeds.figures set value = 70 where {HELPED}",
        "",
        True,
        {"helped 2019-20"},
    ),
    "context_rewritten": (
        "update seeds.mhclg_deprivation set income_deprivation_children = income_deprivation_older_people, "
        "income_deprivation_older_people = income_deprivation_children",
        "",
        False,
        {
            "deprivation: income_deprivation_children",
            "deprivation: income_deprivation_older_people",
        },
    ),
    "council_moved_much_together": (
        "",
        MANY_MEASURES.format(better=12),
        True,
        {"2019-20 E06000007 all measures", "2019-20 E06000007 care"},
    ),
    "council_moved_together": (
        "",
        MANY_MEASURES.format(better=12),
        True,
        {"2019-20 E06000007 all measures"},
    ),
    "council_repeated": (
        "",
        # Ten more items, for one council the same as the year before.
        """
        insert into intermediate.int_figures__by_council
        select 'survey', 'item ' || number, edition, edition, gss_code,
            case when gss_code = 'E06000007' then 5 else noise(gss_code || edition || number) end, null
        from intermediate.int_calendar__live_councils, range(10) as numbers (number)
        where edition in ('2018-19', '2019-20')
        """,
        True,
        {"survey 2019-20 E06000007"},
    ),
    "council_vanished": (
        "",
        f"delete from marts.fct_ranking where {OLD} and {COUNCIL}",
        False,
        {"care 2017-18 E06000007"},
    ),
    "coverage_lost": (
        "",
        f"delete from intermediate.int_measures__graded where measure_id = 'helped' and {NEW} "
        "and gss_code < 'E06000009'",
        True,
        {"helped 2019-20"},
    ),
    "coverage_reduced": (
        "",
        f"delete from intermediate.int_measures__graded where measure_id = 'helped' and {OLD} and {COUNCIL}",
        False,
        {"helped 2017-18"},
    ),
    "deflator_implausible": (
        f"update seeds.hmt_gdp_deflator set gdp_deflator = gdp_deflator::double * 1.1 where {NEW}",
        "",
        True,
        {"2019-20"},
    ),
    "direction_flipped": (
        "",
        f"update marts.fct_measure_correlation set correlation = -correlation where {NEW}",
        True,
        {"care helped waiting 2019-20"},
    ),
    "duplicate_column": (
        f"update seeds.figures set value = (select value from seeds.figures as same "
        f"where same.item_id = 'other' "
        "and same.edition = figures.edition and same.gss_code = figures.gss_code) "
        f"where item_id = 'waiting' and {NEW}",
        "",
        True,
        {"survey: other = survey: waiting 2019-20"},
    ),
    "edition_hardly_moved": (
        "update seeds.figures set value = (1 + 0.002 * noise(gss_code || 'little')) * "
        "(select value from seeds.figures as same where same.item_id = 'helped' "
        f"and same.edition = '2018-19' and same.gss_code = figures.gss_code) where {HELPED}",
        "",
        True,
        {"helped 2019-20"},
    ),
    "edition_repeated": (
        "update seeds.figures set value = "
        "(select value from seeds.figures as same where same.item_id = 'helped' "
        f"and same.edition = '2018-19' and same.gss_code = figures.gss_code) where {HELPED}",
        "",
        True,
        {"helped 2019-20"},
    ),
    "edition_rewritten": (
        f"update seeds.figures set value = value + 4 "
        f"where item_id = 'helped' and {OLD} and gss_code < 'E06000020'",
        "",
        False,
        {"helped 2017-18"},
    ),
    "figure_revised_beyond_its_series": (
        f"update seeds.figures set value = value - 25 where item_id = 'helped' and {OLD} and {COUNCIL}",
        "",
        False,
        {"helped 2017-18 E06000007"},
    ),
    "interface_broken": (
        "",
        "alter table marts.fct_lens_productivity alter productivity type varchar;"
        "alter table marts.dim_council add new_and_free varchar",
        False,
        {"fct_lens_productivity.productivity retyped"},
    ),
    "marts_undocumented": (
        "",
        "update marts.fct_quality_table set columns_described = 1 where table_name = 'dim_council'",
        False,
        {"dim_council"},
    ),
    "measure_without_values": (
        "",
        "update intermediate.int_measures__graded set measure_value = null "
        f"where measure_id = 'helped' and {NEW}",
        True,
        {"care helped 2019-20"},
    ),
    "method_changed": (
        "update seeds.goalposts set best_goalpost = '95' where measure_id = 'helped'",
        "",
        False,
        {"goalposts 1 helped best_goalpost"},
    ),
    "name_changed": (
        "",
        "update marts.dim_council set council_name = 'Cuoncil 7' where gss_code = 'E06000007'",
        False,
        {"council E06000007 council_name"},
    ),
    "name_of_another": (
        "",
        "update marts.dim_measure set unit = '% of adults' where measure_id = 'helped'; "
        "update marts.dim_council set council_name = 'Council ' || (15 - right(gss_code, 2)::integer) "
        "where gss_code in ('E06000007', 'E06000008')",
        False,
        {"measure helped unit", "council E06000007 council_name", "council E06000008 council_name"},
    ),
    "order_lost": (
        # Values turned upside down: each of them is plausible.
        f"update seeds.figures set value = 120 - value where {HELPED}",
        "",
        True,
        {"helped 2019-20"},
    ),
    "order_lost_within_the_year": (
        "",
        QUARTERS.format(rows=1),
        True,
        {"returns: homes 202003 and the part before", "returns: homes 202003 and the year before"},
    ),
    "order_shaken": (
        f"update seeds.figures set value = value + 90 * noise(gss_code || 'shaken') "
        f"where item_id = 'other' and {NEW}",
        "",
        True,
        {"survey: other 2019-20"},
    ),
    "provenance_missing": (
        "",
        "update marts.dim_publication set licence = 'all rights reserved' where publication_id = 'people'",
        False,
        {"people"},
    ),
    "publication_lags": (
        "delete from seeds.figures "
        "where item_id = 'other' or publication_id = 'survey' and edition > '2017-18'",
        "",
        False,
        {"survey"},
    ),
    "publication_went_backwards": (
        f"delete from seeds.figures where publication_id = 'survey' and {NEW}",
        "",
        False,
        {"survey"},
    ),
    "rank_moved_without_cause": (
        "",
        f"update intermediate.int_rankings__published set productivity_rank = productivity_rank + 1 "
        f"where {OLD} and {COUNCIL}",
        False,
        {"care 2017-18 E06000007"},
    ),
    "region_moved_as_a_whole": (
        f"update seeds.figures set value = value + 9 where {HELPED} and {REGION}",
        "",
        True,
        {"helped 2019-20 R0"},
    ),
    "region_rows_shifted": (
        "update seeds.figures set value = (select value from seeds.figures as same "
        "where same.item_id = 'helped' and same.edition = figures.edition "
        "and right(same.gss_code, 4)::integer = right(figures.gss_code, 4)::integer - 1) "
        f"where {HELPED} and {REGION} and gss_code > 'E06000001'",
        "",
        True,
        {"helped 2019-20 R0"},
    ),
    "region_shaken": (
        f"update seeds.figures set value = value + 6 where {HELPED} and {REGION}",
        "",
        True,
        {"helped 2019-20 R0"},
    ),
    "register_row_without_reason": (
        "",
        "update marts.dim_measure set polarity = -1 where measure_id = 'helped'",
        False,
        {"helped"},
    ),
    "released_figure_revised": (
        f"update seeds.figures set value = value + 1 where item_id = 'helped' and {OLD} and {COUNCIL}",
        "",
        False,
        {"helped 2017-18 E06000007"},
    ),
    "released_rank_left_its_band": (
        "",
        f"update intermediate.int_rankings__published set productivity_rank = productivity_rank + 20 "
        f"where {OLD} and productivity_rank = 30",
        False,
        {"care 2017-18"},
    ),
    "series_vanished": (
        "delete from seeds.figures where item_id = 'other'",
        "",
        False,
        {"survey: other"},
    ),
    "unit_slip": (
        f"update seeds.figures set value = value / 10 where {HELPED}",
        "",
        True,
        {"helped 2019-20"},
    ),
    "value_set_aside": (
        "insert into seeds.suspect_values "
        "values ('survey', 'helped', 'E06000007', '2019-20', '61', 'suppressed', 'odd')",
        "",
        True,
        {"survey helped E06000007 2019-20"},
    ),
    "value_far_outside_its_range": (
        f"update seeds.figures set value = 160 where {HELPED} and {COUNCIL}",
        "",
        True,
        {"helped 2019-20 E06000007"},
    ),
    "value_outside_its_range": (
        f"update seeds.figures set value = 88 where {HELPED} and {COUNCIL}",
        "",
        True,
        {"helped 2019-20 E06000007"},
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sound databases, with the last edition and without it."""
    folder = tmp_path_factory.mktemp("gates")
    database(folder / "sound.duckdb")
    without_last_edition(folder / "year_before.duckdb")
    return folder


def test_every_gate_has_a_case() -> None:
    """A gate that no case breaks proves nothing."""
    assert {checked.name for checked in all_gates()} == set(BROKEN)


@pytest.mark.parametrize("before", [None, "sound", "year_before"])
def test_a_sound_database_passes_every_gate(folder: Path, before: str | None) -> None:
    """As a first release, made again, and with an edition more."""
    results = run_gates(folder / "sound.duckdb", folder / f"{before}.duckdb" if before else None)
    assert not [(found.gate, found.rows) for found in results if found.rows_found]
    assert {found.gate for found in results if not found.compared} == (
        set() if before else {checked.name for checked in all_gates() if checked.needs_last_release}
    )


@pytest.mark.parametrize("name", BROKEN)
def test_a_gate_names_the_row_that_breaks_its_rule(folder: Path, tmp_path: Path, name: str) -> None:
    """One fault each: the gate finds it and nothing else."""
    figures, tables, is_new, subjects = BROKEN[name]
    before = folder / ("year_before.duckdb" if is_new else "sound.duckdb")
    (found,) = run_gates(database(tmp_path / "faulty.duckdb", figures, tables), before, only=[name])
    assert found.status == ("failed" if found.severity == "error" else "warned")
    told = {str(row[0]) for row in found.rows}
    if name == "released_rank_left_its_band":
        assert len(told) == 1
        assert told.pop().startswith("care 2017-18 E06")
    else:
        # What the lens makes of a wrong figure may stand out beside it, and nothing else.
        assert {subject for subject in told if not subject.startswith("care ")} | (
            subjects & told
        ) == subjects


@pytest.mark.parametrize(("lost", "is_told"), [(2, False), (3, True)])
def test_three_councils_lost_from_a_release_are_told(
    folder: Path, tmp_path: Path, lost: int, is_told: bool
) -> None:
    """The threshold of coverage that the gate states: three councils stop a release, two do not."""
    tables = (
        f"delete from intermediate.int_measures__graded where measure_id = 'helped' and {OLD} "
        "and gss_code in (select distinct gss_code from intermediate.int_calendar__live_councils "
        f"order by all limit {lost})"
    )
    faulty = database(tmp_path / "faulty.duckdb", "", tables)
    (found,) = run_gates(faulty, folder / "sound.duckdb", only=["coverage_lost"])
    assert ([row[0] for row in found.rows] == ["helped 2017-18"]) == is_told
    assert (found.status == "failed") == is_told


def test_a_publication_that_nobody_registered_is_told(folder: Path, tmp_path: Path) -> None:
    """Figures of a publication without a row in the register have no provenance at all."""
    tables = "delete from marts.dim_publication where publication_id = 'people'"
    faulty = database(tmp_path / "faulty.duckdb", "", tables)
    (found,) = run_gates(faulty, folder / "sound.duckdb", only=["provenance_missing"])
    assert [row[0] for row in found.rows] == ["people"]


def test_a_gate_that_cannot_run_has_failed(folder: Path, tmp_path: Path) -> None:
    """A table that is missing is no pass, whatever the gate's own severity."""
    text = (GATES / "publication_lags.sql").read_text()
    missing = text.replace("after.intermediate.int_figures__by_council", "after.marts.fct_nowhere")
    assert gate(GATES / "publication_lags.sql").severity == "warn"
    (tmp_path / "publication_lags.sql").write_text(missing)
    (found,) = run_gates(folder / "sound.duckdb", None, folder=tmp_path)
    assert found.status == "failed"
    assert found.header == ("error",)
    assert "fct_nowhere" in str(found.rows)


def test_an_accepted_row_is_told_and_does_not_block(folder: Path, tmp_path: Path) -> None:
    """A person may accept a row by name and with a reason; the next row still blocks."""
    fault = f"update seeds.figures set value = value / 10 where item_id = 'waiting' and {NEW} and {COUNCIL}"
    faulty = database(tmp_path / "faulty.duckdb", fault)
    accepted = tmp_path / "accepted.csv"
    gate_name = "change_far_beyond_its_series"
    name, before = [gate_name], folder / "year_before.duckdb"
    header = "gate,subject,reason,last_edition\n"
    accepted.write_text(
        header
        + f"{gate_name},waiting 2019-20 E06000007,the council opened a second clinic,2019-20\n"
        + f"{gate_name},care 2019-20 E06000007,the same,2020-21\n"
    )
    (found,) = run_gates(faulty, before, only=name, accepted=accepted)
    assert found.status == "warned"
    assert ("waiting 2019-20 E06000007", "the council opened a second clinic") in found.accepted
    assert "second clinic" in report([found])
    assert not blocking([found])
    accepted.write_text(header + f"{gate_name},waiting 2019-20 E06000008,another,2019-20\n")
    assert blocking(run_gates(faulty, before, only=name, accepted=accepted))
    for row, why in {
        "waiting 2019-20 E06000007,,2019-20": "gives no reason",
        "waiting 2019-20 E06000007,true,2018-19": "2019-20 is ranked.*has to be judged anew",
        "waiting 2019-20 E06000007,true,": "has to be judged anew",
    }.items():
        accepted.write_text(header + f"{gate_name},{row}\n")
        with pytest.raises(GateFileError, match=why):
            run_gates(faulty, before, only=name, accepted=accepted)


def test_the_report_says_rule_reason_and_where_to_look(folder: Path, tmp_path: Path) -> None:
    """What a person needs to mend it stands in the table."""
    faulty = database(tmp_path / "faulty.duckdb", f"update seeds.figures set value = 70 where {HELPED}")
    told = report(run_gates(faulty, None, only=["constant_column"]))
    for words in (
        "Rule: No figure is the same",
        "Why it matters: A constant",
        "Where to look:",
        "helped 2019-20",
    ):
        assert words in told


def test_a_gate_without_its_reason_is_refused(tmp_path: Path) -> None:
    """A gate states rule, severity, comparison, reason and place, or does not run."""
    shutil.copy(GATES / "unit_slip.sql", tmp_path / "unit_slip.sql")
    assert gate(tmp_path / "unit_slip.sql").severity == "error"
    text = (tmp_path / "unit_slip.sql").read_text()
    (tmp_path / "unit_slip.sql").write_text(text.replace("-- Why it matters:", "-- Because:"))
    with pytest.raises(GateFileError, match="Why it matters"):
        gate(tmp_path / "unit_slip.sql")


REAL = Path(__file__).resolve().parents[3] / "warehouse" / "council_productivity.duckdb"


EDITIONS = [f"20{year}-{year + 1}" for year in range(16, 27)]
OLDER = pytest.mark.slow("older editions, each replayed as the newest one, raise no alarm that is not known")
# The one row of true figures that blocks: Tower Hamlets' spend on older people in 2022-23, 2.3 times that of
# the year before, and three times the largest step that any council had made.
ALARMS = {("2022-23", "change_far_beyond_its_series", "older_people 2022-23 E09000030")}


@pytest.mark.skipif(not REAL.exists(), reason="nothing is built: make index first")
@OLDER
@pytest.mark.parametrize("new", EDITIONS[:-3])
def test_older_figures_raise_no_false_alarm(tmp_path: Path, new: str) -> None:
    """Each older edition taken as new, with those before it as the last release."""
    no_false_alarm(tmp_path, new)


def no_false_alarm(tmp_path: Path, new: str | None) -> None:
    """An edition taken as new, with those before it as the last release, or the whole against itself."""
    if new is None:
        results = run_gates(REAL, REAL) + run_gates(REAL, None)
    else:
        after = until(REAL, tmp_path / "after.duckdb", EDITIONS[EDITIONS.index(new) + 1])
        results = run_gates(after, until(REAL, tmp_path / "before.duckdb", new))
    found = {(new or "", result.gate, str(row[0])) for result in blocking(results) for row in result.rows}
    assert found == {alarm for alarm in ALARMS if alarm[0] == new}, report(blocking(results))


def test_alone_and_beside_is_as_each_by_itself(tmp_path: Path) -> None:
    """Two comparisons of one database that share what is read of it find what each finds by itself."""
    faulty = database(tmp_path / "faulty.duckdb", f"update seeds.figures set value = 70 where {HELPED}")
    clean = database(tmp_path / "clean.duckdb")
    alone, beside = run_gates_alone_and_beside(faulty, clean)
    assert report(alone) == report(run_gates(faulty, None))
    assert report(beside) == report(run_gates(faulty, clean))
    assert blocking(alone)
    assert report(alone) != report(beside)


def test_rows_come_in_one_order_only() -> None:
    """Two rows of one subject would come in any order, and a release would not be the same twice."""
    assert [found.name for found in all_gates() if not found.query.rstrip().endswith("order by all")] == []
