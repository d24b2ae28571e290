"""Citations, and the places in the sources that they name."""

from collections.abc import Iterable, Iterator

from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import MAX_PER_CODE, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.document import Key
from plan_explorer.model.entities import Passage, Source
from plan_explorer.model.statements import Citation, Cites


def citations(cites: Cites, at: Origin, key: Key, ids: Ids) -> Iterable[Problem]:
    """Return a problem for each of *cites* whose source or place in it is not there."""
    new = [citation for citation in cites if citation not in ids.sound]
    return _new(new, at, key, ids) if new else ()


def _new(cites: Iterable[Citation], at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    """Yield what is wrong with *cites*; those with which nothing is are remembered."""
    for citation in dict.fromkeys(cites):
        if problems := list(_citation(citation, at, key, ids)):
            yield from problems
        else:
            ids.sound.add(citation)


def _citation(citation: Citation, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    source = ids.plan.entries.get(citation.source)
    if source is None or not isinstance(source.entity, Source):
        if not ids.is_lost(citation.source):
            message = f"there is no source '{citation.source}'"
            hint = ids.meant(citation.source, Source) or ids.meant(str(citation), Source)
            yield at.problem("unknown-source", message, key, hint, within=[citation.source])
    elif source.entity.outline and citation.passage:
        yield from _locator(citation, source.entity, at, key)


def _locator(citation: Citation, source: Source, at: Origin, key: Key) -> Iterator[Problem]:
    place = source.places.get(citation.passage)
    passage = source.passages[place - 1] if place else None
    if passage is None:
        message = f"'{source.id}' has no passage '{citation.passage}'"
        hint = _passage_meant(citation.passage, source)
        yield at.problem("unknown-locator", message, key, hint, within=_places(citation))
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
        yield at.problem("unknown-locator", message, key, hint, within=_places(citation))


def _passage_meant(word: str, source: Source) -> str:
    """Return a hint with the passage of *source* whose id, number or title is nearest to *word*."""
    if word.endswith(".0"):
        return f"{source.sentence.plural or source.sentence.long} count from 1"
    ids = [each.id for each in source.passages]
    called = {name: each.id for each in source.passages for name in (each.number, each.title) if name}
    called |= {f"{source.passage.short}{each.number}": each.id for each in source.passages}
    more = ", …" if len(ids) > MAX_PER_CODE else ""
    return did_you_mean(word, ids, f"its passages: {', '.join(ids[:MAX_PER_CODE])}{more}", called)


def _places(citation: Citation) -> tuple[str, ...]:
    """Return the ways in which an author may have written the place of *citation*."""
    backward = f"{citation.passage}.{citation.first}-{citation.last}"
    return (backward, citation.locator, citation.passage)


def _within(numbers: range, passage: Passage) -> bool:
    return bool(numbers) and numbers[-1] <= len(passage.sentences)


def outline(source: Source, at: Origin) -> Iterator[Problem]:
    """Yield passages of *source* that are there twice, and sentences that are not there."""
    seen: set[str] = set()
    for index, section in enumerate(source.outline):
        for number, passage in enumerate(section.passages):
            key: Key = ("outline", index, "passages", number)
            if passage.id in seen:
                message = f"the passage '{passage.id}' is written twice"
                yield at.problem("duplicate-id", message, (*key, "id"))
            seen.add(passage.id)
            for sentence in passage.frame:
                if not 0 < sentence <= len(passage.sentences):
                    message = f"'{passage.id}' has no sentence {sentence}"
                    hint = f"it has {len(passage.sentences)}"
                    place = (*key, "frame", str(sentence))
                    yield at.problem("unknown-locator", message, place, hint, on_key=True)
