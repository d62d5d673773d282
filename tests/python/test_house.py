"""The table of how large the project is: two commits of a tiny project, counted by hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts.proofs import house

BEFORE = {
    "models/staging/stg_tips.sql": "select * from {{ ref('tips') }}\n",
    "models/intermediate/one/int_one.sql": "{{ council_productivity.summed() }} {{ ref('stg_tips') }}\n",
    "models/intermediate/two/int_two.sql": "{% for name in ['int_one'] %}\n{{ ref(name) }}\n{% endfor %}\n",
    "macros/summed.sql": "{% macro summed() %}\nselect * from {{ ref('int_two') }}\n{% endmacro %}\n",
    "models/marts/fct_measure_grade.sql": "select 1\nfrom {{ ref('int_one') }}\n",
    "models/marts/fct_lens_productivity.sql": "select *\nfrom {{ ref('int_two') }}\nwhere 'budget' = 'a'\n",
    "models/marts/_marts.yml": (
        "models:\n"
        "  - name: fct_measure_grade\n"
        "    columns:\n"
        "      - {name: a, description: A figure.}\n"
        "      - {name: b, description: A figure.}\n"
        "      - {name: c, description: A figure.}\n"
        "      - {name: d, description: Another.}\n"
        "      - {name: e, description: \"{{ doc('f') }}\"}\n"
        "      - {name: f, description: \"{{ doc('f') }}\"}\n"
    ),
    "seeds/tips.csv": "a\n1\n2\n",
    "scripts/index.py": "# 1\n# 2\n",
    "scripts/benchmark.py": "# 1\n",
    "tests/python/test_index.py": "# 1\n# 2\n# 3\n",
    "tests/rule.sql": "select 1\n",
    "docs/page.md": "# A page\n\nText.\n",
    "README.md": "# The project\n",
}
# The macro reads nothing any more, the line of spend has a mart, and the proof has a room.
AFTER = {
    "macros/summed.sql": "{% macro summed() %}\nselect *\n{% endmacro %}\n",
    "models/intermediate/two/int_two.sql": "select * from {{ ref('int_one') }}\n",
    "models/marts/fct_spend_line.sql": "select * from {{ ref('stg_tips') }}\n",
    "scripts/proofs/benchmark.py": "# 1\n",
}


def committed(root: Path, files: dict[str, str], gone: str = "") -> None:
    """Write files and commit them."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    if gone:
        (root / gone).unlink()
    nobody = ("-c", "user.name=Nobody", "-c", "user.email=nobody@council-productivity.example")
    for arguments in (("add", "--all"), (*nobody, "commit", "--quiet", "--message", "Tiny")):
        subprocess.run(["git", *arguments], cwd=root, check=True)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny project with two commits, in place of this one."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    committed(tmp_path, BEFORE)
    committed(tmp_path, AFTER, gone="scripts/benchmark.py")
    monkeypatch.setattr(house, "ROOT", tmp_path)
    monkeypatch.setattr(house, "FIGURE", ("tips", ("fct_measure_grade",)))
    monkeypatch.setattr(house, "SPEND_LINE", ("tips", ("fct_spend_line", "fct_lens_productivity")))
    return tmp_path


@pytest.mark.usefixtures("root")
def test_both_commits_are_counted() -> None:
    """Lines of each area, tables, circles that only a macro closes, copies of texts, ways from a seed."""
    then, now = (house.measured(house.Tree(commit)) for commit in ("HEAD~1", "HEAD"))
    assert {area: then[f"Lines of {area}"] for area in house.AREAS} == {
        "SQL of models and macros": "13",
        "SQL of tests": "1",
        "SQL of site, gates, analyses and tools": "0",
        "YAML: types, descriptions and tests of tables": "9",
        "texts that columns share": "0",
        "Python that the index needs": "2",
        "Python that it does without": "1",
        "Python of tests": "3",
        "documentation": "4",
    }
    assert then["Lines in all"] == "33"
    assert (now["Lines of Python that the index needs"], now["Lines of Python that it does without"]) == (
        "2",
        "1",
    )
    assert (then["Models"], then["Marts"], now["Models"], now["Marts"]) == ("5", "2", "6", "3")
    assert then["Longest model"] == "3, `int_two.sql`"
    assert then["Circles between folders of models"] == "1 (one reads two reads one)"
    assert now["Circles between folders of models"] == "0"
    assert then["Descriptions of columns that repeat another"] == "2"
    assert then["A figure: tables from seed to mart"] == "4: tips, stg_tips, int_one, fct_measure_grade"
    spend = "A spend line: tables from seed to mart"
    assert then[spend] == "5: tips, stg_tips, int_one, int_two, fct_lens_productivity"
    assert now[spend] == "3: tips, stg_tips, fct_spend_line"


def test_the_page_gets_the_table_of_two_commits(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Between its marks, with the seconds of the build of today; a second run writes the same."""
    page = root / "docs" / "house.md"
    page.write_text("# House\n\n<!-- house -->\nold\n<!-- /house -->\n\nThree tasks.\n", encoding="utf-8")
    assert house.main(["HEAD~1"]) == 0
    assert capsys.readouterr().out == "docs/house.md is written.\n"
    first = page.read_text(encoding="utf-8")
    assert first.startswith("# House\n\n<!-- house -->\n\n| What | ")
    assert first.endswith("| Seconds of a build | – | not built here |\n\n<!-- /house -->\n\nThree tasks.\n")
    assert "\nold\n" not in first
    (root / "warehouse").mkdir()
    (root / "warehouse" / "build.json").write_text('{"seconds_in_all": 91.4}', encoding="utf-8")
    assert house.main(["HEAD~1"]) == 0
    assert page.read_text(encoding="utf-8") == first.replace("not built here", "91")
    assert house.main(["one", "two"]) == 2
