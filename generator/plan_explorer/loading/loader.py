"""Make a plan of documents: read every entry, resolve every reference, report every fault."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from plan_explorer.checking.references import check_references
from plan_explorer.checking.translations import check_translations
from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean, nearest
from plan_explorer.documents.document import Document, Key
from plan_explorer.documents.plan_files import is_csv
from plan_explorer.loading.validation_messages import explain, repair
from plan_explorer.loading.values_files import ValuesFiles
from plan_explorer.model.entities import KINDS, Entity, Item
from plan_explorer.model.plan import Entry, Plan
from plan_explorer.model.settings import Settings, Subject
from plan_explorer.model.statement_addresses import PublishedStatement
from plan_explorer.model.texts import TAG
from plan_explorer.translation import FALLBACK, read_catalogue, speaking

M = TypeVar("M", bound=BaseModel)

SETTINGS = "plan.yaml"


Context = dict[str, Any]
"""What validators need to know of the plan."""


def load(
    documents: Mapping[str, Document], folder: str, published: Sequence[PublishedStatement] = ()
) -> tuple[Plan | None, list[Problem]]:
    """Return the plan that *documents* describe, or None, and everything that is wrong with them.

    Args:
        documents: the files of the plan, by their path within its folder.
        folder: how to name the folder in messages.
        published: the statements that keep the addresses under which they were published.
    """
    if SETTINGS not in documents:
        hint = f"create {folder}/{SETTINGS}: it names the plan, its levels and its languages"
        if other := next((name for name in documents if nearest(name, [SETTINGS])), ""):
            hint = f"rename '{other}' to '{SETTINGS}'"
        return None, [Problem("no-plan", f"'{SETTINGS}' is missing", Location(folder), hint)]
    content = {name: doc for name, doc in documents.items() if name != SETTINGS and not is_csv(name)}
    context = _context(documents[SETTINGS].data)
    words = read_catalogue(context["languages"][0])
    with speaking(words):  # of what the plan leaves to us, such as the labels of statuses
        settings, problems = _settings(documents[SETTINGS], context)
    problems += [problem for doc in content.values() for problem in _shape(doc)]
    if not content:
        hint = "add a file with entries beside plan.yaml"
        problems.append(Problem("no-content", "the plan has no content", Location(folder), hint))
    if settings is None or not content:
        return None, problems + list(_forms(documents[SETTINGS].data, content))
    context["primary"] = settings.primary  # it may have been mistyped
    with speaking(words):
        plan, found = _plan(settings, documents, content, published, context)
    whole = not any(doc.data is None or doc.lacks_entries for doc in content.values()) and not any(
        problem.code in ("unknown-collection", "not-a-list") for problem in found
    )
    found += check_references(plan, documents[SETTINGS], whole)
    return plan, problems + found


def read_edition(plan: Plan, documents: Mapping[str, Document], language: str) -> tuple[Plan, list[Problem]]:
    """Return *plan* as it is told in another *language*, and what is wrong with that; the rest is as it was.

    Its entries, their order and the addresses of its statements are those of *plan*.

    Args:
        plan: a sound plan.
        documents: the files that it was read from.
        language: one of its languages.
    """
    context = _context(documents[SETTINGS].data, language)
    content = {name: doc for name, doc in documents.items() if name != SETTINGS and not is_csv(name)}
    with speaking(read_catalogue(language)):
        settings, problems = _settings(documents[SETTINGS], context)
        if not settings:
            return plan, problems
        read, found = _plan(settings, documents, content, plan.published_statements, context)
    edition = replace(read, original=plan)
    return edition, [*problems, *found] or list(check_translations(edition))


def _settings(document: Document, context: Context) -> tuple[Settings | None, list[Problem]]:
    if problems := list(_shape(document)):
        return None, problems
    if document.data is None:
        return None, []
    data = document.data
    if isinstance(languages := data.get("languages"), dict):
        first = {tag: languages[tag] for tag in context["languages"] if tag in languages}
        data = {**data, "languages": first | languages}
    try:
        return Settings.model_validate(data, context=context), []
    except ValidationError as error:
        problems = list(explain(error, Settings, document, ()))
        meant = repair(data, error, Settings)
        return (_read(Settings, meant, context) if meant else None), problems


def _read(model: type[M], data: Any, context: Context) -> M | None:
    """Return *data* as a *model*, if it can be read as one."""
    try:
        return model.model_validate(data, context=context)
    except ValidationError:
        return None


def _context(settings: Any, language: str = "") -> Context:
    """Return what validators need to know of the plan with these *settings*, as they are written.

    Args:
        settings: the data of plan.yaml.
        language: the one in which texts are wanted; the first of the plan unless given.
    """
    data = settings if isinstance(settings, dict) else {}
    written = data.get("languages")
    tags = [tag for tag in written if isinstance(tag, str)] if isinstance(written, dict) else []
    known = [tag for tag in tags if re.fullmatch(TAG, tag)] or [FALLBACK]
    return {
        "primary": str(data.get("primary") or ""),
        "language": known[0],
        "languages": tuple(sorted(known, key=lambda tag: tag != language)),
    }


def _shape(document: Document) -> Iterator[Problem]:
    """Yield what keeps a sound YAML file from being a mapping."""
    if document.unread:
        return
    if document.data is None:
        yield document.problem("empty-file", "this file is empty", hint="add entries, or delete the file")
    elif not isinstance(document.data, dict):
        hint = "start with the name of a collection, such as 'terms:', and put the entries below it"
        form = "a list" if isinstance(document.data, list) else "text"
        yield document.problem("not-a-mapping", f"this file is {form}, not a mapping", hint=hint)


def _plan(
    settings: Settings,
    documents: Mapping[str, Document],
    content: Mapping[str, Document],
    published: Sequence[PublishedStatement],
    context: Context,
) -> tuple[Plan, list[Problem]]:
    settings_document = documents[SETTINGS]
    summary = {"summary": settings.summary} if settings.summary else {}
    subject = Subject(id=settings.id, name=settings.name, statements=settings.statements, **summary)
    entries = {subject.id: Entry(subject, settings_document, ())}
    problems: list[Problem] = []
    broken: set[str] = set()
    named = [Entry(view, settings_document, ("views", at)) for at, view in enumerate(settings.views)]
    for document in content.values():
        if isinstance(document.data, dict):
            read, found, lost = _entries(settings, document, context)
            named += read
            problems += found
            broken |= lost
    strangers = not problems  # rows of an entry that could not be read are none
    values = ValuesFiles(documents, context)
    for entry in map(values.fill, named):
        first = entries.setdefault(entry.entity.id, entry)
        if first is not entry:
            problems.append(_duplicate(first, entry))
    problems += [*values.problems, *(values.find_strangers() if strangers else ())]
    problems += _former(entries, settings, settings_document)
    return Plan(settings, entries, frozenset(broken), tuple(published)), problems


def _forms(settings: Any, content: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield what is wrong with entries by themselves, whatever *settings* were meant to say."""
    known = _plurals(settings)
    context = _context(settings)
    for document in content.values():
        for name, values in document.data.items() if isinstance(document.data, dict) else ():
            level = "" if name in KINDS else name
            guessed = known is None and not nearest(name, KINDS)
            if isinstance(values, list) and (not level or guessed or name in (known or ())):
                for at, value in enumerate(values):
                    model = KINDS.get(name, Item)
                    yield from _entry(value, model, level, context, document, (name, at))[1]


def _plurals(settings: Any) -> set[str] | None:
    """Return the names of the collections that *settings* give to levels; None if there are no settings."""
    if not isinstance(settings, dict):
        return None
    found: set[str] = set()
    for strand in settings.get("strands") or ():
        for level in (strand.get("levels") or ()) if isinstance(strand, dict) else ():
            if isinstance(level, dict) and isinstance(level.get("plural"), str):
                found.add(level["plural"])
    return found


def _duplicate(first: Entry, second: Entry) -> Problem:
    where = first.document.locate((*first.key, "id"))
    message = f"the id '{second.entity.id}' is taken"
    hint = f"first used at {where}; ids are unique in the whole plan"
    return second.document.problem("duplicate-id", message, (*second.key, "id"), hint)


def _former(
    entries: Mapping[str, Entry], settings: Settings, settings_document: Document
) -> Iterator[Problem]:
    """Yield ids of the past that belong to an entry now, or did so twice."""
    taken: dict[str, tuple[Document, Key]] = {  # a place is worked out for a problem only
        id: (entry.document, (*entry.key, "id")) for id, entry in entries.items()
    }
    for entry in entries.values():
        for index, old in enumerate(entry.entity.formerly):
            key = (*entry.key, "formerly", index)
            if old in taken:
                message = f"'{old}' cannot be a former id of '{entry.entity.id}'"
                hint = f"it is used at {_place(taken[old])}; an address can lead to only one entry"
                yield entry.document.problem("duplicate-id", message, key, hint)
            taken.setdefault(old, (entry.document, key))
    for index, gone in enumerate(settings.removed):
        key = ("removed", index, "id")
        if gone.id in taken:
            message = f"'{gone.id}' cannot be the id of a removed entry"
            hint = f"it is used at {_place(taken[gone.id])}; an address can lead to only one entry"
            yield settings_document.problem("duplicate-id", message, key, hint)
        taken.setdefault(gone.id, (settings_document, key))


def _place(where: tuple[Document, Key]) -> Location:
    document, key = where
    return document.locate(key)


def _entries(
    settings: Settings, document: Document, context: Context
) -> tuple[list[Entry], list[Problem], set[str]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    broken: set[str] = set()
    known = [*KINDS, *settings.collections]
    for name, values in document.data.items():
        model, level = KINDS.get(name, Item), settings.collections.get(name)
        if name not in known:
            levels = settings.levels.values()
            called = {word: level.plural for level in levels for word in (level.name.one, level.name.many)}
            hint = did_you_mean(name, known, f"collections here: {', '.join(known)}", called)
            message = f"there is no collection '{name}'"
            problems.append(document.problem("unknown-collection", message, (name,), hint, on_key=True))
            broken |= {str(v.get("id")) for v in values or () if isinstance(v, dict)}
        elif not isinstance(values, list):
            message = f"'{name}' should be a list of entries"
            hint = "start each entry with '- '"
            problems.append(document.problem("not-a-list", message, (name,), hint, on_key=True))
        else:
            for at, value in enumerate(values):
                id = level.id if level else ""
                entry, found = _entry(value, model, id, context, document, (name, at))
                problems += found
                if entry:
                    entries.append(entry)
                else:
                    broken |= {str(value.get("id"))} if isinstance(value, dict) else set()
    return entries, problems, broken


def _entry(
    value: Any,
    model: type[Entity],
    level: str,
    context: Context,
    document: Document,
    key: Key,
) -> tuple[Entry | None, list[Problem]]:
    """Return the entry at *key*, or as it was probably meant, and what is wrong with it."""
    if not isinstance(value, dict):
        hint = "an entry is a mapping that begins with 'id:'"
        return None, [document.problem("wrong-type", "this is not an entry", key, hint)]
    problems = []
    if level:
        if "level" in value:
            message = "there is no key 'level' here"
            hint = "the collection determines the level"
            problems = [document.problem("unknown-key", message, (*key, "level"), hint, on_key=True)]
        value = {**value, "level": level}
    try:
        return Entry(model.model_validate(value, context=context), document, key), problems
    except ValidationError as error:
        problems += explain(error, model, document, key)
        meant = repair(value, error, model)
        entity = _read(model, meant, context) if meant else None
        return (Entry(entity, document, key) if entity else None), problems
