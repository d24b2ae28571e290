"""Check what entries say of each other: references, places in the trees, evidence."""

from collections.abc import Container, Iterator

from plan_explorer.entities import Actor, Item, Source, View
from plan_explorer.plan import Entry, Plan
from plan_explorer.problems import Problem
from plan_explorer.resolve import citations, evidence, home, trees, words
from plan_explorer.resolve.ids import At, Ids
from plan_explorer.source import Document


def resolve(plan: Plan, document: Document, whole: bool, proven: Container[str] = ()) -> Iterator[Problem]:
    """Yield every fault in how the entries of *plan* refer to each other.

    Args:
        plan: the entries that could be read.
        document: plan.yaml.
        whole: whether every file could be read; if not, an unknown id may be in the lost part.
        proven: ids of entries whose evidence is known to be sound.
    """
    ids = Ids(plan, whole)
    yield from home.settings(At(document, ()), ids)
    for entry in plan.entries.values():
        if entry.entity.id not in proven:
            yield from evidence.statements(entry.entity, At(entry.document, entry.key), ids)
            yield from evidence.dates(entry.entity, At(entry.document, entry.key), ids)
        yield from _entry(entry, ids)
    yield from trees.cycles(plan)


def _entry(entry: Entry, ids: Ids) -> Iterator[Problem]:
    at, entity, settings = At(entry.document, entry.key), entry.entity, ids.plan.settings
    yield from words.names(entity, at, settings)
    yield from words.relations(entity, at, ids)
    yield from words.kinds(entity, at, settings)
    if isinstance(entity, Item):
        yield from trees.parents(entity, at, ids)
    elif isinstance(entity, Actor) and entity.under:
        yield from ids.require(entity.under, at, ("under",), Actor)
    elif isinstance(entity, Source):
        yield from citations.outline(entity, at)
    elif isinstance(entity, View):
        yield from trees.members(entity, at, ids)
