"""Show the sentences that a statement cites, or what is known of them."""

from collections.abc import Iterator

from plan_explorer.evidence.texts import Texts
from plan_explorer.model.entities import Sentence, Source
from plan_explorer.model.plan import Plan, StatementRef


def quote_cited(plan: Plan, texts: Texts, ref: StatementRef) -> Iterator[str]:
    """Yield every sentence that a statement cites: in full, or its first and last words."""
    for citation in dict.fromkeys(ref.statement.all_cites):
        source = plan[citation.source]
        assert isinstance(source, Source)
        at = source.places.get(citation.passage)
        if at:
            count = len(source.passages[at - 1].sentences)
            for number in citation.sentences or range(1, count + 1):
                yield quote_place(plan, texts, source.id, f"{citation.passage}.{number}")
        else:
            yield str(citation)


def quote_place(plan: Plan, texts: Texts, source: str, place: str) -> str:
    """Return the sentence at *place*, with the place before it."""
    passage, _, number = place.rpartition(".")
    if source in texts:
        return f"{source} {place}: {texts[source][passage][int(number) - 1]}"
    holder = plan[source]
    assert isinstance(holder, Source)
    outline = holder.passages[holder.places[passage] - 1]
    return f"{source} {place}: {_abridged(outline.sentences[int(number) - 1])}"


def _abridged(sentence: Sentence) -> str:
    if not sentence.opening:
        return "its text is not at hand"
    words = f"{sentence.words} word{'' if sentence.words == 1 else 's'}"
    return f"{sentence.opening}{f' … {sentence.closing}' if sentence.closing else ''} ({words})"
