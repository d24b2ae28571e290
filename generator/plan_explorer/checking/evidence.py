"""What every statement and date rests on: each has the citations that its status asks for."""

import re
from collections.abc import Callable, Iterator, Mapping

from plan_explorer.checking.citations import citations
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Entity, Source
from plan_explorer.model.statements import MARK, OPEN, Date, Statement

_BRACKETS = re.compile(r"\[([a-z0-9-]+)(?: [^\]\n]*)?\](?!\()")
"""Words in brackets that are no link."""


def statements(entity: Entity, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield what is wrong with the evidence of everything *entity* says."""
    for key, said in entity.said():
        yield from statement(said, at, key, ids, relation=key[0] == "relations")


def statement(
    said: Statement, at: Origin, key: Key, ids: Ids, *, relation: bool = False
) -> Iterator[Problem]:
    """Yield what is wrong with the evidence of one statement."""
    yield from citations(said.all_cites, at, key, ids)
    if _has_brackets(said.text) and (slips := list(_unmarked(said, at, key, ids))):
        yield from slips
        return
    if relation and said.status == "inferred":
        if not MARK.sub("", said.text).strip():
            hint = "say why under 'because', or cite where the source says it"
            yield at.problem("no-reason", "this relation has no reason", key, hint)
        return
    if not said.text and not relation and said.status != "disputed":
        yield at.problem("empty-value", "this statement has no text", key)
    yield from RULES[said.status](said, at, key, ids.plan.settings.primary)


def _has_brackets(text: str) -> bool:
    """Return whether there are brackets in *text* other than those of closed citations."""
    return text.count("[") != text.count("[@") or text.rfind("[") > text.rfind("]")


def _unmarked(said: Statement, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    """Yield words in brackets that were meant as a citation."""
    for match in OPEN.finditer(said.text):
        hint = "close it with ']'"
        yield at.problem("bad-citation", "this citation is not closed", key, hint, within=[match[0]])
    for match in _BRACKETS.finditer(said.text):
        if match[1] in ids.plan and isinstance(ids.plan[match[1]], Source):
            hint = f"write [@{match[0][1:]}"
            message = "this is no citation: the '@' is missing"
            yield at.problem("bad-citation", message, key, hint, within=[match[0]])


def _stated(said: Statement, at: Origin, key: Key, primary: str) -> Iterator[Problem]:
    own = [citation for citation in said.cites if citation.source == primary]
    if own and own[0].passage:
        return
    if not said.cites:
        hint = f"add the place it rests on, as [@{primary} …]"
        yield at.problem("uncited", "this statement rests on nothing", key, hint)
    elif not own:
        message = f"only '{primary}' makes a statement a stated one"
        yield at.problem("not-stated", message, key, "leave the status out: it follows by itself")
    elif not any(citation.passage for citation in own):
        hint = f"say where: [@{primary} PASSAGE.SENTENCE]"
        yield at.problem("no-locator", f"this names no place in '{primary}'", key, hint)


def _background(said: Statement, at: Origin, key: Key, primary: str) -> Iterator[Problem]:
    if not said.cites:
        yield at.problem("uncited", "this statement rests on nothing", key, "add [@source]")
    elif all(citation.source == primary for citation in said.cites):
        message = f"this rests on '{primary}' alone, so it is no background"
        yield at.problem("not-stated", message, key, "leave the status out: it follows by itself")


def _inferred(said: Statement, at: Origin, key: Key, _: str) -> Iterator[Problem]:
    if not said.reason:
        hint = "add 'reason:' with the reason for this reading"
        yield at.problem("no-reason", "this reading has no reason", key, hint)
    if not said.cites:
        hint = "add the place it is read from"
        yield at.problem("uncited", "this reading rests on nothing", key, hint)


def _disputed(said: Statement, at: Origin, key: Key, _: str) -> Iterator[Problem]:
    if len([side for side in said.sides if side.cites]) < 2 or not all(side.cites for side in said.sides):
        hint = "list what each side says under 'sides', each with a citation"
        yield at.problem("no-sides", "a dispute needs two sides, each cited", key, hint)


def _editorial(*_: object) -> Iterator[Problem]:
    return iter(())


RULES: Mapping[str, Callable[[Statement, Origin, Key, str], Iterator[Problem]]] = {
    "stated": _stated,
    "background": _background,
    "inferred": _inferred,
    "disputed": _disputed,
    "editorial": _editorial,
}
"""What a statement of each status needs, given the id of the primary source."""


def dates(entity: Entity, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield what is wrong with the evidence of the dates of *entity* and of its relations."""
    yield from _date(entity.date, at, ("date",), ids)
    if entity.date and not entity.date_cites and not isinstance(entity, Source):
        hint = "add 'cites:' to the date, or a 'summary' that cites its source"
        yield at.problem("uncited", "this date rests on nothing", ("date",), hint)
    for index, relation in enumerate(entity.relations):
        yield from _date(relation.date, at, ("relations", index, "date"), ids)


def _date(date: Date | None, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    if date:
        yield from citations(date.cites, at, (*key, "cites"), ids)
        for index, alternative in enumerate(date.alternatives):
            place = (*key, "alternatives", index)
            yield from citations(alternative.cites, at, place, ids)
            if not alternative.cites:
                message = "another date needs the source that gives it"
                yield at.problem("uncited", message, place, "add 'cites: [source]'")
