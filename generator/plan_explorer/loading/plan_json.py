"""Read the files of a plan out of its plan.json."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from plan_explorer.documents.csv_rows import format_csv
from plan_explorer.documents.plan_files import is_csv

FORMAT = "plan-explorer/1"
"""What ``format`` says; it changes when a reader would have to."""


def digest(files: Mapping[str, Any]) -> str:
    """Return the hash of *files*, what the authors wrote by file."""
    return sha256(compact(files).encode()).hexdigest()


def compact(data: Any) -> str:
    """Return *data* as JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def as_json(data: Any) -> bytes:
    """Return *data* as JSON, the same bytes for the same data."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_rows(content: Any) -> list[dict[str, str]]:
    """Return what a plan.json has of a file of values, without what could be none of its cells."""
    rows = [each for each in content if isinstance(each, dict)] if isinstance(content, list) else []
    return [{name: cell for name, cell in row.items() if isinstance(cell, str)} for row in rows]


def file_texts(data: dict[str, Any]) -> dict[str, str]:
    """Return the texts of the files that *data*, a plan.json, was made of; JSON is YAML."""
    texts = {
        name: format_csv(as_rows(content))
        if is_csv(name)
        else json.dumps(content, ensure_ascii=False, indent=1)
        for name, content in data["files"].items()
    }
    return {name: text.encode(errors="replace").decode() for name, text in texts.items()}
