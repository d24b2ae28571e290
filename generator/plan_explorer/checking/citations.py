"""Check citations and the places they name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import MAX_PER_CODE, PlanError, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Document, Key
from plan_explorer.model.entities import Passage, Source
from plan_explorer.model.paths import within
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Citation, Cites, citations

_SIGNS = str.maketrans(
    {
        "、": ",",
        "،": ",",
        "؛": ";",
        "。": ".",
        **dict.fromkeys("‐‑‒–—−〜～", "-"),
        **dict.fromkeys("[](){}", " "),
    }
)
"""Signs that are not those of a citation, and what they were meant to be."""
_SPELLINGS = (
    (r"^@?\s*([a-z0-9-]+)[\s,.:/#]+", r"@\1 "),
    (r"\s*(?:/|&|\+|\band\b)\s*", ", "),
    (r"\s*[-~]\s*(?=\S*\d$|\S*\d\s*[,;])", "-"),
    (r"\b(\S+)\.(\d+)-(?:\1\.)(\d+)", r"\1.\2-\3"),
    (r"(?<=\d):(?=\d)", "."),
    (r"[.,;\s]+$", ""),
)
"""How places are written elsewhere, and how they are here."""


def check_citations(cites: Cites, at: Origin, key: Key, ids: Ids) -> Iterable[Problem]:
    """Return the problems with sources and places cited."""
    new = [citation for citation in cites if citation not in ids.sound]
    return _check_new(new, cites, at, key, ids) if new else ()


def _check_new(cites: Iterable[Citation], beside: Cites, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    """Yield the problems of citations; remember those without any."""
    for citation in dict.fromkeys(cites):
        if problems := list(_check_citation(citation, beside, at, key, ids)):
            yield from problems
        else:
            ids.sound.add(citation)


def _check_citation(citation: Citation, beside: Cites, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    source = ids.plan.find_source(citation.source)
    if source is None:
        if not ids.is_lost(citation.source):
            message = f"there is no source '{citation.source}'"
            hint = _suggest_comma(citation, beside, ids) or _suggest_spelling(citation, ids)
            hint = hint or ids.meant(citation.source, Source) or ids.meant(str(citation), Source)
            yield at.problem("unknown-source", message, key, hint, within=[citation.source])
    elif source.outline and citation.passage:
        yield from _check_locator(citation, source, at, key, ids)


def _suggest_spelling(citation: Citation, ids: Ids) -> str:
    """Return a hint if *citation* would be one of places that there are, were it written with other signs."""
    words = unicodedata.normalize("NFKC", "".join(c for c in str(citation) if c.isprintable()))
    words = re.sub(r"\d", lambda digit: str(int(digit[0])), words.translate(_SIGNS)).strip().lower()
    for wrong, right in _SPELLINGS:
        words = re.sub(wrong, right, words)
    try:
        meant = citations(words)
    except PydanticCustomError:
        return ""
    if not all(_exists(each, ids) for each in meant):
        return ""
    # A list under 'cites' takes no brackets, and somebody wrote them there.
    return f"write {words.removeprefix('@')}" if citation.source[0] in "[(（【" else f"write [{words}]"


def _exists(citation: Citation, ids: Ids) -> bool:
    """Return whether *citation* names a place of a source with an outline."""
    source = ids.plan.find_source(citation.source)
    passage = source.find_passage(citation.passage) if source else None
    return passage is not None and (not citation.first or _within(citation.sentences, passage))


def _suggest_comma(citation: Citation, beside: Cites, ids: Ids) -> str:
    """Return a hint if *citation* is a place of a source that is cited *beside* it."""
    place = citation.source.partition(".")[0]
    for other in beside:
        source = ids.plan.find_source(other.source)
        if source and source.find_passage(place):
            return f"separate places of one source by commas: {other}, {citation}"
    return ""


def _check_locator(citation: Citation, source: Source, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    passage = source.find_passage(citation.passage)
    if passage is None:
        message = f"'{source.id}' has no passage '{citation.passage}'"
        hint = _suggest_spelling(citation, ids) or _suggest_passage(citation.passage, source)
        yield at.problem("unknown-locator", message, key, hint, within=_spellings(citation))
    elif citation.first and not _within(citation.sentences, passage):
        count = len(passage.sentences)
        message = f"'{source.id}' has no sentence {citation.locator}"
        noun = source.sentence.plural or source.sentence.long
        many = noun if count > 1 else source.sentence.long
        hint = f"'{passage.id}' has {count} {many}"
        if citation.last < citation.first:
            backward = f"{citation.passage}.{citation.first}-{citation.last}"
            message = f"the range {backward} runs backwards"
            hint = f"write {citation.passage}.{citation.last}-{citation.first}"
        yield at.problem("unknown-locator", message, key, hint, within=_spellings(citation))


def _suggest_passage(word: str, source: Source) -> str:
    """Return a hint naming the passage closest to *word*."""
    if word.endswith(".0"):
        return f"{source.sentence.plural or source.sentence.long} are numbered from 1"
    if place := _read_chip(word, source):
        return f"write {place}"
    ids = [each.id for each in source.passages]
    called = {name: each.id for each in source.passages for name in (each.number, each.title) if name}
    called |= {f"{source.passage.short}{each.number}": each.id for each in source.passages}
    more = ", …" if len(ids) > MAX_PER_CODE else ""
    return did_you_mean(word, ids, f"passages here: {', '.join(ids[:MAX_PER_CODE])}{more}", called)


def _read_chip(word: str, source: Source) -> str:
    """Return the place that *word* means, if it is written as readers see it: "¶8 s3"."""
    passage, sentence = re.escape(source.passage.short), re.escape(source.sentence.short)
    chip = re.fullmatch(rf"{passage}\s*(\S+)(?:\s+{sentence}\s*(\d+))?", word)
    ids = [each.id for each in source.passages if chip and each.number == chip[1]]
    return ".".join(filter(None, (ids[0], chip[2]))) if chip and ids else ""


def _spellings(citation: Citation) -> tuple[str, ...]:
    """Return the possible spellings of the cited place."""
    backward = f"{citation.passage}.{citation.first}-{citation.last}"
    return (backward, citation.locator, citation.passage)


def _within(numbers: range, passage: Passage) -> bool:
    return bool(numbers) and numbers[-1] <= len(passage.sentences)


UNCITABLE = re.compile(r"[\s,;@\[\]]+")
"""What ends the name of a passage in a citation."""
MAX_SENTENCES = 100_000
"""The most sentences in the outlines of a plan, ten for each entry of the largest plans."""


def check_size(plan: Plan) -> Iterator[Problem]:
    """Yield a problem at the source with which the outlines hold too many sentences."""
    count = 0
    for source in plan.sources:
        before = count
        count += sum(len(passage.sentences) for passage in source.passages)
        if before <= MAX_SENTENCES < count:
            entry = plan.entries[source.id]
            message = f"the outlines have more than {MAX_SENTENCES:,} sentences together"
            hint = "leave out the outline of a source whose sentences nobody cites"
            yield entry.document.problem("too-large", message, (*entry.key, "outline"), hint)


def check_outline(source: Source, at: Origin) -> Iterator[Problem]:
    """Yield duplicate passages and invalid frames."""
    seen: set[str] = set()
    for index, section in enumerate(source.outline):
        for number, passage in enumerate(section.passages):
            key: Key = ("outline", index, "passages", number)
            if UNCITABLE.search(passage.id):
                hint = f"write '{UNCITABLE.sub('', passage.id)}'"
                message = f"'{passage.id}' cannot be what citations call a passage"
                yield at.problem("bad-id", message, (*key, "id"), hint)
            if passage.id in seen:
                message = f"the passage '{passage.id}' is written twice"
                yield at.problem("duplicate-id", message, (*key, "id"), "give each passage an id of its own")
            seen.add(passage.id)
            for sentence in passage.frame:
                if not 0 < sentence <= len(passage.sentences):
                    message = f"'{passage.id}' has no sentence {sentence}"
                    hint = f"it has {len(passage.sentences)}"
                    place = (*key, "frame", str(sentence))
                    yield at.problem("unknown-locator", message, place, hint, on_key=True)
            for run, numbers in enumerate(passage.joined):
                for at_number, sentence in enumerate(numbers):
                    if not 0 < sentence <= len(passage.sentences):
                        message = f"'{passage.id}' has no sentence {sentence}"
                        hint = f"it has {len(passage.sentences)}"
                        yield at.problem("unknown-locator", message, (*key, "joined", run, at_number), hint)


def check_text_file(source: Source, at: Origin) -> Iterator[Problem]:
    """Yield a problem if the text of *source* cannot be a file within the plan's folder."""
    if source.text.file:
        try:
            within(Path(), source.text.file)
        except PlanError:
            yield bad_text_path(source, at.document, at.key)


def bad_text_path(source: Source, document: Document, key: Key) -> Problem:
    """Return the problem of a text that is not within the plan's folder."""
    message = f"'{source.text.file}' is not a path within the plan's folder"
    hint = "write it as 'texts/NAME.txt', and put the file there"
    return document.problem("bad-text-path", message, (*key, "text", "file"), hint)
