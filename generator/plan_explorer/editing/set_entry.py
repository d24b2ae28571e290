"""Change what an entry says, and nothing else of its file: comments, order and quoting stay."""

import json
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

import yaml

from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.documents.document import Document, Key
from plan_explorer.documents.values import NUMBER
from plan_explorer.editing.key_order import get_key_order, rank
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import Workspace, refuse
from plan_explorer.editing.yaml_blocks import Block, is_flow, last_line, members, node_at
from plan_explorer.editing.yaml_scalars import double_quoted, format_scalar, single_quoted
from plan_explorer.model.plan import Entry
from plan_explorer.model.settings import Settings
from plan_explorer.model.statements import on_one_line

WIDTH = 110
"""The longest line that is written, unless a word is longer."""

SHORT = 70
"""The longest list or mapping that is written in brackets."""

INDENT = 2

_COMMENT = re.compile(r"(^|\s)#")
_DATE = re.compile(r"[12]\d{3}(-\d\d){0,2}~?(/[12]\d{3}(-\d\d){0,2}~?)?")
"""A date, which the plan reads as it is written and authors write without quotes."""

Data = Any
"""What an author writes: text, lists and mappings."""


def set_entry(workspace: Workspace, id: str, data: Mapping[str, Data]) -> Workspace:
    """Return *workspace* with the entry *id* saying *data*.

    Raises:
        PlanError: ``unknown-id``, if it does not exist; ``cannot-edit``, if a comment would be lost.
    """
    return set_entries(workspace, {id: data})


def set_entries(workspace: Workspace, wanted: Mapping[str, Mapping[str, Data]]) -> Workspace:
    """Return *workspace* with the entries saying what is *wanted*, by id; the plan itself is plan.yaml.

    Raises:
        PlanError: ``unknown-id``, if one does not exist; ``cannot-edit``, if a comment would be lost.
    """
    splices: dict[str, list[Splice]] = defaultdict(list)
    set_to: dict[str, dict[Key, Data]] = defaultdict(dict)
    for entry, data, change in _changes(workspace, wanted):
        file = workspace.name_of(entry.document)
        splices[file] += change.splices(entry.key, data)
        set_to[file][entry.key] = data
    edited = workspace.apply_edits(splices)
    for file, values in set_to.items():
        _check(edited.documents[file], workspace.documents[file], values)
    return edited


def find_refusals(workspace: Workspace, wanted: Mapping[str, Mapping[str, Data]]) -> dict[str, Problem]:
    """Return why entries cannot say what is *wanted* if they are edited in place, by id."""
    refused: dict[str, Problem] = {}
    for id, (entry, data, change) in zip(wanted, _changes(workspace, wanted), strict=True):
        try:
            change.splices(entry.key, data)
        except PlanError as error:
            refused[id] = error.problems[0]
    return refused


def _changes(
    workspace: Workspace, wanted: Mapping[str, Mapping[str, Data]]
) -> Iterator[tuple[Entry, Mapping[str, Data], "_Change"]]:
    """Yield each entry with what it is to say, and what changes its file."""
    changes: dict[str, _Change] = {}
    for id, data in wanted.items():
        entry = workspace.entry(id)
        document = entry.document
        if document.path not in changes:
            changes[document.path] = _Change(document, workspace.plan.settings)
        yield entry, data, changes[document.path]


def _check(document: Document, before: Document, wanted: Mapping[Key, Data]) -> None:
    """Refuse an edit after which *document* does not say what is *wanted*, and all else as *before*."""
    key = next(iter(wanted))
    said = document.data is not None and all(
        flat(_value(document.data, key)) == flat(data) for key, data in wanted.items()
    )
    if not said or (() not in wanted and _others(document, wanted) != _others(before, wanted)):
        raise refuse("this entry cannot be edited in place", before.locate(key))


def _others(document: Document, keys: Container[Key]) -> list[Data]:
    """Return everything in *document* but the entries at *keys*."""
    return [
        value
        for name, values in (document.data or {}).items()
        for at, value in enumerate(values if isinstance(values, list) else [values])
        if (name, at) not in keys
    ]


def _value(data: Data, key: Key) -> Data:
    for step in key:
        data = data[step]
    return data


def flat(data: Data) -> Data:
    """Return *data* with every run of white space as one blank, as the plan reads it."""
    if isinstance(data, str):
        return on_one_line(data)
    if isinstance(data, Mapping):
        return {key: flat(value) for key, value in data.items()}
    return [flat(value) for value in data] if isinstance(data, Sequence) else data


def _text(data: Data) -> str:
    return json.dumps(flat(data), ensure_ascii=False)


class _Change:
    """The splices that make an entry say something else."""

    def __init__(self, document: Document, settings: Settings) -> None:
        self.document, self.settings = document, settings
        self.text, self.lines = document.text, document.lines
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.found: list[Splice] = []
        self.inserted: dict[int, list[str]] = defaultdict(list)
        """The lines to be inserted before a line, by its number."""

    def splices(self, key: Key, new: Data) -> list[Splice]:
        """Return the splices that make the value at *key* say *new*."""
        self.found, self.inserted = [], defaultdict(list)
        node = node_at(self.document, key)
        assert node is not None

        def rewrite() -> None:
            raise refuse("this entry cannot be edited in place", self.document.locate(key))

        self._change(node, _value(self.document.data, key), new, key, node.start_mark.column, rewrite)
        for line, lines in self.inserted.items():
            at = self._start(line)
            end = line >= len(self.lines)  # the last line of the file is not ended
            body = "\n".join(lines)
            self.found.append(Splice(at, at, f"\n{body}" if end else f"{body}\n"))
        return self.found

    # --- where the value stands

    def _change(
        self, node: yaml.Node, old: Data, new: Data, key: Key, column: int, rewrite: Callable[[], None]
    ) -> None:
        """Make *node* say *new*; *rewrite* writes the whole value anew if it cannot be done within it.

        *column* is that of the key or dash before it.
        """
        if flat(old) == flat(new):
            return
        if is_flow(node) and isinstance(new, list | dict) and new:
            self._refuse_comments(node.start_mark.index, node.end_mark.index, key)
            self._splice(node.start_mark.index, node.end_mark.index, self._in_brackets(node, old, new))
        elif isinstance(node, yaml.MappingNode) and isinstance(new, dict) and new:
            self._mapping(node, old, new, key, rewrite)
        elif isinstance(node, yaml.SequenceNode) and isinstance(new, list) and new:
            self._sequence(node, old, new, key)
        elif isinstance(node, yaml.ScalarNode) and isinstance(new, str):
            self._scalar(node, new, column)
        else:
            rewrite()

    def _mapping(
        self,
        node: yaml.MappingNode,
        old: Mapping[str, Data],
        new: Mapping[str, Data],
        key: Key,
        rewrite: Callable[[], None],
    ) -> None:
        blocks = list(members(node, self.lines))
        order = get_key_order(key, self.settings)
        gone = [name for name in old if name not in new]
        fresh = [name for name in new if name not in old]
        called = dict(zip(gone, fresh, strict=False)) if order[:1] == ("",) and len(gone) == 1 else {}
        fresh = [name for name in fresh if name not in called.values()]
        ranks = [rank(name.value, order) if order else 0 for _, (name, _) in blocks]
        places = {name: _place(ranks, rank(name, order) if order else len(blocks)) for name in fresh}
        first = blocks[0][1][0].value
        on_dash = self.lines[blocks[0][0].head][: blocks[0][0].column].strip() == "-"
        if -1 in places.values() or (on_dash and first in gone and first not in called):
            rewrite()
            return
        for block, (name, value) in blocks:
            word = called.get(name.value, name.value)
            if word not in new:
                self._delete(block.head, block.end, (*key, name.value))
                continue
            if word != name.value:
                self._splice(name.start_mark.index, name.end_mark.index, format_scalar(word))
            again = self._rewriter(block, value, word, new[word], (*key, name.value))
            self._change(value, old[name.value], new[word], (*key, word), block.column, again)
        for name in sorted(fresh, key=lambda each: rank(each, order) if order else 0):
            block = blocks[places[name]][0]
            self.inserted[block.end] += self._member(name, new[name], block.column)

    def _rewriter(self, block: Block, value: yaml.Node, name: str, new: Data, key: Key) -> Callable[[], None]:
        """Return what writes the member *name* of a mapping anew."""

        def rewrite() -> None:
            end = last_line(value, self.lines) + 1
            start = self._start(block.head)
            self._refuse_comments(start, self._start(end), key)
            lines = self._member(name, new, block.column)
            lines[0] = self.lines[block.head][: block.column] + lines[0].lstrip()
            self._splice(start, self._end(end), "\n".join(lines))

        return rewrite

    def _sequence(self, node: yaml.SequenceNode, old: list[Data], new: list[Data], key: Key) -> None:
        blocks = list(members(node, self.lines))
        column = blocks[0][0].column
        matcher = SequenceMatcher(None, [_text(each) for each in old], [_text(each) for each in new], False)
        for tag, start, end, first, last in matcher.get_opcodes():
            if tag == "equal":
                continue
            both = min(end - start, last - first)
            if 0 < both < end - start:  # nobody can tell which row a comment is about
                head, foot = blocks[start][0].start, blocks[end - 1][0].end
                self._refuse_comments(self._start(head), self._start(foot), key)
            for at in range(both):
                block, item = blocks[start + at]
                value = new[first + at]
                again = self._item_rewriter(block, item, value, (*key, start + at))
                self._change(item, old[start + at], value, (*key, start + at), column, again)
            for block, _ in blocks[start + both : end]:
                self._splice(self._start(block.start), self._start(block.end), "")
            lines = [line for each in new[first + both : last] for line in self._item(each, column)]
            if lines:
                at = start + both
                self.inserted[blocks[at - 1][0].end if at else blocks[0][0].head] += lines

    def _item_rewriter(self, block: Block, item: yaml.Node, new: Data, key: Key) -> Callable[[], None]:
        """Return what writes an item of a list anew."""

        def rewrite() -> None:
            end = last_line(item, self.lines) + 1
            start = self._start(block.head)
            self._refuse_comments(start, self._start(end), key)
            self._splice(start, self._end(end), "\n".join(self._item(new, block.column)))

        return rewrite

    def _scalar(self, node: yaml.ScalarNode, new: str, column: int) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            head = self.text[start : self.text.index("\n", start)]
            body = self.lines[node.start_mark.line + 1 : last_line(node, self.lines) + 1]
            indents = [len(line) - len(line.lstrip()) for line in body if line.strip()]
            indent = min(indents, default=column + INDENT)
            end = self._end(last_line(node, self.lines) + 1)
            self._splice(start, end, "\n".join([head, *_wrapped(new, indent)]))
            return
        alone = not self.text[end:].partition("\n")[0].strip()
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        value = _quoted(new, node.style, in_brackets=False)
        if alone and (len(line) + len(value) > WIDTH) and " " in new and new.isprintable():
            value = "\n".join([">-", *_wrapped(new, column + INDENT)])
        self._splice(start, end, value)

    # --- what is written anew

    def _member(self, name: str, value: Data, column: int) -> list[str]:
        """Return the lines of a key and its value."""
        lead = f"{' ' * column}{format_scalar(name)}:"
        if isinstance(value, str):
            return _scalar_lines(f"{lead} ", value, column)
        if (short := _short(value)) and not _is_said(name):
            return [f"{lead} {short}"]
        if isinstance(value, list):
            return [lead, *(line for each in value for line in self._item(each, column + INDENT))]
        return [lead, *self._members(value, column + INDENT)]

    def _members(self, value: Mapping[str, Data], column: int) -> list[str]:
        return [line for name, each in value.items() for line in self._member(name, each, column)]

    def _item(self, value: Data, column: int) -> list[str]:
        """Return the lines of an item of a list."""
        lead = f"{' ' * column}- "
        if isinstance(value, str):
            return _scalar_lines(lead, value, column)
        if isinstance(value, dict) and value:
            lines = self._members(value, column + INDENT)
            return [lead + lines[0].lstrip(), *lines[1:]]
        return [lead + _brackets(value)]

    def _in_brackets(self, node: yaml.Node, old: Data, new: Data) -> str:
        """Return *new* in brackets, with what is as before as it was written."""
        if flat(old) == flat(new):
            return self.text[node.start_mark.index : node.end_mark.index]
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict):
            known = {name.value: value for name, value in node.value}
            parts = [
                f"{format_scalar(name)}: "
                + (
                    self._in_brackets(known[name], old[name], new[name])
                    if name in known
                    else _brackets(value)
                )
                for name, value in new.items()
            ]
            return f"{{{', '.join(parts)}}}"
        if isinstance(node, yaml.SequenceNode) and isinstance(new, list):
            before = {_text(value): part for value, part in zip(old, node.value, strict=True)}
            parts = [
                self._in_brackets(before[_text(value)], value, value)
                if _text(value) in before
                else _brackets(value)
                for value in new
            ]
            return f"[{', '.join(parts)}]"
        if isinstance(node, yaml.ScalarNode) and isinstance(new, str):
            return _quoted(new, node.style)
        return _brackets(new)

    # --- the text

    def _splice(self, start: int, end: int, text: str) -> None:
        self.found.append(Splice(start, end, text))

    def _start(self, line: int) -> int:
        """Return the position where *line* starts, or the end of the text."""
        return min(self.starts[line], len(self.text))

    def _end(self, line: int) -> int:
        """Return the position of the end of the line before *line*."""
        return self._start(line) - (1 if line < len(self.lines) else 0)

    def _delete(self, start: int, end: int, key: Key) -> None:
        first, last = self._start(start), self._start(end)
        self._refuse_comments(first, last, key)
        self._splice(first, last, "")

    def _refuse_comments(self, start: int, end: int, key: Key) -> None:
        """Refuse to write over a comment."""
        tokens = yaml.scan(self.text[start:end])
        kept = self.text[start:end]
        try:
            words = [(each.start_mark.index, each.end_mark.index) for each in tokens]
        except yaml.YAMLError:
            words = []
        for first, last in reversed(words):
            kept = kept[:first] + "x" * (last - first) + kept[last:]
        if _COMMENT.search(kept):
            hint = "edit this part in the file, or move the comment"
            raise refuse("a comment in here would be lost", self.document.locate(key), hint)


def _place(ranks: list[int], own: int) -> int:
    """Return the index of the last key that comes before one of rank *own*, or -1."""
    return max((at for at, each in enumerate(ranks) if each <= own), default=-1)


def _wrapped(text: str, indent: int) -> list[str]:
    lines = textwrap.wrap(flat(text), max(WIDTH - indent, 30), break_long_words=False, break_on_hyphens=False)
    return [" " * indent + line for line in lines]


def _scalar_lines(lead: str, value: str, column: int) -> list[str]:
    one_line = _plain(value, in_brackets=False)
    if len(lead) + len(one_line) <= WIDTH or " " not in value or not value.isprintable():
        return [lead + one_line]
    return [f"{lead}>-", *_wrapped(value, column + INDENT)]


def _quoted(text: str, style: str | None, *, in_brackets: bool = True) -> str:
    """Return *text* in the quotation marks that were there."""
    if style == '"':
        return double_quoted(text)
    if style == "'" and text.isprintable():
        return single_quoted(text)
    return _plain(text, in_brackets=in_brackets)


def _plain(text: str, *, in_brackets: bool = True) -> str:
    as_it_is = _DATE.fullmatch(text) or NUMBER.fullmatch(text)
    return text if as_it_is else format_scalar(text, in_brackets=in_brackets)


def _brackets(value: Data) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{format_scalar(key)}: {_brackets(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_brackets, value))}]"
    return _plain(value)


def _short(value: Data) -> str:
    """Return a list or mapping in brackets, if that is short and has no other mapping in it."""
    inner = value.values() if isinstance(value, dict) else value
    shown = _brackets(value)
    return shown if len(shown) <= SHORT and not any(isinstance(each, dict) for each in inner) else ""


def _is_said(name: str) -> bool:
    return name in ("summary", "statements", "notes", "wordings", "renderings", "relations", "sides")
