"""Decide how much of a sentence of a source readers see: no page, card or file shows more."""

from dataclasses import dataclass
from typing import Literal

from plan_explorer.evidence.sentences import count_words, describe, is_unspaced
from plan_explorer.evidence.texts import Texts
from plan_explorer.model.entities import Passage, Source
from plan_explorer.translation import ngettext


@dataclass(frozen=True)
class ShownSentence:
    """What may be shown of a sentence: all of it, its ends, or just its length."""

    words: int
    unit: Literal["word", "character"]
    """What its length counts."""
    text: str = ""
    """The whole sentence, if it may be shown and is at hand."""
    opening: str = ""
    closing: str = ""

    @property
    def length(self) -> str:
        """How long it is, in words."""
        return self._counted(self.words)

    @property
    def gap(self) -> str:
        """How much stands between opening and closing, in words."""
        return self._counted(self.hidden)

    def _counted(self, number: int) -> str:
        if self.unit == "character":
            return ngettext("1 character", "%(n)s characters", number)
        return ngettext("1 word", "%(n)s words", number)

    @property
    def hidden(self) -> int:
        """The number of words between opening and closing."""
        return max(0, self.words - sum(count_words(each) for each in (self.opening, self.closing) if each))


def shown_sentence(source: Source, passage: Passage, number: int, texts: Texts) -> ShownSentence:
    """Return what may be shown of sentence *number* of *passage*, by the setting of *source*."""
    sentence = passage.sentences[number - 1]
    opening, closing, words, text = sentence.opening, sentence.closing, sentence.words, ""
    if source.text.show == "full" and (known := texts.get(source.id, {}).get(passage.id)):
        text = known[number - 1]
        described = describe(text)
        opening, closing, words = described.opening, described.closing, described.words
    unit: Literal["word", "character"] = "character" if is_unspaced(opening) else "word"
    if source.text.show == "none":
        opening = closing = ""
    return ShownSentence(words, unit, text, opening, closing)
