"""Say in an author's words what pydantic found wrong with an entry."""

import re
import types
import unicodedata
from collections.abc import Container, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import reduce
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from plan_explorer.diagnostics.problems import Problem
from plan_explorer.diagnostics.suggestions import did_you_mean, nearest
from plan_explorer.documents.csv_rows import CsvRows
from plan_explorer.documents.document import Document, Key
from plan_explorer.model.dates import read_date
from plan_explorer.model.entities import Name, Relation
from plan_explorer.model.indicators import Met
from plan_explorer.model.statements import Date, Statement

FORMS = {
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
"""What was expected, by pydantic's name for the error."""

NAMES = ("name", "short")
"""Keys whose value is text, or text by language."""

EITHER = {
    "name": "text, or a mapping from languages to names",
    "short": "text, or a mapping from languages to names",
    "date": "a date, or a mapping with 'edtf'",
    "summary": "text, or a mapping with 'text'",
    "statements": "text, or a mapping with 'text'",
    "notes": "text, or a mapping with 'text'",
    "sides": "text, or a mapping with 'text'",
    "relations": "a mapping: 'KIND: id'",
    "about": "text, or a mapping with 'text'",
    "met": "a date, or a mapping with 'date'",
}
"""What may stand under a key that takes more than one form."""

APART = (
    *("target", "short", "gist", "statements", "notes", "wordings", "renderings", "relations", "variants"),
    *("find", "translation", "passage", "sentence", "hues", "wording", "licence", "house_rules", "statuses"),
    *("loaded_words", "lede", "title", "code", "indicators", "progress"),
)
"""Keys of an entry, or of plan.yaml, of which one can be left out without making another wrong."""

_YEARS = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4}|\d\d)", re.ASCII)
_QUARTER = re.compile(r"(?P<year>\d{4})[- ]?Q(?P<quarter>[1-4])", re.ASCII | re.IGNORECASE)
_SEASON = re.compile(r"\d{4}-2[1-4]")
"""A season, as EDTF has it and the plan has not."""

SHORT_FORMS = (Date, Met, Name, Relation, Statement)
"""What may be written as less than a mapping."""

MEANT = {
    ("target", "text"): "write {indicator: …, value: …}",
    ("target", "a list"): "write several under 'indicators', each with its 'targets'",
    ("targets", "a mapping"): "begin each target with '- '",
    (
        "values",
        "text",
    ): "name a file of values under 'values_file', or list them: - {value: 41, date: 2020}",
    ("values", "a mapping"): "list the values: - {value: 41, date: 2020}",
    ("progress", "text"): "begin each with '- ': - {state: on-track, date: 2025, because: … [@source]}",
    ("progress", "a mapping"): "begin each with '- ': - {state: on-track, date: 2025, because: … [@source]}",
    ("indicators", "text"): "begin each with '- name:'",
    ("indicators", "a mapping"): "begin each with '- name:'",
    ("baseline", "text"): "write {value: 41, date: 2020}",
}
"""What an author probably meant who wrote a key's value in another form."""

MENDED = ("extra_forbidden", "relation", "date", "missing", "too_short")
"""Faults, by pydantic's names, that are put right or follow from one that is."""

INNER = ("says", "[key]")
"""Steps of a place that stand in our models and not in the author's file."""


def explain(
    error: ValidationError, model: type[BaseModel], document: Document, key: Key
) -> Iterator[Problem]:
    """Yield a problem for every fault found in the mapping at *key*."""
    faults = error.errors(include_url=False)
    misspelt = {
        str(fault["loc"][-1]): fault["loc"][:-1] for fault in faults if fault["type"] == "extra_forbidden"
    }
    for fault in faults:
        here = [word for word, place in misspelt.items() if place == fault["loc"][:-1]]
        if fault["type"] == "missing" and _is_misspelt(str(fault["loc"][-1]), here):
            continue  # it is there, under a misspelt name
        if fault["type"] == "too_short" and fault["input"]:
            continue  # its entries are reported one by one
        place = tuple(step for step in fault["loc"] if step not in INNER)
        if fault["type"] == "empty":
            yield from (_empty(document, (*key, *place, word)) for word in fault["ctx"]["keys"])
            continue
        if fault["type"] == "relation" and (slips := _slips(fault["ctx"]["said"])):
            for word in slips:
                hint = did_you_mean(word, Relation.FIELDS)
                message = f"there is no key '{word}' here"
                yield document.problem("unknown-key", message, (*key, *place, word), hint, on_key=True)
            continue
        yield _problem(dict(fault), model, document, (*key, *place))


def _is_misspelt(name: str, keys: list[str]) -> bool:
    """Return whether one of *keys* was meant to be *name*."""
    return bool(nearest(name, keys)) or name in map(_first_word, keys)


def _first_word(key: str) -> str:
    """Return the word with which *key* begins, behind which a colon or a blank may be missing."""
    return re.split(r"[\s:：={;]", key, maxsplit=1)[0]


def _key_hint(name: str, model: type[BaseModel], there: Container[str]) -> str:
    """Return what to write in place of the key *name*, *there* in a mapping that *model* describes."""
    known, word = model.model_fields, _first_word(name)
    if word in known and (value := re.sub(r"^[\s:：=;]+", "", name[len(word) :])):
        return f"a colon and a blank belong behind '{word}': write '{word}: {value}'"
    inner = {key: _model_in(field.annotation) for key, field in known.items()}
    if below := [key for key, each in inner.items() if each is Statement and name in Statement.model_fields]:
        return f"it belongs to a statement: indent it below its 'text', under {' or '.join(below)}"
    if meant := did_you_mean(name, [key for key in known if key not in there]):
        return meant
    if name.isdecimal():
        return "put a number with a comma in quotes, or write a decimal point"
    if re.search(r"\s", name):
        return "text with ': ' or a comma in it needs quotes"
    return f"keys here: {', '.join(known)}"


def _slips(said: list[str]) -> list[str]:
    """Return those of several keys of a relation that are misspelt fields of it, and not its kind."""
    return [word for word in said if nearest(word, Relation.FIELDS)] if len(said) > 1 else []


def repair(data: dict[str, Any], error: ValidationError, model: type[BaseModel]) -> dict[str, Any] | None:
    """Return *data* as it was probably meant, so that the rest of it is looked at in the same run.

    Misspelt keys are put right, and dates that cannot be read and values on which nothing else depends left
    out; None if there is more to it than that.
    """
    faults = error.errors(include_url=False)
    left_out = {_top(fault["loc"]) for fault in faults if fault["type"] not in MENDED} & {*APART}
    meant: Any = {key: value for key, value in deepcopy(data).items() if key not in left_out}
    faults = [fault for fault in faults if _top(fault["loc"]) not in left_out]
    try:
        for fault in faults:
            if fault["type"] == "extra_forbidden":
                _rename(meant, fault["loc"], model)
            elif fault["type"] == "relation":
                relation = reduce(lambda part, step: part[step], fault["loc"], meant)
                for word in _slips(fault["ctx"]["said"]):
                    relation[nearest(word, Relation.FIELDS)] = relation.pop(word)
            elif fault["type"] == "date":
                _leave_out(meant, fault["loc"])
            elif fault["type"] not in ("missing", "too_short"):  # which may follow from a misspelt name
                return None
    except (KeyError, IndexError, TypeError, AttributeError):
        return None  # a place in our models that the author's file has not
    return dict(meant)


def _top(place: tuple[int | str, ...]) -> str:
    return str(place[0]) if place else ""


def _rename(data: Any, place: tuple[int | str, ...], model: type[BaseModel]) -> None:
    """Call a misspelt key what it was meant to be; a KeyError if that is not known."""
    *steps, word = place
    mapping = reduce(lambda part, step: part[step], steps, data)
    known = model_at(model, tuple(steps)).model_fields
    meant = nearest(str(word), [key for key in known if key not in mapping])
    if not meant:
        raise KeyError(word)
    mapping[meant] = mapping.pop(word)


def _leave_out(data: Any, place: tuple[int | str, ...]) -> None:
    for step in place[:-1]:
        if not isinstance(data[step], dict | list):  # a date in its short form
            del data[step]
            return
        data = data[step]
    del data[place[-1]]


def _problem(fault: dict[str, Any], model: type[BaseModel], document: Document, key: Key) -> Problem:
    kind, value = fault["type"], fault["input"]
    name = next((step for step in reversed(key) if isinstance(step, str)), "this")
    if kind == "extra_forbidden":
        there = reduce(lambda part, step: part[step], key[:-1], document.data)
        hint = _key_hint(name, model_at(model, fault["loc"][:-1]), there)
        return document.problem("unknown-key", f"there is no key '{name}' here", key, hint, on_key=True)
    if kind == "missing":
        about = model_at(model, fault["loc"][:-1]).model_fields[name].description or ""
        hint = f"{name}: {about[:1].lower()}{about[1:].rstrip('.')}" if about else ""
        return document.problem("missing-key", f"'{name}' is missing", key[:-1], hint)
    if name == "sentences" and kind in FORMS:
        hint = "write how many there are, or list the number of words in each"
        return document.problem("wrong-type", f"'{value}' is not a number of sentences", key, hint)
    if kind in FORMS:
        if value is None:
            return _empty(document, key)
        of = model_at(model, fault["loc"]) if kind == "model_type" else None
        wanted = FORMS[kind]
        if name in NAMES if of is None else of in SHORT_FORMS:
            wanted = EITHER.get(name, wanted)
        each = "each entry of " if isinstance(key[-1], int) else ""
        message = f"{each}'{name}' should be {wanted}, not {_form(value)}"
        if name == "relations" and isinstance(value, str):
            message = f"'{value}' is not a relation"
        hint = MEANT.get((name, _form(value)), "") if not isinstance(key[-1], int) else ""
        return document.problem("wrong-type", message, key, hint or _form_hint(wanted, value, of))
    return _value_problem(fault, document, key, name)


def _empty(document: Document, key: Key) -> Problem:
    """Return the problem of a key with nothing behind it."""
    problem = document.problem("empty-value", f"'{key[-1]}' has no value", key, on_key=True)
    hint = "text that begins with '#' needs quotes" if ": #" in problem.excerpt else ""
    return replace(problem, hint=hint or "write the value, or delete the key")


def _value_problem(fault: dict[str, Any], document: Document, key: Key, name: str) -> Problem:
    kind, value, context = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "string_pattern_mismatch" and fault["loc"][:1] == ("languages",):
        hint = "write a BCP 47 tag, such as en, fr or zh-Hans"
        return document.problem("bad-language", f"'{value}' is not a language tag", key, hint, on_key=True)
    if kind == "string_pattern_mismatch" and name == "hues":
        return document.problem("bad-colour", f"'{value}' is not a colour", key, "write it as '#b3362c'")
    if kind == "string_pattern_mismatch" and name == "contact":
        hint = "write editors@example.org, or an address that begins with https://"
        return document.problem("bad-contact", f"nobody can be written to at '{value}'", key, hint)
    if name == "address" and kind in ("string_pattern_mismatch", "string_too_long"):
        hint = "write the path of its Markdown file, such as glossary/index.md#runoff"
        return document.problem("bad-address", "this cannot be the address of a page", key, hint)
    if kind == "string_pattern_mismatch" or (kind == "string_too_long" and name == "id"):
        hint = f"write '{_slug(value)}'" if _slug(value) else "use lower-case letters, digits and hyphens"
        return document.problem("bad-id", f"'{value}' cannot be an id", key, hint)
    if kind == "literal_error":
        known = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        hint = did_you_mean(str(value), known, f"allowed values: {', '.join(filter(None, known))}")
        if fault["loc"][-1] == "[key]":
            return document.problem("unknown-key", f"there is no key '{value}' here", key, hint, on_key=True)
        return document.problem("unknown-value", f"'{value}' is not a valid {name}", key, hint)
    if kind in ("int_parsing", "int_parsing_size", "int_type"):
        on_key = fault["loc"][-1] == "[key]"
        return document.problem("bad-number", f"'{value}' is not a whole number", key, on_key=on_key)
    if kind in ("float_parsing", "float_type"):
        return document.problem("bad-number", f"'{value}' is not a number", key, "write a share, such as 0.8")
    if kind == "bool_parsing":
        hint = "write true or false"
        message = f"'{name}' has to be true or false, not '{value}'"
        return document.problem("unknown-value", message, key, hint)
    if kind in ("too_short", "string_too_short"):
        if name == "text":  # of a name or statement in its short form
            key, name = key[:-1], str(key[-2])
        return document.problem("empty-value", f"'{name}' is empty", key, on_key=bool(key))
    return _own_problem(kind, context, document, key, value)


def _date_hint(said: str, *, words: bool) -> str:
    """Return how to write the date that an author put as *said*, in *words* if these can be kept."""
    if date := read_date(said) or _period(said):
        return f"write {date}"
    forms = "write 2023, 2023-02, 2023-02-27, 2023/2025, ../2025, 2023/.., or 2049~ for 'about 2049'"
    worded = words and (any(map(str.isalpha, said)) or _SEASON.fullmatch(said))
    return f"{forms}; with words for it, {{edtf: 2024-03/2024-05, label: spring 2024}}" if worded else forms


def _period(said: str) -> str:
    """Return years or a quarter as tables write them in EDTF, or "": ``2024–25``, ``2025-Q1``."""
    if quarter := _QUARTER.fullmatch(said.strip()):
        first = 3 * int(quarter["quarter"]) - 2
        return f"{quarter['year']}-{first:02}/{quarter['year']}-{first + 2:02}"
    years = _YEARS.fullmatch(said.strip())
    last = years and years[1][: 4 - len(years[2])] + years[2]
    return f"{years[1]}/{last}" if years and last and last > years[1] else ""


def _own_problem(kind: str, context: dict[str, Any], document: Document, key: Key, value: Any) -> Problem:
    """Return a problem that one of our own validators has raised."""
    if kind == "date":
        hint = _date_hint(str(value), words=not isinstance(document, CsvRows))
        return document.problem("bad-date", context["why"], key, hint)
    if kind == "no-date":
        return document.problem("missing-key", "a date needs 'edtf', or at least 'label'", key)
    if kind == "no-earlier":
        message = "what was aimed at before needs a 'value' or a 'due'"
        return document.problem("missing-key", message, key, "write {value: 45, due: 2028, because: …}")
    if kind == "no-milestone":
        message = "a milestone needs a 'value', or a 'name' of what is to be done"
        return document.problem("missing-key", message, key, "write {value: 45, due: 2028}")
    if kind == "citation":
        hint = "write [@source place], for example [@report p4.2]"
        said = context["text"]
        if not isinstance(said, str):
            message, hint = "a citation has to be text, not a mapping", "write 'cites: [report p4.2]'"
            return document.problem("bad-citation", message, (*key, "cites"), hint)
        if said.count("@") > 1:
            parted = said.replace("؛", ";").replace("；", ";")
            example = "separate several sources by semicolons: [@report p4.2; @paper p1]"
            hint = f"write [{parted}]" if parted != said else example
        return document.problem("bad-citation", f"'{said}' is not a valid citation", key, hint, within=[said])
    if kind == "text-language":
        *within, tag = context["place"]
        hint = did_you_mean(tag, context["known"], f"languages here: {', '.join(context['known'])}")
        message = f"the plan has no language '{tag}'"
        return document.problem("unknown-language", message, (*key, *within, tag), hint, on_key=True)
    if kind == "too-many":
        message = f"a passage can have at most {context['most']:,} sentences"
        return document.problem("too-large", message, key, "divide it into several passages")
    if kind == "relation":
        said = ", ".join(f"'{word}'" for word in context["said"]) or "none"
        message = f"a relation needs exactly one kind with an id; found: {said}"
        hint = f"write '- KIND: id' and, below it, {', '.join(Relation.FIELDS[:4])}"
        return document.problem("relation-form", message, key, hint)
    return document.problem("wrong-type", "this cannot be understood", key)


def model_at(model: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel]:
    """Return the model that describes the mapping at *place* within *model*."""
    for step in place:
        field = model.model_fields.get(str(step))
        inner = _model_in(field.annotation) if field else None
        model = inner or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is None and not isinstance(annotation, types.UnionType):
        return None
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((each for each in found if each), None)


def _form(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "text"


def _form_hint(wanted: str, value: Any, model: type[BaseModel] | None) -> str:
    if wanted == "a list":
        one = isinstance(value, str) and re.fullmatch(r"\(?[a-z0-9-]+([,;] *[a-z0-9-]+)*\)?", value)
        return f"write [{value.strip('()').replace(';', ',')}]" if one else "start each entry with '- '"
    if wanted == "a mapping":
        keys = [name for name, field in model.model_fields.items() if field.is_required()] if model else []
        return f"write {{{', '.join(f'{key}: …' for key in keys or ['KEY'])}}}"
    if wanted == EITHER["date"]:
        return "write 2030, or 2030/2031 for a period"
    if "KIND" in wanted and isinstance(value, str):
        return "write 'KIND: id'; a colon may be missing"
    if wanted.startswith("text") and isinstance(value, dict):
        return "text with ': ' in it needs quotes"
    if wanted == "text" and isinstance(value, list):
        return "write one value, without brackets"
    return ""


def _slug(value: Any) -> str:
    plain = unicodedata.normalize("NFKD", str(value).lower().replace("œ", "oe").replace("æ", "ae"))
    letters = (c for c in plain if not unicodedata.combining(c))
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in letters).split()
    return "-".join(words)[:80].strip("-")
