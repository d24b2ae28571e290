"""Check the settings in plan.yaml."""

from collections.abc import Iterator

from plan_explorer.checking.evidence import check_statement
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import KINDS, Relation, Source
from plan_explorer.model.paths import DEVICES
from plan_explorer.model.settings import Settings

RESERVED_FOLDERS = (
    "actors",
    "assets",
    "changes",
    "compare",
    "crosswalks",
    "data",
    "glossary",
    "guide",
    "source",
    "timeline",
    "views",
)
"""Folders that every site has."""


def check_settings(at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield every problem in the settings; *at* is the document."""
    known = ids.plan.settings
    yield from ids.require(known.primary, at, ("primary",), Source)
    yield from _check_strands(known, at, ids)
    yield from _check_unique_names(known, at)
    for index, gone in enumerate(known.removed):
        yield from ids.require(gone.replaced_by, at, ("removed", index, "replaced_by"))
    yield from _check_editions(known, at)
    for tag, language in known.languages.items():
        if language.romanizes and language.romanizes not in known.languages:
            message = f"the plan has no language '{language.romanizes}'"
            hint = did_you_mean(language.romanizes, known.languages)
            yield at.problem("unknown-language", message, ("languages", tag, "romanizes"), hint)


def _check_editions(known: Settings, at: Origin) -> Iterator[Problem]:
    """Yield editions in languages that the plan does not have, or without its first language."""
    for index, tag in enumerate(known.editions):
        if tag not in known.languages:
            message = f"the plan has no language '{tag}'"
            hint = did_you_mean(tag, known.languages, f"languages here: {', '.join(known.languages)}")
            yield at.problem("unknown-language", message, ("editions", index), hint)
        elif tag in known.editions[:index]:
            message = f"the edition in '{tag}' stands there twice"
            yield at.problem("bad-edition", message, ("editions", index), "list each language once")
        elif known.languages[tag].romanizes:
            message = f"'{tag}' only spells names, and is no language of texts"
            yield at.problem("bad-edition", message, ("editions", index), "leave it out")
    if known.editions and known.editions[0] != known.language:
        message = f"the first edition has to be in '{known.language}', the first language of the plan"
        hint = f"write editions: [{', '.join(dict.fromkeys([known.language, *known.editions]))}]"
        yield at.problem("first-edition", message, ("editions", 0), hint)


def _check_strands(known: Settings, at: Origin, ids: Ids) -> Iterator[Problem]:
    for index, strand in enumerate(known.strands):
        if strand.summary:
            yield from check_statement(strand.summary, at, ("strands", index, "summary"), ids)
        for number, statement in enumerate(strand.statements):
            yield from check_statement(statement, at, ("strands", index, "statements", number), ids)
        for number, level in enumerate(strand.levels):
            for place, above in enumerate(level.under):
                if above not in known.levels:
                    key: Key = ("strands", index, "levels", number, "under", place)
                    hint = did_you_mean(above, known.levels)
                    yield at.problem("unknown-level", f"there is no level '{above}'", key, hint)


def _check_unique_names(known: Settings, at: Origin) -> Iterator[Problem]:
    """Yield strands, levels and collections whose name is already used."""
    strands: set[str] = set(RESERVED_FOLDERS)
    levels: set[str] = set()
    plurals: set[str] = set(KINDS)
    for index, strand in enumerate(known.strands):
        yield from _claim(strand.id, strands, at, ("strands", index, "id"))
        for number, level in enumerate(strand.levels):
            key: Key = ("strands", index, "levels", number)
            yield from _claim(level.id, levels, at, (*key, "id"))
            yield from _claim(level.plural, plurals, at, (*key, "plural"))
            if level.place in RESERVED_FOLDERS:
                message = f"the folder '{level.place}' is taken"
                hint = "give the level another 'folder'"
                yield at.problem("name-taken", message, (*key, "plural"), hint)
    for kind in known.relations:
        if kind in Relation.FIELDS:
            message = f"'{kind}' is a field of every relation and cannot be a kind"
            yield at.problem("name-taken", message, ("relations", kind), "choose another name", on_key=True)


def _claim(name: str, names: set[str], at: Origin, key: Key) -> Iterator[Problem]:
    if name in names or name in DEVICES:
        yield at.problem("name-taken", f"the name '{name}' is taken", key, "choose another name")
    names.add(name)
