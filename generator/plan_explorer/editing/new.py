"""Add an entry, with comments on what to fill in."""

from dataclasses import dataclass

from plan_explorer.diagnostics.problems import Location
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.editing.entries import insert_entry
from plan_explorer.editing.placement import find_place, next_code
from plan_explorer.editing.rename import check_new_id
from plan_explorer.editing.workspace import Workspace, refuse
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.model.entities import KINDS, Comparison, Crosswalk, Item
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Level

NAMED = {plural: model for plural, model in KINDS.items() if model not in (Comparison, Crosswalk)}
"""The kinds of entries that are sound with no more than a name."""


@dataclass(frozen=True)
class NewEntry:
    """A workspace with a new entry, and the entry's place."""

    workspace: Workspace
    place: Location


def add_entry(workspace: Workspace, kind: str, id: str, *, under: str = "", name: str = "") -> NewEntry:
    """Return *workspace* with a new entry of *kind*.

    Raises:
        PlanError: ``cannot-edit``, if the id is taken, the kind unknown or the parent missing.
    """
    collection, level = _collection(workspace, kind)
    check_new_id(workspace, id)
    under = _parent(workspace, level, id, under) if level else _above(workspace, collection, under)
    where = find_place(workspace, collection, id, under)
    lines = list(_lines(workspace, collection, level, id, under, name))
    edited, line = insert_entry(workspace, where.file, (collection,), lines, where.after)
    return NewEntry(edited, Location(f"{workspace.shown}/{where.file}", line, 1))


def _collection(workspace: Workspace, kind: str) -> tuple[str, Level | None]:
    """Return the collection for *kind*, and its level, if any."""
    known: dict[str, tuple[str, Level | None]] = {}
    for plural, model in NAMED.items():
        known[model.kind_name] = known[plural] = (plural, None)
    for level in workspace.plan.settings.levels.values():
        known[level.id] = known[level.plural] = (level.plural, level)
    if kind not in known:
        kinds = [*(model.kind_name for model in NAMED.values()), *workspace.plan.settings.levels]
        hint = did_you_mean(kind, known, f"known kinds: {', '.join(kinds)}")
        raise refuse(f"'{kind}' is not a kind of entry", Location(workspace.shown), hint)
    return known[kind]


def _parent(workspace: Workspace, level: Level, id: str, under: str) -> str:
    """Return the given parent, or the only possible one."""
    if under:
        parent = workspace.entry(under).entity
        if not isinstance(parent, Item) or parent.level not in level.under:
            levels = workspace.plan.settings.levels
            fitting = " or ".join(levels[each].name.one.lower() for each in level.under)
            hint = f"name a {fitting}" if fitting else "leave out --under"
            message = f"a {level.name.one.lower()} cannot be under '{under}'"
            raise refuse(message, workspace.entry(under).document.locate(workspace.entry(under).key), hint)
        return under
    possible = [item.id for item in workspace.plan.items if item.level in level.under]
    if not level.under or len(possible) == 1:
        return possible[0] if possible else ""
    hint = f"use --under ID: {', '.join(possible[:12])}{' …' if len(possible) > 12 else ''}"
    raise refuse(f"'{id}' needs a parent", Location(workspace.shown), hint)


def _above(workspace: Workspace, collection: str, under: str) -> str:
    if under:
        parent = workspace.entry(under)
        if collection != "actors" or parent.key[:1] != ("actors",):
            where = parent.document.locate(parent.key)
            raise refuse(f"this cannot be under '{under}'", where, "leave out --under")
    return under


def _lines(
    workspace: Workspace, collection: str, level: Level | None, id: str, under: str, name: str
) -> list[str]:
    """Return the entry's lines, with comments for gaps."""
    plan = workspace.plan
    code = next_code(workspace, level.id, under) if level else ""
    fields = [f"id: {format_scalar(id)}"]
    fields += [f"under: {format_scalar(under)}"] if under else []
    fields += [f"code: {format_scalar(code)}"] if code else []
    fields += _kind(plan, collection)
    fields += _names(plan, name or id.replace("-", " ").capitalize(), several=collection != "sources")
    fields += ["# date: 2023-02-27"] if collection in ("events", "sources") else []
    fields += ["# url: https://…"] if collection == "sources" else []
    place = _example(plan)
    fields += [f"# summary: What it is, in one sentence. [@{place}]"]
    if collection != "sources":
        fields += ["# statements:", f"#   - Another statement about it. [@{place}]"]
    if level:
        target = "indicator: What is measured, value: 30, unit: '%', comparator: at-least, due: 2030"
        fields += [f"# date: {{edtf: 2030, cites: [{place}]}}", f"# target: {{{target}, cites: [{place}]}}"]
    if level and plan.settings.relations:
        relation = next(iter(plan.settings.relations))
        fields += ["# relations:", f"#   - {relation}: ID", f"#     cites: [{place}]"]
    return [f"- {fields[0]}", *(f"  {line}" for line in fields[1:])]


def _kind(plan: Plan, collection: str) -> list[str]:
    settings = plan.settings
    known = {
        "actors": settings.actor_kinds,
        "events": settings.event_kinds,
        "terms": settings.term_kinds,
    }.get(collection, {})
    if len(known) == 1:
        return [f"kind: {format_scalar(next(iter(known)))}"]
    return [f"# kind: {' | '.join(known)}"] if known else []


def _names(plan: Plan, name: str, *, several: bool) -> list[str]:
    languages = plan.settings.languages
    further = [tag for tag, language in languages.items() if language.expected][1:]
    if not further or not several:
        return [f"name: {format_scalar(name)}"]
    first = plan.settings.language
    return [
        "name:",
        f"  {first}: {format_scalar(name)}",
        *(f"  # {tag}: {languages[tag].name}" for tag in further),
    ]


def _example(plan: Plan) -> str:
    """Return an example of a place in the primary source."""
    source = plan.primary
    return f"{source.id} {source.passages[0].id}.1" if source.passages else source.id
