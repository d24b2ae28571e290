"""Libraries of CISO Assistant: frameworks with their requirements, threats, reference controls."""

from collections.abc import Iterable, Iterator
from typing import Any

from plan_explorer.importers.clean_text import date, first_words, markdown_paragraphs, title
from plan_explorer.importers.draft import Draft, DraftEntry, DraftLevel, DraftLink, Grouping
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import from_yaml, mapping, mappings, refuse, word, words

Data = dict[str, Any]

LEVELS = (
    DraftLevel("section", "Section", "Sections", "framework", hue=True),
    DraftLevel("subsection", "Subsection", "Subsections", "framework"),
    DraftLevel("requirement", "Requirement", "Requirements", "framework"),
    DraftLevel("threat", "Threat", "Threats", "threats"),
    DraftLevel("reference-control", "Reference control", "Reference controls", "reference-controls"),
)
READS = {
    "addresses": ("addresses", "is addressed by"),
    "met-by": ("is met by", "helps to meet"),
}
MAPPED = {
    "equal": ("is equal to", "is equal to"),
    "intersect": ("overlaps with", "overlaps with"),
    "subset": ("is part of", "includes"),
    "superset": ("includes", "is part of"),
}
READ = {"urn", "ref_id", "name", "description", "parent_urn", "depth", "assessable", "annotation",
        "typical_evidence", "threats", "reference_controls", "implementation_groups", "translations",
        "category", "csf_function", "provider"}  # fmt: skip
"""Keys of a node that are read or say nothing of their own; any other is reported."""


def read(given: ImportRequest) -> Draft:
    """Return the library as a draft.

    Raises:
        PlanError: ``not-imported``, if it is no library.
    """
    library = mapping(from_yaml(given.raw, given.shown))
    objects = mapping(library.get("objects"))
    if not objects or not word(library.get("urn")):
        raise refuse(given.shown, "this is no library of CISO Assistant: it has no 'urn' and 'objects'")
    draft = _draft(library, given)
    draft.entries += _simple(objects.get("threats"), "threat", "objects/threats", draft)
    draft.entries += _simple(
        objects.get("reference_controls"), "reference-control", "objects/reference_controls", draft
    )
    frameworks = [*mappings(objects.get("frameworks")), *filter(None, [mapping(objects.get("framework"))])]
    for at, framework in enumerate(frameworks):
        draft.entries += _nodes(
            framework, draft, f"framework {at + 1}" if len(frameworks) > 1 else "framework"
        )
        draft.groupings += _groupings(framework, draft)
    for key in objects:
        if key not in ("framework", "frameworks", "threats", "reference_controls"):
            draft.drop(f"objects of the kind '{key}'", f"objects/{key}")
    return draft


def _draft(library: Data, given: ImportRequest) -> Draft:
    name = title(word(library.get("name"))) or given.title
    draft = Draft(given.stem, name, "the library", word(library.get("locale")) or "en", levels=list(LEVELS))
    draft.names = {
        tag: word(said.get("name")) for tag, said in _translations(library) if word(said.get("name"))
    }
    draft.lede = " ".join(markdown_paragraphs(str(library.get("description") or "")))
    draft.as_of = date(word(library.get("publication_date")))
    draft.source = {
        "publisher": word(library.get("provider")),
        "licence": word(library.get("copyright")),
        "version": word(library.get("version")),
        "date": draft.as_of,
    }
    draft.strands = {
        "framework": "Framework",
        "threats": "Threats",
        "reference-controls": "Reference controls",
    }
    draft.relations = READS | MAPPED
    for dependency in words(library.get("dependencies")):
        draft.drop(f"entries of another library, {dependency}, that this one refers to", "dependencies")
    return draft


def _translations(data: Data) -> Iterator[tuple[str, Data]]:
    return ((tag, mapping(said)) for tag, said in sorted(mapping(data.get("translations")).items()))


def _nodes(framework: Data, draft: Draft, path: str) -> Iterator[DraftEntry]:
    """Yield the nodes of a framework; each knows its parent by URN."""
    nodes = list(mappings(framework.get("requirement_nodes")))
    tops: dict[str, str] = {}
    for at, node in enumerate(nodes):
        urn = word(node.get("urn")) or f"{path}#{at}"
        parent = word(node.get("parent_urn"))
        entry = _entry(node, "", f"{path}/requirement_nodes[{at}]", draft)
        is_requirement = word(node.get("assessable")).lower() == "true"
        entry.kind = "requirement" if is_requirement else "subsection" if parent else "section"
        entry.under = [parent] if parent else []
        tops[urn] = entry.section = tops.get(parent) or entry.name
        entry.links = [DraftLink("addresses", each) for each in words(node.get("threats"))]
        entry.links += [DraftLink("met-by", each) for each in words(node.get("reference_controls"))]
        entry.key = urn
        yield entry


def _entry(node: Data, kind: str, place: str, draft: Draft) -> DraftEntry:
    urn, code = word(node.get("urn")), word(node.get("ref_id"))
    says = markdown_paragraphs(str(node.get("description") or ""))
    for field, head in (("annotation", "Annotation"), ("typical_evidence", "Typical evidence")):
        texts = markdown_paragraphs(str(node.get(field) or ""))
        says += [f"{head}: {text}" if not at else text for at, text in enumerate(texts)]
    for field in ("category", "csf_function"):
        if value := word(node.get(field)):
            says.append(f"{field.replace('_', ' ').capitalize()}: {value}.")
    name = title(word(node.get("name"))) or (first_words(says[0]) if says else "")
    names = {tag: word(said.get("name")) for tag, said in _translations(node) if word(said.get("name"))}
    for tag, said in _translations(node):
        if word(said.get("description")):
            draft.drop(f"descriptions in the language '{tag}': a plan is told in one", place)
    for field in node:
        if field not in READ and node[field] not in (None, "", [], {}):
            draft.drop(f"the field '{field}'", place)
    tail = urn.rsplit(":", 1)[-1]
    return DraftEntry(
        urn or place, kind, name, names, code, code or tail, says, where=f"{place} {urn}".strip()
    )


def _simple(values: Any, kind: str, path: str, draft: Draft) -> Iterator[DraftEntry]:
    heads = {level.id: level.many for level in LEVELS}
    for at, node in enumerate(mappings(values)):
        entry = _entry(node, kind, f"{path}[{at}]", draft)
        entry.section = heads[kind]
        yield entry


def _groupings(framework: Data, draft: Draft) -> Iterable[Grouping]:
    """Yield the implementation groups as another grouping of the requirements."""
    members: dict[str, list[str]] = {}
    for node in mappings(framework.get("requirement_nodes")):
        for group in words(node.get("implementation_groups")):
            members.setdefault(group, []).append(word(node.get("urn")))
    defined = mappings(framework.get("implementation_groups_definition"))
    names = {word(each.get("ref_id")): title(word(each.get("name"))) for each in defined}
    order = [*(id for id in names if id in members), *sorted(id for id in members if id not in names)]
    if order:
        number = len(draft.groupings)
        id = "implementation-groups" + (f"-{number + 1}" if number else "")
        rows = tuple((names.get(group) or group, tuple(dict.fromkeys(members[group]))) for group in order)
        yield Grouping(id, "Implementation groups", rows)
