"""Check languages, kinds and relations against plan.yaml."""

import re
from collections.abc import Iterable, Iterator

from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Actor, Entity, Event, Item, Term
from plan_explorer.model.settings import Settings
from plan_explorer.model.texts import TAG

_TAG = re.compile(TAG.strip("^$"))


def check_names(entity: Entity, at: Origin, settings: Settings) -> Iterator[Problem]:
    """Yield names in undeclared languages, and missing names."""
    fields: list[tuple[str, Iterable[str]]] = [("name", entity.name), ("short", entity.short)]
    fields += [("variants", entity.variants)] if isinstance(entity, Term) else []
    known = settings.languages
    for key, names in fields:
        for tag in names:
            # A further form may be in a language that no name is expected in.
            if key == "variants":
                if not _TAG.fullmatch(tag):
                    hint = "write a BCP 47 tag, such as en, fr or zh-Hans"
                    message = f"'{tag}' is not a language tag"
                    yield at.problem("bad-language", message, (key, tag), hint, on_key=True)
            elif tag not in known:
                message = f"the plan has no language '{tag}'"
                called = {language.name: tag for tag, language in known.items()}
                hint = did_you_mean(tag, known, f"languages here: {', '.join(known)}", called)
                yield at.problem("unknown-language", message, (key, tag), hint, on_key=True)
    if not entity.name and not isinstance(entity, Item):
        yield at.problem("missing-key", "'name' is missing", ())
    elif not entity.name and not entity.summary:
        hint = "an item needs no name if it has a summary"
        yield at.problem("missing-key", "'name' is missing", (), hint)


def check_kinds(entity: Entity, at: Origin, settings: Settings) -> Iterator[Problem]:
    """Yield a problem if the kind is not declared."""
    if not isinstance(entity, Actor | Event | Term) or not entity.kind:
        return
    known = getattr(settings, f"{entity.kind_name}_kinds")
    if known and entity.kind not in known:
        message = f"'{entity.kind}' is not a kind of {entity.kind_name}"
        called = {name: id for id, name in known.items()}
        hint = did_you_mean(entity.kind, known, f"kinds here: {', '.join(known)}", called)
        yield at.problem("unknown-kind", message, ("kind",), hint)


def check_relations(entity: Entity, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield relations of undeclared kinds or with unknown targets."""
    known = ids.plan.settings.relations
    for index, relation in enumerate(entity.relations):
        key: Key = ("relations", index)
        if relation.kind not in known:
            place = (*key, relation.kind)
            yield from check_relation_kind(relation.kind, at, place, ids, on_key=True)
            yield from ids.require(relation.target, at, place)
        elif relation.target == entity.id:
            message = f"'{entity.id}' is related to itself"
            yield at.problem("self-relation", message, (*key, relation.kind), "name the other entry")
        else:
            whom = Actor if known[relation.kind].role and not isinstance(entity, Actor) else Entity
            yield from ids.require(relation.target, at, (*key, relation.kind), whom)


def check_relation_kind(
    kind: str, at: Origin, key: Key, ids: Ids, *, on_key: bool = False
) -> Iterator[Problem]:
    """Yield a problem if *kind* is not a declared kind of relation."""
    known = ids.plan.settings.relations
    if kind not in known:
        message = f"'{kind}' is not a kind of relation"
        called = {each.name: id for id, each in known.items()}
        hint = did_you_mean(kind, known, f"kinds here: {', '.join(known)}", called)
        yield at.problem("unknown-relation", message, key, hint, on_key=on_key)
