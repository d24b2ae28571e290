"""Take texts apart into what can be compared: stems, numbers, names, quotations, negations."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import snowballstemmer
from babel.numbers import get_group_symbol

from plan_explorer.documents.unspaced import UNSPACED
from plan_explorer.evidence.ordinary_words import OPENERS
from plan_explorer.evidence.sentences import collapse_blanks, normalise
from plan_explorer.model.term_matcher import UNWRITTEN
from plan_explorer.translation import find_locale

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""The stemmers, by the first part of a language tag."""

_FUNCTION_WORDS = """
a about above after again against all also an and another any are as at be because been before being
below between both but by can could did do does doing done down during each either else even ever every
for from further had has have having he her here hers him his how however i if in into is it its itself
just may me might more most much must my neither no nor not of off on once one only onto or other others
our out over own same she should since so some such than that the their them themselves then there these
they this those though through thus to too towards under until up upon us very was we were what when
where whether which while who whom whose why will with within without would yet you your
"""
_TALK = """
according ask asks asked call called calls give gives given meant mention mentioned mentions mean means
name named names say says said speak speaks spoken state stated states tell tells told want wants word
words write writes written article clause paragraph passage phrase sentence text
"""
_FRENCH_FUNCTION_WORDS = """
afin ainsi alors après aucun aucune aussi autant autre autres aux avant avec celle celles celui cependant
car ces cet cette ceux chez comme comment dans depuis des dès deçà dont donc elle elles encore entre est
étaient était étant été être eux fait faire font ils jusqu jusque les leur leurs lors lorsqu lorsque lui
mais même mêmes moins non nos notre nous ont où par parmi pas pendant plus pour pourquoi puis puisqu
puisque quand que quel quelle quelles quels qui quoi quoiqu rien sans selon sera seront ses si sinon soit
son sont sous sur tous tout toute toutes très trop une uns vers voici vos votre vous à â y
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
FRENCH_FUNCTION_WORDS = frozenset(_FRENCH_FUNCTION_WORDS.split())
TALK = frozenset(_TALK.split())
"""Words with which a plan speaks of its source, and not of what the source speaks of."""

_ONES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORDS = {
    **{word: str(number) for number, word in enumerate(_ONES.split())},
    **{word: str(10 * number) for number, word in enumerate(_TENS, 2)},
}
_SCALES = frozenset(["hundred", "thousand", "million", "billion", "trillion", "percent"])
_FORMS = """
dozen dozens / decade decades / century centuries / half halves halved / twice / double doubles doubled /
triple triples tripled / thirds
"""
_QUANTITIES = {
    **{form: scale for scale in _SCALES for form in (scale, f"{scale}s")},
    **{form: forms.split()[0] for forms in _FORMS.split("/") for form in forms.split()},
}
"""Words for an amount, and what they are forms of."""
_COUNTS = frozenset(str(number) for number in range(2, 13))
_CURRENCIES = "yuan|renminbi|dollar|euro|pound|yen|rupee|rouble|franc|crown"
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yuan", "￥": "yuan", "₹": "rupee"}
_SIGN = f"[{''.join(_SIGNS)}]"
MONEY = re.compile(rf"{_SIGN}|\b(?:{_CURRENCIES})s?\b|(?<=[\d十百千万亿])元", re.I)
"""A currency, as a word or a sign."""
_MEASURES = """
year month week day hour minute decade century percent per kilometre kilometer metre meter mile hectare acre
tonne ton kilogram gram litre liter degree watt kilowatt megawatt gigawatt
"""
_UNITS = f"{'|'.join(_MEASURES.split())}|{_CURRENCIES}"
_UNIT = re.compile(rf"\W+(?:{_UNITS}|{'|'.join(sorted(_SCALES))})s?\b", re.I)
_PARTS = re.compile(r"[,;、，；:]|\band\b|\bor\b|\bas well as\b|\bet\b|\bund\b", re.I)

_LETTERS = rf"[^\W\d_{UNSPACED}]"
_SCALED = rf"(?:\W+(?:{'|'.join(sorted(_SCALES))})s?)*"
_AMOUNT = re.compile(rf"((?:\d[\d.,]*|\b{_LETTERS}+){_SCALED})\W+((?:{_UNITS})s?)\b", re.I)
_PRICE = re.compile(rf"({_SIGN})\s*(\d[\d.,]*)")
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[{UNSPACED}]+|{_LETTERS}+(?:'{_LETTERS}+)*")
_WORD = re.compile(rf"{_LETTERS}+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_PERCENT = re.compile(r"%|per ?cent|(?:في ال|بال)م(?:ئ|ائ)ة")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_ARABIC = str.maketrans({"٬": ",", "٫": ".", "٪": "%", **dict.fromkeys(UNWRITTEN)})
"""The signs of Arabic figures, and what may be left out of Arabic words."""
_DIGITS = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)(?![A-Z])(?: ?(?P<scale>[十百千]?(?:[万萬만]|万?[亿億억])))?"
)
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "만": 4, "亿": 8, "億": 8, "억": 8}
"""What stands behind digits for more zeros, as a power of ten: 1.2亿."""
_JOINED = f"{UNSPACED}\u1100-\u11ff\uac00-\ud7a3"
"""Letters that words in Latin ones stand beside without a blank: those of unspaced scripts, and Korean."""
BEFORE, BEHIND = rf"(?<![^\W{_JOINED}])", rf"(?![^\W{_JOINED}])"
"""The ends of a word in Latin letters: 用5G网络."""
_BARE = re.compile(rf"[{_JOINED}]+|[^\W{_JOINED}]+")
_SPELLINGS = (
    (re.compile(r"([iy])s(e|ed|er|es|ing|ation|ations)$"), r"\1z\2"),
    (re.compile(r"(met|lit|cent|theat)re(s?)$"), r"\1er\2"),
    (re.compile(r"our(s|ed|ing|ite|able|ful)?$"), r"or\1"),
    (re.compile(r"ogramme"), "ogram"),
)
"""British spellings, and what becomes of them."""
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
"""A number whose thousands are parted by blanks."""
_ELISION = re.compile(r"\b([cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=\w)", re.I)
"""A short word of French that has lost its vowel before the next: *l'eau*, *qu'il*."""
_QUOTED = re.compile(
    r"\"([^\"]+)\"|「([^」]+)」|『([^』]+)』|《([^》]+)》|«\s*([^«»]+?)\s*»|»([^«»]+)«"
    rf"|{BEFORE}'([^']+(?:'(?=[^\W{_JOINED}])[^']+)*)'{BEHIND}"
)
_ELLIPSIS = re.compile(r"\.\.\.")
_ACRONYM = re.compile(rf"{BEFORE}(?:[A-Z]{{2,}}[a-z]?\d*|[A-Z]+[a-z]{{0,2}}\d+|\d+[A-Z]+){BEHIND}")
_CAPITALIZED = re.compile(rf"(?<![\w'-])(?=[^\W\d_])(?P<word>{_LETTERS}+(?:['-]{_LETTERS}+)*)")
_BEGINS = re.compile(r"(?:^|[.!?:]\s+|\")[(\[\"']*$")
_ADVERB = re.compile(r"\w{3,}(?:al|ent|ant|ed|ous|ive|ate|ing|ful|less|ar)ly|\w{3,}[ai]bly")
"""What only adverbs end with: not Italy, Sicily or Emily."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|without|nor|none|neither|nobody|nothing|cannot|hardly|scarcely|barely|rarely|seldom"
    r"|pas|sans|jamais|aucune?|rien|ni|nicht|kein\w*|ohne|[وف]?(?:لا|لم|لن|ليست?|بلا|دون))\b"
    r"|n't\b|不得|不能|不会|不是|不可|不准|不许|不予|没有|未能|尚未|并未|不再|不应",
    re.I,
)
_NO_NEGATION = re.compile(
    r"\b(?:not (?:only|just|merely|least)|no (?:less|later|more|fewer) than|whether or not"
    r"|pas seulement|sans doute)\b",
    re.I,
)
_DENYING = re.compile(
    r"\b(?:un(?!der|i|til)\w+|in(?:evitab|exhaust|dispens|separab|capab|suffic|adequa)\w*|impossib\w*"
    r"|irrevers\w*|dis\w+|lack\w*|fail\w*|refus\w*|prohibit\w*|forbid\w*|avoid\w*|prevent\w*|stop\w*|break\w*)",
    re.I,
)
"""Words of English that deny something by themselves."""
_DENYING_HAN = re.compile(
    r"不(?![仅但断同久少低])|未(?!来)|无(?!论)|没(?!收)|非(?![常洲])|[禁勿]|拒绝|避免|防止|停止|缺"
)
"""The same in Chinese."""
_GIVEN = (
    "named|said|given|mentioned|stated|told|set|fixed|explained|specified|described|listed|defined|identified"
)
_IS_NOT_GIVEN = rf"\b(?:is|are|was|were) (?:not|nowhere|never) (?:{_GIVEN})"
_DOES_NOT_SAY = r"\b(?:does|do|did)(?: not|n't) (?:say|name|mention|give|state|set|specify)"
_DOES_NOT_SAY_HAN = (
    r"(?:没有?|并未|尚未|未)(?:具体|明确)?(?:说明|写明?|提及|提到|列[明出]|给出|指明|交代|[注载]明)"
)
_DENIED = re.compile(
    r"\b(?:no|neither|nor|without(?: an?y?)?)\s+((?:[\w'’-]+ ?){1,5})"
    rf"|((?:[\w'’-]+ ?){{1,6}}){_IS_NOT_GIVEN}"
    rf"|{_DOES_NOT_SAY}\s+((?:[\w'’-]+ ?){{1,6}})"
    rf"|([^,。;]*{_DOES_NOT_SAY_HAN}[^,。;]*)",
    re.I,
)
_NOT_SAID_THAT = re.compile(
    rf"\b(?:not|nowhere|never|nothing) (?:\w+ )?(?:{_GIVEN}|says?|states?) that\b(.+)", re.I
)
_UNSAID = re.compile(
    rf"{_DOES_NOT_SAY}\b|\b(?:does|do|did)(?: not|n't) tell\b"
    rf"|{_IS_NOT_GIVEN}\b"
    r"|\b(?:names?|gives?|mentions?|says?|sets?|states?) (?:no|nothing|nobody)\b"
    rf"|\b(?:no|nothing|nobody)\b[^,;]{{0,40}}\b(?:is|are|was|were) (?:{_GIVEN})\b"
    r"|\bwithout (?:naming|saying|giving|mentioning)\b"
    rf"|{_DOES_NOT_SAY_HAN}",
    re.I,
)
_PIECE = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
"""A word between blanks, or a character where words are not spaced."""
_TALKED_OF = 6
"""How many words from a negation a word of talk may stand that it denies."""


class Count(NamedTuple):
    """A number written as a word."""

    number: str
    word: str
    counts: bool
    """Whether it is small and has no unit."""


class Words:
    """What the words of one language have in common however they are written."""

    def __init__(self, language: str = "en") -> None:
        self.language = language.split("-")[0].lower() or "en"
        name = _STEMMERS.get(self.language)
        self._stemmer: Any = snowballstemmer.stemmer(name) if name else None
        self._stem = cache(self._stem_word)
        self._stems = lru_cache(maxsize=4096)(self._stems_of)  # texts and names come again and again
        self._parts_thousands_by_blanks = _group_symbol(language).isspace()

    def stems(self, text: str) -> list[str]:
        """Return the stems of the content words of *text*, and its numbers."""
        return list(self._stems(text))

    def _stems_of(self, text: str) -> tuple[str, ...]:
        return tuple(stem for token in _tokens(self._plain(text)) if (stem := self._stem(token)))

    def _plain(self, text: str) -> str:
        """Return *text* with each number and each word by itself: 1 250 as 1250, and l'eau as l' eau."""
        text = plain(text)
        if self._parts_thousands_by_blanks:
            text = _GROUPED.sub(lambda match: match[0].replace(" ", ""), text)
        return _ELISION.sub(r"\1' ", text) if self.language == "fr" else text

    def _stem_word(self, word: str) -> str:
        """Return the stem of *word*, or "" for one that has no meaning of its own."""
        if word[0].isdigit():
            return plain_number(word)
        if _UNSPACED.match(word):
            return word
        word = word.removesuffix("'s")
        if self.language == "en":
            if word in FUNCTION_WORDS or word in TALK:
                return ""
            if word in _NUMBER_WORDS:
                return _NUMBER_WORDS[word]
            if len(word) > 4:
                for british, other in _SPELLINGS:
                    word = british.sub(other, word)
        elif self.language == "fr":
            if word in FRENCH_FUNCTION_WORDS or len(word) < 3:
                return ""
        elif len(word) < 4 and word.isascii():
            return ""
        return self._shorten(word) if self._stemmer else word

    def _shorten(self, word: str) -> str:
        """Return what is left of *word* when the stemmer finds no more to take: departments, departmental."""
        while (shorter := str(self._stemmer.stemWord(word))) != word:
            word = shorter
        return word

    def numbers(self, text: str) -> dict[str, str]:
        """Return the numbers of *text*, each with how it is written, but for small ones that may count."""
        text = self._plain(text)
        found = {_scaled(match["number"], match["scale"]): match[0] for match in _DIGITS.finditer(text)}
        if percent := _PERCENT.search(text):
            found["percent"] = percent[0]
        return found | {each.number: each.word for each in self._number_words(text) if not each.counts}

    def counts(self, text: str) -> list[Count]:
        """Return the small numbers written as words that may count what *text* is about: ``four reasons``."""
        return [count for count in self._number_words(plain(text)) if count.counts]

    def amounts(self, text: str) -> list[tuple[str, str]]:
        """Return the numbers of *text* with the units behind them: ``two months``."""
        text = self._plain(text)
        pairs = [(match[2], _SIGNS[match[1]]) for match in _PRICE.finditer(text)]
        for match in _AMOUNT.finditer(text):
            number, unit = match[1].casefold(), match[2].casefold()
            if number[0].isdigit() or number.split()[0] in _NUMBER_WORDS or number.split()[0] in _QUANTITIES:
                pairs.append((number, unit.removesuffix("s")))
        return pairs

    def _number_words(self, text: str) -> Iterator[Count]:
        for match in _WORD.finditer(text if self.language == "en" else ""):
            word = match[0].casefold()
            if word in _QUANTITIES:
                yield Count(_QUANTITIES[word], match[0], False)
            elif word in _NUMBER_WORDS and word != "one":
                number = _NUMBER_WORDS[word]
                yield Count(number, match[0], number in _COUNTS and not _UNIT.match(text, match.end()))

    def names(self, text: str) -> list[str]:
        """Return the words of *text* that are written as names: with a capital, but not as a first word."""
        if self.language == "de":
            return []  # every noun is
        text = self._plain(text)
        words = list(_CAPITALIZED.finditer(text))
        named = []
        for at, match in enumerate(words):
            word = match["word"]
            if not word[0].isupper() or word.isupper():
                continue
            first = _BEGINS.search(text[: match.start()])
            if first and self._is_opener(word):
                continue
            if not first or (at + 1 < len(words) and _goes_on(text, match, words[at + 1])):
                named.append(word)
        return [word for word in named if word.casefold() not in FUNCTION_WORDS]

    def first_words(self, text: str) -> list[str]:
        """Return the first words of sentences, which have a capital whether or not they are names."""
        if self.language != "en":
            return []
        text = plain(text)
        begun = (match for match in _CAPITALIZED.finditer(text) if _BEGINS.search(text[: match.start()]))
        words = [match["word"] for match in begun if match["word"][0].isupper()]
        ordinary = (word.casefold() in FUNCTION_WORDS or self._is_opener(word) for word in words)
        return [word for word, passed in zip(words, ordinary, strict=True) if not passed]

    def _is_opener(self, word: str) -> bool:
        """Return whether *word* is an ordinary one in some form: residents, planting, additionally."""
        if self.language != "en":
            return False
        small = word.casefold()
        known = small in OPENERS or self._stem(small) in self._openers
        return known or bool(_ADVERB.fullmatch(small))

    @cached_property
    def _openers(self) -> frozenset[str]:
        return frozenset(stem for word in OPENERS if (stem := self._stem(word)))


def _goes_on(text: str, match: re.Match[str], following: re.Match[str]) -> bool:
    """Return whether the next word is a part of the same name."""
    return following["word"][0].isupper() and text[match.end() : following.start()] == " "


def _group_symbol(language: str) -> str:
    """Return what parts thousands in *language*, by CLDR."""
    locale = find_locale(language)
    return get_group_symbol(locale) if locale else ","


def _tokens(text: str) -> Iterator[str]:
    """Yield the words of *text*, and pairs of characters where words are not spaced."""
    for token in _TOKEN.findall(text):
        if _UNSPACED.match(token):
            yield from (token[at : at + 2] for at in range(max(1, len(token) - 1)))
        else:
            yield token.casefold()


@lru_cache(maxsize=4096)  # each rule of a verdict asks for the same texts
def plain(text: str) -> str:
    """Return *text* as it is compared: normalised, with digits of any script as European ones, unvowelled."""
    text = normalise(text)
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text.translate(_ARABIC))


def plain_number(number: str) -> str:
    """Return *number* as every way to write it would be: without separators of thousands."""
    whole = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", number)
    return whole.replace(",", ".").lstrip("0") or "0"


def _scaled(number: str, scale: str | None) -> str:
    """Return *number* with the zeros of *scale*: 1.2亿 as 12000万, and as 120,000,000."""
    plain = plain_number(number)
    if not scale or plain.count(".") > 1:
        return plain
    return format(Decimal(plain).scaleb(sum(_POWERS[each] for each in scale)).normalize(), "f")


def acronyms(text: str) -> list[str]:
    """Return the acronyms of *text*, and names such as ``5G`` and ``IPv6``."""
    return _ACRONYM.findall(plain(text))


def bare_words(text: str) -> set[str]:
    """Return the words of *text* as they are written, in lower case."""
    return set(_BARE.findall(plain(text).casefold()))


def quotations(text: str) -> list[str]:
    """Return the quoted spans of *text*, each in the pieces that an ellipsis leaves."""
    spans = ("".join(each) for each in _QUOTED.findall(plain(text)))
    return [piece.strip(" ,.;:") for span in spans for piece in _ELLIPSIS.split(span) if piece.strip(" ,.;:")]


def squeeze(text: str) -> str:
    """Return *text* as quotations are looked for in it: letters and digits only, in lower case."""
    return "".join(c for c in plain(text).casefold() if c.isalnum())


def negations(text: str) -> list[str]:
    """Return what each negation of *text* denies: up to six words; two in a row cancel each other."""
    text = _NO_NEGATION.sub(" ", plain(text))
    found: list[str] = []
    last = -100
    for match in _NEGATION.finditer(text):
        at = len(_PIECE.findall(text, 0, match.start()))
        if found and at - last <= _TALKED_OF:
            found.pop()
            last = -100
            continue
        denied = list(islice(_PIECE.finditer(text, match.end()), 6))
        found.append(collapse_blanks(text[denied[0].start() : denied[-1].end()]) if denied else "")
        last = at
    return found


def denies(text: str, language: str = "en") -> bool:
    """Return whether *text* denies anything, in English and Chinese by whatever word."""
    if _NEGATION.search(plain(text)) or _DENYING_HAN.search(text):
        return True
    return language == "en" and bool(_DENYING.search(text))


def tells_silence(text: str) -> bool:
    """Return whether *text* says of its source that it does not say something."""
    if re.search(_DOES_NOT_SAY_HAN, text):
        return True
    words = re.findall(r"[\w']+", plain(text).casefold())
    denied = [at for at, word in enumerate(words) if _NEGATION.fullmatch(word) or word.endswith("n't")]
    return any(TALK & set(words[max(0, at - _TALKED_OF) : at + _TALKED_OF + 1]) for at in denied)


def says_unsaid(text: str) -> bool:
    """Return whether *text* says plainly that something is not said: "It names no day"."""
    return bool(_UNSAID.search(plain(text)))


def denied_phrases(text: str) -> list[str]:
    """Return what a silence says is not there: "No date is given", "The mayor is not named"."""
    return [next(filter(None, match.groups())) for match in _DENIED.finditer(plain(text))]


def denied_clauses(text: str) -> list[str]:
    """Return what a silence says is not said: "It is not said that ships burn oil"."""
    return [match[1] for match in _NOT_SAID_THAT.finditer(plain(text))]


def parts(text: str) -> int:
    """Return how many things *text* can be listing."""
    return len(_PARTS.findall(text)) + 1
