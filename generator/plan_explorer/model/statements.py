"""What is said, and on what it rests: citations, statements and dates."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, SkipValidation, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from plan_explorer.model.dates import DateError, Period, parse_date

Status = Literal["stated", "inferred", "background", "disputed", "editorial"]

MARK = re.compile(r"\[(@[^\]]*)\]")
OPEN = re.compile(r"\[@[^\]]*\Z")
"""A citation that is never closed."""
_CITATION = re.compile(r"@?(?P<source>[^@\s]\S*?)(?:[\s#]+(?P<locators>\S.*))?")
_BEFORE_POINT = re.compile(r"\s+([.,;:])")
_LOCATOR = re.compile(r"(?P<passage>.+?)(?:\.(?P<first>\d+)(?:[-–](?P<last>\d+))?)?")


class Model(BaseModel):
    """Anything an author writes as a mapping: no unknown key, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Citation(NamedTuple):
    """A place in a source: the whole of it, a passage, or sentences of a passage."""

    source: str
    passage: str = ""
    first: int = 0
    """The first sentence, from 1; 0 is the whole passage."""
    last: int = 0

    @property
    def sentences(self) -> range:
        return range(self.first, self.last + 1) if self.first else range(0)

    @property
    def locator(self) -> str:
        """The place within the source, as an author writes it."""
        if not self.first:
            return self.passage
        more = f"-{self.last}" if self.last > self.first else ""
        return f"{self.passage}.{self.first}{more}"

    def __str__(self) -> str:
        return f"{self.source} {self.locator}".strip()


@lru_cache(maxsize=65536)  # read with the statement, and again on each page that shows it
def citations(text: str) -> tuple[Citation, ...]:
    """Return the citations in ``@source locator, locator; @source``.

    Raises:
        PydanticCustomError: ``citation``, if a part of it names no source.
    """
    found: list[Citation] = []
    for part in text.split(";"):
        match = _CITATION.fullmatch(part.strip())
        if not match or not match["source"]:
            raise PydanticCustomError("citation", "'{text}' is no citation", {"text": text})
        for locator in (match["locators"] or "").split(","):
            found.append(_citation(match["source"], locator.strip()))
    return tuple(found)


def _citation(source: str, locator: str) -> Citation:
    match = _LOCATOR.fullmatch(locator)
    if not match:
        return Citation(source)
    first = int(match["first"] or 0)
    if match["first"] and not first:
        return Citation(source, locator)  # sentences count from 1: no passage is called so
    return Citation(source, match["passage"], first, int(match["last"] or first))


def _cites(value: Any) -> Any:
    if isinstance(value, tuple):
        return value  # read already, with the statement
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise PydanticCustomError("citation", "'{text}' is no citation", {"text": value})
    if len(parts) == 1:
        return citations(parts[0])
    return tuple(citation for part in parts for citation in citations(part))


Cites = Annotated[tuple[Citation, ...], SkipValidation, BeforeValidator(_cites)]
"""Places in sources; whatever is read of them is citations already."""


def _short_form(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Statement(Model):
    """One thing that is said, with its status and what it rests on."""

    text: str = ""
    """Markdown; citations stand in it as ``[@source locator]``."""
    status: Status = "stated"
    """Follows from the citations unless the author says otherwise."""
    reason: str = ""
    """Why a reading of the editors is a good one."""
    cites: Cites = ()
    """All citations: those in the text, then those listed apart."""
    sides: tuple[Annotated["Statement", BeforeValidator(_short_form)], ...] = ()
    """What each side says, where sources disagree."""

    @model_validator(mode="before")
    @classmethod
    def _rest(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or not isinstance(text := data.get("text") or "", str):
            return data
        apart = data.get("cites") or []
        cites = _cites(MARK.findall(text) + (apart if isinstance(apart, list) else [apart]))
        primary = (info.context or {}).get("primary", "")
        return {**data, "cites": cites, "status": data.get("status") or status_of(cites, primary)}

    @property
    def parts(self) -> Iterator[slice | tuple[Citation, ...]]:
        """The text in pieces: where its words stand, and groups of citations between them."""
        end = 0
        inline: list[Citation] = []
        for match in MARK.finditer(self.text):
            if self.text[end : match.start()].rstrip():
                yield slice(end, match.start())
            group = citations(match[1])
            inline += group
            yield group
            end = match.end()
        if end < len(self.text):
            yield slice(end, len(self.text))
        if apart := tuple(c for c in self.cites if c not in inline):
            yield apart

    @property
    def words(self) -> str:
        """The text without its citations."""
        bare = " ".join(MARK.sub("", self.text).split())
        return _BEFORE_POINT.sub(lambda match: match[1], bare)

    @property
    def all_cites(self) -> tuple[Citation, ...]:
        """Its citations and those of its sides."""
        if not self.sides:
            return self.cites
        return self.cites + tuple(c for side in self.sides for c in side.cites)


def status_of(cites: tuple[Citation, ...], primary: str) -> Status:
    """Return the status that follows from *cites*; *primary* is the id of the primary source."""
    for citation in cites:
        if citation.source == primary:
            return "stated"
    return "background" if cites else "stated"


Says = Annotated[Statement, BeforeValidator(_short_form)]
"""A statement, or only its text."""


def _period(value: Any) -> Any:
    if value is None or isinstance(value, Period):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("date", "{why}", {"why": "this is no date"})
    try:
        return parse_date(value)
    except DateError as error:
        raise PydanticCustomError("date", "{why}", {"why": str(error)}) from None


When = Annotated[Period, BeforeValidator(_period)]


class Alternative(Model):
    """Another date that a source gives."""

    edtf: When
    """The other date."""
    label: str = ""
    """The words of the source for it."""
    cites: Cites = ()
    """The source that gives it."""


class Date(Model):
    """When something is, in which words, and by whose account."""

    edtf: When | None = None
    """The date: year, month or day, or a period of two with '/'."""
    label: str = ""
    """The words of the source for it."""
    status: Status | None = None
    """Follows from the citations unless the author says otherwise."""
    reason: str = ""
    """Why the date is read so."""
    cites: Cites = ()
    """Where it stands; without, it rests on what the summary cites."""
    alternatives: tuple[Alternative, ...] = ()
    """Other dates, where sources differ."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.edtf is None and not self.label:
            raise PydanticCustomError("no-date", "a date needs an 'edtf' or at least a 'label'")
        return self

    def __str__(self) -> str:
        return str(self.edtf) if self.edtf else self.label


def _date(value: Any) -> Any:
    return {"edtf": value} if isinstance(value, str) else value


Dated = Annotated[Date, BeforeValidator(_date)]
"""A date as a mapping, or only its EDTF."""
