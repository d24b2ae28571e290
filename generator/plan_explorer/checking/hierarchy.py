"""Where entries stand: parents and their levels, the members of views, and no circles."""

from collections.abc import Iterator

from plan_explorer.checking.evidence import statement
from plan_explorer.checking.ids import Ids, Origin, a
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Actor, Entity, Item, View
from plan_explorer.model.plan import Entry, Plan


def parents(item: Item, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield what is wrong with where *item* stands."""
    level = ids.plan.level(item)
    if level.under and not item.under:
        known = ids.plan.settings.levels
        nouns = " or ".join(known[each].name.one.lower() for each in level.under if each in known)
        message = f"'{item.id}' has to stand under {a(nouns)}"
        yield at.problem("missing-parent", message, (), "add 'under:' with its id")
    fields: list[tuple[Key, str]] = [(("under",), item.under)] if item.under else []
    fields += [(("also_under", index), id) for index, id in enumerate(item.also_under)]
    for key, parent in fields:
        yield from ids.require(parent, at, key, Item)
        if parent in ids.plan and isinstance(above := ids.plan[parent], Item):
            yield from _fits(item, above, at, key, ids.plan)


def _fits(item: Item, above: Item, at: Origin, key: Key, plan: Plan) -> Iterator[Problem]:
    level, over = plan.level(item), plan.level(above)
    known = plan.settings.levels
    if over.id not in level.under and all(each in known for each in level.under):
        allowed = [known[each].name.one.lower() for each in level.under]
        message = f"{a(level.name.one.lower())} cannot stand under {a(over.name.one.lower())}"
        message += f" ('{above.id}')"
        hint = f"it may stand under {a(' or '.join(allowed))}" if allowed else "it stands at the top"
        yield at.problem("wrong-level", message, key, hint)


def members(view: View, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield what is wrong with the groups of *view*."""
    for index, group in enumerate(view.groups):
        key: Key = ("groups", index)
        if group.summary:
            yield from statement(group.summary, at, (*key, "summary"), ids)
        if group.item:
            yield from ids.require(group.item, at, (*key, "item"), Item)
        for number, member in enumerate(group.members):
            yield from ids.require(member, at, (*key, "members", number), Item)
    counts = "+".join(str(len(group.members)) for group in view.groups)
    if view.declared and "".join(view.declared.split()) != counts:
        message = f"'{view.id}' declares {view.declared} members, but its groups have {counts}"
        hint = f"write {counts}, or put the members right"
        yield at.problem("wrong-count", message, ("declared",), hint)


def cycles(plan: Plan) -> Iterator[Problem]:
    """Yield one problem for each circle of parents, at its first entry."""
    above = {each.id: [p for p in _parents(each) if p in plan] for each in plan}
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        yield from _circle(start, above, path, done, plan)


def _parents(entity: Entity) -> tuple[str, ...]:
    if isinstance(entity, Item):
        return entity.parents
    return (entity.under,) if isinstance(entity, Actor) and entity.under else ()


def _circle(
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
            hint = "let one of them stand elsewhere"
            yield entry.document.problem("cycle", f"these stand in a circle: {circle}", key, hint)
            continue
        if id in done:
            continue
        done.add(id)
        path.append(id)
        stack += [(parent, depth + 1) for parent in above[id]]
