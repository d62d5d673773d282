"""``make pages`` makes each kind of printed thing anew, and says in a line what cannot be had."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from scripts import pages

STALE = """# A page

<!-- figures
select 3 as councils, ordinal(22) as place, in_words(3) as word
-->

Of <!--councils-->9<!--/--> councils, <!--word-->nine<!--/--> in words, one is <!--place-->1st<!--/-->;
`<!--code-->x<!--/-->` stays.

<!-- sql
select 1.5 as "Share", 'a|b' as "Code", null as "None"
-->

| Share | Code | None |
| ---: | --- | --- |
| 9 | old | old |

<!-- sql
select 1 as "New"
-->

Below it there was no table.

```sql
select 'Ayton' as council
```

```text
old
```

```python
print("two  ")
print()
```

```text
old
```

| `duckdb` | 0.0.1 | the engine |
"""
FRESH = """# A page

<!-- figures
select 3 as councils, ordinal(22) as place, in_words(3) as word
-->

Of <!--councils-->3<!--/--> councils, <!--word-->three<!--/--> in words, one is <!--place-->22nd<!--/-->;
`<!--code-->x<!--/-->` stays.

<!-- sql
select 1.5 as "Share", 'a|b' as "Code", null as "None"
-->

| Share | Code | None |
| ---: | --- | --- |
| 1.5 | a\\|b |  |

<!-- sql
select 1 as "New"
-->

| New |
| --- |
| 1 |

Below it there was no table.

```sql
select 'Ayton' as council
```

```text
council
Ayton
```

```python
print("two  ")
print()
```

```text
two
```

| `duckdb` | VERSION | the engine |
"""


@pytest.fixture
def database() -> Iterator[pages.Database]:
    """A database without anything in it."""
    with duckdb.connect() as connection:
        yield pages.Database(connection)


def test_each_kind_is_made_anew(database: pages.Database) -> None:
    """Figures, tables, examples and versions; what is right already stays as it is."""
    fresh = FRESH.replace("VERSION", pages.versions()["duckdb"])
    assert pages.rewritten(STALE, database) == fresh
    assert pages.rewritten(fresh, database) == fresh


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("Of <!--lost-->1<!--/-->", "no query gives the figure lost"),
        ("<!-- figures\nselect 1 as one\n-->\nOf\n<!--one-->1<!--/-->", "the figure one begins a line"),
        ("<!-- figures\nselect 1 as idle\n-->\n", "no sentence prints idle"),
        ("<!-- figures\nselect null as empty\n-->\nOf <!--empty-->1<!--/-->", "there is no figure empty"),
        ("<!-- figures\nselect 1 as one where false\n-->\n", "has 0 rows instead of one"),
        ("<!-- sql\nselect nothing\n-->\n\n", "nothing"),
        ("```sql\nselect ordinal(1)\n```\n\n```text\n1st\n```\n", "ordinal"),
        ("```python\nraise ValueError('bad')\n```\n\n```text\n```\n", "ValueError: bad"),
    ],
)
def test_what_cannot_be_had_is_said(tmp_path: Path, page: str, said: str) -> None:
    """The message names the page and the figure, query or example; an example has no macros of the pages."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "CONTRIBUTING.md").write_text("", encoding="utf-8")
    (tmp_path / "README.md").write_text(page, encoding="utf-8")
    with duckdb.connect() as connection, pytest.raises(pages.PageError) as error:
        pages.stale(connection, tmp_path)
    assert str(error.value).startswith("README.md: ") and said in str(error.value)


def test_stale_pages_are_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command checks without writing, writes what differs, and then has nothing to do."""
    (tmp_path / "README.md").write_text("<!-- sql\nselect 1 as a\n-->\n\n| b |\n", encoding="utf-8")
    (tmp_path / "CONTRIBUTING.md").write_text("", encoding="utf-8")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages.stale, "__defaults__", (tmp_path,))
    monkeypatch.setattr(pages, "versions", dict)
    assert pages.main([]) == 1
    assert capsys.readouterr().out == f"{pages.DATABASE} is not there: run make index first.\n"
    (tmp_path / pages.DATABASE).parent.mkdir()
    duckdb.connect(str(tmp_path / pages.DATABASE)).close()
    assert pages.main(["--check"]) == 1
    assert "-| b |" in capsys.readouterr().out
    assert pages.main([]) == 0
    assert capsys.readouterr().out == "README.md written anew.\n"
    assert "| a |\n| --- |\n| 1 |\n" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert pages.main(["--check"]) == 0
    assert capsys.readouterr().out == "Every page prints what the database holds.\n"
