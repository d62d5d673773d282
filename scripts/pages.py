"""Write anew what README.md, CONTRIBUTING.md and the pages of docs print of the published database.

    python -m scripts.pages [--check]

- ``<!-- sql`` and a query, ``-->`` on a line of its own: the table below it is what the query gives.
- A block of ``sql`` or ``python`` right above one of ``text``: the text is what it prints.
- ``<!-- figures`` and a query of one row: each of its columns is a figure for the sentences of the page,
  where it stands between its name as a comment and ``<!--/-->``.
- A block of ``sh`` that calls ``mf``, right above one of ``text``: what MetricFlow prints, where its
  environment is set up. Only writing asks it; a test of the semantic layer checks it.
- A table's version of a package is that of ``pyproject.toml``.

Queries may name an analysis of the project as a table, and files of the project as DuckDB reads them; those
that are hidden have the macros below. ``--check`` writes nothing and prints what is not as it should be.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from difflib import unified_diff
from itertools import chain
from pathlib import Path
from re import Match, Pattern

import duckdb

from scripts.build import DATABASE
from scripts.interruptions import reason
from scripts.marts import quoted
from scripts.tables import aligned

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "target" / "docs"

HIDDEN = r"(?P<query>(?:(?!-->).)*?)\n-->\n\n"
SHOWN = r"(?P<code>(?:(?!```).)*)```\n\n```text\n(?P<printed>(?:(?!```).)*)"
TABLE = re.compile(rf"<!-- sql\n{HIDDEN}(?P<printed>(?:\|[^\n]*\n)*)", re.DOTALL)
EXAMPLE = re.compile(rf"```(?P<language>sql|python)\n{SHOWN}", re.DOTALL)
FIGURES = re.compile(r"<!-- figures\n(?P<query>(?:(?!-->).)*?)\n-->", re.DOTALL)
FIGURE = re.compile(r"(?<!`)<!--(?P<name>\w+)-->(?P<printed>[^<]*)<!--/-->")
# Markdown ends a paragraph at a line that begins with a comment.
FIRST = re.compile(r"^[ \t]*<!--(?P<name>\w+)-->", re.MULTILINE)
METRICS = re.compile(rf"```sh\nmf {SHOWN}", re.DOTALL)
METRICFLOW = ROOT / ".venvs" / "metricflow" / "bin" / "python"
VERSION = re.compile(r"^\| `(?P<package>[\w-]+)` \| (?P<printed>[\w.]+) \|", re.MULTILINE)
WORD = re.compile(r"\w+")

MACROS = """
create temporary macro ordinal(place) as
    place::bigint::varchar || case
        when place::bigint % 100 between 11 and 13 then 'th'
        when place::bigint % 10 = 1 then 'st'
        when place::bigint % 10 = 2 then 'nd'
        when place::bigint % 10 = 3 then 'rd'
        else 'th'
    end;
create temporary macro in_words(number) as coalesce(
    (string_split('none one two three four five six seven eight nine ten', ' '))[number::bigint + 1],
    number::bigint::varchar
);
"""


class PageError(Exception):
    """A page asks for something that cannot be had."""


def pages(root: Path = ROOT) -> list[Path]:
    """Every page, read first to last."""
    return [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").glob("*.md"))]


def analysis(name: str) -> str:
    """The SQL of an analysis as dbt renders it for the published database."""
    TARGET.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "compile", "--select", name, "--no-populate-cache"],
        cwd=ROOT,
        # DuckDB names the catalogue after the file: a file of that name that nobody else has open.
        env=os.environ
        | {
            "COUNCIL_PRODUCTIVITY_DATABASE": str(TARGET / DATABASE.name),
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_TARGET_PATH": str(TARGET),
            "DBT_LOG_PATH": str(TARGET),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PageError(f"dbt cannot compile {name}: {done.stdout}{done.stderr}")
    return (TARGET / "compiled" / "council_productivity" / "analyses" / f"{name}.sql").read_text().strip()


class Database:
    """The published database, asked by the pages."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take an open connection; what examples see of it has none of the pages' own macros."""
        self.plain, self.helped = connection, connection.cursor()
        self.helped.execute(MACROS)
        self.helped.execute(f"set file_search_path = {quoted(ROOT)}")
        self.analyses = {path.stem for path in (ROOT / "analyses").glob("*.sql")}

    def rows(self, query: str, plain: bool = False) -> tuple[list[str], list[tuple[object, ...]]]:
        """Columns and rows of a query."""
        for name in sorted(set(WORD.findall(query)) & self.analyses):
            self.helped.execute(f"create temporary view {name} as {analysis(name)}")
            self.analyses.remove(name)
        asked = (self.plain if plain else self.helped).execute(query)
        return [column[0] for column in asked.description or ()], asked.fetchall()

    def figures(self, query: str) -> dict[str, str]:
        """The figures of a query, by name."""
        names, rows = self.rows(query)
        if len(rows) != 1:
            raise PageError(f"a query of figures has {len(rows)} rows instead of one: {query}")
        if missing := [name for name, value in zip(names, rows[0], strict=True) if value is None]:
            raise PageError(f"there is no figure {', '.join(missing)}")
        return {name: str(value) for name, value in zip(names, rows[0], strict=True)}


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]], printed: str = "") -> str:
    """A table in Markdown, its columns aligned as in the one that was printed."""
    rule = [cell.strip() for line in printed.splitlines()[1:2] for cell in line.strip("|").split("|")]
    if len(rule) != len(header):
        rule = ["---"] * len(header)
    body = [["" if cell is None else str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in (header, rule, *body))


def run_example(code: str) -> str:
    """What a Python example prints, run where the project is."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PageError(f"an example in Python fails: {done.stderr.splitlines()[-1]}")
    return done.stdout


def versions() -> dict[str, str]:
    """Packages that the project names, with the version it pins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = chain(project["dependencies"], *project["optional-dependencies"].values())
    return dict(each.split("==") for each in named)


def replaced(pattern: Pattern[str], page: str, fresh: Callable[[Match[str]], str]) -> str:
    """The page with what it prints at each place of a pattern made anew."""

    def whole(match: Match[str]) -> str:
        start, end = (place - match.start() for place in match.span("printed"))
        return match[0][:start] + fresh(match) + match[0][end:]

    return pattern.sub(whole, page)


def stripped(text: str) -> str:
    """Text without white space at its end and at those of its lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


def rewritten(page: str, database: Database) -> str:
    """A page with everything that it prints made anew.

    Raises:
        PageError: A query or an example fails, or a figure is not defined or not used.
    """

    def table(match: Match[str]) -> str:
        fresh = markdown(*database.rows(match["query"]), match["printed"])
        return fresh if match["printed"] else f"{fresh}\n"

    def example(match: Match[str]) -> str:
        if match["language"] == "python":
            return stripped(run_example(match["code"]))
        return stripped(aligned(*database.rows(match["code"], plain=True)))

    def figure(match: Match[str]) -> str:
        if match["name"] not in figures:
            raise PageError(f"no query gives the figure {match['name']}")
        return figures[match["name"]]

    def version(match: Match[str]) -> str:
        return packages.get(match["package"], match["printed"])

    packages = versions()
    figures: dict[str, str] = {}
    for match in FIGURES.finditer(page):
        figures |= database.figures(match["query"])
    if unused := figures.keys() - {match["name"] for match in FIGURE.finditer(page)}:
        raise PageError(f"no sentence prints {', '.join(sorted(unused))}")
    if broken := FIRST.search(page):
        raise PageError(f"the figure {broken['name']} begins a line, which ends the paragraph before it")
    page = replaced(TABLE, page, table)
    page = replaced(EXAMPLE, page, example)
    page = replaced(FIGURE, page, figure)
    return replaced(VERSION, page, version)


def asked_of_metricflow(page: str) -> str:
    """A page with what ``mf`` prints made anew.

    Raises:
        PageError: A command fails.
    """

    def printed(match: Match[str]) -> str:
        command = shlex.split(match["code"].replace("\\\n", " "))
        metrics = [str(METRICFLOW), "-m", "scripts.metrics", *command]
        done = subprocess.run(metrics, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise PageError(f"mf {shlex.join(command)} fails: {done.stdout.strip()}")
        return stripped(done.stdout)

    return replaced(METRICS, page, printed)


def stale(connection: duckdb.DuckDBPyConnection, root: Path = ROOT) -> dict[Path, str]:
    """Pages that do not print what they should, with the text that does."""
    database, fresh = Database(connection), {}
    for path in pages(root):
        page = path.read_text(encoding="utf-8")
        try:
            text = rewritten(page, database)
        except (PageError, duckdb.Error) as error:
            raise PageError(f"{path.relative_to(root)}: {error}") from error
        if text != page:
            fresh[path] = text
    return fresh


def difference(path: Path, fresh: str) -> str:
    """Lines of a page that have to go, and those that take their place."""
    lines = unified_diff(path.read_text(encoding="utf-8").splitlines(), fresh.splitlines(), n=0, lineterm="")
    return "\n".join(list(lines)[2:])


def main(arguments: Sequence[str]) -> int:
    """Write or check the pages; returns the process's exit status."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m scripts.pages", description=__doc__, formatter_class=layout)
    parser.add_argument("--check", action="store_true", help="write nothing, print what would change")
    check = parser.parse_args(arguments).check
    if not (ROOT / DATABASE).exists():
        print(f"{DATABASE} is not there: run make index first.")
        return 1
    try:
        with duckdb.connect(str(ROOT / DATABASE), read_only=True) as connection:
            fresh = stale(connection)
        for path in () if check else pages(ROOT):
            page = fresh.get(path, path.read_text(encoding="utf-8"))
            if not METRICS.search(page):
                continue
            if not METRICFLOW.exists():
                print(f"{path.relative_to(ROOT)}: what mf prints stays as it is, run make metrics first.")
            elif (text := asked_of_metricflow(page)) != page:
                fresh[path] = text
    except (PageError, duckdb.Error) as error:
        print(reason(error) or error)
        return 1
    for path, text in fresh.items():
        if check:
            print(f"{path.relative_to(ROOT)}\n{difference(path, text)}")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} written anew.")
    if not fresh:
        print("Every page prints what the database holds.")
    return 1 if check and fresh else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
