"""Who rose, who fell and who cannot be told from noise: the pages against the marts."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from test_pages import DATABASE, tables_of


def test_the_movers_pages_are_the_marts(small_site: Path) -> None:
    """Each ranking and edition with a change has its page: counts and lists, a fall as a rise."""
    with duckdb.connect(str(DATABASE), read_only=True) as marts:
        found = marts.execute("""
            with changes as (
                select edition, ranking_id, gss_code, change_verdict, productivity_change_pct as change
                from marts.fct_change
                union all
                select edition, ranking_id, gss_code, change_verdict, productivity_change_pct
                from marts.fct_module_change
                where change_verdict is not null
            )
            select edition, ranking_id, change_verdict, map(list(gss_code), list(round(change)))
            from changes group by all order by all""").fetchall()
    assert len({verdict for *_, verdict, _ in found}) == 3
    assert sum(len(councils) for *_, councils in found) > 7_000
    pages: dict[str, dict[str, int]] = {}
    for edition, ranking_id, verdict, councils in found:
        dated = small_site / "movers" / f"{ranking_id.replace('_', '-')}-{edition}.html"
        html = dated.read_text(encoding="utf-8")
        leads_on = re.search(r'content="0; url=(.*?)"', html)
        page = dated.with_name(leads_on[1]) if leads_on else dated
        shown = tables_of(page)[verdict]
        assert set(shown) == set(councils), f"{page.name}, {verdict}"
        for code, change in councils.items():
            said = float(shown[code]["change"].replace("\u2212", "-").replace(",", ""))
            assert said == pytest.approx(change, abs=0.51), f"{page.name}, {code}"
        ends = re.findall(r"<small>(\S+) to (\S+)</small>", page.read_text(encoding="utf-8"))
        assert len(ends) >= len(councils)
        assert not [pair for pair in ends if any(re.fullmatch(r"0\.0+", end) for end in pair)], page.name
        pages.setdefault(page.name, {})[verdict] = len(councils)
    for name, counts in pages.items():
        html = (small_site / "movers" / name).read_text(encoding="utf-8")
        rose, fell, noise = (
            counts.get(verdict, 0) for verdict in ("improved", "declined", "cannot_be_told_from_noise")
        )
        assert (
            f"{rose} rose by more than noise, {fell} fell by more than noise, and the change of {noise}"
            in html
        )
        assert f"Rose: {rose}<" in html
        assert f"Fell: {fell}<" in html
        assert f"Cannot be told from noise: {noise}<" in html
    index = tables_of(small_site / "movers" / "index.html")["counts"]
    assert {tuple(row[column] for column in ("rose", "fell", "noise")) for row in index.values()} == {
        tuple(
            f"{counts.get(verdict, 0)}" for verdict in ("improved", "declined", "cannot_be_told_from_noise")
        )
        for counts in pages.values()
    }
    assert len(index) == len({(edition, ranking_id) for edition, ranking_id, *_ in found})


def test_home_and_rankings_lead_to_the_movers(small_site: Path, headline: str) -> None:
    """The front page names the newest edition's counts; a lens and a module page have a link to the lists."""
    home = tables_of(small_site / "index.html")["movers"]
    assert set(home) >= {f"older_people-{headline}", f"valuing_care-{headline}"}
    compared_with = {row["since"] for row in home.values()}
    said = "a module with the first edition that divides by the same count of people."
    assert (said in (small_site / "index.html").read_text(encoding="utf-8")) >= (len(compared_with) > 1)
    for page, link in (
        ("index.html", "movers/index.html"),
        ("lenses/older-people.html", "../movers/older-people.html"),
        ("modules/valuing-care.html", "../movers/valuing-care.html"),
    ):
        assert f'href="{link}"' in (small_site / page).read_text(encoding="utf-8"), page


def test_england_in_five_charts_is_the_marts(small_site: Path) -> None:
    """Each lens in its newest edition, every edition in the table; the middle of spend, outcome and ratio."""
    page = small_site / "england.html"
    tables = tables_of(page)
    with duckdb.connect(str(DATABASE), read_only=True) as marts:
        found = marts.execute("""
            select ranking_id || '-' || edition, ranking_id,
                round(100 * (median(exp(ln_cash_change - ln_population_change)) - 1), 1),
                round(median(outcome_change_pct), 1), round(median(productivity_change_pct), 1)
            from marts.fct_change where ranking_id <> 'overall' group by edition, ranking_id order by edition
        """).fetchall()
    assert page.read_text(encoding="utf-8").count("<figure") == 5
    assert set(tables["history"]) == {key for key, *_ in found}
    newest = {}
    for key, ranking_id, *values in found:
        newest[ranking_id] = values
        cells = [tables["history"][key][column] for column in ("spend", "outcome", "productivity")]
        said = [float(cell.replace("\u2212", "-")) for cell in cells]
        assert said == pytest.approx(values, abs=0.051), key
    with duckdb.connect(str(DATABASE), read_only=True) as marts:
        basis = dict(
            marts.execute("""
                select ranking_id, arg_max(spend_basis, edition) filter (edition in (
                    select edition from marts.fct_change as change where change.ranking_id = own.ranking_id
                )) from marts.dim_ranking_edition as own group by ranking_id""").fetchall()
        )
    assert tables["money"]
    for ranking_id, row in tables["money"].items():
        assert ("(budget), " in row["lens"]) == (basis[ranking_id] == "budget"), ranking_id
    assert "(budget), " in tables["money"]["waste_recycling"]["lens"]
    for at, part in enumerate(("spend", "outcome", "productivity")):
        shown = {key: float(row["change"].replace("\u2212", "-")) for key, row in tables[part].items()}
        assert shown == pytest.approx({key: values[at] for key, values in newest.items()}, abs=0.051), part
