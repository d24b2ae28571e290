"""Build the guide for editors of a plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plan_explorer.diagnostics.codes import CODES, Code
from plan_explorer.model.dates import parse_date
from plan_explorer.model.entities import (
    Actor,
    Comparison,
    ComparisonRow,
    ComparisonSection,
    Crosswalk,
    Entity,
    Event,
    Item,
    Name,
    OutsideEntry,
    Pair,
    Passage,
    Section,
    Source,
    Term,
    View,
    ViewGroup,
)
from plan_explorer.model.examples import DATE, DATES, INDICATOR, OPTIONS, PLAN_YAML, PROGRESS
from plan_explorer.model.indicators import Aim, Earlier, Indicator, Met, Milestone, Progress, Target, Value
from plan_explorer.model.json_schema import RELATION_KEYS
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import (
    Language,
    Level,
    Numbers,
    RelationKind,
    Removed,
    Settings,
    SiteOptions,
    State,
    Strand,
    Wording,
)
from plan_explorer.model.statements import Alternative, Date, EarlierDate, Statement

MAX_EXAMPLE_LINES = 16
"""The most lines of an example."""


@dataclass(frozen=True)
class Sample:
    """An entry as written in a file of the plan."""

    path: str
    text: str


@dataclass(frozen=True)
class Recipe:
    """Instructions for adding an entry of one kind."""

    noun: str
    """What it is called, in lower case."""
    kind: str
    """The argument KIND of ``plan-explorer new``."""
    collection: str
    """The key of the collection that contains it."""
    kinds: tuple[tuple[str, str], ...]
    """The allowed values of ``kind``, with their names."""
    sample: Sample | None


class KeyRow(NamedTuple):
    """A key that may be written."""

    name: str
    required: bool
    about: str
    values: tuple[str, ...] = ()
    """The values it can have, if they are few."""
    default: str = ""
    """Which of them it has unless it is written."""


@dataclass(frozen=True)
class Keys:
    """The keys of one kind of mapping."""

    title: str
    anchor: str
    about: str
    keys: tuple[KeyRow, ...]
    example: str = ""


def recipes(plan: Plan) -> list[Recipe]:
    """Return instructions for each kind of entry, with examples."""
    level, settings = _main_level(plan), plan.settings
    items = [item for item in plan.items if item.level == level.id]
    sources = [each for each in plan.sources if not each.outline]
    first = Recipe(level.name.one.lower(), level.id, level.plural, (), _sample(plan, items))
    others: list[tuple[str, dict[str, str], Iterable[Entity]]] = [
        (Term.kind_name, settings.term_kinds, plan.terms),
        (Event.kind_name, settings.event_kinds, plan.events),
        (Actor.kind_name, settings.actor_kinds, plan.actors),
        (Source.kind_name, {}, sources),
    ]
    return [
        first,
        *(
            Recipe(noun, noun, f"{noun}s", tuple(kinds.items()), _sample(plan, entities))
            for noun, kinds, entities in others
        ),
    ]


def _main_level(plan: Plan) -> Level:
    """Return the level with most items, preferably a commitment."""
    levels = list(plan.settings.levels.values())
    binding = [level for level in levels if level.commitment] or levels
    return max(binding, key=lambda level: sum(item.level == level.id for item in plan.items))


def _sample(plan: Plan, entities: Iterable[Entity]) -> Sample | None:
    """Return the entry that shows most keys in few lines, as its author wrote it."""
    entries = [plan.entries[each.id] for each in entities]
    samples = [Sample(each.document.path, each.document.excerpt(each.key)) for each in entries]
    short = [each for each in samples if len(each.text.split("\n")) <= MAX_EXAMPLE_LINES] or samples
    return max(short, key=lambda each: each.text.count(":"), default=None)


def levels(plan: Plan) -> list[tuple[Level, str, int]]:
    """Return every level with its parents and size."""
    known = plan.settings.levels
    return [
        (
            level,
            " or ".join(known[each].name.one.lower() for each in level.under) or "none",
            sum(item.level == level.id for item in plan.items),
        )
        for level in known.values()
    ]


def mappings() -> list[Keys]:
    """Return the keys of every mapping in content files, plan.yaml and mkdocs.yml."""
    return [*_entries(), *_parts(), *_of_settings()]


def _entries() -> Iterator[Keys]:
    titles: dict[type[Entity], str] = {
        Item: "Items of any level",
        Term: "Terms",
        Event: "Events",
        Actor: "Actors",
        Source: "Sources",
        Comparison: "Comparisons of two sources",
        Crosswalk: "Crosswalks to other frameworks",
    }
    common = set(Entity.model_fields)
    yield _keys(Entity, "Every entry", "entry")
    for model, title in titles.items():
        yield _keys(model, title, model.__name__.lower(), without={*common, "level"})


def _parts() -> Iterator[Keys]:
    yield _keys(Statement, "Statements", "statement")
    about = "A link to another entry: the kind, the id it leads to, and why."
    known = tuple(KeyRow(key, False, text) for key, text in RELATION_KEYS.items())
    yield Keys("Relations", "relation", about, (KeyRow("KIND", True, "The id of the other entry."), *known))
    yield _keys(Date, "Dates", "date", example=DATE)
    yield _keys(Alternative, "Alternatives of a date", "alternative")
    yield _keys(Name, "Names, where there is more to say than the name", "name")
    yield _keys(EarlierDate, "Dates that were moved", "earlier-date")
    yield _keys(Target, "Targets in short", "target")
    yield _keys(Indicator, "Indicators", "indicator", example=INDICATOR)
    yield _keys(Value, "Baselines and measured values", "value")
    yield _keys(Aim, "Targets of an indicator", "aim")
    yield _keys(Milestone, "Milestones", "milestone")
    yield _keys(Earlier, "Targets that were changed", "earlier")
    yield _keys(Met, "Milestones that were reached", "met")
    yield _keys(Progress, "Progress", "progress", example=PROGRESS)
    yield _keys(Section, "Sections of an outline", "section")
    yield _keys(Passage, "Passages of a section", "passage")
    yield _keys(ComparisonSection, "Sections of a comparison", "comparison-section")
    yield _keys(ComparisonRow, "Points of a comparison", "comparison-row")
    yield _keys(OutsideEntry, "Entries of another framework", "outside-entry")
    yield _keys(Pair, "Pairs of a crosswalk", "pair")


def _of_settings() -> Iterator[Keys]:
    parts: list[tuple[type[BaseModel], str, str]] = [
        (Settings, "The plan as a whole, in plan.yaml", "settings"),
        (Language, "Languages", "language"),
        (Wording, "Wording", "wording"),
        (Strand, "Strands", "strand"),
        (Level, "Levels of a strand", "level"),
        (Numbers, "Names of a level", "numbers"),
        (RelationKind, "Kinds of relation", "relation-kind"),
        (View, "Views", "view"),
        (ViewGroup, "Rows of a view", "view-group"),
        (State, "Words for progress", "state"),
        (Removed, "Removed entries", "removed"),
    ]
    unused = set(Entity.model_fields) - {"id", "name", "summary", "statements"}
    for model, title, anchor in parts:
        yield _keys(
            model, title, anchor, without=unused if model is View else (), example=PLAN_YAML.get(anchor, "")
        )
    yield _keys(SiteOptions, "The site, in mkdocs.yml", "options", example=OPTIONS)


def _keys(
    model: type[BaseModel], title: str, anchor: str, without: Iterable[str] = (), example: str = ""
) -> Keys:
    fields = {name: field for name, field in model.model_fields.items() if name not in without}
    known = tuple(_row(name, field) for name, field in fields.items())
    return Keys(title, anchor, _plain(model.__doc__), known, example.rstrip())


def _row(name: str, field: FieldInfo) -> KeyRow:
    values = tuple(each for each in _values(field.annotation) if each)
    default = str(field.default).lower() if isinstance(field.default, bool) else field.default
    about = _plain(field.description)
    if get_origin(field.annotation) is dict and (keys := _values(get_args(field.annotation)[0])):
        about += f" Its keys: {', '.join(f'`{key}`' for key in keys)}."
    return KeyRow(name, field.is_required(), about, values, default if default in values else "")


def _values(annotation: Any) -> tuple[str, ...]:
    """Return the values that *annotation* allows, if they are few."""
    if annotation is bool:
        return ("true", "false")
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) in (Union, UnionType):
        return tuple(value for each in get_args(annotation) for value in _values(each))
    return ()


def date_forms() -> list[tuple[str, str]]:
    """Return every form of a date, with what readers see."""
    return [(form, str(parse_date(form))) for form in DATES]


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("``", "`").split())


def messages() -> dict[str, Code]:
    """Return every problem code with its explanation."""
    return dict(sorted(CODES.items()))


def guide_context(plan: Plan) -> dict[str, Any]:
    """Return the data for the editors' page."""
    passages = plan.primary.passages
    place = passages[0].id if passages else "PLACE"
    return {"recipes": recipes(plan), "levels": levels(plan), "place": place}
