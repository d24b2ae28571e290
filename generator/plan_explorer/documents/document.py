"""Read YAML files safely, and know where every value was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import dedent
from typing import Any

import yaml

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.documents.syntax_errors import explain_syntax_error
from plan_explorer.documents.values import Loader, values

Key = tuple[str | int, ...]
"""The steps from the top of a document to a value."""

LOST = ("alias", "too-deep", "too-large")
"""Problems after which a file is not looked at further."""


@dataclass
class Document:
    """One YAML file: plain data (every scalar a string, empty ones None), and its places."""

    path: str
    text: str = field(default="", repr=False)
    """What is written in it, each line ended by a line feed."""
    data: Any = field(default=None, repr=False)
    """What it holds: a mapping unless something is wrong; None if nothing is written in it."""
    unread: bool = False
    """Whether nothing of it is known, as the problem it has keeps it from being read."""
    lacks_entries: bool = False
    """Whether a collection is written twice, of which one is read."""
    spans: dict[Key, tuple[int, int]] = field(default_factory=dict, repr=False)
    """The first line of every entry, from 0, and the line after its last."""

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def root(self) -> yaml.Node | None:
        """Its nodes, which are many times the text: they are made again if somebody asks for a place."""
        return yaml.compose(self.text, Loader=Loader) if self.text and not self.unread else None

    def problem(
        self,
        code: str,
        message: str,
        key: Key = (),
        hint: str = "",
        *,
        on_key: bool = False,
        within: Sequence[str] = (),
        warning: bool = False,
    ) -> Problem:
        """Return a problem at the value of *key*.

        Args:
            code: its code in the registry.
            message: what is wrong, in the author's words.
            key: the way to the value, from the top of the file.
            hint: how to put it right.
            on_key: whether the key itself is at fault.
            within: words of the value at fault; the first that stands in it is marked.
            warning: whether it is a matter of quality only.
        """
        spot = self._spot(key, on_key, within)
        if spot is None:
            return Problem(code, message, Location(self.path), hint, warning=warning)
        line, column, width = spot
        where = Location(self.path, line + 1, column + 1)
        return Problem(code, message, where, hint, self._line(line), max(width, 1), warning)

    def _line(self, line: int) -> str:
        """Return a line, counted from 0, without blanks at its end."""
        return self.lines[line].rstrip() if line < len(self.lines) else ""

    def _spot(self, key: Key, on_key: bool, within: Sequence[str]) -> tuple[int, int, int] | None:
        """Return the line and column, from 0, and the width of what a problem marks, if it is anywhere."""
        node = self._node(key, on_key)
        if node is None:
            return None
        for words in within:
            if found := self._find(words, node):
                return *found, len(words)
        line, column = node.start_mark.line, node.start_mark.column
        if node.end_mark.line == line and isinstance(node, yaml.ScalarNode):
            return line, column, node.end_mark.column - column
        return line, column, len(self._line(line)) - column

    def _find(self, words: str, node: yaml.Node) -> tuple[int, int] | None:
        """Return the line and column, from 0, at which *words* stand in the text of *node*."""
        first, last = node.start_mark, node.end_mark
        for line in range(first.line, min(last.line + 1, len(self.lines))):
            start = first.column if line == first.line else 0
            end = last.column if line == last.line else len(self.lines[line])
            if (at := self.lines[line].find(words, start, end)) >= 0:
                return line, at
        return None

    def locate(self, key: Key = ()) -> Location:
        """Return the place of the value of *key*, or of its nearest known parent."""
        node = self._node(key, False)
        mark = node.start_mark if node else None
        return Location(self.path, mark.line + 1, mark.column + 1) if mark else Location(self.path)

    def excerpt(self, key: Key) -> str:
        """Return the lines in which the value of *key* stands, without the indentation they share."""
        lines = self.spans.get(key)
        if lines is None:
            node = self._node(key, False)
            lines = _span(node) if node else (0, 0)
        return dedent("\n".join(self.lines[slice(*lines)])).strip()

    def _node(self, key: Key, on_key: bool) -> yaml.Node | None:
        node, name = self.root, self.root
        for step in key:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == step), None)
                if found is None:
                    return node if not on_key else name
                name, node = found
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                if step >= len(node.value):
                    return node
                name = node = node.value[step]
            else:
                break
        return name if on_key else node


def _span(node: yaml.Node) -> tuple[int, int]:
    """Return the first line of *node*, from 0, and the line after its last."""
    first, end = node.start_mark.line, node.end_mark
    last = end.line + (end.column > 0 and isinstance(node, yaml.ScalarNode))
    return first, max(last, first + 1)


def _entry_spans(root: yaml.Node) -> Iterator[tuple[Key, tuple[int, int]]]:
    """Yield the key of every entry below *root*, and the lines in which it stands."""
    for name, entries in root.value if isinstance(root, yaml.MappingNode) else ():
        if isinstance(entries, yaml.SequenceNode):
            for at, node in enumerate(entries.value):
                yield (name.value, at), _span(node)


def plain_lines(text: str) -> str:
    """Return *text* without a byte order mark, with lines that end in LF."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parse_document(text: str, shown: str) -> tuple[Document, list[Problem]]:
    """Return the document that *text* holds, and what is wrong with it as YAML."""
    text = plain_lines(text)
    document = Document(shown, text)
    try:
        root = yaml.compose(text, Loader=Loader)
    except RecursionError:
        document.unread = True
        return document, [document.problem("too-deep", "this file is nested too deeply to be read")]
    except yaml.YAMLError as error:
        document.unread = True
        return document, [explain_syntax_error(text, shown, error)]
    if root is None:
        return document, []
    data, problems = values(root, shown, text)
    if any(problem.code in LOST for problem in problems):
        document.unread = True
    else:
        document.data, document.spans = data, dict(_entry_spans(root))
        document.lacks_entries = any(p.code == "duplicate-key" and p.location.column == 1 for p in problems)
    return document, problems
