"""Import BibTeX and CSL-JSON references as items and sources."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plan_explorer.importers.clean_text import date, plain_paragraphs, slug, title, web_address
from plan_explorer.importers.draft import ACTOR, SOURCE, Draft, DraftEntry, DraftLink, plural
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import as_dict, as_dicts, as_line, decode_text, parse_json, refuse

RELATION_NAMES = {
    "written-by": ("was written by", "wrote"),
    "edited-by": ("was edited by", "edited"),
    "described-in": ("is the document", "is the entry for"),
}
KINDS = {
    "article": "Article",
    "article-journal": "Article",
    "article-magazine": "Magazine article",
    "article-newspaper": "Newspaper article",
    "book": "Book",
    "chapter": "Chapter",
    "inbook": "Chapter",
    "incollection": "Chapter",
    "inproceedings": "Conference paper",
    "paper-conference": "Conference paper",
    "conference": "Conference paper",
    "phdthesis": "Thesis",
    "mastersthesis": "Thesis",
    "thesis": "Thesis",
    "techreport": "Report",
    "report": "Report",
    "misc": "Document",
    "online": "Web page",
    "webpage": "Web page",
    "legislation": "Law",
    "dataset": "Data set",
    "software": "Software",
}
"""Names of the document types of both formats."""
FACTS = ("container", "volume", "issue", "pages", "publisher", "doi", "isbn", "issn", "note")
BIBTEX_FIELDS = {
    "title", "author", "editor", "year", "month", "date", "url", "langid", "language", "abstract",
    "keywords", "number", "journal", "journaltitle", "booktitle", "institution", "school",
}  # fmt: skip
CSL_FIELDS = {
    "id", "type", "title", "author", "editor", "issued", "URL", "language", "abstract", "container-title",
    "volume", "issue", "page", "publisher", "DOI", "ISBN", "ISSN", "note",
}  # fmt: skip
"""Fields that are read; any other is reported."""
HEADS = {"container": "In", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMMAND = re.compile(r"\\(?:textit|textbf|emph|textsc|texttt|mathrm|url|href)\s*\{([^{}]*)\}")


def read_bibtex(request: ImportRequest) -> Draft:
    """Return the references of a BibTeX file as a draft.

    Raises:
        PlanError: ``not-imported``, if it has no entries.
    """
    from bibtexparser.entrypoint import parse_string

    library = parse_string(decode_text(request.raw, request.shown))
    if not library.entries:
        raise refuse(request.shown, "this file contains no BibTeX entries")
    draft = _draft(request)
    seen: set[str] = set()
    entries: list[Any] = list(library.entries)
    unread = []
    for block in library.failed_blocks:
        entry = getattr(block, "ignore_error_block", None)
        if hasattr(entry, "entry_type"):  # its key occurs twice
            entries.append(entry)
        else:
            unread.append(block)
    for entry in entries:
        fields: defaultdict[str, str] = defaultdict(str)
        for field in entry.fields:
            fields[field.key.lower()] = _decode_latex(str(field.value))
            if field.key.lower() not in (*BIBTEX_FIELDS, *FACTS):
                draft.drop(f"the field '{field.key}'", entry.key)
        _add(draft, _parse_bibtex(entry.key, entry.entry_type.lower(), fields), _line(entry), seen)
    for block in unread:
        draft.drop("an entry that cannot be read", _line(block))
    return draft


def _line(block: Any) -> str:
    return f"line {(block.start_line or 0) + 1}"


def read_csl(request: ImportRequest) -> Draft:
    """Return the references of a CSL-JSON file as a draft.

    Raises:
        PlanError: ``not-imported``, if it has no references.
    """
    data = parse_json(request.raw, request.shown)
    items = list(as_dicts(data if isinstance(data, list) else as_dict(data).get("items")))
    if not items:
        raise refuse(request.shown, "this file contains no CSL-JSON references")
    draft = _draft(request)
    seen: set[str] = set()
    for at, item in enumerate(items):
        for field in item:
            if field not in CSL_FIELDS:
                draft.drop(f"the field '{field}'", f"[{at}]")
        _add(draft, _parse_csl(item, at), f"[{at}]", seen)
    return draft


def _draft(request: ImportRequest) -> Draft:
    draft = Draft(request.stem, request.title, "the bibliography", relations=dict(RELATION_NAMES))
    draft.strands = {"references": "References"}
    draft.roles = {"written-by": "wrote", "edited-by": "edited"}
    return draft


@dataclass(frozen=True)
class _Reference:
    """A document, as described in either format."""

    key: str
    kind: str
    name: str
    authors: list[str]
    editors: list[str]
    date: str
    url: str
    language: str
    abstract: str
    facts: dict[str, str]
    keywords: list[str]


def _parse_bibtex(key: str, kind: str, fields: Mapping[str, str]) -> _Reference:
    more = {
        "issue": fields["number"],
        "container": fields["journal"] or fields["journaltitle"] or fields["booktitle"],
        "publisher": fields["publisher"] or fields["institution"] or fields["school"],
    }
    return _Reference(
        key,
        kind,
        title(fields["title"]),
        list(_split_names(fields["author"])),
        list(_split_names(fields["editor"])),
        date(fields["date"]) or date(fields["year"] + _month(fields["month"])) or date(fields["year"]),
        fields["url"],
        fields["langid"] or fields["language"],
        fields["abstract"],
        {name: more.get(name) or fields[name] for name in FACTS},
        [word.strip() for word in re.split(r"[,;]", fields["keywords"]) if word.strip()],
    )


def _month(words: str) -> str:
    """Return a BibTeX month as the end of a date, or ""."""
    month = words.lower()[:3]
    if month in _MONTHS:
        return f"-{_MONTHS.index(month) + 1:02d}"
    return f"-{month.zfill(2)}" if month.isdigit() else ""


def _parse_csl(item: dict[str, Any], at: int) -> _Reference:
    issued = as_dict(item.get("issued"))
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    names = {"container": "container-title", "pages": "page", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}
    return _Reference(
        as_line(item.get("id")) or f"reference {at + 1}",
        as_line(item.get("type")),
        title(as_line(item.get("title"))),
        list(_names(item.get("author"))),
        list(_names(item.get("editor"))),
        date("-".join(as_line(part) for part in first[:3])) or date(as_line(issued.get("raw"))),
        as_line(item.get("URL")),
        as_line(item.get("language")),
        str(item.get("abstract") or ""),
        {name: as_line(item.get(names.get(name, name))) for name in FACTS},
        [],
    )


def _add(draft: Draft, reference: _Reference, where: str, seen: set[str]) -> None:
    key, number = reference.key, 2
    while key in seen:
        key, number = f"{reference.key} ({number})", number + 1
    if key != reference.key:
        draft.change("a number was added to a key that is used twice", f"{where}: {reference.key}")
    seen.add(key)
    noun = KINDS.get(reference.kind) or title(reference.kind.replace("-", " ")).capitalize() or "Document"
    level = slug(noun) or "document"
    draft.add_level(level, (noun, _plural(noun)), "references")
    if reference.url and not web_address(reference.url):
        draft.drop("an address that is not on the web", f"{where}: {reference.url[:60]}")
    item = DraftEntry(
        f"item:{key}", level, reference.name, slug=f"{key} {level}", where=where, section=_plural(noun)
    )
    item.says = list(_statements(reference))
    item.date = reference.date
    source = DraftEntry(
        key, SOURCE, reference.name or key, slug=key, where=where, section="Documents", date=reference.date
    )
    source.says = [f"Cited as “{' '.join(plain_paragraphs(key))}”."]
    source.facts = {
        "publisher": reference.facts.get("publisher", ""),
        "url": web_address(reference.url),
        "language": reference.language,
    }
    item.links = [DraftLink("described-in", key)]
    for kind, people in (("written-by", reference.authors), ("edited-by", reference.editors)):
        item.links += [DraftLink(kind, _person(draft, name, where)) for name in dict.fromkeys(people)]
    draft.entries += [item, source]


def _person(draft: Draft, name: str, where: str) -> str:
    key = f"person:{name.casefold()}"
    if all(entry.key != key for entry in draft.entries_of(ACTOR)):
        entry = DraftEntry(
            key, ACTOR, name, slug=name, group="Authors and editors", where=where, section="People"
        )
        entry.says = [f"The bibliography names this person first in {where}."]
        draft.entries.append(entry)
    return key


def _statements(reference: _Reference) -> Iterator[str]:
    yield from plain_paragraphs(reference.abstract)
    for name, value in reference.facts.items():
        if value:
            yield f"{HEADS.get(name) or name.capitalize()}: {' '.join(plain_paragraphs(value))}"
    if reference.keywords:
        yield f"Keywords: {', '.join(' '.join(plain_paragraphs(each)) for each in reference.keywords)}"


def _split_names(names: str) -> Iterator[str]:
    """Yield spoken names from ``Last, First and Last, First``."""
    for name in re.split(r"\s+and\s+", names):
        parts = [part.strip() for part in name.split(",")]
        spoken = title(" ".join([*parts[1:], parts[0]])) if len(parts) <= 3 else title(name)
        if spoken and spoken != "others":
            yield spoken


def _names(people: Any) -> Iterator[str]:
    for each in as_dicts(people):
        family = " ".join(
            filter(None, [as_line(each.get("non-dropping-particle")), as_line(each.get("family"))])
        )
        if name := title(as_line(each.get("literal")) or f"{as_line(each.get('given'))} {family}"):
            yield name


def _decode_latex(value: str) -> str:
    """Return the text of a LaTeX field."""
    from pylatexenc.latex2text import LatexNodes2Text

    value = _COMMAND.sub(
        r"\1", value.strip().removeprefix("{").removesuffix("}") if value.startswith("{") else value
    )
    if "\\" not in value and "{" not in value and "$" not in value and "~" not in value:
        return value
    try:
        return str(LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(value)).strip()
    except Exception:  # its parser may fail in any way, but the words are worth keeping
        return re.sub(r"[{}\\$]", "", value)


def _plural(noun: str) -> str:
    if noun.endswith("ware"):
        return noun
    return f"{noun}es" if noun.endswith("s") else plural(noun)
