"""How large the project is and how far a figure travels in it, at a commit of before and at the last one.

    python -m scripts.proofs.house [BEFORE]

Reads both from git's history, without a build, and writes the table into docs/house.md, between its two
marks. Seconds of a build are those of the record beside the database, for the last commit only.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from scripts.build import RECORD
from scripts.proofs.markdown import markdown

ROOT = Path(__file__).resolve().parents[2]
PAGE = Path("docs") / "house.md"
START, END = "<!-- house -->\n", "<!-- /house -->"
# The commit before rankings became one thing (decision 44), and the seconds that its README states.
BEFORE, SECONDS_BEFORE = "c3efdc5", "120"
# Areas of lines: the folders and endings that each holds; the first that fits takes a file.
AREAS: dict[str, tuple[str, str]] = {
    "SQL of models and macros": (r"(models|macros)/", r"sql"),
    "SQL of tests": (r"tests/", r"sql"),
    "SQL of site, gates, analyses and tools": (r"(site_src|gates|analyses|scripts)/", r"sql"),
    "YAML: types, descriptions and tests of tables": (
        r"(models|macros|seeds|templates|tests|gates|analyses)/",
        r"ya?ml",
    ),
    "texts that columns share": (r"models/docs/", r"md"),
    "Python that the index needs": (
        r"scripts/(?!proofs/|benchmark|bi/|engines/|mutations/|planted_faults/)",
        r"py",
    ),
    "Python that it does without": (r"scripts/", r"py"),
    "Python of tests": (r"tests/", r"py"),
    "documentation": (r"(docs/|[A-Z]+\.md)", r"md"),
}
# From a figure as printed, and from a line of spend, to the mart that a page reads.
FIGURE = ("nhs_ascof", ("fct_measure_grade",))
SPEND_LINE = ("mhclg_revenue_budget", ("fct_spend_line", "fct_lens_productivity"))


class Tree:
    """The project's files at a commit."""

    def __init__(self, commit: str) -> None:
        """Read every file that is text of the project, and only the names of the others."""
        self.commit = git("rev-parse", "--short=9", commit).strip()
        self.date = git("show", "--no-patch", "--format=%cs", commit).strip()
        self.names = git("ls-tree", "-r", "--name-only", commit).splitlines()
        read = [name for name in self.names if re.search(r"\.(sql|ya?ml|py|md)$", name)]
        asked = "".join(f"{commit}:{name}\n" for name in read)
        content = git_bytes("cat-file", "--batch", given=asked.encode())
        self.texts: dict[str, str] = {}
        for name in read:
            head, _, content = content.partition(b"\n")
            size = int(head.split()[2])
            self.texts[name], content = content[:size].decode(), content[size + 1 :]

    def under(self, folder: str, ending: str) -> dict[str, str]:
        """The texts of a folder."""
        return {
            name: text
            for name, text in self.texts.items()
            if name.startswith(f"{folder}/") and name.endswith(ending)
        }


def git_bytes(*arguments: str, given: bytes | None = None) -> bytes:
    """What git answers."""
    return subprocess.run(["git", *arguments], cwd=ROOT, input=given, capture_output=True, check=True).stdout


def git(*arguments: str) -> str:
    """What git answers, as text."""
    return git_bytes(*arguments).decode()


def lines_by_area(tree: Tree) -> Counter[str]:
    """Lines of each area; a file counts once."""
    found: Counter[str] = Counter()
    for name, text in tree.texts.items():
        for area, (folder, ending) in AREAS.items():
            if re.match(folder, name) and re.fullmatch(ending, name.rpartition(".")[2]):
                found[area] += len(text.splitlines())
                break
    return found


def stem(name: str) -> str:
    """A node's name."""
    return PurePosixPath(name).stem


def references(tree: Tree) -> dict[str, set[str]]:
    """What each model reads, directly, by a list that it goes through, or by a macro that names it."""
    reads = re.compile(r"(?<=ref\(')\w+(?='\))|(?<=')(?:stg|int|dim|fct|bridge)_\w+(?=')")
    macros = {stem(name): set(reads.findall(text)) for name, text in tree.under("macros", ".sql").items()}
    found: dict[str, set[str]] = {}
    for name, text in tree.under("models", ".sql").items():
        called = re.findall(r"council_productivity\.(\w+)", text)
        found[stem(name)] = set(reads.findall(text)).union(*(macros.get(each, set()) for each in called))
    return found


def way(tree: Tree, seed: str, marts: Sequence[str]) -> list[str]:
    """The shortest way from a seed to the first of these marts that there is, both named."""
    reads = references(tree)
    goal = next(mart for mart in marts if mart in reads)
    read_by: defaultdict[str, set[str]] = defaultdict(set)
    for model, parents in reads.items():
        for parent in parents:
            read_by[parent].add(model)
    ways, known = deque([[seed]]), {seed}
    while ways:
        so_far = ways.popleft()
        if so_far[-1] == goal:
            return so_far
        for model in sorted(read_by[so_far[-1]] - known):
            known.add(model)
            ways.append([*so_far, model])
    raise LookupError(f"no way leads from {seed} to {goal}")


def circles(tree: Tree) -> list[str]:
    """Circles in which folders of intermediate models read one another, each cut open once found."""
    folders = {
        stem(name): PurePosixPath(name).parent.name for name in tree.under("models/intermediate", ".sql")
    }
    below: dict[str, set[str]] = {folder: set() for folder in folders.values()}
    for model, parents in references(tree).items():
        if model in folders:
            below[folders[model]] |= {folders[each] for each in parents if each in folders} - {folders[model]}
    found: list[str] = []
    while True:
        try:
            tuple(TopologicalSorter({each: sorted(below[each]) for each in sorted(below)}).static_order())
        except CycleError as error:
            circle = error.args[1]
            found.append(" reads ".join(reversed(circle)))
            below[circle[1]].discard(circle[0])
        else:
            return found


def described(node: object) -> Iterator[str]:
    """The description of every column that a YAML declares."""
    if isinstance(node, list):
        for each in node:
            yield from described(each)
    elif isinstance(node, dict):
        for column in node.get("columns") or ():
            if isinstance(column, dict) and "description" in column:
                yield str(column["description"]).strip()
        for each in node.values():
            yield from described(each)


def copies(tree: Tree) -> int:
    """Descriptions of columns that repeat, word for word, one that stands already."""
    texts: Counter[str] = Counter()
    for folder in ("models", "seeds"):
        for text in tree.under(folder, ".yml").values():
            texts.update(each for each in described(yaml.safe_load(text)) if "{{" not in each)
    return sum(count - 1 for count in texts.values())


def longest(tree: Tree, folder: str, ending: str) -> str:
    """The longest file below a folder."""
    lengths = {name: len(text.splitlines()) for name, text in tree.under(folder, ending).items()}
    name = max(lengths, key=lambda each: lengths[each])
    return f"{lengths[name]:,}, `{PurePosixPath(name).name}`"


def seconds_of_build() -> str:
    """Seconds that the nodes of the last build took together, where its database is there."""
    try:
        record: Mapping[str, Any] = json.loads((ROOT / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "not built here"
    return f"{record['seconds_in_all']:.0f}"


def measured(tree: Tree) -> dict[str, str]:
    """Every row of the table for one commit."""
    lines = lines_by_area(tree)
    rows = {f"Lines of {area}": f"{lines[area]:,}" for area in AREAS}
    rows["Lines in all"] = f"{lines.total():,}"
    rows["Models"] = f"{len(tree.under('models', '.sql')):,}"
    rows["Marts"] = str(len(tree.under("models/marts", ".sql")))
    rows["Longest model"] = longest(tree, "models", ".sql")
    rows["Longest script"] = longest(tree, "scripts", ".py")
    rows["Longest file of tests"] = longest(tree, "tests", ".py")
    rows["Longest YAML"] = longest(tree, "models", ".yml")
    found = circles(tree)
    rows["Circles between folders of models"] = f"{len(found)}" + (f" ({'; '.join(found)})" if found else "")
    rows["Descriptions of columns that repeat another"] = str(copies(tree))
    for title, (seed, goals) in (("A figure", FIGURE), ("A spend line", SPEND_LINE)):
        steps = way(tree, seed, goals)
        rows[f"{title}: tables from seed to mart"] = f"{len(steps)}: {', '.join(steps)}"
    return rows


def table(before: str) -> str:
    """The table of both commits."""
    then, now = Tree(before), Tree("HEAD")
    columns = measured(then), measured(now)
    rows = [(name, columns[0][name], columns[1][name]) for name in columns[1]]
    rows.append(("Seconds of a build", SECONDS_BEFORE if before == BEFORE else "–", seconds_of_build()))
    header = ("What", f"{then.commit}, {then.date}", f"{now.commit}, {now.date}")
    return markdown(header, rows)


def main(arguments: Sequence[str]) -> int:
    """Write the page's table; returns the process's exit status."""
    if arguments[1:] or arguments[:1] == ["--help"]:
        print(__doc__)
        return 2 if arguments[1:] else 0
    page = ROOT / PAGE
    before, _, rest = page.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    page.write_text(
        f"{before}{START}\n{table(arguments[0] if arguments else BEFORE)}\n\n{END}{after}", encoding="utf-8"
    )
    print(f"{PAGE} is written.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
