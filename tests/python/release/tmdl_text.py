"""A strict reader of TMDL: the indentation, names, objects and properties that the model of the marts uses.

It follows Microsoft's description of the language and takes less than that allows: tabs only, one level at a
time, properties before what is within, known words alone, a description straight above what it describes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = r"(?:[A-Za-z_]\w*|'(?:[^']|'')+')"
OBJECT = re.compile(rf"(?P<kind>[a-z]\w*)(?: (?P<name>{NAME}))?(?: = (?P<default>\S.*))?")
PROPERTY = re.compile(r"(?P<name>[a-z]\w*): (?P<value>\S.*)")
REFERENCE = re.compile(rf"ref table (?P<name>{NAME})")
# What may stand in what, and the properties of each.
WITHIN = {
    "": {"database", "model", "table", "relationship", "expression"},
    "table": {"column", "measure", "partition"},
}
PROPERTIES = {
    "database": {"compatibilityLevel"},
    "model": {"culture", "defaultPowerBIDataSourceVersion", "sourceQueryCulture"},
    "column": {"dataType", "formatString", "summarizeBy", "sourceColumn", "sortByColumn"},
    "measure": {"formatString"},
    "partition": {"mode"},
    "relationship": {"isActive", "fromColumn", "toColumn"},
}
FLAGS = {"model": {"discourageImplicitMeasures"}, "table": {"isHidden"}, "column": {"isHidden"}}
WITH_DEFAULT = {"measure", "partition", "expression"}
VALUES = {
    "dataType": {"string", "int64", "double", "boolean", "dateTime"},
    "summarizeBy": {"none"},
    "mode": {"import"},
    "isActive": {"true", "false"},
}


class NotTmdlError(Exception):
    """A line that TMDL does not allow, or that no model of the marts needs."""


@dataclass
class Node:
    """An object: its kind, name, formula, properties and what is within it."""

    kind: str
    name: str = ""
    default: str = ""
    description: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def of(self, kind: str) -> dict[str, Node]:
        """What is within it of a kind, by name."""
        found = {child.name: child for child in self.children if child.kind == kind}
        if len(found) != sum(child.kind == kind for child in self.children):
            raise NotTmdlError(f"two {kind}s of one name in {self.name}")
        return found


def plain(name: str) -> str:
    """A name without its quotes, which it has only where it needs them."""
    if not name.startswith("'"):
        return name
    bare = name[1:-1].replace("''", "'")
    if re.fullmatch(r"[A-Za-z_]\w*", bare):
        raise NotTmdlError(f"{name} needs no quotes")
    return bare


class Reader:
    """Reads a file line by line."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self.root = Node("")
        #: Objects that are open, by their depth.
        self.opened = [self.root]
        self.description = ""
        #: Whose formula goes on, and how deep.
        self.block: tuple[Node, int] | None = None

    def read(self, line: str) -> None:
        """Take one line."""
        depth = len(line) - len(line.lstrip("\t"))
        content = line[depth:]
        if content != content.strip():
            raise NotTmdlError("blanks where a tab or nothing belongs")
        if self.block and content and depth >= self.block[1]:
            node, above = self.block
            node.properties["source"] += "\t" * (depth - above) + content + "\n"
        elif content:
            self.block = None
            if depth >= len(self.opened):
                raise NotTmdlError("more than one level below what it is in")
            if self.description and depth != len(self.opened) - 1:
                raise NotTmdlError("a description of another level above it")
            del self.opened[depth + 1 :]
            self.statement(content, depth)
        elif self.description:
            raise NotTmdlError("a description with nothing below it")

    def statement(self, content: str, depth: int) -> None:
        """Take what stands on a line."""
        parent = self.opened[-1]
        if content.startswith("///"):
            self.description = f"{self.description} {content[3:].strip()}".strip()
        elif (found := OBJECT.fullmatch(content)) and found["kind"] in WITHIN.get(parent.kind, ()):
            self.begin(parent, found)
        elif self.description or (parent.children and parent is not self.root):
            raise NotTmdlError("not an object, where only one may stand")
        elif found := REFERENCE.fullmatch(content):
            self.root.children.append(Node("ref", plain(found["name"])))
        elif found := PROPERTY.fullmatch(content):
            self.set(parent, found["name"], found["value"])
        elif content == "source =" and parent.kind == "partition":
            parent.properties["source"] = ""
            self.block = (parent, depth + 1)
        elif content in FLAGS.get(parent.kind, ()):
            parent.properties[content] = "true"
        else:
            raise NotTmdlError(f"not known in a {parent.kind or 'file'}")

    def begin(self, parent: Node, found: re.Match[str]) -> None:
        """Open an object."""
        if bool(found["default"]) != (found["kind"] in WITH_DEFAULT):
            raise NotTmdlError("a formula too many or too few")
        node = Node(found["kind"], plain(found["name"] or ""), found["default"] or "", self.description)
        parent.children.append(node)
        self.opened.append(node)
        self.description = ""

    def set(self, parent: Node, name: str, value: str) -> None:
        """Set a property, once and to a word that it may have."""
        if name not in PROPERTIES.get(parent.kind, ()) or value not in VALUES.get(name, {value}):
            raise NotTmdlError(f"no property of a {parent.kind or 'file'}, or no value of it")
        if name in parent.properties:
            raise NotTmdlError("said twice")
        parent.properties[name] = value


def parsed(text: str) -> Node:
    """The objects of a file; the references of a model's file are children of kind ``ref``.

    Raises:
        NotTmdlError: With the line.
    """
    reader = Reader()
    if not text.endswith("\n"):
        raise NotTmdlError("the file does not end with a line break")
    for number, line in enumerate(text[:-1].split("\n"), start=1):
        try:
            reader.read(line)
        except NotTmdlError as error:
            raise NotTmdlError(f"line {number}, {line!r}: {error}") from error
    if reader.description:
        raise NotTmdlError("a description with nothing below it")
    return reader.root
