"""Check how entries refer to others and to sources."""

from collections.abc import Iterator

from plan_explorer.checking.citations import check_outline, check_size, check_text_file
from plan_explorer.checking.comparisons import check_comparison
from plan_explorer.checking.crosswalks import check_crosswalk
from plan_explorer.checking.evidence import check_dates, check_seen, check_statements
from plan_explorer.checking.hierarchy import check_depth, check_members, check_parents, find_cycles
from plan_explorer.checking.ids import Ids, Origin, check_id
from plan_explorer.checking.indicators import check_figures, check_indicator_ids, check_indicators
from plan_explorer.checking.settings import check_settings
from plan_explorer.checking.vocabulary import check_kinds, check_names, check_relations
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Document
from plan_explorer.model.entities import Actor, Comparison, Crosswalk, Item, Source, View
from plan_explorer.model.plan import Entry, Plan


def check_references(plan: Plan, document: Document, whole: bool) -> Iterator[Problem]:
    """Yield every problem with references, hierarchy and evidence.

    Args:
        plan: the entries that could be read.
        document: plan.yaml.
        whole: whether every file could be read; otherwise an unknown id may be in an unread part.
    """
    ids = Ids(plan, whole)
    yield from check_settings(Origin(document, ()), ids)
    for entry in plan.entries.values():
        yield from check_statements(entry.entity, Origin(entry.document, entry.key), ids)
        yield from check_dates(entry.entity, Origin(entry.document, entry.key), ids)
        yield from check_seen(entry.entity, Origin(entry.document, entry.key), ids)
        yield from _check_entry(entry, ids)
    yield from check_indicator_ids(plan)
    yield from list(find_cycles(plan)) or check_depth(plan)
    yield from check_size(plan)


def _check_entry(entry: Entry, ids: Ids) -> Iterator[Problem]:
    at, entity, settings = Origin(entry.document, entry.key), entry.entity, ids.plan.settings
    yield from check_id(entity, at, settings)
    yield from check_names(entity, at, settings)
    yield from check_relations(entity, at, ids)
    yield from check_kinds(entity, at, settings)
    if isinstance(entity, Item):
        yield from check_parents(entity, at, ids)
        yield from check_indicators(entity, at, ids)
        yield from check_figures(entity, at, ids)
    elif isinstance(entity, Actor) and entity.under:
        yield from ids.require(entity.under, at, ("under",), Actor)
    elif isinstance(entity, Source):
        yield from check_outline(entity, at)
        yield from check_text_file(entity, at)
    elif isinstance(entity, View):
        yield from check_members(entity, at, ids)
    elif isinstance(entity, Comparison):
        yield from check_comparison(entity, at, ids)
    elif isinstance(entity, Crosswalk):
        yield from check_crosswalk(entity, at, ids)
