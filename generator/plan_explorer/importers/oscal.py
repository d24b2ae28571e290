"""Import OSCAL catalogs in JSON, XML or YAML."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from plan_explorer.importers import oscal_mapping
from plan_explorer.importers.clean_text import (
    date,
    escape_start,
    markdown_paragraphs,
    slug,
    title,
    web_address,
    web_link,
    with_heading,
)
from plan_explorer.importers.draft import ACTOR, SOURCE, Draft, DraftEntry, DraftLevel, DraftLink, plural
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.mapping import FrameworkMapping
from plan_explorer.importers.oscal_xml import as_json_data
from plan_explorer.importers.safe_read import (
    as_dict,
    as_dicts,
    as_line,
    as_lines,
    parse_json,
    parse_xml,
    parse_yaml,
    refuse,
)

Data = dict[str, Any]

_INSERT = re.compile(r"\{\{\s*(?:insert:\s*param\s*,\s*|param:\s*)?([\w.-]+)\s*\}\}")
PARTS = ("part", "clause")
_MAX_NESTING = 6
"""How deeply parameters can be nested in each other's text."""
_MAX_INSERTED = 10_000
"""How many characters parameters can add to a text, with those in their own."""

RELATION_NAMES = {
    "related": ("is related to", "is related to"),
    "required": ("requires", "is required by"),
    "incorporated-into": ("is incorporated into", "incorporates"),
    "moved-to": ("was moved to", "was moved from"),
    "reference": ("refers to", "is referred to by"),
    "responsible": ("is the responsibility of", "is responsible for"),
}


def read(request: ImportRequest) -> Draft | FrameworkMapping:
    """Return the catalog as a draft, or the mapping collection.

    Raises:
        PlanError: ``not-imported``, if the file has neither.
    """
    data = _data(request)
    catalog, collection = as_dict(data.get("catalog")), as_dict(data.get("mapping-collection"))
    if collection and not catalog:
        return oscal_mapping.read(collection, request.title, request.shown)
    if not catalog:
        raise refuse(
            request.shown,
            "this file does not contain an OSCAL catalog",
            "resolve a profile before importing it",
        )
    return _Catalog(request, catalog).draft()


def _data(request: ImportRequest) -> Data:
    start = request.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<":
        return as_json_data(parse_xml(request.raw, request.shown))
    if start == b"{":
        return as_dict(parse_json(request.raw, request.shown))
    return as_dict(parse_yaml(request.raw, request.shown))


class _Catalog:
    def __init__(self, request: ImportRequest, catalog: Data) -> None:
        self._catalog = catalog
        meta = as_dict(catalog.get("metadata"))
        name = title(as_line(meta.get("title"))) or request.title
        self._meta = meta
        self._draft = Draft(request.stem, name, "the catalog", relations=dict(RELATION_NAMES))
        self._draft.as_of = date(as_line(meta.get("last-modified")))
        self._draft.source = {
            "version": as_line(meta.get("version")),
            "date": date(as_line(meta.get("published"))) or self._draft.as_of,
        }
        self._draft.roles = {"responsible": "responsible"}
        self._homes: dict[str, str] = {}
        self._parameters = {as_line(each.get("id")): each for each in _all_parameters(catalog)}

    def draft(self) -> Draft:
        draft = self._draft
        draft.strands = {"catalog": "Catalog"}
        self._parties()
        self._references()
        self._read_children(self._catalog, None, "catalog", draft.name)
        self._resolve_links()
        if not draft.levels:
            draft.drop("the catalog has neither groups nor controls", "catalog")
        for id in PARTS:
            draft.levels.append(DraftLevel(id, id.capitalize(), f"{id.capitalize()}s", "catalog", "parent"))
        return draft

    # --- levels

    def _level(self, kind: str, class_name: str, depth: int) -> str:
        """Return the id of a level, named after its class."""
        noun = class_name.replace("-", " ").replace("_", " ").strip().lower()
        if kind == "group":
            noun = noun if noun.isalpha() else "group"
        elif depth:
            noun = "control enhancement"
        elif noun not in ("requirement", "practice"):
            noun = "control"
        id = slug(noun) or kind
        names = (noun.capitalize(), plural(noun).capitalize())
        self._draft.add_level(id, names, "catalog", hue=kind == "group")
        return id

    # --- groups and controls

    def _read_children(
        self, holder: Data, parent: DraftEntry | None, path: str, section: str, depth: int = 0
    ) -> None:
        for at, group in enumerate(as_dicts(holder.get("groups"))):
            place = f"{path}/groups[{at}]"
            entry = self._entry(group, "group", parent, place, section, depth)
            self._read_children(group, entry, place, entry.name or section)
        for at, control in enumerate(as_dicts(holder.get("controls"))):
            place = f"{path}/controls[{at}]"
            entry = self._entry(control, "control", parent, place, section, depth)
            self._read_children(control, entry, place, section, depth + 1)

    def _entry(
        self, data: Data, kind: str, parent: DraftEntry | None, place: str, section: str, depth: int
    ) -> DraftEntry:
        id, props = as_line(data.get("id")), list(as_dicts(data.get("props")))
        name = title(as_line(data.get("title")))
        entry = DraftEntry(
            key=id or place,
            kind=self._level(kind, as_line(data.get("class")), depth),
            name=name,
            code=_label(props) or id.upper(),
            slug=id,
            under=[parent.key] if parent else [],
            where=f"{place} {id}".strip(),
            section=name if kind == "group" and not parent else section,
        )
        self._draft.entries.append(entry)
        self._read_parts(data, entry)
        entry.links += self._links(data, entry)
        self._parameter_section(data, entry)
        remarks = markdown_paragraphs(str(data.get("remarks") or ""))
        entry.says += [*(f"Remark: {remark}" for remark in remarks), *self._properties(props, entry)]
        return entry

    # --- parts

    def _read_parts(self, data: Data, entry: DraftEntry) -> None:
        """Add the statement to *entry* and every other part as a section below it."""
        for at, part in enumerate(as_dicts(data.get("parts"))):
            if as_line(part.get("name")) == "statement" and not entry.says and not _is_nested(part):
                entry.says += self._part_texts(part, entry)
                self._note_home(part, entry)
            else:
                self._section(part, "part", entry, f"{entry.where}/parts[{at}]")
                if as_line(part.get("name")) == "statement" and not entry.says:
                    entry.says.append("Its statement is given in parts.")

    def _section(self, part: Data, kind: str, holder: DraftEntry, place: str) -> None:
        """Add *part* as a section below *holder*, and what is nested in it as sections or a list."""
        label, name = _label(as_dicts(part.get("props"))), as_line(part.get("name")).replace("-", " ")
        method = ", ".join(
            as_line(prop.get("value"))
            for prop in as_dicts(part.get("props"))
            if as_line(prop.get("name")) == "method"
        )
        id = as_line(part.get("id"))
        entry = DraftEntry(id or place, kind, slug=id, under=[holder.key], section=holder.section)
        entry.where = f"{place} {id}".strip()
        entry.name = label
        if kind == "part" or not label:
            entry.name = title(as_line(part.get("title"))) or f"{name.capitalize()}: {method}".strip(": ")
            entry.code = label
        self._draft.entries.append(entry)
        if _is_nested(part):
            entry.says = [*self._prose(part, entry)]
            for at, below in enumerate(as_dicts(part.get("parts"))):
                self._section(below, "clause", entry, f"{place}/parts[{at}]")
        else:
            entry.says = list(self._part_texts(part, entry, is_headed=True))
        self._note_home(part, entry)

    def _part_texts(self, part: Data, entry: DraftEntry, *, is_headed: bool = False) -> Iterator[str]:
        """Yield the text of a part and those in it, each after its label."""
        head = "" if is_headed else _label(as_dicts(part.get("props")))
        head = head or ("" if is_headed else title(as_line(part.get("title"))))
        prose = self._prose(part, entry)
        if prose and head:
            prose[0] = escape_start(f"{head} {prose[0]}")
        yield from prose
        for below in as_dicts(part.get("parts")):
            yield from self._part_texts(below, entry)

    def _prose(self, part: Data, entry: DraftEntry) -> list[str]:
        return markdown_paragraphs(self._insert_parameters(str(part.get("prose") or ""), entry))

    def _note_home(self, part: Data, entry: DraftEntry) -> None:
        """Note that links to *part* and from it are those of *entry*."""
        stack = [part]
        while stack:
            each = stack.pop()
            self._homes.setdefault(as_line(each.get("id")), entry.key)
            entry.links += self._links(each, entry)
            stack += as_dicts(each.get("parts")) if not (each is part and _is_nested(part)) else ()

    def _parameter_section(self, data: Data, entry: DraftEntry) -> None:
        """Add what the file says on parameters as a section below *entry*."""
        says: list[str] = []
        for parameter in as_dicts(data.get("params")):
            head = _label(as_dicts(parameter.get("props"))) or as_line(parameter.get("id"))
            told = [*as_dicts(parameter.get("guidelines")), *as_dicts(parameter.get("constraints"))]
            prose = "\n\n".join(str(each.get("prose") or each.get("description") or "") for each in told)
            says += with_heading(head, markdown_paragraphs(self._insert_parameters(prose, entry)))
        if says:
            section = DraftEntry(f"{entry.key} params", "part", "Parameters", slug=f"{entry.slug}-parameters")
            section.says, section.under, section.section = [*says], [entry.key], entry.section
            section.where = f"{entry.where}/params"
            self._draft.entries.append(section)

    def _resolve_links(self) -> None:
        """Let links to parts lead to the entries that have them."""
        above = {entry.key: entry.under[0] for entry in self._draft.entries if entry.kind in PARTS}
        for entry in self._draft.entries:
            links = (replace(link, target=self._homes.get(link.target, link.target)) for link in entry.links)
            entry.links = []
            for link in dict.fromkeys(links):
                if link.target != entry.key and _owner(link.target, above) == _owner(entry.key, above):
                    self._draft.drop("a link between parts of one control", f"{entry.where}: {link.kind}")
                else:
                    entry.links.append(link)

    def _properties(self, props: list[Data], entry: DraftEntry) -> Iterator[str]:
        for prop in props:
            name, value = as_line(prop.get("name")), as_line(prop.get("value"))
            if name == "status" and value:
                yield f"Status: {value}."
            elif name not in ("label", "sort-id", "alt-identifier", "alt-label") and value:
                yield " ".join(markdown_paragraphs(f"{name.replace('-', ' ').capitalize()}: {value}."))
            elif name != "label":
                self._draft.drop(f"the property '{name}'", entry.where)

    def _links(self, data: Data, entry: DraftEntry) -> Iterator[DraftLink]:
        for link in as_dicts(data.get("links")):
            href, rel = as_line(link.get("href")), as_line(link.get("rel")) or "related"
            if href.startswith("#"):
                if rel == "required" or all(old.target != href[1:] or old.kind != rel for old in entry.links):
                    yield DraftLink(rel, href[1:])
            elif web_address(href):
                words = web_link(title(as_line(link.get("text"))), href)
                entry.says.append(f"{rel.replace('-', ' ').capitalize()}: {words}")
            elif href:
                self._draft.drop("a link to another file", f"{entry.where}: {href[:80]}")

    # --- parameters

    def _insert_parameters(self, prose: str, entry: DraftEntry) -> str:
        """Return *prose* with its parameters filled in, as far as they do not unfold without end."""
        room = _MAX_INSERTED

        def fill(text: str, depth: int) -> str:
            return _INSERT.sub(lambda match: put(match[1], depth), text)

        def put(id: str, depth: int) -> str:
            nonlocal room
            if id not in self._parameters:
                return f"[Assignment: {id}]"
            words = _parameter(self._parameters[id])
            if depth > _MAX_NESTING or len(words) > room:
                self._draft.change("a parameter that unfolds too far is named only", entry.where)
                return f"[Assignment: {id}]"
            room -= len(words)
            return fill(words, depth + 1)

        return fill(prose, 0)

    # --- people and documents

    def _parties(self) -> None:
        roles = {
            as_line(role.get("id")): as_line(role.get("title")) for role in as_dicts(self._meta.get("roles"))
        }
        roles_by_party: dict[str, list[str]] = defaultdict(list)
        for assignment in as_dicts(self._meta.get("responsible-parties")):
            role = as_line(assignment.get("role-id"))
            for uuid in as_lines(assignment.get("party-uuids")):
                roles_by_party[uuid].append(roles.get(role) or role)
        for at, body in enumerate(as_dicts(self._meta.get("parties"))):
            key = as_line(body.get("uuid")) or f"parties[{at}]"
            says = [f"Role: {role}." for role in roles_by_party[key]]
            says += markdown_paragraphs(str(body.get("remarks") or ""))
            name = title(as_line(body.get("name"))) or key
            entry = DraftEntry(key, ACTOR, name, slug=name, where=f"catalog/metadata/parties[{at}]")
            entry.says = [*says] or ["It is named in the metadata."]
            entry.group, entry.section = as_line(body.get("type")) or "organization", "Metadata"
            self._draft.entries.append(entry)

    def _references(self) -> None:
        resources = as_dicts(as_dict(self._catalog.get("back-matter")).get("resources"))
        for at, resource in enumerate(resources):
            key = as_line(resource.get("uuid")) or f"resources[{at}]"
            cited = as_line(as_dict(resource.get("citation")).get("text"))
            url = next(
                (as_line(r.get("href")) for r in as_dicts(resource.get("rlinks")) if r.get("href")), ""
            )
            facts = {"url": web_address(url)}
            name = title(as_line(resource.get("title"))) or cited or key
            says = markdown_paragraphs(cited or str(resource.get("description") or ""))
            where = f"catalog/back-matter/resources[{at}]"
            entry = DraftEntry(key, SOURCE, name, says=[*says], facts=facts, slug=name, where=where)
            entry.section = "Back matter"
            self._draft.entries.append(entry)


def _all_parameters(catalog: Data) -> Iterator[Data]:
    stack = [catalog]
    while stack:
        holder = stack.pop()
        yield from as_dicts(holder.get("params"))
        stack += [*as_dicts(holder.get("groups")), *as_dicts(holder.get("controls"))]


def _parameter(parameter: Data) -> str:
    if values := as_lines(parameter.get("values")):
        return ", ".join(values)
    select = as_dict(parameter.get("select"))
    if choices := as_lines(select.get("choice")):
        many = as_line(select.get("how-many")).replace("-", " ")
        return f"[Selection{f' ({many})' if many else ''}: {'; '.join(choices)}]"
    return f"[Assignment: {as_line(parameter.get('label')) or as_line(parameter.get('id'))}]"


def _label(props: Any) -> str:
    """Return the label meant for readers of this document."""
    labels = [prop for prop in props if as_line(prop.get("name")) == "label"]
    best = sorted(labels, key=lambda prop: bool(prop.get("class")))
    return as_line(best[0].get("value")) if best else ""


def _owner(key: str, above: dict[str, str]) -> str:
    seen = set()  # an id that occurs twice may stand below itself
    while key in above and key not in seen:
        seen.add(key)
        key = above[key]
    return key


def _is_nested(part: Data) -> bool:
    """Return whether *part* is nested deeper than a list, with numbers that do not tell."""
    for below in as_dicts(part.get("parts")):
        label = _label(as_dicts(below.get("props")))
        for lower in as_dicts(below.get("parts")):
            own = _label(as_dicts(lower.get("props")))
            if (own or label) and not own.startswith(label.rstrip(".") or " "):
                return True
    return False
