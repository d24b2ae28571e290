"""Import a ``plan.json``: restore the files it was made from."""

import re
from typing import Any

from plan_explorer.documents.csv_rows import format_csv, parse_csv
from plan_explorer.documents.document import parse_document
from plan_explorer.documents.plan_files import is_csv
from plan_explorer.importers.draft import Note
from plan_explorer.importers.format import Imported, ImportRequest
from plan_explorer.importers.report import Report
from plan_explorer.importers.safe_read import as_dict, parse_json, refuse
from plan_explorer.importers.yaml_writer import HEADER, format_yaml
from plan_explorer.loading.plan_json import FORMAT, as_rows, digest

_NAME = re.compile(r"(?:[A-Za-z0-9_][\w.-]*/){0,8}[A-Za-z0-9_][\w.-]*\.(?:ya?ml|(?i:csv))")
_DEVICE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|/|$)", re.IGNORECASE)


def read(request: ImportRequest) -> Imported:
    """Return the files as their authors wrote them.

    The original text is used if it is included and up to date; otherwise comments are lost.

    Raises:
        PlanError: ``not-imported``, if it is not a ``plan.json`` or names files outside the plan.
    """
    data = as_dict(parse_json(request.raw, request.shown))
    if data.get("format") != FORMAT:
        raise refuse(request.shown, f"this is not a plan.json in the format '{FORMAT}'", "export it again")
    files = as_dict(data.get("files"))
    for name in files:
        if not _NAME.fullmatch(name) or ".." in name or _DEVICE.search(name):
            raise refuse(request.shown, f"'{name[:60]}' is not a valid name for a file of a plan")
    if "plan.yaml" not in files or len(files) != len({name.casefold() for name in files}):
        raise refuse(request.shown, "this file does not contain a complete plan")
    edited = data.get("hash") != digest(files)
    changed = [Note("its hash does not match: it was edited after the export", "hash")] if edited else []
    texts = {name: _text(data, name, files[name]) for name in sorted(files)}
    written = {
        name: text.encode() if text else _written_anew(name, files[name]) for name, text in texts.items()
    }
    lost = "comments and line breaks, which are missing from the file or outdated"
    dropped = tuple(Note(lost, name) for name, text in texts.items() if not text)
    counts = {"files": len(written), "entries": sum(map(_entries, files.values()))}
    return Imported(written, Report("plan.json", request.name, counts, tuple(changed), dropped))


def _text(data: dict[str, Any], name: str, file: Any) -> str:
    """Return the original text, if it is current."""
    text = as_dict(data.get("texts")).get(name)
    if not isinstance(text, str):
        return ""
    document, problems = (parse_csv if is_csv(name) else parse_document)(text, name)
    return "" if problems or document.data != _scalars(file) else text


def _written_anew(name: str, file: Any) -> bytes:
    """Return *file* as somebody may have written it."""
    data = _scalars(file)
    return format_csv(as_rows(data)).encode() if is_csv(name) else format_yaml(data, header=_header(name))


def _header(name: str) -> str:
    return "" if name == "plan.yaml" else HEADER.replace("=schema/", f"={'../' * name.count('/')}schema/")


def _scalars(value: Any) -> Any:
    """Return *value* with every scalar as text."""
    if isinstance(value, dict):
        return {str(key): _scalars(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_scalars(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None else str(value)


def _entries(file: Any) -> int:
    """Return the number of entries in a content file."""
    lists = [each for each in as_dict(file).values() if isinstance(each, list)]
    return sum(isinstance(each, dict) and "id" in each for values in lists for each in values)
