"""Read YAML nodes as plain data, and find what YAML drops of it without a word."""

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

import yaml

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.documents.unspaced import join_folded

try:
    from yaml import CSafeLoader as _Safe
except ImportError:  # libyaml is optional; it is only faster
    from yaml import SafeLoader as _Safe  # type: ignore[assignment]


class Loader(_Safe):
    """Takes every scalar as text, as an author means it; nobody asks for its type, nor for the way to it."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, *_: object) -> None:
        """Do nothing: no type depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """Do nothing, as on the way down."""


NULLS = frozenset(("", "~", "null", "Null", "NULL"))

TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge", "seq", "map")
}
"""Types that YAML itself gives to values; an author who writes another one meant text."""

NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII)
"""A number that every program reads as it is written, so that it needs no quotes: not 007 or 1.10."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Characters that steer programs; no text of a plan has one."""

TURNS = re.compile("[\u202d\u202e]|[\u202a\u202b](?![^\u202c]*\u202c)|[\u2066-\u2068](?![^\u2069]*\u2069)")
"""Characters that turn what follows around: an override, which no text needs, or what nothing ends."""

MAX_DEPTH = 40
"""No plan nests deeper; text that does is an accident or an attack."""

MAX_LENGTH = 20_000
"""The most characters of one text, ten pages: what is longer is many statements, or an attack."""


_ANCHOR = re.compile(r"(?m)^[ \t]*&\S|(?:[-?:]|!\S*)[ \t]+&\S|[\[{,:][ \t]*&\S")
"""What may begin a value with a name for it; prose has it seldom."""


def values(root: yaml.Node, path: str, text: str) -> tuple[Any, list[Problem]]:
    """Return the plain data below *root* (every scalar text, empty ones None), and what is wrong with them.

    Args:
        root: the node at the top of the file.
        path: how the file is called in messages.
        text: what the file holds.
    """
    walk = _Walk(path, text)
    return walk.value(root, 0), walk.problems


class _Walk:
    """Goes through every node with care, and notes each fault at its place."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self._visited: set[int] = set()
        if _ANCHOR.search(text):
            self.problems += self._anchors()

    def value(self, node: yaml.Node, depth: int) -> Any:
        """Return the data of *node*."""
        if id(node) in self._visited:  # an alias leads to one met before
            hint = "write the value out: anchors ('&') are not supported"
            self.problems.append(self._alias(node, hint))
            return node.value if isinstance(node, yaml.ScalarNode) else None
        self._visited.add(id(node))
        if depth > MAX_DEPTH:
            self.problems.append(self._at(node, "too-deep", "this is nested too deeply to be read"))
            return None
        if node.tag not in TAGS:
            self.problems.append(self._tagged(node))
        if isinstance(node, yaml.ScalarNode):
            if len(node.value) > MAX_LENGTH:
                message = f"this text has {len(node.value):,} characters; at most {MAX_LENGTH:,} can be read"
                self.problems.append(self._at(node, "too-large", message, "divide it into several"))
                return None
            if node.style == '"' and CONTROL.search(node.value):
                hint = "delete the escape: no text has a use for it"
                message = "an escape here stands for a character that steers programs"
                self.problems.append(self._at(node, "yaml-syntax", message, hint))
            if TURNS.search(node.value):
                hint = "delete it, or end it in the same text with U+2069 or U+202C"
                message = "an invisible character here turns the direction of all that follows"
                self.problems.append(self._at(node, "yaml-syntax", message, hint))
            if not node.style:
                if cut := self._cut_off(node):
                    self.problems.append(cut)
                if node.value in NULLS:
                    return None
            value = node.value
            if node.style != "|" and node.end_mark.line > node.start_mark.line and " " in value:
                value = join_folded(value, self.lines[node.start_mark.line : node.end_mark.line + 1])
            return normalize("NFC", value)  # so that a letter is one, however it was typed
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        return dict(self._pairs(node, depth))

    def _anchors(self) -> Iterator[Problem]:
        """Yield a problem for every value that begins with a name for it, which YAML drops."""
        for event in yaml.parse("\n".join(self.lines), Loader=Loader):
            if isinstance(event, yaml.AliasEvent) or not isinstance(event, yaml.NodeEvent):
                continue
            if event.anchor and (mark := event.start_mark):
                name = f"&{event.anchor}"
                line = self.lines[mark.line]
                column = max(line.find(name), 0)
                where = Location(self.path, mark.line + 1, column + 1)
                hint = "put text that begins with '&' in quotes; anchors are not supported"
                message = f"YAML drops '{name}' at the start of a value"
                yield Problem("alias", message, where, hint, line.rstrip(), len(name))

    def _tagged(self, node: yaml.Node) -> Problem:
        name = node.tag.replace("tag:yaml.org,2002:", "!!")
        message = f"YAML takes '{name}' at the start of a value for a type and drops it"
        return self._at(node, "tag", message, "put text that begins with '!' in quotes")

    def _cut_off(self, node: yaml.ScalarNode) -> Problem | None:
        """Return a problem if a comment follows *node* that was meant as text: ``#3`` was, ``# note`` not."""
        mark = node.end_mark
        rest = self.lines[mark.line][mark.column :] if mark.line < len(self.lines) else ""
        behind = rest.lstrip()
        if not behind.startswith("#") or not behind[1:2].isalnum() or not node.value:
            return None
        column = mark.column + len(rest) - len(behind)
        where = Location(self.path, mark.line + 1, column + 1)
        message = "the text ends here: YAML takes the rest of the line for a comment"
        hint = "put the whole text in quotes, or a space after '#'"
        excerpt = self.lines[mark.line].rstrip()
        return Problem("cut-off", message, where, hint, excerpt, len(behind.rstrip()))

    def _alias(self, node: yaml.Node, hint: str) -> Problem:
        """Return a problem at the first alias; its nodes only know the value it repeats."""
        message = "an alias repeats a value from elsewhere"
        for event in yaml.parse("\n".join(self.lines), Loader=Loader):
            if isinstance(event, yaml.AliasEvent) and event.start_mark and event.end_mark:
                line, column = event.start_mark.line, event.start_mark.column
                where = Location(self.path, line + 1, column + 1)
                width = event.end_mark.column - column
                return Problem("alias", message, where, hint, self.lines[line].rstrip(), width)
        return self._at(node, "alias", message, hint)

    def _pairs(self, node: yaml.Node, depth: int) -> Iterator[tuple[str, Any]]:
        seen: dict[str, yaml.Node] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                message = "a key has to be a word, not a list or a mapping"
                self.problems.append(self._at(name, "bad-key", message))
                continue
            if name.value in seen:
                first = seen[name.value].start_mark.line + 1
                message = f"'{name.value}' is written twice here"
                hint = f"it is also on line {first}; keep one of the two"
                self.problems.append(self._at(name, "duplicate-key", message, hint))
                continue
            seen[name.value] = name
            yield name.value, self.value(value, depth + 1)

    def _at(self, node: yaml.Node, code: str, message: str, hint: str = "") -> Problem:
        mark = node.start_mark
        excerpt = self.lines[mark.line].rstrip()
        same = node.end_mark.line == mark.line
        width = max((node.end_mark.column if same else len(excerpt)) - mark.column, 1)
        return Problem(
            code, message, Location(self.path, mark.line + 1, mark.column + 1), hint, excerpt, width
        )
