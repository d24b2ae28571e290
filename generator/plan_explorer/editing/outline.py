"""Write the outline of a source as its text has it, and keep what people wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from operator import getitem
from pathlib import Path
from typing import Any

from plan_explorer.documents.document import Document, Key
from plan_explorer.editing.entries import INDENT, find_block, insert_entry, line_offset, take_entry
from plan_explorer.editing.set_entry import set_entry
from plan_explorer.editing.text_edits import Splice
from plan_explorer.editing.workspace import Workspace, refuse
from plan_explorer.editing.yaml_blocks import indent_lines, is_flow, key_of, members, node_at
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.evidence.outline import Pair, pair_passages
from plan_explorer.evidence.sentences import TextPassage, TextSentence
from plan_explorer.model.entities import Source
from plan_explorer.model.plan import Entry

NO_SECTION = "Text"
"""The section of passages that stand under no heading."""


@dataclass(frozen=True)
class Outlined:
    """A workspace with the outline of a source, and how its passages were paired."""

    workspace: Workspace
    pairs: Sequence[Pair]


def write_outline(workspace: Workspace, id: str, passages: Sequence[TextPassage]) -> Outlined:
    """Return *workspace* with the outline of the source *id* as *passages* have it.

    Ids, titles, summaries and notes stay with the passages they were written for. A source of which nothing
    may be shown keeps lengths and fingerprints, and no words.

    Raises:
        PlanError: ``unknown-id`` or ``cannot-edit``, if there is no such source or its outline is written
            in brackets.
    """
    entry, source = source_entry(workspace, id)
    pairs = pair_passages(source.passages, passages)
    file = workspace.name_of(entry.document)
    written = pairs if source.text.show != "none" else [_without_words(pair) for pair in pairs]
    if not source.outline:
        return Outlined(_add_outline(workspace, file, entry.key, written), pairs)
    if not any(pair.old and pair.new for pair in pairs):
        message = f"no passage of the outline of '{id}' is in this text"
        hint = "is it the right text? to begin anew, delete the key 'outline' first"
        raise refuse(message, entry.document.locate((*entry.key, "outline")), hint)
    edited = _keep(workspace, file, entry.key, written)
    edited = _drop(edited, file, entry.key, written)
    return Outlined(_insert(edited, file, entry.key, written), pairs)


def name_text(workspace: Workspace, id: str, text: Path) -> Workspace:
    """Return *workspace* with *text* as the text of the source *id*, if it lies within the plan's folder.

    Raises:
        PlanError: ``unknown-id`` or ``cannot-edit``, as for the outline.
    """
    entry, source = source_entry(workspace, id)
    file = path_within(workspace, text)
    if not file or file == source.text.file:
        return workspace
    data = _value(entry.document, entry.key)
    return set_entry(workspace, id, {**data, "text": {**data.get("text", {}), "file": file}})


def path_within(workspace: Workspace, text: Path) -> str:
    """Return the path of *text* from the plan's folder, or "" if it lies elsewhere."""
    text, folder = text.resolve(), workspace.folder.resolve()
    return text.relative_to(folder).as_posix() if text.is_relative_to(folder) else ""


def source_entry(workspace: Workspace, id: str) -> tuple[Entry, Source]:
    """Return the source *id*, and its entry.

    Raises:
        PlanError: ``unknown-id`` or ``cannot-edit``, if there is no such source.
    """
    ids = [source.id for source in workspace.plan.sources]
    entry = workspace.entry(id, ids, f"sources: {', '.join(ids)}" if ids else "")
    if not isinstance(entry.entity, Source):
        raise refuse(f"'{id}' is not a source", entry.document.locate(entry.key), "name a source of the plan")
    return entry, entry.entity


def _without_words(pair: Pair) -> Pair:
    if not pair.new:
        return pair
    bare = tuple(replace(sentence, opening="", closing="") for sentence in pair.new.sentences)
    return replace(pair, new=replace(pair.new, sentences=bare))


# --- lines


def _sentence(sentence: TextSentence) -> str:
    parts = [f"words: {sentence.words}"]
    parts += [f"opening: {format_scalar(sentence.opening)}"] if sentence.opening else []
    parts += [f"closing: {format_scalar(sentence.closing)}"] if sentence.closing else []
    return f"{{{', '.join(parts)}, fingerprint: {format_scalar(sentence.fingerprint)}}}"


def _passage_lines(pair: Pair, number: int) -> Iterator[str]:
    assert pair.new
    yield f"- id: {format_scalar(pair.id)}"
    yield f"  number: {number}"
    yield "  sentences:"
    yield from (f"    - {_sentence(sentence)}" for sentence in pair.new.sentences)


def _outline_lines(pairs: Sequence[Pair]) -> Iterator[str]:
    numbered = [(number, pair) for number, pair in enumerate(pairs, 1) if pair.new]
    yield "outline:"
    for section, group in groupby(numbered, lambda each: each[1].new.section if each[1].new else ""):
        yield f"  - section: {format_scalar(section or NO_SECTION)}"
        yield "    passages:"
        for number, pair in group:
            yield from indent_lines(list(_passage_lines(pair, number)), 3 * INDENT)


# --- edits


def _add_outline(workspace: Workspace, file: str, key: Key, pairs: Sequence[Pair]) -> Workspace:
    """Return *workspace* with an outline at the end of the entry at *key*."""
    document = workspace.documents[file]
    node = node_at(document, key)
    if node is None or is_flow(node):
        raise refuse("this source is written in braces", document.locate(key), "write one key per line")
    *_, (last, _) = members(node, document.lines)
    lines = indent_lines(list(_outline_lines(pairs)), last.column)
    if key_of(node, "outline"):  # it is there, and empty
        block = find_block(document, (*key, "outline"))
        start, end = line_offset(document.lines, block.head), line_offset(document.lines, block.end)
    else:
        start = end = line_offset(document.lines, last.end)
    before = "\n" if last.end >= len(document.lines) and start == end else ""
    return workspace.apply_edits({file: [Splice(start, end, before + "\n".join(lines) + "\n")]})


def _places(document: Document, key: Key) -> dict[str, Key]:
    """Return the key of every passage of the source at *key*, by id."""
    return {
        passage["id"]: (*key, "outline", at, "passages", index)
        for at, section in enumerate(_value(document, key)["outline"])
        for index, passage in enumerate(section["passages"])
    }


def _value(document: Document, key: Key) -> Any:
    """Return what *document* has at *key*."""
    return reduce(getitem, key, document.data)


def _keep(workspace: Workspace, file: str, key: Key, pairs: Sequence[Pair]) -> Workspace:
    """Return *workspace* with the sentences of every passage that stays, and its number."""
    document = workspace.documents[file]
    places = _places(document, key)
    old = [pair.old for pair in pairs if pair.old]
    counted = [passage.number for passage in old] == [str(at) for at in range(1, len(old) + 1)]
    splices: list[Splice] = []
    number = 0
    for pair in pairs:
        number += pair.new is not None
        if not pair.old or not pair.new:
            continue
        place = places[pair.id]
        splices += _set_sentences(document, place, pair.new.sentences)
        if counted and pair.old.number != str(number):
            node = node_at(document, (*place, "number"))
            assert node is not None
            splices.append(Splice(node.start_mark.index, node.end_mark.index, str(number)))
    return workspace.apply_edits({file: splices})


def _set_sentences(document: Document, place: Key, sentences: Sequence[TextSentence]) -> Iterator[Splice]:
    """Yield the edit that writes *sentences* into the passage at *place*."""
    passage, value = node_at(document, place), node_at(document, (*place, "sentences"))
    assert passage is not None
    if is_flow(passage):
        text = f"[{', '.join(map(_sentence, sentences))}]"
        if value is None:
            end = passage.end_mark.index - 1
            yield Splice(end, end, f", sentences: {text}")
        else:
            yield Splice(value.start_mark.index, value.end_mark.index, text)
        return
    column = passage.start_mark.column
    items = [f"{' ' * (column + INDENT)}- {_sentence(sentence)}" for sentence in sentences]
    lines = [" " * column + "sentences:", *items]
    if value is None:
        at = line_offset(document.lines, find_block(document, (*place, "id")).end)
        yield Splice(at, at, "\n".join(lines) + "\n")
        return
    block = find_block(document, (*place, "sentences"))
    if [(each.opening, each.fingerprint) for each in sentences] == _written(document, place):
        return
    start = line_offset(document.lines, block.head) + block.column
    end = line_offset(document.lines, block.end)
    yield Splice(start, end, "\n".join(lines)[column:] + "\n")


def _written(document: Document, place: Key) -> list[tuple[str, str]]:
    """Return the first words and the fingerprint of each sentence that the passage at *place* has."""
    sentences = _value(document, place)["sentences"]
    known = [each for each in sentences if isinstance(each, dict)]
    return [(each.get("opening", ""), each.get("fingerprint", "")) for each in known]


def _drop(workspace: Workspace, file: str, key: Key, pairs: Sequence[Pair]) -> Workspace:
    """Return *workspace* without the passages that are no longer in the text."""
    edited = workspace
    for pair in pairs:
        if pair.old and not pair.new:
            places = _places(edited.documents[file], key)
            place = places[pair.id]
            alone = sum(each[:-1] == place[:-1] for each in places.values()) == 1
            edited, _ = take_entry(edited, file, place[:-2] if alone else place)
    return edited


def _insert(workspace: Workspace, file: str, key: Key, pairs: Sequence[Pair]) -> Workspace:
    """Return *workspace* with the passages that are new in the text."""
    edited = workspace
    there = [pair for pair in pairs if pair.new]
    for at, pair in enumerate(there):
        assert pair.new
        if pair.old:
            continue
        lines = list(_passage_lines(pair, at + 1))
        before = there[at - 1] if at else None
        places = _places(edited.documents[file], key)
        follows = _next_in_section(there, at)
        if follows and not (before and before.new and before.new.section == pair.new.section):
            place = places[follows.id]
            edited, _ = insert_entry(edited, file, place[:-1], lines, _index(place) - 1)
        elif before and before.new and before.new.section != pair.new.section:
            section = places[before.id][:-2]
            head = [f"- section: {format_scalar(pair.new.section or NO_SECTION)}", "  passages:"]
            lines = [*head, *indent_lines(lines, 2 * INDENT)]
            edited, _ = insert_entry(edited, file, section[:-1], lines, _index(section))
        elif before:
            place = places[before.id]
            edited, _ = insert_entry(edited, file, place[:-1], lines, _index(place))
        else:
            first = next(iter(places.values()))
            edited, _ = insert_entry(edited, file, first[:-1], lines, -1)
    return edited


def _next_in_section(pairs: Sequence[Pair], at: int) -> Pair | None:
    """Return the next passage that the outline has already, if it stands under the same heading."""
    here = pairs[at].new
    following = next((pair for pair in pairs[at + 1 :] if pair.old), None)
    same = following and following.new and here and following.new.section == here.section
    return following if same else None


def _index(key: Key) -> int:
    return int(key[-1])
