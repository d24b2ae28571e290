"""Check parents, levels and view members, and find cycles."""

from collections.abc import Iterator

from plan_explorer.checking.evidence import check_statement
from plan_explorer.checking.ids import Ids, Origin, with_article
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Actor, Entity, Item, View
from plan_explorer.model.plan import Entry, Plan

MAX_DEPTH = 50
"""How many entries can be below each other; no tree that people can read is deeper."""


def check_parents(item: Item, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems with the parents of *item*."""
    level = ids.plan.level(item)
    if level.under and not item.under:
        known = ids.plan.settings.levels
        nouns = " or ".join(known[each].name.one.lower() for each in level.under if each in known)
        message = f"'{item.id}' has to be under {with_article(nouns)}"
        yield at.problem("missing-parent", message, (), "add 'under:' with the id of its parent")
    fields: list[tuple[Key, str]] = [(("under",), item.under)] if item.under else []
    fields += [(("also_under", index), id) for index, id in enumerate(item.also_under)]
    for key, parent in fields:
        yield from ids.require(parent, at, key, Item)
        if parent in ids.plan and isinstance(above := ids.plan[parent], Item):
            yield from _check_level(item, above, at, key, ids.plan)


def _check_level(item: Item, above: Item, at: Origin, key: Key, plan: Plan) -> Iterator[Problem]:
    level, over = plan.level(item), plan.level(above)
    known = plan.settings.levels
    if over.id not in level.under and all(each in known for each in level.under):
        allowed = [known[each].name.one.lower() for each in level.under]
        message = (
            f"{with_article(level.name.one.lower())} cannot be under {with_article(over.name.one.lower())}"
        )
        message += f" ('{above.id}')"
        hint = (
            f"it can be under {with_article(' or '.join(allowed))}"
            if allowed
            else "leave out 'under': it has no parent"
        )
        yield at.problem("wrong-level", message, key, hint)


def check_members(view: View, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems with the groups of *view*."""
    for index, group in enumerate(view.groups):
        key: Key = ("groups", index)
        if group.summary:
            yield from check_statement(group.summary, at, (*key, "summary"), ids)
        if group.item:
            yield from ids.require(group.item, at, (*key, "item"), Item)
        for number, member in enumerate(group.members):
            yield from ids.require(member, at, (*key, "members", number), Item)
    counts = "+".join(str(len(group.members)) for group in view.groups)
    if view.declared and "".join(view.declared.split()) != counts:
        message = f"'{view.id}' declares {view.declared} members, but its groups have {counts}"
        hint = f"write {counts}, or correct the members"
        yield at.problem("wrong-count", message, ("declared",), hint)


def find_cycles(plan: Plan) -> Iterator[Problem]:
    """Yield one problem for each cycle of parents."""
    above = {each.id: [p for p in _parents(each) if p in plan] for each in plan}
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        yield from _find_cycle(start, above, path, done, plan)


def check_depth(plan: Plan) -> Iterator[Problem]:
    """Yield a problem for every entry that is the first too far down; there must be no cycle."""
    above = {each.id: _parents(each) for each in plan}
    deep = set(above)
    for _ in range(MAX_DEPTH):
        deep = {id for id in deep if not deep.isdisjoint(above[id])}
    for id in deep:
        entry = plan.entries[id]
        if deep.isdisjoint(above[id]):
            message = f"more than {MAX_DEPTH} entries are below each other here"
            key = (*entry.key, "under")
            yield entry.document.problem("too-large", message, key, "move this one further up")


def _parents(entity: Entity) -> tuple[str, ...]:
    if isinstance(entity, Item):
        return entity.parents
    return (entity.under,) if isinstance(entity, Actor) and entity.under else ()


def _find_cycle(
    start: str, above: dict[str, list[str]], path: list[str], done: set[str], plan: Plan
) -> Iterator[Problem]:
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        id, depth = stack.pop()
        del path[depth:]
        if id in path:
            entry: Entry = plan.entries[path[-1]]
            circle = " under ".join(f"'{each}'" for each in [*path[path.index(id) :], id])
            key = (*entry.key, "under")
            hint = "move one of them elsewhere"
            yield entry.document.problem("cycle", f"these entries form a circle: {circle}", key, hint)
            continue
        if id in done:
            continue
        done.add(id)
        path.append(id)
        stack += [(parent, depth + 1) for parent in above[id]]
