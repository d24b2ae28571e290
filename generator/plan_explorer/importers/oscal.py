"""OSCAL catalogs: groups, controls and what is below them, in JSON, XML or YAML."""

import re
from collections.abc import Iterator
from typing import Any

from plan_explorer.importers.clean_text import date, markdown_paragraphs, slug, title
from plan_explorer.importers.draft import ACTOR, SOURCE, Draft, DraftEntry, DraftLevel, DraftLink
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.oscal_xml import as_mapping
from plan_explorer.importers.safe_read import (
    from_json,
    from_xml,
    from_yaml,
    mapping,
    mappings,
    refuse,
    word,
    words,
)

Data = dict[str, Any]

_INSERT = re.compile(r"\{\{\s*(?:insert:\s*param\s*,\s*|param:\s*)?([\w.-]+)\s*\}\}")
_NESTED = 6
"""How deep parameters may stand in the text of parameters."""

READS = {
    "related": ("is related to", "is related to"),
    "required": ("requires", "is required by"),
    "incorporated-into": ("is incorporated into", "incorporates"),
    "moved-to": ("was moved to", "was moved from"),
    "reference": ("refers to", "is referred to by"),
    "responsible": ("is the responsibility of", "is responsible for"),
}
LABELS = {"statement": "", "item": "", "assessment-objective": "", "assessment-objects": ""}
"""Names of parts that are not put in front of their text."""


def read(given: ImportRequest) -> Draft:
    """Return the catalog as a draft.

    Raises:
        PlanError: ``not-imported``, if there is no catalog in the file.
    """
    catalog = mapping(_data(given).get("catalog"))
    if not catalog:
        raise refuse(given.shown, "this file holds no OSCAL catalog", "profiles have to be resolved first")
    return _Catalog(given, catalog).draft()


def _data(given: ImportRequest) -> Data:
    start = given.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return as_mapping(from_xml(given.raw, given.shown))
    if start == b"{":
        return mapping(from_json(given.raw, given.shown))
    return mapping(from_yaml(given.raw, given.shown))


class _Catalog:
    def __init__(self, given: ImportRequest, catalog: Data) -> None:
        self._catalog = catalog
        meta = mapping(catalog.get("metadata"))
        name = title(word(meta.get("title"))) or given.title
        self._meta = meta
        self._draft = Draft(given.stem, name, "the catalog", relations=dict(READS))
        self._draft.as_of = date(word(meta.get("last-modified")))
        self._draft.source = {
            "version": word(meta.get("version")),
            "date": date(word(meta.get("published"))) or self._draft.as_of,
        }
        self._draft.roles = {"responsible": "responsible"}
        self._parameters = {word(each.get("id")): each for each in _all_parameters(catalog)}

    def draft(self) -> Draft:
        draft = self._draft
        draft.strands = {"catalog": "Catalog"}
        self._parties()
        self._references()
        self._inside(self._catalog, None, "catalog", draft.name)
        if not draft.levels:
            draft.drop("the catalog has no groups and no controls", "catalog")
        return draft

    # --- levels

    def _level(self, kind: str, class_name: str, depth: int) -> str:
        """Return the id of the level of a group or control, named by its class where that is a word."""
        said = class_name.replace("-", " ").replace("_", " ").strip().lower()
        if kind == "group":
            noun = said if said.isalpha() else "group"
        else:
            noun = (
                "control enhancement" if depth else said if said in ("requirement", "practice") else "control"
            )
        id = slug(noun) or kind
        if all(level.id != id for level in self._draft.levels):
            level = DraftLevel(
                id, noun.capitalize(), _plural(noun).capitalize(), "catalog", hue=kind == "group"
            )
            self._draft.levels.append(level)
        return id

    # --- groups and controls

    def _inside(
        self, holder: Data, parent: DraftEntry | None, path: str, section: str, depth: int = 0
    ) -> None:
        for at, group in enumerate(mappings(holder.get("groups"))):
            place = f"{path}/groups[{at}]"
            entry = self._entry(group, "group", parent, place, section, depth)
            self._inside(group, entry, place, entry.name or section)
        for at, control in enumerate(mappings(holder.get("controls"))):
            place = f"{path}/controls[{at}]"
            entry = self._entry(control, "control", parent, place, section, depth)
            self._inside(control, entry, place, section, depth + 1)

    def _entry(
        self, data: Data, kind: str, parent: DraftEntry | None, place: str, section: str, depth: int
    ) -> DraftEntry:
        id, props = word(data.get("id")), list(mappings(data.get("props")))
        name = title(word(data.get("title")))
        entry = DraftEntry(
            key=id or place,
            kind=self._level(kind, word(data.get("class")), depth),
            name=name,
            code=_label(props) or id.upper(),
            slug=id,
            under=[parent.key] if parent else [],
            where=f"{place} {id}".strip(),
            section=name if kind == "group" and not parent else section,
        )
        entry.says = [*self._said(data, entry), *self._properties(props, entry)]
        entry.links = list(self._links(data, entry))
        self._draft.entries.append(entry)
        return entry

    def _said(self, data: Data, entry: DraftEntry) -> Iterator[str]:
        """Yield the text of every part, in order, each with its label."""
        stack = [(part, 0) for part in reversed(list(mappings(data.get("parts"))))]
        while stack:
            part, depth = stack.pop()
            label = _label(mappings(part.get("props")))
            name = word(part.get("name"))
            head = label or ("" if depth and not part.get("title") else _head(part, name))
            prose = markdown_paragraphs(self._filled(str(part.get("prose") or "")))
            if prose and head:
                prose[0] = f"{head} {prose[0].removeprefix(chr(92))}"
            yield from prose
            for link in self._links(part, entry):
                entry.links.append(link)
            stack += [(below, depth + 1) for below in reversed(list(mappings(part.get("parts"))))]
        for remark in markdown_paragraphs(str(data.get("remarks") or "")):
            yield f"Remark: {remark}"

    def _properties(self, props: list[Data], entry: DraftEntry) -> Iterator[str]:
        for prop in props:
            name, value = word(prop.get("name")), word(prop.get("value"))
            if name == "status" and value:
                yield f"Status: {value}."
            elif name not in ("label", "sort-id", "alt-identifier", "alt-label") and value:
                yield " ".join(markdown_paragraphs(f"{name.replace('-', ' ').capitalize()}: {value}."))
            elif name != "label":
                self._draft.drop(f"the property '{name}'", entry.where)

    def _links(self, data: Data, entry: DraftEntry) -> Iterator[DraftLink]:
        for link in mappings(data.get("links")):
            href, rel = word(link.get("href")), word(link.get("rel")) or "related"
            if href.startswith("#"):
                if rel == "required" or all(old.target != href[1:] or old.kind != rel for old in entry.links):
                    yield DraftLink(rel, href[1:])
            elif href:
                self._draft.drop("a link to an address", f"{entry.where}: {href[:80]}")

    # --- parameters

    def _filled(self, prose: str, depth: int = 0) -> str:
        """Return *prose* with every parameter put in: its value, its choices, or what it is called."""

        def put(found: re.Match[str]) -> str:
            parameter = self._parameters.get(found[1])
            if parameter is None or depth > _NESTED:
                return f"[Assignment: {found[1]}]"
            return self._filled(_parameter(parameter), depth + 1)

        return _INSERT.sub(put, prose)

    # --- people and documents

    def _parties(self) -> None:
        roles = {word(role.get("id")): word(role.get("title")) for role in mappings(self._meta.get("roles"))}
        held: dict[str, list[str]] = {}
        for held_by in mappings(self._meta.get("responsible-parties")):
            role = word(held_by.get("role-id"))
            for uuid in words(held_by.get("party-uuids")):
                held.setdefault(uuid, []).append(roles.get(role) or role)
        for at, body in enumerate(mappings(self._meta.get("parties"))):
            key = word(body.get("uuid")) or f"parties[{at}]"
            says = [f"Role: {role}." for role in held.get(key, [])] + markdown_paragraphs(
                str(body.get("remarks") or "")
            )
            name = title(word(body.get("name"))) or key
            entry = DraftEntry(key, ACTOR, name, slug=name, where=f"catalog/metadata/parties[{at}]")
            entry.says = says or ["It is named in the metadata."]
            entry.group, entry.section = word(body.get("type")) or "organization", "Metadata"
            self._draft.entries.append(entry)

    def _references(self) -> None:
        resources = mappings(mapping(self._catalog.get("back-matter")).get("resources"))
        for at, resource in enumerate(resources):
            key = word(resource.get("uuid")) or f"resources[{at}]"
            cited = word(mapping(resource.get("citation")).get("text"))
            url = next((word(r.get("href")) for r in mappings(resource.get("rlinks")) if r.get("href")), "")
            facts = {"url": url} if url.startswith(("http://", "https://")) else {}
            name = title(word(resource.get("title"))) or cited or key
            says = markdown_paragraphs(cited or str(resource.get("description") or ""))
            where = f"catalog/back-matter/resources[{at}]"
            entry = DraftEntry(key, SOURCE, name, says=says, facts=facts, slug=name, where=where)
            entry.section = "Back matter"
            self._draft.entries.append(entry)


def _all_parameters(catalog: Data) -> Iterator[Data]:
    stack = [catalog]
    while stack:
        holder = stack.pop()
        yield from mappings(holder.get("params"))
        stack += [*mappings(holder.get("groups")), *mappings(holder.get("controls"))]


def _parameter(parameter: Data) -> str:
    if values := words(parameter.get("values")):
        return ", ".join(values)
    select = mapping(parameter.get("select"))
    if choices := words(select.get("choice")):
        many = word(select.get("how-many")).replace("-", " ")
        return f"[Selection{f' ({many})' if many else ''}: {'; '.join(choices)}]"
    return f"[Assignment: {word(parameter.get('label')) or word(parameter.get('id'))}]"


def _label(props: Any) -> str:
    """Return the label for readers: the one that is not for sorting or for another document."""
    labels = [prop for prop in props if word(prop.get("name")) == "label"]
    best = sorted(labels, key=lambda prop: bool(prop.get("class")))
    return word(best[0].get("value")) if best else ""


def _head(part: Data, name: str) -> str:
    head = title(word(part.get("title"))) or LABELS.get(name, name.replace("-", " ").capitalize())
    return f"{head}:" if head else ""


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
