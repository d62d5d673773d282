"""What is missing for an edition: nothing where one stands, and each thing that is taken away, by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from jinja2 import Environment

from scripts.edition.__main__ import SEEDS, ask, lenses, main, missing, seeds_loaded
from scripts.marts import quoted

DATABASE = ROOT / "warehouse" / "council_productivity.duckdb"
EDITIONS = ("2015-16", "2016-17", "2017-18", "2018-19", "2019-20", "2021-22", "2022-23", "2023-24", "2024-25")
PAGE = ROOT / "docs" / "editions.md"

# What is taken away or changed for 2021-22, the check that tells, and what its one row says. Those of a batch
# are tried at once: each tells of itself and none of another.
BATCHES: tuple[dict[str, tuple[str, str, tuple[str, ...]]], ...] = (
    {
        "its population year": (
            "update editions set population_year = null where edition = '2021-22'",
            "10_edition",
            ("editions.csv: population_year", "2021-22", "empty"),
        ),
        "a council's neighbours": (
            "delete from ons_nearest_neighbours where gss_code = 'E06000001'",
            "22_neighbours",
            ("ons_nearest_neighbours.csv: gss_code", "Hartlepool", "no row"),
        ),
        "a council's statistical neighbours": (
            "delete from dfe_statistical_neighbours where dfe_la_number = '805'",
            "22_neighbours",
            ("dfe_statistical_neighbours.csv: dfe_la_number", "Hartlepool", "no row"),
        ),
        "a council's place on the map": (
            "delete from open_innovations_hexes where gss_code = 'E06000001'",
            "22_neighbours",
            ("open_innovations_hexes.csv: gss_code", "Hartlepool", "no row"),
        ),
        "an item": (
            "delete from dfe_lait where item_id = 'FirstYJS' and period = '2022'",
            "30_figures",
            ("dfe_lait.csv: FirstYJS", "children_first_youth_offences", "no figures"),
        ),
        "an item of most councils": (
            """delete from dfe_lait
            where item_id = 'SEN_AppealableDec' and period = '2022' and printed_code > 'E06000018'""",
            "30_figures",
            ("dfe_lait.csv: SEN_AppealableDec", "disability_sen_appeals", "figures of 18 councils"),
        ),
        "the deflator": (
            "delete from hmt_gdp_deflator where edition = '2021-22'",
            "33_deflator",
            ("hmt_gdp_deflator.csv: edition", "2021-22", "newest: 2023-24"),
        ),
        "a district's figures": (
            """delete from mhclg_net_additional_dwellings
            where printed_code = 'E07000008' and period = '2021-22'""",
            "34_districts",
            ("mhclg_net_additional_dwellings.csv: printed_code", "Cambridge", "no row"),
        ),
        "whom a code stands for": (
            "delete from printed_codes where publication_id = 'nhs_ascof' and printed_code = 'E06000066'",
            "35_printed_codes",
            ("printed_codes.csv, authorities.csv", "E06000066, Somerset", "in nhs_ascof"),
        ),
        "a symbol": (
            "delete from missing_symbols where publication_id = 'dfe_lait' and symbol = '-'",
            "36_symbols",
            ("missing_symbols.csv: symbol", '"-" in dfe_lait', "printed "),
        ),
        "a lens": (
            "update rankings set last_edition = '2019-20' where ranking_id = 'waste_recycling'",
            "40_lenses",
            ("rankings.csv: last_edition", "waste_recycling", "2019-20", "2021-22"),
        ),
        "lines of spend": (
            "update spend_lines set last_edition = '2019-20' where ranking_id = 'waste_recycling'",
            "41_spend_lines",
            ("spend_lines.csv: last_edition", "waste_recycling, 5 lines", "2019-20", "or other lines"),
        ),
        "a series": (
            "update measures set last_edition = '2019-20' where measure_id = 'children_rereferrals'",
            "50_series",
            ("measures.csv: last_edition", "children_rereferrals", "2019-20, 15"),
        ),
        "goalposts": (
            "delete from goalposts where measure_id = 'waste_residual'",
            "52_goalposts",
            ("goalposts.csv: measure_id", "waste_residual", "no row", "make goalposts ONLY=waste_residual"),
        ),
        "a publication": (
            "delete from publications where publication_id = 'defra_waste'",
            "60_publications",
            ("publications.csv: last_edition_held", "defra_waste", "no row"),
        ),
        "where figures come from": (
            "delete from ingested_blocks where seed = 'outcomes/defra_waste' and block = '2021-22'",
            "61_provenance",
            ("ingested_blocks.csv: block", "outcomes/defra_waste", "nothing on 2021-22"),
        ),
        "how many councils": (
            "update editions set minimum_ranked_councils = null where edition = '2021-22'",
            "90_index",
            ("editions.csv: minimum_ranked_councils", "2021-22", "empty"),
        ),
    },
    {
        "the reason why no change is shown": (
            "update editions set no_change_reason = null where edition = '2021-22'",
            "10_edition",
            ("editions.csv: change_from_edition", "2021-22", "empty"),
        ),
        "a council": (
            "delete from councils where gss_code = 'E06000001'",
            "20_councils",
            ("councils.csv: gss_code", "with a budget, not live: Hartlepool", "151, expected 152"),
        ),
        "the budgets": (
            "delete from mhclg_revenue_budget where period = '2021-22'",
            "30_figures",
            ("mhclg_revenue_budget.csv", "3 lenses", "no figures"),
        ),
        "the need of a module": (
            "delete from dfe_lait where item_id = 'LACnum' and period = '2022'",
            "30_figures",
            ("dfe_lait.csv: LACnum", "valuing_care", "no figures"),
        ),
        "margins of error": (
            "delete from nhs_ascof_margins where item_id = 'CONTROL' and period = '2021-22'",
            "30_figures",
            ("nhs_ascof_margins.csv: CONTROL", "adult_control", "no figures"),
        ),
        "one line of several": (
            "update spend_lines set last_edition = '2019-20' where item_id = 'env_recycling'",
            "41_spend_lines",
            ("spend_lines.csv: last_edition", "waste_recycling, env_recycling", "or begin the others anew"),
        ),
        "what a gap waits for": (
            """insert into measure_gaps
            values ('children_placement_moves', '2021-22', 'not_yet_published', 'not out')""",
            "51_gaps",
            ("measure_gaps.csv: missing_reason", "children_placement_moves", "not_yet_published, 15"),
        ),
        "a measure that has goalposts": (
            "delete from measures where measure_id = 'children_rereferrals'",
            "52_goalposts",
            ("measures.csv: measure_id", "children_rereferrals", "goalposts, no measure"),
        ),
        "the last edition held": (
            "update publications set last_edition_held = '2019-20' where publication_id = 'defra_waste'",
            "60_publications",
            ("publications.csv: last_edition_held", "defra_waste", "2019-20", "2021-22"),
        ),
        "the row of a carried deflator": (
            "insert into hmt_gdp_deflator values ('2024-25', '110', 'a new release')",
            "61_provenance",
            ("carried_figures.csv: rows_carried", "context/hmt_gdp_deflator", "14 rows, 15 are there"),
        ),
        "a measure too many": (
            "update editions set minimum_lenses_scored = '6' where edition = '2021-22'",
            "90_index",
            (
                "editions.csv: minimum_lenses_scored",
                "health_social_care_interface",
                "6 said, 5 can be scored",
            ),
        ),
    },
    {
        "a change within one census": (
            "update editions set change_from_edition = '2019-20' where edition = '2021-22'",
            "10_edition",
            ("editions.csv: change_from_edition", "2021-22", "2019-20"),
        ),
        "the number of councils": (
            "update editions set expected_councils = '153' where edition = '2021-22'",
            "20_councils",
            ("councils.csv: gss_code", "councils live through it", "152, expected 153"),
        ),
        "a county's authority": (
            "delete from authorities where edition = '2021-22' and gss_code = 'E10000018'",
            "21_authorities",
            ("authorities.csv: edition", "Leicestershire", "no row"),
        ),
        "a quarter": (
            "delete from mhclg_homelessness where quarter_end = '202112'",
            "30_figures",
            ("mhclg_homelessness.csv", "5 measures", "3 of 4 quarters"),
        ),
        "the population": (
            "delete from ons_population where year = '2022'",
            "30_figures",
            ("ons_population.csv", "6 lenses, 1 measure", "no figures"),
        ),
        "the other series": (
            "delete from measures where measure_id = 'disability_mental_health_independent_2021'",
            "50_series",
            ("measures.csv: last_edition", "disability_mental_health_independent", "2019-20, 152 figures"),
        ),
        "that it stands for an authority of the edition": (
            """update printed_codes set gss_code = 'E10000002'
            where publication_id = 'nhs_ascof' and printed_code = 'E06000066'""",
            "35_printed_codes",
            ("printed_codes.csv: gss_code", "E06000066, Somerset", "in nhs_ascof", "E10000002 is not live"),
        ),
        "a lens's only line": (
            "delete from spend_lines where ranking_id = 'health_social_care_interface'",
            "41_spend_lines",
            ("spend_lines.csv: ranking_id", "health_social_care_interface", "no line"),
        ),
        "the mark": (
            "update editions set not_index_reason = 'no budgets held' where edition = '2021-22'",
            "90_index",
            ("editions.csv: is_index_edition", "2021-22", "true, with a not_index_reason"),
        ),
    },
    {
        "every authority": (
            "delete from authorities where edition = '2021-22'",
            "21_authorities",
            ("authorities.csv: edition", "all authorities", "none"),
        ),
        "a council's population": (
            "delete from ons_population where year = '2022' and printed_code = 'E06000001'",
            "32_population",
            ("ons_population.csv: printed_code", "Hartlepool", "no row of 2022"),
        ),
    },
    {
        "a district's authority": (
            "delete from authorities where edition = '2021-22' and gss_code = 'E07000008'",
            "35_printed_codes",
            ("printed_codes.csv, authorities.csv", "E07000008, Cambridge", "in defra_fly_tipping,"),
        ),
    },
)


@pytest.fixture(scope="module")
def seeds() -> Iterator[duckdb.DuckDBPyConnection]:
    """The seeds as text."""
    with seeds_loaded(SEEDS) as connection:
        yield connection


@contextmanager
def undone(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Take back whatever is done to the seeds meanwhile."""
    connection.begin()
    try:
        yield
    finally:
        connection.rollback()


@pytest.fixture(scope="module", params=EDITIONS)
def standing(seeds: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest) -> str:
    """An edition that has its index, asked about."""
    ask(seeds, request.param)
    return str(request.param)


@pytest.fixture(scope="module")
def index(seeds: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The built index beside the seeds, as ``built``."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    seeds.execute(f"attach {quoted(DATABASE)} as built (read_only)")
    return seeds


def test_nothing_is_missing_where_an_edition_stands(seeds: duckdb.DuckDBPyConnection, standing: str) -> None:
    """The list is not invented: an edition that has its index needs nothing more."""
    assert missing(seeds) == []


def test_lenses_would_be_scored_as_the_index_scores_them(
    index: duckdb.DuckDBPyConnection, standing: str
) -> None:
    """Active measures and whether a lens is scored are those of the built index."""
    cells = [re.split(r"\s{2,}", line) for line in lenses(index).splitlines()[1:]]
    built = index.execute(
        """
        select ranking_name, measures_active, is_scored
        from built.intermediate.int_rankings__edition_status
        inner join built.staging.stg_register__rankings using (ranking_id)
        where edition = ?
        order by ranking_order
        """,
        [standing],
    ).fetchall()
    assert [(name, int(active), scored == "yes") for name, active, *_, scored in cells] == built


def test_figures_are_read_as_staging_reads_them(index: duckdb.DuckDBPyConnection, standing: str) -> None:
    """Items, codes, sub-periods and texts are those of the built index."""
    # Of items that are made of others only the key is compared. An authority that reports no affordable home
    # has no row, and staging gives it a nought.
    differ = index.execute(
        """
        with

        here as (
            select publication_id, item_id, printed_code, sub_period, value_raw
            from printed
            where item_id <> 'adult_days'
        ),

        there as (
            select publication_id, item_id, printed_code, sub_period, value_raw
            from built.intermediate.int_figures__printed
            where edition = $edition
        ),

        compared as (
            select 'here' as side, * from (from here except from there)
            union all
            select 'there' as side, * from (from there except from here)
        )

        select publication_id, item_id, printed_code, sub_period
        from compared
        where publication_id <> 'mhclg_affordable_completions' or value_raw <> '0'
        group by all
        having
            count(distinct side) = 1
            or item_id not in (
                'pop_18_plus', 'household_sent_for_recycling_tonnes', 'awaiting_care_home',
                'discharged_delayed', 'discharged_seven_plus'
            )
        """,
        {"edition": standing},
    ).fetchall()
    assert differ == []


def test_those_are_the_editions_of_the_index(seeds: duckdb.DuckDBPyConnection) -> None:
    """Each edition of the index is tried above."""
    rows = seeds.execute("select edition from editions where is_index_edition = 'true' order by edition")
    assert tuple(edition for (edition,) in rows.fetchall()) == EDITIONS


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: next(iter(batch)))
def test_what_is_taken_away_is_missing_and_nothing_else(
    seeds: duckdb.DuckDBPyConnection, batch: dict[str, tuple[str, str, tuple[str, ...]]]
) -> None:
    """Without a row of a register, or figures, exactly one line tells so."""
    with undone(seeds):
        for change, _, _ in batch.values():
            seeds.execute(change)
        ask(seeds, "2021-22")
        rows = [(each.check, " | ".join(row)) for each in missing(seeds) for row in each.rows]
    for name, (_, check, cells) in batch.items():
        told = [row for row in rows if row[0] == check and all(cell in row[1] for cell in cells)]
        assert len(told) == 1, f"{name}: {rows}"
        rows.remove(told[0])
    assert rows == []


def test_an_edition_without_its_row_is_asked_about_anew(seeds: duckdb.DuckDBPyConnection) -> None:
    """Its row is missing, all in one; and nothing says any more that ended publications may stay out."""
    with undone(seeds):
        seeds.execute("delete from editions where edition = '2021-22'")
        ask(seeds, "2021-22")
        found = {each.check: each.rows for each in missing(seeds)}
    assert found == {
        "10_edition": (("editions.csv: edition", "2021-22", "no row", "add its row, every column"),),
        "31_publications_ended": (
            ("nhs_ascof_by_age.csv", "6 measures", "held to 2020-21", "make ingest, or nothing"),
            ("nhs_delayed_transfers.csv", "4 measures", "held to 2019-20", "make ingest, or nothing"),
        ),
    }


def test_every_check_is_seen_to_tell() -> None:
    """No check is left without something that makes it tell."""
    checks = {path.stem for path in (ROOT / "scripts" / "edition" / "checks").glob("*.sql")}
    tried = {check for batch in BATCHES for _, check, _ in batch.values()}
    assert checks == tried | {"31_publications_ended"}


def test_the_page_prints_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    """The list for 2025-26 on the page is today's, no line of it cut."""
    assert main(["2025-26"]) == 1
    said = capsys.readouterr().out
    printed = re.search(
        r"```sh\nmake edition EDITION=2025-26\n```\n\n```text\n(.*?)```",
        PAGE.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    assert printed
    assert printed[1] == said, f"{PAGE.name} should print:\n{said}"
    assert "…" not in said


def test_an_edition_that_stands_exits_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing missing is said in a line, with the lenses below."""
    assert main(["2021-22"]) == 0
    assert capsys.readouterr().out.startswith(
        "2021-22 as an edition of the index: nothing is missing.\n\nLens"
    )


@pytest.mark.parametrize("text", ["2024", "24-25", "2024-26", "2024-2025", "2024/25", "next", ""])
def test_what_is_no_edition_is_told_in_a_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that is no financial year is named."""
    assert main([text]) == 2
    assert capsys.readouterr().out == f"{text!r} is no edition: name a financial year, as 2024-25.\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "There are no seeds in "),
        ({"register/editions.csv": b"edition\n\xff\xfe\n"}, "editions.csv cannot be read: "),
        (
            {"register/editions.csv": b"year\n2021\n"},
            "A seed is not as it should be, and make index says which row",
        ),
    ],
)
def test_seeds_that_cannot_be_read_are_told_in_a_line(
    files: dict[str, bytes], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a missing nor a broken seed ends in a traceback."""
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert main(["2021-22", "--seeds", str(tmp_path)]) == 2
    printed = capsys.readouterr().out
    assert said in printed
    assert printed.count("\n") == 1


def lacking(editions: str, scored: str) -> list[tuple[object, ...]]:
    """What the data test says of editions (label, floor) and lenses (edition, lens, measures, reason)."""
    sql = (ROOT / "tests" / "properties" / "index_editions_score_a_lens.sql").read_text(encoding="utf-8")
    rendered = (
        Environment()
        .from_string(sql)
        .render(ref=lambda name: name, var=lambda name: 6, dbt={"type_string": lambda: "varchar"})
    )
    with duckdb.connect() as connection:
        connection.execute(f"""
            create table stg_register__editions as
            select *, true as is_index_edition
            from (values {editions}) as given (edition, minimum_lenses_scored);
            create table stg_register__rankings as
            select *, 'lens' as ranking_kind, '2015-16' as first_edition from (
                values ('waste', '2024-25'), ('interface', '2023-24')
            ) as given (ranking_id, last_edition);
            create table int_rankings__edition_status as
            select *, not_scored_reason is null as is_scored from (values {scored})
            as given (edition, ranking_id, measures_active, not_scored_reason);
        """)
        return connection.execute(
            f"select edition, ranking_id, lacks from ({rendered}) order by all"
        ).fetchall()


def test_an_index_edition_without_a_lens_fails() -> None:
    """Marked and no more, an edition has no lens, and the data test names what each lacks."""
    other = "('2023-24', 'waste', 6, null)"
    assert lacking("('2024-25', null)", other) == [
        ("2024-25", "interface", "the lens is computed from 2015-16 to 2023-24"),
        ("2024-25", "waste", "no council is live"),
    ]
    few = "('2024-25', 'waste', 4, 'too_few_measures')"
    assert ("2024-25", "waste", "4 of 6 active measures") in lacking("('2024-25', null)", few)
    unpaid = "('2024-25', 'waste', 6, 'no_spend')"
    assert ("2024-25", "waste", "no_spend") in lacking("('2024-25', null)", unpaid)


def test_an_index_edition_with_a_lens_passes_down_to_its_floor() -> None:
    """One lens is enough unless the register says more."""
    one = "('2023-24', 'waste', 6, null), ('2023-24', 'interface', 1, 'too_few_measures')"
    assert lacking("('2023-24', null)", one) == []
    assert lacking("('2023-24', 1)", one) == []
    assert lacking("('2023-24', 2)", one) == [("2023-24", "interface", "1 of 6 active measures")]
