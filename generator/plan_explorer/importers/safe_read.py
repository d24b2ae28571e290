"""Parse untrusted files within size and depth limits."""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from plan_explorer.diagnostics.problems import Location, PlanError, Problem

MAX_BYTES = 256 * 2**20
"""The largest file read, four times the size of the largest public examples."""
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 200_000, 500, 100_000
"""The largest table read, and the longest text of a cell."""
MAX_DEPTH = 100
MAX_ALIASES = 1000
MAX_UNPACKED = 512 * 2**20
MAX_RATIO = 200
"""How many times its packed size a file can have."""

_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[^\[>]*(?:\[(?P<inner>.*?)\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\s+[^>]*>")
_PLAIN_ENTITY = re.compile(rb"""<!ENTITY\s+[\w.-]+\s+("[^"&%<]{0,500}"|'[^'&%<]{0,500}')\s*>""")
_NO_ENTITIES = ("this file declares entities, which are not supported", "write the text out")


def refuse(shown: str, why: str, hint: str = "", line: int = 1) -> PlanError:
    """Return the error that refuses the file *shown*."""
    return PlanError([Problem("not-imported", why, Location(shown, line), hint)])


def read_bytes(path: Path, shown: str) -> bytes:
    """Return the bytes of the file at *path*.

    Raises:
        PlanError: ``not-imported``, if it does not exist or is too large.
    """
    try:
        if not path.is_file():
            raise refuse(shown, "this file does not exist", "give the path of a file")
        if path.stat().st_size > MAX_BYTES:
            raise refuse(shown, f"this file is larger than {MAX_BYTES // 2**20} MB", "split it")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise refuse(shown, f"this file cannot be read: {reason}") from None


MAX_FILES = 20_000


def read_folder(folder: Path, shown: str, below: Iterable[str]) -> dict[str, bytes]:
    """Return the files in the folders *below* the one at *folder*, by path.

    Raises:
        PlanError: ``not-imported``, if it is no folder, or has too much in it.
    """
    if not folder.is_dir():
        hint = f"give the folder in which '{next(iter(below), '')}' lies"
        raise refuse(shown, "this is not a folder", hint)
    files: dict[str, bytes] = {}
    size = 0
    for name in below:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.is_symlink():
                files[path.relative_to(folder).as_posix()] = raw = read_bytes(path, str(path))
                size += len(raw)
                if len(files) > MAX_FILES or size > MAX_BYTES:
                    raise refuse(shown, "this folder has too many files, or too large ones")
    return files


def decode_text(raw: bytes, shown: str) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark.

    Raises:
        PlanError: ``not-imported``, if it is neither.
    """
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = _line_at(raw, error.start)
        raise refuse(shown, "this file is not UTF-8 text", "save it again as UTF-8", line) from None


def parse_json(raw: bytes, shown: str) -> Any:
    """Return the data in a JSON file.

    Raises:
        PlanError: ``not-imported``, if it is not JSON, repeats a key or is nested too deeply.
    """

    def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) < len(pairs):
            twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
            raise refuse(shown, f"the key '{twice[:60]}' is written twice in one object")
        return data

    def refuse_constant(name: str) -> Any:
        raise refuse(shown, f"'{name}' is not a valid number")

    words = decode_text(raw, shown)
    try:
        data = json.loads(words, object_pairs_hook=unique_keys, parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        raise refuse(shown, f"this is not JSON: {error.msg}", line=error.lineno) from None
    except ValueError as error:  # a number with thousands of digits
        raise refuse(shown, f"this JSON cannot be read: {str(error)[:80]}") from None
    except RecursionError:
        raise refuse(shown, "this file is nested too deeply") from None
    _refuse_depth(data, shown, len(raw))
    return data


def parse_yaml(raw: bytes, shown: str) -> Any:
    """Return a YAML file's data, with scalars as text.

    Raises:
        PlanError: ``not-imported``, if it is not YAML, has tags of a program or repeats itself too much.
    """
    words = decode_text(raw, shown)
    try:
        _refuse_bomb(words, shown)
        data = yaml.load(words, Loader=_TextLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = str(getattr(error, "problem", "") or "it is not valid")
        raise refuse(shown, f"this is not YAML: {problem}", line=mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise refuse(shown, "this file is nested too deeply") from None
    _refuse_depth(data, shown, len(raw))
    return data


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that keeps scalars as text."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] == "tag:yaml.org,2002:null"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _refuse_bomb(words: str, shown: str) -> None:
    """Refuse a file whose aliases could expand beyond its size."""
    aliases = depth = 0
    for event in yaml.parse(words, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > MAX_ALIASES:
            raise refuse(shown, "this file uses too many aliases")
        if depth > MAX_DEPTH:
            raise refuse(shown, "this file is nested too deeply")


def _refuse_depth(data: Any, shown: str, size: int) -> None:
    """Refuse data nested too deeply or expanding too far."""
    stack, seen = [([data], 0)], 0
    while stack:
        values, depth = stack.pop()
        seen += len(values)
        if depth > MAX_DEPTH:
            raise refuse(shown, "this file is nested too deeply")
        if seen > size + MAX_ALIASES:
            raise refuse(shown, "this file expands to far more than its size")
        for each in values:
            if isinstance(each, dict):
                stack.append((list(each.values()), depth + 1))
            elif isinstance(each, list):
                stack.append((each, depth + 1))


def parse_xml(raw: bytes, shown: str) -> Any:
    """Return the lxml root of an XML file.

    Raises:
        PlanError: ``not-imported``, if it is not XML or declares entities.
    """
    from lxml import etree

    text = decode_text(raw, shown).encode() if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else raw
    if entity := _ENTITY.search(text):
        raise refuse(shown, *_NO_ENTITIES, _line_at(text, entity.start()))
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
        raise refuse(shown, f"this is not valid XML: {error.msg}", line=line) from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # in an encoding not searched above
        raise refuse(shown, *_NO_ENTITIES)
    return root


def _line_at(raw: bytes, start: int) -> int:
    return raw.count(b"\n", 0, start) + 1


def refuse_entities(raw: bytes, shown: str) -> None:
    """Refuse XML entities other than short texts.

    Raises:
        PlanError: ``not-imported``, if one refers to another or to a file.
    """
    for entity in _ENTITY.finditer(raw):
        if not _PLAIN_ENTITY.fullmatch(entity[0]):
            message = "this file declares entities that refer to others"
            raise refuse(shown, message, "write the text out", _line_at(raw, entity.start()))
    doctype = _DOCTYPE.search(raw)
    if doctype and re.search(rb"\b(SYSTEM|PUBLIC)\b", doctype[0]):
        raise refuse(shown, "this file refers to another file", "remove its DOCTYPE")


def refuse_zip_bomb(raw: bytes, shown: str) -> None:
    """Refuse a zip file that would expand too far.

    Raises:
        PlanError: ``not-imported``, if it is not a zip file or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            total = sum(member.file_size for member in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise refuse(shown, "this is not a workbook", "save it as .xlsx or .ods") from None
    if total > MAX_UNPACKED or total > 2**20 + MAX_RATIO * len(raw):
        raise refuse(shown, "this file unpacks to far more than its size")


def as_dict(value: Any) -> dict[str, Any]:
    """Return *value* if it is a mapping, else {}."""
    return value if isinstance(value, dict) else {}


def as_dicts(value: Any) -> Iterable[dict[str, Any]]:
    """Return the mappings in the list *value*."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def as_line(value: Any) -> str:
    """Return a scalar as a line, anything else as ""."""
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if isinstance(value, int | float) else ""


def as_lines(value: Any) -> list[str]:
    """Return one or many scalars as lines of text."""
    many = value if isinstance(value, list) else [value]
    return [line for each in many if (line := as_line(each))]
