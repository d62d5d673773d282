"""What if: the browser ranks as SQL does, on a case worked by hand, every preset and settings at random.

SQL is ``analyses/what_if.sql``, the very file, compiled by dbt with the settings as its variable; the browser
opens the page of each edition and computes from the page's own file.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from conftest import ROOT
from visits import Visit

from scripts.build import DATABASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Setting = dict[str, Any]

LARGEST_FILE = 120_000
SEED = int(os.environ.get("WHAT_IF_SEED", "20261130"))
DRAWN = 200
# Two indices nearer than this may change places: the file of figures has eight or nine decimals.
APART = 1e-6
SPEND = ("raw", "need_adjusted", "three_year", "need_and_place")
MEAN = ("arithmetic", "power", "geometric")
SPREAD = ("frozen", "none")

# Three councils in two lenses at spend 1; a fourth spends too little to be compared in one and too much in
# the other. Older people: mean scores 80, 40 and 20 over the median 40 are 2, 1 and 1/2.
# Waste: 10, 20 and 40 are 1/2, 1 and 2.
CODES = ("E06000001", "E06000002", "E06000003", "E06000004")
SCORES = {
    "older_people": {"m1": (60, 40, 20, 50), "m2": (100, 40, None, 50)},
    "waste_recycling": {"m3": (10, 20, 40, 50)},
}
SCALES = {"older_people": 1, "waste_recycling": 0.5}
# Needs and place are not held for the third in older people; three years make its spend there half.
SPENT = {
    "older_people": {
        "raw": (1, 1, 1, 0.2),
        "need_adjusted": (1, 1, 0.25, 0.2),
        "three_year": (1, 1, 0.5, 0.2),
        "need_and_place": (1, 1, None, None),
    },
    "waste_recycling": dict.fromkeys(SPEND, (1, 1, 1, 4.1)),
}
# Setting, then index and rank of each council by its last digit, worked by hand.
WORKED: list[tuple[str, Setting, dict[int, tuple[float, int]]]] = [
    # P: (ln 2 - ln 2 / 2) / 2 = ln 2 / 4.
    ("as published", {}, {1: (2**0.25, 1), 2: (1, 2), 3: (2**-0.25, 3)}),
    ("unscaled: all tie", {"spread": "none"}, {1: (1, 1), 2: (1, 1), 3: (1, 1)}),
    # P: (ln 2 - 3 ln 2 / 2) / 4 = -ln 2 / 8.
    (
        "a weight",
        {"weights": {"waste_recycling": 3}},
        {1: (2**-0.125, 3), 2: (1, 2), 3: (2**0.125, 1)},
    ),
    ("a lens left out", {"weights": {"waste_recycling": 0}}, {1: (2, 1), 2: (1, 2), 3: (0.5, 3)}),
    # P has 60 instead of 80: (ln 1.5 - ln 2 / 2) / 2.
    (
        "a measure left out",
        {"left_out": ["m2"]},
        {1: ((1.5 / 2**0.5) ** 0.5, 1), 2: (1, 2), 3: (2**-0.25, 3)},
    ),
    # The third has no measure left in older people and is ranked on waste alone, ln 2 / 2; the others have
    # 100 and 40 there, with the median 70.
    (
        "nothing left of a lens for one",
        {"left_out": ["m1"]},
        {1: ((10 / 7 / 2**0.5) ** 0.5, 2), 2: ((4 / 7) ** 0.5, 3), 3: (2**0.5, 1)},
    ),
    # The root of 60 x 100 is 77.46.
    (
        "geometric",
        {"mean": "geometric"},
        {1: ((6000**0.5 / 40 / 2**0.5) ** 0.5, 1), 2: (1, 2), 3: (2**-0.25, 3)},
    ),
    # ((7.746 + 10) / 2) squared is 78.73.
    (
        "power",
        {"mean": "power"},
        {1: ((((60**0.5 + 10) / 2) ** 2 / 40 / 2**0.5) ** 0.5, 1), 2: (1, 2), 3: (2**-0.25, 3)},
    ),
    # The third has 20 / 0.5 = 40, as the second: 2, 1 and 1; it leads in waste.
    ("three years", {"spend": "three_year"}, {1: (2**0.25, 1), 2: (1, 3), 3: (2**0.25, 1)}),
    # 80, 40 and 80: median 80, so 1, 1/2 and 1.
    (
        "need",
        {"spend": "need_adjusted"},
        {1: (2**-0.25, 2), 2: (0.5**0.5, 3), 3: (2**0.25, 1)},
    ),
    # The third is in one lens only and not ranked; the medians are 60 in older people and 20 in waste.
    (
        "need and place",
        {"spend": "need_and_place"},
        {1: ((4 / 3 / 2**0.5) ** 0.5, 1), 2: ((2 / 3) ** 0.5, 2)},
    ),
]


def in_signs(values: Sequence[float | None], scale: float) -> str:
    """Numbers as the file of figures spells them: seven signs of base 36, dots for none."""
    spelt = ""
    for value in values:
        rest, word = round((value or 0) * scale), ""
        while rest:
            rest, sign = divmod(rest, 36)
            word = "0123456789abcdefghijklmnopqrstuvwxyz"[sign] + word
        spelt += "." * 7 if value is None else word.rjust(7, "0")
    return spelt


def worked_file() -> dict[str, Any]:
    """The case worked by hand as a file of figures."""
    standing = ("1st, likely 1st to 2nd of 3", "2nd, likely 1st to 3rd of 3", "3rd, likely 3rd of 3")
    ends = ((1, 2), (1, 3), (3, 3))
    return {
        "edition": "2018-19",
        "rules": {"spend_index_floor": 0.25, "spend_index_ceiling": 4, "overall_minimum_lenses": 2},
        "presets": [],
        "councils": [
            *(
                [code, f"Council {code[-1]}", standing[at], at + 1, *ends[at]]
                for at, code in enumerate(CODES[:3])
            ),
            [CODES[3], "Council 4", "Not ranked: too few lenses are ranked", None, None, None],
        ],
        "lenses": [
            {
                "id": lens,
                "name": lens,
                "weight": 1,
                "spend_weight": 1,
                "spread_scale": SCALES[lens],
                "spend": {name: in_signs(values, 1e9) for name, values in SPENT[lens].items()},
                "measures": [
                    {"id": name, "name": name, "weight": 1 / len(measures), "scores": in_signs(scores, 1e8)}
                    for name, scores in measures.items()
                ],
            }
            for lens, measures in SCORES.items()
        ],
        "peers": [{"id": "region", "name": "The region", "members": ["02", "", "00", ""]}],
    }


def for_browser(setting: Setting) -> Setting:
    """A setting of the analysis as the page names its parts."""
    named = {"left_out": "out", "peers": "among"}
    return {named.get(name, name): value for name, value in setting.items() if name != "edition"}


RANKED = """([file, settings]) => {
    const figures = WhatIf.read(file);
    return settings.map(asked => {
        const settings = Object.assign(WhatIf.published(figures), asked);
        settings.weights = Object.assign(WhatIf.published(figures).weights, asked.weights);
        const address = WhatIf.toAddress(figures, settings);
        const again = WhatIf.fromAddress(figures, "#" + address);
        if (WhatIf.toAddress(figures, again) !== address) { throw new Error("not the same: " + address); }
        const rows = WhatIf.ranking(figures, again);
        return { address: address, said: WhatIf.sentence(figures, again, rows), rows: rows };
    });
}"""


@pytest.fixture(scope="module")
def core(browser: Browser) -> Iterator[Page]:
    """An empty page with the functions that compute, and nothing else."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "site_src" / "assets" / "what_if_core.js")
    yield page
    page.close()


def compiled(folder: Path, settings: Sequence[Setting], **variables: int) -> str:
    """The analysis as dbt renders it for these settings."""
    command = [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "--quiet", "compile"]
    values = json.dumps({"what_if": settings, **variables})
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [*command, "--select", "what_if", "--vars", values, "--no-populate-cache"],
        cwd=ROOT,
        # DuckDB names the catalogue after the file: a file of that name that nobody else has open.
        env=os.environ
        | {
            "COUNCIL_PRODUCTIVITY_DATABASE": str(folder / DATABASE.name),
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_TARGET_PATH": str(folder),
            "DBT_LOG_PATH": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "compiled" / "council_productivity" / "analyses" / "what_if.sql").read_text("utf-8")


def by_setting(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[int, dict[str, tuple[Any, ...]]]:
    """What the analysis gives, by setting and council: index, rank, rank among peers, lenses counted."""
    found: dict[int, dict[str, tuple[Any, ...]]] = {}
    query = f"""select setting_id, gss_code, productivity_index, productivity_rank, peer_rank, lenses_counted
        from ({sql.strip()})"""
    for setting_id, code, *figures in connection.execute(query).fetchall():
        found.setdefault(setting_id, {})[code] = tuple(figures)
    return found


def worked_database(file: Path) -> None:
    """The case worked by hand in the tables that the analysis reads."""
    with duckdb.connect(str(file)) as connection:
        for statement in (
            "create schema staging",
            "create schema intermediate",
            "create schema marts",
            "create table marts.dim_edition as select '2018-19' as edition, true as is_headline",
            "create table staging.stg_register__rankings as "
            "select unnest(['older_people', 'waste_recycling']) as ranking_id, 'lens' as ranking_kind, "
            "1e0 as weight_in_overall",
            "create table intermediate.int_rankings__lens_spreads as "
            "select '2018-19' as edition, ranking_id, "
            "case ranking_id when 'older_people' then 1e0 else 0.5e0 end as spread_scale "
            "from staging.stg_register__rankings",
            "create table marts.fct_spend_variant (edition text, ranking_id text, gss_code text, "
            "spend_index double, need_adjusted_spend_index double, three_year_spend_index double, "
            "need_and_place_spend_index double)",
            "create table intermediate.int_measures__graded (edition text, ranking_id text, gss_code text, "
            "measure_id text, weight double, score double, is_active boolean)",
            "create table marts.bridge_council_peer (peer_group_id text, gss_code text, peer_gss_code text)",
            "insert into marts.bridge_council_peer values ('region', 'E06000001', 'E06000003')",
            "create table marts.fct_ranking (edition text, gss_code text, ranking_id text, "
            "productivity_rank bigint, rank_p05 bigint, rank_p95 bigint)",
        ):
            connection.execute(statement)
        for lens, measures in SCORES.items():
            for at, code in enumerate(CODES):
                spent = [SPENT[lens][name][at] for name in SPEND]
                connection.execute(
                    "insert into marts.fct_spend_variant values (?, ?, ?, ?, ?, ?, ?)",
                    ["2018-19", lens, code, *spent],
                )
                connection.executemany(
                    "insert into intermediate.int_measures__graded values (?, ?, ?, ?, 1, ?, true)",
                    [["2018-19", lens, code, name, scores[at]] for name, scores in measures.items()],
                )


@pytest.mark.parametrize(
    ("setting", "expected"), [case[1:] for case in WORKED], ids=[case[0] for case in WORKED]
)
def test_the_browser_ranks_as_worked_by_hand(
    core: Page, setting: Setting, expected: Mapping[int, tuple[float, int]]
) -> None:
    """Weights, lenses and measures left out, kinds of mean, spend and limits, ties."""
    [found] = core.evaluate(RANKED, [worked_file(), [for_browser(setting)]])
    assert {int(row["code"][-1]): row["rank"] for row in found["rows"]} == {
        council: rank for council, (_, rank) in expected.items()
    }
    for row in found["rows"]:
        index = expected[int(row["code"][-1])][0]
        assert row["index"] == pytest.approx(100 * index, abs=1e-6), row["code"]


@pytest.mark.slow("analyses/what_if.sql gives what was worked by hand")
def test_sql_ranks_as_worked_by_hand(tmp_path: Path) -> None:
    """The same cases as in the browser."""
    database = tmp_path / DATABASE.name
    worked_database(database)
    settings = [setting | {"edition": "2018-19"} for _, setting, _ in WORKED]
    sql = compiled(tmp_path / "target", settings, overall_minimum_lenses=2)
    with duckdb.connect(str(database), read_only=True) as connection:
        found = by_setting(connection, sql)
    for at, (name, _, expected) in enumerate(WORKED, start=1):
        assert {int(code[-1]): row[1] for code, row in found[at].items()} == {
            council: rank for council, (_, rank) in expected.items()
        }, name
        for code, row in found[at].items():
            assert row[0] == pytest.approx(100 * expected[int(code[-1])][0], abs=1e-6), (name, code)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({}, "With your choice 3 councils are ranked. Choose a council to see what changes for it."),
        (
            {"council": "E06000003", "weights": {"waste_recycling": 3}},
            "Council 3 is 1st of 3 with your choice, 2 places higher than published, and outside its "
            "published range, 3rd.",
        ),
        (
            {"council": "E06000001", "weights": {"waste_recycling": 3}, "peers": "region"},
            "Council 1 is 3rd of 3 with your choice, 2 places lower than published, and outside its "
            "published range, 1st to 2nd. Among its peers (the region) and itself it is 2nd of 2.",
        ),
        (
            {"council": "E06000002"},
            "Council 2 is 2nd of 3 with your choice, the same rank as published, and inside its published "
            "range, 1st to 3rd.",
        ),
        (
            {"council": "E06000002", "left_out": ["m1"]},
            "Council 2 is 3rd of 3 with your choice, 1 place lower than published, and inside its published "
            "range, 1st to 3rd.",
        ),
        (
            {"council": "E06000001"},
            "Council 1 is 1st of 3 with your choice, the same rank as published, and inside its published "
            "range, 1st to 2nd.",
        ),
        (
            {"council": "E06000003", "spend": "need_and_place"},
            "Council 3 has no rank with your choice. As published: 3rd, likely 3rd of 3.",
        ),
        (
            {"council": "E06000004"},
            "Council 4 is not ranked overall, whatever is chosen here: too few lenses are ranked.",
        ),
    ],
)
def test_a_sentence_says_what_changes(core: Page, setting: Setting, said: str) -> None:
    """Higher, lower, the same, no rank, never ranked, among peers."""
    [found] = core.evaluate(RANKED, [worked_file(), [for_browser(setting)]])
    assert found["said"] == said


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("#", ""),
        ("#council=%E0%A4%A&spend=three_year", "spend=three_year"),
        ("#spend=constructor&mean=__proto__&spread=", ""),
        ("#weights=older_people:-1,waste_recycling:1e9,__proto__:2,:3,older_people", ""),
        ("#weights=older_people:NaN,waste_recycling:2.5", "weights=waste_recycling:2.5"),
        ("#weights=waste_recycling:101,older_people:100", "weights=older_people:100"),
        ("#out=m2,m2,m9,toString&out", "out=m2"),
        ("#=1&&&among=region&council=E06000001&peers=ons&x=y", "council=E06000001&among=region"),
        ("#mean=geometric%20", ""),
    ],
)
def test_what_an_address_does_not_say_well_is_left_out(core: Page, address: str, kept: str) -> None:
    """No address stops the script or reaches beyond the settings there are."""
    again = core.evaluate(
        "([file, address]) => { const figures = WhatIf.read(file);"
        " return WhatIf.toAddress(figures, WhatIf.fromAddress(figures, address)); }",
        [worked_file(), address],
    )
    assert again == kept


def test_a_file_of_figures_is_small_and_whole(small_site: Path) -> None:
    """Under 120 kB for each edition; limits and frozen spreads are in it, every list has every council."""
    files = sorted((small_site / "assets").glob("what-if-*.js"))
    assert len(files) > 5
    for file in files:
        content = file.read_text(encoding="utf-8")
        assert len(content.encode()) < LARGEST_FILE, file.name
        held = json.loads(content.removeprefix("window.WHAT_IF=").removesuffix(";\n"))
        assert (small_site / f"what-if-{held['edition']}.html").exists()
        assert set(held["rules"]) == {"spend_index_floor", "spend_index_ceiling", "overall_minimum_lenses"}
        councils = len(held["councils"])
        for lens in held["lenses"]:
            assert lens["spread_scale"] > 0
            assert {len(words) for words in lens["spend"].values()} == {7 * councils}
            assert {len(measure["scores"]) for measure in lens["measures"]} == {7 * councils}
        assert {len(group["members"]) for group in held["peers"]} == {councils}


def file_of(site: Path, edition: str) -> dict[str, Any]:
    """The figures of an edition's page."""
    content = (site / "assets" / f"what-if-{edition}.js").read_text(encoding="utf-8")
    held: dict[str, Any] = json.loads(content.removeprefix("window.WHAT_IF=").removesuffix(";\n"))
    return held


def of_preset(file: Mapping[str, Any], preset: Mapping[str, Any]) -> Setting:
    """A preset as a setting of the analysis."""
    by_spend = {lens["id"]: lens["spend_weight"] for lens in file["lenses"]}
    return {
        "edition": file["edition"],
        **{name: preset[name] for name in ("spend", "mean", "spread")},
        "weights": by_spend if preset["weights"] == "spend" else {},
    }


def drawn(files: Sequence[Mapping[str, Any]], numbers: random.Random) -> Setting:
    """A setting at random: an edition, and each of its choices."""
    file = numbers.choice(files)
    lenses = file["lenses"]
    measures = [measure["id"] for lens in lenses for measure in lens["measures"]]
    weights = {
        lens["id"]: numbers.choice([0, 0.5, 1, 2, round(numbers.uniform(0, 10), 3)])
        for lens in numbers.sample(lenses, numbers.randint(0, len(lenses)))
    }
    return {
        "edition": file["edition"],
        "spend": numbers.choice(SPEND),
        "mean": numbers.choice(MEAN),
        "spread": numbers.choice(SPREAD),
        "weights": weights,
        "left_out": [name for name in measures if name in numbers.sample(measures, numbers.randint(0, 12))],
        "council": numbers.choice(file["councils"])[0],
        "peers": numbers.choice(["", *(group["id"] for group in file["peers"])]),
    }


def out_of_order(rows: Mapping[str, tuple[float, int | None]], ours: Mapping[str, int | None]) -> list[str]:
    """Councils whose rank is another than SQL's though no other index is near enough to change places."""
    indexes = sorted(index for index, _ in rows.values())
    wrong = []
    for code, (index, rank) in rows.items():
        near = sum(abs(other - index) <= APART for other in indexes) - 1
        if ours[code] != rank and (not near or abs((ours[code] or 0) - (rank or 0)) > near):
            wrong.append(f"{code}: {ours[code]} instead of {rank}")
    return wrong


def test_only_indices_as_near_as_a_millionth_may_change_places() -> None:
    """Two apart that change places are told; two nearer than that, and ties, are not."""
    rows = {"a": (101.0, 1), "b": (100.0, 2), "c": (100.0 - 5e-7, 3), "d": (90.0, 4)}
    as_in_sql = {code: rank for code, (_, rank) in rows.items()}
    assert not out_of_order(rows, as_in_sql)
    assert not out_of_order(rows, as_in_sql | {"b": 3, "c": 2})
    assert not out_of_order(rows, as_in_sql | {"c": 2})
    assert len(out_of_order(rows, as_in_sql | {"a": 2, "b": 1})) == 1
    assert len(out_of_order(rows, as_in_sql | {"d": 3})) == 1


@pytest.mark.slow(
    "every preset and 200 settings at random: the browser's ranks are those of analyses/what_if.sql"
)
def test_the_browser_ranks_as_sql_does(browser: Browser, small_site: Path, tmp_path: Path) -> None:
    """Ranks, ranks among peers and indices of all councils, wherever two indices are more than 1e-6 apart."""
    editions = [path.stem.removeprefix("what-if-") for path in (small_site / "assets").glob("what-if-*.js")]
    files = [file_of(small_site, edition) for edition in sorted(editions)]
    numbers = random.Random(SEED)
    print(f"seed {SEED}; another: WHAT_IF_SEED=1 pytest {Path(__file__).relative_to(ROOT)}")
    presets = [(preset["id"], of_preset(file, preset)) for file in files for preset in file["presets"]]
    settings = [setting for _, setting in presets] + [drawn(files, numbers) for _ in range(DRAWN)]
    sql = compiled(tmp_path, settings)
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        found = by_setting(connection, sql)
        published = {
            (edition, scenario, code): rank
            for edition, scenario, code, rank in connection.execute(
                "select edition, scenario_id, gss_code, productivity_rank from marts.fct_scenario_ranking "
                "where ranking_id = 'overall'"
            ).fetchall()
        }
    compared = 0
    for file in files:
        places = [at for at, setting in enumerate(settings) if setting["edition"] == file["edition"]]
        page = browser.new_page()
        path = next(
            path
            for path in sorted(small_site.glob("what-if*.html"))
            if f"what-if-{file['edition']}.js" in path.read_text(encoding="utf-8")
        )
        page.goto(path.as_uri())
        asked = [for_browser(settings[at]) for at in places]
        held = page.evaluate(f"settings => ({RANKED})([window.WHAT_IF, settings])", asked)
        page.close()
        for at, shown in zip(places, held, strict=True):
            where = f"seed {SEED}, setting {at + 1}: {settings[at]}"
            expected = found.get(at + 1, {})
            rows = {row["code"]: row for row in shown["rows"]}
            assert set(rows) == set(expected), where
            for code, (index, _, _, lenses) in expected.items():
                assert rows[code]["index"] == pytest.approx(index, abs=APART), where
                assert rows[code]["lenses"] == lenses, where
            for which, column in (("rank", 1), ("peerRank", 2)):
                among = {code: (row[0], row[column]) for code, row in expected.items() if row[column]}
                assert {code for code, row in rows.items() if row[which]} == set(among), where
                assert not out_of_order(among, {code: rows[code][which] for code in among}), where
            if at < len(presets):
                # The scenarios come from the models of the draws, which share no step with the analysis.
                ranks = {
                    code: (expected[code][0], published[(file["edition"], presets[at][0], code)])
                    for code in expected
                }
                assert not out_of_order(ranks, {code: rows[code]["rank"] for code in expected}), where
            compared += len(expected)
    assert compared > 100 * len(settings)


@pytest.mark.slow("the panel of what if in Chromium: a person's path, keyboard, address, presets")
def test_what_if_childrens_care_counted_twice(browser: Browser, small_site: Path, headline: str) -> None:
    """From the overall page with a click and a key: the sentence, the table and the address follow."""
    visit = Visit(browser.new_context(), small_site, "lenses/overall.html")
    page = visit.page
    page.get_by_role("link", name="What if?").click()
    page.wait_for_url("**/what-if.html")
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        ranked = connection.execute(
            "select gss_code, productivity_rank, printf('%.1f', productivity_index) from marts.fct_ranking "
            "where edition = ? and ranking_id = 'overall' and productivity_rank is not null "
            "order by productivity_rank, productivity_index desc",
            [headline],
        ).fetchall()
    rows = page.locator("table[data-part='what-if'] tbody tr")

    def shown(column: int) -> list[str]:
        return rows.locator(f"td:nth-child({column})").all_inner_texts()

    # As published, to begin with.
    assert rows.evaluate_all("rows => rows.map(row => row.dataset.key)") == [code for code, *_ in ranked]
    assert shown(1) == [str(rank) for _, rank, _ in ranked]
    assert shown(5) == shown(6) == [index for *_, index in ranked]
    assert set(shown(4)) == {"0"}
    assert page.get_by_label("Begin with").input_value() == "nominal"
    code = next(code for code, *_ in ranked if code == "E06000059")
    page.get_by_label("Council", exact=True).fill(code)
    page.keyboard.press("Enter")
    status = page.locator("#wi-said")
    assert "the same rank as published" in status.inner_text()
    page.get_by_label("Children's social care", exact=True).focus()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    assert page.get_by_label("Children's social care", exact=True).input_value() == "2"
    assert page.url.endswith(f"what-if.html#council={code}&weights=childrens_social_care:2")
    own = page.locator("tr.lit")
    assert own.get_attribute("data-key") == code
    place = own.locator("td").nth(0).inner_text()
    assert re.search(rf" is {place}(st|nd|rd|th) of {len(ranked)} with your choice", status.inner_text())
    assert page.get_by_label("Begin with").input_value() == ""
    # The address alone gives the same page, from that of the edition too.
    again = page.context.new_page()
    again.goto(page.url.replace("what-if.html", f"what-if-{headline}.html"))
    again.wait_for_url("**/what-if.html#council=*")
    assert again.locator("#wi-table").inner_html() == page.locator("#wi-table").inner_html()
    assert again.get_by_label("Children's social care", exact=True).input_value() == "2"
    again.close()
    # Among peers; then a measure left out, a weight that is none, and back.
    page.get_by_label("Rank it among").select_option("ons_nearest_neighbours")
    assert 1 < rows.count() <= 11
    assert "Among its peers (nearest neighbours) and itself" in status.inner_text()
    page.get_by_text("Measures of Children's social care").click()
    measure = page.locator("[data-measure]").first
    measure.uncheck()
    assert f"&out={measure.get_attribute('data-measure')}" in page.url
    page.get_by_label("Older people", exact=True).fill("-3")
    assert page.get_by_label("Older people", exact=True).get_attribute("aria-invalid") == "true"
    assert "older_people" not in page.url
    page.get_by_label("Older people", exact=True).fill("0.125")
    assert page.get_by_label("Older people", exact=True).input_value() == "0.125"
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    assert page.get_by_label("Older people", exact=True).input_value() == "0.125"
    page.get_by_role("button", name="Back to the published").click()
    assert page.url.endswith(f"#council={code}&among=ons_nearest_neighbours")
    assert "the same rank as published" in status.inner_text()
    page.get_by_label("Begin with").select_option("spend_weighted")
    assert "&weights=" in page.url
    assert page.get_by_label("Begin with").input_value() == "spend_weighted"
    other = page.locator(".editions a").first.get_attribute("href") or ""
    assert other.endswith(page.url.partition("#")[2])
    # The reader's own councils are peers, too, and the address names them for whoever gets it.
    page.goto(
        f"{small_site.as_uri()}/what-if-2018-19.html#council=E08000010&among=mine&mine=wigan,leicestershire"
    )
    assert page.get_by_label("Rank it among").input_value() == "mine"
    assert {row.get_attribute("data-key") for row in rows.all()} == {"E08000010", "E10000018"}
    assert re.search(r"Among its peers \(your councils\) and itself it is \d\w\w of 2", status.inner_text())
    page.get_by_label("Mean of the measures").select_option("geometric")
    assert page.url.endswith("&among=mine&mean=geometric&mine=wigan,leicestershire")
    page.wait_for_load_state("networkidle")
    page.goto(f"{small_site.as_uri()}/what-if.html#spend=%E0%A4%A&council=constructor&weights=__proto__:1")
    assert "Choose a council to see what changes for it" in page.locator("#wi-said").inner_text()
    assert not visit.problems
    page.context.close()


def test_the_scenarios_without_javascript_are_the_marts(small_site: Path, headline: str) -> None:
    """Every council ranked overall, its published rank with its range, its rank in each scenario."""
    html = (small_site / "what-if.html").read_text(encoding="utf-8")
    table = re.search(r'<table data-part="scenarios".*?</table>', html, re.S)
    assert table
    names = re.findall(r'data-col="(\w+)"', table[0])[2:]
    shown = {
        code: [re.sub(r"<.*?>", "", cell) for cell in row.split("<td>")[1:]]
        for code, row in re.findall(r'<tr data-key="(\w+)">(.*)', table[0])
    }
    with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
        ranks = connection.execute(
            "select gss_code, scenario_id, productivity_rank, ranked_councils "
            "from marts.fct_scenario_ranking where edition = ? and ranking_id = 'overall'",
            [headline],
        ).fetchall()
    assert {scenario for _, scenario, *_ in ranks} == {"nominal", *names}
    assert {code for code, *_ in ranks} == set(shown)
    for code, scenario, rank, of in ranks:
        if scenario == "nominal":
            assert re.match(rf"{rank}(st|nd|rd|th)(, likely .*)? of {of}", shown[code][0])
        else:
            assert shown[code][1 + names.index(scenario)] == str(rank)


@pytest.mark.slow("analyses/what_if.sql refuses a setting that it does not know")
def test_a_setting_that_is_not_known_is_refused(tmp_path: Path) -> None:
    """By its place in the list, its name and what there is."""
    with pytest.raises(
        AssertionError, match="what_if: setting 2: `harmonic` is no mean: one of arithmetic, power"
    ):
        compiled(tmp_path, [{}, {"mean": "harmonic"}])
