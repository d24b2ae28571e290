"""Import OSCAL catalogs in JSON, XML or YAML."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from plan_explorer.importers import oscal_mapping
from plan_explorer.importers.clean_text import (
    LINK,
    date,
    escape_start,
    markdown_paragraphs,
    one_line,
    plain_line,
    slug,
    title,
    web_address,
    web_link,
    with_heading,
)
from plan_explorer.importers.draft import (
    ACTOR,
    SOURCE,
    Draft,
    DraftEntry,
    DraftLevel,
    DraftLink,
    Text,
    plural,
    shown,
)
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
_BLANK = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
"""A place to be filled in that names no parameter."""
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
    "mentions": ("mentions", "is mentioned by"),
    "member-of": ("is a member of", "has as a member"),
    "responsible": ("is the responsibility of", "is responsible for"),
}

_HOLDER = {"id", "class", "title", "params", "props", "links", "parts", "groups", "controls", "remarks"}
_ADDRESS = {"type", "addr-lines", "city", "state", "postal-code", "country"}
KNOWN = {
    "catalog": {"uuid", "metadata", "groups", "controls", "back-matter", "params"},
    "metadata": {
        *("title", "last-modified", "published", "version", "oscal-version", "remarks", "roles", "parties"),
        *("responsible-parties", "locations"),
    },
    "roles": {"id", "title", "short-name", "description", "remarks"},
    "parties": {
        *("uuid", "type", "name", "short-name", "external-ids", "email-addresses", "telephone-numbers"),
        *("addresses", "location-uuids", "member-of-organizations", "links", "props", "remarks"),
    },
    "locations": {
        *("uuid", "title", "address", "email-addresses", "telephone-numbers", "urls", "props", "links"),
        "remarks",
    },
    "address": _ADDRESS,
    "addresses": _ADDRESS,
    "telephone-numbers": {"type", "number"},
    "external-ids": {"scheme", "id"},
    "document-ids": {"scheme", "identifier"},
    "responsible-parties": {"role-id", "party-uuids", "remarks"},
    "back-matter": {"resources"},
    "resources": {"uuid", "title", "description", "props", "document-ids", "citation", "rlinks", "remarks"},
    "citation": {"text", "props", "links"},
    "rlinks": {"href", "media-type", "hashes"},
    "groups": _HOLDER,
    "controls": _HOLDER,
    "parts": {"id", "name", "ns", "class", "title", "props", "prose", "parts", "links"},
    "params": {
        *("id", "class", "depends-on", "props", "links", "label", "usage", "constraints", "guidelines"),
        *("values", "select", "remarks"),
    },
    "guidelines": {"prose"},
    "constraints": {"description", "tests"},
    "tests": {"expression", "remarks"},
    "select": {"how-many", "choice"},
    "props": {"uuid", "name", "ns", "class", "group", "value", "remarks"},
    "links": {"href", "rel", "text", "media-type"},
}
"""The fields that are read in each kind of object, or that only machines read; any other is reported."""
FOR_MACHINES = ("sort-id", "alt-identifier", "alt-label", "aggregates")
"""The properties without a word for people."""


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
    draft = _Catalog(request, catalog).draft()
    draft.drop_fields(data, {"catalog", "$schema"}, "the file")
    return draft


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
        self._draft.lede = " ".join(markdown_paragraphs(str(meta.get("remarks") or "")))
        self._homes: dict[str, str] = {}
        self._inserted = set(_INSERT.findall(json.dumps(catalog, ensure_ascii=False)))
        self._parameters = {as_line(each.get("id")): each for each in _all_parameters(catalog)}

    def draft(self) -> Draft:
        draft = self._draft
        draft.strands = {"catalog": "Catalog"}
        self._report_unread(self._catalog, "catalog", "catalog")
        self._parties()
        self._references()
        self._read_children(self._catalog, None, "catalog", draft.name)
        for parameter in as_dicts(self._catalog.get("params")):
            for text in self._parameter_texts(parameter, DraftEntry("", "")):
                draft.drop(
                    "what is said of a parameter of the whole catalog", f"catalog/params: {shown(text)}"
                )
        self._resolve_links()
        if not draft.levels:
            draft.drop("the catalog has neither groups nor controls", "catalog")
        for id in PARTS:
            draft.levels.append(DraftLevel(id, id.capitalize(), f"{id.capitalize()}s", "catalog", "parent"))
        return draft

    def _report_unread(self, value: Any, kind: str, place: str) -> None:
        """Record the fields below *value* that are not read."""
        if isinstance(value, list):
            for at, each in enumerate(value):
                self._report_unread(each, kind, f"{place}[{at}]")
        elif isinstance(value, dict) and kind in KNOWN:
            self._draft.drop_fields(value, KNOWN[kind], place)
            for name in KNOWN[kind] & value.keys():
                self._report_unread(value[name], name, f"{place}/{name}")

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
        entry.says += [*self._remarks(data, entry), *self._properties(props, entry)]
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
        entry.name = title(as_line(part.get("title"))) or (label if kind == "clause" else "")
        entry.name = entry.name or f"{name.capitalize()}: {method}".strip(": ")
        entry.code = label if label != entry.name else ""
        self._draft.entries.append(entry)
        if _is_nested(part):
            entry.says = [*self._prose(part, entry), *self._part_properties(part, entry)]
            for at, below in enumerate(as_dicts(part.get("parts"))):
                self._section(below, "clause", entry, f"{place}/parts[{at}]")
        else:
            entry.says = list(self._part_texts(part, entry, is_headed=True))
        self._note_home(part, entry)

    def _part_texts(
        self, part: Data, entry: DraftEntry, lead: str = "", *, is_headed: bool = False
    ) -> Iterator[str]:
        """Yield the text of a part and those in it, the first after *lead*, each after its label."""
        if not is_headed:
            own = f"{_label(as_dicts(part.get('props')))} {title(as_line(part.get('title')))}"
            lead = one_line(f"{lead} {own}").replace("](", "]\\(")
        prose = [*self._prose(part, entry), *self._part_properties(part, entry)]
        if prose and lead:
            prose[0] = escape_start(f"{lead} {prose[0]}")
            lead = ""
        yield from prose
        for below in as_dicts(part.get("parts")):
            is_told = bool(lead) and _label(as_dicts(below.get("props"))).startswith(lead)
            yield from self._part_texts(below, entry, "" if is_told else lead)
            lead = ""
        if lead:
            yield escape_start(lead)

    def _part_properties(self, part: Data, entry: DraftEntry) -> Iterator[str]:
        """Yield what the properties of *part* say but for a method that its name says."""
        props = as_dicts(part.get("props"))
        named = entry.name.rpartition(": ")[2].split(", ")
        yield from self._properties(
            [
                each
                for each in props
                if each.get("name") != "method" or as_line(each.get("value")) not in named
            ],
            entry,
        )

    def _prose(self, part: Data, entry: DraftEntry) -> list[str]:
        return self._texts(part.get("prose"), entry)

    def _texts(self, words: Any, entry: DraftEntry) -> list[str]:
        """Return prose as paragraphs, with its parameters filled in and its links to entries as relations."""

        def linked(link: re.Match[str]) -> str:
            target = link[2] or link[3] or ""
            if target.startswith("#"):
                entry.links.append(DraftLink("mentions", target[1:]))
                return link[1]
            if not web_address(target) and not target.startswith("mailto:"):
                self._draft.drop("a link to another file", f"{entry.where}: {target[:80]}")
            return link[0]

        text = LINK.sub(linked, str(words or ""))
        return markdown_paragraphs(LINK.sub(linked, self._insert_parameters(text, entry)))

    def _remarks(self, data: Data, entry: DraftEntry) -> Iterator[str]:
        yield from with_heading("Remark", self._texts(data.get("remarks"), entry))

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
        section = DraftEntry(f"{entry.key} params", "part", "Parameters", slug=f"{entry.slug}-parameters")
        section.under, section.section, section.where = [entry.key], entry.section, f"{entry.where}/params"
        for parameter in as_dicts(data.get("params")):
            section.says += self._parameter_texts(parameter, section)
        if section.says:
            self._draft.entries.append(section)

    def _parameter_texts(self, parameter: Data, section: DraftEntry) -> Iterator[str]:
        """Yield what the file says on a parameter but for what stands where it is inserted."""
        id, props = as_line(parameter.get("id")), list(as_dicts(parameter.get("props")))
        says = [
            text
            for each in as_dicts(parameter.get("guidelines"))
            for text in self._texts(each.get("prose"), section)
        ]
        for each in as_dicts(parameter.get("constraints")):
            says += self._texts(each.get("description"), section)
            for test in as_dicts(each.get("tests")):
                says += self._texts(test.get("expression"), section)
                says += self._remarks(test, section)
        says += self._texts(parameter.get("usage"), section)
        says += [*self._remarks(parameter, section), *self._properties(props, section)]
        section.links += self._links(parameter, section, says)
        label, chosen = as_line(parameter.get("label")), _parameter({**parameter, "label": ""})
        if id not in self._inserted and not chosen.startswith("[Assignment"):
            says = [*self._texts(chosen, section), *says]
        if label and (id not in self._inserted or not chosen.startswith("[Assignment")):
            says = [*self._texts(label, section), *says]
        yield from with_heading(_label(props) or id, says)

    def _resolve_links(self) -> None:
        """Let links to parts lead to the entries that have them."""
        above = {entry.key: entry.under[0] for entry in self._draft.entries if entry.kind in PARTS}
        for entry in self._draft.entries:
            links = [replace(link, target=self._homes.get(link.target, link.target)) for link in entry.links]
            entry.links = []
            told = {link.target for link in links if link.kind != "mentions"}
            for link in dict.fromkeys(
                each for each in links if each.kind != "mentions" or each.target not in told
            ):
                if link.target != entry.key and _owner(link.target, above) == _owner(entry.key, above):
                    self._draft.drop("a link between parts of one control", f"{entry.where}: {link.kind}")
                else:
                    entry.links.append(link)

    def _properties(self, props: Iterable[Data], entry: DraftEntry) -> Iterator[str]:
        """Yield what properties say, but for the label that an entry is known by."""
        shown_label = _label(props)
        for prop in props:
            name, value = as_line(prop.get("name")), as_line(prop.get("value"))
            remarks = self._texts(prop.get("remarks"), entry)
            if name in FOR_MACHINES and not remarks:
                self._draft.drop(f"the property '{name}'", f"{entry.where}: {value[:80]}")
            elif name == "label" and not remarks:
                if value != shown_label:
                    self._draft.drop("another label", f"{entry.where}: {value[:80]}")
            elif value:
                said = self._texts(f"{name.replace('-', ' ').capitalize()}: {value}.", entry)
                yield " ".join([*said, *remarks])

    def _links(
        self, data: Data, entry: DraftEntry, says: list[str] | list[Text] | None = None
    ) -> Iterator[DraftLink]:
        """Yield the links of *data* to entries; those to the web are said of *entry*."""
        says = entry.says if says is None else says
        for link in as_dicts(data.get("links")):
            href, rel = as_line(link.get("href")), as_line(link.get("rel")) or "related"
            if href.startswith("#"):
                if rel == "required" or all(old.target != href[1:] or old.kind != rel for old in entry.links):
                    yield DraftLink(rel, href[1:], " ".join(self._texts(link.get("text"), entry)))
            elif web_address(href) or href.startswith("mailto:"):
                words = web_link(title(as_line(link.get("text"))), href)
                says.append(f"{rel.replace('-', ' ').capitalize()}: {words}")
            elif href:
                words = f"{href[:80]} {as_line(link.get('text'))}".strip()
                self._draft.drop("a link to another file", f"{entry.where}: {words}")

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

        return _BLANK.sub(r"[\1]", fill(prose, 0))

    # --- people and documents

    def _parties(self) -> None:
        place = "catalog/metadata"
        roles = {as_line(role.get("id")): role for role in as_dicts(self._meta.get("roles"))}
        holders: dict[str, list[Data]] = defaultdict(list)
        for assignment in as_dicts(self._meta.get("responsible-parties")):
            for uuid in as_lines(assignment.get("party-uuids")):
                holders[uuid].append(assignment)
        locations = {as_line(each.get("uuid")): each for each in as_dicts(self._meta.get("locations"))}
        parties = list(as_dicts(self._meta.get("parties")))
        for at, body in enumerate(parties):
            key = as_line(body.get("uuid")) or f"parties[{at}]"
            name = title(as_line(body.get("name"))) or key
            entry = DraftEntry(key, ACTOR, name, slug=name, where=f"{place}/parties[{at}]")
            for assignment in holders.pop(key, []):
                id = as_line(assignment.get("role-id"))
                entry.says += self._role(roles.get(id, {"title": id}), entry)
                entry.says += self._remarks(assignment, entry)
            at_homes = [locations[id] for id in as_lines(body.get("location-uuids")) if id in locations]
            entry.says += self._facts(body, entry, at_homes)
            entry.says = entry.says or ["It is named in the metadata."]
            entry.group, entry.section = as_line(body.get("type")) or "organization", "Metadata"
            self._draft.entries.append(entry)
        used = {as_line(each.get("role-id")) for each in as_dicts(self._meta.get("responsible-parties"))}
        for id, role in roles.items():
            if id not in used:
                self._draft.drop("a role that nobody has", f"{place}/roles: {shown(list(role.values()))}")
        settled = {id for each in parties for id in as_lines(each.get("location-uuids"))}
        for id, each in locations.items():
            if id not in settled:
                self._draft.drop("a place where nobody is", f"{place}/locations: {shown(each)}")

    def _role(self, role: Data, entry: DraftEntry) -> Iterator[str]:
        short = as_line(role.get("short-name"))
        yield f"Role: {title(as_line(role.get('title')))}{f' ({title(short)})' if short else ''}."
        yield from self._texts(role.get("description"), entry)
        yield from self._remarks(role, entry)

    def _facts(self, body: Data, entry: DraftEntry, locations: list[Data]) -> Iterator[str]:
        """Yield how a party is called otherwise, and where it is found."""
        named: list[tuple[str, Any]] = [("Short name", body.get("short-name"))]
        named += [("Identifier", list(each.values())) for each in as_dicts(body.get("external-ids"))]
        for held in (body, *locations):
            named += [("Place", held.get("title"))]
            addresses = [*as_dicts(held.get("addresses")), as_dict(held.get("address"))]
            for address in addresses:
                lines = as_lines(address.get("addr-lines"))
                rest = [as_line(address.get(key)) for key in ("city", "state", "postal-code", "country")]
                named.append(("Address", [*lines, *rest]))
            named += [("E-mail", mail) for mail in as_lines(held.get("email-addresses"))]
            for each in (*as_dicts(held.get("telephone-numbers")), *as_lines(held.get("telephone-numbers"))):
                named.append(("Telephone", each.get("number") if isinstance(each, dict) else each))
            named += [("Address on the web", url) for url in as_lines(held.get("urls"))]
        for head, value in named:
            if words := ", ".join(as_lines(value)):
                yield f"{head}: {plain_line(words)}"
        says: list[str] = []
        for held in (body, *locations):
            entry.links += self._links(held, entry, says)
            says += [*self._properties(list(as_dicts(held.get("props"))), entry), *self._remarks(held, entry)]
        entry.links += [DraftLink("member-of", id) for id in as_lines(body.get("member-of-organizations"))]
        yield from says

    def _references(self) -> None:
        resources = as_dicts(as_dict(self._catalog.get("back-matter")).get("resources"))
        for at, resource in enumerate(resources):
            key = as_line(resource.get("uuid")) or f"resources[{at}]"
            citation = as_dict(resource.get("citation"))
            cited = as_line(citation.get("text"))
            name = title(as_line(resource.get("title"))) or cited or key
            entry = DraftEntry(key, SOURCE, name, slug=name, where=f"catalog/back-matter/resources[{at}]")
            entry.says = [
                *self._texts(citation.get("text"), entry),
                *self._texts(resource.get("description"), entry),
            ]
            for each in as_dicts(resource.get("rlinks")):
                href = as_line(each.get("href"))
                if web_address(href) and "url" not in entry.facts:
                    entry.facts["url"] = href
                elif web_address(href):
                    entry.says.append(f"Also at: {web_link('', href)}")
                elif href:
                    self._draft.drop("a link to another file", f"{entry.where}: {href[:80]}")
            for each in as_dicts(resource.get("document-ids")):
                entry.says.append(f"Identifier: {plain_line(as_line(each.get('identifier')))}")
            for held in (citation, resource):
                entry.links += self._links(held, entry)
                entry.says += self._properties(list(as_dicts(held.get("props"))), entry)
            entry.says += self._remarks(resource, entry)
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
