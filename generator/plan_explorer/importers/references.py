"""Import BibTeX, CSL-JSON and RIS references as items and sources."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plan_explorer.importers.clean_text import date, plain_line, plain_paragraphs, slug, title, web_address
from plan_explorer.importers.draft import ACTOR, SOURCE, Draft, DraftEntry, DraftLink, plural
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import (
    as_dict,
    as_dicts,
    as_line,
    as_lines,
    decode_text,
    parse_json,
    refuse,
)

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
    "jour": "Article",
    "ejour": "Article",
    "mgzn": "Magazine article",
    "news": "Newspaper article",
    "ebook": "Book",
    "edbook": "Book",
    "chap": "Chapter",
    "echap": "Chapter",
    "conf": "Conference paper",
    "cpaper": "Conference paper",
    "thes": "Thesis",
    "rprt": "Report",
    "elec": "Web page",
    "blog": "Web page",
    "gen": "Document",
    "govdoc": "Document",
    "stat": "Law",
    "legal": "Law",
    "stand": "Standard",
    "data": "Data set",
    "comp": "Software",
}
"""Names of the document types of all three formats."""
FACTS = ("container", "volume", "issue", "pages", "publisher", "doi", "isbn", "issn", "note")
BIBTEX_FIELDS = {
    "title", "author", "editor", "year", "month", "date", "url", "langid", "language", "abstract",
    "keywords", "number", "journal", "journaltitle", "booktitle", "institution", "school",
}  # fmt: skip
CSL_FIELDS = {
    "id", "type", "title", "author", "editor", "issued", "URL", "language", "abstract", "container-title",
    "volume", "issue", "page", "publisher", "DOI", "ISBN", "ISSN", "note",
}  # fmt: skip
RIS_FIELDS = {
    "type_of_reference", "id", "label", "title", "primary_title", "authors", "first_authors",
    "secondary_authors", "date", "year", "publication_year", "urls", "language", "abstract",
    "notes_abstract", "secondary_title", "journal_name", "volume", "number", "start_page", "end_page",
    "publisher", "doi", "issn", "notes", "keywords",
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


def read_ris(request: ImportRequest) -> Draft:
    """Return the references of a RIS file as a draft.

    Raises:
        PlanError: ``not-imported``, if it has no references.
    """
    import rispy

    words = decode_text(request.raw, request.shown)
    lines = [at for at, line in enumerate(words.split("\n"), 1) if line.startswith("TY  -")]
    try:
        records = rispy.loads(words)
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise refuse(request.shown, f"this RIS cannot be read: {str(error)[:80]}") from None
    if not records:
        raise refuse(request.shown, "this file contains no RIS references", "each begins with 'TY  - '")
    draft = _draft(request)
    seen: set[str] = set()
    for number, (record, line) in enumerate(zip(records, lines, strict=False), 1):
        unknown = record.pop("unknown_tag", {})
        for field in [*(field for field in record if field not in RIS_FIELDS), *unknown]:
            draft.drop(f"the field '{field}'", f"line {line}")
        _add(draft, _parse_ris(record, number), f"line {line}", seen)
    if len(records) < len(lines):
        draft.drop("a reference that another one goes on with, as it has no 'ER  - '", "the file")
    return draft


def _draft(request: ImportRequest) -> Draft:
    draft = Draft(request.stem, request.title, "the bibliography", relations=dict(RELATION_NAMES))
    draft.strands = {"references": "References"}
    draft.roles = {"written-by": "wrote", "edited-by": "edited"}
    return draft


@dataclass(frozen=True)
class _Reference:
    """A document, as described in any of these formats."""

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
        {name: (more.get(name) or fields[name]).replace("--", "–") for name in FACTS},
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


def _parse_ris(record: Mapping[str, Any], number: int) -> _Reference:
    def first(*names: str) -> str:
        return next((line for name in names for line in as_lines(record.get(name))), "")

    def people(*names: str) -> list[str]:
        written = " and ".join(each for name in names for each in as_lines(record.get(name)))
        return list(_split_names(written))

    pages = "–".join(filter(None, [first("start_page"), first("end_page")]))
    day = first("date", "year", "publication_year").replace("/", "-").rstrip("-")
    return _Reference(
        first("id", "label") or f"reference {number}",
        first("type_of_reference").lower(),
        title(first("title", "primary_title")),
        people("authors", "first_authors"),
        people("secondary_authors"),
        date(day) or date(day[:4]),
        first("urls"),
        first("language"),
        "\n\n".join(as_lines(record.get("abstract") or record.get("notes_abstract"))),
        {
            "container": first("secondary_title", "journal_name"),
            "volume": first("volume"),
            "issue": first("number"),
            "pages": pages,
            "publisher": first("publisher"),
            "doi": first("doi"),
            "issn": first("issn"),
            "note": "; ".join(as_lines(record.get("notes"))),
        },
        as_lines(record.get("keywords")),
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
    source.says = [f"Cited as “{plain_line(key)}”."]
    source.facts = {
        "publisher": reference.facts.get("publisher", ""),
        "url": web_address(reference.url),
        "language": reference.language,
    }
    item.links = [DraftLink("described-in", key)]
    for kind, people in (("written-by", reference.authors), ("edited-by", reference.editors)):
        item.links += [DraftLink(kind, _person(draft, name, where)) for name in dict.fromkeys(people)]
    draft.entries += [item, source]


def as_sources(draft: Draft) -> Draft:
    """Return the references as sources alone, each with all that its entry and its authors say."""
    known = {entry.key: entry for entry in draft.entries}
    nouns = {level.id: level.one for level in draft.levels}
    for item in [entry for entry in draft.entries if entry.kind in nouns]:
        linked: dict[str, list[DraftEntry]] = defaultdict(list)
        for link in item.links:
            linked[link.kind].append(known[link.target])
        (source,) = linked.pop("described-in")
        roles = {"written-by": nouns[item.kind], "edited-by": "Edited"}
        by = [
            f"{roles[kind]} by {', '.join(each.name for each in people)}." for kind, people in linked.items()
        ]
        source.says = [*(plain_line(each) for each in by or [f"{nouns[item.kind]}."])]
        source.says += [
            text for text in item.says if not str(text).startswith("Publisher: ")
        ]  # a field has it
    draft.entries = list(draft.entries_of(SOURCE))
    return draft


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
            yield f"{HEADS.get(name) or name.capitalize()}: {plain_line(value)}"
    if reference.keywords:
        yield f"Keywords: {', '.join(plain_line(each) for each in reference.keywords)}"


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
