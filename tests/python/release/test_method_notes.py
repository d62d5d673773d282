"""What the notes say of every rank when the method is another than the last release's."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import duckdb
import pytest
from tiny_release import database, tiny_release

from scripts.release import notes

pytestmark = pytest.mark.slow(
    "the notes tell every council's old and new rank, with the cause, for a new method"
)
ROOT = Path(__file__).resolve().parents[3]
VERSION_2 = "update seeds.goalposts set method_version = '2';"
POSTS = f"{VERSION_2} update seeds.goalposts set best_goalpost = '70' where measure_id = 'helped'"
COUNCIL = "E06000007"
MORE = "update seeds.figures set value = 1.2 * value where gss_code = 'E06000007' and item_id ="
OVERALL = """
insert into intermediate.int_rankings__published
select
    edition, 'overall', 'overall', gss_code, 100 * productivity,
    rank() over (partition by edition order by productivity desc), count(*) over (partition by edition)
from intermediate.int_rankings__overall_productivity;
insert into marts.fct_ranking
select
    edition, ranking_id, ranking_kind, gss_code, productivity_index, productivity_rank, ranked_councils, null
from intermediate.int_rankings__published
where ranking_id = 'overall';
"""

Row = dict[str, object]


def told(after: Path, before: Path) -> list[Row]:
    """The list of every rank under a new method."""
    header, rows = notes.compare(after, before)["method_changed"]
    return [dict(zip(header, row, strict=True)) for row in rows]


def ranks(path: Path) -> dict[tuple[object, ...], object]:
    """The ranks that a database publishes."""
    with duckdb.connect(str(path), read_only=True) as connection:
        query = "select edition, ranking_id, gss_code, productivity_rank from marts.fct_ranking"
        return {tuple(row[:3]): row[3] for row in connection.execute(query).fetchall()}


def test_every_council_has_its_old_and_new_rank(tmp_path: Path) -> None:
    """Also those whose rank stayed: seventy councils in five editions, each with its cause."""
    before, after = database(tmp_path / "before.duckdb"), database(tmp_path / "after.duckdb", POSTS)
    rows, old, new = told(after, before), ranks(before), ranks(after)
    assert len(rows) == len(old) == 350
    for row in rows:
        key = (row["edition"], row["ranking_id"], row["gss_code"])
        assert (row["released_rank"], row["rank_now"]) == (old[key], new[key])
        assert row["cause"] in ("method", "others")
        assert row["released_ranked_councils"] == row["ranked_councils"] == 70
    stayed = [row for row in rows if row["released_rank"] == row["rank_now"]]
    assert 0 < len(stayed) < 350
    # The newest edition first, in the order of the new ranks.
    assert [row["rank_now"] for row in rows[:70]] == sorted(row["rank_now"] for row in rows[:70])
    assert {row["edition"] for row in rows[:70]} == {"2019-20"}


def test_without_a_new_method_there_is_no_list(tmp_path: Path) -> None:
    """Moves are told as before."""
    before = database(tmp_path / "before.duckdb")
    revised = "update seeds.figures set value = value - 3 where item_id = 'helped' and gss_code = 'E06000007'"
    after = database(tmp_path / "after.duckdb", revised)
    assert told(after, before) == []
    assert notes.compare(after, before)["moves"][1]


def test_the_notes_show_one_ranking_and_the_release_holds_all(tmp_path: Path) -> None:
    """The complete list is a file of the release."""
    shutil.copytree(ROOT / "gates", tmp_path / "gates")
    assert tiny_release(tmp_path, "1") == 0
    assert tiny_release(tmp_path, "2", POSTS) == 0
    folder = tmp_path / "releases" / "2"
    written = (folder / "changes" / "method_changed.csv").read_text(encoding="utf-8").splitlines()
    assert len(written) == 351
    page = (folder / "RELEASE_NOTES.md").read_text(encoding="utf-8")
    assert "## What the new method did to each rank" in page
    assert "all in `changes/method_changed.csv`" in page


@pytest.mark.parametrize(
    ("figures", "part"),
    [
        # The lens no longer takes the measure.
        ("delete from seeds.ranking_measures where measure_id = 'waiting'", "waiting"),
        # The measure is calculated otherwise, which its value shows.
        (
            "update seeds.measures set multiplier = '2' where measure_id = 'waiting';"
            "update seeds.figures set value = 0.9 * value where item_id = 'waiting'",
            "waiting",
        ),
        # The lens spends on other lines.
        (
            f"update seeds.spend_lines set pounds_per_unit = '1200'; {MORE} 'care_total'",
            "spend",
        ),
        # It is divided by another population.
        (
            f"update seeds.rankings set need_item_id = 'children'; {MORE} 'adults'",
            "population in need",
        ),
    ],
)
def test_what_the_register_changed_is_the_method(tmp_path: Path, figures: str, part: str) -> None:
    """No revision, though the council's own figures are others."""
    before = database(tmp_path / "before.duckdb")
    rows = told(database(tmp_path / "after.duckdb", f"{VERSION_2} {figures}"), before)
    (row,) = [row for row in rows if (row["gss_code"], row["edition"]) == (COUNCIL, "2018-19")]
    assert row["cause"] == "method"
    assert f"{part} " in str(row["explanation"])
    assert "(revision" not in str(row["explanation"])


def test_a_line_that_changed_in_one_edition_is_method_there_only(tmp_path: Path) -> None:
    """Before it the same change of spend is a revision."""
    before = database(tmp_path / "before.duckdb")
    lines = (
        "update seeds.spend_lines set last_edition = '2017-18';"
        "insert into seeds.spend_lines select * replace ('2018-19' as first_edition, "
        "'2024-25' as last_edition, '1200' as pounds_per_unit) from seeds.spend_lines;"
        f"{MORE} 'care_total'"
    )
    rows = told(database(tmp_path / "after.duckdb", f"{VERSION_2} {lines}"), before)
    causes = {row["edition"]: row["cause"] for row in rows if row["gss_code"] == COUNCIL}
    assert causes == dict.fromkeys(("2015-16", "2016-17", "2017-18"), "revision") | dict.fromkeys(
        ("2018-19", "2019-20"), "method"
    )


def test_a_spread_that_the_last_release_did_not_have_is_method(tmp_path: Path) -> None:
    """Lenses as they spread had a scale of 1: half of it halves every logarithm, and that is all."""
    before = database(
        tmp_path / "before.duckdb", tables=f"{OVERALL} drop table intermediate.int_rankings__lens_spreads"
    )
    scaled = (
        "update intermediate.int_rankings__lens_spreads set spread_scale = 0.5;"
        "update intermediate.int_rankings__overall_productivity set productivity = sqrt(productivity);"
    )
    rows = told(database(tmp_path / "after.duckdb", VERSION_2, f"{scaled} {OVERALL}"), before)
    overall = [row for row in rows if row["ranking_id"] == "overall"]
    assert len(overall) == 350
    assert rows[:350] == overall
    with duckdb.connect(str(tmp_path / "before.duckdb"), read_only=True) as connection:
        query = (
            "select edition, gss_code, ln(productivity) from intermediate.int_rankings__overall_productivity"
        )
        was = {tuple(row[:2]): row[2] for row in connection.execute(query).fetchall()}
    for row in overall:
        part = -50 * was[row["edition"], row["gss_code"]]
        assert row["released_rank"] == row["rank_now"]
        if math.fabs(part) > 0.1:
            assert row["explanation"] == f"care: its spread {part:+.1f} % (method)"
            assert row["cause"] == "method"


def test_who_is_ranked_in_one_release_only_is_told(tmp_path: Path) -> None:
    """Ranked anew, or no longer and why."""
    gone = (
        f"update marts.fct_ranking set productivity_rank = null, not_ranked_reason = 'too_few_measures' "
        f"where gss_code = '{COUNCIL}'"
    )
    whole, less = database(tmp_path / "whole.duckdb"), database(tmp_path / "less.duckdb", VERSION_2, gone)
    (row,) = [row for row in told(less, whole) if (row["gss_code"], row["edition"]) == (COUNCIL, "2019-20")]
    assert (row["cause"], row["explanation"]) == ("no longer ranked", "no longer ranked: too_few_measures")
    unranked = f"delete from intermediate.int_rankings__published where gss_code = '{COUNCIL}'"
    before = database(tmp_path / "before.duckdb", tables=unranked)
    after = database(tmp_path / "after.duckdb", VERSION_2)
    (row,) = [row for row in told(after, before) if (row["gss_code"], row["edition"]) == (COUNCIL, "2019-20")]
    assert (row["released_rank"], row["cause"]) == (None, "ranked anew")
