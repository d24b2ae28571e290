"""Compare two versions of a plan by entry and word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

from plan_explorer.model.entities import Actor, Comparison, Confidence, Crosswalk, Entity, Item, Relation
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Model, Statement, Status
from plan_explorer.translation import N_, gettext, pgettext, semicolons, with_note
from plan_explorer.versions.figures_diff import cites_text, compare_figures, compare_progress, compare_rules

Kind = Literal[
    "added", "removed", "renamed", "moved", "reworded", "said", "unsaid", "re-cited", "re-dated", "status",
    "aimed", "measured", "re-measured", "progress", "linked", "unlinked", "changed",
]  # fmt: skip

LABELS: dict[Kind, str] = {
    "added": N_("Added"),
    "removed": N_("Removed"),
    "renamed": N_("Renamed"),
    "moved": N_("Moved"),
    "reworded": N_("Reworded"),
    "said": N_("Statement added"),
    "unsaid": N_("Statement removed"),
    "re-cited": N_("Other places cited"),
    "re-dated": N_("Date changed"),
    "status": N_("Status changed"),
    "progress": N_("Progress"),
    "aimed": N_("Targets changed"),
    "measured": N_("New values"),
    "re-measured": N_("Values changed"),
    "linked": N_("Relation added"),
    "unlinked": N_("Relation removed"),
    "changed": N_("Other changes"),
}
"""Every kind of change and its heading, most important first."""

MIN_SIMILARITY = 0.6
"""The share of common words at which two statements or entries count as versions of each other."""

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_]+|\s+|.", re.DOTALL)
_COMPARED_SEPARATELY = (
    "id", "name", "summary", "statements", "notes", "wordings", "renderings", "relations", "formerly",
    "date", "under", "also_under", "level", "outline", "sections", "target", "indicators", "progress",
    "others", "pairs", "short",
)  # fmt: skip
"""Fields with comparisons of their own."""

FIGURES = ("target", "indicators", "progress")
"""Parts of an item that are compared by what they mean, and not by their words."""

Key = TypeVar("Key", int, str)
Op = Literal["same", "gone", "new"]
_OPS: tuple[Op, ...] = ("same", "gone", "new")


class Piece(NamedTuple):
    """A run of words that are unchanged, removed or added."""

    op: Op
    words: str


@dataclass(frozen=True)
class Change:
    """One difference in one entry."""

    kind: Kind
    id: str
    """The entry's id in the newer version; for a removed entry, the old id."""
    title: str
    noun: str
    """The plan's noun for such an entry."""
    part: str = ""
    """The part of the entry: a field, a statement or a relation."""
    before: str = ""
    after: str = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of both versions, common ones once."""
        return compare_words(self.before, self.after)


def compare_plans(old: Plan, new: Plan) -> list[Change]:
    """Return every change in the new order, removals last."""
    return list(_Comparison(old, new).changes())


def successors(old: Plan, new: Plan) -> dict[str, str]:
    """Return the new id of every surviving entry, by old id."""
    return {was: id for id, was in _Comparison(old, new).pairs.items()}


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of both, marked by how they changed."""
    one, two = _WORD.findall(before), _WORD.findall(after)
    runs: list[list[str]] = [["", "", ""]]  # common words, then those removed and those added
    codes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    for at, (op, a, b, c, d) in enumerate(codes):
        same = "".join(one[a:b])
        if op != "equal":
            runs[-1][1] += same
            runs[-1][2] += "".join(two[c:d])
        elif same.isspace() and 0 < at < len(codes) - 1:  # a space between two changes is part of them
            runs[-1][1] += same
            runs[-1][2] += same
        else:
            runs.append([same, "", ""])
    pieces = (Piece(op, words) for run in runs for op, words in zip(_OPS, run, strict=True))
    return tuple(piece for piece in pieces if piece.words)


@dataclass(frozen=True)
class _Comparison:
    old: Plan
    new: Plan

    def changes(self) -> Iterator[Change]:
        for entity in self.new:
            before = self.pairs.get(entity.id)
            if before is None:
                yield self._change("added", entity, after=_summary_text(entity))
            else:
                yield from self._compare_entries(self.old[before], entity)
        yield from self._compare_strands()
        whole = self.new[self.new.settings.id]
        for each in compare_rules(self.old.settings, self.new.settings):
            yield self._change(each.kind, whole, each.part, each.before, each.after)
        for entity in self.old:
            if entity.id not in self._now:
                title, noun = self.old.title(entity), self.old.noun(entity)
                yield Change("removed", entity.id, title, noun, before=_summary_text(entity))

    # --- which entry was which

    @cached_property
    def pairs(self) -> dict[str, str]:
        """The old id of every surviving entry, by new id."""
        pairs = {each.id: each.id for each in self.new if each.id in self.old}
        pairs[self.new.settings.id] = self.old.settings.id
        taken = set(pairs.values())
        for entity in self.new:
            was = next((i for i in entity.formerly if i in self.old and i not in taken), None)
            if entity.id not in pairs and was:
                pairs[entity.id] = was
                taken.add(was)
        return pairs | self._pair_by_similarity(pairs, taken)

    def _pair_by_similarity(self, pairs: dict[str, str], taken: set[str]) -> dict[str, str]:
        """Pair the remaining entries, most similar first."""
        gone = [each for each in self.old if each.id not in taken]
        by_word: dict[str, list[Entity]] = defaultdict(list)
        for entity in gone:
            for word in _words(self.old.title(entity)):
                by_word[word].append(entity)
        scored: list[tuple[float, str, str]] = []
        for entity in self.new:
            if entity.id in pairs:
                continue
            near = {each.id: each for word in _words(self.new.title(entity)) for each in by_word[word]}
            for other in near.values():
                if other.kind_name == entity.kind_name:
                    scored.append((self._entry_similarity(other, entity), entity.id, other.id))
        return _pair_most_similar(scored)

    def _entry_similarity(self, old: Entity, new: Entity) -> float:
        names = _similarity(self.old.title(old), self.new.title(new))
        one, two = _summary_text(old), _summary_text(new)
        return (names + _similarity(one, two)) / 2 if one and two else names

    @cached_property
    def _now(self) -> dict[str, str]:
        """The new id of every surviving entry, by old id."""
        return {was: id for id, was in self.pairs.items()}

    # --- one entry

    def _change(
        self, kind: Kind, entity: Entity, part: str = "", before: str = "", after: str = ""
    ) -> Change:
        return Change(kind, entity.id, self.new.title(entity), self.new.noun(entity), part, before, after)

    def _compare_entries(self, old: Entity, new: Entity) -> Iterator[Change]:
        yield from self._compare_names(old, new)
        yield from self._compare_places(old, new)
        before, after = (
            [says for key, says in each.said() if key[0] not in ("relations", "outline", *FIGURES)]
            for each in (old, new)
        )
        yield from self._compare_statements(new, before, after)
        yield from self._compare_relations(old, new)
        if (old.date and str(old.date)) != (new.date and str(new.date)):
            yield self._change("re-dated", new, _part("date"), _date_text(old), _date_text(new))
        elif old.date and new.date and set(old.date.cites) != set(new.date.cites):
            cites = cites_text(old.date.cites), cites_text(new.date.cites)
            yield self._change("re-cited", new, _part("date"), *cites)
        yield from self._compare_points(old, new)
        yield from self._compare_figures(old, new)
        yield from self._compare_fields(old, new)

    def _compare_names(self, old: Entity, new: Entity) -> Iterator[Change]:
        if old.id != new.id and new.id != self.new.settings.id:
            yield self._change("renamed", new, _part("id"), old.id, new.id)
        for tag in dict.fromkeys([*old.name, *new.name]):
            one, two = old.name.get(tag), new.name.get(tag)
            if (one and one.text) != (two and two.text):
                part = gettext("name (%(language)s)", language=tag)
                yield self._change("renamed", new, part, one.text if one else "", two.text if two else "")
            elif one and two and one != two:
                part = gettext("confidence of the name (%(language)s)", language=tag)
                confidences = _confidence(one.confidence), _confidence(two.confidence)
                yield self._change("changed", new, part, *confidences)
        if (was := self._short(old)) != (now := self._short(new)):
            yield self._change("changed", new, _part("short"), was, now)

    def _short(self, entity: Entity) -> str:
        """Return the short name of *entity* in the language of the plan: others are no change of it."""
        name = entity.short.get(self.new.settings.language)
        return name.text if name else ""

    def _compare_places(self, old: Entity, new: Entity) -> Iterator[Change]:
        if isinstance(old, Item) and isinstance(new, Item) and old.level != new.level:
            yield self._change("moved", new, _part("level"), self.old.noun(old), self.new.noun(new))
        before, after = _parents(old), _parents(new)
        if [self._now.get(each, each) for each in before] != list(after):
            part = _part("under")
            yield self._change("moved", new, part, _titles(self.old, before), _titles(self.new, after))

    def _compare_statements(
        self, entity: Entity, old: Sequence[Statement], new: Sequence[Statement]
    ) -> Iterator[Change]:
        for before, after in _match_statements(old, new):
            if before is None:
                yield self._change("said", entity, after=after.words if after else "")
            elif after is None:
                yield self._change("unsaid", entity, before=before.words)
            else:
                yield from self._compare_statement(entity, before, after)

    def _compare_statement(
        self, entity: Entity, old: Statement, new: Statement, part: str = ""
    ) -> Iterator[Change]:
        about = part or new.words
        if old.words != new.words or old.reason != new.reason:
            yield self._change("reworded", entity, part, _statement_text(old), _statement_text(new))
        if set(old.all_cites) != set(new.all_cites):
            yield self._change(
                "re-cited", entity, about, cites_text(old.all_cites), cites_text(new.all_cites)
            )
        if old.status != new.status:
            yield self._change("status", entity, about, _status(old.status), _status(new.status))

    def _compare_relations(self, old: Entity, new: Entity) -> Iterator[Change]:
        before = {(each.kind, self._now.get(each.target, each.target)): each for each in old.relations}
        after = {(each.kind, each.target): each for each in new.relations}
        for key, relation in after.items():
            label = _label(self.new, relation)
            if key not in before:
                yield self._change("linked", new, label, after=relation.says.words)
            else:
                yield from self._compare_statement(new, before[key].says, relation.says, label)
                if (was := str(before[key].date or "")) != (now := str(relation.date or "")):
                    yield self._change("re-dated", new, label, was, now)
        for key, relation in before.items():
            if key not in after:
                yield self._change("unlinked", new, _label(self.old, relation), before=relation.says.words)

    def _compare_points(self, old: Entity, new: Entity) -> Iterator[Change]:
        """Yield which points of a comparison, or pairs of a crosswalk, came, went or are others now."""
        before, after = (dict.fromkeys(_points(each)) for each in (old, new))
        gone = [point for point in before if point not in after]
        come = [point for point in after if point not in before]
        if gone or come:
            part = _part("points") if isinstance(new, Comparison) else _part("pairs")
            yield self._change("changed", new, part, semicolons(gone), semicolons(come))

    def _compare_figures(self, old: Entity, new: Entity) -> Iterator[Change]:
        if isinstance(old, Item) and isinstance(new, Item):
            states = (plan.settings.progress for plan in (self.old, self.new))
            for each in (*compare_figures(old, new), *compare_progress(old, new, *states)):
                yield self._change(each.kind, new, each.part, each.before, each.after)
            abouts = (
                [says for key, says in each.said() if key[0] == "indicators" and key[-1] == "about"]
                for each in (old, new)
            )
            yield from self._compare_statements(new, *abouts)

    def _compare_fields(self, old: Entity, new: Entity) -> Iterator[Change]:
        one, two = _field_values(old), _field_values(new)
        for field in dict.fromkeys([*one, *two]):
            if field not in _COMPARED_SEPARATELY and one.get(field) != two.get(field):
                values = _field_text(one.get(field)), _field_text(two.get(field))
                yield self._change("changed", new, _part(field), *values)

    def _compare_strands(self) -> Iterator[Change]:
        """Yield changes to statements about strands, which are not entries."""
        before = {strand.id: strand for strand in self.old.settings.strands}
        for strand in self.new.settings.strands:
            if was := before.get(strand.id):
                old, new = ([s for s in (each.summary, *each.statements) if s] for each in (was, strand))
                subject = self.new[self.new.settings.id]
                for change in self._compare_statements(subject, old, new):
                    yield replace(change, id=strand.id, title=strand.name, noun=gettext("Strand"))


def _points(entity: Entity) -> Iterator[str]:
    """Yield the points of a comparison, or the pairs of a crosswalk, in a few words."""
    if isinstance(entity, Comparison):
        yield from (with_note(row.point, row.kind) for _, row in entity.rows)
    elif isinstance(entity, Crosswalk):
        yield from (f"{pair.entry} {pair.relation} {pair.other}" for pair in entity.pairs)


def _match_statements(
    old: Sequence[Statement], new: Sequence[Statement]
) -> Iterator[tuple[Statement | None, Statement | None]]:
    """Yield statements with old versions, then removed ones."""
    rest = list(range(len(old)))
    matches: dict[int, int] = {}
    for at, statement in enumerate(new):
        same = next((each for each in rest if old[each].words == statement.words), None)
        if same is not None:
            matches[at] = same
            rest.remove(same)
    left = [at for at in range(len(new)) if at not in matches]
    similar = ((_similarity(old[was].words, new[at].words), at, was) for at in left for was in rest)
    matches |= _pair_most_similar(similar)
    for at, statement in enumerate(new):
        yield (old[matches[at]] if at in matches else None), statement
    for was in rest:
        if was not in matches.values():
            yield old[was], None


def _pair_most_similar(scored: Iterable[tuple[float, Key, Key]]) -> dict[Key, Key]:
    """Return the best pairs of something new and something old, each once."""
    pairs: dict[Key, Key] = {}
    for score, new, old in sorted(scored, key=lambda each: (-each[0], *each[1:])):
        if score >= MIN_SIMILARITY and new not in pairs and old not in pairs.values():
            pairs[new] = old
    return pairs


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text) if word.strip() and word.isalnum()]


def _similarity(one: str, two: str) -> float:
    """Return the share of common words, from 0 to 1."""
    return SequenceMatcher(None, _words(one), _words(two), autojunk=False).ratio()


def _summary_text(entity: Entity) -> str:
    return entity.summary.words if entity.summary else ""


def _statement_text(statement: Statement) -> str:
    return with_note(statement.words, statement.reason) if statement.reason else statement.words


def _date_text(entity: Entity) -> str:
    return str(entity.date) if entity.date else ""


def _parents(entity: Entity) -> tuple[str, ...]:
    if isinstance(entity, Item):
        return entity.parents
    return (entity.under,) if isinstance(entity, Actor) and entity.under else ()


def _titles(plan: Plan, ids: Iterable[str]) -> str:
    return semicolons(plan.title(plan[id]) if id in plan else id for id in ids)


def _label(plan: Plan, relation: Relation) -> str:
    kind = plan.settings.relations.get(relation.kind)
    target = plan.title(plan[relation.target]) if relation.target in plan else relation.target
    return f"{kind.name if kind else relation.kind} {target}"


def _part(field: str) -> str:
    """Return what a field of an entry is called."""
    return {
        "id": pgettext("a part of an entry", "id"),
        "level": pgettext("a part of an entry", "level"),
        "under": pgettext("a part of an entry", "under"),
        "date": pgettext("a part of an entry", "date"),
        "points": pgettext("a part of an entry", "points"),
        "pairs": pgettext("a part of an entry", "pairs"),
        "code": pgettext("a part of an entry", "code"),
        "kind": pgettext("a part of an entry", "kind"),
        "short": pgettext("a part of an entry", "short"),
        "gist": pgettext("a part of an entry", "gist"),
        "search": pgettext("a part of an entry", "search"),
        "place": pgettext("a part of an entry", "place"),
        "variants": pgettext("a part of an entry", "variants"),
        "find": pgettext("a part of an entry", "find"),
        "publisher": pgettext("a part of an entry", "publisher"),
        "url": pgettext("a part of an entry", "url"),
        "language": pgettext("a part of an entry", "language"),
        "translation": pgettext("a part of an entry", "translation"),
        "checked": pgettext("a part of an entry", "checked"),
        "licence": pgettext("a part of an entry", "licence"),
        "archived": pgettext("a part of an entry", "archived"),
        "text": pgettext("a part of an entry", "text"),
        "passage": pgettext("a part of an entry", "passage"),
        "sentence": pgettext("a part of an entry", "sentence"),
        "declared": pgettext("a part of an entry", "declared"),
        "map": pgettext("a part of an entry", "map"),
        "groups": pgettext("a part of an entry", "groups"),
        "sources": pgettext("a part of an entry", "sources"),
        "to": pgettext("a part of an entry", "to"),
        "source": pgettext("a part of an entry", "source"),
        "within": pgettext("a part of an entry", "within"),
    }.get(field, field)


def _status(status: Status) -> str:
    """Return what a statement rests on, as authors write it."""
    return {
        "stated": pgettext("of a statement", "stated"),
        "inferred": pgettext("of a statement", "inferred"),
        "disputed": pgettext("of a statement", "disputed"),
        "background": pgettext("of a statement", "background"),
        "known": pgettext("of a statement", "known"),
        "silence": pgettext("of a statement", "silence"),
        "wording": pgettext("of a statement", "wording"),
        "editorial": pgettext("of a statement", "editorial"),
    }[status]


def _confidence(confidence: Confidence) -> str:
    """Return how certain a name is, as authors write it."""
    return {
        "verified": pgettext("of a name", "verified"),
        "standard": pgettext("of a name", "standard"),
        "reconstructed": pgettext("of a name", "reconstructed"),
        "guess": pgettext("of a name", "guess"),
    }[confidence]


def _field_values(model: Model) -> dict[str, object]:
    return {field: getattr(model, field) for field in type(model).model_fields}


def _field_text(value: object) -> str:
    """Return the value of a field as words."""
    if isinstance(value, Model):
        parts = {field: _field_text(each) for field, each in _field_values(value).items()}
        return "; ".join(f"{field} {words}" for field, words in parts.items() if words)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_field_text(each)}" for key, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(_field_text(each) for each in value)
    return "" if value is None else str(getattr(value, "edtf", value))
