"""Keep texts in several languages together, and choose the first of them."""

from collections.abc import Iterator, Mapping

from plan_explorer.importers.clean_text import language, with_heading
from plan_explorer.importers.draft import Draft, Text
from plan_explorer.importers.safe_read import refuse
from plan_explorer.translation import gettext, labelled, read_catalogue, speaking


def headed(heading: str, texts: list[str], tag: str) -> list[str]:
    """Return *texts* in the language *tag*, the first after its *heading* in that language.

    Args:
        heading: a message, in English.
        texts: the paragraphs.
        tag: a BCP 47 tag.
    """
    with speaking(read_catalogue(language(tag))):
        return [labelled(gettext(heading), text) if not at else text for at, text in enumerate(texts)]


def by_language(text: Text, first: str) -> dict[str, str]:
    """Return what *text* says by language; one that is not by language is in the *first*."""
    return {first: text} if isinstance(text, str) else text


def side_by_side(paragraphs: Mapping[str, list[str]]) -> Iterator[Text]:
    """Yield what a text says, paragraph by paragraph, each with its translations.

    A translation with more or fewer paragraphs than the original follows it as a text of its own.

    Args:
        paragraphs: the paragraphs by the tag of their language, that of the draft first.
    """
    groups: dict[int, dict[str, list[str]]] = {}
    for tag, texts in paragraphs.items():
        if language(tag):
            groups.setdefault(len(texts), {})[language(tag)] = texts
        else:
            yield from with_heading(tag, texts)
    own = language(next(iter(paragraphs)))
    for group in groups.values():
        for said in zip(*group.values(), strict=True):
            yield said[0] if list(group) == [own] else dict(zip(group, said, strict=True))


def choose_language(draft: Draft, tag: str, shown: str) -> None:
    """Put names and texts in the language *tag* first.

    A file in a single language is taken to be in this one.

    Raises:
        PlanError: ``not-imported``, if the file has several languages, but not this one.
    """
    texts = [draft.lede, *(text for entry in draft.entries for text in entry.says)]
    told = [text for text in texts if isinstance(text, dict)]
    known = {tag for tags in (*(entry.names for entry in draft.entries), *told) for tag in tags}
    old, draft.language = language(draft.language) or draft.language, tag
    if tag == old or not known:
        return
    if tag not in known:
        others = ", ".join([old, *sorted(known - {old})])
        raise refuse(shown, f"this file has nothing in the language '{tag}'", f"it has {others}")
    if tag in draft.names:
        draft.name, draft.names[old] = draft.names.pop(tag), draft.name
    draft.lede = by_language(draft.lede, old)
    for entry in draft.entries:
        if tag in entry.names:
            entry.name, old_name = entry.names.pop(tag), entry.name
            entry.names |= {old: old_name} if old_name else {}
        elif entry.name:
            draft.change(f"names that are not in '{tag}' stay in '{old}'", entry.where)
        entry.says = [by_language(text, old) for text in entry.says]
