"""Define citations, statements and dates."""

import re
from collections.abc import Container, Iterator
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeVar, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SkipValidation,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from plan_explorer.documents.unspaced import join_broken
from plan_explorer.model.dates import DateError, Period, parse_date
from plan_explorer.model.texts import Tag, Translated, in_one_language

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""What entries and indicators are called."""

Status = Literal["stated", "inferred", "disputed", "background", "known", "silence", "wording", "editorial"]
"""What a statement rests on; its label is what the plan calls it."""

MARK = re.compile(r"\[(@[^\[\]]*)\]")
_CITED = re.compile(r"(?<!\s)\s*" + MARK.pattern)
"""A citation and the blank in front of it."""
_LAST = re.compile(rf"\s*{MARK.pattern}\s*\Z")
OPEN = re.compile(r"\[@[^\[\]]*(?=\[|\Z)")
"""A citation that is not closed."""
_CITATION = re.compile(r"@?(?P<source>[^@\s]\S*?)(?:[\s#]+(?P<locators>\S.*))?")
BLANKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
"""What is one blank in text of one line; a no-break blank stays what it is."""
_MARKUP = re.compile(
    r"!?\[(?P<words>[^\[\]]+)\]\([^\s()]+\)|`+(?P<code>[^`]+)`+|\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|(?P<marks>\*{1,3}|(?<!\w)_{1,3})(?=\S)(?P<stressed>.+?)(?<=\S)(?P=marks)(?!(?<=_)\w)"
)
_LOCATOR = re.compile(r"(?P<passage>.+?)(?:\.(?P<first>\d{1,9})(?:[-–](?P<last>\d{1,9}))?)?")


class Model(BaseModel):
    """A mapping written by authors: immutable, without unknown keys, each text on one line."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    PARAGRAPHS: ClassVar[frozenset[str]] = frozenset()
    """The fields that keep their line breaks."""

    @model_validator(mode="before")
    @classmethod
    def _fold(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        refuse_empty(data, cls.model_fields)
        several = _in_several_languages(cls)
        read = {
            key: each if key in several else in_one_language(each, info, key) for key, each in data.items()
        }
        return {key: value if key in cls.PARAGRAPHS else fold(value) for key, value in read.items()}


@cache
def _in_several_languages(model: type[Model]) -> frozenset[str]:
    """Return the fields of *model* that hold something for each language, such as names."""
    types = {name: field.annotation for name, field in model.model_fields.items()}
    return frozenset(
        name for name, of in types.items() if get_origin(of) is dict and get_args(of)[0] in (str, Tag)
    )


M = TypeVar("M", bound=Model)


def construct(model: type[M], fields: dict[str, Any]) -> M:
    """Return a *model* with all its *fields*, which are known to be right.

    Like ``model_construct``, in a tenth of its time: 30,000 figures become statements.
    """
    made = model.__new__(model)
    for name, value in (
        ("__dict__", fields),
        ("__pydantic_fields_set__", set(fields)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(made, name, value)
    return made


def refuse_empty(data: dict[str, Any], known: Container[str]) -> None:
    """Raise an error that names the *known* keys with nothing behind them, if there are any."""
    keys = [key for key in data if data[key] is None and key in known] if None in data.values() else []
    if keys:
        raise PydanticCustomError("empty", "{keys}", {"keys": keys})


def on_one_line(text: str) -> str:
    """Return *text* with every run of white space as one blank, and none at its ends."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # so are nearly all, and this takes a tenth of the time
    return BLANKS.sub(" ", join_broken(text)).strip(" ")


def split_last_citation(text: str) -> tuple[str, str]:
    """Return *text* on one line and the citation at its end, without brackets, if there is no other."""
    line = on_one_line(text)
    last = _LAST.search(line)
    return (line[: last.start()], last[1]) if last and len(MARK.findall(line)) == 1 else (line, "")


def fold(value: Any) -> Any:
    """Return text, or each text of a list or mapping, with line breaks and tabs as blanks."""
    if isinstance(value, Translated):
        return Translated.of(on_one_line(value), value.language, value.original)
    if isinstance(value, str):
        return value if value.isprintable() else on_one_line(value)
    if isinstance(value, list):
        return [fold(each) for each in value]
    if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
        return {key: fold(each) for key, each in value.items()}
    return value


class Citation(NamedTuple):
    """A source, a passage, or sentences of a passage."""

    source: str
    passage: str = ""
    first: int = 0
    """The first sentence, from 1; 0 means the whole passage."""
    last: int = 0

    @property
    def sentences(self) -> range:
        return range(self.first, self.last + 1) if self.first else range(0)

    @property
    def locator(self) -> str:
        """The place within the source, as authors write it."""
        if not self.first:
            return self.passage
        more = f"-{self.last}" if self.last > self.first else ""
        return f"{self.passage}.{self.first}{more}"

    def __str__(self) -> str:
        return f"{self.source} {self.locator}".strip()


@lru_cache(maxsize=65536)  # parsed with the statement, and again on each page that shows it
def citations(text: str) -> tuple[Citation, ...]:
    """Return the citations in ``@source locator, locator; @source``.

    Raises:
        PydanticCustomError: ``citation``, if a part has no source, or a place is empty or another source.
    """
    parsed: list[Citation] = []
    for part in text.split(";"):
        match = _CITATION.fullmatch(part.strip())
        if not match or not match["source"]:
            raise PydanticCustomError("citation", "'{text}' is not a valid citation", {"text": text})
        locators = (match["locators"] or "").split(",")
        if "@" in (match["locators"] or "") or (len(locators) > 1 and not all(map(str.strip, locators))):
            raise PydanticCustomError("citation", "'{text}' is not a valid citation", {"text": text})
        for locator in locators:
            parsed.append(_citation(match["source"], locator.strip()))
    return tuple(parsed)


def _citation(source: str, locator: str) -> Citation:
    match = _LOCATOR.fullmatch(locator)
    if not match:
        return Citation(source)
    first = int(match["first"] or 0)
    if match["first"] and not first:
        return Citation(source, locator)  # sentences are numbered from 1, so this will be reported as unknown
    return Citation(source, match["passage"], first, int(match["last"] or first))


def _cites(value: Any) -> Any:
    if isinstance(value, tuple):
        return value  # already parsed, with the statement
    parts = value if isinstance(value, list) else [value]
    if not all(isinstance(part, str) for part in parts):
        raise PydanticCustomError("citation", "'{text}' is not a valid citation", {"text": value})
    if len(parts) == 1:
        return citations(parts[0])
    return tuple(citation for part in parts for citation in citations(part))


Cites = Annotated[tuple[Citation, ...], SkipValidation, BeforeValidator(_cites)]
"""Citations; not validated again, as the reader only returns citations."""


def short_form(value: Any, info: ValidationInfo) -> Any:
    """Return a text, in one language or several, as the mapping that it is short for."""
    read = in_one_language(value, info)
    return {"text": read} if isinstance(read, str) else read


def words_of(text: str) -> str:
    """Return *text* without its citations."""
    return on_one_line(_CITED.sub("", text) if "[@" in text else text)


def without_markup(text: str) -> str:
    """Return *text* of Markdown without its signs, as a reader sees it."""
    return _MARKUP.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    return match["words"] or match["code"] or match["sign"] or match["stressed"]


class Statement(Model):
    """One thing that is said, with its status and what it rests on."""

    text: str = ""
    """Markdown, with citations as ``[@source locator]``."""
    status: Status = "stated"
    """The status; by default it follows from the citations."""
    reason: str = ""
    """Why the editors read it this way."""
    cites: Cites = ()
    """All citations: those in the text, then those listed separately."""
    sides: tuple[Annotated["Statement", BeforeValidator(short_form)], ...] = ()
    """What each side says, where sources disagree."""
    language: Annotated[str, SkipJsonSchema()] = ""
    """The language of the text, where it is not told in that of the pages."""

    @model_validator(mode="before")
    @classmethod
    def _rest(cls, data: Any, info: ValidationInfo) -> Any:
        read = in_one_language(data, info)
        if not isinstance(read, dict) or not isinstance(text := read.get("text") or "", str):
            return read
        context = info.context or {}
        wanted = next(iter(context.get("languages", ())), "")
        own = text.language if isinstance(text, Translated) else context.get("language", "")
        cites = rests_on(read)
        return {
            **read,
            "cites": cites,
            "status": read.get("status") or status_of(cites, _primary(info)),
            **({"language": own} if text and own != wanted else {}),
        }

    @property
    def parts(self) -> Iterator[slice | tuple[Citation, ...]]:
        """The text as slices of words and groups of citations."""
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

    @cached_property
    def words(self) -> str:
        """The text without citations."""
        return words_of(self.text)

    @property
    def plain(self) -> str:
        """Its words without the signs of Markdown, as a reader sees them."""
        return without_markup(self.words)

    @property
    def all_words(self) -> str:
        """Its words, and those of its sides."""
        return " / ".join(filter(None, (self.words, *(side.words for side in self.sides))))

    @property
    def all_cites(self) -> tuple[Citation, ...]:
        """Its citations and those of its sides."""
        if not self.sides:
            return self.cites
        return self.cites + tuple(c for side in self.sides for c in side.cites)

    @property
    def cited(self) -> str:
        """All that it and its sides cite, as authors write it."""
        return "; ".join(f"@{place}" for place in self.all_cites)


def rests_on(data: dict[str, Any]) -> tuple[Citation, ...]:
    """Return the citations in the text of a statement and those listed apart."""
    apart, text = data.get("cites") or [], data.get("text") or ""
    within = MARK.findall(str(text))
    if not within and isinstance(text, Translated):
        within = MARK.findall(text.original)  # a translation rests on what the original rests on
    cites: tuple[Citation, ...] = _cites(within + (apart if isinstance(apart, list) else [apart]))
    return cites


def _primary(info: ValidationInfo) -> str:
    return str((info.context or {}).get("primary", ""))


def status_of(cites: tuple[Citation, ...], primary: str) -> Status:
    """Return the status that follows from *cites*: stated only if nothing but the primary source is cited."""
    return "background" if any(citation.source != primary for citation in cites) else "stated"


def _note(value: Any, info: ValidationInfo) -> Any:
    form = short_form(value, info)
    if not isinstance(form, dict) or form.get("status"):
        return form
    stated = status_of(rests_on(form), _primary(info)) == "stated"
    return {**form, "status": "wording"} if stated else form


Note = Annotated[Statement, BeforeValidator(_note)]
"""A statement about the wording: it is a note, and not what the source says."""

Says = Annotated[Statement, BeforeValidator(short_form)]
"""A statement, or just its text."""


def _period(value: Any) -> Any:
    if value is None or isinstance(value, Period):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("date", "{why}", {"why": "this is not a valid date"})
    try:
        return parse_date(value)
    except DateError as error:
        raise PydanticCustomError("date", "{why}", {"why": str(error)}) from None


When = Annotated[Period, BeforeValidator(_period)]


class Alternative(Model):
    """A different date given by a source."""

    edtf: When
    """The alternative date."""
    label: str = ""
    """The source's words for it."""
    cites: Cites = ()
    """The source that gives it."""


class EarlierDate(Model):
    """A date before it was moved."""

    edtf: When
    """The earlier date."""
    until: When | None = None
    """When it was moved."""
    because: str = ""
    """Why it was moved."""
    cites: Cites = ()
    """Where that is said."""

    @model_validator(mode="before")
    @classmethod
    def _rest(cls, data: Any) -> Any:
        """Let the reason cite, too."""
        if not isinstance(data, dict) or "[@" not in str(data.get("because") or ""):
            return data
        return {**data, "cites": rests_on({"text": data["because"], "cites": data.get("cites")})}


class Date(Model):
    """A date, the words for it and its sources."""

    edtf: When | None = None
    """The date: year, month or day, or a period of two separated by '/'."""
    label: str = ""
    """The source's words for it."""
    status: Status | None = None
    """The status; by default it follows from the citations."""
    reason: str = ""
    """Why the editors read it this way."""
    cites: Cites = ()
    """Where it is given; by default the citations of the summary."""
    alternatives: tuple[Alternative, ...] = ()
    """Alternative dates, where sources differ."""
    earlier: tuple[EarlierDate, ...] = ()
    """What it was before it was moved, oldest first."""

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
"""A date as a mapping, or just its EDTF."""
