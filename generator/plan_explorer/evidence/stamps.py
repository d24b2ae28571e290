"""Read and write what was verified and what was accepted, in two files beside the plan.

Each line is bound to the words of a statement and to the sentences it cites, by their fingerprints: a change
of either makes it void.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.documents.line_lists import damaged_line, read_lines
from plan_explorer.evidence.sentences import collapse_blanks
from plan_explorer.evidence.verification import Finding, Verdict, held_statements, said_by
from plan_explorer.model.plan import Plan, StatementRef

VERIFIED = "verified.txt"
"""The file, in the plan's folder, of the statements that were held against the texts of their sources."""

ACCEPTED = "accepted.txt"
"""The file, in the plan's folder, of the statements that are right although they raise an alarm."""

_VERIFIED_HEADER = """\
# Statements held against the texts of their sources. First the sources, and the day on which that was done;
# then the entry, the fingerprints of the statement and of what it cites, and the verdict.
# 'plan-explorer verify --stamp' writes this list; 'plan-explorer check' compares it with the plan.
"""

_ACCEPTED_HEADER = """\
# Statements that are right although 'plan-explorer verify' raises an alarm: the entry, the fingerprints of
# the statement and of what it cites, and the reason. 'plan-explorer verify --accept' adds to this list; a
# change of the statement or of what it cites makes its line void.
"""

_SOURCE = re.compile(r"(?P<id>[a-z0-9-]+) (?P<date>\d{4}-\d\d-\d\d)")
_STAMP = re.compile(
    r"(?P<entry>[a-z0-9-]+) (?P<statement>[0-9a-f]{16}) (?P<cited>[0-9a-f]{16}) (?P<said>\S.*)"
)


@dataclass(frozen=True, order=True)
class Binding:
    """A statement and what it cites, as they were."""

    entry: str
    statement: str
    cited: str

    def __str__(self) -> str:
        return f"{self.entry} {self.statement} {self.cited}"


@dataclass(frozen=True)
class Stamps:
    """What was verified, and when."""

    dates: Mapping[str, str] = field(default_factory=dict)
    """The day on which the text of each source was used."""
    verdicts: Mapping[Binding, str] = field(default_factory=dict)


def bind(plan: Plan, ref: StatementRef) -> Binding:
    """Return the statement and what it cites, as they are."""
    cited = _digest(cited_fingerprints(plan, ref))
    return Binding(ref.holder.id, _statement_fingerprint(plan, ref), cited)


def _statement_fingerprint(plan: Plan, ref: StatementRef) -> str:
    link: list[str] = []
    if ref.key[0] == "relations":
        relation = ref.holder.relations[int(ref.key[1])]
        link = [relation.kind, plan.title(plan[relation.target])]
    reason = [collapse_blanks(ref.statement.reason)] if ref.statement.reason else []
    return _digest([ref.statement.status, *link, collapse_blanks(said_by(ref)), *reason])


def _digest(parts: Iterable[str]) -> str:
    return sha256("\n".join(parts).encode(errors="replace")).hexdigest()[:16]


def cited_fingerprints(plan: Plan, ref: StatementRef) -> Iterator[str]:
    """Yield the fingerprint of every sentence that a statement cites, or the source where none is known."""
    for citation in ref.statement.all_cites:
        passage = plan.source(citation.source).find_passage(citation.passage)
        sentences = passage.cited(citation) if passage else {}
        for number, sentence in sentences.items():
            yield sentence.fingerprint or f"{citation.passage}.{number}"
        if not sentences:
            yield citation.source


# --- the files


def parse_stamps(text: str, shown: str) -> Stamps:
    """Return what *text*, the list of what was verified, says.

    Raises:
        PlanError: ``bad-ledger``, for every line that is none of it.
    """
    dates: dict[str, str] = {}
    verdicts: dict[Binding, str] = {}
    for line in _lines(text, shown, "verify --stamp", (_SOURCE, _STAMP)):
        if source := _SOURCE.fullmatch(line):
            dates[source["id"]] = source["date"]
        elif match := _STAMP.fullmatch(line):
            verdicts[Binding(match["entry"], match["statement"], match["cited"])] = match["said"]
    return Stamps(dates, verdicts)


def parse_accepted(text: str, shown: str) -> dict[Binding, str]:
    """Return the reason for every statement that *text* accepts.

    Raises:
        PlanError: ``bad-ledger``, for every line that accepts nothing.
    """
    matches = map(_STAMP.fullmatch, _lines(text, shown, "verify --accept", (_STAMP,)))
    return {Binding(m["entry"], m["statement"], m["cited"]): m["said"] for m in matches if m}


def _lines(text: str, shown: str, command: str, forms: Collection[re.Pattern[str]]) -> list[str]:
    lines: list[str] = []
    problems: list[Problem] = []
    for number, line in read_lines(text):
        if any(form.fullmatch(line.strip()) for form in forms):
            lines.append(line.strip())
        else:
            message = "this line is not about a statement and what it cites"
            problems.append(damaged_line(message, shown, number, line, command))
    if problems:
        raise PlanError(problems)
    return lines


def format_stamps(stamps: Stamps) -> str:
    """Return the text of the list of what was verified."""
    dates = "".join(f"{id} {date}\n" for id, date in sorted(stamps.dates.items()))
    return _VERIFIED_HEADER + dates + _format(stamps.verdicts)


def format_accepted(accepted: Mapping[Binding, str]) -> str:
    """Return the text of the list of what was accepted."""
    return _ACCEPTED_HEADER + _format(accepted)


def _format(lines: Mapping[Binding, str]) -> str:
    return "".join(f"{binding} {said}\n" for binding, said in sorted(lines.items()))


# --- verdicts and stamps


def settle(plan: Plan, verdicts: Iterable[Verdict], accepted: Mapping[Binding, str]) -> list[Verdict]:
    """Return *verdicts* with what was accepted found."""
    settled = []
    for each in verdicts:
        reason = accepted.get(bind(plan, each.ref)) if each.finding in ("weak", "absent") else None
        if reason:
            each = Verdict(each.ref, each.cites, "found", why=f"accepted: {reason}")
        settled.append(each)
    return settled


def make_stamps(
    plan: Plan, verdicts: Iterable[Verdict], before: Stamps, date: str, sources: Collection[str]
) -> Stamps:
    """Return the stamps of *verdicts*, made on *date* with the texts of *sources*.

    What raises an alarm gets none. What rests on other texts keeps those it has.
    """
    stamped: dict[Binding, str] = {}
    for each in verdicts:
        binding = bind(plan, each.ref)
        if not set(sources) & {citation.source for citation in each.ref.statement.all_cites}:
            if binding in before.verdicts:
                stamped[binding] = before.verdicts[binding]
        elif each.finding in ("found", "unknown"):
            stamped[binding] = "accepted" if each.why.startswith("accepted") else each.finding
    dates = {**before.dates, **dict.fromkeys(sources, date)}
    return Stamps({id: day for id, day in dates.items() if id in plan}, stamped)


def recall(plan: Plan, stamps: Stamps, refs: Iterable[StatementRef]) -> Iterator[Verdict]:
    """Yield the verdict on each of *refs* from when the texts were at hand."""
    for ref in refs:
        cites = tuple(cite for cite in ref.statement.all_cites if cite.passage)
        said = stamps.verdicts.get(bind(plan, ref))
        days = sorted({stamps.dates[cite.source] for cite in cites if cite.source in stamps.dates})
        if not said:
            yield Verdict(ref, cites, "unknown", why="the text is not at hand")
        else:
            finding: Finding = "unknown" if said == "unknown" else "found"
            yield Verdict(ref, cites, finding, why=f"verified against the text on {', '.join(days)}")


ACCEPT = 'plan-explorer verify --stamp --accept ENTRY#STATEMENT --reason "…"'
TO_VERIFY = (
    "run 'plan-explorer verify', and then 'plan-explorer verify --stamp'; "
    f"for what is right although it raises an alarm, '{ACCEPT}'"
)


def find_unverified(plan: Plan, stamps: Stamps) -> Iterator[Problem]:
    """Yield every statement whose stamp is missing or void."""
    sources = {source.id for source in plan.sources if source.has_fingerprints}
    known = {(each.entry, each.statement) for each in stamps.verdicts}
    for ref in held_statements(plan, sources):
        binding = bind(plan, ref)
        if binding in stamps.verdicts:
            continue
        same = (binding.entry, binding.statement) in known
        message = "what this cites has changed since" if same else "no stamp says that this was verified"
        document, key = plan.written(ref)
        yield document.problem("unverified", message, key, TO_VERIFY, warning=True)
