"""Format a worklist as text, Markdown or JSON."""

import json
from collections.abc import Iterable, Iterator

from plan_explorer.editing.worklist import WorklistItem, WorklistSection

MAX_ITEMS = 20
"""How many items of a section are shown unless all are requested."""


def as_text(sections: Iterable[WorklistSection], *, all: bool = False) -> Iterator[str]:
    """Yield the lines of *sections*; *all* keeps long ones whole."""
    for section in sections:
        yield f"{section.title} ({len(section.items)})"
        if section.items or section.id == "source-changed":
            yield f"  {section.note}"
        shown = section.items if all else section.items[:MAX_ITEMS]
        yield from (f"  {item.place}: {_about(item)}{item.text}" for item in shown)
        if len(section.items) > len(shown):
            yield f"  … and {len(section.items) - len(shown)} more; --all shows them"
        yield ""


def as_markdown(sections: Iterable[WorklistSection], title: str) -> Iterator[str]:
    """Yield the lines of *sections* as a checklist."""
    yield f"# {title}"
    for section in sections:
        yield from ("", f"## {section.title} ({len(section.items)})", "", section.note, "")
        yield from (f"- [ ] `{item.place}` {_about(item)}{item.text}" for item in section.items)


def as_json(sections: Iterable[WorklistSection]) -> str:
    """Return *sections* as a list of objects."""
    data = [
        {
            "id": section.id,
            "title": section.title,
            "note": section.note,
            "matters": [
                {
                    "path": item.place.path,
                    "line": item.place.line,
                    "column": item.place.column,
                    "entry": item.entry,
                    "text": item.text,
                }
                for item in section.items
            ],
        }
        for section in sections
    ]
    return json.dumps(data, ensure_ascii=False, indent=2)


def _about(item: WorklistItem) -> str:
    return f"{item.entry}: " if item.entry and f"'{item.entry}'" not in item.text else ""
