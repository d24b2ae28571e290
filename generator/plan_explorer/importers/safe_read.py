"""Read files of strangers: limits of size and depth, nothing fetched, nothing run."""

import json
import re
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from plan_explorer.diagnostics.problems import Location, PlanError, Problem

MAX_BYTES = 256 * 2**20
"""The largest file that is read; the largest public ones of these formats have a quarter of it."""
MAX_DEPTH = 100
MAX_ALIASES = 1000
MAX_UNPACKED = 512 * 2**20
MAX_RATIO = 200
"""How many times its size a file may grow when unpacked."""

_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[^\[>]*(?:\[(?P<inner>.*?)\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\s+[^>]*>")
_PLAIN_ENTITY = re.compile(rb"""<!ENTITY\s+[\w.-]+\s+("[^"&%<]{0,500}"|'[^'&%<]{0,500}')\s*>""")


def refuse(shown: str, why: str, hint: str = "", line: int = 1) -> PlanError:
    """Return the error that refuses the file *shown*."""
    return PlanError([Problem("not-imported", why, Location(shown, line), hint)])


def content(path: Path, shown: str) -> bytes:
    """Return the bytes of the file at *path*.

    Raises:
        PlanError: ``not-imported``, if there is no such file or it is too large.
    """
    try:
        if not path.is_file():
            raise refuse(shown, "there is no such file", "give the path of a file")
        if path.stat().st_size > MAX_BYTES:
            raise refuse(shown, f"this file is larger than {MAX_BYTES // 2**20} MB", "split it")
        return path.read_bytes()
    except OSError as error:
        raise refuse(
            shown, f"this file cannot be read: {(error.strerror or 'no reason given').lower()}"
        ) from None


def text(raw: bytes, shown: str) -> str:
    """Return *raw* as text: UTF-8, or UTF-16 with a mark at its start.

    Raises:
        PlanError: ``not-imported``, if it is neither.
    """
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refuse(shown, "this file is not text in UTF-8", "save it again as UTF-8", line) from None


def from_json(raw: bytes, shown: str) -> Any:
    """Return what a JSON file holds.

    Raises:
        PlanError: ``not-imported``, if it is no JSON, repeats a key, or is nested too deeply.
    """
    try:
        data = json.loads(
            text(raw, shown), object_pairs_hook=_once(shown), parse_constant=_no_constant(shown)
        )
    except json.JSONDecodeError as error:
        raise refuse(shown, f"this is not JSON: {error.msg}", line=error.lineno) from None
    except ValueError as error:  # a number of thousands of digits
        raise refuse(shown, f"this is not JSON that can be read: {str(error)[:80]}") from None
    except RecursionError:
        raise refuse(shown, "this file is nested too deeply") from None
    _shallow(data, shown, len(raw))
    return data


def _once(shown: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise refuse(shown, f"the key '{twice[:60]}' is written twice in one object")
        return found

    return mapping


def _no_constant(shown: str) -> Callable[[str], Any]:
    def constant(name: str) -> Any:
        raise refuse(shown, f"'{name}' is no number")

    return constant


def from_yaml(raw: bytes, shown: str) -> Any:
    """Return what a YAML file holds, every scalar but null as text.

    Raises:
        PlanError: ``not-imported``, if it is no YAML, has tags of a program, or repeats itself too much.
    """
    words = text(raw, shown)
    try:
        _no_bomb(words, shown)
        data = yaml.load(words, Loader=_Text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", "") or "no sound YAML")
        raise refuse(shown, f"this is not YAML: {said}", line=mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise refuse(shown, "this file is nested too deeply") from None
    _shallow(data, shown, len(raw))
    return data


class _Text(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that leaves every scalar as it was typed."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] == "tag:yaml.org,2002:null"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _no_bomb(words: str, shown: str) -> None:
    """Refuse a file whose aliases could unfold to more than it holds."""
    aliases = depth = 0
    for event in yaml.parse(words, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > MAX_ALIASES:
            raise refuse(shown, "this file repeats values by aliases too often")
        if depth > MAX_DEPTH:
            raise refuse(shown, "this file is nested too deeply")


def _shallow(data: Any, shown: str, size: int) -> None:
    """Refuse data that is nested too deeply, or that unfolds to more values than *size* bytes can hold."""
    stack, seen = [(data, 0)], 0
    while stack:
        value, depth = stack.pop()
        seen += 1
        if depth > MAX_DEPTH:
            raise refuse(shown, "this file is nested too deeply")
        if seen > size + MAX_ALIASES:
            raise refuse(shown, "this file unfolds to far more than its size")
        if isinstance(value, dict):
            stack += [(each, depth + 1) for each in value.values()]
        elif isinstance(value, list):
            stack += [(each, depth + 1) for each in value]


def from_xml(raw: bytes, shown: str) -> Any:
    """Return the root element of an XML file, as lxml gives it.

    Raises:
        PlanError: ``not-imported``, if it is no XML, or declares entities.
    """
    from lxml import etree

    _no_entities(raw, shown)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise refuse(shown, f"this is not sound XML: {error.msg}", line=line) from None
    if root.getroottree().docinfo.internalDTD is not None and _entities(root):
        raise refuse(shown, "this file declares entities, which are not followed", "write the text out")
    return root


def _entities(root: Any) -> bool:
    return any(True for _ in root.getroottree().docinfo.internalDTD.iterentities())


def _no_entities(raw: bytes, shown: str) -> None:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = text(raw, shown).encode()
    if found := _ENTITY.search(raw):
        line = raw.count(b"\n", 0, found.start()) + 1
        raise refuse(shown, "this file declares entities, which are not followed", "write the text out", line)


def plain_entities(raw: bytes, shown: str) -> None:
    """Refuse XML whose entities are anything but short words: files of ontologies have such for namespaces.

    Raises:
        PlanError: ``not-imported``, if one refers to another, or to a file.
    """
    for found in _ENTITY.finditer(raw):
        if not _PLAIN_ENTITY.fullmatch(found[0]):
            line = raw.count(b"\n", 0, found.start()) + 1
            raise refuse(shown, "this file declares entities that lead elsewhere", "write the text out", line)
    doctype = _DOCTYPE.search(raw)
    if doctype and re.search(rb"\b(SYSTEM|PUBLIC)\b", doctype[0]):
        raise refuse(shown, "this file wants another file to be read with it", "remove its DOCTYPE")


def unpackable(raw: bytes, shown: str) -> None:
    """Refuse a packed file that would unpack to far more than its size.

    Raises:
        PlanError: ``not-imported``, if it is no such file, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            total = sum(member.file_size for member in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise refuse(shown, "this is not a workbook", "save it as .xlsx") from None
    if total > MAX_UNPACKED or total > 2**20 + MAX_RATIO * len(raw):
        raise refuse(shown, "this file unpacks to far more than its size")


def mapping(value: Any) -> dict[str, Any]:
    """Return *value* if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Iterable[dict[str, Any]]:
    """Return those of the list *value* that are mappings."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def word(value: Any) -> str:
    """Return *value* as a line of text; what is no scalar is empty."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def words(value: Any) -> list[str]:
    """Return the scalars of *value*, one or many, as lines of text."""
    many = value if isinstance(value, list) else [value]
    return [found for each in many if (found := word(each))]
