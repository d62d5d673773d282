"""What one number changed does: no range hides a jump, and bands do not hang on where scores begin."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

from scripts import what_if
from scripts.build import DATABASE

Row = dict[str, str]
again = pytest.mark.nightly("the models are run again with one number changed")


def rows_of(path: Path) -> list[Row]:
    """The rows of one of the files that the page prints."""
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_range_leaves_out_where_the_rank_jumps_to() -> None:
    """From one spend index to the next, across the limit, the rank lies in the range of the other."""
    rows = rows_of(what_if.SPEND)
    indexes = [float(row["spend_index"]) for row in rows]
    assert indexes == sorted(indexes)
    assert min(indexes) <= 0.2
    assert max(indexes) >= 0.3
    # The limit lies between, and the rank in the lens is lost below it.
    assert {row["lens_rank"] == "" for row in rows} == {True, False}
    assert all((row["lens_rank"] == "") == (float(row["spend_index"]) < 0.25) for row in rows)
    for one, other in [*pairwise(rows), *((b, a) for a, b in pairwise(rows))]:
        low, high = int(one["overall_rank_p05"]), int(one["overall_rank_p95"])
        assert low <= int(other["overall_rank"]) <= high, (one, other)


def test_the_files_are_of_the_published_index() -> None:
    """The row of the council's own spend is what the marts hold; else make what-if writes both anew."""
    if not (ROOT / DATABASE).exists():
        pytest.skip(f"{DATABASE} is not there: run make index first")
    (row,) = [row for row in rows_of(what_if.SPEND) if row["is_published"] == "True"]
    case = what_if.Case(row["council"], row["ranking_id"], row["edition"])
    assert case == what_if.CASE
    told = what_if.stood(ROOT / DATABASE, case)
    for name, found in told.items():
        assert row[name] == (
            "" if found is None else str(round(found, 6) if name == "spend_index" else found)
        ), name
    query = (
        "select edition, ranking_id, median(rank_band_width) from marts.fct_rank_band "
        "where rank_band_width is not null group by all"
    )
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        widths = {tuple(found[:2]): found[2] for found in connection.execute(query).fetchall()}
    kept = {
        (each["edition"], each["ranking_id"]): float(each["median_width"]) for each in rows_of(what_if.FLOOR)
    }
    assert kept == widths


def test_bands_do_not_hang_on_where_scores_begin() -> None:
    """From 1 to 0.1: no median width changes by over two places, hardly any end by over five."""
    rows = rows_of(what_if.FLOOR)
    assert {row["other_floor"] for row in rows} == {"0.1"}
    assert len(rows) > 60
    wide = [row for row in rows if abs(float(row["median_width"]) - float(row["other_median_width"])) > 2]
    assert wide == []
    # The method asks that none moves by more than five; of 1,000 draws a few do, and the page says how many.
    beyond = sum(int(row["edges_moved_beyond_five"]) for row in rows)
    assert beyond < 0.005 * sum(int(row["edges"]) for row in rows)
    assert all(int(row["largest_rank_moved"]) <= 5 for row in rows)


@again
def test_spend_is_moved_to_the_index_that_was_asked_for(scratch_database: Path, tmp_path: Path) -> None:
    """England's spend moves along; below the limit the lens ranks the council no more, above it does."""
    below, above = what_if.with_spend(scratch_database, tmp_path, what_if.CASE, (0.24, 0.26))[:2]
    assert below["spend_index"] == pytest.approx(0.24, abs=1e-9)
    assert above["spend_index"] == pytest.approx(0.26, abs=1e-9)
    assert below["lens_rank"] is None
    assert above["lens_rank"] is not None
    assert (
        0 < float(str(below["lens_probability_ranked"])) < float(str(above["lens_probability_ranked"])) <= 1
    )


@again
def test_scores_begin_where_they_were_asked_to(scratch_database: Path, tmp_path: Path) -> None:
    """The worst score is 0.1, the best stays 100, and every ranking has its row."""
    rows = what_if.with_floor(scratch_database, tmp_path, what_if.OTHER_FLOOR)
    with duckdb.connect(str(tmp_path / "floor" / DATABASE.name), read_only=True) as connection:
        query = "select min(score), max(score) from intermediate.int_measures__graded"
        assert connection.execute(query).fetchall() == [(0.1, 100.0)]
        query = "select count(distinct (edition, ranking_id)) from intermediate.int_draws__banded"
        assert connection.execute(query).fetchall() == [(len(rows),)]
