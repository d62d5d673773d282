"""Metrics say what the marts say: ``mf``'s answers beside SQL of the tests' own.

All questions are asked in one process of MetricFlow's own environment, which starts slowly; the database is
attached read only, while these tests hold it open.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from conftest import ROOT

by_metricflow = pytest.mark.slow("MetricFlow answers as SQL over the marts does")
DATABASE = ROOT / "warehouse" / "council_productivity.duckdb"
PYTHON = ROOT / ".venvs" / "metricflow" / "bin" / "python"
MARTS = ROOT / "models" / "marts"
PAGE = ROOT / "docs" / "semantic_layer.md"
# Sums and means differ in their last bits with the order of adding.
RELATIVE = 1e-12
# Marts round to nine decimals, and what lies on the edge falls to either side.
ROUNDED = 1.1e-9

HEADLINE = "{{ Dimension('edition__is_headline') }} = true"
SOME_EDITIONS = "{{ Entity('edition') }} >= '2019-20'"
OLDER_PEOPLE = "{{ Entity('ranking') }} = 'older_people'"

# Metrics, what they are grouped by, conditions, and the rows they should give: keys first.
QUESTIONS: dict[str, tuple[str, str, Sequence[str], str]] = {
    "a council in a lens is its row of the mart": (
        "outcome_score,spend_gbp,need_population,spend_per_head_gbp,spend_index",
        "edition,ranking,council",
        (),
        """
        select
            edition, ranking_id, gss_code,
            outcome_score, spend_gbp, need_population, spend_per_head_gbp, spend_index
        from marts.fct_lens_productivity
        """,
    ),
    "a region's outcome is the mean of its councils, its spend a ratio of sums": (
        "outcome_score,spend_gbp,need_population,spend_per_head_gbp,spend_index",
        "edition,ranking,council__region",
        (),
        """
        select
            edition,
            ranking_id,
            region,
            avg(outcome_score),
            sum(spend_gbp),
            sum(need_population),
            sum(spend_gbp) filter (where need_population is not null)
            / sum(need_population) filter (where spend_gbp is not null),
            sum(spend_gbp) filter (where need_population is not null)
            / sum(need_population) filter (where spend_gbp is not null)
            / any_value(england_spend_per_head_gbp)
        from marts.fct_lens_productivity
        inner join marts.dim_council using (gss_code)
        group by all
        """,
    ),
    "over all councils it is England's": (
        "spend_per_head_gbp,spend_index",
        "edition,ranking",
        (),
        """
        select
            edition,
            ranking_id,
            sum(spend) / sum(need),
            sum(spend) / sum(need) / any_value(england_spend_per_head_gbp)
        from (
            select
                *,
                case when need_population is not null then spend_gbp end as spend,
                case when spend_gbp is not null then need_population end as need
            from marts.fct_lens_productivity
        )
        group by all
        """,
    ),
    "spend of a lens adds up over its councils": (
        "spend_gbp,spend_at_england_rate_gbp",
        "edition,ranking,council__council_type",
        (),
        """
        select
            edition,
            ranking_id,
            council_type,
            sum(spend_gbp),
            sum(case when spend_gbp is not null then need_population * england_spend_per_head_gbp end)
        from marts.fct_lens_productivity
        inner join marts.dim_council using (gss_code)
        group by all
        """,
    ),
    # The interface's lines are the whole service, which the two lenses by age are parts of.
    "no pound counts in two lenses": (
        "spend_gbp,spend_at_england_rate_gbp,spend_index,spend_per_head_gbp",
        "edition,council",
        (),
        "select edition, gss_code, null, null, null, null from marts.fct_lens_productivity where false",
    ),
    "no pound of one year counts with that of another": (
        "spend_gbp,spend_at_england_rate_gbp,spend_index,spend_per_head_gbp",
        "ranking,council__region",
        ("{{ Entity('edition') }} in ('2018-19', '2019-20')",),
        "select ranking_id, gss_code, null, null, null, null from marts.fct_lens_productivity where false",
    ),
    "the index of a type is its median council's": (
        "productivity_index",
        "edition,ranking,council__council_type_name",
        (),
        """
        select edition, ranking_id, council_type_name, median(productivity_index)
        from marts.fct_ranking
        inner join marts.dim_council using (gss_code)
        group by all
        """,
    ),
    "a council's rank is a band with its number of councils": (
        "rank_band_low,rank_band_median,rank_band_high,rank_band_width,ranked_councils,probability_top_10",
        "edition,ranking,council",
        (),
        """
        select
            edition, ranking_id, gss_code,
            rank_p05, rank_median, rank_p95, rank_band_width, ranked_councils, probability_top_10
        from marts.fct_rank_band
        """,
    ),
    "bands of a region": (
        "rank_band_low,rank_band_median,rank_band_high,rank_band_width,ranked_councils,probability_top_10",
        "edition,ranking,council__region",
        (),
        """
        select
            edition, ranking_id, region,
            min(rank_p05), median(rank_median), max(rank_p95), avg(rank_band_width), max(ranked_councils),
            avg(probability_top_10)
        from marts.fct_rank_band
        inner join marts.dim_council using (gss_code)
        group by all
        """,
    ),
    "councils live and ranked": (
        "councils_live,councils_ranked,ranked_share",
        "edition,ranking",
        (),
        """
        select
            edition,
            ranking_id,
            any_value(live_councils),
            sum((productivity_rank is not null)::int),
            sum((productivity_rank is not null)::int) / any_value(live_councils)
        from marts.fct_lens_productivity
        inner join marts.dim_edition using (edition)
        group by all
        """,
    ),
    "values held are the measures present": (
        "measures_expected,measures_held,measures_held_share",
        "edition,ranking",
        (),
        """
        select
            edition, ranking_id, sum(measures_active), sum(measures_present),
            sum(measures_present) / nullif(sum(measures_active), 0)
        from marts.fct_lens_productivity
        group by all
        """,
    ),
    "score of a measure by type": (
        "measure_score",
        "edition,measure,council__council_type",
        (),
        """
        select edition, measure_id, council_type, avg(score)
        from marts.fct_measure_grade
        inner join marts.dim_council using (gss_code)
        where ranking_kind = 'lens'
        group by all
        """,
    ),
    "values by grade": (
        "measures_held",
        "edition,measure_grade__grade",
        (),
        """
        select edition, grade, sum((is_active and value is not null)::int)
        from marts.fct_measure_grade
        where ranking_kind = 'lens'
        group by all
        """,
    ),
    "change by lens": (
        "councils_compared,councils_improved,councils_declined,productivity_change_pct,"
        "productivity_change_pct_low,productivity_change_pct_high",
        "edition,ranking",
        (),
        """
        select
            edition,
            ranking_id,
            count(*),
            sum((ln_productivity_change_p05 > 0)::int),
            sum((ln_productivity_change_p95 < 0)::int),
            median(productivity_change_pct),
            min(productivity_change_pct_p05),
            max(productivity_change_pct_p95)
        from marts.fct_change
        group by all
        """,
    ),
    "peers of one group": (
        "peers_ranked,peer_productivity_index,peer_outcome_score,peer_spend_per_head_gbp,peer_spend_index",
        "edition,ranking,council",
        ("{{ Dimension('peer_standing__peer_group_id') }} = 'ons_nearest_neighbours'", OLDER_PEOPLE),
        """
        select
            edition,
            ranking_id,
            bridge.gss_code,
            count(productivity_rank),
            median(productivity_index),
            median(outcome_score),
            median(spend_per_head_gbp),
            median(spend_index)
        from marts.bridge_council_peer as bridge
        inner join marts.fct_lens_productivity as theirs on bridge.peer_gss_code = theirs.gss_code
        inner join (select edition, ranking_id, gss_code from marts.fct_lens_productivity) as mine
            using (edition, ranking_id)
        where
            mine.gss_code = bridge.gss_code
            and peer_group_id = 'ons_nearest_neighbours'
            and ranking_id = 'older_people'
        group by all
        """,
    ),
    "a council beside its region and its neighbours": (
        "productivity_index,region_productivity_index,region_outcome_score,region_spend_index,"
        "neighbour_productivity_index,neighbour_outcome_score,neighbour_spend_index",
        "edition,ranking,council",
        (OLDER_PEOPLE,),
        """
        with

        peers as (
            select 'neighbour' as kind, gss_code, peer_gss_code as peer
            from marts.bridge_council_peer
            where peer_group_id = 'ons_nearest_neighbours'
            union all
            select 'region', mine.gss_code, theirs.gss_code
            from marts.dim_council as mine
            inner join marts.dim_council as theirs using (region)
            where mine.gss_code <> theirs.gss_code and theirs.is_rankable
        ),

        standing as (
            select * from marts.fct_lens_productivity
            where ranking_id = 'older_people'
        ),

        compared as (
            select
                edition,
                kind,
                mine.gss_code,
                median(theirs.productivity_index) as productivity,
                median(theirs.outcome_score) as outcome,
                median(theirs.spend_index) as spend
            from standing as mine
            inner join peers using (gss_code)
            inner join standing as theirs using (edition)
            where theirs.gss_code = peers.peer
            group by all
        )

        select
            edition, 'older_people', gss_code, mine.productivity_index,
            region.productivity, region.outcome, region.spend,
            neighbour.productivity, neighbour.outcome, neighbour.spend
        from (select * from standing where productivity_rank is not null) as mine
        full join (select * from compared where kind = 'region') as region using (edition, gss_code)
        full join (select * from compared where kind = 'neighbour') as neighbour using (edition, gss_code)
        """,
    ),
    "above the neighbours": (
        "probability_above",
        "edition,ranking,council,neighbour_pair__peer_group_id",
        (HEADLINE,),
        """
        select edition, ranking_id, gss_code, peer_group_id, avg(probability_above)
        from marts.fct_neighbour_probability
        where edition = (select edition from marts.dim_edition where is_headline)
        group by all
        """,
    ),
    "a neighbour has a name": (
        "probability_above",
        "council__council_name,neighbour__council_name",
        (
            HEADLINE,
            OLDER_PEOPLE,
            "{{ Dimension('neighbour_pair__peer_group_id') }} = 'ons_nearest_neighbours'",
        ),
        """
        select mine.council_name, theirs.council_name, probability_above
        from marts.fct_neighbour_probability as pairs
        inner join marts.dim_council as mine using (gss_code)
        inner join marts.dim_council as theirs on pairs.peer_gss_code = theirs.gss_code
        where
            edition = (select edition from marts.dim_edition where is_headline)
            and ranking_id = 'older_people'
            and peer_group_id = 'ons_nearest_neighbours'
        """,
    ),
    "time is the first day of the edition": (
        "councils_live",
        "metric_time,edition",
        (),
        """
        select strftime(start_date, '%Y-%m-%d 00:00:00'), edition, live_councils
        from marts.dim_edition
        where is_index_edition
        """,
    ),
}

Row = tuple[Any, ...]


def metrics() -> dict[str, dict[str, Any]]:
    """Every metric that may be asked for, as the project's YAML has it."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in MARTS.rglob("*.yml")]
    beside = [model.get("metrics", []) for file in files for model in file.get("models", [])]
    alone = [file.get("metrics", []) for file in files]
    return {
        metric["name"]: metric for group in (*beside, *alone) for metric in group if not metric.get("hidden")
    }


def saved_queries() -> list[str]:
    """The names of the saved queries."""
    content = yaml.safe_load((MARTS / "_marts__saved_queries.yml").read_text(encoding="utf-8"))
    return [query["name"] for query in content["saved_queries"]]


def asked(asked_for: str, group_by: str, where: Sequence[str], *more: str) -> list[str]:
    """The arguments of a query."""
    conditions = [part for condition in where for part in ("--where", condition)]
    grouping = ["--group-by", group_by] if group_by else []
    return ["query", "--quiet", "--metrics", asked_for, *grouping, *conditions, *more]


def documented() -> list[tuple[list[str], str]]:
    """The commands of the page on the semantic layer, each with what is printed under it."""
    if not PAGE.exists():
        return []
    pattern = re.compile(r"```sh\nmf (?P<command>.*?)```\n\n```text\n(?P<printed>.*?)```", re.DOTALL)
    return [
        (shlex.split(match["command"].replace("\\\n", " ")), match["printed"])
        for match in pattern.finditer(PAGE.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def index() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, held open by a reader all the while."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    if not PYTHON.exists():
        pytest.skip("MetricFlow is not installed: run make metrics first")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        yield connection


def run(
    arguments: Sequence[str], database: Path = DATABASE, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run MetricFlow's Python here over a database."""
    environment = os.environ | {"COUNCIL_PRODUCTIVITY_DATABASE": str(database), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [str(PYTHON), *arguments],
        cwd=ROOT,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def answers(index: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ``mf`` answers to every question, saved query and command: rows, or status and text."""
    folder = tmp_path_factory.mktemp("answers")
    guarded = ",".join(name for name, metric in metrics().items() if "Empty over" in metric["description"])
    commands = {
        **{
            name: asked(asked_for, group_by, where, "--csv", str(folder / f"{number}.csv"))
            for number, (name, (asked_for, group_by, where, _)) in enumerate(QUESTIONS.items())
        },
        "guarded": asked(guarded, "", (), "--csv", str(folder / "guarded.csv")),
        **{
            f"saved {name}": [
                *("query", "--quiet", "--saved-query", name, "--where", SOME_EDITIONS),
                *("--csv", str(folder / f"{name}.csv")),
            ]
            for name in saved_queries()
        },
        **{f"page {number}": command for number, (command, _) in enumerate(documented())},
        "wrong": asked("no_such_metric", "edition", ()),
    }
    done = run(["tests/python/many_metrics.py"], given=json.dumps(list(commands.values())))
    assert done.returncode == 0, done.stdout + done.stderr
    given: dict[str, Any] = {}
    for (name, command), (status, printed) in zip(commands.items(), json.loads(done.stdout), strict=True):
        if "--csv" in command:
            assert status == 0, f"{name}: {printed}"
            with Path(command[-1]).open(encoding="utf-8", newline="") as file:
                given[name] = list(csv.reader(file))
        else:
            given[name] = (status, printed)
    return given


def number(text: Any) -> float | None:  # noqa: ANN401
    """A figure, or none."""
    return None if text in ("", None) else float(text)


def keyed(rows: Sequence[Row], keys: int) -> dict[Row, list[float | None]]:
    """Figures by the keys before them, rows without any figure left out."""
    split = {tuple(row[:keys]): [number(cell) for cell in row[keys:]] for row in rows}
    assert len(split) == len(rows), "a key stands twice"
    return {key: figures for key, figures in split.items() if any(figure is not None for figure in figures)}


@by_metricflow
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_metric_is_what_sql_gives(
    question: str, index: duckdb.DuckDBPyConnection, answers: dict[str, Any]
) -> None:
    """The answer of ``mf`` and that of SQL over the marts have the same keys and figures."""
    asked_for, group_by, _, query = QUESTIONS[question]
    wanted, grouping = asked_for.split(","), group_by.split(",")
    header, *rows = answers[question]
    columns = [name.replace("metric_time__day", "metric_time") for name in header]
    order = [columns.index(name) for name in (*grouping, *wanted)]
    given = keyed([tuple(row[place] for place in order) for row in rows], len(grouping))
    rows_of_sql = [
        tuple("" if cell is None else cell for cell in row) for row in index.execute(query).fetchall()
    ]
    expected = keyed(rows_of_sql, len(grouping))
    assert given.keys() == expected.keys()
    for key, figures in expected.items():
        for name, mine, theirs in zip(wanted, given[key], figures, strict=True):
            same = (
                mine == theirs
                if mine is None or theirs is None
                else math.isclose(mine, theirs, rel_tol=RELATIVE, abs_tol=ROUNDED)
            )
            assert same, f"{name} of {key}: mf says {mine}, SQL {theirs}"


@by_metricflow
def test_england_is_the_marts_england(index: duckdb.DuckDBPyConnection, answers: dict[str, Any]) -> None:
    """Spend per head over all councils is, at nine decimals, what the mart divides by."""
    header, *rows = answers["over all councils it is England's"]
    place = [header.index(name) for name in ("edition", "ranking", "spend_per_head_gbp")]
    given = {(row[place[0]], row[place[1]]): float(row[place[2]]) for row in rows if row[place[2]]}
    marts = index.execute("""
        select distinct edition, ranking_id, england_spend_per_head_gbp from marts.fct_lens_productivity
        where england_spend_per_head_gbp is not null
    """).fetchall()
    assert given.keys() == {(edition, lens) for edition, lens, _ in marts}
    assert all(round(given[edition, lens], 9) == england for edition, lens, england in marts)


@by_metricflow
def test_what_cannot_be_averaged_is_empty(answers: dict[str, Any]) -> None:
    """A metric that says it is empty over several lenses, editions or councils is."""
    header, *rows = answers["guarded"]
    assert len(header) > 20
    assert [cell for row in rows for cell in row if cell] == []


@by_metricflow
@pytest.mark.parametrize("name", saved_queries())
def test_a_saved_query_answers(name: str, answers: dict[str, Any]) -> None:
    """Each saved query gives rows, and no end of a band without the other and the number of councils."""
    header, *rows = answers[f"saved {name}"]
    assert rows
    bands = {"rank_band_low", "rank_band_high", "ranked_councils"}
    assert not bands & set(header) or bands <= set(header)


@by_metricflow
def test_a_top_ten_is_the_published_one(index: duckdb.DuckDBPyConnection, answers: dict[str, Any]) -> None:
    """The saved query of the page gives the councils of ``fct_ranking`` in their order."""
    found = [
        text
        for (command, _), text in zip(documented(), page_answers(answers), strict=True)
        if "top_ten" in command and "2019-20" in " ".join(command)
    ]
    names = index.execute("""
        select council_name from marts.fct_ranking inner join marts.dim_council using (gss_code)
        where edition = '2019-20' and ranking_id = 'older_people' and productivity_rank <= 10
        order by productivity_rank
    """).fetchall()
    places = [found[0].index(f" {name} ") for (name,) in names]
    assert places == sorted(places)


def test_the_headline_top_ten_is_the_newest_overall(
    index: duckdb.DuckDBPyConnection, answers: dict[str, Any]
) -> None:
    """The saved query of the headline edition gives the newest overall top ten, and nothing else."""
    header, *rows = answers["saved headline_top_ten"]
    names = index.execute("""
        select edition, council_name from marts.fct_ranking inner join marts.dim_council using (gss_code)
        where ranking_id = 'overall' and productivity_rank <= 10
        order by edition desc, productivity_rank, council_name limit 10
    """).fetchall()
    place = [header.index(name) for name in ("edition", "council__council_name")]
    assert [tuple(row[at] for at in place) for row in rows] == names


def page_answers(answers: dict[str, Any]) -> list[str]:
    """What ``mf`` prints for each command of the page."""
    return [answers[f"page {place}"][1] for place in range(len(documented()))]


@by_metricflow
@pytest.mark.parametrize("place", range(len(documented())))
def test_the_page_prints_what_mf_prints(place: int, answers: dict[str, Any]) -> None:
    """Each command of the page on the semantic layer gives the text under it."""
    status, printed = answers[f"page {place}"]
    assert status == 0, printed
    expected = "\n".join(line.rstrip() for line in printed.rstrip().splitlines()) + "\n"
    assert documented()[place][1] == expected, f"{PAGE.name} should print:\n{expected}"


def test_a_metric_has_a_description_and_a_unit() -> None:
    """Every metric says what it is and in which unit; none is a bare rank."""
    for name, metric in metrics().items():
        assert metric.get("description"), f"{name} has no description"
        assert metric["config"]["meta"]["unit"], f"{name} has no unit"
        assert "productivity_rank" not in str(metric.get("expr", "")) or name == "councils_ranked"


def test_a_metric_of_the_list_is_on_the_page() -> None:
    """The page on the semantic layer has a row for each metric and saved query."""
    named = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert {*metrics(), *saved_queries()} - named == set()


@by_metricflow
def test_an_unknown_metric_is_refused(answers: dict[str, Any]) -> None:
    """A metric that is not there stops with its name."""
    status, printed = answers["wrong"]
    assert status == 1
    assert "no_such_metric" in printed


@by_metricflow
def test_the_metrics_are_valid(index: duckdb.DuckDBPyConnection) -> None:
    """``mf validate-configs`` finds nothing, neither in the metrics nor in the tables they name."""
    done = run(["-m", "scripts.metrics", "validate-configs"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ERRORS: 0, FUTURE_ERRORS: 0, WARNINGS: 0") == 6


@by_metricflow
def test_any_database_is_only_read(index: duckdb.DuckDBPyConnection, tmp_path: Path, headline: str) -> None:
    """``mf`` reads a file of another name, which a reader holds open, and leaves it as it was."""
    other = tmp_path / "elsewhere.duckdb"
    other.symlink_to(DATABASE)
    before = DATABASE.stat()
    done = run(["-m", "scripts.metrics", *asked("councils_ranked", "edition", (HEADLINE,))], database=other)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(rf"^{headline} +\d+$", done.stdout, re.MULTILINE)
    assert (DATABASE.stat().st_mtime_ns, DATABASE.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere.duckdb"]


@by_metricflow
def test_a_missing_database_is_said(index: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Without a database there is a sentence and no new file."""
    done = run(["-m", "scripts.metrics", "list", "metrics"], database=tmp_path / "none.duckdb")
    assert done.returncode == 1
    assert "none.duckdb is not there: run make index first." in done.stdout
    assert not list(tmp_path.iterdir())
