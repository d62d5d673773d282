"""The method page's evidence, and why no council has a companion rank, against SQL of these tests' own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from test_pages import DATABASE, compared, tables_of, write_as_pages

from scripts.site.method_evidence import SAY

SIGN = """
    case
        when correlation_lower > 0 then 'some agreement' when correlation_upper < 0 then 'some disagreement'
        when correlation_lower <= 0 and correlation_upper >= 0 then 'no clear sign' else '–' end"""
PAIRS = f"""
    select ranking_id || ':' || judgement_id || ':' || figure_id as key, plus(n2(correlation)) as correlation,
        plus(n2(correlation_lower)) as low, plus(n2(correlation_upper)) as high, {SIGN} as finding,
        n0(councils) as councils, n0(editions) as editions{{figure}}
    from marts.fct_ranking_validity where figure_id <> 'spend_index'
        and {{of}} (select ranking_id from marts.dim_ranking where ranking_kind = 'module')"""
TABLES = {
    "turned": """
        select better.ranking_id as key, n0(better.verdicts_followed) as improved,
            n0(better.turned_round) as improved_turned,
            n0(100.0 * better.turned_round / better.verdicts_followed) as improved_turned_pct,
            n0(worse.verdicts_followed) as declined, n0(worse.turned_round) as declined_turned,
            n0(100.0 * worse.turned_round / worse.verdicts_followed) as declined_turned_pct
        from marts.fct_verdict_reversal as better
        inner join marts.fct_verdict_reversal as worse using (ranking_id)
        where better.verdict = 'improved' and worse.verdict = 'declined'""",
    "validity": PAIRS.format(figure="", of="figure_id = 'productivity_index' and ranking_id not in"),
    "validity-outcome": PAIRS.format(figure="", of="figure_id = 'outcome_score' and ranking_id not in"),
    "validity-modules": PAIRS.format(
        figure=", case figure_id when 'outcome_score' then 'outcome' else 'productivity' end as figure",
        of="ranking_id in",
    ),
    "judgements": "select distinct judgement_id as key, caveat from marts.fct_ranking_validity",
    "council-type": """
        select ranking_id || ':' || measure_id as key, n0(100 * council_type_share) as share,
            n0(councils) as councils, n0(editions) as editions
        from marts.fct_measure_council_type semi join lenses using (ranking_id)
        qualify row_number() over (order by council_type_share desc) <= 10""",
}
#: What a sentence says, and what the marts hold in the order of its numbers.
SENTENCES = {
    r"Of ([\d,]+) times .* edition, ([\d,]+) \((\d+) %\) were followed by the opposite, ([\d,]+) by the "
    r"same, and ([\d,]+) by a change that cannot be told from noise\. They turned round most often in (.+?) "
    r"\((\d+) %\)": """
        with held as (
            select ranking_id, sum(verdicts_followed) as followed, sum(turned_round) as turned,
                sum(repeated) as repeated, sum(not_told_from_noise) as into_noise
            from marts.fct_verdict_reversal semi join lenses using (ranking_id)
            where verdict <> 'either' group by ranking_id
        ), most as (
            select ranking_name, turned / followed as share from held
            inner join marts.dim_ranking using (ranking_id) order by share desc limit 1
        )
        select n0(sum(followed)), n0(sum(turned)), n0(100.0 * sum(turned) / sum(followed)), n0(sum(repeated)),
            n0(sum(into_noise)), (select ranking_name from most), (select n0(100 * share) from most)
        from held""",
    r"Of (\d+) pairs .* by more than chance in (\w+) and go in opposite orders in (\w+); .* alone, of (\d+) "
    r"they agree in (\w+) and go in opposite orders in (\w+)\.": """
        select count(*) filter (figure_id = 'productivity_index'),
            none_or(count(*) filter (figure_id = 'productivity_index' and correlation_lower > 0)),
            none_or(count(*) filter (figure_id = 'productivity_index' and correlation_upper < 0)),
            count(*) filter (figure_id = 'outcome_score'),
            none_or(count(*) filter (figure_id = 'outcome_score' and correlation_lower > 0)),
            none_or(count(*) filter (figure_id = 'outcome_score' and correlation_upper < 0))
        from marts.fct_ranking_validity inner join marts.dim_ranking using (ranking_id)
        where ranking_kind <> 'module'""",
    r"Of (\d+) measures of the lenses, one in two lenses counted twice, (\w+) owe more than a quarter": """
        select count(council_type_share), none_or(count(*) filter (council_type_share > 0.25))
        from marts.fct_measure_council_type semi join lenses using (ranking_id)""",
    r"Of (\d+) measures of the lenses, one in two lenses counted twice, (\w+) are better where councils "
    r"spend less in the same year, (\w+) where they spend more, and (\w+) show no clear sign": """
        select count(*), none_or(count(*) filter (correlation_upper < 0)),
            none_or(count(*) filter (correlation_lower > 0)),
            none_or(count(*) filter (correlation_lower <= 0 and correlation_upper >= 0))
        from marts.fct_value_evidence semi join lenses using (ranking_id)
        where view_id = 'between_councils'""",
    r"Over time, of (\d+) that can be followed, (none) shows": """
        select count(*), none_or(count(*) filter (correlation_upper < 0 or correlation_lower > 0))
        from marts.fct_value_evidence semi join lenses using (ranking_id)
        where view_id = 'within_councils'""",
}


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published marts, with numbers as the pages write them."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        write_as_pages(connection)
        connection.execute("""
            create temporary table lenses as
            select ranking_id from marts.dim_ranking where ranking_kind = 'lens';
            create temporary macro none_or(count) as case count when 0 then 'none' else count::text end""")
        yield connection


def told(page: Path) -> str:
    """The paragraphs of a page as text, links and entities read."""
    html = page.read_text(encoding="utf-8")
    found = re.findall(r"<p>(.*?)</p>", html, re.DOTALL)
    return "\n".join(re.sub(r"<[^>]*>", "", text).replace("&#39;", "'") for text in found)


@pytest.mark.parametrize("part", TABLES)
def test_a_table_of_the_method_page_is_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, part: str
) -> None:
    """Verdicts turned round, rankings beside judgements, measures that are the kind of council."""
    shown = tables_of(small_site / "method.html")[part]
    assert compared(marts, shown, TABLES[part], f"method, {part}") >= 9


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_the_method_page_is_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, sentence: str
) -> None:
    """Each number of it, counted anew; what an interval that takes in 0 says is no sign."""
    found = re.search(sentence, told(small_site / "method.html"))
    assert found, f"the page does not say {sentence!r}"
    [expected] = marts.execute(SENTENCES[sentence]).fetchall()
    assert list(found.groups()) == [str(figure) for figure in expected]


def test_signs_over_time_are_told_if_there_are_any() -> None:
    """What the page would say of signs, and that it then no longer says that nothing shows."""
    counts = {"within_measures": 50, "within_less": 2, "within_more": 0}
    assert SAY.within(counts) == (
        "Over time, of 50 that can be followed, 2 get better where a council's spend falls, and none where "
        "it rises."
    )
    assert "do not show" not in SAY.value_means(counts)
    assert "do not show" in SAY.value_means(counts | {"within_less": 0})


def test_a_list_without_companions_says_so_once(marts: duckdb.DuckDBPyConnection, small_site: Path) -> None:
    """Each page of a lens where none has one, with the newest edition that has one; and no other page."""
    rankings = marts.execute("""
        select ranking_id, edition, count(companion_rank) = 0, (
            select max(edition) from marts.fct_companion_ranking as others
            where others.ranking_id = held.ranking_id and others.companion_rank is not null
        ), (
            select count(distinct ranking_id) from marts.fct_companion_ranking as others
            semi join lenses using (ranking_id)
            where others.edition = held.edition and others.companion_rank is not null
        )
        from marts.fct_companion_ranking as held
        group by ranking_id, edition having count(productivity_rank) > 0""").fetchall()
    without = 0
    for ranking, edition, has_none, newest, lenses in rankings:
        page = small_site / "lenses" / f"{ranking.replace('_', '-')}-{edition}.html"
        if 'http-equiv="refresh"' in page.read_text(encoding="utf-8"):
            page = page.with_name(f"{ranking.replace('_', '-')}.html")
        said = [line for line in told(page).split("\n") if line.startswith("No council has a companion rank")]
        assert len(said) == has_none, page.name
        for line in said:
            without += 1
            assert f" in {edition}" in line
            assert line.endswith(f"The newest edition with a companion ranking here is {newest}.")
            if ranking == "overall":
                assert f" {lenses or 'no'} lens" in line
    assert without > 10
