"""Warn about weaknesses in a plan that is otherwise valid."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from plan_explorer.checking.evidence import CODE, LINK, NEARLY
from plan_explorer.checking.scripts import SCRIPTS, foreign_letters, script_of
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Actor, Entity, Event, Item, Sentence, Source, Term, View
from plan_explorer.model.indicators import Aim, Cited, Figure, Indicator, Value, is_figure
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Subject
from plan_explorer.model.statements import Citation, EarlierDate, Model, Statement

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LOST_COLON = re.compile(rf"({'|'.join(Statement.model_fields)})\s+[^\W_a-z]")

CODES_PER_STRAY = 5
"""Of how many codes of a level one may not begin like that of its parent, for the others to be a rule."""


def check_quality(plan: Plan) -> list[Problem]:
    """Return every warning about *plan*."""
    rules = (
        find_uncovered_sentences,
        find_shared_names,
        find_unused_terms,
        find_missing_names,
        find_unsure_names,
        find_unreferred,
        find_shown_words,
        find_items_off_the_map,
        find_short_addresses,
        find_figures_in_words,
        find_odd_aims,
        find_misplaced_codes,
        find_empty_events,
        find_foreign_names,
        find_idle_citations,
        find_lost_colons,
        find_stray_commas,
    )
    return [problem for rule in rules for problem in rule(plan)]


def _warn(plan: Plan, entity: Entity, code: str, message: str, field: str, hint: str = "") -> Problem:
    entry = plan.entries[entity.id]
    return entry.document.problem(code, message, (*entry.key, field), hint, warning=True)


def find_uncovered_sentences(plan: Plan) -> Iterator[Problem]:
    """Yield uncited sentences of the primary source."""
    source = plan.primary
    entry = plan.entries[source.id]
    covered = plan.covered(source)
    for index, section in enumerate(source.outline):
        for number, passage in enumerate(section.passages):
            whole = any(not citation.first for citation, _ in plan.citing(source.id, passage.id))
            if whole and len(passage.sentences) == 1:
                continue
            for sentence in range(1, len(passage.sentences) + 1):
                if sentence not in covered[passage.id] and sentence not in passage.frame:
                    key = (*entry.key, "outline", index, "passages", number)
                    message = f"nothing cites {source.id} {passage.id}.{sentence}"
                    hint = f"cite it, or add 'frame: {{{sentence}: why}}'"
                    yield entry.document.problem("uncovered", message, key, hint, warning=True)


def find_shared_names(plan: Plan) -> Iterator[Problem]:
    """Yield terms that have a name of another term, which alone is found in texts."""
    taken: dict[str, Term] = {}
    for term in (each for each in plan if isinstance(each, Term) and each.find):
        for form in dict.fromkeys(form.casefold() for form in plan.forms(term)):
            first = taken.setdefault(form, term)
            if first is not term:
                message = f"'{form}' is a name of two terms, '{first.id}' and '{term.id}'"
                hint = (
                    f"texts that name it are linked to '{first.id}'; add 'find: false' to one, or rename it"
                )
                yield _warn(plan, term, "shared-name", message, "name", hint)


def find_unused_terms(plan: Plan) -> Iterator[Problem]:
    """Yield terms that are not used anywhere."""
    for term in plan.terms:
        worded = any(c.source == plan.settings.primary for w in term.wordings for c in w.cites)
        if not worded and not plan.links(term) and not plan.mentioned(term):
            yield _warn(plan, term, "unused-term", f"the term '{term.id}' is never used", "id")


def find_missing_names(plan: Plan) -> Iterator[Problem]:
    """Yield entities without a name in an expected language."""
    expected = [tag for tag, language in plan.settings.languages.items() if language.expected]
    for entity in plan:
        if isinstance(entity, Item | Actor | Event | Term) and entity.name:
            for tag in expected:
                if tag not in entity.name:
                    name = plan.settings.languages[tag].name
                    message = f"'{entity.id}' has no name in {name} ('{tag}')"
                    yield _warn(plan, entity, "missing-language", message, "name")


def find_unsure_names(plan: Plan) -> Iterator[Problem]:
    """Yield reconstructed or guessed names that give no basis."""
    for entity in plan:
        for tag, name in entity.name.items():
            if name.unsure and not name.basis:
                message = f"the name '{name.text}' is {_confidence_words(name.confidence)}"
                hint = "add 'basis:' to say why it is given anyway"
                entry = plan.entries[entity.id]
                key = (*entry.key, "name", tag)
                yield entry.document.problem("unsure-name", message, key, hint, warning=True)


def _confidence_words(confidence: str) -> str:
    return "only a guess" if confidence == "guess" else "reconstructed"


def find_unreferred(plan: Plan) -> Iterator[Problem]:
    """Yield actors and events without links or primary source citations."""
    parents = {actor.under for actor in plan.actors}
    for entity in (*plan.actors, *plan.events):
        cites = [c for said in plan.said[entity.id] for c in said.statement.all_cites]
        named = any(citation.source == plan.settings.primary for citation in cites)
        if not named and not plan.links(entity) and entity.id not in parents:
            message = f"nothing refers to the {entity.kind_name} '{entity.id}'"
            yield _warn(plan, entity, "unreferred", message, "id")


def find_shown_words(plan: Plan) -> Iterator[Problem]:
    """Yield sources that show nothing, with words in their outline: it is published in plan.json."""
    for source in plan.sources:
        if source.text.show != "none":
            continue
        sentences = (each for passage in source.passages for each in passage.sentences)
        if words := next(
            (each.opening or each.closing for each in sentences if each.opening or each.closing), ""
        ):
            entry = plan.entries[source.id]
            message = f"nothing of '{source.id}' may be shown, but its outline has words: '{words}'"
            hint = f"run 'plan-explorer outline TEXT --source {source.id}' to take them out"
            key = (*entry.key, "text", "show")
            yield entry.document.problem("shown-words", message, key, hint, warning=True)


def find_items_off_the_map(plan: Plan) -> Iterator[Problem]:
    """Yield views that take the map, and leave items out or cannot be shown there."""
    taken: dict[str, View] = {}
    for view in (each for each in plan.views if each.map):
        strand = plan.strand_of(view)
        if strand is None or strand.map != "grid":
            why = (
                "its members are not of one strand" if strand is None else f"'{strand.id}' has no 'map: grid'"
            )
            hint = "delete 'map', or name items of one strand that has 'map: grid'"
            yield _warn(
                plan, view, "off-map", f"the view '{view.id}' cannot take the map: {why}", "map", hint
            )
            continue
        if first := taken.get(strand.id):
            message = f"the view '{view.id}' cannot take the map: '{first.id}' has it"
            yield _warn(plan, view, "off-map", message, "map", "delete 'map' in one of the two")
            continue
        taken[strand.id] = view
        held = {id for group in view.groups for id in (*group.members, group.item)}
        boxes = [item for _, shown in plan.rows(strand) for item in shown if plan.level(item).on_map]
        lost = [item.id for item in boxes if held.isdisjoint(i.id for i in (item, *plan.ancestors(item)))]
        if lost:
            names = ", ".join(f"'{id}'" for id in lost[:3]) + (", …" if len(lost) > 3 else "")
            number = f"{len(lost)} of {len(boxes)} items"
            message = f"the view '{view.id}' takes the map and leaves out {number}: {names}"
            yield _warn(plan, view, "off-map", message, "map", "add them to its groups, or delete 'map'")


def find_short_addresses(plan: Plan) -> Iterator[Problem]:
    """Yield addresses of sources that no browser can open."""
    for source in plan.sources:
        for field in ("url", "archived"):
            address = getattr(source, field)
            if address and not _SCHEME.match(address):
                message = f"'{address}' is not a whole address"
                yield _warn(plan, source, "short-address", message, field, f"write https://{address}")


def find_odd_aims(plan: Plan) -> Iterator[Problem]:
    """Yield what is aimed at for a day before the baseline, or against the direction that is given."""
    for item in plan.items:
        entry = plan.entries[item.id]
        for indicator, placed in item.figures:
            for field, message, hint in _oddities(indicator, placed.figure):
                key = (*entry.key, *placed.key, field)
                yield entry.document.problem("odd-aim", message, key, hint, warning=True)


def _oddities(indicator: Indicator, aim: Figure) -> Iterator[tuple[str, str, str]]:
    """Yield where an aim does not fit the baseline: the field, what is wrong, and a hint."""
    start = indicator.start
    if start is None or start.number is None or not isinstance(aim, Aim):
        return
    due, begun = aim.due.last if aim.due else None, start.date.first if start.date else None
    if due and begun and due < begun:
        message = f"this is due by {aim.due}, before the baseline of {start.date}"
        yield "due", message, "correct one of the two dates"
    further = Decimal() if aim.number is None else aim.number - start.number
    if (indicator.direction == "up" and further < 0) or (indicator.direction == "down" and further > 0):
        way = "rise" if indicator.direction == "up" else "fall"
        message = f"'{indicator.name}' is to {way}, and this is {aim.value} after {start.value}"
        yield "value", message, "correct the value, the baseline or 'direction'"


def find_figures_in_words(plan: Plan) -> Iterator[Problem]:
    """Yield figures to reach and to start from that hold more than a number."""
    for item in plan.items:
        for _, placed in item.figures:
            value = placed.figure.value
            if placed.role == "value" or placed.figure.number is not None:
                continue  # a measured value has to be one
            if any(map(str.isdigit, value)):
                entry = plan.entries[item.id]
                message = f"the figure '{value}' is not just a number"
                hint = "write the number under 'value', and what it counts under 'unit': '%'"
                key = (*entry.key, *placed.key, "value")
                yield entry.document.problem("wordy-figure", message, key, hint, warning=True)


def find_misplaced_codes(plan: Plan) -> Iterator[Problem]:
    """Yield codes that do not begin like that of the parent, where nearly all of the level do."""
    coded: dict[str, list[tuple[Item, Item]]] = defaultdict(list)
    for item in plan.items:
        if item.code and (parent := plan.parent(item)) and parent.code:
            coded[item.level].append((item, parent))
    for pairs in coded.values():
        strays = [(item, parent) for item, parent in pairs if not item.code.startswith(parent.code)]
        if strays and len(strays) * CODES_PER_STRAY <= len(pairs):
            for item, parent in strays:
                message = f"the code '{item.code}' does not begin like '{parent.code}' of its parent"
                hint = "give it the next code there, or correct 'under'"
                yield _warn(plan, item, "misplaced-code", message, "code", hint)


def find_empty_events(plan: Plan) -> Iterator[Problem]:
    """Yield events of which nothing is said."""
    for event in plan.events:
        if not (event.date or event.kind or event.says):
            message = f"the event '{event.id}' has no date, no kind and no summary"
            yield _warn(plan, event, "empty-event", message, "id", "add them, or delete it")


def find_foreign_names(plan: Plan) -> Iterator[Problem]:
    """Yield names with letters of another language of the plan; the plan itself and sources are left out."""
    known = [tag for tag in plan.settings.languages if SCRIPTS.get(script_of(tag))]
    for entity in (each for each in plan if not isinstance(each, Source | Subject)):
        for field in ("name", "short"):
            for tag, name in getattr(entity, field).items():
                letters = foreign_letters(name.text, tag)
                own = next((each for each in known if not foreign_letters(letters, each)), "")
                if letters and own:
                    entry = plan.entries[entity.id]
                    message = f"'{letters}' is not in the script of '{tag}'"
                    key = (*entry.key, field, tag)
                    yield entry.document.problem(
                        "foreign-name",
                        message,
                        key,
                        f"write it under '{own}'",
                        within=[letters],
                        warning=True,
                    )


def find_idle_citations(plan: Plan) -> Iterator[Problem]:
    """Yield citations in texts other than those of statements, where they are shown as they are written."""
    for entity in plan:
        for key, text in _texts(entity, ()):
            for match in NEARLY.finditer(LINK.sub(" ", CODE.sub("", text))) if "@" in text else ():
                if plan.find_source(match["source"].lower()):
                    entry = plan.entries[entity.id]
                    words = match[0].strip()
                    message = f"'{words}' cites nothing here: only the text of a statement can"
                    hint = "take it out, and say it in a statement or under 'cites'"
                    yield entry.document.problem(
                        "idle-citation", message, (*entry.key, *key), hint, within=[words], warning=True
                    )


def find_lost_colons(plan: Plan) -> Iterator[Problem]:
    """Yield statements that begin with a key of theirs, whose colon seems to be missing."""
    for entity in plan:
        for key, statement in entity.said():
            if not is_figure(key) and (match := _LOST_COLON.match(statement.text)):
                entry = plan.entries[entity.id]
                message = f"this statement begins with '{match[1]}', which is a key without its colon"
                hint = f"write '{match[1]}: …', or begin the statement with another word"
                yield entry.document.problem(
                    "lost-colon", message, (*entry.key, *key), hint, within=[match[1]], warning=True
                )


def find_stray_commas(plan: Plan) -> Iterator[Problem]:
    """Yield names and statements whose last sign is a comma, as lines of other formats have it.

    A comma before the citation is one of the sentence: lists have it, and the source may.
    """
    for entity in plan:
        names: list[tuple[Key, str]] = [(("name", tag), name.text) for tag, name in entity.name.items()]
        said = [(key, statement.text) for key, statement in entity.said() if not is_figure(key)]
        for key, text in (*names, *said):
            if text.endswith((",", "，", "、", "،")):
                entry = plan.entries[entity.id]
                message = f"this text ends in '{text[-1]}'"
                yield entry.document.problem(
                    "stray-comma",
                    message,
                    (*entry.key, *key, *(("because",) if key[0] == "relations" else ())),
                    "take it out: no sign ends a line",
                    warning=True,
                )


def _texts(value: object, key: Key) -> Iterator[tuple[Key, str]]:
    """Yield every text below *value* that is not that of a statement, with its key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Value):
        yield (*key, "reason"), value.reason
    elif isinstance(value, Model) and not isinstance(value, Sentence):
        for name in value.model_fields_set - _citing(value):
            yield from _texts(getattr(value, name), (*key, name))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, (*key, str(name)))
    elif isinstance(value, tuple) and not isinstance(value, Citation):
        for at, each in enumerate(value):
            yield from _texts(each, (*key, at))


def _citing(value: Model) -> set[str]:
    """Return the fields of *value* with texts that cite."""
    if isinstance(value, Statement):
        return {"text"}
    return {"because"} if isinstance(value, Cited | EarlierDate) else set()
