"""Pages: every number in their tables is the marts', links lead somewhere, nothing comes from outside.

The expectations below ask the marts anew, with SQL of their own that also writes the numbers as text;
nothing of the site's queries or of its Python takes part. A table of a report without an expectation fails,
too.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import duckdb
import pytest
from conftest import ROOT

from scripts.site.data import Figures
from scripts.site.parts import plain_figure

DATABASE = ROOT / "warehouse" / "council_productivity.duckdb"
CODES = {
    "leicestershire": "E10000018",
    "wigan": "E08000010",
    "cumberland": "E06000063",
    "dorset-to-2019": "E10000009",
}
VOID = {"meta", "link", "br", "input", "img"}

Cells = dict[str, dict[str, dict[str, str]]]

MACROS = r"""
create temporary macro dash(x) as coalesce(x, '–');
create temporary macro sign(x) as replace(x, '-', '−');
create temporary macro thousands(x) as
    case when abs(try_cast(x as double)) >= 1000
    then regexp_replace(x, '^(-?\d+)(\d{3})(\..*)?$', '\1,\2\3') else x end;
create temporary macro millions(x) as regexp_replace(x, '^([-−]?\d+)(\d{3}),', '\1,\2,');
create temporary macro tidy(x) as dash(sign(millions(thousands(case
    when x in ('-0', '-0.0', '-0.00', '-0.000') then substr(x, 2) else x end))));
create temporary macro n3(x) as tidy(printf('%.3f', x::double));
create temporary macro n0(x) as tidy(printf('%.0f', x::double));
create temporary macro n1(x) as tidy(printf('%.1f', x::double));
create temporary macro n2(x) as tidy(printf('%.2f', x::double));
create temporary macro plain(x) as
    case when x is null then '–' when abs(x) >= 1000 then n0(x) when abs(x) >= 10 then n1(x) else n2(x) end;
create temporary macro n5(x) as tidy(printf('%.5f', x::double));
create temporary macro apart(x, y) as case
    when x is null or plain(x) <> plain(y) then plain(x) when n3(x) <> n3(y) then n3(x) else n5(x) end;
create temporary macro plus(t) as case when t[1] = '−' or t = '–' or trim(t, '0.') = '' then t else '+'
    || t end;
create temporary macro range_end(x) as case
    when x = 0 or trim(n0(x), '−0.') <> '' then plus(n0(x)) when trim(n1(x), '−0.') <> '' then plus(n1(x))
    when trim(n2(x), '−0.') <> '' then plus(n2(x)) else plus(n3(x)) end;
create temporary macro nth(x) as x || case
    when x % 100 in (11, 12, 13) then 'th' when x % 10 = 1 then 'st' when x % 10 = 2 then 'nd'
    when x % 10 = 3 then 'rd' else 'th' end;
create temporary macro standing(place, low, high, n, reason) as case
    when place is null then 'Not ranked: ' || reason
    when low is null then nth(place) || ' of ' || n || ', depends on where comparability ends'
    when low = high then nth(place) || ', likely ' || nth(low) || ' of ' || n
    else nth(place) || ', likely ' || nth(low) || ' to ' || nth(high) || ' of ' || n end;
create temporary macro span(low, high, n) as
    case when low is null then '–' else nth(low) || ' to ' || nth(high) || ' of ' || n end;
create temporary macro companion(place, low, high, n) as case
    when place is null then 'None: ' else standing(place, low, high, n, '') end;
create temporary macro missing(x) as case x
    when 'suppressed' then 'withheld by the publisher' when 'not_available' then 'not published'
    when 'small_numbers' then 'too few cases to report' when 'not_comparable' then 'not comparable'
    when 'not_collected' then 'not collected'
    when 'no_population' then 'no population available to divide by' end;
"""

LENS_STANDING = """
    select
        edition, gss_code, ranking_id, outcome_score, spend_index,
        spend_per_head_gbp, productivity_index, fct_ranking.productivity_rank as place,
        rank_p05 as low, rank_p95 as high, fct_ranking.ranked_councils as n,
        coalesce(measures_present, lenses_scored) || ' of '
        || coalesce(measures_active, lenses_scored_in_edition) as parts,
        companion(
            companion_rank, companion_rank_p05, companion_rank_p95, companion_ranked_councils
        ) as companion
    from marts.fct_ranking
    inner join marts.fct_companion_ranking as companions using (edition, gss_code, ranking_id)
    where ranking_kind <> 'module'
"""

# Part of a council's report (a pattern) and what it should show; {match} is what the pattern caught. Why a
# council is not ranked is worded in another test; here only the beginning of such a cell is compared.
REPORT: dict[str, str] = {
    "standing": """
        select ranking_id as key, standing(place, low, high, n, '') as rank, n1(productivity_index) as index,
            companion, n1(outcome_score) as outcome, n2(spend_index) as spend_index, n0(spend_per_head_gbp) as
                per_head, parts
        from standings where edition = '{edition}' and gss_code = '{code}'""",
    "views": """
        select ranking_id as key, views_good || ' of ' || views_held as good
        from marts.fct_productivity_view where edition = '{edition}' and gss_code = '{code}'""",
    "change": """
        select ranking_id as key, plus(n0(outcome_change_pct)) as outcome,
            plus(n0(spend_change_pct)) as spend, plus(n0(productivity_change_pct)) as total,
            range_end(productivity_change_pct_p05) as low, range_end(productivity_change_pct_p95) as high
        from marts.fct_change where edition = '{edition}' and gss_code = '{code}'""",
    "measures-(.*)": """
        with others as (
            select measure_id, peer_group_id, median(value) as middle
            from marts.fct_measure_grade as grades
            inner join marts.bridge_council_peer as near on grades.gss_code = near.peer_gss_code
            where near.gss_code = '{code}' and near.peer_order <= 10 and edition = '{edition}' and is_active
                and (peer_group_id = 'ons_nearest_neighbours' or ranking_id = 'childrens_social_care')
            group by all
        ), country as (
            select measure_id, median(value) as middle from marts.fct_measure_grade
            inner join marts.dim_council using (gss_code)
            where edition = '{edition}' and is_active and is_rankable group by all
        ), area as (
            select measure_id, median(value) as middle from marts.fct_measure_grade
            inner join marts.dim_council as councils using (gss_code)
            where edition = '{edition}' and is_active and is_rankable and gss_code <> '{code}'
                and region = (select region from marts.dim_council where gss_code = '{code}') group by all
        )
        select
            grades.measure_id as key, coalesce(missing(grades.missing_reason), plain(grades.value)) as value,
            coalesce(grades.grade, '–') as grade,
            plain(ons.middle) || ' ' || plain(dfe.middle) || ' ' || plain(area.middle) as peers,
            plain(country.middle) as england,
            coalesce(apart(moves.value_for_next_grade, grades.value) || ' (' || moves.next_grade || ')', '–')
                as next,
            case when moves.value_for_rank_above_band is not null
                then apart(moves.value_for_rank_above_band, grades.value)
                when moves.rank_band_answer = 'out_of_reach_of_this_measure_alone' then 'not alone' else
                    '–' end as band
        from marts.fct_measure_grade as grades
        left join marts.fct_what_would_move_it as moves using (edition, gss_code, measure_id)
        left join others as ons on grades.measure_id = ons.measure_id and ons.peer_group_id =
            'ons_nearest_neighbours'
        left join others as dfe on grades.measure_id = dfe.measure_id and dfe.peer_group_id =
            'dfe_statistical_neighbours'
        left join country on grades.measure_id = country.measure_id
        left join area on grades.measure_id = area.measure_id
        where edition = '{edition}' and gss_code = '{code}' and grades.is_active and grades.ranking_id =
            '{match}'""",
    "spend-lines-(.*)": """
        select publication_id || ':' || item_id as key,
            coalesce(missing(missing_reason), n0(spend_gbp / 1000)) as spend
        from marts.fct_spend_line
        where edition = '{edition}' and gss_code = '{code}' and ranking_id = '{match}'
        union all
        select 'sum', n0(spend_gbp / 1000) from marts.fct_ranking
        where edition = '{edition}' and gss_code = '{code}' and ranking_id = '{match}'""",
    # Each ranking in the newest edition with ranks in it on a council's first page, else in the page's own.
    "spine-(.*)": """
        with held as (
            select measure_id, gss_code, value, grade from marts.fct_measure_grade
            where is_active and ranking_id = '{match}'
                and edition = (select edition from ({shown}) where ranking_id = '{match}')
        ), others as (
            select measure_id, peer_group_id, median(value) as middle
            from held inner join marts.bridge_council_peer as near on held.gss_code = near.peer_gss_code
            where near.gss_code = '{code}'
                and (peer_group_id = 'ons_nearest_neighbours' or '{match}' = 'childrens_social_care')
            group by all
        ), country as (
            select measure_id, median(value) as middle, median(value) filter (
                region = (select region from marts.dim_council where gss_code = '{code}')
                and gss_code <> '{code}') as area
            from held inner join marts.dim_council using (gss_code) where is_rankable group by all
        )
        select held.measure_id as key, plain(held.value) as value, coalesce(held.grade, '–') as grade,
            plain(ons.middle) || ' ' || plain(dfe.middle) || ' ' || plain(country.area) as peers,
            plain(country.middle) as england
        from held
        inner join country using (measure_id)
        left join others as ons on held.measure_id = ons.measure_id and ons.peer_group_id =
            'ons_nearest_neighbours'
        left join others as dfe on held.measure_id = dfe.measure_id and dfe.peer_group_id =
            'dfe_statistical_neighbours'
        where held.gss_code = '{code}'""",
    "certainty": """
        select ranking_id as key, span(rank_p05, rank_p95, ranked_councils) as likely,
            span(choices_rank_p05, choices_rank_p95, ranked_councils) as choices,
            span(noise_rank_p05, noise_rank_p95, ranked_councils) as noise,
            span(next_edition_rank_p05, next_edition_rank_p95, ranked_councils) as next,
            n0(100 * probability_top_quartile) as quarter
        from marts.fct_rank_band inner join ({shown}) using (ranking_id, edition)
        where gss_code = '{code}'""",
    "for-less": """
        select own.ranking_id || ':' || other.gss_code as key, n1(other.outcome_score) as outcome,
            n1(own.outcome_score) as own_outcome, n0(other.spend_per_head_gbp) as per_head,
            n0(own.spend_per_head_gbp) as own_per_head
        from marts.fct_ranking as own
        inner join ({shown}) using (ranking_id, edition)
        inner join marts.bridge_council_peer as near
            on near.gss_code = own.gss_code and near.peer_group_id = 'ons_nearest_neighbours'
        inner join marts.fct_ranking as other
            on other.gss_code = near.peer_gss_code and other.edition = own.edition
            and other.ranking_id = own.ranking_id
        where own.gss_code = '{code}' and own.productivity_rank is not null
            and other.productivity_rank is not null and other.outcome_score > own.outcome_score
            and other.spend_index < own.spend_index""",
    "moves": """
        select measure_id as key, plain(value) as value, apart(value_for_rank_above_band, value) as needed
        from marts.fct_what_would_move_it
        where edition = '{edition}' and gss_code = '{code}' and value_for_rank_above_band is not null""",
    "missing-figures": """
        select measure_id as key, missing(missing_reason) as reason from marts.fct_measure_grade
        where edition = '{edition}' and gss_code = '{code}' and is_active and ranking_kind = 'lens'
            and missing_reason is not null""",
    "waterfall-(.*)": """
        with own as (
            select *, (exp(ln_productivity_change) - 1) / ln_productivity_change * 100 as scale
            from marts.fct_change
            where edition = '{edition}' and gss_code = '{code}' and ranking_id = '{match}'
        ), parts as (
            select 1 as turn, 'outcome' as key, ln_outcome_change * scale as points from own
            union all select 2, 'cash', -ln_cash_change * scale from own
            union all select 3, 'population', ln_population_change * scale from own
            union all select 4, case when ln_prices_change is null then 'england_spend' else 'prices' end,
                coalesce(ln_prices_change, ln_england_spend_change) * scale from own
        )
        select 'before' as key, '100.0' as points, '100.0' as level
        union all select key, plus(n1(points)), n1(100 + sum(points) over (order by turn)) from parts
        union all select 'now', n1(now), n1(now)
        from (select 100 + productivity_change_pct as now from own)""",
    "peers": """
        with near as (
            select 'ons' as kind, peer_gss_code as other from marts.bridge_council_peer
            where gss_code = '{code}' and peer_group_id = 'ons_nearest_neighbours' and peer_order <= 10
            union all
            select 'dfe', peer_gss_code from marts.bridge_council_peer
            where gss_code = '{code}' and peer_group_id = 'dfe_statistical_neighbours'
            union all
            select 'region', others.gss_code from marts.dim_council as own
            inner join marts.dim_council as others using (region)
            where own.gss_code = '{code}' and others.gss_code <> own.gss_code and others.is_rankable
        )
        select near.kind || ':' || near.other as key, standing(place, low, high, n, '') as rank,
            n1(productivity_index) as index, coalesce(n0(100 * probability_above), '–') as above
        from near inner join standings on near.other = standings.gss_code
        left join marts.fct_neighbour_probability as chance
            on chance.edition = standings.edition and chance.gss_code = '{code}' and chance.ranking_id =
                'overall'
            and chance.peer_gss_code = near.other and chance.peer_group_id = 'ons_nearest_neighbours'
        where standings.edition = '{edition}' and standings.ranking_id = 'overall'""",
    "trend-outcome-(.*)": """
        select own.edition as key, n1(own.outcome_score) as outcome,
            (select n1(median(others.outcome_score)) from marts.fct_ranking as others
             inner join marts.bridge_council_peer as near on others.gss_code = near.peer_gss_code
             where near.gss_code = '{code}' and near.peer_group_id = 'ons_nearest_neighbours' and
                 peer_order <= 10
             and others.edition = own.edition and others.ranking_id = own.ranking_id) as outcome_peers,
            (select n1(median(others.outcome_score)) from marts.fct_ranking as others
             where others.edition = own.edition and others.ranking_id = own.ranking_id
             and others.productivity_rank is not null) as outcome_england
        from marts.fct_ranking as own
        inner join marts.dim_ranking_edition as status using (edition, ranking_id)
        where own.gss_code = '{code}' and own.ranking_id = '{match}' and status.is_scored""",
    "trend-spend-(.*)": """
        select own.edition as key, n2(own.spend_index) as spend_index,
            (select n2(median(others.spend_index)) from marts.fct_ranking as others
             inner join marts.bridge_council_peer as near on others.gss_code = near.peer_gss_code
             where near.gss_code = '{code}' and near.peer_group_id = 'ons_nearest_neighbours' and
                 peer_order <= 10
             and others.edition = own.edition and others.ranking_id = own.ranking_id) as spend_peers,
            n0(own.spend_per_head_gbp) as per_head, n0(own.england_spend_per_head_gbp) as per_head_england
        from marts.fct_ranking as own
        inner join marts.dim_ranking_edition as status using (edition, ranking_id)
        where own.gss_code = '{code}' and own.ranking_id = '{match}' and status.is_scored""",
    "(adult_social_care|childrens_services|valuing_care)-years": """
        select edition as key, standing(productivity_rank, rank_p05, rank_p95, ranked_councils, '') as rank,
            n1(outcome_score) as outcome, n0(spend_per_{head}_gbp) as per_head,
            n0(england_spend_per_{head}_gbp) as england, n0(peer_spend_per_{head}_gbp) as peers
        from marts.fct_{match} where gss_code = '{code}'""",
    "grip": """
        select edition as key, plus(n1(over_budget_pct)) as over, plus(n1(england_over_budget_pct)) as england
        from marts.fct_adult_social_care_financial_grip where gss_code = '{code}'""",
    "(.*)-context": """
        select figure_id as key, coalesce(missing(missing_reason), plain(value)) as value,
            plain(peer_median) as peers
        from marts.fct_context_figure where ranking_id = '{match}' and gss_code = '{code}' and edition = (
            select max(edition) from marts.fct_context_figure
            where ranking_id = '{match}' and gss_code = '{code}' and value is not null)""",
    "transfers-years": """
        select edition as key, n0(months_held) as months, n0(delayed_days) as days,
            n1(delayed_beds_per_day_per_100k_adults) as rate,
            n1(peer_delayed_beds_per_day_per_100k_adults) as peers
        from marts.fct_delayed_transfers where gss_code = '{code}'""",
    "parts-overall-(.*)": """
        with own as (
            select * from marts.fct_position_decomposition where edition = '{edition}' and gss_code = '{code}'
            and ranking_id = 'overall' and reference_kind = '{match}' and reference_gss_code = {reference}
        )
        select component_kind || ':' || component_ranking_id as key,
            plus(n1(sum(contribution_pct))) as points, plus(n3(sum(ln_contribution))) as ln
        from own group by component_kind, component_ranking_id
        union all select 'sum', plus(n1(sum(contribution_pct))), plus(n3(sum(ln_contribution)))
        from own having count(*) > 0""",
    "parts-(.*)-(england|neighbour)": """
        with own as (
            select * from marts.fct_position_decomposition where edition = '{edition}' and gss_code = '{code}'
            and ranking_id = '{match}' and reference_kind = '{match2}' and reference_gss_code = {reference}
        )
        select component_kind || ':' || component_id as key, plus(n1(sum(contribution_pct))) as points,
            plus(n3(sum(ln_contribution))) as ln
        from own group by component_kind, component_id
        union all select 'sum', plus(n1(sum(contribution_pct))), plus(n3(sum(ln_contribution)))
        from own having count(*) > 0""",
}
DOMAINS = {
    "adult_social_care": "quality_of_life independence prevention experience",
    "childrens_services": "referral protection care leaving_care youth_justice",
    "valuing_care": "education emotional_health care_leavers",
}
HEADS = {"adult_social_care": "adult", "childrens_services": "child", "valuing_care": "looked_after_child"}
REFERENCE = """(
    select arg_min(parts.reference_gss_code, coalesce(near.peer_order, 0))
    from marts.fct_position_decomposition as parts
    left join marts.bridge_council_peer as near
        on near.gss_code = parts.gss_code and near.peer_gss_code = parts.reference_gss_code
        and near.peer_group_id = 'ons_nearest_neighbours'
    where parts.edition = '{edition}' and parts.gss_code = '{code}' and parts.ranking_id = '{lens}'
        and parts.reference_kind = '{kind}')"""

RANKING = """
    select gss_code as key, standing(place, low, high, n, '') as rank, n1(productivity_index) as index,
        companion{more}
    from standings where edition = '{edition}' and ranking_id = '{lens}'"""
LENS_MORE = (
    ", n1(outcome_score) as outcome, n2(spend_index) as spend_index, n0(spend_per_head_gbp) as per_head"
)


class Reader(HTMLParser):
    """Reads the tables of a page back: part, row and column to the text of the cell, small print left out."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__()
        self.tables: Cells = {}
        self.open: list[str] = []
        self.rows: dict[str, dict[str, str]] = {}
        self.columns: list[str] = []
        self.row: dict[str, str] = {}
        self.cell: list[str] | None = None
        self.at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a table, a row or a cell begins."""
        held = dict(attrs)
        if tag in ("td", "th", "tr"):
            self.end_cell()
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.rows = self.tables.setdefault(held.get("data-part") or "", {})
            self.columns = []
        elif tag == "th" and "data-col" in held:
            self.columns.append(held["data-col"] or "")
        elif tag == "tr" and "data-key" in held:
            assert held["data-key"] not in self.rows, f"two rows of the key {held['data-key']}"
            self.row = self.rows[held["data-key"] or ""] = {}
            self.at = 0
        elif tag in ("td", "th"):
            self.cell = []

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        if tag in VOID:
            return
        while self.open and self.open.pop() != tag:
            pass
        if tag in ("td", "th", "tr", "tbody"):
            self.end_cell()

    def end_cell(self) -> None:
        """Keep what a cell said; it ends where the next one begins."""
        if self.cell is not None:
            if self.at < len(self.columns):
                self.row[self.columns[self.at]] = " ".join("".join(self.cell).split())
            self.at += 1
            self.cell = None

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self.cell is not None and "small" not in self.open and "svg" not in self.open:
            self.cell.append(data)


def tables_of(path: Path) -> Cells:
    """Every table of a page."""
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.tables


def write_as_pages(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the macros that write numbers as the pages should."""
    for statement in MACROS.strip().split(";\n"):
        connection.execute(statement)


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, with macros that write numbers as the pages should."""
    if not DATABASE.exists():
        pytest.skip("warehouse/council_productivity.duckdb is not there: run make index first")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        write_as_pages(connection)
        connection.execute(f"create temporary view standings as {LENS_STANDING}")
        yield connection


def compared(
    marts: duckdb.DuckDBPyConnection, shown: dict[str, dict[str, str]], query: str, where: str
) -> int:
    """Compare one table with what a query gives; returns how many cells were compared."""
    cursor = marts.execute(query)
    names = [column[0] for column in cursor.description]
    expected = {row[0]: dict(zip(names[1:], row[1:], strict=True)) for row in cursor.fetchall()}
    assert set(shown) == set(expected), f"{where}: rows differ: {sorted(set(shown) ^ set(expected))[:5]}"
    count = 0
    for key, cells in expected.items():
        for column, text in cells.items():
            found = shown[key][column]
            begins = text in ("Not ranked: ", "None: ")
            same = found.startswith(text) if begins else found == text
            assert same, f"{where}, {key}, {column}: the page says {found!r}, the marts {text!r}"
            count += 1
        # A number in a column that nobody compared would go unseen.
        unseen = [
            c for c, found in shown[key].items() if c not in cells and re.fullmatch(r"[−+]?[\d,.]+", found)
        ]
        assert not unseen, f"{where}, {key}: nothing compares {unseen}"
    return count


# What the profile shows of each ranking: the newest edition in which councils are ranked, or the page's own.
SHOWN = """
    select ranking_id, max(edition) as edition from marts.fct_ranking
    where gss_code = '{code}' and ranking_kind <> 'module' and {only} group by ranking_id"""


def expectation(part: str, code: str, edition: str, is_first_page: bool = False) -> str | None:
    """The query for a part of a council's report."""
    shown = SHOWN.format(code=code, only="ranked_councils > 0" if is_first_page else f"edition = '{edition}'")
    if module := re.fullmatch("(.*)-domains", part):
        domains = DOMAINS[module[1]].split()
        mart = f"marts.fct_{module[1]}"
        newest = f"(select max(edition) from {mart} where gss_code = '{code}' and outcome_score is not null)"
        rows = [("all", "outcome_score", "peer_outcome_score")]
        rows += [(domain, f"{domain}_score", f"peer_{domain}_score") for domain in domains]
        return " union all ".join(
            f"select '{key}' as key, n1({own}) as score, n1({peer}) as peers from marts.fct_{module[1]} "
            f"where gss_code = '{code}' and edition = {newest}"
            for key, own, peer in rows
        )
    for pattern, query in REPORT.items():
        if match := re.fullmatch(pattern, part):
            groups = [*match.groups(), "", ""]
            lens, kind = (
                ("overall", groups[0]) if part.startswith("parts-overall") else (groups[0], groups[1])
            )
            reference = REFERENCE.format(edition=edition, code=code, lens=lens, kind=kind)
            # An older edition's report has value, grade, peers and England once, in the tables of its spine.
            if part.startswith("measures-") and not is_first_page:
                query = f"select key, next, band from ({query})"
            return query.format(
                edition=edition,
                code=code,
                match=groups[0],
                match2=groups[1],
                reference=reference,
                head=HEADS.get(groups[0], ""),
                shown=shown,
            )
    return None


@pytest.mark.parametrize(
    ("page", "slug", "edition"),
    [
        ("leicestershire", "leicestershire", ""),
        ("leicestershire-2019-20", "leicestershire", "2019-20"),
        ("leicestershire-2016-17", "leicestershire", "2016-17"),
        ("wigan", "wigan", ""),
        ("wigan-2023-24", "wigan", "2023-24"),
        ("cumberland", "cumberland", ""),
        ("dorset-to-2019", "dorset-to-2019", "2018-19"),
    ],
)
def test_every_number_of_a_report_is_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, headline: str, page: str, slug: str, edition: str
) -> None:
    """Every table of a council's report, read back out of the page; without an edition, the headline's."""
    count = 0
    for part, shown in tables_of(small_site / "councils" / f"{page}.html").items():
        query = expectation(part, CODES[slug], edition or headline, page == slug)
        assert query, f"nothing is expected of the table {part}"
        count += compared(marts, shown, query, f"{page}, {part}")
    assert count > 300


@pytest.mark.parametrize(
    ("page", "lens", "edition"),
    [
        ("overall", "overall", ""),
        ("overall-2019-20", "overall", "2019-20"),
        ("waste-recycling", "waste_recycling", ""),
        ("health-social-care-interface", "health_social_care_interface", ""),
        ("older-people", "older_people", ""),
        ("older-people-2021-22", "older_people", "2021-22"),
    ],
)
def test_the_full_list_is_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, page: str, lens: str, edition: str
) -> None:
    """Every council of a lens page, ranked or not; without an edition, of the newest with ranks in it."""
    if not edition:
        newest = "select max(edition) from marts.fct_ranking where ranking_id = ? and productivity_rank = 1"
        [(edition,)] = marts.execute(newest, [lens]).fetchall()
    shown = tables_of(small_site / "lenses" / f"{page}.html")["ranking"]
    more = ", parts" if lens == "overall" else LENS_MORE
    assert compared(marts, shown, RANKING.format(edition=edition, lens=lens, more=more), page) > 400


def test_what_decides_a_ranking_is_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, headline: str
) -> None:
    """Weights in effect, the heaviest first, and the sentence of what decides, in an edition of its own."""
    for page, ranking, edition in (
        ("overall", "overall", headline),
        ("older-people-2021-22", "older_people", "2021-22"),
    ):
        path = small_site / "lenses" / f"{page}.html"
        query = f"""
            select subject_id as key, n1(100 * nominal_weight) as given, n1(100 * effective_weight) as effect
            from marts.fct_effective_weight where edition = '{edition}' and ranking_id = '{ranking}'"""
        shown = tables_of(path)["weights"]
        assert compared(marts, shown, query, page) > 6
        heaviest_first = marts.execute(f"{query} order by effective_weight desc").fetchall()
        assert list(shown) == [row[0] for row in heaviest_first], page
        said = marts.execute(f"""
            select n0(100 * spend_share), n0(median_band_width)
            from marts.fct_spend_share inner join marts.fct_rank_band_summary using (edition, ranking_id)
            where edition = '{edition}' and ranking_id = '{ranking}'""").fetchall()
        html = path.read_text(encoding="utf-8")
        for share, width in said:
            assert f"{share} % of the spread of productivity comes from spend" in html
            assert f"Half of the ranges are {width} places wide or wider" in html


@pytest.mark.usefixtures("marts")
def test_one_row_for_each_ranking_and_edition_of_what_decides() -> None:
    """A join without its edition would say it once for every edition."""
    figures = Figures(DATABASE, ROOT / "site_src" / "queries")
    told = [(row["edition"], row["ranking_id"]) for row in figures.rows("spend_share")]
    assert len(told) == len(set(told)) > 0


def test_the_half_in_which_a_range_lies_is_that_of_both_ends(
    marts: duckdb.DuckDBPyConnection, small_site: Path, headline: str
) -> None:
    """The map counts a council in a half only where its whole range lies there."""
    shown = tables_of(small_site / "index.html")["map"]
    query = f"""
        select
            count(*) filter (where high <= n / 2),
            count(*) filter (
                where (high > n / 2 and low <= (n + 1) / 2) or (low is null and place is not null)
            ),
            count(*) filter (where low > (n + 1) / 2),
            count(*) filter (where place is null)
        from standings where edition = '{headline}' and ranking_id = 'overall'"""
    assert [int(row["councils"]) for row in shown.values()] == list(marts.execute(query).fetchall()[0])


def test_the_home_page_is_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, headline: str
) -> None:
    """The top ten of the home page, and the councils counted on its map."""
    tables = tables_of(small_site / "index.html")
    query = f"""
        select top.gss_code as key, standing(productivity_rank, rank_p05, rank_p95, ranked_councils, '')
            as rank,
            n1(productivity_index) as index, parts
        from marts.fct_ranking as top
        inner join (select gss_code, edition, ranking_id, parts from standings) using (gss_code, edition,
            ranking_id)
        where edition = '{headline}' and ranking_id = 'overall' and productivity_rank <= 10"""
    assert compared(marts, tables["top-ten"], query, "home") == 30
    live = f"select count(*) from marts.fct_ranking where ranking_id = 'overall' and edition = '{headline}'"
    assert [(sum(int(row["councils"]) for row in tables["map"].values()),)] == marts.execute(live).fetchall()


def test_measure_pages_are_the_marts(marts: duckdb.DuckDBPyConnection, small_site: Path) -> None:
    """Values and spread of a measure of a lens and of a module."""
    for measure in ("waste_recycling_rate", "children_emotional_health", "placements_dental_checks"):
        tables = tables_of(small_site / "measures" / f"{measure.replace('_', '-')}.html")
        once = (
            "(select distinct * exclude (ranking_id, ranking_kind, domain_id) from marts.fct_measure_grade)"
        )
        held = f"from {once} where measure_id = '{measure}' and is_active"
        query = f"""select gss_code as key, coalesce(missing(missing_reason), plain(value)) as value,
            coalesce(grade, '–') as grade {held}
            and edition = (select max(edition) {held} and value is not null)"""
        assert compared(marts, tables["values"], query, measure) > 280
        query = f"""select edition as key, count(value) || ' of ' || count(*) as held,
            plain(quantile_cont(value, 0.05)) as p05, plain(quantile_cont(value, 0.25)) as p25,
            plain(median(value)) as median, plain(quantile_cont(value, 0.75)) as p75,
            plain(quantile_cont(value, 0.95)) as p95
            from {once} inner join marts.dim_council using (gss_code)
            where measure_id = '{measure}' and is_active and is_rankable group by edition"""
        assert compared(marts, tables["spread"], query, measure) > 15


def test_delayed_discharges_are_the_marts(marts: duckdb.DuckDBPyConnection, small_site: Path) -> None:
    """Shares by month of England and a council, the counts behind them, and every council's newest month."""
    mart = "marts.fct_delayed_discharge_month"
    own = f"{mart} where gss_code = 'E10000018'"
    england = tables_of(small_site / "delayed-discharges" / "index.html")
    council = tables_of(small_site / "delayed-discharges" / "leicestershire.html")
    count = 0
    for part, measure in {
        "on-ready-date-pct": "on_ready_date_pct",
        "days-per-delayed-discharge": "days_per_delayed_discharge",
    }.items():
        query = f"select month as key, n1({measure}) as council, n1(england_{measure}) as england from {own}"
        count += compared(marts, council[part], query, part)
        # England worked out anew from the counts of the councils whose month is complete enough.
        worked = (
            "100 * sum(discharged_on_ready_date) / sum(discharges)"
            if part == "on-ready-date-pct"
            else "sum(bed_days_after_ready_date) / sum(discharged_delayed)"
        )
        query = f"""select month as key, n1({worked}) as england from {mart}
            where missing_reason is null group by month"""
        count += compared(marts, england[part], query, part)
    count += compared(
        marts,
        council["counts"],
        f"""select month as key, n0(discharges) as discharges, n0(discharged_on_ready_date) as
            discharged_on_ready_date, n0(bed_days_after_ready_date) as bed_days_after_ready_date,
            n0(100 * share_of_expected) as share_of_expected_pct from {own}""",
        "counts",
    )
    count += compared(
        marts,
        england["councils"],
        f"""select gss_code as key,
            case when missing_reason is null then n1(on_ready_date_pct) else 'not comparable' end as
                on_ready_date_pct,
            case when missing_reason is null then n1(days_per_delayed_discharge) else 'not comparable' end as
                days_per_delayed_discharge,
            n0(100 * share_of_expected) as complete
            from {mart} where month = (select max(month) from {mart})""",
        "councils",
    )
    assert count > 12 * 4 + 12 * 2 + 12 * 4 + 400
    report = (small_site / "councils" / "leicestershire.html").read_text(encoding="utf-8")
    assert 'href="../delayed-discharges/leicestershire.html"' in report


@pytest.mark.parametrize(("page", "code"), [("index", "E92000001"), ("leicestershire", "E10000018")])
def test_the_ten_charts_are_the_marts(
    marts: duckdb.DuckDBPyConnection, small_site: Path, page: str, code: str
) -> None:
    """The tables under the charts of delayed transfers, read from the mart of areas and months."""
    tables = tables_of(small_site / "delayed-transfers" / f"{page}.html")
    own = f"where area_code = '{code}'"
    count = 0
    for part, query in {
        "days": f"""select month as key, n0(delayed_days) as delayed_days, n0(twelve_month_mean_days)
            as twelve_month_mean_days from marts.fct_delayed_transfers_area_month {own}""",
        "movement": f"""select month as key, n0(movement_days) as movement_days
            from marts.fct_delayed_transfers_area_month {own}""",
        "trend": f"""select month as key, n2(delayed_beds_per_day_per_100k_adults) as rate,
            n2(twelve_month_mean_per_100k_adults) as mean_rate
            from marts.fct_delayed_transfers_area_month {own}""",
        "responsible": f"""select month as key, n0(delayed_days_nhs) as days_nhs,
            n0(delayed_days_social_care) as days_social_care, n0(delayed_days_both) as days_both
            from marts.fct_delayed_transfers_area_month {own}""",
        "reasons": f"""with year as (
                select reason, sum(days) as days from (
                    unpivot marts.fct_delayed_transfers_area_month
                    on columns('delayed_days_(awaiting_.*|patient.*|disputes|housing|other)')
                    into name column_name value days
                ), lateral (select substr(column_name, 14) as reason) {own}
                and month > '2018-11' group by reason)
            select reason as key, n0(days) as days, n1(100 * days / (select sum(days) from year)) as
                share from year""",
        "spread": f"""select month as key, n2(any_value(own)) as rate, n2(quantile_cont(rate, 0.05)) as
            rate_p05, n2(median(rate)) as rate_median, n2(quantile_cont(rate, 0.95)) as rate_p95
            from (select gss_code, month, delayed_beds_per_day_per_100k_adults as rate
                from marts.fct_delayed_transfers_month)
            inner join marts.dim_council using (gss_code)
            left join (select month, delayed_beds_per_day_per_100k_adults as own
                from marts.fct_delayed_transfers_area_month {own}) using (month)
            where is_rankable and rate is not null group by month""",
    }.items():
        count += compared(marts, tables[part], query, f"{page}, {part}")
    assert count > 700
    assert {
        "days",
        "movement",
        "trend",
        "responsible",
        "reasons",
        "areas",
        "spread",
        "falls",
    } <= set(tables)


def test_what_the_figures_say_is_the_marts(marts: duckdb.DuckDBPyConnection, small_site: Path) -> None:
    """The sentences about a council's standing and change, from the marts."""
    html = (small_site / "councils" / "leicestershire-2019-20.html").read_text(encoding="utf-8")
    rank, low, high = marts.execute("""
        select standing(place, low, high, n, ''), range_end(productivity_change_pct_p05),
            range_end(productivity_change_pct_p95)
        from standings inner join marts.fct_change as changes using (edition, gss_code, ranking_id)
        where edition = '2019-20' and gss_code = 'E10000018' and ranking_id = 'overall'""").fetchall()[0]
    assert f"Overall Leicestershire ranks {rank} in 2019-20" in html
    assert f"likely {low} % to {high} %" in html


def test_editions_and_lenses_without_a_ranking_are_named(
    marts: duckdb.DuckDBPyConnection, small_site: Path, headline: str
) -> None:
    """Each lens that the headline edition does not score, with its last ranking; that no change is shown."""
    lenses = marts.execute(f"""
        select ranking_id, ranking_name, max(ranked.edition)
        from marts.dim_ranking as lenses
        inner join marts.fct_ranking as ranked using (ranking_id)
        where lenses.ranking_kind = 'lens' and ranked.productivity_rank is not null
        group by ranking_id, ranking_name
        having not bool_or(ranked.edition = '{headline}')""").fetchall()
    pages = ("index", "lenses/overall", "councils/leicestershire", f"councils/leicestershire-{headline}")
    home, overall, council, moved = (
        (small_site / f"{page}.html").read_text(encoding="utf-8") for page in pages
    )
    assert 'href="leicestershire.html"' in moved
    assert f"Overall top ten, {headline}" in home
    for ranking_id, ranking_name, last in lenses:
        page = ranking_id.replace("_", "-")
        begins = f"{ranking_name} is not scored in {headline}: "
        ends = "Councils were last ranked in it in {}."
        for html, link in (
            (home, f"lenses/{page}.html"),
            (overall, f"../lenses/{page}.html"),
            (council, f"leicestershire-{last}.html"),
        ):
            [sentence] = re.findall(rf"{begins}.*?</a>\.", html)
            assert sentence.endswith(ends.format(f'<a href="{link}">{last}</a>'))
        own = (small_site / "lenses" / f"{page}.html").read_text(encoding="utf-8")
        assert f"Councils were last ranked in it in {last}: in " in own
    for html in (home, overall, council):
        assert html.count(f"is not scored in {headline}: ") == len(lenses)
    # Overall, no change is shown where no council has one, and the same reason is told everywhere.
    [(compared,)] = marts.execute(
        f"select count(*) from marts.fct_change where edition = '{headline}' and ranking_id = 'overall'"
    ).fetchall()
    told = f"No change is shown to {headline} in the overall ranking: "
    [(ranked,)] = marts.execute(
        "select productivity_rank is not null from marts.fct_ranking "
        "inner join marts.dim_council using (gss_code) "
        f"where council_name = 'Leicestershire' and edition = '{headline}' and ranking_id = 'overall'"
    ).fetchall()
    asked = (home, overall, *([council] if ranked else []))
    reasons = {html.partition(told)[2].partition(".")[0] for html in asked if told in html}
    assert sum(told in html for html in asked) == (0 if compared else len(asked))
    assert len(reasons) <= 1


def test_every_edition_of_a_page_has_an_address(
    marts: duckdb.DuckDBPyConnection, small_site: Path, headline: str
) -> None:
    """Each report and lens stands at its own edition's address; the one shown first is led on from there."""
    reports = [
        (f"councils/{slug}", editions, headline if headline in editions else None)
        for slug, code in CODES.items()
        for [(editions,)] in [
            marts.execute(f"""
                select list(edition order by edition) from marts.fct_ranking
                where ranking_id = 'overall' and gss_code = '{code}'""").fetchall()
        ]
    ]
    lenses = [
        (f"lenses/{lens.replace('_', '-')}", editions, editions[-1])
        for lens, editions in marts.execute(
            "select ranking_id, list(distinct edition order by edition) from marts.fct_ranking "
            "where ranking_kind <> 'module' and productivity_rank is not null group by ranking_id"
        ).fetchall()
    ]
    assert len(lenses) == 7
    for stem, editions, shown in reports + lenses:
        # A council made or ended since is shown in the newest of its editions with an overall ranking.
        ranked = [edition for edition in editions if edition <= headline]
        first = shown or (ranked or editions)[-1]
        for edition in editions:
            html = (small_site / f"{stem}-{edition}.html").read_text(encoding="utf-8")
            leads_on = re.findall(r'http-equiv="refresh" content="0; url=(.*)"', html)
            assert leads_on == ([f"{stem.partition('/')[2]}.html"] if edition == first else []), stem
            assert (small_site / f"{stem}-{edition}.csv").exists()
        html = (small_site / f"{stem}.html").read_text(encoding="utf-8")
        assert re.findall('aria-current="page">(.*?)<', html) == [first] * (len(editions) > 1)
        assert (small_site / f"{stem}.csv").read_text() == (small_site / f"{stem}-{first}.csv").read_text()


def test_the_csv_of_a_page_is_its_tables(small_site: Path) -> None:
    """A report's CSV holds a line for each row of its tables, pictures aside, and nothing else."""
    for page in ("wigan", "wigan-2021-22"):
        with (small_site / "councils" / f"{page}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        assert len(set(lines[0])) == len(lines[0]), f"{page}: a name is that of two columns"
        assert {len(line) for line in lines} == {len(lines[0])}
        rows = [{name: cell for name, cell in zip(lines[0], line, strict=True) if cell} for line in lines[1:]]
        shown = tables_of(small_site / "councils" / f"{page}.html")
        held = Counter(row["part"] for row in rows)
        # Of a first page, tables of the spine that say what those of the measures say are left out.
        assert all(held[part] in {0, len(table)} for part, table in shown.items())
        missing = {part for part, table in shown.items() if table and not held[part]}
        assert all(part.startswith("spine-") for part in missing)
        assert (page == "wigan") or not missing
        # The rows of a table are in its order, and the first cell of each is its name.
        for lens, row in zip(
            shown["standing"], (row for row in rows if row["part"] == "standing"), strict=True
        ):
            cells = shown["standing"][lens]
            assert row["rank"] == cells["rank"]
            for column in ("index", "per_head"):
                assert row.get(column, "") == plain_figure(cells[column])
        measures = "measures" if page == "wigan" else "spine"
        peers = {
            column
            for row in rows
            if row["part"] == f"{measures}-childrens_social_care"
            for column in row
            if "peers" in column
        }
        assert peers == {"peers_ons", "peers_dfe", "peers_region"}


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("\u221216", "-16"),
        ("\u22123.4", "-3.4"),
        ("1,081", "1081"),
        ("12,345,678", "12345678"),
        ("+7", "7"),
        ("\u2013", ""),
        ("23rd, likely 12th to 41st of 149", "23rd, likely 12th to 41st of 149"),
        ("=1+1", "'=1+1"),
        ("-a", "'-a"),
    ],
)
def test_a_pages_csv_holds_figures_that_programs_read(shown: str, written: str) -> None:
    """What is a number on the page is one in its CSV, and no text is a formula."""
    assert plain_figure(shown) == written


def local_links(html: str) -> list[str]:
    """What a page points to: pages, styles, scripts, files."""
    return [link.replace("&amp;", "&") for link in re.findall(r'\b(?:href|src)="([^"]*)"', html)]


def test_links_resolve_and_nothing_comes_from_outside(small_site: Path) -> None:
    """Every link inside the site leads to a file and the part it names; nothing is loaded from elsewhere."""
    ids = {
        path: set(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))
        for path in small_site.rglob("*.html")
    }
    checked = 0
    for path in ids:
        html = path.read_text(encoding="utf-8")
        assert len(re.findall(r'\bid="([^"]+)"', html)) == len(ids[path]), f"{path.name} uses an id twice"
        for address in local_links(html):
            if address.startswith(("https:", "http:")):
                # Only a link that a reader follows may lead outside.
                assert f'<a href="{address}"' in html, f"{path.name} loads {address}"
                continue
            if address.startswith("data:,"):
                continue
            file, fragment = urldefrag(address)
            target = (path.parent / unquote(file)).resolve() if file else path
            assert target.exists(), f"{path.relative_to(small_site)} links to {address}"
            assert target.is_relative_to(small_site.resolve()), (
                f"{path.name} links out of the site: {address}"
            )
            if fragment and "=" not in fragment:
                assert fragment in ids[target], f"{path.relative_to(small_site)} links to {address}"
            checked += 1
        assert not re.search(r"@import|url\(|<iframe|<object|<embed|srcset=|fetch\(|XMLHttpRequest", html), (
            path.name
        )
    for asset in (small_site / "assets").iterdir():
        # A picture names the language that it is written in; nothing asks for that address.
        content = asset.read_text(encoding="utf-8").replace(' xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?://|@import|url\(|fetch\(|XMLHttpRequest", content), asset.name
    assert checked > 3_000


def test_tables_have_captions_and_scopes(small_site: Path) -> None:
    """Every table has a caption, every heading cell a scope, every page one first heading and a language."""
    for path in small_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert html.count("<table") == html.count("<caption"), path.name
        assert not re.search(r"<th(?![a-z])(?![^>]*scope=)", html), path.name
        assert html.count("<h1>") == 1, path.name
        assert '<html lang="en-GB">' in html


def test_charts_are_numbered_page_by_page(small_site: Path) -> None:
    """Whichever process draws a page, and whatever it drew before, the page has the same bytes."""
    for path in small_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        numbers = [int(found) for found in re.findall(r'<title id="t(\d+)"', html)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), path.name


def test_every_mart_can_be_downloaded(marts: duckdb.DuckDBPyConnection, small_site: Path) -> None:
    """Parquet for every mart, with as many rows; every column has a description."""
    page = tables_of(small_site / "downloads.html")
    tables = [
        name
        for (name,) in marts.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts'"
        ).fetchall()
    ]
    assert set(page["downloads"]) == set(tables)
    for table in tables:
        (rows,) = marts.execute(f"select count(*) from marts.{table}").fetchall()[0]
        file = small_site / "downloads" / f"{table}.parquet"
        assert marts.execute(f"select count(*) from '{file}'").fetchall()[0] == (rows,)
        assert page["downloads"][table]["rows"] == f"{rows:,}"
        assert page["downloads"][table]["about"]
    undescribed = [key for key, row in page["dictionary"].items() if not row["about"]]
    assert not undescribed


def test_the_site_is_put_in_place_whole(tmp_path: Path) -> None:
    """A render that fails leaves the last site as it was."""
    from scripts.site.__main__ import build

    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the last one")
    with pytest.raises(duckdb.Error):
        build(tmp_path / "absent.duckdb", tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "the last one"
