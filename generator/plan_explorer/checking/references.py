"""Check what entries say of each other: references, places in the trees, evidence."""

from collections.abc import Iterator

from plan_explorer.checking import citations, evidence, hierarchy, vocabulary
from plan_explorer.checking import settings as settings_checks
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Document
from plan_explorer.model.entities import Actor, Item, Source, View
from plan_explorer.model.plan import Entry, Plan


def check_references(plan: Plan, document: Document, whole: bool) -> Iterator[Problem]:
    """Yield every fault in how the entries of *plan* refer to each other.

    Args:
        plan: the entries that could be read.
        document: plan.yaml.
        whole: whether every file could be read; if not, an unknown id may be in the lost part.
    """
    ids = Ids(plan, whole)
    yield from settings_checks.settings(Origin(document, ()), ids)
    for entry in plan.entries.values():
        yield from evidence.statements(entry.entity, Origin(entry.document, entry.key), ids)
        yield from evidence.dates(entry.entity, Origin(entry.document, entry.key), ids)
        yield from _entry(entry, ids)
    yield from hierarchy.cycles(plan)


def _entry(entry: Entry, ids: Ids) -> Iterator[Problem]:
    at, entity, settings = Origin(entry.document, entry.key), entry.entity, ids.plan.settings
    yield from vocabulary.names(entity, at, settings)
    yield from vocabulary.relations(entity, at, ids)
    yield from vocabulary.kinds(entity, at, settings)
    if isinstance(entity, Item):
        yield from hierarchy.parents(entity, at, ids)
    elif isinstance(entity, Actor) and entity.under:
        yield from ids.require(entity.under, at, ("under",), Actor)
    elif isinstance(entity, Source):
        yield from citations.outline(entity, at)
    elif isinstance(entity, View):
        yield from hierarchy.members(entity, at, ids)
