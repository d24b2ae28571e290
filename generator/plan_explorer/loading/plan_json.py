"""Read the files of a plan out of its plan.json."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from plan_explorer.documents.document import Document, parse_document


def documents(data: dict[str, Any], shown: str) -> dict[str, Document]:
    """Return the files that *data*, a plan.json, was made of, as if they had been read from a disk."""
    texts = {name: as_json(content).decode() for name, content in data["files"].items()}
    return {name: parse_document(text, f"{shown}/{name}")[0] for name, text in texts.items()}


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
