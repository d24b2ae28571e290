"""Compare the outline of a source with a text, passage by passage."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from plan_explorer.evidence.sentences import TextPassage
from plan_explorer.model.entities import Passage

ALIKE = 60
"""From which likeness of their first words on, of 100, two passages are the same one, edited."""


@dataclass(frozen=True)
class Pair:
    """A passage of the outline and of the text; None where the other has none."""

    old: Passage | None
    new: TextPassage | None
    id: str
    """What citations call it."""


@dataclass(frozen=True)
class Change:
    """What became of a sentence."""

    what: str
    """``changed``, ``came``, ``went`` or ``moved``."""
    place: str
    now: str = ""
    """Where it stands now, if it moved."""
    opening: str = ""


def pair_passages(old: Sequence[Passage], new: Sequence[TextPassage]) -> list[Pair]:
    """Return the passages of an outline and of a text in order, side by side where they are the same."""
    pairs = _align(old, new)
    if any(before and after for before, after in pairs):
        pairs = _pair_leftovers(pairs)
    taken = {passage.id for passage in old}
    number = 0
    named: list[Pair] = []
    for before, after in pairs:
        if before:
            named.append(Pair(before, after, before.id))
            continue
        number += 1
        while f"p{number}" in taken:
            number += 1
        named.append(Pair(None, after, f"p{number}"))
    return named


def _align(
    old: Sequence[Passage], new: Sequence[TextPassage]
) -> list[tuple[Passage | None, TextPassage | None]]:
    """Return the pairs with the greatest likeness in all, in order."""
    likeness = [[_likeness(before, after) for after in new] for before in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[Passage | None, TextPassage | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[j]))
            j += 1
    return [*pairs, *((each, None) for each in old[i:]), *((None, each) for each in new[j:])]


def _likeness(old: Passage, new: TextPassage) -> float:
    """Return how much two passages have in common; 0 if they are two."""
    most = max(len(old.sentences), len(new.sentences), 1)
    if not old.has_fingerprints:
        lengths = Counter(old.lengths) & Counter(sentence.words for sentence in new.sentences)
        return 1 + lengths.total() / most + (len(old.sentences) == len(new.sentences))
    prints = Counter(each.fingerprint for each in old.sentences) & Counter(
        each.fingerprint for each in new.sentences
    )
    if prints:
        return 1 + prints.total() / most
    first, now = (" ".join(each.opening for each in passage.sentences) for passage in (old, new))
    ratio = fuzz.ratio(first, now)
    return ratio / 100 if ratio >= ALIKE else 0.0


def _pair_leftovers(
    pairs: Sequence[tuple[Passage | None, TextPassage | None]],
) -> list[tuple[Passage | None, TextPassage | None]]:
    """Return *pairs* with as many lost as new passages between two neighbours taken for the same ones."""
    result: list[tuple[Passage | None, TextPassage | None]] = []
    went: list[Passage] = []
    came: list[TextPassage] = []

    def settle() -> None:
        if len(went) == len(came):
            result.extend(zip(went, came, strict=True))
        else:
            result.extend((each, None) for each in went)
            result.extend((None, each) for each in came)
        went.clear()
        came.clear()

    for old, new in pairs:
        if old and new:
            settle()
            result.append((old, new))
        elif old:
            went.append(old)
        elif new:
            came.append(new)
    settle()
    return result


def find_changes(pairs: Sequence[Pair]) -> Iterator[Change]:
    """Yield what became of each sentence that is not as and where it was."""
    for pair in pairs:
        old = pair.old.sentences if pair.old else ()
        new = pair.new.sentences if pair.new else ()
        if pair.old and not pair.old.has_fingerprints:
            yield from _count(pair)
            continue
        prints = [each.fingerprint for each in old], [each.fingerprint for each in new]
        for tag, a, b, c, d in SequenceMatcher(None, *prints, autojunk=False).get_opcodes():
            if tag == "equal" and a != c:
                for at in range(b - a):
                    yield Change("moved", f"{pair.id}.{a + at + 1}", f"{pair.id}.{c + at + 1}")
            if tag == "equal":
                continue
            both = min(b - a, d - c)
            for at in range(max(b - a, d - c)):
                if at < both:
                    yield Change("changed", f"{pair.id}.{c + at + 1}", opening=new[c + at].opening)
                elif at < b - a:
                    yield Change("went", f"{pair.id}.{a + at + 1}", opening=old[a + at].opening)
                else:
                    yield Change("came", f"{pair.id}.{c + at + 1}", opening=new[c + at].opening)


def _count(pair: Pair) -> Iterator[Change]:
    """Yield the sentences by which the numbers of both differ, or their lengths, if those are known."""
    lengths = pair.old.lengths if pair.old else []
    new = pair.new.sentences if pair.new else ()
    old = len(lengths)
    if any(length != 1 for length in lengths):
        for number, (length, now) in enumerate(zip(lengths, new, strict=False), 1):
            if length != now.words:
                yield Change("changed", f"{pair.id}.{number}", opening=now.opening)
    for number in range(old, len(new)):
        yield Change("came", f"{pair.id}.{number + 1}", opening=new[number].opening)
    for number in range(len(new), old):
        yield Change("went", f"{pair.id}.{number + 1}")
