"""Read, check and write the list of published ids."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.line_lists import damaged_line, read_lines
from plan_explorer.model.paths import is_page
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Id

PUBLISHED_IDS = "published-ids.txt"
"""The file, in the plan's folder, of every id ever published with its addresses."""

HEADER = """\
# Every id that was ever published, and its address: the page, as a Markdown file, and the anchor on it.
# 'plan-explorer publish' adds to this list; nothing is ever removed. 'plan-explorer check' fails if one of
# these ids no longer leads anywhere.
"""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, order=True)
class PublishedId:
    """An id and a published address: ``steps/a.md`` or ``glossary/index.md#a``."""

    id: Id
    address: str


def parse_published_ids(text: str, shown: str) -> tuple[list[PublishedId], list[Problem]]:
    """Return the published ids in *text*, and its malformed lines."""
    published: list[PublishedId] = []
    problems: list[Problem] = []
    for number, line in read_lines(text):
        words = line.split()
        if len(words) == 2 and _ID.fullmatch(words[0]) and is_page(words[1]):
            published.append(PublishedId(words[0], words[1]))
        else:
            message = "this line is not an id followed by the address of a page"
            problems.append(damaged_line(message, shown, number, line, "publish"))
    return published, problems


def format_published_ids(published: Iterable[PublishedId]) -> str:
    """Return the text of the list."""
    return HEADER + "".join(f"{each.id} {each.address}\n" for each in sorted(set(published)))


def check_published_ids(plan: Plan, text: str, shown: str) -> tuple[list[PublishedId], list[Problem]]:
    """Return the published ids, malformed lines and ids that lead nowhere."""
    published, problems = parse_published_ids(text, shown)
    known = {entity.id for entity in plan} | plan.successors.keys() | plan.broken
    missing = sorted({each.id for each in published} - known)
    lines = text.split("\n")
    for id in missing:
        at = next(number for number, line in enumerate(lines) if line.split()[:1] == [id])
        message = f"the id '{id}' was published but no longer leads anywhere"
        close = did_you_mean(id, [entity.id for entity in plan])
        hint = f"add 'formerly: [{id}]' to the entry that replaces it; {close}".rstrip("; ")
        column = lines[at].index(id) + 1
        where = Location(shown, at + 1, column)
        problems.append(Problem("lost-id", message, where, hint, lines[at].rstrip(), len(id)))
    return published, problems
