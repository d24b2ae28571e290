"""Define the sheets of a workbook for corrections: which part of an entry stands in which column."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from plan_explorer.model.entities import KINDS, Actor, Comparison, Crosswalk, Term
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import MARK, on_one_line, split_last_citation

Data = dict[str, Any]
"""What an author writes of an entry."""

ID, ENTRY, PART, NUMBER = "id", "entry", "part", "number"
"""The headings of the columns by which rows are recognized."""

KEYS = (ID, ENTRY, PART, NUMBER)

SAID = "Statements"
"""The sheet with a row for each statement but summaries."""

PARTS = ("statements", "notes", "wordings", "renderings")
"""The lists of statements that stand in that sheet."""

SOURCE_FIELDS = ("publisher", "url", "language", "translation", "licence", "archived", "checked")

_LINE = re.compile(
    r"(?P<kind>[^\s:]+)\s*:\s*(?P<target>[^\s–\[]+)\s*(?:–(?:(?!\sbecause\s|\[).)*)?\s*"
    r"(?:\bbecause\s+(?P<because>[^\[]*[^\[\s])\s*)?(?:\[(?P<cites>[^\]]*)\])?\s*(?:–.*)?",
    re.DOTALL,
)
_BAD_TITLE = re.compile(r"[\[\]:*?/\\']")
MAX_TITLE = 31
"""The longest name of a sheet, in characters."""


@dataclass(frozen=True)
class Column:
    """A part of an entry, as the text of a cell."""

    head: str
    path: tuple[str, ...]
    """Where it stands in the entry, for messages."""
    read: Callable[[Data, Plan], str]
    write: Callable[[Data, str, Plan], None]
    """Puts the text of a cell into an entry."""
    about: str = ""
    choices: tuple[str, ...] = ()
    as_lines: bool = False
    """Whether a line stands for a relation, whose order and name do not matter."""

    def same(self, one: str, other: str) -> bool:
        """Return whether two cells say the same."""
        if self.as_lines:
            return _say_the_same(one, other)
        return on_one_line(one) == on_one_line(other)


@dataclass(frozen=True)
class Sheet:
    """A sheet with a row for each entry of a collection, or each statement."""

    title: str
    collection: str
    """The key of the list in YAML; empty for statements."""
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The headings of the columns that nobody is to change."""
        return (ID,) if self.collection else (ENTRY, PART, NUMBER)


def sheets(plan: Plan) -> list[Sheet]:
    """Return the sheets of *plan*: one for each level and kind with entries, and one for statements."""
    collections = [(level.plural, level.name.many) for level in plan.settings.levels.values()]
    collections += [
        (plural, plural.capitalize())
        for plural, model in KINDS.items()
        if model not in (Comparison, Crosswalk)
    ]
    used = {entry.key[0] for entry in plan.entries.values() if entry.key and entry.document.data}
    titles: set[str] = {SAID.casefold()}
    made = [
        Sheet(_title(name, titles), collection, tuple(_columns(collection, plan)))
        for collection, name in collections
        if collection in used
    ]
    statements = [each for data in written(plan).values() for part in PARTS for each in said(data, part)]
    return [*made, Sheet(SAID, "", tuple(statement_columns(statements, plan)))]


def _title(name: str, taken: set[str]) -> str:
    """Return the name of another sheet: short, unique and of characters that are allowed."""
    plain = _BAD_TITLE.sub(" ", on_one_line(name)).strip() or "Sheet"
    title, number = plain[:MAX_TITLE], 2
    while title.casefold() in taken:
        title = f"{plain[: MAX_TITLE - 4]} {number}"
        number += 1
    taken.add(title.casefold())
    return title


def _columns(collection: str, plan: Plan) -> Iterator[Column]:
    settings = plan.settings
    model = KINDS.get(collection)
    level = next((each for each in settings.levels.values() if each.plural == collection), None)
    if level:
        yield _line("code", "Code")
        if level.under:
            yield _line("under", "Under", "The id of the entry above.")
            yield _list("also_under", "Also under", "More ids of entries above, parted by semicolons.")
    elif model is Actor:
        yield _line("under", "Under", "The id of the actor that it is part of.")
    kinds = {
        "actors": settings.actor_kinds,
        "events": settings.event_kinds,
        "terms": settings.term_kinds,
    }.get(collection, {})
    if kinds:
        yield _line("kind", "Kind", choices=tuple(kinds))
    for tag, language in settings.languages.items():
        yield _name("name", tag, f"Name ({language.name})", plan)
    for tag in dict.fromkeys(
        tag
        for entry in plan.entries.values()
        if entry.key[:1] == (collection,)
        for tag in entry.entity.short
        if tag in settings.languages
    ):
        yield _name("short", tag, f"Short name ({settings.languages[tag].name})", plan)
    entries = list(written(plan, collection).values())
    yield from _told("gist", "Gist", entries, plan, "What it covers, in a few words.")
    yield from map(_of_summary, statement_columns([each.get("summary") for each in entries], plan))
    if collection == "sources":
        for name in SOURCE_FIELDS:
            yield from _told(name, name.capitalize(), entries, plan)
    if collection == "events":
        yield from _told("place", "Place", entries, plan)
    if model is not Term:
        dates = [each["date"] for each in entries if isinstance(each.get("date"), dict)]
        yield _inside("date", "edtf", "Date", "Year, month or day: 2030, 2030-06, 2030-06-01.")
        yield _inside("date", "label", "Date: words", "The source’s words for it.")
        for tag in _other_languages([each.get("label") for each in dates], plan):
            yield _inside("date", "label", _head("Date: words", tag, plan), tag=tag)
        yield _inside("date", "cites", "Date: places", "Where it is given: paper p2.1; report.")
    if level:
        targets = [each["target"] for each in entries if isinstance(each.get("target"), dict)]
        for part in ("indicator", "comparator", "value", "unit", "due"):
            yield _inside("target", part, f"Target: {part}")
            for tag in _other_languages([each.get(part) for each in targets], plan):
                yield _inside("target", part, _head(f"Target: {part}", tag, plan), tag=tag)
        yield _inside("target", "baseline.value", "Target: baseline")
        yield _inside("target", "baseline.date", "Target: baseline date")
        yield _inside("target", "cites", "Target: places", "Where it is set: paper p2.1; report.")
    if settings.relations:
        if model is not Actor and plan.actors:
            yield _relations("Actors", actors=True)
        yield _relations("Relations", actors=False)


# --- texts, which may be in several languages


def _in_language(value: Any, tag: str, plan: Plan) -> str:
    """Return what a text says in a language; one that is not by language is in the first."""
    told = value if isinstance(value, dict) else {plan.settings.language: value}
    words = told.get(tag or plan.settings.language)
    return on_one_line(words) if isinstance(words, str) else ""


def _with_language(value: Any, tag: str, words: str, plan: Plan) -> Any:
    """Return a text that says *words* in a language, and what it said in others."""
    first = plan.settings.language
    told = dict(value) if isinstance(value, dict) else {first: value} if value else {}
    _put(told, tag or first, words)
    return told.get(first, "") if told.keys() <= {first} else told


def _original(value: Any, plan: Plan) -> tuple[str, str]:
    """Return the language of a text that others translate, and what it says in that."""
    tag = plan.settings.language
    if isinstance(value, dict) and tag not in value:
        tag = next(iter(value), tag)
    return tag, _in_language(value, tag, plan)


def _other_languages(values: Iterable[Any], plan: Plan) -> list[str]:
    """Return the languages other than the first in which any of the texts is written."""
    first, *others = plan.settings.languages
    found = {tag for value in values if isinstance(value, dict) for tag in value}
    return [tag for tag in others if tag in found and tag != first]


def _head(head: str, tag: str, plan: Plan) -> str:
    return f"{head} ({plan.settings.languages[tag].name})"


# --- simple values


def _line(name: str, head: str, about: str = "", choices: tuple[str, ...] = (), *, tag: str = "") -> Column:
    """Return the column of a text in one language: the first, if none is given."""

    def read(data: Data, plan: Plan) -> str:
        return _in_language(data.get(name), tag, plan)

    def write(data: Data, words: str, plan: Plan) -> None:
        _put(data, name, _with_language(data.get(name), tag, on_one_line(words), plan))

    return Column(head, (name,), read, write, about, choices)


def _told(name: str, head: str, entries: list[Data], plan: Plan, about: str = "") -> Iterator[Column]:
    """Yield the columns of a text, one for each language in which any entry has it."""
    yield _line(name, head, about)
    for tag in _other_languages([each.get(name) for each in entries], plan):
        yield _line(name, _head(head, tag, plan), tag=tag)


def _list(name: str, head: str, about: str = "") -> Column:
    def read(data: Data, _plan: Plan) -> str:
        return "; ".join(_texts(data.get(name)))

    def write(data: Data, words: str, _plan: Plan) -> None:
        _put(data, name, _parts(words))

    return Column(head, (name,), read, write, about)


def _name(field: str, tag: str, head: str, plan: Plan) -> Column:
    first = plan.settings.language

    def read(data: Data, _plan: Plan) -> str:
        names = data.get(field)
        if isinstance(names, str):
            return on_one_line(names) if tag == first else ""
        name = names.get(tag) if isinstance(names, dict) else None
        return on_one_line(str(name.get("text", "") if isinstance(name, dict) else name or ""))

    def write(data: Data, words: str, _plan: Plan) -> None:
        names = data.get(field)
        if tag == first and not isinstance(names, dict):
            _put(data, field, on_one_line(words))
            return
        names = dict(names) if isinstance(names, dict) else {first: names} if names else {}
        old = names.get(tag)
        _put(
            names,
            tag,
            {**old, "text": on_one_line(words)} if isinstance(old, dict) and words else on_one_line(words),
        )
        _put(data, field, names)

    return Column(head, (field, tag), read, write)


def _inside(field: str, part: str, head: str, about: str = "", *, tag: str = "") -> Column:
    """Return the column of a part of a mapping; a date may be no more than text."""
    steps = part.split(".")

    def read(data: Data, plan: Plan) -> str:
        value = data.get(field)
        value = {"edtf": value} if isinstance(value, str) else value
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        return "; ".join(_texts(value)) if part == "cites" else _in_language(value, tag, plan)

    def write(data: Data, words: str, plan: Plan) -> None:
        old = data.get(field)
        if part == "edtf" and not isinstance(old, dict):
            _put(data, field, on_one_line(words))
            return
        whole: Data = {"edtf": old} if isinstance(old, str) else dict(old or {})
        inner = whole
        for step in steps[:-1]:
            known = inner.get(step)
            inner[step] = dict(known) if isinstance(known, dict) else {}
            inner = inner[step]
        old_text = inner.get(steps[-1])
        told = _parts(words) if part == "cites" else _with_language(old_text, tag, on_one_line(words), plan)
        _put(inner, steps[-1], told)
        if len(steps) > 1 and not inner:
            del whole[steps[0]]
        _put(data, field, whole)

    return Column(head, (field, *steps), read, write, about)


def _put(data: Data, name: str, value: Any) -> None:
    """Have *value* under *name*, or nothing if it is empty."""
    if value:
        data[name] = value
    else:
        data.pop(name, None)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value] if value else []
    return [on_one_line(each) for each in values if isinstance(each, str)]


def _parts(words: str) -> list[str]:
    return [
        part for each in words.replace("\n", ";").split(";") if (part := on_one_line(each).removeprefix("@"))
    ]


# --- statements


def statement_columns(statements: Iterable[Any], plan: Plan) -> Iterator[Column]:
    """Yield the columns of a statement: its words in each language, its places, its label and the reason.

    Args:
        statements: those that are written, which tell the languages.
        plan: the plan.
    """
    written = [as_statement(each) for each in statements]
    yield Column("Text", ("text",), *_words_in(""))
    tags = {*_other_languages([each.get("text") for each in written], plan), *plan.settings.editions[1:]}
    for tag in (each for each in plan.settings.languages if each in tags):
        yield Column(_head("Text", tag, plan), ("text",), *_words_in(tag))
    places = "Where it is said: paper p2.1; report."
    yield Column("Places", ("cites",), _places, _set_places, places)
    yield _line("status", "Label", "Empty if it follows from the places.", STATUSES)
    yield from _told("reason", "Reason", written, plan, "Why the editors read it so.")


LONG = ("text", "cites", "status", "reason", "sides")
"""The keys of a statement in its long form; any others are languages of its text."""

STATUSES = ("stated", "inferred", "disputed", "background", "known", "silence", "wording", "editorial")


def said(data: Data, part: str) -> list[Any]:
    """Return the statements in a list of an entry, as they are written."""
    value = data.get(part)
    return value if isinstance(value, list) else [value] if value else []


def as_statement(value: Any) -> Data:
    """Return a statement in its long form."""
    if isinstance(value, dict) and value.keys() & LONG:
        return dict(value)
    return {"text": value} if value else {}


def in_short(value: Data) -> Any:
    """Return a statement as an author writes it."""
    return value["text"] if list(value) == ["text"] else value


def _split(data: Data, plan: Plan) -> tuple[str, str]:
    """Return the words and the citation at their end, if there is no other, of the original."""
    return split_last_citation(_original(data.get("text"), plan)[1])


def _words_in(tag: str) -> tuple[Callable[[Data, Plan], str], Callable[[Data, str, Plan], None]]:
    """Return what reads and what writes the words of a statement in a language, without citations."""

    def read(data: Data, plan: Plan) -> str:
        return split_last_citation(_in_language(data.get("text"), tag, plan))[0]

    def write(data: Data, words: str, plan: Plan) -> None:
        text, own = data.get("text"), on_one_line(words)
        mark = split_last_citation(_in_language(text, tag, plan))[1]
        if tag in ("", plan.settings.language):
            mark = mark or _split(data, plan)[1]
        _put(data, "text", _with_language(text, tag, f"{own} [{mark}]" if own and mark else own, plan))

    return read, write


def _places(data: Data, plan: Plan) -> str:
    mark = _split(data, plan)[1]
    return "; ".join(_parts(mark) if mark else _texts(data.get("cites")))


def _set_places(data: Data, words: str, plan: Plan) -> None:
    tag, _ = _original(data.get("text"), plan)
    own, mark = _split(data, plan)
    places = _parts(words)
    if not mark and (data.get("cites") or MARK.search(own)):
        _put(data, "cites", places)
        return
    cited = f" [{'; '.join(f'@{place}' for place in places)}]" if places else ""
    for each in plan.settings.languages:  # a translation that cites anything cites the same
        own, mark = split_last_citation(_in_language(data.get("text"), each, plan))
        if mark or each == tag:
            text = _with_language(data.get("text"), each, f"{own}{cited}".strip(), plan)
            _put(data, "text", text)


def _of_summary(column: Column) -> Column:
    """Return a column of statements as one of the summary."""

    def read(data: Data, plan: Plan) -> str:
        return column.read(as_statement(data.get("summary")), plan)

    def write(data: Data, words: str, plan: Plan) -> None:
        statement = as_statement(data.get("summary"))
        column.write(statement, words, plan)
        _put(data, "summary", in_short(statement) if statement else None)

    part = column.head[:1].lower() + column.head[1:]
    head = f"Summary: {part}" if column.path != ("text",) else column.head.replace("Text", "Summary", 1)
    return replace(column, head=head, path=("summary", *column.path), read=read, write=write)


# --- relations


def _lines_of(words: str) -> list[str]:
    return [line.strip() for line in words.split("\n") if line.strip()]


def _stated(line: str) -> tuple[tuple[str, str], str, tuple[str, ...]]:
    """Return kind and other entry, the reason and the places in a line; what is none has no kind."""
    match = _LINE.fullmatch(line)
    if not match:
        return ("", line), "", ()
    pair = (match["kind"], match["target"])
    return pair, on_one_line(match["because"] or ""), tuple(_parts(match["cites"] or ""))


def _say_the_same(one: str, other: str) -> bool:
    """Return whether two cells have the same relations; what *one* leaves out is as it was."""
    ours, theirs = ([_stated(line) for line in _lines_of(words)] for words in (one, other))
    if sorted(pair for pair, *_ in ours) != sorted(pair for pair, *_ in theirs):
        return False
    known = {pair: rest for pair, *rest in theirs}
    return all(
        not new or new == old for pair, *rest in ours for new, old in zip(rest, known[pair], strict=True)
    )


def _relations(head: str, *, actors: bool) -> Column:
    """Return the column of the relations to actors, or of the others."""

    def mine(target: str, plan: Plan) -> bool:
        return (target in {actor.id for actor in plan.actors}) == actors

    def ends(relation: Data, plan: Plan) -> tuple[str, str]:
        known = plan.settings.relations
        return next(((key, value) for key, value in relation.items() if key in known), ("", ""))

    def read(data: Data, plan: Plan) -> str:
        relations = [(*ends(each, plan), each) for each in said(data, "relations")]
        return "\n".join(_line_of(*each, plan) for each in relations if mine(each[1], plan))

    def write(data: Data, words: str, plan: Plan) -> None:
        lines = [_stated(line) for line in _lines_of(words)]
        stated = {pair: (reason, places) for pair, reason, places in lines}
        old = said(data, "relations")
        kept = [
            _with_reason(each, *stated.get(ends(each, plan), ("", ())), plan)
            for each in old
            if not mine(ends(each, plan)[1], plan) or ends(each, plan) in stated
        ]
        known = [ends(each, plan) for each in old]
        fresh = [pair for pair in stated if pair not in known]
        kept += [_with_reason({kind: id}, *stated[kind, id], plan) for kind, id in fresh]
        _put(data, "relations", kept)

    about = (
        "One a line: kind: id. A new one needs the place that says so, kind: id [paper p2.1], "
        "or a reason and its place: kind: id because It clears the air. [paper p2.1]"
    )
    return Column(head, ("relations",), read, write, about, as_lines=True)


def _line_of(kind: str, id: str, relation: Data, plan: Plan) -> str:
    """Return a relation as a line; a reason with other brackets is left out, and stays as it is."""
    reason, mark = split_last_citation(_original(relation.get("because"), plan)[1])
    places = "; ".join(_parts(mark) if mark else _texts(relation.get("cites")))
    name = f" – {plan.title(plan[id])}" if id in plan else ""
    because = f" because {on_one_line(reason)}" if reason else ""
    cited = f" [{places}]" if places else ""
    line = f"{kind}: {id}{name}{because}{cited}"
    return line if _stated(line)[:2] == ((kind, id), on_one_line(reason)) else f"{kind}: {id}{name}"


def _with_reason(relation: Data, reason: str, places: tuple[str, ...], plan: Plan) -> Data:
    """Return a relation with another reason or other places, if they are given."""
    if not (reason or places):
        return relation
    tag, text = _original(relation.get("because"), plan)
    old, mark = split_last_citation(text)
    if not (reason or old):
        return {**relation, "cites": list(places)}
    listed = [] if mark or "because" not in relation else _texts(relation.get("cites"))
    marks = mark or "; ".join(f"@{place}" for place in listed)
    marks = "; ".join(f"@{place}" for place in places) or marks
    words = f"{reason or old} [{marks}]" if marks else reason or old
    because = _with_language(relation.get("because"), tag, words, plan)
    rest = {key: each for key, each in relation.items() if key != "cites"}
    return {**rest, "because": because, **({} if "because" in relation else {"status": "inferred"})}


def rows(sheet: Sheet, entries: Mapping[str, Data]) -> Iterator[tuple[tuple[str, ...], Data]]:
    """Yield the key of each row, and the part of an entry that stands in it.

    Args:
        sheet: the sheet.
        entries: what is written of the entries, by id: those of the sheet's collection, or all.
    """
    for id, data in entries.items():
        if sheet.collection:
            yield (id,), data
            continue
        for part in PARTS:
            for number, each in enumerate(said(data, part), 1):
                yield (id, part, str(number)), as_statement(each)


def written(plan: Plan, collection: str = "") -> dict[str, Data]:
    """Return what is written of the entries of *collection*, or of all in lists, by id."""
    return {
        id: entry.document.data[entry.key[0]][entry.key[1]]
        for id, entry in plan.entries.items()
        if len(entry.key) == 2 and entry.key[0] != "views" and collection in ("", entry.key[0])
    }
