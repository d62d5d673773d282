"""Words stand in templates: no module of pages has a sentence of its own, no template a word too many."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from scripts.site import said, words

SITE = Path(said.__file__).parent
#: Modules whose sentences stand in Python, each with the reason.
IN_PYTHON = {
    "words.py": "sentences that many kinds of page use, each with more logic than a template can hold",
    "sentences.py": "headings of a page of docs, which no page of the site shows",
    "told.py": "what charts show, for whoever hears them: figures in order, few words between",
}
#: What is no page's word: an error or what the command line says.
SPOKEN_ELSEWHERE = {"print", "add_argument", "ArgumentParser", "execute", "compile", "findall", "standing"}
SQL = re.compile(r"\s*select\b", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
WORD = r"[A-Za-z\u2018\u201c\u00a3%][A-Za-z\u2019\u201d'-]*"
#: Three words in a row, or two of which the first begins a sentence, a heading or a title.
SENTENCE = re.compile(rf"{WORD}[,;:.]? {WORD}[,;:.]? {WORD}|\b[A-Z][a-z']+,? [a-z]{{2,}}")


def text_of(node: ast.expr) -> str | None:
    """What a string says, its values as 0 and without markup or SQL; nothing of what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
    else:
        return None
    return "" if SQL.match(text) else TAG.sub("|", text)


def is_docstring(node: ast.stmt) -> bool:
    """A string that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence that is no docstring, error, message of the command line or SQL."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) or (isinstance(child, ast.stmt) and is_docstring(child)):
            continue
        if isinstance(child, ast.FunctionDef) and child.name in SPOKEN_ELSEWHERE:
            continue
        if isinstance(child, ast.Call):
            called = child.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in SPOKEN_ELSEWHERE:
                continue
        if isinstance(child, ast.expr) and (text := text_of(child)) is not None:
            if SENTENCE.search(text):
                yield child.lineno, text
            for value in getattr(child, "values", ()):
                if isinstance(value, ast.FormattedValue):
                    yield from sentences(value)
            continue
        yield from sentences(child)


@pytest.mark.parametrize("path", sorted(SITE.glob("*.py")), ids=lambda path: path.stem)
def test_a_module_of_pages_has_no_sentence_of_its_own(path: Path) -> None:
    """A copy editor can change each without reading Python; a module on the list still has one."""
    found = list(sentences(ast.parse(path.read_text(encoding="utf-8"))))
    if path.name in IN_PYTHON:
        assert found, f"{path.name} has no sentence left: take it off the list"
    else:
        assert not found, f"{path.name} has words of its own, which belong in a template: {found[:3]}"


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('Section("map", "The map")', True),
        ('Column("held", "Councils with a value")', True),
        ('lead = [f"Edition {edition}, the newest of all"]', True),
        ('text = f"{name}: spend per {unit}"', False),
        ('text = f"{name}: all the spend per {unit}"', True),
        ('cell = Markup("<small>nobody spends less</small>")', True),
        ("label = f\"{title}: {'none of its peers' if ranked else number(row)}\"", True),
        ('svg = f\'<path class="hex lit mark" d="M{x} {y} L{x} {y}"/>\'', False),
        ('"""What a page says of all that."""', False),
        ('raise ValueError(f"{title} is not in the frame")', False),
        ('print("There is no site yet.")', False),
        ('rows = f"select a, b from marts.{table} order by all"', False),
        ('points = site.spread["value_median"]', False),
    ],
)
def test_a_sentence_in_python_is_seen(code: str, is_found: bool) -> None:
    """In a heading, a list, a string with values, within markup; not in what no page says."""
    assert bool(list(sentences(ast.parse(code)))) is is_found


def kinds(body: list[ast.stmt]) -> dict[str, str]:
    """The variables that hold the words of a kind of page, those of another module too."""
    found: dict[str, str] = {}
    for statement in body:
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Name(id="said"), args=[ast.Constant(value=str(kind))]),
            ):
                found[name] = kind
            case ast.ImportFrom(module=str(module)) if "SAY" in {alias.name for alias in statement.names}:
                other = SITE / f"{module.removeprefix('scripts.site.')}.py"
                found["SAY"] = kinds(ast.parse(other.read_text(encoding="utf-8")).body)["SAY"]
    return found


def asked_in_python(path: Path) -> set[tuple[str, str]]:
    """Kind and name of all that a module asks of the templates' words; a function may have its own kind."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    def asked(node: ast.AST, known: dict[str, str]) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            inside = known | kinds(child.body) if isinstance(child, ast.FunctionDef) else known
            match child:
                case ast.Attribute(value=ast.Name(id=variable), attr=name) if variable in inside:
                    yield inside[variable], name
                case ast.Subscript(value=ast.Name(id="NAMES"), slice=ast.Constant(value=str(name))):
                    yield "names", name
            yield from asked(child, inside)

    return set(asked(tree, kinds(tree.body)))


def kind_of(template: str) -> str:
    """The kind of page whose words a template holds; nothing for one that draws."""
    return template.removesuffix("_words.html") if template.endswith("_words.html") else ""


def loaded(node: nodes.Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """The settings and macros of its own that a template uses: no argument and no variable of a loop."""
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in bound:
        yield node.name
    if isinstance(node, nodes.Macro):
        bound |= {argument.name for argument in node.args}
    if isinstance(node, nodes.For):
        targets = [node.target, *node.target.find_all(nodes.Name)]
        bound |= {target.name for target in targets if isinstance(target, nodes.Name)}
    for child in node.iter_child_nodes():
        yield from loaded(child, bound)


def asked_in_templates() -> set[tuple[str, str]]:
    """Kind and name of all that templates ask, of their own words, of those imported, or of the names."""
    environment = said.templates(escaped=False)
    found = set()
    for template in environment.list_templates():
        tree = environment.parse((words.TEMPLATES / template).read_text(encoding="utf-8"))
        imported = {"names": "names"} | {
            node.target: kind_of(node.template.value)
            for node in tree.find_all(nodes.Import)
            if isinstance(node.template, nodes.Const)
        }
        found |= {
            (imported[node.node.name], node.attr)
            for node in tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and imported.get(node.node.name)
        }
        found |= {(kind_of(template), name) for name in loaded(tree)}
    return found


def held() -> set[tuple[str, str]]:
    """Kind and name of all words that templates hold."""
    kinds = [kind_of(template) for template in said.templates(escaped=False).list_templates()]
    return {(kind, name) for kind in kinds if kind for name in vars(said.said(kind))}


def test_every_word_is_asked_for_and_every_one_asked_for_is_there() -> None:
    """No page fails for want of a word, and no editor changes one that no page shows."""
    there = held()
    in_python = {asked for path in SITE.glob("*.py") for asked in asked_in_python(path)}
    asked = in_python | {(kind, name) for kind, name in asked_in_templates() if (kind, name) in there}
    assert not sorted(in_python - there), "asked for and in no template"
    assert not sorted(there - asked), "in a template and asked for by none"
    assert len(there) > 400


def test_templates_ask_only_for_words_that_are_there() -> None:
    """What a template asks of an imported one by name."""
    there = held()
    environment = said.templates(escaped=False)
    for template in environment.list_templates():
        tree = environment.parse((words.TEMPLATES / template).read_text(encoding="utf-8"))
        for node in tree.find_all(nodes.Import):
            kind = kind_of(node.template.value) if isinstance(node.template, nodes.Const) else ""
            asked = {
                (kind, found.attr)
                for found in tree.find_all(nodes.Getattr)
                if isinstance(found.node, nodes.Name) and found.node.name == node.target
            }
            assert not kind or not asked - there, template
