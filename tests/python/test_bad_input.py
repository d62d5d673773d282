"""Bad input stops the build: the message names the seed, the row and the rule, and the last database stays.

A failing check keeps what is built from the checked table from being built, so the faults stand in five
steps by how far the build gets. All faults of a step are planted in one scratch copy and built once; each
has a case of its own, which reads only what its own check printed.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pytest
from conftest import Edit, Project, added, replaced

from scripts.build import BUILDING, RECORD, Outcome, publish, write_record
from scripts.checksums import checksum


@dataclass(frozen=True)
class Fault:
    """One fault, and what the build has to say of it."""

    name: str
    seed: str
    edit: Edit
    check: str
    row: tuple[str, ...]
    rule: str


def changed(row: dict[str, str], **cells: str) -> Edit:
    """An edit that gives the cells of the one row that ``row`` describes other texts."""

    def edit(text: str) -> str:
        rows = list(csv.DictReader(io.StringIO(text)))
        (found,) = [each for each in rows if row.items() <= each.items()]
        found.update(cells)
        file = io.StringIO()
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return file.getvalue()

    return edit


def measure(measure_id: str, **cells: str) -> Edit:
    """An edit of a measure's row in the register."""
    return changed({"measure_id": measure_id}, **cells)


def use(ranking_id: str, measure_id: str, **cells: str) -> Edit:
    """An edit of a measure's row in a lens or module."""
    return changed({"ranking_id": ranking_id, "measure_id": measure_id}, **cells)


# What the driver selects in each step, and the faults that are planted in it.
STEPS: dict[str, tuple[tuple[str, ...], tuple[Fault, ...]]] = {
    "seeds": (
        (
            "councils",
            "dfe_lait",
            "dfe_lait_dictionary",
            "domains",
            "editions",
            "hmt_gdp_deflator",
            "ranking_measures",
            "rankings",
            "measures",
            "mhclg_vacant_dwellings",
            "notes",
            "publications",
            "scenarios",
        ),
        (
            Fault(
                "a duplicate row",
                "outcomes/dfe_lait",
                added("ReReferral,E06000001,2018,15.6"),
                "dfe_lait_rows_are_well_formed",
                ("item_id=ReReferral, printed_code=E06000001, period=2018",),
                "one row per item_id, printed_code, period",
            ),
            Fault(
                "a text that is no council code",
                "outcomes/mhclg_vacant_dwellings",
                changed({"printed_code": "E06000001", "year": "2018"}, printed_code="E0600001"),
                "mhclg_vacant_dwellings_rows_are_well_formed",
                ("printed_code=E0600001, year=2018",),
                "printed_code is a council code",
            ),
            Fault(
                "a missing column",
                "context/hmt_gdp_deflator",
                replaced("edition,gdp_deflator,", "edition,deflator,"),
                "hmt_gdp_deflator",
                ("column `gdp_deflator` is missing from line 1.",),
                "a seed holds exactly the columns its YAML declares",
            ),
            Fault(
                "a line with too few cells",
                "register/scenarios",
                added("half_a_line,99,choice"),
                "scenarios",
                ("Line", "half_a_line,99,choice"),
                "every line of a seed has as many cells as its header",
            ),
            Fault(
                "a note on a measure that is not in the register",
                "register/notes",
                added("E10000018,waste_recycling,2019-20,2026-11-01,Collections changed."),
                "notes_rows_are_well_formed",
                ("notes", "gss_code=E10000018,", "measure_id=waste_recycling,", "waste_recycling"),
                "measure_id must stand in the seed measures, column measure_id",
            ),
            Fault(
                "a measure without polarity",
                "register/measures",
                measure("children_rereferrals", polarity=""),
                "measures_rows_are_well_formed",
                ("measure_id=children_rereferrals",),
                "polarity must not be empty",
            ),
            Fault(
                "a blank weight",
                "register/ranking_measures",
                use("waste_recycling", "waste_residual", weight=""),
                "ranking_measures_rows_are_well_formed",
                ("measure_id=waste_residual",),
                "weight must not be empty",
            ),
            Fault(
                "a weight that is no number",
                "register/ranking_measures",
                use("waste_recycling", "waste_per_person", weight="abc"),
                "ranking_measures_rows_are_well_formed",
                ("measure_id=waste_per_person", "abc"),
                "weight is a number above zero",
            ),
            Fault(
                "a weight of zero",
                "register/ranking_measures",
                use("waste_recycling", "waste_rejects", weight="0"),
                "ranking_measures_rows_are_well_formed",
                ("measure_id=waste_rejects", "0"),
                "weight is a number above zero",
            ),
        ),
    ),
    "figures": (
        (
            "+printed_text_is_a_number_or_a_known_symbol",
            "+every_authority_of_an_area_reports",
            "+suspect_values_still_stand",
            "+polarity_agrees_with_publisher",
            "+active_measures_are_gradable_outcomes",
            "+active_measures_have_evidence",
            "+active_measures_say_how_sure_they_are",
        ),
        (
            Fault(
                "text in a number column",
                "outcomes/defra_waste",
                changed({"printed_code": "E06000001", "period": "2018-19"}, recycling_rate="about a third"),
                "printed_text_is_a_number_or_a_known_symbol",
                ("defra_waste", "recycling_rate", "E06000001", "2018-19", "about a third"),
                "a figure is a plain number or a symbol of missing_symbols for its publication",
            ),
            Fault(
                "an unknown symbol",
                "outcomes/nhs_ascof",
                changed(
                    {"item_id": "ADM_65", "printed_code": "E06000002", "period": "2018-19"}, value_raw="[u]"
                ),
                "printed_text_is_a_number_or_a_known_symbol",
                ("nhs_ascof", "ADM_65", "E06000002", "2018-19", "[u]"),
                "a figure is a plain number or a symbol of missing_symbols for its publication",
            ),
            Fault(
                "a district without its row",
                "outcomes/mhclg_homelessness",
                lambda text: re.sub(r"E07000008,201809,.*\n", "", text),
                "every_authority_of_an_area_reports",
                ("mhclg_homelessness", "2018-19", "E07000008"),
                "every authority of the edition has a row",
            ),
            Fault(
                "a suspect value that was corrected",
                "outcomes/nhs_ascof",
                changed(
                    {"item_id": "HOME91", "printed_code": "E06000021", "period": "2019-20"}, value_raw="81.5"
                ),
                "suspect_values_still_stand",
                ("suspect_values", "HOME91", "E06000021", "2019-20", "81.5"),
                "the suspect figure is still printed",
            ),
            Fault(
                "a polarity contrary to the publisher's",
                "register/measures",
                measure("children_placement_moves", polarity="1"),
                "polarity_agrees_with_publisher",
                ("measures", "children_placement_moves", "Low"),
                "the polarity is the publisher's or carries a written override",
            ),
            Fault(
                "a refused measure made active",
                "register/ranking_measures",
                use("childrens_social_care", "children_in_need_rate", status="active", status_reason=""),
                "active_measures_are_gradable_outcomes",
                ("ranking_measures", "childrens_social_care", "children_in_need_rate"),
                "an active measure is an outcome or carries a written override",
            ),
            Fault(
                "an active measure without evidence",
                "register/measure_evidence",
                lambda text: re.sub(r"children_rereferrals,.*\n", "", text),
                "active_measures_have_evidence",
                ("measure_evidence", "children_rereferrals"),
                "an active measure has a row in measure_evidence",
            ),
            Fault(
                "a measure whose strongest reference does not come first",
                "register/measure_evidence",
                changed(
                    {"measure_id": "older_social_contact_65_plus", "evidence_order": "2"},
                    strength="costs_fell",
                ),
                "active_measures_have_evidence",
                ("measure_evidence", "older_social_contact_65_plus"),
                "the strongest reference comes first",
            ),
            Fault(
                "a measure of which nobody says how sure it is",
                "register/measure_errors",
                lambda text: re.sub(r"children_placed_far_away,.*\n", "", text),
                "active_measures_say_how_sure_they_are",
                ("measure_errors", "children_placed_far_away"),
                "an active measure has a row in measure_errors",
            ),
            Fault(
                "no error, and no reason",
                "register/measure_errors",
                changed({"measure_id": "waste_residual"}, note=""),
                "active_measures_say_how_sure_they_are",
                ("measure_errors", "waste_residual", "none"),
                "none has a reason",
            ),
            Fault(
                "a licence that is not allowed",
                "register/publications",
                changed({"publication_id": "defra_fly_tipping"}, licence="CC-BY-NC-4.0"),
                "active_measures_are_gradable_outcomes",
                ("publications", "defra_fly_tipping", "CC-BY-NC-4.0"),
                "the licence is in the allowed list",
            ),
        ),
    ),
    "codes": (
        ("+printed_codes_are_known",),
        (
            Fault(
                "an unknown council code",
                "outcomes/dfe_lait",
                added("ReReferral,E06000999,2018,15.6"),
                "printed_codes_are_known",
                ("dfe_lait", "ReReferral", "2017-18", "E06000999"),
                "the code is a council, an authority or in printed_codes",
            ),
            Fault(
                "a council that did not exist in the edition",
                "outcomes/nhs_ascof",
                added("ADM_65,E06000058,2018-19,631.5"),
                "printed_codes_are_known",
                ("nhs_ascof", "ADM_65", "2018-19", "E06000058"),
                "the code stands for a council that was live in the edition",
            ),
        ),
    ),
    "values": (
        ("+values_lie_within_bounds",),
        (
            Fault(
                "a percentage of 250",
                "outcomes/dfe_lait",
                changed(
                    {"item_id": "ReReferral", "printed_code": "E06000001", "period": "2022"}, value_raw="250"
                ),
                "values_lie_within_bounds",
                ("dfe_lait", "children_rereferrals", "2021-22", "E06000001", "250.0"),
                "a value lies within the bounds of the register",
            ),
        ),
    ),
    # By itself: measures are not calculated where it fails.
    "items": (
        ("+register_items_are_printed",),
        (
            Fault(
                "a measure of an unknown item",
                "register/measures",
                measure("children_placed_far_away", numerator_item_id="LAC_Distance"),
                "register_items_are_printed",
                ("measures", "children_placed_far_away", "numerator_item_id", "dfe_lait", "LAC_Distance"),
                "the publication has an item of this name",
            ),
            Fault(
                "an error that rests on an unknown item",
                "register/measure_errors",
                changed({"measure_id": "children_placement_moves"}, item_id="LACNum"),
                "register_items_are_printed",
                ("measure_errors", "children_placement_moves", "item_id", "dfe_lait", "LACNum"),
                "the publication has an item of this name",
            ),
            Fault(
                "a spend line of an unknown item",
                "register/spend_lines",
                added(
                    "waste_recycling,mhclg_revenue_budget,env_waste_dispersal,Waste,1,1000,budget,both_tiers,2015-16,2023-24,"
                ),
                "register_items_are_printed",
                ("spend_lines", "waste_recycling", "mhclg_revenue_budget", "env_waste_dispersal"),
                "the publication has an item of this name",
            ),
        ),
    ),
    # What is frozen is held to the method where nothing else is wrong with the rankings.
    "frozen": (
        ("+goalposts_are_frozen", "+activity_unit_costs_are_frozen"),
        (
            Fault(
                "a goalpost changed",
                "register/goalposts",
                changed({"measure_id": "children_care_leavers_housed"}, worst_goalpost="70.9"),
                "goalposts_are_frozen",
                ("goalposts", "children_care_leavers_housed", "70.9", "71.0"),
                "the frozen goalposts are what the method computes",
            ),
            Fault(
                "a unit cost changed",
                "register/activity_unit_costs",
                changed({"activity_id": "care_leavers"}, unit_cost_gbp="15100"),
                "activity_unit_costs_are_frozen",
                ("activity_unit_costs", "care_leavers", "15100.0", "15097.01"),
                "the frozen unit cost is England's spend over England's count, to half a pound",
            ),
        ),
    ),
    "rankings": (
        (
            "+lens_holds_six_to_ten_measures",
            "+no_measure_weighs_too_much",
            "+index_editions_score_a_lens",
        ),
        (
            Fault(
                "an edition with more lenses than its measures allow",
                "register/editions",
                changed({"edition": "2023-24"}, minimum_lenses_scored="6"),
                "index_editions_score_a_lens",
                ("2023-24", "health_social_care_interface", "1", "6", "5", "6"),
                "an edition of the index scores a lens, and as many as the register says",
            ),
            Fault(
                "an eleventh measure in a lens",
                "register/ranking_measures",
                use(
                    "childrens_social_care",
                    "children_absence_in_care",
                    status="active",
                    status_reason="",
                    first_scored_edition="2016-17",
                ),
                "lens_holds_six_to_ten_measures",
                ("ranking_measures", "childrens_social_care", "2018-19", "11"),
                "six to ten measures a lens",
            ),
            Fault(
                "a weight that does not sum",
                "register/ranking_measures",
                use("waste_recycling", "waste_residual", weight="16"),
                "no_measure_weighs_too_much",
                ("ranking_measures", "waste_recycling", "waste_residual", "2018-19", "0.8"),
                "no measure weighs more than 0.3 of its lens",
            ),
        ),
    ),
}
CASES = [(step, fault) for step, (_, faults) in STEPS.items() for fault in faults]


def told(output: str, check: str) -> str:
    """What a build printed of one test, or of one seed that could not be loaded."""
    parts = [part for part in output.split("\n\n") if re.match(rf"(Test|Seed) {check}\b", part)]
    assert parts, f"{check} did not fail:\n{output}"
    return parts[0]


@pytest.fixture(scope="module")
def published(scratch_copy: Project, scratch_database: Path) -> bytes:
    """The database of the project without faults, published as the driver publishes what passed."""
    root = scratch_copy.root
    (root / BUILDING).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(scratch_database, root / BUILDING)
    write_record((root / BUILDING).with_name(RECORD.name), Outcome(success=True), checksum(root), {})
    publish(root)
    return scratch_copy.database.read_bytes()


@pytest.fixture(scope="module")
def failed(scratch_copy: Project) -> Callable[[str], str]:
    """What the driver prints of a step with all its faults planted; each step is built once."""

    @cache
    def output(step: str) -> str:
        select, faults = STEPS[step]
        try:
            for fault in faults:
                scratch_copy.planted(fault.seed, fault.edit)
            status, printed = scratch_copy.build(select=select)
        finally:
            scratch_copy.restore()
        assert status == 1, printed
        return printed

    return output


@pytest.fixture(scope="module")
def failed_whole(scratch_copy: Project, published: bytes) -> str:
    """What the whole driver prints of a fault, with a database published before."""
    del published
    _, (fault, *_) = STEPS["items"]
    # Figures that were read are refused before anything is built.
    assert fault.seed == "register/measures"
    try:
        scratch_copy.planted(fault.seed, fault.edit)
        status, printed = scratch_copy.build()
    finally:
        scratch_copy.restore()
    assert status == 1, printed
    return printed


@pytest.mark.slow("a fault of each kind is told with its seed, row and rule")
@pytest.mark.parametrize(("step", "fault"), [pytest.param(*case, id=case[1].name) for case in CASES])
def test_a_fault_is_told_with_seed_row_and_rule(
    step: str, fault: Fault, failed: Callable[[str], str]
) -> None:
    """Each fault fails its own check, and under the rule that it breaks stands the row at fault."""
    message = told(failed(step), fault.check)
    assert fault.seed.split("/")[1] in message
    # A message has a part for each rule: the rule, then a table of the rows that break it.
    parts = [part for part in re.split(r"\n\s*(?=Rule: )", message) if fault.rule in " ".join(part.split())]
    rows = [line for part in parts for line in part.splitlines()]
    assert any(
        all(re.search(rf"(?<!\S){re.escape(cell)}(?!\S)", row) for cell in fault.row) for row in rows
    ), message


@pytest.mark.slow("a whole build that fails leaves the published database as it was")
def test_the_previous_database_stays_readable(
    scratch_copy: Project, published: bytes, failed_whole: str
) -> None:
    """A whole build that fails leaves the published database as it was, byte for byte."""
    assert "further nodes depend on these and were skipped." in failed_whole
    assert "The previous database is unchanged." in failed_whole
    assert scratch_copy.database.read_bytes() == published
    with duckdb.connect(str(scratch_copy.database), read_only=True) as connection:
        (ranked,) = connection.execute("select count(*) from marts.fct_ranking").fetchone()
    assert ranked > 0


@pytest.mark.slow("a project mended after a build that failed is published still")
@pytest.mark.usefixtures("failed_whole")
def test_the_mended_project_is_published_still(scratch_copy: Project, published: bytes) -> None:
    """With the faults taken back the published database is today's again, and nothing has to be built."""
    status, output = scratch_copy.build()
    assert status == 0, output
    assert "Nothing changed since the last build" in output
    assert "councils ranked on" in output
    assert scratch_copy.database.read_bytes() == published
