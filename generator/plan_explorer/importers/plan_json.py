"""Our own ``plan.json``: the files it was made of, again."""

import re
from typing import Any

from plan_explorer.documents.document import parse_document
from plan_explorer.importers.draft import Note
from plan_explorer.importers.format import Imported, ImportRequest
from plan_explorer.importers.report import Report
from plan_explorer.importers.safe_read import from_json, mapping, refuse
from plan_explorer.importers.yaml_writer import HEADER, format_yaml
from plan_explorer.loading.plan_json import FORMAT, digest

_NAME = re.compile(r"(?:[A-Za-z0-9_][\w.-]*/){0,8}[A-Za-z0-9_][\w.-]*\.ya?ml")
_DEVICE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|/|$)", re.IGNORECASE)


def read(given: ImportRequest) -> Imported:
    """Return the files of the plan as its authors wrote them.

    To the letter where their text is given and still says the same, else without comments.

    Raises:
        PlanError: ``not-imported``, if it is no ``plan.json`` or names files outside of the plan.
    """
    data = mapping(from_json(given.raw, given.shown))
    if data.get("format") != FORMAT:
        raise refuse(given.shown, f"this is no plan.json of the format '{FORMAT}'", "export it again")
    files = mapping(data.get("files"))
    for name in files:
        if not _NAME.fullmatch(name) or ".." in name or _DEVICE.search(name):
            raise refuse(given.shown, f"'{name[:60]}' is no name for a file of a plan")
    if "plan.yaml" not in files or len(files) != len({name.casefold() for name in files}):
        raise refuse(given.shown, "this file does not hold a whole plan")
    edited = data.get("hash") != digest(files)
    changed = [Note("its hash does not fit: it was edited after the export", "hash")] if edited else []
    texts = {name: _text(data, name, files[name]) for name in sorted(files)}
    found = {
        name: text.encode() if text else format_yaml(_scalars(files[name]), header=_header(name))
        for name, text in texts.items()
    }
    lost = "comments, and how lines were broken; they are not in the file, or belong to another state of it"
    dropped = tuple(Note(lost, name) for name, text in texts.items() if not text)
    counts = {"files": len(found), "entries": sum(map(_entries, files.values()))}
    return Imported(found, Report("plan.json", given.name, counts, tuple(changed), dropped))


def _text(data: dict[str, Any], name: str, file: Any) -> str:
    """Return the text of a file to the letter; nothing if there is none, or it says something else."""
    text = mapping(data.get("texts")).get(name)
    if not isinstance(text, str):
        return ""
    document, problems = parse_document(text, name)
    return "" if problems or document.data != _scalars(file) else text


def _header(name: str) -> str:
    return "" if name == "plan.yaml" else HEADER.replace("=schema/", f"={'../' * name.count('/')}schema/")


def _scalars(value: Any) -> Any:
    """Return *value* with every scalar as text, as reading YAML gives it."""
    if isinstance(value, dict):
        return {str(key): _scalars(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_scalars(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None else str(value)


def _entries(file: Any) -> int:
    """Return how many entries the collections of a content file hold."""
    lists = [each for each in mapping(file).values() if isinstance(each, list)]
    return sum(isinstance(each, dict) and "id" in each for values in lists for each in values)
