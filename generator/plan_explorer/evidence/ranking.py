"""Rank the sentences of a text by how well they fit a statement.

Shared words weigh by how rare they are among the sentences, as BM25 has it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

SATURATION = 1.2
LENGTH = 0.5
"""How much a long sentence is held to have a word by chance."""


class Ranking:
    """The sentences of a text, ready to be compared with statements."""

    def __init__(self, sentences: Mapping[str, str], words_of: Callable[[str], Iterable[str]]) -> None:
        self.places = list(sentences)
        self.bags = {place: Counter(words_of(text)) for place, text in sentences.items()}
        self._mean = sum(bag.total() for bag in self.bags.values()) / max(1, len(self.bags)) or 1
        spread = Counter(word for bag in self.bags.values() for word in bag)
        total = len(self.bags)
        self._rarity = {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in spread.items()}
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for place, bag in self.bags.items():
            for word, weight in self._weights(bag):
                self._postings[word].append((place, weight))

    def _weights(self, bag: Counter[str]) -> Iterable[tuple[str, float]]:
        length = SATURATION * (1 - LENGTH + LENGTH * bag.total() / self._mean)
        for word, n in bag.items():
            yield word, self._rarity.get(word, 0.0) * n * (SATURATION + 1) / (n + length)

    def scores(self, query: Mapping[str, float]) -> dict[str, float]:
        """Return how well each sentence fits *query*: words with their weights."""
        scores = dict.fromkeys(self.places, 0.0)
        for word, weight in query.items():
            for place, value in self._postings.get(word, ()):
                scores[place] += weight * value
        return scores

    def joint_score(self, query: Mapping[str, float], places: Collection[str]) -> float:
        """Return how well the sentences at *places* fit *query* when read as one."""
        best: dict[str, float] = defaultdict(float)
        for place in places:
            for word, value in self._weights(self.bags[place]):
                if word in query:
                    best[word] = max(best[word], query[word] * value)
        return sum(best.values())
