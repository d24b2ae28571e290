"""A worklist as text for a terminal, as Markdown for a list to tick off, and as JSON for other programs."""

import json
from collections.abc import Iterable, Iterator

from plan_explorer.editing.worklist import Matter, WorklistSection

SHOWN = 20
"""Things of one section that a terminal shows, unless all are asked for."""


def as_text(sections: Iterable[WorklistSection], *, all: bool = False) -> Iterator[str]:
    """Yield the lines of *sections* for a terminal; long ones are cut short unless *all* is asked for."""
    for section in sections:
        yield f"{section.title} ({len(section.matters)})"
        if section.matters or section.id == "source-changed":
            yield f"  {section.note}"
        shown = section.matters if all else section.matters[:SHOWN]
        yield from (f"  {matter.place}: {_about(matter)}{matter.text}" for matter in shown)
        if len(section.matters) > len(shown):
            yield f"  … and {len(section.matters) - len(shown)} more; --all shows them"
        yield ""


def as_markdown(sections: Iterable[WorklistSection], title: str) -> Iterator[str]:
    """Yield the lines of *sections* as a list to tick off."""
    yield f"# {title}"
    for section in sections:
        yield from ("", f"## {section.title} ({len(section.matters)})", "", section.note, "")
        yield from (f"- [ ] `{matter.place}` {_about(matter)}{matter.text}" for matter in section.matters)


def as_json(sections: Iterable[WorklistSection]) -> str:
    """Return *sections* as a list of objects."""
    found = [
        {
            "id": section.id,
            "title": section.title,
            "note": section.note,
            "matters": [
                {
                    "path": matter.place.path,
                    "line": matter.place.line,
                    "column": matter.place.column,
                    "entry": matter.entry,
                    "text": matter.text,
                }
                for matter in section.matters
            ],
        }
        for section in sections
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _about(matter: Matter) -> str:
    return f"{matter.entry}: " if matter.entry and f"'{matter.entry}'" not in matter.text else ""
