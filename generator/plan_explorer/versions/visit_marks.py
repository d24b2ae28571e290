"""Write the data for marking changes since a visit."""

import json
from collections.abc import Callable

from plan_explorer.translation import N_, gettext
from plan_explorer.versions.history import History

PATH = "assets/px/changes.js"
SCRIPT = "assets/px/changed.js"

WORDS = {
    "link": N_("changed since your last visit"),
    "page": N_("This page changed since your last visit."),
    "some": N_("Marked entries changed since your last visit."),
    "all": N_("What changed"),
    "done": N_("Remove the marks"),
}
"""The words that the script shows."""


def data(history: History, url: Callable[[str], str], page: str) -> bytes:
    """Return the steps with addresses of changed entries.

    The data is a script rather than JSON, because a page opened from a folder cannot read files.

    Args:
        history: what changed, and when.
        url: returns the address of the entry with a given id, relative to the root of the site.
        page: the address of the page that lists the changes.
    """
    steps = [[step.version, list(dict.fromkeys(map(url, step.entries)))] for step in history.steps]
    words = {key: gettext(each) for key, each in WORDS.items()}
    changes = {"plan": history.plan, "page": page, "words": words, "steps": steps}
    text = json.dumps(changes, ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/")
    return f"window.pxChanges={text};\n".encode()
