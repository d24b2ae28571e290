"""Import CISO Assistant libraries: frameworks, threats and reference controls."""

from collections.abc import Iterable, Iterator
from typing import Any

from plan_explorer.importers import ciso_mapping
from plan_explorer.importers.clean_text import date, language, markdown_paragraphs, title, with_heading
from plan_explorer.importers.draft import Draft, DraftEntry, DraftLevel, DraftLink, Grouping, Text, shown
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.languages import headed, side_by_side
from plan_explorer.importers.mapping import FrameworkMapping
from plan_explorer.importers.safe_read import as_dict, as_dicts, as_line, as_lines, parse_yaml, refuse
from plan_explorer.translation import N_

Data = dict[str, Any]

LEVELS = (
    DraftLevel("section", "Section", "Sections", "framework", hue=True),
    DraftLevel("subsection", "Subsection", "Subsections", "framework"),
    DraftLevel("requirement", "Requirement", "Requirements", "framework"),
    DraftLevel("threat", "Threat", "Threats", "threats"),
    DraftLevel("reference-control", "Reference control", "Reference controls", "reference-controls"),
    DraftLevel("score", "Score", "Scores", "scores"),
)
RELATION_NAMES = {
    "addresses": ("addresses", "is addressed by"),
    "met-by": ("is met by", "helps to meet"),
}
NODE = {
    *("urn", "ref_id", "name", "description", "parent_urn", "depth", "assessable", "annotation", "category"),
    *("typical_evidence", "threats", "reference_controls", "implementation_groups", "translations"),
    *("csf_function", "provider", "questions", "score", "description_doc"),
}
LIBRARY = {
    *("urn", "ref_id", "name", "description", "locale", "copyright", "version", "publication_date"),
    *("provider", "dependencies", "objects", "translations"),
}
FRAMEWORK = {
    *("urn", "ref_id", "name", "description", "requirement_nodes", "scores_definition", "translations"),
    *("implementation_groups_definition",),
}
HEADS = {
    "annotation": N_("Annotation"),
    "typical_evidence": N_("Typical evidence"),
    "description_doc": N_("Documentation"),
}
"""The fields that become statements, with their headings."""
QUESTION = {"type", "text", "choices"}
TRANSLATED = {"name", "description", "annotation", "typical_evidence", "description_doc"}
"""The fields that are read, or that only machines read; any other is reported."""

UNREAD = {
    "requirement_mapping_set": "a mapping between frameworks",
    "requirement_mapping_sets": "mappings between frameworks",
    "preset": "a preset",
    "presets": "presets",
    "risk_matrix": "a risk matrix",
    "metric_definitions": "definitions of metrics",
}
"""What a library can hold that is not read."""


def read(request: ImportRequest) -> Draft | FrameworkMapping:
    """Return the library as a draft, or its mappings if it holds nothing else.

    Raises:
        PlanError: ``not-imported``, if it is not a library.
    """
    library = as_dict(parse_yaml(request.raw, request.shown))
    objects = as_dict(library.get("objects"))
    if not objects or not as_line(library.get("urn")):
        raise refuse(request.shown, "this is not a CISO Assistant library: it has no 'urn' and 'objects'")
    frameworks = [*as_dicts(objects.get("frameworks")), *filter(None, [as_dict(objects.get("framework"))])]
    draft = _draft(library, frameworks, request)
    draft.entries += _simple(objects.get("threats"), "threat", "objects/threats", draft)
    draft.entries += _simple(
        objects.get("reference_controls"), "reference-control", "objects/reference_controls", draft
    )
    for at, framework in enumerate(frameworks):
        draft.entries += _nodes(
            framework, draft, f"framework {at + 1}" if len(frameworks) > 1 else "framework"
        )
        draft.groupings += _groupings(framework, draft)
        draft.entries += _scores(framework, draft)
    others = [
        key for key in objects if key not in ("framework", "frameworks", "threats", "reference_controls")
    ]
    mapping = None if draft.entries else ciso_mapping.read(library, request.title)
    if mapping and (mapping.dropped or any(each.pairs for each in mapping.sets)):
        for key in others:
            if key not in ciso_mapping.KEYS:
                mapping.drop(UNREAD.get(key, f"objects of kind '{key}'"), f"objects/{key}")
        return mapping
    if others and not draft.entries:
        held = " and ".join(UNREAD.get(key, f"'{key}'") for key in others)
        hint = "import a library with a framework, threats or reference controls"
        raise refuse(request.shown, f"this library holds only {held[:200]}, which makes no plan", hint)
    for key in others:
        draft.drop(UNREAD.get(key, f"objects of kind '{key}'"), f"objects/{key}: {shown(objects[key])}")
    return draft


def _draft(library: Data, frameworks: list[Data], request: ImportRequest) -> Draft:
    name = title(as_line(library.get("name"))) or request.title
    draft = Draft(
        request.stem,
        name,
        "the library",
        language(as_line(library.get("locale"))) or "en",
        levels=list(LEVELS),
    )
    draft.names = _names(library)
    told = list(_told(library, draft))
    for framework in frameworks:
        told += _told(framework, draft)
    about: dict[str, dict[str, None]] = {}
    for tag, each in told:
        about.setdefault(tag, {}).update(dict.fromkeys(_paragraphs(each, "description")))
    for each in frameworks:
        if (named := title(as_line(each.get("name")))) not in ("", name):
            about[draft.language][named] = None
    draft.lede = {tag: " ".join(paragraphs) for tag, paragraphs in about.items() if paragraphs}
    draft.drop_fields(library, LIBRARY, "library")
    for each in frameworks:
        draft.drop_fields(each, FRAMEWORK, "framework")
    for tag, texts in (pair for each in (library, *frameworks) for pair in _translations(each)):
        draft.drop_fields(
            texts, {"name"} if texts.get("name") == draft.names.get(tag) else (), f"library ({tag})"
        )
    draft.as_of = date(as_line(library.get("publication_date")))
    draft.source = {
        "publisher": as_line(library.get("provider")),
        "licence": as_line(library.get("copyright")),
        "version": as_line(library.get("version")),
        "date": draft.as_of,
    }
    draft.strands = {
        "framework": "Framework",
        "threats": "Threats",
        "reference-controls": "Reference controls",
        "scores": "Scores",
    }
    draft.relations = dict(RELATION_NAMES)
    for dependency in as_lines(library.get("dependencies")):
        draft.drop(f"entries of another library, {dependency}, to which this one refers", "dependencies")
    return draft


def _translations(data: Data) -> Iterator[tuple[str, Data]]:
    return ((tag, as_dict(texts)) for tag, texts in sorted(as_dict(data.get("translations")).items()))


def _names(data: Data) -> dict[str, str]:
    """Return the names in other languages."""
    return {tag: name for tag, texts in _translations(data) if (name := as_line(texts.get("name")))}


def _nodes(framework: Data, draft: Draft, path: str) -> Iterator[DraftEntry]:
    """Yield the nodes of a framework, with their parents' URNs."""
    nodes = list(as_dicts(framework.get("requirement_nodes")))
    tops: dict[str, str] = {}
    for at, node in enumerate(nodes):
        urn = as_line(node.get("urn")) or f"{path}#{at}"
        parent = as_line(node.get("parent_urn"))
        entry = _entry(node, "", f"{path}/requirement_nodes[{at}]", draft)
        is_requirement = as_line(node.get("assessable")).lower() == "true"
        entry.kind = "requirement" if is_requirement else "subsection" if parent else "section"
        entry.under = [parent] if parent else []
        tops[urn] = entry.section = tops.get(parent) or entry.name
        entry.links = [DraftLink("addresses", each) for each in as_lines(node.get("threats"))]
        entry.links += [DraftLink("met-by", each) for each in as_lines(node.get("reference_controls"))]
        entry.key = urn
        yield entry


def _entry(node: Data, kind: str, place: str, draft: Draft) -> DraftEntry:
    urn, code = as_line(node.get("urn")), as_line(node.get("ref_id"))
    says: list[Text] = list(_texts(node, draft))
    says += _questions(node, draft, place)
    for field in ("category", "csf_function", "provider"):
        if value := as_line(node.get(field)):
            says.append(f"{field.replace('_', ' ').capitalize()}: {value}.")
    name = title(as_line(node.get("name")))
    draft.drop_fields(node, NODE, place)
    for tag, each in _translations(node):
        draft.drop_fields(each, TRANSLATED, f"{place} {tag}")
    tail = urn.rsplit(":", 1)[-1]
    where = f"{place} {urn}".strip()
    return DraftEntry(urn or place, kind, name, _names(node), code, code or tail, says, where=where)


def _texts(node: Data, draft: Draft) -> Iterator[Text]:
    """Yield the texts of *node*, each with its translations."""
    told = list(_told(node, draft))
    for field, head in {"description": "", **HEADS}.items():
        texts = {tag: _paragraphs(each, field) for tag, each in told}
        yield from side_by_side(
            {tag: headed(head, each, tag) if head else each for tag, each in texts.items()}
        )


def _told(data: Data, draft: Draft) -> Iterator[tuple[str, Data]]:
    """Yield *data* as it is told in each language, the first of the draft before others."""
    yield draft.language, data
    yield from _translations(data)


def _paragraphs(data: Data, field: str) -> list[str]:
    return markdown_paragraphs(str(data.get(field) or ""))


def _questions(node: Data, draft: Draft, place: str) -> Iterator[str]:
    """Yield the questions that are asked about a node, each with its choices."""
    questions = as_dict(node.get("questions"))
    for urn, question in questions.items():
        asked = as_dict(question)
        draft.drop_fields(asked, QUESTION, f"{place} {urn}")
        texts = markdown_paragraphs(str(asked.get("text") or ""))
        choices = list(as_dicts(asked.get("choices")))
        for choice in choices:
            draft.drop_fields(choice, {"urn", "value"}, f"{place} {as_line(choice.get('urn'))}")
        values = filter(None, (as_line(choice.get("value")) for choice in choices))
        texts += [" ".join(markdown_paragraphs(f"Choices: {'; '.join(values)}"))] if choices else []
        yield from with_heading("Question", texts)
    if not questions:
        draft.drop_fields({"questions": node.get("questions")}, (), place)


def _scores(framework: Data, draft: Draft) -> Iterator[DraftEntry]:
    """Yield the scores with which a framework measures."""
    for at, score in enumerate(as_dicts(framework.get("scores_definition"))):
        place = f"framework/scores_definition[{at}]"
        entry = _entry(score, "score", place, draft)
        entry.key, entry.code = f"{as_line(framework.get('urn'))} {place}", as_line(score.get("score"))
        entry.slug, entry.section = f"score {entry.code}", "Scores"
        yield entry


def _simple(values: Any, kind: str, path: str, draft: Draft) -> Iterator[DraftEntry]:
    heads = {level.id: level.many for level in LEVELS}
    for at, node in enumerate(as_dicts(values)):
        entry = _entry(node, kind, f"{path}[{at}]", draft)
        entry.section = heads[kind]
        yield entry


def _groupings(framework: Data, draft: Draft) -> Iterable[Grouping]:
    """Yield the implementation groups as an alternative grouping."""
    members: dict[str, list[str]] = {}
    for node in as_dicts(framework.get("requirement_nodes")):
        for group in as_lines(node.get("implementation_groups")):
            members.setdefault(group, []).append(as_line(node.get("urn")))
    defined = as_dicts(framework.get("implementation_groups_definition"))
    names = {as_line(each.get("ref_id")): title(as_line(each.get("name"))) for each in defined}
    for each in defined:
        where = f"implementation group {as_line(each.get('ref_id'))}"
        unread = {"ref_id", "name"} if as_line(each.get("ref_id")) in members else {"ref_id"}
        draft.drop_fields(each, unread, where)
    order = [*(id for id in names if id in members), *sorted(id for id in members if id not in names)]
    if order:
        number = len(draft.groupings)
        id = "implementation-groups" + (f"-{number + 1}" if number else "")
        rows = tuple((names.get(group) or group, tuple(dict.fromkeys(members[group]))) for group in order)
        yield Grouping(id, "Implementation groups", rows)
