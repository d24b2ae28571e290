"""Read the mappings between frameworks in CISO Assistant libraries."""

import re
from typing import Any

from plan_explorer.importers.clean_text import date, markdown_paragraphs, title
from plan_explorer.importers.mapping import (
    METHODS,
    End,
    FilePair,
    FrameworkMapping,
    MappingSet,
)
from plan_explorer.importers.safe_read import as_dict, as_dicts, as_line

Data = dict[str, Any]

RELATIONS = {"equal": "equal", "subset": "subset", "superset": "superset", "intersect": "intersects"}
_ARROW = re.compile(r"\s<?-+>\s")
KEYS = ("requirement_mapping_set", "requirement_mapping_sets")
"""Where a library holds mappings."""
LIBRARY = {
    *("urn", "ref_id", "locale", "name", "description", "provider", "publication_date", "copyright"),
    *("version", "objects", "dependencies"),
}
SET = {
    *("urn", "ref_id", "name", "source_framework_urn", "target_framework_urn", "requirement_mappings"),
    *("provider",),
}
KNOWN = {
    "source_requirement_urn",
    "target_requirement_urn",
    "relationship",
    "rationale",
    "annotation",
    "strength_of_relationship",
    "urn",
}
"""The fields that are read, or that only machines read; any other is reported."""


def read(library: Data, name: str) -> FrameworkMapping | None:
    """Return the mappings in *library*, if it holds any; *name* is for a library without one."""
    objects = as_dict(library.get("objects"))
    held = [*as_dicts(objects.get(KEYS[1])), *filter(None, [as_dict(objects.get(KEYS[0]))])]
    if not held:
        return None
    about = " ".join(markdown_paragraphs(str(library.get("description") or "")))
    mapping = FrameworkMapping(_arrows(title(as_line(library.get("name"))) or name), about)
    mapping.facts = {
        "publisher": as_line(library.get("provider")),
        "date": date(as_line(library.get("publication_date"))),
        "licence": as_line(library.get("copyright")),
        "version": as_line(library.get("version")),
    }
    mapping.drop_fields(library, LIBRARY, "library")
    for at, each in enumerate(held):
        mapping.drop_fields(each, SET, f"mapping {at + 1}" if len(held) > 1 else "mapping")
        mapping.sets.append(_set(each, mapping, f"mapping {at + 1}" if len(held) > 1 else "mapping"))
    return mapping


def _set(data: Data, mapping: FrameworkMapping, place: str) -> MappingSet:
    urns = (as_line(data.get(f"{side}_framework_urn")) for side in ("source", "target"))
    names = [urn.rsplit(":", 1)[-1] for urn in urns]
    said = [part.strip() for part in _ARROW.split(title(as_line(data.get("name"))))]
    if len(said) == 2 and all(said) and len(mapping.sets) == 0:
        names = said  # the name of the set is that of its frameworks, in their order
    elif mapping.sets and as_line(data.get("source_framework_urn")):
        names = _as_before(data, mapping, names)
    found = MappingSet(names[0], names[1])
    for at, pair in enumerate(as_dicts(data.get("requirement_mappings"))):
        where = f"{place}, pair {at + 1}"
        source, target = (_end(as_line(pair.get(f"{side}_requirement_urn"))) for side in ("source", "target"))
        relation = as_line(pair.get("relationship"))
        mapping.drop_fields(pair, KNOWN, where)
        ends = [[end] if end.code else [] for end in (source, target)]
        if kind := mapping.kind_of(relation, RELATIONS, ends, where):
            found.pairs.append(FilePair(source, kind, target, **_why(pair), where=where))
    return found


def _as_before(data: Data, mapping: FrameworkMapping, names: list[str]) -> list[str]:
    """Return the names of the frameworks as in the first set, if this one maps them the other way round."""
    first = mapping.sets[0]
    ends = list(as_dicts(data.get("requirement_mappings")))[:1]
    keys = {key.rsplit(":", 1)[0] for pair in first.pairs[:1] for key in pair.target.keys}
    source = {as_line(each.get("source_requirement_urn")).rsplit(":", 1)[0] for each in ends}
    return [first.target, first.source] if source and source == keys else names


def _arrows(name: str) -> str:
    """Return *name* with arrows for what is written as such."""
    return re.sub(r"(?<=\s)-+>(?=\s)", "→", re.sub(r"(?<=\s)<-+>(?=\s)", "↔", name))


def _end(urn: str) -> End:
    return End(urn.rsplit(":", 1)[-1], keys=(urn,))


def _why(pair: Data) -> dict[str, str]:
    rationale, strength = as_line(pair.get("rationale")), as_line(pair.get("strength_of_relationship"))
    said = str(pair.get("annotation") or "") if rationale in METHODS else ""
    if rationale and rationale not in METHODS:
        said = f"{pair['rationale']}\n\n{pair.get('annotation') or ''}"
    return {
        "because": " ".join(markdown_paragraphs(said)),
        "method": METHODS.get(rationale, ""),
        "confidence": f"strength {strength}" if strength else "",
    }
