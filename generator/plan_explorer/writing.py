"""Fragments of Markdown: links, names, statements with their evidence, on one page."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from plan_explorer import escaping
from plan_explorer.addresses import Address, Addresses, Locator, locator
from plan_explorer.dates import Period
from plan_explorer.entities import Entity, Item, Name, Names, Passage, Source
from plan_explorer.plan import Plan
from plan_explorer.statements import Citation, Date, Statement, Status

_BEFORE_POINT = re.compile(r"\s+([.,;:](?:\s|$))")
_CJK_RUN = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*"
)
_CJK_TAGS = ("zh", "ja", "ko", "yue")


plain = lru_cache(maxsize=65536)(escaping.markdown)
attribute = lru_cache(maxsize=8192)(escaping.attribute)


@lru_cache(maxsize=65536)
def built(path: str, *, directory_urls: bool) -> str:
    """Return the address, from the top of the site, of the page made of the Markdown file at *path*."""
    page = path.removesuffix(".md")
    if not directory_urls:
        return f"{page}.html"
    folder = posixpath.dirname(page) if posixpath.basename(page) == "index" else page
    return f"{folder}/" if folder else ""


def relative(path: str, folder: str) -> str:
    """Return *path* as seen from *folder*, both from the top of the site."""
    path = path.strip("/")
    top, up = _climb(folder)
    if path and not path.startswith(top):
        return up + path
    there, here = path.split("/") if path else [], folder.split("/") if folder else []
    same = 0
    while same < min(len(there), len(here)) and there[same] == here[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


@lru_cache(maxsize=1024)
def _climb(folder: str) -> tuple[str, str]:
    """Return what paths within the topmost folder of *folder* begin with, and the way out of it."""
    steps = folder.split("/")
    return steps[0], "../" * len(steps)


def _parted(address: Address | str) -> tuple[str, str]:
    if isinstance(address, Address):
        return address.path, address.anchor
    path, _, anchor = address.partition("#")
    return path, anchor


class Writer:
    """Writes Markdown for one page; it knows where the page is, and which terms it has linked."""

    def __init__(
        self,
        plan: Plan,
        addresses: Addresses,
        hues: Mapping[str, int],
        path: str,
        *,
        directory_urls: bool = False,
    ) -> None:
        """Prepare for the page at *path*."""
        self.plan, self.addresses, self.hues, self.path = plan, addresses, hues, path
        self.directory_urls = directory_urls
        self._linked: set[str] = set()
        self.told: Counter[Status] = Counter()
        """How many statements of each status the page has told so far."""
        self._folder, self._built_folder = posixpath.dirname(path), posixpath.dirname(self._url(path))
        cjk = (tag for tag in plan.settings.languages if tag.split("-")[0] in _CJK_TAGS)
        self._cjk = next((t for t in cjk if not plan.settings.languages[t].romanizes), "zh")

    # --- where things are

    def to(self, address: Address | str) -> str:
        """Return *address* as seen from this page, for a Markdown link."""
        path, anchor = _parted(address)
        if anchor and path == self.path:
            return f"#{anchor}"
        near = relative(path, self._folder)
        return f"{near}#{anchor}" if anchor else near

    def href(self, address: Address | str) -> str:
        """Return *address* as seen from the built page, for raw HTML."""
        path, anchor = _parted(address)
        near = relative(self._url(path), self._built_folder)
        if self.directory_urls and near != ".":
            near += "/"
        return f"{near}#{anchor}" if anchor else near

    def page_url(self) -> str:
        """Return the address of this page from the top of the site."""
        return self._url(self.path)

    def _url(self, path: str) -> str:
        return built(path, directory_urls=self.directory_urls)

    # --- entities

    def title(self, entity: Entity) -> str:
        """Return the title of *entity* as Markdown."""
        return self.text(self.plan.title(entity))

    def link(self, entity: Entity, words: str = "", css: str = "") -> str:
        """Return a link to *entity*, by its title or by *words*."""
        attributes = f"{{{css}}}" if css else ""
        return f"[{words or self.title(entity)}]({self.to(self.addresses.of(entity))}){attributes}"

    def coded(self, entity: Entity) -> str:
        """Return a link to *entity* with its code in front."""
        return f"{self.code(entity)} {self.link(entity)}".strip()

    def code(self, entity: Entity) -> str:
        """Return the code of *entity* in its hue, or nothing."""
        if not isinstance(entity, Item) or not entity.code:
            return ""
        return f'<span class="px-code{self.hue(entity)}">{plain(entity.code)}</span>'

    def hue(self, entity: Entity) -> str:
        """Return the class that gives the hue of *entity*, after a space, or nothing."""
        number = self.hues.get(entity.id)
        return "" if number is None else f" px-h-{number}"

    def term(self, entity: Entity) -> str:
        """Return a link to a term, marked as one, with its names in other scripts."""
        link = self.link(entity, css=".px-term")
        return f"{link} {self.other_names(entity.name, romanized=False)}".strip()

    # --- names

    def other_names(self, names: Names, *, romanized: bool = True) -> str:
        """Return the names in every language but the first, each in its language, if they differ."""
        settings = self.plan.settings
        first = names.get(settings.language)
        shown = [
            self.name(tag, name)
            for tag, name in names.items()
            if tag != settings.language
            and not (first and first.text == name.text)
            and (romanized or not settings.languages[tag].romanizes)
        ]
        return " ".join(shown)

    def name(self, tag: str, name: Name) -> str:
        """Return *name* in its language, marked if it is not sure."""
        rtl = ' dir="rtl"' if self.plan.settings.direction(tag) == "rtl" else ""
        shown = f'<span lang="{tag}"{rtl}>{plain(name.text)}</span>'
        if not name.unsure:
            return shown
        why = escaping.html(" ".join(f"{name.confidence}: {name.basis}".split()))
        return f'{shown} <span class="px-unsure" title="{why}">{name.confidence}</span>'

    def text(self, words: str) -> str:
        """Return plain *words* as Markdown, with every Chinese run in its language."""
        return self._in_language(plain(words))

    def html(self, words: str) -> str:
        """Return plain *words* as HTML, for what the Markdown parser does not read."""
        return self._in_language(escaping.html(words, quote=False))

    @staticmethod
    def attr(words: str) -> str:
        """Return plain *words* for an attribute of HTML."""
        return escaping.html(words)

    def prose(self, markdown: str) -> str:
        """Return the *markdown* of an author, with its links, and without HTML."""
        return escaping.prose(markdown)

    def _in_language(self, markdown: str) -> str:
        if markdown.isascii():
            return markdown
        return _CJK_RUN.sub(lambda m: f'<span lang="{self._cjk}">{m[0]}</span>', markdown)

    # --- statements

    def say(self, statement: Statement, *, about: Entity | None = None, label: bool = True) -> str:
        """Return *statement* with terms linked, citations as chips, and its status.

        Args:
            statement: what is said.
            about: the entity it is about; if that is a term, it is not linked to itself.
            label: whether to print the status of what is not plainly stated.
        """
        if statement.cites or statement.text.strip():
            self.told[statement.status] += 1
        pieces = [
            self._words(statement.text, part, about) if isinstance(part, slice) else self.chips(part)
            for part in statement.parts
        ]
        shown = _BEFORE_POINT.sub(r"\1", " ".join(filter(None, pieces)))
        if label and statement.status != "stated":
            shown += f" {self.label(statement.status)}"
        if why := statement.reason:
            shown += f' <small class="px-reason">{self._words(why, slice(0, len(why)), about)}</small>'
        return shown

    def _words(self, text: str, part: slice, about: Entity | None) -> str:
        """Return *part* of *text* with raw HTML disarmed and each term linked at its first mention."""
        pieces: list[str] = []
        end, stop = part.start, part.stop
        for mention in self.plan.finder.find(text):  # as the whole of it was searched already
            if mention.id in self._linked or mention.start < end or mention.end > stop:
                continue
            if about and mention.id == about.id:
                continue
            self._linked.add(mention.id)
            pieces.append(self._safe(text[end : mention.start]))
            pieces.append(self._mention(mention.id, self._safe(text[mention.start : mention.end])))
            end = mention.end
        return " ".join("".join([*pieces, self._safe(text[end:stop])]).split())

    def _mention(self, id: str, words: str) -> str:
        """Return a link to a term that is named by *words*, with its other names."""
        term, first = self.plan[id], self.plan.settings.language
        names = attribute(" ".join(name.text for tag, name in term.name.items() if tag != first))
        return self.link(term, words, f'.px-term title="{names}"' if names else ".px-term")

    def _safe(self, markdown: str) -> str:
        return self._in_language(escaping.prose(markdown, links=False))

    def label(self, status: Status) -> str:
        """Return the label of *status*: a mark and words."""
        words = plain(self.plan.settings.statuses[status])
        return f'<span class="px-ev px-ev--{status}">{words}</span>'

    # --- evidence

    def chips(self, cites: Iterable[Citation]) -> str:
        """Return a link for each place cited."""
        return " ".join(self.chip(citation) for citation in dict.fromkeys(cites))

    def chip(self, citation: Citation) -> str:
        """Return a link to the place cited; its name begins with what is seen."""
        found = self.locator(citation)
        source = self.plan[citation.source]
        primary = citation.source == self.plan.settings.primary
        css = ".px-loc" if primary else ".px-loc .px-loc--other"
        label = f"{found.short}: {found.long}" if found.short != found.long else self.plan.title(source)
        if not label.startswith(found.short):
            label = f"{found.short}: {label}"
        target = self.to(self.addresses.citation(citation))
        return f'[{self.text(found.short)}]({target}){{{css} aria-label="{attribute(label)}"}}'

    def locator(self, citation: Citation) -> Locator:
        """Return how *citation* is named, short and long."""
        return self.addresses.locator(citation)

    def passage(self, source: Source, passage: Passage, sentence: int = 0) -> str:
        """Return the short name of a passage or sentence of *source*."""
        found = Citation(source.id, passage.id, sentence, sentence)
        return locator(source, found, primary=True, title="").short

    def date(self, date: Date | Period | None) -> str:
        """Return *date* in words, with the source's own words for it."""
        if date is None:
            return ""
        if isinstance(date, Period):
            return plain(str(date))
        words = plain(str(date))
        if date.label and date.edtf:
            words += f" (“{plain(date.label)}”)"
        if date.cites:
            words += f" {self.chips(date.cites)}"
        return words
