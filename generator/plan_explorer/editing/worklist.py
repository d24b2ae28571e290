"""The parts of a worklist: what they look for in a plan, and why."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from plan_explorer.checking import quality
from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.editing.reviews import Review, State, review_states
from plan_explorer.model.entities import Actor, Event, Item, Source, Term
from plan_explorer.model.plan import Plan, StatementRef

MAX_SENTENCE_WORDS = 35
"""Words of a sentence that is long, unless told otherwise."""

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


@dataclass(frozen=True)
class Matter:
    """One thing to look at."""

    place: Location
    entry: str
    """The id of the entry it is about."""
    text: str


@dataclass(frozen=True)
class WorklistSection:
    """Things to look at for one reason."""

    id: str
    title: str
    note: str
    matters: tuple[Matter, ...]


def worklist(
    plan: Plan, reviews: Collection[Review], long: int = MAX_SENTENCE_WORDS
) -> list[WorklistSection]:
    """Return everything that is left to do for *plan*; a sentence of more than *long* words is long."""
    return [
        WorklistSection(
            "coverage", "Coverage, passage by passage", _covered_note(plan), tuple(_coverage(plan))
        ),
        *_quality(plan),
        WorklistSection(
            "unfinished",
            "Entries that say nothing yet",
            "They have a name but no summary.",
            tuple(_unfinished(plan)),
        ),
        *_reviewed(plan, reviews),
        *_wording(plan, long),
    ]


def _wording(plan: Plan, long: int) -> Iterator[WorklistSection]:
    said = [each for statements in plan.said.values() for each in statements if each.statement.text]
    yield from (
        WorklistSection(
            "one-source",
            "Statements from outside the primary source that cite only one source",
            "The primary source needs no other; background is safer with a second source.",
            tuple(
                _matter(plan, each, "cites only {}", _only(plan, each)) for each in said if _only(plan, each)
            ),
        ),
        WorklistSection(
            "long",
            "Long sentences",
            f"They have more than {long} words.",
            tuple(matter for each in said for matter in _long(plan, each, long)),
        ),
        WorklistSection(
            "loaded",
            "Loaded words",
            "plan.yaml lists them under 'loaded_words'; quotations are ignored.",
            tuple(matter for each in said for matter in _loaded(plan, each)),
        ),
    )


def _matter(plan: Plan, said: StatementRef, text: str, *words: object) -> Matter:
    entry = plan.entries[said.holder.id]
    return Matter(entry.document.locate((*entry.key, *said.key)), said.holder.id, text.format(*words))


# --- coverage


def _coverage(plan: Plan) -> Iterator[Matter]:
    source = plan.primary
    entry = plan.entries[source.id]
    for at, section in enumerate(source.outline):
        for number, passage in enumerate(section.passages):
            cited = plan.covered(source)[passage.id]
            framed = passage.frame.keys() - cited
            total = range(1, len(passage.sentences) + 1)
            missing = [sentence for sentence in total if sentence not in cited and sentence not in framed]
            text = f"{passage.id}: {len(cited)} of {len(total)} sentences are cited"
            text += f", {len(framed)} only frame" if framed else ""
            text += f"; not cited: {', '.join(map(str, missing))}" if missing else ""
            place = entry.document.locate((*entry.key, "outline", at, "passages", number))
            yield Matter(place, source.id, text)


def _covered_note(plan: Plan) -> str:
    cited = sum(len(each) for each in plan.covered(plan.primary).values())
    total = sum(len(passage.sentences) for passage in plan.primary.passages)
    return f"{cited} of {total} sentences of '{plan.primary.id}' are cited."


# --- names and terms


def _quality(plan: Plan) -> Iterator[WorklistSection]:
    rules: Sequence[tuple[str, str, str, Callable[[Plan], Iterator[Problem]]]] = (
        (
            "languages",
            "Names missing in a language",
            "plan.yaml expects them.",
            quality.find_missing_names,
        ),
        (
            "unused",
            "Terms that are never used",
            "No text, relation or wording uses them.",
            quality.find_unused_terms,
        ),
        (
            "unreferred",
            "Actors and events that nothing refers to",
            "They have no relations and do not cite the primary source.",
            quality.find_unreferred,
        ),
    )
    yield WorklistSection(
        "unsure", "Uncertain names", "A parallel text may settle them.", tuple(_unsure(plan))
    )
    for id, title, note, rule in rules:
        matters = (Matter(found.location, _entry_at(plan, found), found.message) for found in rule(plan))
        yield WorklistSection(id, title, note, tuple(matters))


def _entry_at(plan: Plan, problem: Problem) -> str:
    return next((word for word in re.findall(r"'([a-z0-9-]+)'", problem.message) if word in plan), "")


def _unsure(plan: Plan) -> Iterator[Matter]:
    for entity in plan:
        entry = plan.entries[entity.id]
        for tag, name in entity.name.items():
            if name.unsure:
                basis = f": {' '.join(name.basis.split())}" if name.basis else ", with no basis given"
                place = entry.document.locate((*entry.key, "name", tag))
                yield Matter(place, entity.id, f"{name.text} ({tag}) is {name.confidence}{basis}")


def _unfinished(plan: Plan) -> Iterator[Matter]:
    for entity in plan:
        if isinstance(entity, Item | Actor | Event | Term) and not entity.summary and not entity.statements:
            entry = plan.entries[entity.id]
            yield Matter(
                entry.document.locate(entry.key), entity.id, f"'{plan.title(entity)}' has no summary"
            )


# --- reviews


def _reviewed(plan: Plan, reviews: Collection[Review]) -> Iterator[WorklistSection]:
    found: dict[State, list[StatementRef]] = {
        "reviewed": [],
        "source-changed": [],
        "text-changed": [],
        "never": [],
    }
    for said, state in review_states(plan, reviews):
        found[state].append(said)
    done, total = len(found["reviewed"]), sum(map(len, found.values()))
    note = f"{done} of {total} statements are reviewed; 'plan-explorer review --accept ID' records a review."
    yield WorklistSection(
        "source-changed",
        "Statements whose sources have changed since they were reviewed",
        note,
        tuple(_matter(plan, said, "cites {}", _cited(said)) for said in found["source-changed"]),
    )
    yield WorklistSection(
        "text-changed",
        "Statements reworded since their entry was reviewed",
        "Compare them with their sources again.",
        tuple(
            _matter(plan, said, "{}", said.statement.words or _cited(said)) for said in found["text-changed"]
        ),
    )
    never = dict.fromkeys(said.holder.id for said in found["never"])
    yield WorklistSection(
        "never-reviewed",
        "Entries with unreviewed statements",
        "Compare them with their sources and accept them.",
        tuple(_unreviewed(plan, found["never"], id) for id in never),
    )


def _unreviewed(plan: Plan, said: list[StatementRef], id: str) -> Matter:
    entry = plan.entries[id]
    number = sum(each.holder.id == id for each in said)
    return Matter(entry.document.locate(entry.key), id, f"{number} of {len(plan.said[id])} statements")


def _cited(said: StatementRef) -> str:
    return "; ".join(map(str, said.statement.all_cites))


# --- wording


def _only(plan: Plan, said: StatementRef) -> str:
    """Return the one source outside the primary one that *said* rests on, or nothing."""
    sources = {citation.source for citation in said.statement.all_cites}
    if len(sources) != 1 or plan.settings.primary in sources or isinstance(said.holder, Source):
        return ""
    return next(iter(sources))


def _long(plan: Plan, said: StatementRef, limit: int) -> Iterator[Matter]:
    for sentence in _SENTENCE.split(said.statement.words):
        words = sentence.split()
        if len(words) > limit:
            yield _matter(plan, said, "{} words: {} …", len(words), " ".join(words[:8]))


def _loaded(plan: Plan, said: StatementRef) -> Iterator[Matter]:
    words = _QUOTED.sub(" ", said.statement.words)
    for loaded in plan.settings.loaded_words:
        if match := re.search(rf"(?<!\w){re.escape(loaded)}(?!\w)", words, re.IGNORECASE):
            around = words[max(match.start() - 30, 0) : match.end() + 30]
            yield _matter(plan, said, "'{}' in: … {} …", loaded, " ".join(around.split()))
