"""Find glossary terms in running text, longest first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_HAN = "\u3400-\u9fff\uf900-\ufaff"
CJK = re.compile(f"[{_HAN}]")
_UNSPACED = f"{_HAN}\u3041-\u309f"
"""Characters of scripts that do not separate words: Han and hiragana, which has the Japanese particles."""
_KATAKANA, _HANGUL = "\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f", "\uac00-\ud7a3"
_MARKS = "".join(c for c in map(chr, range(0x300, 0x2100)) if unicodedata.category(c) in ("Mn", "Mc"))
"""What stands with the letter before it: accents that have no letter of their own, vowels of many scripts."""
_WORD = re.compile(
    rf"[{_UNSPACED}]|[{_KATAKANA}]+|[{_HANGUL}]+|[+#×]"
    rf"|(?:[^\W{_UNSPACED}{_KATAKANA}{_HANGUL}][{_MARKS}]*)+"
)
"""A word of one script, a character of one that does not separate words, or a sign that names have: C++."""
_BREAK = re.compile(r"\s+|[-\u2010\u2011]")
"""What may stand between the words of a term: "open-data portal" is about open data."""
_SKIP = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<[A-Za-z/!][^>]*>|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+")
"""Text that is never searched: code, links, tags, addresses."""
_CITATION = re.compile(r"\[@[^\[\]]*\]")
"""A citation; it is skipped, but the words on both sides belong together."""
_QUOTES = " \"“”‘’'"
"""Marks stripped from both ends of a form."""
_PARTICLES = (
    *("은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "으로", "도", "만"),
    *("에서", "에게", "부터", "까지", "에는", "에도", "에서는", "에서도", "에서의", "에게는", "에게도"),
    *("로는", "으로는", "로의", "으로의", "로서", "으로서", "로써", "으로써", "와의", "과의"),
    *("까지의", "부터의", "이나", "나", "이란", "란", "이라는", "라는", "처럼", "보다", "마다"),
    *("들", "들은", "들이", "들을", "들의", "들에", "들과", "들도", "들로", "들에게"),
)
"""What Korean writes behind a noun, without a blank."""
SHORT = 3
"""Words of so few letters take no ending: an aid is not an AI."""
MAX_WORDS = 60
"""How many words of a text can name a term; a longer name is that of no term."""
UNWRITTEN = "".join(map(chr, (0x640, *range(0x64B, 0x653), 0x670)))
"""What many leave out in Arabic: the line that stretches a word, and vowels."""
_ALIKE = str.maketrans({"’": "'", **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys(UNWRITTEN)})
"""Signs and letters that many write in one way."""
_ARTICLE = re.compile(r"(?<!\w)[وف]?(?:[بك]?ال|لل)(?=\w\w)")
"""The article of Arabic, with what stands in front of it without a blank: "and with the"."""
_IN_FRONT = ("وف", "بكل")
"""The letters that do so without an article: one of the first, one of the second, or both."""
_MASCULINE, _FEMININE = ("ا", "ان", "ين", "ون", "ات"), ("تان", "تين", "ات")
"""The endings of Arabic nouns for two and for many; a broken plural has to be named."""
_PLURAL = re.compile(r"[^isu]s$")
_DOUBLES = re.compile(r"(?P<start>\w*)(?<![aeiou])[aeiou](?P<last>[bdfgklmnprtvz])$")
"""What ends in one vowel and one consonant, which is doubled: planned; *planed* is of a plane."""
_FRENCH_HEAD = re.compile(r"(?:(?!(?:à|aux?|en|d[eu]s?|par|pour|sans|sous|sur)\b|d['’])\w+(?:[ -]|$))+")
"""The noun of a French term and what agrees with it, before a preposition: *prés salés* d'Orvaine."""


class Mention(NamedTuple):
    """A place in a text where a term is mentioned."""

    start: int
    end: int
    id: str


class TermMatcher:
    """A matcher of terms; the longest form wins, and capitals alone are matched as capitals."""

    def __init__(
        self, forms: Mapping[str, Iterable[str]], language: str = "en", names: Iterable[str] = ()
    ) -> None:
        """Index *forms*: for each id, the words that name it, with the endings of *language*.

        Args:
            forms: the words for each term.
            language: that of the texts.
            names: those of what is no term, within which none is found in a script without blanks: 党的领导
                is not in 中国共产党的领导.
        """
        self._found: dict[str, tuple[Mention, ...]] = {}
        self._ids: dict[str, str] = {}
        self._longest: dict[str, int] = {}
        for id, words in forms.items():
            for word in words:
                for form in _inflect(" ".join(word.split()).strip(_QUOTES), language):
                    self._add(form, id)
        for name in filter(CJK.search, names):
            self._add(name, "")

    def _add(self, form: str, id: str) -> None:
        words = _WORD.findall(form)
        if (
            words and len(words) <= MAX_WORDS and form.startswith(words[0])
        ):  # else it begins with a sign, and its words are not the term
            self._ids.setdefault(_key(form), id)
            first = _key(words[0]).lower()
            self._longest[first] = max(self._longest.get(first, 0), len(words))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the terms mentioned in *text*, in order, without overlaps."""
        known = self._found.get(text)  # a sentence is shown on the page of every entry it links
        if known is None:
            known = self._found[text] = tuple(self._search(text))
        return known

    def _search(self, text: str) -> Iterator[Mention]:
        text = _CITATION.sub(lambda match: " " * len(match[0]), text)
        words = list(_WORD.finditer(text))
        skipped: list[tuple[int, int]] | None = None
        end = 0
        for at, word in enumerate(words):
            firsts = _without_particles(_key(word[0]).lower())
            longest = max(self._longest.get(first, 0) for first in firsts)
            if not longest or word.start() < end:
                continue
            if skipped is None:
                skipped = [match.span() for match in _SKIP.finditer(text)]
            mention = self._match(text, words[at : at + longest])
            if mention and not any(start < mention.end and mention.start < stop for start, stop in skipped):
                end = mention.end
                if mention.id:
                    yield mention

    def _match(self, text: str, words: list[re.Match[str]]) -> Mention | None:
        """Return the longest term that begins with the first of *words* of *text*."""
        start = words[0].start()
        for last in reversed(words):
            if text[last.end() : last.end() + 1] in ("+", "#"):
                continue  # C is not C++
            for key in _without_particles(_key(text[start : last.end()])):
                id = self._ids.get(key, self._ids.get(key.lower()))
                if id is not None:
                    return Mention(start, last.end(), id)
        return None


def _key(words: str) -> str:
    words = _BREAK.sub(" ", words)
    return words if words.isascii() else _ARTICLE.sub("", words.translate(_ALIKE))


def _without_particles(key: str) -> Iterator[str]:
    """Yield *key*, and what is left of it without the letters that Arabic writes in front of a noun."""
    yield key
    for letters in _IN_FRONT:
        if key[:1] in letters and len(key.split(" ")[0]) > SHORT + 1:
            key = key[1:]
            yield key


def _inflect(form: str, language: str) -> Iterator[str]:
    """Yield *form* with the endings of English nouns and verbs, or of French, Korean and Arabic nouns."""
    capitals = len(form) > 1 and form.isupper() and not CJK.search(form)
    form = form if capitals else form.lower()
    yield form
    if re.search(f"[{_HANGUL}]$", form):
        yield from (form + particle for particle in _PARTICLES)
    elif re.match("[ء-ي]", form):
        noun, blank, rest = form.partition(" ")
        stem, endings = (noun[:-1], _FEMININE) if noun[-1] == "ة" else (noun, _MASCULINE)
        yield from (f"{stem}{ending}{blank}{rest}" for ending in endings)
    elif language.split("-")[0] == "fr" and not capitals:
        yield from _french_plurals(form)
    elif capitals:
        yield from (f"{form}s", f"{form}'s")
    elif form[-1:].isalpha() and not re.search(f"[{_UNSPACED}{_KATAKANA}]$", form):
        yield f"{form}'s"
        if len(form) > SHORT and not _PLURAL.search(form):
            yield from _endings(form)


def _french_plurals(form: str) -> Iterator[str]:
    """Yield *form* in the plural: all words before a preposition, the first, or the last of them."""
    head = _FRENCH_HEAD.match(form)
    words = re.split(r"([ -])", head[0].rstrip() if head else form)
    rest = form[len("".join(words)) :]
    many = [_french_plural(word) for word in words]
    for plural in (many, [many[0], *words[1:]], [*words[:-1], many[-1]]):
        yield "".join(plural) + rest


def _french_plural(word: str) -> str:
    if len(word) < SHORT or word[-1] in "sxz":
        return word
    if word.endswith("al"):
        return f"{word[:-1]}ux"
    return f"{word}x" if re.search(r"[ae]u$", word) else f"{word}s"


def _endings(form: str) -> Iterator[str]:
    """Yield *form*, a noun or verb of English, in the plural and in its tenses."""
    if re.search(r"[^aeiou]y$", form):
        yield from (f"{form[:-1]}ies", f"{form[:-1]}ied", f"{form}ing")
        return
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", form):
        yield f"{form}es"
    if not re.search(r"(?:s|x|z|ch|sh)$", form):
        yield f"{form}s"
    if form.endswith("e"):
        yield from (f"{form}d", f"{form}ing" if form.endswith("ee") else f"{form[:-1]}ing")
        return
    if doubles := _DOUBLES.search(form):
        yield from (f"{form}{doubles['last']}ed", f"{form}{doubles['last']}ing")
    if not doubles or re.search(r"[aeiouy]", doubles["start"]):  # more than a syllable
        yield from (f"{form}ed", f"{form}ing")
