"""A worklist as text for a terminal, as Markdown for a task list, and as JSON for other programs."""

import json
from collections.abc import Iterable, Iterator

from plan_explorer.worklist.sections import Section, Task

SHOWN = 20
"""Things of one section that a terminal shows, unless all are asked for."""


def as_text(sections: Iterable[Section], *, all: bool = False) -> Iterator[str]:
    """Yield the lines of *sections* for a terminal; long ones are cut short unless *all* is asked for."""
    for section in sections:
        yield f"{section.title} ({len(section.tasks)})"
        if section.tasks or section.id == "source-changed":
            yield f"  {section.note}"
        shown = section.tasks if all else section.tasks[:SHOWN]
        yield from (f"  {task.place}: {_about(task)}{task.text}" for task in shown)
        if len(section.tasks) > len(shown):
            yield f"  … and {len(section.tasks) - len(shown)} more; --all shows them"
        yield ""


def as_markdown(sections: Iterable[Section], title: str) -> Iterator[str]:
    """Yield the lines of *sections* as a list to tick off."""
    yield f"# {title}"
    for section in sections:
        yield from ("", f"## {section.title} ({len(section.tasks)})", "", section.note, "")
        yield from (f"- [ ] `{task.place}` {_about(task)}{task.text}" for task in section.tasks)


def as_json(sections: Iterable[Section]) -> str:
    """Return *sections* as a list of objects."""
    found = [
        {
            "id": section.id,
            "title": section.title,
            "note": section.note,
            "tasks": [
                {
                    "path": task.place.path,
                    "line": task.place.line,
                    "column": task.place.column,
                    "entry": task.entry,
                    "text": task.text,
                }
                for task in section.tasks
            ],
        }
        for section in sections
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _about(task: Task) -> str:
    return f"{task.entry}: " if task.entry and f"'{task.entry}'" not in task.text else ""
