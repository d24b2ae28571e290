"""Show the sentences that a statement cites, or what is known of them."""

from collections.abc import Iterator

from plan_explorer.evidence.texts import Texts
from plan_explorer.model.entities import Sentence
from plan_explorer.model.plan import Plan, StatementRef


def quote_cited(plan: Plan, texts: Texts, ref: StatementRef) -> Iterator[str]:
    """Yield every sentence that a statement cites: in full, or its first and last words."""
    for citation in dict.fromkeys(ref.statement.all_cites):
        passage = plan.source(citation.source).find_passage(citation.passage)
        for number in passage.cited(citation) if passage else ():
            yield quote_place(plan, texts, citation.source, f"{citation.passage}.{number}")
        if not passage:
            yield str(citation)


def quote_place(plan: Plan, texts: Texts, source: str, place: str) -> str:
    """Return the sentence at *place*, with the place before it."""
    id, _, number = place.rpartition(".")
    if source in texts:
        return f"{source} {place}: {texts[source][id][int(number) - 1]}"
    passage = plan.source(source).find_passage(id)
    assert passage
    return f"{source} {place}: {_abridged(passage.sentences[int(number) - 1])}"


def _abridged(sentence: Sentence) -> str:
    if not sentence.opening:
        return "its text is not at hand"
    words = f"{sentence.words} word{'' if sentence.words == 1 else 's'}"
    return f"{sentence.opening}{f' … {sentence.closing}' if sentence.closing else ''} ({words})"
