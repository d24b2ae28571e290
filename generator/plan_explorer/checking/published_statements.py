"""Read, check and write the list of published statements."""

import re
from collections.abc import Iterable, Iterator

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.documents.line_lists import damaged_line, read_lines
from plan_explorer.model.plan import Plan
from plan_explorer.model.statement_addresses import PublishedStatement

STATEMENTS = "published-statements.txt"
"""The file, in the plan's folder, of every statement ever published with its address and its words."""

HEADER = """\
# Every statement that was ever published: the id of its entry, its address on the page of the entry, its
# words, what it rests on. An arrow names the entry and the address to which it has moved since; an arrow to
# nowhere says that it was removed. 'plan-explorer publish' writes this list and says what is not known again;
# if that was reworded, put its new words here. Nothing is ever taken out.
"""

_LINE = re.compile(
    r"(?P<entry>{id}) (?P<address>{at})(?P<gone>→(?:(?P<holder>{id})#(?P<there>{at}))?)?"
    r"(?: (?P<words>.*?))??(?: \[(?P<cites>@[^\]]*)\])?".format(
        id=r"[a-z0-9]+(?:-[a-z0-9]+)*", at=r"s(?:[1-9][0-9]*|-[0-9a-f]{6}(?:-[1-9][0-9]*)?)"
    )
)


def parse_statements(text: str, shown: str) -> tuple[list[PublishedStatement], list[Problem]]:
    """Return the published statements in *text*, and its malformed lines."""
    published: dict[tuple[str, str], PublishedStatement] = {}
    problems: list[Problem] = []
    for number, line in read_lines(text):
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            message = "this line is not an id, the address of a statement and its words"
            problems.append(damaged_line(message, shown, number, line, "publish"))
        elif (key := (match["entry"], match["address"])) in published:
            message = f"the address '{match['address']}' is listed twice for '{match['entry']}'"
            problems.append(damaged_line(message, shown, number, line, "publish"))
        else:
            moved_to = (match["holder"] or "", match["there"] or "") if match["gone"] else None
            published[key] = PublishedStatement(*key, match["words"] or "", moved_to, match["cites"] or "")
    return list(published.values()), problems


def format_statements(published: Iterable[PublishedStatement]) -> str:
    """Return the text of the list."""
    return HEADER + "".join(f"{_line(each)}\n" for each in sorted(published, key=PublishedStatement.order))


def _line(each: PublishedStatement) -> str:
    moved = "" if each.moved_to is None else f"→{'#'.join(filter(None, each.moved_to))}"
    cites = f" [{each.cites}]" if each.cites else ""
    return f"{each.entry} {each.address}{moved} {each.words}".rstrip() + cites


def check_published_statements(
    plan: Plan, text: str, shown: str, reported: Iterable[str]
) -> Iterator[Problem]:
    """Yield the entries of the list that no longer lead anywhere, unless they are *reported* already."""
    known = {entity.id for entity in plan} | plan.successors.keys() | plan.broken | set(reported)
    for number, line in read_lines(text):
        id = line.partition(" ")[0]
        if id not in known:
            known.add(id)
            message = f"statements of '{id}' were published but no longer lead anywhere"
            hint = f"add 'formerly: [{id}]' to the entry that replaces it"
            where = Location(shown, number, 1)
            yield Problem("lost-id", message, where, hint, line.rstrip(), len(id))
