"""Which statements an editor has compared with the source, and whether either has changed since.

A review is a line in a file beside the plan: the id of the entry, a fingerprint of what is said, and one of
what it rests on. The text of a source is not in the repository; its outline stands for it: the passage, its
title and summary, how many sentences it has, and the length of those that are cited. A source without an
outline is known by its edition: its date and address.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.model.entities import Passage, Source
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation, Statement

HEADER = """\
# Statements compared with their sources: the entry, and fingerprints of the statement and its sources.
# 'plan-explorer review --accept' writes this list; 'plan-explorer report' lists what has changed since.
"""

_LINE = re.compile(r"(?P<id>[a-z0-9-]+) (?P<said>[0-9a-f]{8}) (?P<source>[0-9a-f]{8})")

State = Literal["reviewed", "source-changed", "text-changed", "never"]


@dataclass(frozen=True, order=True)
class Review:
    """The fingerprints of a statement about the entry *id*, and of what it rests on."""

    id: str
    said: str
    source: str

    def __str__(self) -> str:
        return f"{self.id} {self.said} {self.source}"


def parse_reviews(text: str, shown: str) -> list[Review]:
    """Return the reviews that *text* lists; *shown* is how the file is called in messages.

    Raises:
        PlanError: ``bad-ledger``, for every line that is no review.
    """
    found: list[Review] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if match := _LINE.fullmatch(line.strip()):
            found.append(Review(**match.groupdict()))
        else:
            hint = "restore the file; 'plan-explorer review --accept' writes it"
            where = Location(shown, number)
            problems.append(
                Problem(
                    "bad-ledger",
                    "this line is not a review of a statement",
                    where,
                    hint,
                    line.rstrip(),
                    len(line),
                )
            )
    if problems:
        raise PlanError(problems)
    return found


def format_reviews(reviews: Collection[Review]) -> str:
    """Return the text of a list of reviews."""
    return HEADER + "".join(f"{review}\n" for review in sorted(set(reviews)))


def review(plan: Plan, said: StatementRef) -> Review:
    """Return what a review of *said* is, as both it and its sources stand now."""
    places = [_place(plan, citation) for citation in said.statement.all_cites]
    return Review(said.holder.id, _hash(_words(plan, said)), _hash(places))


def _words(plan: Plan, said: StatementRef) -> list[object]:
    """Return what is said, however it is broken into lines."""
    relation = plan[said.holder.id].relations[int(said.key[1])] if said.key[0] == "relations" else None
    link = [relation.kind, relation.target] if relation else []
    return [*link, *_statement(said.statement)]


def _statement(statement: Statement) -> Iterator[object]:
    yield statement.status
    yield " ".join(statement.text.split())
    yield " ".join(statement.reason.split())
    yield [str(citation) for citation in statement.cites]
    for side in statement.sides:
        yield list(_statement(side))


def _place(plan: Plan, citation: Citation) -> list[object]:
    source = plan[citation.source]
    assert isinstance(source, Source)
    at = source.places.get(citation.passage)
    if not at:
        return [source.id, citation.passage, str(source.date or ""), source.url]
    return [source.id, citation.locator, *_passage(source.passages[at - 1], citation)]


def _passage(passage: Passage, citation: Citation) -> list[object]:
    cited = [passage.sentences[number - 1] for number in citation.sentences] or list(passage.sentences)
    return [passage.title, passage.summary.words if passage.summary else "", len(passage.sentences), cited]


def _hash(parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:8]


def review_states(plan: Plan, reviews: Collection[Review]) -> Iterator[tuple[StatementRef, State]]:
    """Yield every statement that rests on a source, and how it stands with its review."""
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in reviews:
        known[each.id][each.said].add(each.source)
    for id, statements in plan.said.items():
        now = {said.number: review(plan, said) for said in statements if said.statement.all_cites}
        # A review that fits no statement is one of a statement that was worded otherwise.
        stale = len(known[id].keys() - {each.said for each in now.values()})
        for said in statements:
            if said.number in now:
                state = _state(now[said.number], known[id], stale > 0)
                yield said, state


def _state(now: Review, known: dict[str, set[str]], reworded: bool) -> State:
    if now.said not in known:
        return "text-changed" if reworded else "never"
    return "reviewed" if now.source in known[now.said] else "source-changed"


def accept_statements(
    plan: Plan, reviews: Collection[Review], chosen: Collection[StatementRef]
) -> list[Review]:
    """Return *reviews* with the statements *chosen* reviewed as they stand now.

    Reviews of what the same entries said before are dropped, and those of entries that are gone.
    """
    fresh = [review(plan, said) for said in chosen]
    ids = {each.id for each in fresh}
    now = {(id, review(plan, said).said) for id in ids for said in plan.said[id]}
    again = {(each.id, each.said) for each in fresh}
    kept = [
        each
        for each in reviews
        if each.id in plan
        and (each.id, each.said) not in again
        and (each.id not in ids or (each.id, each.said) in now)
    ]
    return sorted({*kept, *fresh})
