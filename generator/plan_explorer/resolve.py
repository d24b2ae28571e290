"""Check what entries say of each other: references, places in the trees, evidence."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.entities import KINDS, Actor, Entity, Event, Item, Passage, Relation, Source, Term, View
from plan_explorer.plan import Entry, Plan
from plan_explorer.problems import MOST, Lexicon, Problem, did_you_mean
from plan_explorer.source import Document, Key
from plan_explorer.statements import OPEN, Citation, Cites, Date, Statement

_BRACKETS = re.compile(r"\[([a-z0-9-]+)(?: [^\]\n]*)?\](?!\()")
"""Words in brackets that are no link."""

TAKEN = ("actors", "assets", "changes", "compare", "data", "glossary", "source", "timeline", "views")
"""Folders that every site has."""


def resolve(plan: Plan, home: Document, whole: bool) -> Iterator[Problem]:
    """Yield every fault in how the entries of *plan* refer to each other.

    Args:
        plan: the entries that could be read.
        home: plan.yaml.
        whole: whether every file could be read; if not, an unknown id may be in the lost part.
    """
    check = _Resolver(plan, whole)
    yield from _settings(plan, home, check)
    for entry in plan.entries.values():
        at = _At(entry.document, entry.key)
        yield from check.statements(entry.entity, at)
        yield from check.dates(entry.entity, at)
        yield from check.names(entry.entity, at)
        yield from check.relations(entry.entity, at)
        yield from check.kinds(entry.entity, at)
        if isinstance(entry.entity, Item):
            yield from check.item(entry.entity, at)
        elif isinstance(entry.entity, Actor) and entry.entity.under:
            yield from check.reference(entry.entity.under, at, ("under",), Actor)
        elif isinstance(entry.entity, Source):
            yield from _outline(entry.entity, at)
        elif isinstance(entry.entity, View):
            yield from check.view(entry.entity, at)
    yield from _cycles(plan)


@dataclass(frozen=True)
class _At:
    """The place of an entry, from which its fields are named."""

    document: Document
    key: Key

    def problem(self, code: str, message: str, key: Key, hint: str = "", **more: Any) -> Problem:
        return self.document.problem(code, message, (*self.key, *key), hint, **more)


@dataclass(frozen=True)
class _Resolver:
    plan: Plan
    whole: bool
    lexicons: dict[Any, Lexicon] = field(default_factory=dict)
    """What was probably meant, by the kind of entry that is wanted."""

    def reference(
        self, id: str, at: _At, key: Key, kind: type[Entity] | tuple[type[Entity], ...] = Entity
    ) -> Iterator[Problem]:
        """Yield a problem if *id* is not the id of an entity of *kind*."""
        if id not in self.plan:
            if self.whole and id not in self.plan.broken:
                yield at.problem("unknown-id", f"there is no entry '{id}'", key, self._meant(id, kind))
        elif not isinstance(self.plan[id], kind):
            noun = self.plan.noun(self.plan[id]).lower()
            message = f"'{id}' is {_a(noun)} and cannot stand here"
            yield at.problem("wrong-kind", message, key, self._fitting(kind))

    def _fitting(self, kind: type[Entity] | tuple[type[Entity], ...]) -> str:
        if kind is Item:
            nouns = [level.name.one.lower() for level in self.plan.settings.levels.values()]
            return f"here belongs {_a(' or '.join(nouns))}"
        kinds = kind if isinstance(kind, tuple) else (kind,)
        return f"here belongs {_a(' or '.join(each.kind_name for each in kinds))}"

    def _meant(self, id: str, kind: type[Entity] | tuple[type[Entity], ...]) -> str:
        """Return a hint with the entry whose id, code or name in any language is nearest."""
        if kind not in self.lexicons:
            fitting = [each for each in self.plan if isinstance(each, kind)]
            names = {name.text: each.id for each in fitting for name in each.name.values()}
            names |= {each.code: each.id for each in fitting if isinstance(each, Item) and each.code}
            self.lexicons[kind] = Lexicon((each.id for each in fitting), names)
        return self.lexicons[kind].hint(id)

    # --- evidence

    def statements(self, entity: Entity, at: _At) -> Iterator[Problem]:
        for key, statement in entity.said():
            inferred_link = key[0] == "relations"
            yield from self.statement(statement, at, key, relation=inferred_link)

    def statement(self, said: Statement, at: _At, key: Key, *, relation: bool = False) -> Iterator[Problem]:
        """Yield what is wrong with the evidence of one statement."""
        yield from self.citations(said.all_cites, at, key)
        if slips := list(self._unmarked(said, at, key)):
            yield from slips
            return
        if relation and said.status == "inferred":
            if not said.words:
                hint = "say why under 'because', or cite where the source says it"
                yield at.problem("no-reason", "this relation has no reason", key, hint)
            return
        if not said.text and not relation and said.status != "disputed":
            yield at.problem("empty-value", "this statement has no text", key)
        rule: Callable[[Statement, _At, Key], Iterable[Problem]] = getattr(self, f"_{said.status}")
        yield from rule(said, at, key)

    def _unmarked(self, said: Statement, at: _At, key: Key) -> Iterator[Problem]:
        """Yield words in brackets that were meant as a citation."""
        for match in OPEN.finditer(said.text):
            hint = "close it with ']'"
            yield at.problem("bad-citation", "this citation is not closed", key, hint, within=[match[0]])
        for match in _BRACKETS.finditer(said.text):
            if match[1] in self.plan and isinstance(self.plan[match[1]], Source):
                hint = f"write [@{match[0][1:]}"
                message = "this is no citation: the '@' is missing"
                yield at.problem("bad-citation", message, key, hint, within=[match[0]])

    def _stated(self, said: Statement, at: _At, key: Key) -> Iterator[Problem]:
        primary = self.plan.settings.primary
        own = [citation for citation in said.cites if citation.source == primary]
        if not said.cites:
            hint = f"add the place it rests on, as [@{primary} …]"
            yield at.problem("uncited", "this statement rests on nothing", key, hint)
        elif not own:
            message = f"only '{primary}' makes a statement a stated one"
            yield at.problem("not-stated", message, key, "leave the status out: it follows by itself")
        elif not any(citation.passage for citation in own):
            hint = f"say where: [@{primary} PASSAGE.SENTENCE]"
            yield at.problem("no-locator", f"this names no place in '{primary}'", key, hint)

    def _background(self, said: Statement, at: _At, key: Key) -> Iterator[Problem]:
        primary = self.plan.settings.primary
        if not said.cites:
            yield at.problem("uncited", "this statement rests on nothing", key, "add [@source]")
        elif all(citation.source == primary for citation in said.cites):
            message = f"this rests on '{primary}' alone, so it is no background"
            yield at.problem("not-stated", message, key, "leave the status out: it follows by itself")

    def _inferred(self, said: Statement, at: _At, key: Key) -> Iterator[Problem]:
        if not said.reason:
            hint = "add 'reason:' with the reason for this reading"
            yield at.problem("no-reason", "this reading has no reason", key, hint)
        if not said.cites:
            hint = "add the place it is read from"
            yield at.problem("uncited", "this reading rests on nothing", key, hint)

    def _disputed(self, said: Statement, at: _At, key: Key) -> Iterator[Problem]:
        if len([side for side in said.sides if side.cites]) < 2 or not all(side.cites for side in said.sides):
            hint = "list what each side says under 'sides', each with a citation"
            yield at.problem("no-sides", "a dispute needs two sides, each cited", key, hint)

    def _editorial(self, said: Statement, at: _At, key: Key) -> Iterator[Problem]:
        return iter(())

    def citations(self, cites: Cites, at: _At, key: Key) -> Iterator[Problem]:
        for citation in dict.fromkeys(cites):
            source = self.plan.entries.get(citation.source)
            if source is None or not isinstance(source.entity, Source):
                if self.whole and citation.source not in self.plan.broken:
                    message = f"there is no source '{citation.source}'"
                    hint = self._meant(citation.source, Source) or self._meant(str(citation), Source)
                    yield at.problem("unknown-source", message, key, hint, within=[citation.source])
            elif source.entity.outline and citation.passage:
                yield from _locator(citation, source.entity, at, key)

    def dates(self, entity: Entity, at: _At) -> Iterator[Problem]:
        yield from self._date(entity.date, at, ("date",))
        date = entity.date
        if date and not entity.date_cites and not isinstance(entity, Source):
            hint = "add 'cites:' to the date, or a 'summary' that cites its source"
            yield at.problem("uncited", "this date rests on nothing", ("date",), hint)
        for index, relation in enumerate(entity.relations):
            yield from self._date(relation.date, at, ("relations", index, "date"))

    def _date(self, date: Date | None, at: _At, key: Key) -> Iterator[Problem]:
        if date:
            yield from self.citations(date.cites, at, (*key, "cites"))
            for index, alternative in enumerate(date.alternatives):
                place = (*key, "alternatives", index)
                yield from self.citations(alternative.cites, at, place)
                if not alternative.cites:
                    message = "another date needs the source that gives it"
                    yield at.problem("uncited", message, place, "add 'cites: [source]'")

    # --- words of the plan

    def names(self, entity: Entity, at: _At) -> Iterator[Problem]:
        fields: list[tuple[str, Iterable[str]]] = [("name", entity.name), ("short", entity.short)]
        fields += [("variants", entity.variants)] if isinstance(entity, Term) else []
        known = self.plan.settings.languages
        for key, names in fields:
            for tag in names:
                # A further form may be in a language that no name is expected in.
                if tag not in known and key != "variants":
                    message = f"the plan has no language '{tag}'"
                    called = {language.name: tag for tag, language in known.items()}
                    hint = did_you_mean(tag, known, f"it has: {', '.join(known)}", called)
                    yield at.problem("unknown-language", message, (key, tag), hint, on_key=True)
        if not entity.name and not isinstance(entity, Item):
            yield at.problem("missing-key", "'name' is missing", ())
        elif not entity.name and not entity.summary:
            hint = "an item may go without a name if it has a summary"
            yield at.problem("missing-key", "'name' is missing", (), hint)

    def kinds(self, entity: Entity, at: _At) -> Iterator[Problem]:
        settings = self.plan.settings
        if not isinstance(entity, Actor | Event | Term) or not entity.kind:
            return
        known = getattr(settings, f"{entity.kind_name}_kinds")
        if known and entity.kind not in known:
            message = f"there is no kind of {entity.kind_name} '{entity.kind}'"
            called = {name: id for id, name in known.items()}
            hint = did_you_mean(entity.kind, known, f"kinds here: {', '.join(known)}", called)
            yield at.problem("unknown-kind", message, ("kind",), hint)

    def relations(self, entity: Entity, at: _At) -> Iterator[Problem]:
        known = self.plan.settings.relations
        for index, relation in enumerate(entity.relations):
            key: Key = ("relations", index)
            if relation.kind not in known:
                message = f"there is no kind of relation '{relation.kind}'"
                called = {kind.name: id for id, kind in known.items()}
                hint = did_you_mean(relation.kind, known, f"kinds here: {', '.join(known)}", called)
                place = (*key, relation.kind)
                yield at.problem("unknown-relation", message, place, hint, on_key=True)
            elif relation.target == entity.id:
                message = f"'{entity.id}' is related to itself"
                yield at.problem("self-relation", message, (*key, relation.kind), "name the other entry")
            else:
                yield from self.reference(relation.target, at, (*key, relation.kind))

    # --- the trees

    def item(self, item: Item, at: _At) -> Iterator[Problem]:
        level = self.plan.level(item)
        if level.under and not item.under:
            known = self.plan.settings.levels
            nouns = " or ".join(known[each].name.one.lower() for each in level.under if each in known)
            message = f"'{item.id}' has to stand under {_a(nouns)}"
            yield at.problem("missing-parent", message, (), "add 'under:' with its id")
        fields: list[tuple[Key, str]] = [(("under",), item.under)] if item.under else []
        fields += [(("also_under", index), id) for index, id in enumerate(item.also_under)]
        for key, parent in fields:
            yield from self.reference(parent, at, key, Item)
            if parent in self.plan and isinstance(above := self.plan[parent], Item):
                yield from self._fits(item, above, at, key)

    def _fits(self, item: Item, above: Item, at: _At, key: Key) -> Iterator[Problem]:
        level, over = self.plan.level(item), self.plan.level(above)
        known = self.plan.settings.levels
        if over.id not in level.under and all(each in known for each in level.under):
            allowed = [known[each].name.one.lower() for each in level.under]
            message = f"{_a(level.name.one.lower())} cannot stand under {_a(over.name.one.lower())}"
            message += f" ('{above.id}')"
            hint = f"it may stand under {_a(' or '.join(allowed))}" if allowed else "it stands at the top"
            yield at.problem("wrong-level", message, key, hint)

    def view(self, view: View, at: _At) -> Iterator[Problem]:
        for index, group in enumerate(view.groups):
            key: Key = ("groups", index)
            if group.summary:
                yield from self.statement(group.summary, at, (*key, "summary"))
            if group.item:
                yield from self.reference(group.item, at, (*key, "item"), Item)
            for number, member in enumerate(group.members):
                yield from self.reference(member, at, (*key, "members", number), Item)
        counts = "+".join(str(len(group.members)) for group in view.groups)
        if view.declared and "".join(view.declared.split()) != counts:
            message = f"'{view.id}' declares {view.declared} members, but its groups have {counts}"
            hint = f"write {counts}, or put the members right"
            yield at.problem("wrong-count", message, ("declared",), hint)


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _locator(citation: Citation, source: Source, at: _At, key: Key) -> Iterator[Problem]:
    place = source.places.get(citation.passage)
    passage = source.passages[place - 1] if place else None
    if passage is None:
        message = f"'{source.id}' has no passage '{citation.passage}'"
        hint = _passage_meant(citation.passage, source)
        yield at.problem("unknown-locator", message, key, hint, within=_places(citation))
    elif citation.first and not _within(citation.sentences, passage):
        count = len(passage.sentences)
        message = f"'{source.id}' has no sentence {citation.locator}"
        noun = source.sentence.plural or source.sentence.long
        many = noun if count > 1 else source.sentence.long
        hint = f"'{passage.id}' has {count} {many}"
        if citation.last < citation.first:
            backward = f"{citation.passage}.{citation.first}-{citation.last}"
            message = f"the range {backward} runs backwards"
            hint = f"write {citation.passage}.{citation.last}-{citation.first}"
        yield at.problem("unknown-locator", message, key, hint, within=_places(citation))


def _passage_meant(word: str, source: Source) -> str:
    """Return a hint with the passage of *source* whose id, number or title is nearest to *word*."""
    if word.endswith(".0"):
        return f"{source.sentence.plural or source.sentence.long} count from 1"
    ids = [each.id for each in source.passages]
    called = {name: each.id for each in source.passages for name in (each.number, each.title) if name}
    called |= {f"{source.passage.short}{each.number}": each.id for each in source.passages}
    more = ", …" if len(ids) > MOST else ""
    return did_you_mean(word, ids, f"its passages: {', '.join(ids[:MOST])}{more}", called)


def _places(citation: Citation) -> tuple[str, ...]:
    """Return the ways in which an author may have written the place of *citation*."""
    backward = f"{citation.passage}.{citation.first}-{citation.last}"
    return (backward, citation.locator, citation.passage)


def _within(numbers: range, passage: Passage) -> bool:
    return bool(numbers) and numbers[-1] <= len(passage.sentences)


def _outline(source: Source, at: _At) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, section in enumerate(source.outline):
        for number, passage in enumerate(section.passages):
            key: Key = ("outline", index, "passages", number)
            if passage.id in seen:
                message = f"the passage '{passage.id}' is written twice"
                yield at.problem("duplicate-id", message, (*key, "id"))
            seen.add(passage.id)
            for sentence in passage.frame:
                if not 0 < sentence <= len(passage.sentences):
                    message = f"'{passage.id}' has no sentence {sentence}"
                    hint = f"it has {len(passage.sentences)}"
                    place = (*key, "frame", str(sentence))
                    yield at.problem("unknown-locator", message, place, hint, on_key=True)


def _settings(plan: Plan, home: Document, check: _Resolver) -> Iterator[Problem]:
    at = _At(home, ())
    settings = plan.settings
    yield from check.reference(settings.primary, at, ("primary",), Source)
    for index, strand in enumerate(settings.strands):
        said = [("summary", strand.summary)] if strand.summary else []
        for name, statement in said:
            yield from check.statement(statement, at, ("strands", index, name))
        for number, statement in enumerate(strand.statements):
            yield from check.statement(statement, at, ("strands", index, "statements", number))
        for number, level in enumerate(strand.levels):
            for place, above in enumerate(level.under):
                if above not in settings.levels:
                    key: Key = ("strands", index, "levels", number, "under", place)
                    hint = did_you_mean(above, settings.levels)
                    yield at.problem("unknown-level", f"there is no level '{above}'", key, hint)
    yield from _taken(plan, at)
    for index, gone in enumerate(settings.removed):
        yield from check.reference(gone.replaced_by, at, ("removed", index, "replaced_by"))
    for tag, language in settings.languages.items():
        if language.romanizes and language.romanizes not in settings.languages:
            message = f"the plan has no language '{language.romanizes}'"
            key = ("languages", tag, "romanizes")
            yield at.problem(
                "unknown-language", message, key, did_you_mean(language.romanizes, settings.languages)
            )


def _taken(plan: Plan, at: _At) -> Iterator[Problem]:
    """Yield strands, levels and collections whose name is used already."""
    strands: set[str] = set(TAKEN)
    levels: set[str] = set()
    plurals: set[str] = set(KINDS)
    for index, strand in enumerate(plan.settings.strands):
        yield from _claim(strand.id, strands, at, ("strands", index, "id"))
        for number, level in enumerate(strand.levels):
            key: Key = ("strands", index, "levels", number)
            yield from _claim(level.id, levels, at, (*key, "id"))
            yield from _claim(level.plural, plurals, at, (*key, "plural"))
            if level.place in TAKEN:
                message = f"the folder '{level.place}' is taken"
                hint = "give the level another 'folder'"
                yield at.problem("name-taken", message, (*key, "plural"), hint)
    for kind in plan.settings.relations:
        if kind in Relation.FIELDS:
            message = f"'{kind}' is a field of every relation and cannot be a kind"
            yield at.problem("name-taken", message, ("relations", kind), "choose another", on_key=True)


def _claim(name: str, names: set[str], at: _At, key: Key) -> Iterator[Problem]:
    if name in names:
        yield at.problem("name-taken", f"the name '{name}' is taken", key, "choose another")
    names.add(name)


def _cycles(plan: Plan) -> Iterator[Problem]:
    """Yield one problem for each circle of parents, at its first entry."""
    above = {each.id: [p for p in _parents(each) if p in plan] for each in plan}
    done: set[str] = set()
    for start in above:
        path: list[str] = []
        yield from _circle(start, above, path, done, plan)


def _parents(entity: Entity) -> tuple[str, ...]:
    if isinstance(entity, Item):
        return entity.parents
    return (entity.under,) if isinstance(entity, Actor) and entity.under else ()


def _circle(
    start: str, above: dict[str, list[str]], path: list[str], done: set[str], plan: Plan
) -> Iterator[Problem]:
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        id, depth = stack.pop()
        del path[depth:]
        if id in path:
            entry: Entry = plan.entries[path[-1]]
            circle = " under ".join(f"'{each}'" for each in [*path[path.index(id) :], id])
            key = (*entry.key, "under")
            hint = "let one of them stand elsewhere"
            yield entry.document.problem("cycle", f"these stand in a circle: {circle}", key, hint)
            continue
        if id in done:
            continue
        done.add(id)
        path.append(id)
        stack += [(parent, depth + 1) for parent in above[id]]
