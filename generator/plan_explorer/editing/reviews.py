"""Track which statements have been reviewed or changed.

A review is a line in a file beside the plan: the id of the entry, a fingerprint of the statement and one of
its sources. That of a source is made of the fingerprints of the sentences cited. Where the outline has none,
it is of the passage's title and summary, its number of sentences, and the lengths of those cited; for a
source without an outline, of the date and address.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from plan_explorer.documents.line_lists import match_lines
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation, Statement

REVIEWS = "reviews.txt"
"""The file, in the plan's folder, of the statements an editor has reviewed."""

HEADER = """\
# Statements compared with their sources: the entry, and fingerprints of the statement and its sources.
# 'plan-explorer review --accept' writes this list; 'plan-explorer report' lists what has changed since.
"""

_LINE = re.compile(r"(?P<id>[a-z0-9-]+) (?P<statement>[0-9a-f]{8}) (?P<source>[0-9a-f]{8})")

State = Literal["reviewed", "source-changed", "text-changed", "never"]


@dataclass(frozen=True, order=True)
class Review:
    """Fingerprints of a statement and its sources."""

    id: str
    statement: str
    source: str

    def __str__(self) -> str:
        return f"{self.id} {self.statement} {self.source}"


def parse_reviews(text: str, shown: str) -> list[Review]:
    """Return the reviews in *text*.

    Raises:
        PlanError: ``bad-ledger``, for every line that is not a review.
    """
    message = "this line is not a review of a statement"
    return [Review(**each) for each in match_lines(text, _LINE, message, shown, "review --accept")]


def format_reviews(reviews: Collection[Review]) -> str:
    """Return the text of a list of reviews."""
    return HEADER + "".join(f"{review}\n" for review in sorted(set(reviews)))


def make_review(plan: Plan, ref: StatementRef) -> Review:
    """Return a review of the current statement and sources."""
    places = [_place(plan, citation) for citation in ref.statement.all_cites]
    return Review(ref.holder.id, _hash(_words(plan, ref)), _hash(places))


def _words(plan: Plan, ref: StatementRef) -> list[object]:
    """Return the content of the statement, regardless of line breaks."""
    relation = plan[ref.holder.id].relations[int(ref.key[1])] if ref.key[0] == "relations" else None
    link = [relation.kind, relation.target] if relation else []
    return [*link, *_statement(ref.statement)]


def _statement(statement: Statement) -> Iterator[object]:
    yield statement.status
    yield " ".join(statement.text.split())
    yield " ".join(statement.reason.split())
    yield [str(citation) for citation in statement.cites]
    for side in statement.sides:
        yield list(_statement(side))


def _place(plan: Plan, citation: Citation) -> list[object]:
    source = plan.source(citation.source)
    passage = source.find_passage(citation.passage)
    if not passage:
        return [source.id, citation.passage, str(source.date or ""), source.url]
    cited = passage.cited(citation).values()
    prints = [sentence.fingerprint for sentence in cited]
    if prints and all(prints):
        return [source.id, *prints]
    summary = passage.summary.words if passage.summary else ""
    lengths = [sentence.words for sentence in cited]
    return [source.id, citation.locator, passage.title, summary, len(passage.sentences), lengths]


def _hash(parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:8]


def review_states(plan: Plan, reviews: Collection[Review]) -> Iterator[tuple[StatementRef, State]]:
    """Yield every cited statement with the state of its review."""
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in reviews:
        known[each.id][each.statement].add(each.source)
    for id, statements in plan.said.items():
        now = {ref.number: make_review(plan, ref) for ref in statements if ref.statement.all_cites}
        # A review that matches no statement belongs to one that has since been reworded.
        stale = len(known[id].keys() - {each.statement for each in now.values()})
        for ref in statements:
            if ref.number in now:
                state = _state(now[ref.number], known[id], stale > 0)
                yield ref, state


def _state(now: Review, known: dict[str, set[str]], reworded: bool) -> State:
    if now.statement not in known:
        return "text-changed" if reworded else "never"
    return "reviewed" if now.source in known[now.statement] else "source-changed"


def accept_statements(
    plan: Plan, reviews: Collection[Review], chosen: Collection[StatementRef]
) -> list[Review]:
    """Return *reviews* with *chosen* statements reviewed now.

    Outdated reviews of the same entries, and those of removed entries, are dropped.
    """
    fresh = [make_review(plan, ref) for ref in chosen]
    ids = {each.id for each in fresh}
    now = {(id, make_review(plan, ref).statement) for id in ids for ref in plan.said[id]}
    again = {(each.id, each.statement) for each in fresh}
    current = [
        each
        for each in reviews
        if each.id in plan
        and (each.id, each.statement) not in again
        and (each.id not in ids or (each.id, each.statement) in now)
    ]
    return sorted({*current, *fresh})
