"""Add a bibliography or a glossary to a plan, as sources or terms of it."""

import re
from collections.abc import Collection, Iterator

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.editing.additions import Added, declare, refuse_second, report_on
from plan_explorer.editing.workspace import Workspace
from plan_explorer.importers.assemble import Assembly
from plan_explorer.importers.clean_text import language, language_name, slug, with_heading
from plan_explorer.importers.draft import TERM, Draft, DraftEntry, Text
from plan_explorer.importers.ids import NOUNS
from plan_explorer.importers.languages import by_language
from plan_explorer.importers.safe_read import refuse
from plan_explorer.importers.yaml_writer import HEADER, format_yaml
from plan_explorer.model.entities import KINDS, Entity

FILES = {"sources": "bibliography", "terms": "glossary"}
"""What a file with entries of each kind is called."""

_LINE = re.compile(r"(?:line|row) (\d+)")


def add_entries(
    workspace: Workspace,
    draft: Draft,
    kind: str,
    format: str,
    file: str,
    shown: str,
    *,
    replace: bool = False,
) -> Added:
    """Return *workspace* with the entries of one *kind* in *draft* added, in a file of their own.

    Args:
        workspace: the plan.
        draft: what the file says.
        kind: ``sources`` or ``terms``; entries of other kinds are left out.
        format: what reports call the format.
        file: the name of the file.
        shown: the name of the file in messages.
        replace: whether to replace what was added of a file of this name before.

    Raises:
        PlanError: ``not-imported``, if the plan has one of them already, or the file has none;
            ``not-ours``, if it was added before.
    """
    noun = FILES[kind]
    name = _free_name(workspace, noun, file)
    path = f"{name}.yaml"
    refuse_second(workspace, path, noun, replace=replace)
    others = {
        id: entry.entity
        for id, entry in workspace.plan.entries.items()
        if workspace.name_of(entry.document) != path
    }
    _keep_kind(draft, kind)
    if not draft.entries:
        raise refuse(shown, f"this file contains no {kind} to add")
    if problems := list(_find_collisions(draft, kind, others, workspace, shown)):
        raise PlanError(problems)
    _speak_as(workspace, draft)
    taken = [*others, *workspace.plan.successors]
    assembly = Assembly(draft, draft.as_of, file, source=name, taken=taken)
    data, labels, relations = assembly.entries_by_kind(kind)
    edited = declare(workspace, f"{NOUNS[kind]}_kinds", labels) if labels else workspace
    edited = declare(edited, "relations", relations) if relations else edited
    edited = edited.put(path, format_yaml(data, header=HEADER).decode())
    number = len(draft.entries)
    counts = {NOUNS[kind] if number == 1 else kind: number}
    return Added(edited, report_on(format, file, counts, draft.changed, draft.dropped), path)


def _free_name(workspace: Workspace, noun: str, file: str) -> str:
    """Return what the entries of *file* are kept as: with its ending, if its stem was added before."""
    stems = [slug(each).removeprefix(f"{noun}-") or "file" for each in (file.rsplit(".", 1)[0], file)]
    names = [f"{noun}-{stem}" for stem in stems]
    of = {name: _made_of(workspace, name) for name in names}
    own = (name for name in names if of[name].startswith(f"Imported from {file}"))
    return next(own, next((name for name in names if not of[name]), names[0]))


def _made_of(workspace: Workspace, name: str) -> str:
    """Return what the plan says of the file of which it has *name*."""
    source = workspace.plan.find_source(name)
    return source.checked or name if source else ""


def _keep_kind(draft: Draft, kind: str) -> None:
    """Leave out the entries of other kinds, and the links to them."""
    kept = {entry.key for entry in draft.entries_of(kind)}
    for entry in draft.entries:
        if entry.key not in kept:
            draft.drop(f"an entry that is no {NOUNS[kind]}", f"{entry.where}: {entry.name[:80]}")
    draft.entries = [entry for entry in draft.entries if entry.key in kept]
    for entry in draft.entries:
        entry.under = []


def _find_collisions(
    draft: Draft, kind: str, others: dict[str, Entity], workspace: Workspace, shown: str
) -> Iterator[Problem]:
    """Yield a problem for every entry that the plan has already: of the same id, name or address."""
    known: dict[str, str] = {}
    for id, entity in others.items():
        if isinstance(entity, KINDS[kind]):
            names = (
                [each.text for each in entity.name.values()] if kind == TERM else [getattr(entity, "url", "")]
            )
            known |= {name.casefold(): id for name in (id, *names) if name}
    for entry in draft.entries:
        for name in (slug(entry.slug), entry.name if kind == TERM else entry.facts.get("url", "")):
            if id := known.get(name.casefold(), ""):
                at = _LINE.match(entry.where)
                place = workspace.plan.entries[id]
                where = place.document.locate((*place.key, "id"))
                message = f"the plan has '{entry.name[:80]}' already, as '{id}' ({where})"
                hint = f"take it out of the file, or remove or rename the {NOUNS[kind]} of the plan first"
                yield Problem("not-imported", message, Location(shown, int(at[1]) if at else 1), hint)
                break


def _speak_as(workspace: Workspace, draft: Draft) -> None:
    """Keep the names in languages of the plan; a file that tells no language speaks that of the plan."""
    known = workspace.plan.settings.languages
    draft.language = language(draft.language) or "en"
    if draft.language not in known:
        first = workspace.plan.settings.language
        draft.change(
            f"names in '{draft.language}' stand under '{first}', the language of the plan", "the file"
        )
        draft.language = first
    for entry in draft.entries:
        for tag in [tag for tag in entry.names if language(tag) not in known]:
            draft.drop(f"a name in '{tag}', which is no language of the plan", _place(entry))
            del entry.names[tag]
        entry.says = list(_in_languages(entry, draft, known))
        if (tag := entry.facts.get("language", "")) and language(tag) not in known:
            draft.drop(f"the language '{tag}' of a source, which the plan does not list", _place(entry))
            del entry.facts["language"]


def _in_languages(entry: DraftEntry, draft: Draft, known: Collection[str]) -> Iterator[Text]:
    """Yield what *entry* says in languages of the plan; where it says it in no other, behind their names."""
    for text in entry.says:
        told = by_language(text, draft.language)
        kept = {tag: words for tag, words in told.items() if tag in known}
        if kept:
            yield kept
        for tag in (tag for tag in told if tag not in kept):
            if kept:
                draft.drop(f"a text in '{tag}', which is no language of the plan", _place(entry))
            else:
                yield from with_heading(language_name(tag), [told[tag]])


def _place(entry: DraftEntry) -> str:
    return f"{entry.where}: {entry.name[:80]}"
