"""What a script in the reader's browser needs to mark what changed since the last visit."""

import json
from collections.abc import Callable

from plan_explorer.versions.history import History

PATH = "assets/px/changes.js"
SCRIPT = "assets/px/changed.js"

WORDS = {
    "link": "changed since your last visit",
    "page": "This page changed since your last visit.",
    "some": "Marked entries changed since your last visit.",
    "all": "What changed",
    "done": "Remove the marks",
}
"""What the script says, in the language of the pages."""


def data(history: History, url: Callable[[str], str], page: str) -> bytes:
    """Return the steps, the newest first, each with the addresses of what changed.

    It is a script and no JSON, because a page opened from a folder may not read files.

    Args:
        history: what changed, and when.
        url: gives the address of the entry with an id, from the top of the site.
        page: the address of the page that lists the changes.
    """
    steps = [[step.version, list(dict.fromkeys(map(url, step.entries)))] for step in history.steps]
    found = {"plan": history.plan, "page": page, "words": WORDS, "steps": steps}
    text = json.dumps(found, ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/")
    return f"window.pxChanges={text};\n".encode()
