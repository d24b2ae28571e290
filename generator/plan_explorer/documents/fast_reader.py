"""Plain data straight from the events of the YAML parser, for a file in which YAML hides nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from sys import intern
from typing import Any, NamedTuple

import yaml

from plan_explorer.documents.values import MAX_DEPTH, NULLS, Loader, span

_DROPPING = re.compile(r"[&!#](?:(?<=&)(?<![^\s\[{,:]&)(?=[\w-])|(?<=!)(?<![^\s\[{,:]!)|(?<=\s#)(?=\w))")
"""Where a name for a value or a type can begin, or text that is taken for a comment."""

_STEERING = re.compile(r"\\(?:[0abefv]|x[01789]|u00[01789]|U000000[01789])")
"""Where an escape can stand for a control character."""

Spans = dict[tuple[str | int, ...], tuple[int, int]]
"""By the key of an entry: its first line, from 0, and the line after its last."""


class Plain(NamedTuple):
    """What a file holds, and where its entries stand."""

    data: dict[str, Any]
    spans: Spans


class _Unusual(Exception):  # noqa: N818 - nothing is wrong yet
    """A file that has to be walked with care, to tell what is wrong with it."""


def plain(text: str) -> Plain | None:
    """Return what *text* holds if it is a sound mapping, or None if it has to be looked at with care.

    There is no tree of nodes to build, to walk and to throw away.
    """
    if any(sign in text for sign in "&!#") and _DROPPING.search(text):
        return None
    if "\\" in text and _STEERING.search(text):
        return None
    try:
        return _Reader(text).file()
    except (_Unusual, yaml.YAMLError):
        return None


class _Reader:
    """Takes values off the events of a parser, one after the other."""

    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = Loader(text).get_event
        self._end: Any = None
        """The last event of the value that was read last."""

    def file(self) -> Plain:
        """Return what the one document of a file holds."""
        self._expect(yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent)
        data: dict[str, Any] = {}
        spans: Spans = {}
        while type(name := self._next()) is yaml.ScalarEvent:
            key = _new(name, data)
            first = self._next()
            if type(first) is yaml.SequenceStartEvent:
                data[key] = list(self._entries(key, spans))
            else:
                data[key] = self._value(first, 1)
        self._expect(yaml.DocumentEndEvent, yaml.StreamEndEvent)
        return Plain(data, spans)

    def _expect(self, *kinds: type[yaml.Event]) -> None:
        if any(type(self._next()) is not kind for kind in kinds):
            raise _Unusual

    def _entries(self, key: str, spans: Spans) -> Iterator[Any]:
        """Yield the entries of a collection, and note where they stand."""
        at = 0
        while type(first := self._next()) is not yaml.SequenceEndEvent:
            yield self._value(first, 2)
            spans[key, at] = span(first.start_mark, self._end.end_mark, type(first) is yaml.ScalarEvent)
            at += 1

    def _value(self, first: Any, depth: int) -> Any:
        """Return the value that begins with *first*."""
        kind = type(first)
        if kind is yaml.ScalarEvent:
            self._end = first
            return None if first.value in NULLS and not first.style else first.value
        if depth >= MAX_DEPTH:  # what is in it may be nested too deeply
            raise _Unusual
        if kind is yaml.MappingStartEvent:
            return self._mapping(depth + 1)
        if kind is yaml.SequenceStartEvent:
            return self._sequence(depth + 1)
        raise _Unusual

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(name := self._next()) is yaml.ScalarEvent:
            key = _new(name, found)
            found[key] = self._value(self._next(), depth)
        if type(name) is not yaml.MappingEndEvent:
            raise _Unusual
        self._end = name
        return found

    def _sequence(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while type(first := self._next()) is not yaml.SequenceEndEvent:
            found.append(self._value(first, depth))
        self._end = first
        return found


def _new(name: yaml.ScalarEvent, known: Mapping[str, Any]) -> str:
    if name.value in known:
        raise _Unusual
    return intern(name.value)
