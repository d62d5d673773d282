"""The site's queries that choose rows, on a few rows worked by hand."""

from __future__ import annotations

from typing import Any

import duckdb
from conftest import ROOT

QUERIES = ROOT / "site_src" / "queries"


def answered(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query of the site."""
    found = connection.execute((QUERIES / f"{query}.sql").read_text(encoding="utf-8"))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_the_most_improved_are_beyond_noise_and_ties_at_the_tenth_place_stay() -> None:
    """Of 14 councils the largest rise is noise, one fell, 12 improved; of these, two tie at the tenth."""
    rises = [("noise", 0.9, "cannot_be_told_from_noise"), ("fell", -0.4, "declined")]
    rises += [(f"up_{place}", 0.5 - place / 100, "improved") for place in range(1, 10)]
    # They differ from the eleventh decimal place on only: the sums of another engine.
    rises += [("tied", 0.2, "improved"), ("also_tied", 0.2 + 2e-11, "improved"), ("last", 0.1, "improved")]
    connection = duckdb.connect()
    connection.execute("""
        create schema marts;
        create table marts.dim_council (gss_code text, council_name text);
        create table marts.fct_change as
        select
            '2018-19' as edition, 'older_people' as ranking_id, '2017-18' as from_edition,
            null::text as gss_code, null::double as ln_productivity_change, null::text as change_verdict,
            0.0 as productivity_change_pct, 0.0 as productivity_change_pct_p05,
            0.0 as productivity_change_pct_p95, 0.0 as outcome_change_pct, 0.0 as spend_change_pct,
            14 as councils_compared
        limit 0
    """)
    kept = {("2018-19", "older_people"): 14, ("2018-19", "overall"): 3, ("2019-20", "older_people"): 14}
    for (edition, ranking), councils in kept.items():
        connection.executemany(
            "insert into marts.fct_change by name select ? as edition, ? as ranking_id, ? as gss_code, "
            "? as ln_productivity_change, ? as change_verdict",
            [(edition, ranking, *rise) for rise in rises[:councils]],
        )
    connection.executemany("insert into marts.dim_council values ($1, $1)", [(code,) for code, *_ in rises])
    rows = answered(connection, "most_improved")
    assert {(row["edition"], row["ranking_id"]) for row in rows} == set(kept)
    listed = [row for row in rows if (row["edition"], row["ranking_id"]) == ("2018-19", "older_people")]
    assert [(row["improvement_rank"], row["gss_code"]) for row in listed] == [
        *((place, f"up_{place}") for place in range(1, 10)),
        (10, "also_tied"),
        (10, "tied"),
    ]
    counts = ("councils_improved", "councils_declined", "councils_within_noise")
    assert {tuple(row[count] for count in counts) for row in listed} == {(12, 1, 1)}
    assert [[row[count] for count in counts] for row in rows if row["ranking_id"] == "overall"] == [[1, 1, 1]]
