"""Define indicators: what a plan measures, where it started, what it aims at and what has been reached."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from plan_explorer.documents.document import Document, Key
from plan_explorer.documents.unspaced import UNSPACED
from plan_explorer.model.dates import DateError, Period, parse_date
from plan_explorer.model.statements import (
    Cites,
    Id,
    Model,
    Says,
    Statement,
    Status,
    When,
    construct,
    rests_on,
    status_of,
    words_of,
)
from plan_explorer.translation import ENGLISH, N_, commas, gettext, pgettext, speaking, with_note

Comparator = Literal["at-least", "more-than", "at-most", "exactly"]
Quality = Literal["final", "provisional", "revised"]
Role = Literal["baseline", "value", "milestone", "target"]
"""What a figure of an indicator is."""

NUMBER = re.compile(r"[-+−]?(?:(?![0٠])\d{1,3}(?:([ ,'’\u00a0\u202f])\d{3})(?:\1\d{3})*|\d+)(?:\.\d+)?")
"""A number with a decimal point, whose thousands may be parted by blanks, commas or apostrophes."""
_DECIMAL_COMMA = re.compile(
    r"[-+−]?(?:(?![0٠])\d{1,3}([ .'’\u00a0\u202f])\d{3}(?:\1\d{3})*,\d+|0,\d+|\d+,(?:\d{1,2}|\d{4,}))"
)
_STANDS_CLOSE = re.compile(rf"[%％]$|[{UNSPACED}]")
"""A unit that no blank stands before."""
_PARTED = re.compile(r"[ ,'’\u00a0\u202f]")
_ARABIC_SIGNS = str.maketrans("٫٬", ".,")
"""What parts thousands and decimals among Arabic digits, and the signs that do so among others."""


@lru_cache(maxsize=65536)  # asked for by every page, figure and export with the value
def number_of(value: str) -> Decimal | None:
    """Return the number that *value* is, or None if it is anything else.

    A comma parts thousands if three digits follow, and is the decimal sign otherwise: also behind a single
    zero, or thousands that another sign parts.
    """
    value = value.translate(_ARABIC_SIGNS)
    if _DECIMAL_COMMA.fullmatch(value):
        value = value.replace(".", "").replace(",", ".")
    if not NUMBER.fullmatch(value):
        return None
    return Decimal(_PARTED.sub("", value).replace("−", "-"))


def amount(value: str, unit: str) -> str:
    """Return *value* with its unit, as a reader sees it: ``30%``, ``8 million``, ``80万册``."""
    if unit == "%":
        return gettext("%(value)s%%", value=value)
    return f"{value}{unit}" if _STANDS_CLOSE.match(unit) else f"{value} {unit}".strip()


class Cited(Model):
    """Something with its own evidence."""

    cites: Cites = ()
    """Where it is given."""
    status: Status | None = None
    """The status; by default it follows from the citations."""

    @model_validator(mode="before")
    @classmethod
    def _rest(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or not (data.get("cites") or "because" in data):
            return data
        why = data.get("because")
        cites = rests_on({"text": why, "cites": data.get("cites")})
        primary = str((info.context or {}).get("primary", ""))
        because = {"because": words_of(why)} if isinstance(why, str) else {}
        status = data.get("status") or status_of(cites, primary)
        return {**data, **because, "cites": cites, "status": status}


class Figure(Cited):
    """A figure of an indicator; without citations of its own it rests on those of the summary."""

    value: str = Field(min_length=1)
    """The figure, a number without its unit."""
    reason: str = ""
    """What is to be known of it."""

    @property
    def number(self) -> Decimal | None:
        return number_of(self.value)


class Value(Figure):
    """A measured value and its date."""

    date: When | None = None
    """When it was measured, or the period for which it holds."""
    of: str = ""
    """The group it is about, if not all: ``women``; what the groups are stands under ``by``."""
    quality: Quality = "final"
    """Whether its source calls it provisional or has revised it."""

    @cached_property
    def written(self) -> tuple[Document, Key] | None:
        """The file it was read from and its row there, unless it stands with its indicator."""
        return None

    def written_in(self, document: Document, key: Key) -> "Value":
        """Return it after noting the file it was read from, and its place there."""
        # No part of what it says: equal values are equal wherever they stand.
        self.__dict__["written"] = (document, key)
        return self


def _end_of(value: Value) -> tuple[date, date]:
    """Return by what values stand in order: the end of what they are of."""
    assert value.date
    return value.date.last or date.max, value.date.first or date.min


RANK: dict[Quality, int] = {"provisional": 0, "final": 1, "revised": 2}
"""Which of several values for one date counts."""

_OF_VALUE = {name: field.default for name, field in Value.model_fields.items()}


def plain_value(data: Mapping[str, Any], primary: str) -> Value | None:
    """Return the value that *data* has, if nothing in it needs a closer look, as in most.

    In a third of the time: 30,000 values take 0.3 CPU seconds instead of 0.9.
    """
    cites = data.get("cites", "")
    texts = [each for name, each in data.items() if name != "cites"]
    if not (data.keys() <= _OF_VALUE.keys() and "status" not in data and data.get("value")):
        return None
    if not all(isinstance(each, str) and each.isprintable() for each in texts):
        return None
    if data.get("quality", "final") not in RANK or not isinstance(cites, str | list):
        return None
    try:
        cited = rests_on({"cites": cites}) if cites else ()
        date = parse_date(data["date"])
    except (KeyError, PydanticCustomError, DateError):
        return None
    status = status_of(cited, primary) if cited else None
    return construct(Value, {**_OF_VALUE, **data, "date": date, "cites": cited, "status": status})


def _plain_values(values: Any, info: ValidationInfo) -> Any:
    if not isinstance(values, list):
        return values
    primary = str((info.context or {}).get("primary", ""))
    return [(plain_value(each, primary) if isinstance(each, dict) else None) or each for each in values]


class Earlier(Cited):
    """What was aimed at before that was changed."""

    value: str = ""
    """The earlier value, if it was another."""
    due: When | None = None
    """The earlier deadline, if it was another."""
    until: When | None = None
    """When it was changed."""
    because: str = ""
    """Why it was changed."""

    @model_validator(mode="after")
    def _something(self) -> "Earlier":
        if not self.value and self.due is None:
            raise PydanticCustomError("no-earlier", "an earlier aim needs a 'value' or a 'due'")
        return self


BOUNDS: dict[Comparator, str] = {
    "at-least": N_("at least %(value)s"),
    "more-than": N_("more than %(value)s"),
    "at-most": N_("at most %(value)s"),
}
"""How a value to reach is told that need not be exactly that."""


class Aim(Figure):
    """A figure to reach."""

    comparator: Comparator = "exactly"
    """Whether to reach at least this value, more than it, at most or exactly it."""
    due: When | None = None
    """The deadline."""
    earlier: tuple[Earlier, ...] = ()
    """What was aimed at before, oldest first."""

    @property
    def bounded(self) -> str:
        """Return the value after what bounds it: *at least 30*."""
        return self.bound(self.value)

    def told(self, unit: str) -> str:
        """Return what is aimed at: *at least 30%*."""
        return self.bound(amount(self.value, unit))

    def bound(self, words: str) -> str:
        """Return *words* of the value after what bounds it."""
        bound = BOUNDS.get(self.comparator) if self.value else None
        return gettext(bound, value=words) if bound else words


class Met(Cited):
    """That a milestone was reached."""

    date: When
    """When it was reached."""
    reason: str = ""
    """What is to be known of it."""


def _met(value: Any) -> Any:
    return {"date": value} if isinstance(value, str) else value


class Milestone(Aim):
    """A step on the way to a target."""

    value: str = ""
    """The value to reach by then, if it can be measured."""
    name: str = ""
    """What is to be done by then, in a few words, if there is no value."""
    met: Annotated[Met | None, BeforeValidator(_met)] = None
    """When it was reached, if a source says so."""

    def told(self, unit: str) -> str:
        """Return what is aimed at, after its name: *first line open, 30%*."""
        return commas(filter(None, (self.name, super().told(unit) if self.value else "")))

    @model_validator(mode="after")
    def _something(self) -> "Milestone":
        if not self.value and not self.name:
            raise PydanticCustomError("no-milestone", "a milestone needs a 'value' or a 'name'")
        return self


class Target(Aim):
    """A measurable target: an indicator in short."""

    indicator: str
    """What is measured."""
    unit: str = ""
    """The unit of the value and the baseline: ``%``, ``km``, ``million people``."""
    baseline: Value | None = None
    """The starting value."""


class PlacedFigure(NamedTuple):
    """A figure of an indicator, and where it was written."""

    role: Role
    figure: Figure
    key: Key
    """The way to it from its entry; of a value in a file of its own, that which it would have."""


class Indicator(Model):
    """What is measured, from where it starts to what is aimed at."""

    id: Id = ""
    """What a file of values calls it; by default the id of the item."""
    name: str = Field(min_length=1)
    """What is measured."""
    about: Says | None = None
    """How it is measured, with a citation."""
    unit: str = ""
    """The unit of all its figures: ``%``, ``km``, ``million people``."""
    direction: Literal["up", "down", ""] = ""
    """Whether it is to rise or to fall; by default as the target stands to the baseline."""
    by: str = ""
    """What divides its values into groups: ``sex``, ``district``."""
    period: When | None = None
    """The time within which its values lie."""
    baseline: Value | None = None
    """The starting value."""
    targets: tuple[Aim, ...] = ()
    """The values to reach, each with its deadline."""
    milestones: tuple[Milestone, ...] = ()
    """Steps on the way."""
    values: Annotated[tuple[Value, ...], BeforeValidator(_plain_values)] = ()
    """The measured values."""
    values_file: str = ""
    """A CSV file beside the plan with more of them: ``values.csv``."""

    @property
    def aims(self) -> tuple[Aim, ...]:
        """Its targets and milestones."""
        return (*self.targets, *self.milestones)

    @property
    def start(self) -> Value | None:
        """The baseline, if that is a number."""
        return self.baseline if self.baseline and self.baseline.number is not None else None

    @cached_property
    def measured(self) -> tuple[Value, ...]:
        """The values of the whole, one for each date, the latest of its kind, by date."""
        return self._series("")

    @cached_property
    def groups(self) -> dict[str, tuple[Value, ...]]:
        """The values of each group, in the same way."""
        names = dict.fromkeys(value.of for value in self.values if value.of)
        return {name: self._series(name) for name in names}

    def _series(self, group: str) -> tuple[Value, ...]:
        by_date: dict[str, Value] = {}
        for value in self.values:
            if value.of == group and value.date and value.number is not None:
                old = by_date.get(value.date.edtf)
                if old is None or RANK[value.quality] >= RANK[old.quality]:
                    by_date[value.date.edtf] = value
        return tuple(sorted(by_date.values(), key=_end_of))

    def placed(self, key: Key) -> Iterator[PlacedFigure]:
        """Yield its figures, each with the way to it from *key*."""
        if self.baseline:
            yield PlacedFigure("baseline", self.baseline, (*key, "baseline"))
        for at, value in enumerate(self.values):
            yield PlacedFigure("value", value, (*key, "values", at))
        for at, milestone in enumerate(self.milestones):
            yield PlacedFigure("milestone", milestone, (*key, "milestones", at))
        for at, target in enumerate(self.targets):
            yield PlacedFigure("target", target, (*key, "targets", at))


def in_full(target: Target) -> Indicator:
    """Return the indicator that *target* is short for."""
    aim = Aim.model_construct(**{name: getattr(target, name) for name in Aim.model_fields})
    start = target.baseline
    if start and target.cites and not (start.cites or start.status):  # they are those of the whole
        start = start.model_copy(update={name: getattr(target, name) for name in Cited.model_fields})
    fields = {"name": target.indicator, "unit": target.unit, "baseline": start, "targets": (aim,)}
    return Indicator.model_construct(_fields_set=set(fields), **{**_EMPTY, **fields})


_EMPTY = {name: field.default for name, field in Indicator.model_fields.items() if not field.is_required()}


def statement_of(indicator: Indicator, placed: PlacedFigure, otherwise: Statement | None) -> Statement:
    """Return what a figure says, resting on what it cites, or else on what *otherwise* does.

    Its words are English whatever is spoken, as its address and its stamps are made of them; readers are
    told `figure_in_a_sentence`.
    """
    figure = placed.figure
    status, reason, cites = figure.status, figure.reason, figure.cites
    if otherwise and not (cites or status) and otherwise.status in INHERITED:
        status, reason, cites = otherwise.status, reason or otherwise.reason, otherwise.all_cites
    with speaking(ENGLISH):
        text = figure_in_a_sentence(indicator, placed)
    return construct(
        Statement,
        {
            "text": text,
            "status": status or "stated",
            "reason": reason,
            "cites": cites,
            "sides": (),
            "language": "",
        },
    )


def is_figure(key: Key) -> bool:
    """Return whether *key*, of a statement, is that of a figure, whose words are made of its parts."""
    return key[0] == "target" or (key[0] == "indicators" and key[-1] != "about")


INHERITED = ("stated", "background", "inferred")
"""What a summary may be for figures without citations of their own to rest on the same."""


def figure_in_a_sentence(indicator: Indicator, placed: PlacedFigure) -> str:
    """Return what a figure says, in a sentence: *Days of smoke: at most 10 days by 2030*."""
    figure = figure_in_words(indicator, placed)
    return gettext("%(indicator)s: %(figure)s.", indicator=indicator.name, figure=figure)


def figure_in_words(indicator: Indicator, placed: PlacedFigure) -> str:
    """Return a figure with its unit and date: *at least 30% by 2030*."""
    figure = placed.figure
    if isinstance(figure, Aim):
        return by(figure.told(indicator.unit), figure.due)
    assert isinstance(figure, Value)
    words = amount(figure.value, indicator.unit)
    return when(with_note(words, figure.of) if figure.of else words, figure.date)


def by(words: str, due: Period | None) -> str:
    """Return *words* of a target with its deadline: *30% by 2030*."""
    if due is None:
        return words
    if due.end and due.end.day and due.start:
        return pgettext("a day", "%(value)s by %(date)s", value=words, date=due)
    if due.end and due.start:
        return gettext("%(value)s by %(date)s", value=words, date=due)
    return commas((words, str(due)))


def when(words: str, period: Period | None) -> str:
    """Return *words* of a value with its time: *30% in 2025*, *30% on 31 December 2022*."""
    if period is None:
        return words
    if not period.single:
        return commas((words, str(period)))
    if period.end and period.end.day:
        return gettext("%(value)s on %(date)s", value=words, date=period)
    return gettext("%(value)s in %(date)s", value=words, date=period)


def role_in_words(role: Role) -> str:
    """Return what a figure of an indicator is called by its *role*."""
    match role:  # each row of a table asks
        case "baseline":
            return pgettext("a figure", "baseline")
        case "value":
            return pgettext("a figure", "value")
        case "milestone":
            return pgettext("a figure", "milestone")
        case "target":
            return pgettext("a figure", "target")


def quality_in_words(quality: Quality) -> str:
    """Return what a value is called by its *quality*; nothing, if it is final."""
    match quality:
        case "final":
            return ""
        case "provisional":
            return pgettext("of a value", "provisional")
        case "revised":
            return pgettext("of a value", "revised")


class Progress(Cited):
    """How far an item has come, as a source puts it."""

    state: str = Field(min_length=1)
    """The word for it, as listed under ``progress`` in plan.yaml."""
    date: When
    """As of when that is said."""
    because: str = Field(min_length=1)
    """Why: one sentence, with its citation."""

    @cached_property
    def says(self) -> Statement:
        """The reason as a statement."""
        return Statement.model_construct(
            text=self.because, status=self.status or "stated", reason="", cites=self.cites, sides=()
        )
