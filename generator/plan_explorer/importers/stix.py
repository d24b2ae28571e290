"""Import STIX 2.1 bundles, arranged by kill chain and relationship."""

import re
from collections.abc import Iterator
from typing import Any

from plan_explorer.importers.clean_text import (
    LINK,
    date,
    markdown_paragraphs,
    slug,
    span,
    title,
    web_address,
    web_link,
    with_heading,
)
from plan_explorer.importers.draft import ACTOR, SOURCE, Draft, DraftEntry, DraftLink, plural, shown
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import as_dict, as_dicts, as_line, as_lines, parse_json, refuse

Data = dict[str, Any]

NOUNS = {
    "x-mitre-tactic": ("Tactic", "Tactics"),
    "attack-pattern": ("Technique", "Techniques"),
    "course-of-action": ("Mitigation", "Mitigations"),
    "intrusion-set": ("Intrusion set", "Intrusion sets"),
    "malware": ("Malware", "Malware"),
    "infrastructure": ("Infrastructure", "Infrastructure"),
    "vulnerability": ("Vulnerability", "Vulnerabilities"),
    "x-mitre-matrix": ("Matrix", "Matrices"),
    "x-mitre-analytic": ("Analytic", "Analytics"),
    "x-mitre-detection-strategy": ("Detection strategy", "Detection strategies"),
    "observed-data": ("Observed data", "Observed data"),
}
"""Names of types that do not follow from their identifiers."""
LEVEL_ORDER = (
    *("x-mitre-tactic", "attack-pattern", "sub-technique", "course-of-action", "intrusion-set", "campaign"),
    *("malware", "tool", "x-mitre-data-source", "x-mitre-data-component"),
)
STRANDS = {"techniques": "Techniques", "software": "Software", "data-sources": "Data sources"}
"""Names of strands that hold several types."""
SKIPPED = (
    *("relationship", "marking-definition", "extension-definition", "language-content"),
    "x-mitre-collection",
)
ACTORS = ("identity", "threat-actor")
INVERSES = {
    "uses": "is used by",
    "mitigates": "is mitigated by",
    "detects": "is detected by",
    "targets": "is targeted by",
    "indicates": "is indicated by",
    "attributed-to": "is credited with",
    "subtechnique-of": "has as a sub-technique",
    "related-to": "is related to",
    "derived-from": "is the origin of",
    "variant-of": "has as a variant",
    "duplicate-of": "has as a duplicate",
    "based-on": "is the basis of",
    "located-at": "is the location of",
    "impersonates": "is impersonated by",
    "delivers": "is delivered by",
    "exploits": "is exploited by",
    "controls": "is controlled by",
    "hosts": "is hosted by",
    "owns": "is owned by",
    "investigates": "is investigated by",
    "remediates": "is remediated by",
    "drops": "is dropped by",
    "downloads": "is downloaded by",
    "has": "belongs to",
    "consists-of": "is part of",
    "communicates-with": "communicates with",
    "originates-from": "is the origin of",
    "created-by": "created",
}
IGNORED_FIELDS = {
    "type", "id", "spec_version", "created", "modified", "created_by_ref", "revoked", "name",
    "description", "object_marking_refs", "external_references", "kill_chain_phases", "first_seen",
    "last_seen", "lang", "identity_class", "object_refs", "tactic_refs", "x_mitre_version",
    "x_mitre_attack_spec_version", "x_mitre_modified_by_ref", "x_mitre_shortname", "x_mitre_deprecated",
    "x_mitre_is_subtechnique", "x_mitre_data_source_ref", "x_mitre_analytic_refs", "is_family",
    "confidence",
}  # fmt: skip
"""Fields that are read elsewhere or irrelevant; any other is reported."""
_CITED = re.compile(r"(?<!\s)\s*\(Citation:\s*([^()]+(?:\([^()]*\)[^()]*)*)\)")
FIELDS = {
    "x_mitre_detection": "Detection",
    "x_mitre_platforms": "Platforms",
    "x_mitre_data_sources": "Data sources",
    "x_mitre_permissions_required": "Permissions required",
    "x_mitre_system_requirements": "System requirements",
    "x_mitre_impact_type": "Impact type",
    "x_mitre_domains": "Domains",
    "aliases": "Also known as",
    "x_mitre_aliases": "Also known as",
    "goals": "Goals",
    "primary_motivation": "Primary motivation",
    "sophistication": "Sophistication",
    "malware_types": "Types",
    "tool_types": "Types",
    "indicator_types": "Types",
    "threat_actor_types": "Types",
    "infrastructure_types": "Types",
    "report_types": "Types",
    "roles": "Roles",
    "objective": "Objective",
    "resource_level": "Resource level",
    "secondary_motivations": "Secondary motivations",
    "personal_motivations": "Personal motivations",
    "capabilities": "Capabilities",
    "implementation_languages": "Implementation languages",
    "architecture_execution_envs": "Runs on",
    "tool_version": "Version",
    "pattern_type": "Pattern type",
    "valid_from": "Valid from",
    "valid_until": "Valid until",
    "published": "Published",
    "region": "Region",
    "country": "Country",
    "administrative_area": "Administrative area",
    "city": "City",
    "street_address": "Street address",
    "postal_code": "Postal code",
    "abstract": "Abstract",
    "content": "Content",
    "authors": "Authors",
    "opinion": "Opinion",
    "explanation": "Explanation",
    "x_mitre_tactic_type": "Tactic type",
    "pattern": "Pattern",
    "labels": "Labels",
    "sectors": "Sectors",
    "contact_information": "Contact",
    "x_mitre_sectors": "Sectors",
    "x_mitre_contributors": "Contributors",
    "x_mitre_first_seen_citation": "First seen",
    "x_mitre_last_seen_citation": "Last seen",
    "x_mitre_remote_support": "Remote support",
}
"""Fields that become statements, with their headings."""
REFERENCE = {"source_name", "external_id", "url", "description", "hashes"}
MARKING = {*IGNORED_FIELDS, "definition", "definition_type"}
COLLECTION = {*IGNORED_FIELDS, "x_mitre_contents"}
RELATIONSHIP = {
    *("type", "id", "spec_version", "created", "modified", "created_by_ref", "relationship_type", "revoked"),
    *("source_ref", "target_ref", "description", "start_time", "stop_time", "external_references"),
    *("object_marking_refs", "x_mitre_version", "x_mitre_attack_spec_version", "x_mitre_modified_by_ref"),
    *("x_mitre_deprecated", "x_mitre_domains"),
}
"""The fields that are read, or that only machines read, in what is no entry."""
LISTS = {
    "x_mitre_log_source_references": "Log sources",
    "x_mitre_log_sources": "Log sources",
    "x_mitre_mutable_elements": "To be adjusted",
    "x_mitre_related_assets": "Related assets",
}
"""Lists of small objects that become a statement, with their headings; they may refer to others."""


KILL_CHAIN = (
    *("reconnaissance", "weaponization", "delivery", "exploitation", "installation", "command-and-control"),
    *("actions-on-objectives", "actions-on-objective"),
)
"""The phases of Lockheed Martin's kill chain; others stand as they come up."""


def read(request: ImportRequest) -> Draft:
    """Return the bundle as a draft.

    Raises:
        PlanError: ``not-imported``, if it is not a bundle.
    """
    data = as_dict(parse_json(request.raw, request.shown))
    objects = list(as_dicts(data.get("objects")))
    if data.get("type") != "bundle" or not objects:
        raise refuse(request.shown, "this is not a STIX bundle with objects")
    draft = _Bundle(request, objects).draft
    draft.drop_fields(data, {"type", "id", "spec_version", "objects"}, "the bundle")
    return draft


class _Bundle:
    def __init__(self, request: ImportRequest, objects: list[Data]) -> None:
        about = next((each for each in objects if each.get("type") == "x-mitre-collection"), {})
        name = title(as_line(about.get("name"))) or request.title
        self.draft = Draft(request.stem, name, "the bundle", relations={}, strands={})
        self.draft.lede = " ".join(markdown_paragraphs(str(about.get("description") or "")))
        marks = (as_dict(each.get("definition")).get("statement") for each in objects)
        self.draft.source = {
            "version": as_line(about.get("x_mitre_version")),
            "licence": next((words for mark in marks if (words := title(as_line(mark)))), ""),
        }
        self.draft.as_of = max(
            (day for each in objects if (day := date(as_line(each.get("modified"))))), default=""
        )
        self._sources: dict[str, DraftEntry] = {}
        self._phases: dict[tuple[str, str], str] = {}
        self._gone: dict[str, Data] = {}
        self._entries: dict[str, DraftEntry] = {}
        self._related: dict[tuple[str, str, str], int] = {}
        """Where the links of an entry are among its links, by entry, kind and target."""
        self._all = self._current_objects(objects)
        self._read()

    def _current_objects(self, objects: list[Data]) -> list[tuple[int, Data]]:
        """Return the newest valid version of each object."""
        newest: dict[str, tuple[str, int, Data]] = {}
        for at, each in enumerate(objects):
            id = as_line(each.get("id")) or f"object-{at}"
            version = (as_line(each.get("modified")), at, each)
            if id in newest and _is_another(newest[id][2], each):
                self.draft.change("an id that occurs twice: both objects are kept", f"objects[{at}] {id}")
                id = f"{id} {at}"
                version = (version[0], at, {**each, "id": id})
            elif id in newest:
                self.draft.drop("an older version of an object", f"objects[{at}] {id}")
            newest[id] = max(newest.get(id, version), version, key=lambda v: (v[0], v[1]))
        current = []
        for id, (_, at, each) in newest.items():
            if each.get("revoked") is True or each.get("x_mitre_deprecated") is True:
                self._gone[id] = each
                if each.get("type") != "relationship":
                    state = "revoked" if each.get("revoked") is True else "deprecated"
                    self.draft.drop(
                        f"an object that is {state}",
                        f"objects[{at}] {_code(each) or id}: {_words_in(each)}",
                    )
            else:
                current.append((at, each))
        return sorted(current, key=lambda pair: pair[0])

    def _read(self) -> None:
        relationships = [(at, each) for at, each in self._all if each.get("type") == "relationship"]
        below = {
            as_line(each.get("source_ref")): as_line(each.get("target_ref"))
            for _, each in relationships
            if each.get("relationship_type") == "subtechnique-of"
        }
        others = [(at, each) for at, each in self._all if each.get("type") not in SKIPPED]
        self._read_phases(others)
        self._addresses = {
            _address(as_line(own.get("url"))): as_line(each.get("id"))
            for _, each in others
            if (own := _own_reference(each)).get("url")
        }
        for at, each in others:
            self._object(at, each, below)
        for at, each in self._all:
            kind = each.get("type")
            told = title(as_line(as_dict(each.get("definition")).get("statement")))
            is_told = kind == "x-mitre-collection" or (told and told == self.draft.source["licence"])
            if is_told:
                self.draft.drop_fields(
                    each, COLLECTION if kind == "x-mitre-collection" else MARKING, f"objects[{at}]"
                )
                self.draft.drop_fields(as_dict(each.get("definition")), {"statement"}, f"objects[{at}]")
            elif kind in SKIPPED and kind != "relationship":
                self.draft.drop(f"an object of type {kind}", f"objects[{at}]: {_words_in(each)}")
        for at, each in relationships:
            self._relationship(at, each, below)
        self._map_former_ids()
        self._ordered()

    def _read_phases(self, objects: list[tuple[int, Data]]) -> None:
        """Map kill chain phases to tactics or new entries."""
        for _, each in objects:
            if each.get("type") == "x-mitre-tactic":
                self._phases["", as_line(each.get("x_mitre_shortname"))] = as_line(each.get("id"))
        for at, each in objects:
            for phase in as_dicts(each.get("kill_chain_phases")):
                key = (as_line(phase.get("kill_chain_name")), as_line(phase.get("phase_name")))
                if ("", key[1]) not in self._phases and key not in self._phases and key[1]:
                    entry = DraftEntry(
                        ":".join(key), "phase", key[1].replace("-", " ").capitalize(), slug=key[1]
                    )
                    entry.says = [f"A phase of the kill chain {key[0]}."] if key[0] else []
                    entry.where, entry.section = f"objects[{at}] kill_chain_phases", "Phases"
                    self._add_level("phase", ("Phase", "Phases"))
                    self._phases[key] = entry.key
                    self._entries[entry.key] = entry

    # --- objects

    def _add_level(self, id: str, names: tuple[str, str]) -> None:
        self.draft.add_level(id, names, _strand(id), hue=id in ("x-mitre-tactic", "phase"))

    def _object(self, at: int, data: Data, below: dict[str, str]) -> None:
        kind, id = slug(as_line(data.get("type"))) or "object", as_line(data.get("id")) or f"object-{at}"
        nouns = NOUNS.get(kind) or _nouns(kind)
        entry = DraftEntry(id, kind, title(as_line(data.get("name"))), code=_code(data))
        entry.where, entry.section = f"objects[{at}] {id}", nouns[1]
        entry.slug = _code(data) or as_line(data.get("name")) or id
        self._entries[id] = entry
        entry.says = [*self._paragraphs(data.get("description"), data, entry), *self._fields(data, entry)]
        entry.date = span(as_line(data.get("first_seen")), as_line(data.get("last_seen")))
        if kind in ACTORS:
            entry.kind, entry.group = ACTOR, as_line(data.get("identity_class")) or kind.replace("-", " ")
            article = "an" if entry.group[0].lower() in "aeiou" else "a"
            entry.says = entry.says or [f"The bundle has it as {article} {entry.group}."]
        elif id in below:
            entry.kind, entry.under = "sub-technique", [below[id]]
            self._add_level("sub-technique", ("Sub-technique", "Sub-techniques"))
        else:
            self._add_level(kind, nouns)
            entry.under = list(self._tactics(data)) or as_lines(as_line(data.get("x_mitre_data_source_ref")))
        for field in ("tactic_refs", "x_mitre_analytic_refs", "object_refs"):
            entry.links += [DraftLink("has", each) for each in as_lines(data.get(field))]
        self.draft.drop_fields(data, {*IGNORED_FIELDS, *FIELDS, *LISTS}, entry.where)
        for phase in as_dicts(data.get("kill_chain_phases")):
            self.draft.drop_fields(phase, {"kill_chain_name", "phase_name"}, entry.where)
        for reference in as_dicts(data.get("external_references")):
            self.draft.drop_fields(reference, REFERENCE, entry.where)
            url = as_line(reference.get("url"))
            if reference is _own_reference(data):
                entry.says += [f"Page: {web_link('', url)}"] if web_address(url) else []
            elif url or as_line(reference.get("external_id")):
                entry.links.append(DraftLink("reference", self._source(reference, entry)))
            else:
                head = title(as_line(reference.get("source_name")))
                entry.says += with_heading(head, self._paragraphs(reference.get("description"), data, entry))
        self._related |= {(id, link.kind, link.target): at for at, link in enumerate(entry.links)}

    def _tactics(self, data: Data) -> Iterator[str]:
        for phase in as_dicts(data.get("kill_chain_phases")):
            chain, name = as_line(phase.get("kill_chain_name")), as_line(phase.get("phase_name"))
            if tactic := self._phases.get(("", name)) or self._phases.get((chain, name)):
                yield tactic

    def _fields(self, data: Data, entry: DraftEntry) -> Iterator[str]:
        for field, head in FIELDS.items():
            values = [value for value in as_lines(data.get(field)) if value != entry.name]
            if isinstance(data.get(field), list) and values:
                yield " ".join(markdown_paragraphs(f"{head}: {', '.join(values)}."))
            elif values:
                yield from with_heading(head, self._paragraphs(data.get(field), data, entry))
        for field, head in LISTS.items():
            listed = list(as_dicts(data.get(field)))
            refs = [as_line(each.get("x_mitre_data_component_ref")) for each in listed]
            entry.links += [DraftLink("looks-at", ref) for ref in dict.fromkeys(refs) if ref]
            said = [
                ": ".join(", ".join(as_lines(words)) for name, words in each.items() if name[-4:] != "_ref")
                for each in listed
            ]
            yield from with_heading(head, self._paragraphs("; ".join(said), data, entry))

    # --- links and sources

    def _paragraphs(self, value: Any, data: Data, entry: DraftEntry) -> list[str]:
        """Return paragraphs with links to entries as relations, and what is cited as links."""

        def cited(citation: re.Match[str]) -> str:
            name = " ".join(citation[1].split())
            references = as_dicts(data.get("external_references"))
            urls = (
                as_line(each.get("url")) for each in references if as_line(each.get("source_name")) == name
            )
            return f" ({web_link(name, next(urls, ''))})"

        def linked(link: re.Match[str]) -> str:
            target = self._addresses.get(_address(link[2] or link[3] or ""), "")
            if not target:
                return link[0]
            if target != entry.key and all(old.target != target for old in entry.links):
                entry.links.append(DraftLink("mentions", target))
            return link[1]

        return markdown_paragraphs(LINK.sub(linked, _CITED.sub(cited, str(value or ""))))

    def _source(self, reference: Data, entry: DraftEntry) -> str:
        """Return the key of the source to which an object refers."""
        name = title(f"{as_line(reference.get('source_name'))} {as_line(reference.get('external_id'))}")
        url = as_line(reference.get("url"))
        key = f"source:{name} {url}"
        if key not in self._sources:
            says = markdown_paragraphs(str(reference.get("description") or "")) or [
                "It is named in the bundle."
            ]
            source = DraftEntry(key, SOURCE, name or url, says=[*says], slug=name, section="Sources")
            source.facts, source.where = {"url": web_address(url)}, f"{entry.where} external_references"
            self._sources[key] = source
        else:
            source = self._sources[key]
            fresh = markdown_paragraphs(str(reference.get("description") or ""))
            source.says += [text for text in fresh if text not in source.says]
        return key

    # --- relationships

    def _relationship(self, at: int, data: Data, below: dict[str, str]) -> None:
        kind = as_line(data.get("relationship_type")) or "related-to"
        source, target = as_line(data.get("source_ref")), as_line(data.get("target_ref"))
        where = f"objects[{at}] {kind}"
        self.draft.drop_fields(data, RELATIONSHIP, where)
        if kind == "revoked-by" or (kind == "subtechnique-of" and below.get(source) == target):
            self.draft.drop_fields(data, RELATIONSHIP - {"description", "external_references"}, where)
            return
        if source not in self._entries or target not in self._entries:
            told = f"{where}: {shown(str(data.get('description') or ''))}".removesuffix(": ")
            self.draft.drop("a relationship of an object that is not in the plan", told)
            return
        entry = self._entries[source]
        own = len(entry.links)
        entry.links.append(DraftLink(kind, target))  # before its words are read: they need not mention it
        because = " ".join(self._paragraphs(data.get("description"), data, entry))
        date = span(as_line(data.get("start_time")), as_line(data.get("stop_time")))
        for reference in as_dicts(data.get("external_references")):
            self.draft.drop_fields(reference, REFERENCE, where)
            if reference.get("url"):
                entry.links.append(DraftLink("reference", self._source(reference, entry)))
            else:
                self.draft.drop("a reference without an address", f"{where}: {shown(reference)}")
        at = self._related.setdefault((source, kind, target), own)
        if at != own:
            self.draft.change("relationships of the same kind between the same objects were merged", where)
            because = " ".join(filter(None, [entry.links[at].because, because]))
            del entry.links[own]
        entry.links[at] = DraftLink(kind, target, because, date)
        name = kind.replace("-", " ")
        inverse = INVERSES.get(kind) or f"is the other end of “{name}”"
        self.draft.relations.setdefault(kind, (name, inverse))

    def _map_former_ids(self) -> None:
        """Map the ids of revoked objects to their replacements."""
        for _, each in self._all:
            if each.get("relationship_type") == "revoked-by":
                old = self._gone.get(as_line(each.get("source_ref")), {})
                new = self._entries.get(as_line(each.get("target_ref")))
                if new and _code(old) and _code(old) != new.code:
                    new.formerly.append(_code(old))

    def _ordered(self) -> None:
        draft = self.draft
        known = {id: at for at, id in enumerate(("phase", *LEVEL_ORDER))}
        draft.levels.sort(key=lambda level: (known.get(level.id, len(known)), level.id))
        draft.strands = {level.strand: STRANDS.get(level.strand, level.many) for level in draft.levels}
        places = {level.id: at for at, level in enumerate(draft.levels)}
        steps = self._steps()
        draft.entries = sorted(
            self._entries.values(),
            key=lambda e: (places.get(e.kind, len(places)), steps.get(e.key, 0), e.code, e.name),
        )
        draft.entries += self._sources.values()
        for entry in draft.entries:
            entry.links = list(dict.fromkeys(entry.links))
        draft.relations.setdefault("has", ("has", "belongs to"))
        draft.relations["looks-at"] = ("looks at", "is looked at by")
        draft.relations["mentions"] = ("mentions", "is mentioned by")
        draft.relations["reference"] = ("refers to", "is referred to by")

    def _steps(self) -> dict[str, int]:
        """Return the place of each tactic and phase in the order of its matrix or kill chain."""
        matrices = (each for _, each in self._all if each.get("type") == "x-mitre-matrix")
        order = [tactic for matrix in matrices for tactic in as_lines(matrix.get("tactic_refs"))]
        phases = {name: key for (chain, name), key in self._phases.items() if chain}
        order += [phases[name] for name in KILL_CHAIN if name in phases]
        return {key: at for at, key in enumerate(dict.fromkeys([*order, *self._phases.values()]))}


def _words_in(data: Data) -> str:
    """Return what an object that is left out says, but for what every object has."""
    told = ("name", "description")
    return shown({key: value for key, value in data.items() if key not in IGNORED_FIELDS or key in told})


def _is_another(old: Data, new: Data) -> bool:
    """Return whether two objects with one id are no versions of each other."""
    ends = ("type", "relationship_type", "source_ref", "target_ref")
    if any(old.get(field) != new.get(field) for field in ends):
        return True
    return old.get("modified") == new.get("modified") and old.get("name") != new.get("name")


def _address(url: str) -> str:
    """Return a web address in the form in which it is compared."""
    return url.strip().partition("://")[2].rstrip("/").casefold()


def _strand(kind: str) -> str:
    if kind in ("x-mitre-tactic", "attack-pattern", "phase", "sub-technique"):
        return "techniques"
    if kind.startswith("x-mitre-data-"):
        return "data-sources"
    return "software" if kind in ("malware", "tool") else kind.removeprefix("x-mitre-")


def _own_reference(data: Data) -> Data:
    """Return the reference with an object's own number."""
    for reference in as_dicts(data.get("external_references")):
        source, id = as_line(reference.get("source_name")), as_line(reference.get("external_id"))
        if id and (source.startswith(("mitre", "capec", "cve")) or len(id) <= 20):
            return reference
    return {}


def _code(data: Data) -> str:
    """Return an object's number in its first source."""
    return as_line(_own_reference(data).get("external_id"))


def _nouns(kind: str) -> tuple[str, str]:
    one = kind.removeprefix("x-").removeprefix("mitre-").replace("-", " ").capitalize()
    return one, plural(one)
