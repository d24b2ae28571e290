"""Build the search entries, one per entity and passage."""

from collections.abc import Callable, Iterator

from plan_explorer.evidence.texts import Texts
from plan_explorer.model.dates import Point
from plan_explorer.model.entities import Actor, Entity, Event, Item, Passage, Source, Term
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import row_label
from plan_explorer.model.statements import Date
from plan_explorer.site.addresses import Address, Addresses, passage_label
from plan_explorer.site.search_index import SearchEntry, Sentences
from plan_explorer.site.shown_sentences import shown_sentence
from plan_explorer.site.views.actor import roles_held
from plan_explorer.site.views.statements import SHOWN, date_status, shown_ids
from plan_explorer.translation import gettext, sentence_case

BOOST = {"term": 1.3, "actor": 1.3, "item": 1.2, "source": 0.7}
"""The weight of names by kind of entity."""


def entries(
    plan: Plan, addresses: Addresses, url: Callable[[Address], str], texts: Texts
) -> Iterator[SearchEntry]:
    """Yield a search entry for every entity and passage; of *texts* only what readers see is told."""
    for entity in plan:
        if entity.id != plan.settings.id:
            yield _entry(plan, entity, url(addresses.of(entity)))
    for source in plan.sources:
        for passage in source.passages:
            yield SearchEntry(
                url(addresses.passage(source, passage)),
                sentence_case(source.passage.long),
                passage.title or passage_label(source, passage.number),
                code=f"{source.passage.short}{passage.number}{source.passage.close}",
                aliases=(passage_label(source, passage.number),),
                text=passage.summary.plain if passage.summary else "",
                stated=source.id == plan.settings.primary,
                sentences=_sentences(source, passage, texts),
            )


def _sentences(source: Source, passage: Passage, texts: Texts) -> Sentences:
    numbers = range(1, len(passage.sentences) + 1)
    shown = [shown_sentence(source, passage, number, texts) for number in numbers]
    ends = tuple((each.text, "") if each.text else (each.opening, each.closing) for each in shown)
    scheme = source.sentence
    return Sentences(ends, (scheme.short, scheme.long, scheme.close))


def _entry(plan: Plan, entity: Entity, url: str) -> SearchEntry:
    title = plan.title(entity)
    names = tuple((tag, name.text) for tag, name in entity.name.items() if name.text != title)
    said = [each for each in plan.said[entity.id] if each.published and not each.of_passage]
    stated, rest = (
        [each.statement.plain for each in said if (each.statement.status in SHOWN) is shown]
        for shown in (True, False)
    )
    if isinstance(entity, Actor):
        roles = list(_roles(plan, entity))
        stated += [words for words, shown in roles if shown]
        rest += [words for words, shown in roles if not shown]
    dated = entity if isinstance(entity, Event | Item) and entity.date else None
    return SearchEntry(
        url,
        plan.noun(entity),
        title,
        entity.code if isinstance(entity, Item) else "",
        names,
        tuple(_aliases(entity, title)),
        " ".join(stated),
        _boost(plan, entity),
        " ".join(rest),
        entity.id in shown_ids(plan),
        entity.search,
        dates=tuple(_dates(dated.date)) if dated and dated.date else (),
        dated=not dated or date_status(plan, dated) in SHOWN,
        sort="actor" if isinstance(entity, Actor) else "",
    )


def _roles(plan: Plan, actor: Actor) -> Iterator[tuple[str, bool]]:
    """Yield what *actor* does in each role, and whether the lens shows it."""
    for kind, links in roles_held(plan, actor).items():
        role = row_label(plan.settings.relations[kind].role)
        for link in links:
            words = gettext("%(role)s: %(entry)s.", role=role, entry=plan.title(link.other))
            yield words, link.relation.says.status in SHOWN


def _dates(date: Date) -> Iterator[str]:
    """Yield the ends of *date* as they may be typed."""
    if not date.edtf:
        yield date.label
        return
    for point in dict.fromkeys((date.edtf.start, date.edtf.end)):
        if point:
            yield from dict.fromkeys((_iso(point), str(point)))
            if (point.month or 12, point.day or 31) == (12, 31):
                yield gettext("end of %(year)s", year=point.year)


def _iso(point: Point) -> str:
    """Return *point* as ISO 8601 has it."""
    parts = [f"{point.year:04}", *(f"{part:02}" for part in (point.month, point.day) if part)]
    return "-".join(parts)


def _aliases(entity: Entity, title: str) -> Iterator[str]:
    """Yield alternative names: short names, variants, renderings and former ids."""
    aliases: list[str] = [name.text for name in entity.short.values()]
    if isinstance(entity, Term):
        aliases += [form for forms in entity.variants.values() for form in forms]
        aliases += [said.words for said in (*entity.wordings, *entity.renderings)]
    if isinstance(entity, Source):
        aliases.append(entity.publisher)
    aliases += [id.replace("-", " ") for id in entity.formerly]
    yield from dict.fromkeys(name for name in aliases if name and name != title)


def _boost(plan: Plan, entity: Entity) -> float:
    if isinstance(entity, Item):
        return BOOST["item"] if plan.level(entity).page == "own" else 1.0
    return BOOST.get(entity.kind_name, 1.0)
