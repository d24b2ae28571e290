"""Say the words of the interface in the language of the pages, from catalogues in the format of gettext."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import ParamSpec, TypeVar

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from plan_explorer.package_files import builtin_templates

WORDS = "words"
"""The folder of templates that holds catalogues, each named by the tag of its language: ``fr.po``."""
FALLBACK = "en"
"""The language that messages are written in."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Catalogue:
    """The words of the interface in one language."""

    language: str
    """Its BCP 47 tag."""
    locale: Locale
    """How it writes dates, numbers and lists."""
    messages: NullTranslations
    """What each message is in it; one that is missing is said in English."""
    for_scripts: Mapping[str, str | Mapping[str, str]]
    """The same as scripts read it: a string, or for what counts a string for each plural category."""

    def gettext(self, message: str, **values: object) -> str:
        """Return *message*, with *values* in the place of its ``%(name)s``."""
        return self.messages.gettext(message) % values

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """Return the message that fits the number *n*, which is ``%(n)s`` in it."""
        return self.messages.ngettext(one, many, n) % {"n": n, **values}

    def pgettext(self, context: str, message: str, **values: object) -> str:
        """Return *message* as it is meant in *context*."""
        return self.messages.pgettext(context, message) % values


def read_catalogue(language: str, overrides: Path | None = None) -> Catalogue:
    """Return the words of the interface in *language*.

    Args:
        language: a BCP 47 tag; what ``zh-CN`` lacks is looked for in ``zh-Hans``.
        overrides: a folder of templates whose catalogues win over the built-in ones, message by message.

    Raises:
        ValueError: if a file is no catalogue; the message names it.
    """
    folders = [folder / WORDS for folder in (builtin_templates(), overrides) if folder]
    paths = [
        path
        for folder in folders
        for tag in reversed(_tags(language))
        if (path := folder / f"{tag}.po").is_file()
    ]
    return _read(language, tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=16)
def _read(language: str, files: tuple[tuple[Path, int], ...]) -> Catalogue:
    messages = NullTranslations()
    for_scripts: dict[str, str | Mapping[str, str]] = {}
    locale = _locale(language)
    for path, _ in files:
        read = read_file(path)
        compiled = BytesIO()
        write_mo(compiled, read)
        compiled.seek(0)
        newer = Translations(compiled)
        newer.add_fallback(messages)
        messages = newer
        for_scripts |= _for_scripts(read, newer, locale)
    return Catalogue(language, locale, messages, for_scripts)


def read_file(path: Path) -> Catalog:
    """Return the catalogue in the file at *path*.

    Raises:
        ValueError: if it is none; the message names it.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.stem.replace("-", "_"), abort_invalid=True)
    except Exception as error:
        raise ValueError(f"{path.name} is no catalogue in the format of gettext: {error}") from error


def missing_messages(language: str) -> list[str]:
    """Return the messages that no catalogue says in *language*: of those that any catalogue has."""
    if language.split("-")[0] == FALLBACK:
        return []
    folder = builtin_templates() / WORDS
    known = {path.stem: read_file(path) for path in sorted(folder.glob("*.po"))}
    fitting = [known[tag] for tag in _tags(language) if tag in known]
    said = {_id(each) for catalog in fitting for each in catalog if any(each.string or ())}
    wanted = dict.fromkeys(_id(each) for catalog in known.values() for each in catalog if each.id)
    return [message for context, message in wanted if (context, message) not in said]


def _id(message: Message) -> tuple[str, str]:
    one = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", one


def _for_scripts(
    catalog: Catalog, messages: NullTranslations, locale: Locale
) -> dict[str, str | Mapping[str, str]]:
    found: dict[str, str | Mapping[str, str]] = {}
    for message in catalog:
        if not message.id or message.fuzzy or not any(path.endswith(".js") for path, _ in message.locations):
            continue
        if isinstance(message.id, tuple):
            one, many = message.id
            numbers = {locale.plural_form(n): n for n in range(200, -1, -1)}
            found[one] = {category: messages.ngettext(one, many, n) for category, n in numbers.items()}
        elif message.string:
            found[str(message.id)] = str(message.string)
    return found


def _tags(language: str) -> list[str]:
    """Return the tags of the catalogues that fit *language*, the best first."""
    parts = language.split("-")
    prefixes = ["-".join(parts[:length]) for length in range(len(parts), 1, -1)]
    script = next((part for part in parts[1:] if len(part) == 4), "") or _usual_script(*parts[:2])
    # Who reads Traditional characters is not given Simplified ones.
    general = [parts[0]] if script == _usual_script(parts[0]) else []
    return list(dict.fromkeys([*prefixes, f"{parts[0]}-{script}", *general]))


def _usual_script(language: str, region: str = "") -> str:
    """Return the script in which *language* is usually written there, by CLDR."""
    likely = get_global("likely_subtags")
    found = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return "".join(str(found).split("_")[1:2])


def own_name(language: str) -> str:
    """Return what *language* is called in itself: français, 中文 (简体); its tag, if it is not known."""
    locale = find_locale(language)
    return (locale and locale.get_display_name()) or language


def find_locale(language: str) -> Locale | None:
    """Return what CLDR knows of *language*, a BCP 47 tag, or None if it does not."""
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (ValueError, UnknownLocaleError):
        return None


def _locale(language: str) -> Locale:
    return (find_locale(language) if language != FALLBACK else None) or Locale("en", "GB")


ENGLISH = Catalogue(FALLBACK, Locale("en", "GB"), NullTranslations(), {})
"""The words as they stand in the code."""

_spoken: ContextVar[Catalogue] = ContextVar("spoken", default=ENGLISH)


def spoken() -> Catalogue:
    """Return the catalogue of the language that is spoken."""
    return _spoken.get()


@contextmanager
def speaking(catalogue: Catalogue) -> Iterator[None]:
    """Say what is said meanwhile in the language of *catalogue*."""
    before = _spoken.set(catalogue)
    try:
        yield
    finally:
        _spoken.reset(before)


def said_in(catalogue: Catalogue, function: Callable[P, T]) -> Callable[P, T]:
    """Return *function*, which is to say what it says in the language of *catalogue*."""

    def call(*args: P.args, **options: P.kwargs) -> T:
        with speaking(catalogue):
            return function(*args, **options)

    return call


def with_capital(words: str) -> str:
    """Return *words* as a line begins, with the capitals that they have."""
    return words[:1].upper() + words[1:]


def gettext(message: str, /, **values: object) -> str:
    """Return *message* in the language that is spoken, with *values* in the place of its ``%(name)s``."""
    return _spoken.get().gettext(message, **values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the message that fits the number *n*, ``%(n)s`` in it, in the language that is spoken."""
    return _spoken.get().ngettext(one, many, n, **values)


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Return *message*, as it is meant in *context*, in the language that is spoken."""
    return _spoken.get().pgettext(context, message, **values)


def N_(message: str) -> str:  # noqa: N802 - as gettext has it
    """Mark *message* for translation where the language is not known yet, and return it as it is."""
    return message


# --- phrases


def comma() -> str:
    """Return what parts words in a row in the language that is spoken."""
    return pgettext("between the parts of a row", ", ")


def commas(words: Iterable[str]) -> str:
    """Return *words* in a row, with the commas of the language that is spoken."""
    return comma().join(words)


def semicolons(words: Iterable[str]) -> str:
    """Return *words* in a row, with the semicolons of the language that is spoken."""
    return pgettext("between the parts of a row", "; ").join(words)


def paragraph(sentences: Iterable[str]) -> str:
    """Return *sentences* one behind the other, with a blank between two unless a full-width mark ends one."""
    return re.sub(r"(?<=[。！？]) ", "", " ".join(filter(None, sentences)))


def numbered(number: int, noun: str) -> str:
    """Return how many items of a plan there are, by their *noun*: 6 measures, 6项措施."""
    return pgettext("how many items", "%(number)s %(noun)s", number=number, noun=noun)


def labelled(label: str, value: object) -> str:
    """Return *value* behind its *label*, with the colon of the language that is spoken."""
    return gettext("%(label)s: %(value)s", label=label, value=value)


def with_note(words: str, note: object) -> str:
    """Return *words* with a *note* in brackets, as the language that is spoken has them."""
    return gettext("%(words)s (%(note)s)", words=words, note=note)


def sentence_case(words: str) -> str:
    """Return *words* as a sentence begins; only English has no other capitals in them."""
    return words.capitalize() if _speaks_english() else words[:1].upper() + words[1:]


def within_sentence(words: str) -> str:
    """Return a noun that stands alone as it is written within a sentence: small, unless in German."""
    if _speaks_english():
        return words.lower()
    if spoken().language.split("-")[0] == "de" or words[1:2].isupper():
        return words
    return words[:1].lower() + words[1:]


def _speaks_english() -> bool:
    return spoken().language.split("-")[0] == FALLBACK
