"""References of BibTeX and CSL-JSON: each an item of its own, and a source that plans can cite."""

import re
from collections.abc import Iterator
from typing import Any

from plan_explorer.importers.clean_text import date, plain_paragraphs, slug, title
from plan_explorer.importers.draft import ACTOR, SOURCE, Draft, DraftEntry, DraftLevel, DraftLink
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import from_json, mapping, mappings, refuse, text, word

READS = {
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
"""What types of both formats are called."""
FACTS = ("container", "volume", "issue", "pages", "publisher", "doi", "isbn", "issn", "note")
BIBTEX = (
    *(
        "title",
        "author",
        "editor",
        "year",
        "month",
        "date",
        "url",
        "langid",
        "language",
        "abstract",
        "keywords",
    ),
    *("number", "journal", "journaltitle", "booktitle", "institution", "school"),
)
CSL = (
    *("id", "type", "title", "author", "editor", "issued", "URL", "language", "abstract", "container-title"),
    *("volume", "issue", "page", "publisher", "DOI", "ISBN", "ISSN", "note"),
)
"""Fields that are read; any other is reported."""
HEADS = {"container": "In", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMMAND = re.compile(r"\\(?:textit|textbf|emph|textsc|texttt|mathrm|url|href)\s*\{([^{}]*)\}")


def read_bibtex(given: ImportRequest) -> Draft:
    """Return the references of a BibTeX file as a draft.

    Raises:
        PlanError: ``not-imported``, if there is no entry in it.
    """
    from bibtexparser.entrypoint import parse_string

    library = parse_string(text(given.raw, given.shown))
    if not library.entries:
        raise refuse(given.shown, "this file holds no entry of BibTeX")
    draft = _draft(given)
    seen: set[str] = set()
    twice = [found for each in library.failed_blocks if (found := getattr(each, "ignore_error_block", None))]
    for entry in (*library.entries, *(each for each in twice if hasattr(each, "entry_type"))):
        for field in entry.fields:
            if field.key.lower() not in (*BIBTEX, *FACTS):
                draft.drop(f"the field '{field.key}'", f"{entry.key}")
        fields = {field.key.lower(): _latex(str(field.value)) for field in entry.fields}
        _add(
            draft,
            _of_bibtex(entry.key, entry.entry_type.lower(), fields),
            f"line {(entry.start_line or 0) + 1}",
            seen,
        )
    for block in library.failed_blocks:
        if hasattr(getattr(block, "ignore_error_block", None), "entry_type"):
            continue
        draft.drop("an entry that cannot be read", f"line {(block.start_line or 0) + 1}")
    return draft


def read_csl(given: ImportRequest) -> Draft:
    """Return the references of a CSL-JSON file as a draft.

    Raises:
        PlanError: ``not-imported``, if there is no reference in it.
    """
    data = from_json(given.raw, given.shown)
    items = list(mappings(data if isinstance(data, list) else mapping(data).get("items")))
    if not items:
        raise refuse(given.shown, "this file holds no reference of CSL-JSON")
    draft = _draft(given)
    seen: set[str] = set()
    for at, item in enumerate(items):
        for field in item:
            if field not in CSL:
                draft.drop(f"the field '{field}'", f"[{at}]")
        _add(draft, _of_csl(item, at), f"[{at}]", seen)
    return draft


def _draft(given: ImportRequest) -> Draft:
    draft = Draft(given.stem, given.title, "the bibliography", relations=dict(READS))
    draft.strands = {"references": "References"}
    draft.roles = {"written-by": "wrote", "edited-by": "edited"}
    return draft


class _Reference:
    """What both formats say of a document."""

    def __init__(self, key: str, kind: str, name: str) -> None:
        self.key, self.kind, self.name = key, kind, name
        self.authors: list[str] = []
        self.editors: list[str] = []
        self.facts: dict[str, str] = {}
        self.date = self.url = self.language = self.abstract = ""
        self.keywords: list[str] = []


def _of_bibtex(key: str, kind: str, fields: dict[str, str]) -> _Reference:
    found = _Reference(key, kind, title(fields.get("title", "")))
    found.authors = list(_people(fields.get("author", "")))
    found.editors = list(_people(fields.get("editor", "")))
    month = fields.get("month", "").lower()[:3]
    number = (
        f"-{_MONTHS.index(month) + 1:02d}"
        if month in _MONTHS
        else f"-{month.zfill(2)}"
        if month.isdigit()
        else ""
    )
    year = fields.get("year", "")
    found.date = date(fields.get("date", "")) or date(f"{year}{number}") or date(year)
    found.url = fields.get("url", "")
    found.language = fields.get("langid", "") or fields.get("language", "")
    found.abstract = fields.get("abstract", "")
    container = fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle") or ""
    publisher = fields.get("publisher") or fields.get("institution") or fields.get("school") or ""
    more = {"issue": fields.get("number", ""), "container": container, "publisher": publisher}
    found.facts = {name: more.get(name) or fields.get(name, "") for name in FACTS}
    found.keywords = [word.strip() for word in re.split(r"[,;]", fields.get("keywords", "")) if word.strip()]
    return found


def _of_csl(item: dict[str, Any], at: int) -> _Reference:
    key = word(item.get("id")) or f"reference {at + 1}"
    found = _Reference(key, word(item.get("type")), title(word(item.get("title"))))
    found.authors, found.editors = list(_named(item.get("author"))), list(_named(item.get("editor")))
    issued = mapping(item.get("issued"))
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    found.date = date("-".join(word(part) for part in first[:3])) or date(word(issued.get("raw")))
    found.url, found.language = word(item.get("URL")), word(item.get("language"))
    found.abstract = str(item.get("abstract") or "")
    names = {"container": "container-title", "pages": "page", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}
    found.facts = {name: word(item.get(names.get(name, name))) for name in FACTS}
    return found


def _add(draft: Draft, found: _Reference, where: str, seen: set[str]) -> None:
    key, number = found.key, 2
    while key in seen:
        key, number = f"{found.key} ({number})", number + 1
    if key != found.key:
        draft.change("a key that is used twice has a number", f"{where}: {found.key}")
    seen.add(key)
    noun = KINDS.get(found.kind) or title(found.kind.replace("-", " ")).capitalize() or "Document"
    level = slug(noun) or "document"
    if all(each.id != level for each in draft.levels):
        draft.levels.append(DraftLevel(level, noun, _plural(noun), "references"))
    if found.url and not found.url.startswith(("http://", "https://")):
        draft.drop("an address that is none of the web", f"{where}: {found.url[:60]}")
        found.url = ""
    item = DraftEntry(
        f"item:{key}", level, found.name, slug=f"{key} {level}", where=where, section=_plural(noun)
    )
    item.says = list(_said(found))
    item.date = found.date
    source = DraftEntry(
        key, SOURCE, found.name or key, slug=key, where=where, section="Documents", date=found.date
    )
    source.says = [f"Cited as “{' '.join(plain_paragraphs(key))}”."]
    source.facts = {
        "publisher": found.facts.get("publisher", ""),
        "url": found.url,
        "language": found.language,
    }
    item.links = [DraftLink("described-in", key)]
    for kind, people in (("written-by", found.authors), ("edited-by", found.editors)):
        item.links += [DraftLink(kind, _person(draft, name, where)) for name in dict.fromkeys(people)]
    draft.entries += [item, source]


def _person(draft: Draft, name: str, where: str) -> str:
    key = f"person:{name.casefold()}"
    if all(entry.key != key for entry in draft.of(ACTOR)):
        entry = DraftEntry(
            key, ACTOR, name, slug=name, group="Authors and editors", where=where, section="People"
        )
        entry.says = [f"The bibliography names this person first in {where}."]
        draft.entries.append(entry)
    return key


def _said(found: _Reference) -> Iterator[str]:
    yield from plain_paragraphs(found.abstract)
    for name, value in found.facts.items():
        if value:
            yield f"{HEADS.get(name) or name.capitalize()}: {' '.join(plain_paragraphs(value))}"
    if found.keywords:
        yield f"Keywords: {', '.join(' '.join(plain_paragraphs(each)) for each in found.keywords)}"


def _people(said: str) -> Iterator[str]:
    """Yield names as they are spoken, of ``Last, First and Last, First``."""
    for name in re.split(r"\s+and\s+", said):
        parts = [part.strip() for part in name.split(",")]
        spoken = title(" ".join([*parts[1:], parts[0]])) if len(parts) <= 3 else title(name)
        if spoken and spoken != "others":
            yield spoken


def _named(people: Any) -> Iterator[str]:
    for each in mappings(people):
        family = " ".join(filter(None, [word(each.get("non-dropping-particle")), word(each.get("family"))]))
        if name := title(word(each.get("literal")) or f"{word(each.get('given'))} {family}"):
            yield name


def _latex(value: str) -> str:
    """Return the text of a field: accents decoded, commands and braces gone."""
    from pylatexenc.latex2text import LatexNodes2Text

    value = _COMMAND.sub(
        r"\1", value.strip().removeprefix("{").removesuffix("}") if value.startswith("{") else value
    )
    if "\\" not in value and "{" not in value and "$" not in value and "~" not in value:
        return value
    try:
        return str(LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(value)).strip()
    except Exception:  # whatever its parser stumbles over, the words are worth keeping
        return re.sub(r"[{}\\$]", "", value)


def _plural(noun: str) -> str:
    if noun.endswith(("s", "ware")):
        return noun if noun.endswith("ware") else f"{noun}es"
    return "Theses" if noun == "Thesis" else f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
