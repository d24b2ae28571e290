"""Give the links, labels and lists of a converted body their looks: by target, title and words.

Nothing of it is needed to read a page. A link is known by what it leads to: a place in a source becomes a
chip, a term is marked as one, a code is set apart from the name behind it. Italics that are a label
become one. Links that lead from file to file are made to lead from built page to built page.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from xml.etree.ElementTree import SubElement

from plan_explorer.model.entities import Entity, Item, Source, Term
from plan_explorer.model.plan import Plan
from plan_explorer.rendering.commonmark import Element, fold_blanks
from plan_explorer.rendering.page_scope import PageScope
from plan_explorer.site.addresses import Address, Addresses

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HAN = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*"
)
"""A run of Chinese, with the punctuation in it."""
SEPARATOR = re.compile(r"( · |, )")
"""What stands between names in a row."""
LINKED = re.compile(r"Linked with \d+ entr(?:y|ies):")
"""What stands before the relations of an entry that shares its page."""
MAX_OPEN_ROWS = 2
"""Past so many, these are folded."""
NOUN = re.compile(r"\s*\(([^)]*)\)")
"""What an entry is, behind a link to it."""
SILENCES = ("No summary is given.", "No relation to another entry is recorded.", "No page uses it yet")
"""Italics that say that something is missing."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is at an address: an entity of some kind, its title and code, and the class of its hue."""

    kind: str
    title: str
    code: str = ""
    hue: str = ""

    @property
    def heading(self) -> str:
        """The words that a heading of it begins with."""
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True)
class Lookup:
    """What the addresses and the italics of a plan mean."""

    targets: Mapping[str, Target]
    """By address, as ``path.md#anchor``."""
    sources: Mapping[str, str]
    """Pages of sources, and their languages: a link with a title to one is a place that is cited."""
    primary: frozenset[str]
    """Those of the primary source."""
    words: Mapping[str, tuple[str, str]]
    """Words in italics: their class and their language, either of which may be empty."""
    names: Mapping[str, tuple[str, str]]
    """Names in other languages: the tag of their language, and their direction."""
    reasons: Mapping[str, str]
    """Names that are not sure, and why."""
    silence: str
    """What a line begins with that tells what the primary source leaves open."""
    han: str
    """The language of Chinese in running text."""
    foreign: re.Pattern[str] = field(default=HAN)
    """Finds what is in that language."""


def lookup(plan: Plan, addresses: Addresses, hues: Mapping[str, int]) -> Lookup:
    """Return what the addresses and the italics of *plan* mean."""
    settings = plan.settings
    pages = {s.id: {*addresses.parts(s), addresses.source(s).path} for s in plan.sources}
    han = next(
        (t for t in settings.languages if t.startswith("zh") and not settings.languages[t].romanizes), "zh"
    )
    # Names that mix scripts are one run; the longest first, so that none hides in another.
    mixed = {name.text for each in plan for tag, name in each.name.items() if tag == han} - {""}
    mixed = {name for name in mixed if not HAN.fullmatch(name) and HAN.search(name)}
    longest = [re.escape(name) for name in sorted(mixed, key=lambda name: (-len(name), name))]
    return Lookup(
        {
            **{str(addresses.of(entity)): _target(plan, entity, hues) for entity in plan},
            **dict(_passages(plan, addresses)),
        },
        {path: _language(plan, source) for source in plan.sources for path in sorted(pages[source.id])},
        frozenset(pages[settings.primary]),
        dict(_words(plan)),
        dict(_names(plan)),
        dict(_reasons(plan)),
        fold_blanks(f"Not stated in {settings.wording.primary}:"),
        han,
        re.compile("|".join([*longest, HAN.pattern])),
    )


def _language(plan: Plan, source: Source) -> str:
    """Return the language of *source* if it has an outline, and is in another language than the pages."""
    return source.language if source.outline and source.language != plan.settings.language else ""


def _target(plan: Plan, entity: Entity, hues: Mapping[str, int]) -> Target:
    kind = "term" if isinstance(entity, Term) else "source" if isinstance(entity, Source) else "entry"
    title = fold_blanks(plan.title(entity))
    if not isinstance(entity, Item):
        return Target(kind, title)
    hue = f" px-h-{hues[entity.id]}" if entity.id in hues else ""
    return Target(kind, title, fold_blanks(entity.code or ""), hue)


def _passages(plan: Plan, addresses: Addresses) -> Iterator[tuple[str, Target]]:
    for source in plan.sources:
        for passage in source.passages if source.outline else ():
            name, title = addresses.passage_name(source, passage), fold_blanks(passage.title)
            yield str(addresses.passage(source, passage)), Target("passage", title, fold_blanks(name))


def _names(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every name and variant in another language that is not a name in the first language, too."""
    settings = plan.settings
    first = {name.text for each in plan if (name := each.name.get(settings.language))}
    for entity in plan:
        forms = [(tag, name.text) for tag, name in entity.name.items()]
        if isinstance(entity, Term):
            forms += [(tag, form) for tag, each in entity.variants.items() for form in each]
        for tag, form in forms:
            if tag != settings.language and form not in first:
                yield fold_blanks(form), (tag, settings.direction(tag))


def _reasons(plan: Plan) -> Iterator[tuple[str, str]]:
    for entity in plan:
        for name in entity.name.values():
            if name.unsure:
                yield fold_blanks(name.text), fold_blanks(f"{name.confidence}: {name.basis}")


def _words(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what stands in italics, what is rarer first: what comes later wins."""
    languages = plan.settings.languages
    for entity in plan:
        for tag, name in entity.name.items():
            if name.unsure:
                yield fold_blanks(name.confidence), ("px-unsure", "")
            if languages[tag].romanizes:
                yield fold_blanks(name.text), ("px-py", tag)
    yield from ((text, ("px-none", "")) for text in SILENCES)
    yield "no actor named", ("px-tag px-tag--none", "")
    for status, text in plan.settings.statuses.items():
        yield fold_blanks(text), (f"px-ev px-ev--{status}", "")


def decorate(root: Element, look: Lookup, page: PageScope) -> None:
    """Give the body *root* of *page* its looks."""
    _Decorator(look, page).decorate(root)


class _Decorator:
    """Walks over the body of one page."""

    def __init__(self, look: Lookup, page: PageScope) -> None:
        self.look, self.page, self.path = look, page, page.path
        self._folder = posixpath.dirname(page.path) or "."

    def decorate(self, root: Element) -> None:
        self._walk(root)
        _name_headings(root)
        for heading in root:
            if heading.tag in HEADINGS:
                self._heading(heading)
        self._explain_unsure(root)
        for block in list(root):
            if block.tag == "ul" and len(block) and block[0].get("class") == "px-row":
                _wrap_relations(root, block)
            elif (
                block.tag == "p"
                and len(block)
                and block[0].tag == "strong"
                and not (block.text or "").strip()
            ):
                self._labelled(root, block)

    def _walk(self, parent: Element) -> None:
        if parent.tag not in HEADINGS:
            self._mark_language(parent)
        for child in list(parent):
            if child.tag == "a":
                self._link(parent, child)
                self._mark_language(child)
                for italics in child.findall("em"):
                    self._italics(italics)
            elif child.tag == "em":
                self._italics(child)
            elif child.tag not in ("code", "pre") and not child.get("lang"):
                self._walk(child)
        if parent.tag in ("li", "p", "td"):
            _name(parent)
            _shrink_reason(parent)
        if parent.tag == "li":
            self._row(parent)

    # --- links and italics

    def _find(self, href: str) -> Address:
        """Return the address that *href* leads to."""
        path, _, anchor = href.partition("#")
        return Address(posixpath.normpath(f"{self._folder}/{path}") if path else self.path, anchor)

    def _link(self, parent: Element, link: Element) -> None:
        href, words, title = link.get("href", ""), link.text or "", link.get("title")
        if ":" in href or href.startswith("/"):
            return
        address = self._find(href)
        page, target = address.path, self.look.targets.get(str(address))
        if href and not href.startswith("#"):
            link.set("href", self.page.to_built(address))
        related = _is_relation(parent) and parent[1] is link
        if title and page in self.look.sources:
            _make_chip(link, title, primary=page in self.look.primary)
        elif target and _begins_with_code(words, target):
            _split_code(parent, link, target)
        elif related:
            _wrap_reference(parent, link)
        elif target and target.kind == "term":
            link.set("class", "px-term")

    def _italics(self, italics: Element) -> None:
        known = self.look.words.get(italics.text or "") if not len(italics) else None
        if known is None:
            self._walk(italics)
            return
        css, language = known
        italics.tag = "span"
        if css:
            italics.set("class", css)
        if language:
            italics.set("lang", language)

    def _explain_unsure(self, root: Element) -> None:
        """Tell why names are not sure: with the word that says so, or else with the name itself."""
        for parent in root.iter() if self.look.reasons else ():
            for name, following in zip_longest(parent, parent[1:]):
                reason = self.look.reasons.get(name.text or "") if name.get("lang") else None
                if reason and following is not None and following.get("class") == "px-unsure":
                    following.set("title", reason)
                elif reason:
                    name.set("title", reason)
                    name.set("class", "px-maybe")

    def _mark_language(self, parent: Element) -> None:
        """Mark what is in another language in the words of *parent* and between its children."""
        for at in range(len(parent), 0, -1):  # from the end, as what is marked comes in between
            child = parent[at - 1]
            if child.tail and not child.tail.isspace():
                self._mark(parent, at, child.tail, child)
        if parent.text and not parent.text.isspace():
            self._mark(parent, 0, parent.text, None)

    def _mark(self, parent: Element, at: int, text: str, before: Element | None) -> None:
        """Mark what is in another language in *text*, in *parent* in front of its child number *at*."""
        end = 0
        for start, stop, tag, direction in self._foreign(text):
            _set_words(parent, before, text[end:start])
            before = Element("span", {"lang": tag, **({"dir": "rtl"} if direction == "rtl" else {})})
            before.text = text[start:stop]
            parent.insert(at, before)
            at, end = at + 1, stop
        if end:
            _set_words(parent, before, text[end:])

    def _foreign(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield what in *text* is in another language: where, the tag of the language, the direction.

        Names are known if they stand alone or in a row of names; in running text, only Chinese is.
        """
        start = 0
        for piece in SEPARATOR.split(text):
            name = piece.strip()
            if name in self.look.names:
                at = start + piece.index(name)
                yield at, at + len(name), *self.look.names[name]
            elif not piece.isascii():
                for run in self.look.foreign.finditer(piece):
                    yield start + run.start(), start + run.end(), self.look.han, "ltr"
            start += len(piece)

    # --- headings and rows

    def _heading(self, heading: Element) -> None:
        """Set the code of the entry that *heading* names apart from its title."""
        address = self.path if heading.tag == "h1" else f"{self.path}#{heading.get('id')}"
        target = self.look.targets.get(address)
        words = heading.text or ""
        if target and words.startswith(target.heading):  # names in other languages follow the title
            links = list(heading)
            heading[:] = []
            heading.text = target.heading
            self._mark_language(heading)
            names = Element("span")
            names.text = words[len(target.heading) :]
            self._mark_language(names)
            _set_words(heading, heading[-1] if len(heading) else None, names.text or "", more=True)
            heading.extend([*names, *links])
        else:
            self._mark_language(heading)
        if target and _begins_with_code(heading.text, target):
            code = _code(target)
            code.tail, heading.text = (heading.text or "")[len(target.code) :], ""
            heading.insert(0, code)

    def _labelled(self, root: Element, line: Element) -> None:
        """Make a *line* that begins with its label in bold one of a list of terms."""
        label = line[0].text or ""
        if label == self.look.silence:
            line.set("class", "px-silent")
        elif label.endswith(":"):
            _to_term(root, line, label.removesuffix(":"))

    def _row(self, item: Element) -> None:
        """Set what an entry of a list is linked to apart from the words that say why."""
        if not len(item) or (item.text or "").strip():
            return
        first = item[0]
        css = first.get("class", "")
        if self.path in self.look.sources and first.tag in ("p", "strong") and not _is_relation(item):
            _sentence(item, self.look.sources[self.path])
        elif _is_relation(item):
            _relation(item)
        elif first.tag == "strong":
            self._here(item, first)
        elif css.startswith("px-loc") and len(item) > 1:
            _set_in_columns(_gather(item, 1, len(item), "px-its"))

    def _here(self, item: Element, bold: Element) -> None:
        """Set the code of the page's own entry, in bold in a list of its like, apart from its title."""
        target = self.look.targets.get(self.path)
        words = bold.text or ""
        if target and _begins_with_code(words, target):
            bold.text = words[len(target.code) :].lstrip()
            item.remove(bold)
            reference = Element("span", {"class": "px-ref px-ref--coded"})
            reference.extend([_code(target), bold])
            item.insert(0, reference)


# --- anchors


def _name(parent: Element) -> None:
    """Give *parent* the id of the anchor that it begins with."""
    while len(parent) and _is_anchor(parent[0]) and not (parent.text or "").strip() and not parent.get("id"):
        anchor = parent[0]
        parent.set("id", anchor.get("id", ""))
        parent.text = anchor.tail
        parent.remove(anchor)


def _name_headings(root: Element) -> None:
    """Give each block the id of the paragraph in front of it that holds only an anchor."""
    for at, block in reversed(list(enumerate(root))):
        following = root[at + 1] if at + 1 < len(root) else None
        if block.tag != "p" or not block.get("id") or following is None or (block.text or "").strip():
            continue
        if all(map(_is_anchor, block)):
            following.set("id", block.get("id", ""))
            for anchor in reversed(list(block)):  # addresses that it had before
                anchor.tail, following.text = following.text, ""
                following.insert(0, anchor)
            root.remove(block)


def _is_anchor(element: Element) -> bool:
    return element.tag == "span" and bool(element.get("id")) and not len(element) and not element.text


# --- pieces


def _set_words(parent: Element, before: Element | None, words: str, *, more: bool = False) -> None:
    """Put *words* behind *before*, or at the beginning of *parent*; behind what is there if *more*."""
    if before is None:
        parent.text = (parent.text or "") + words if more else words
    else:
        before.tail = (before.tail or "") + words if more else words


def _make_chip(link: Element, title: str, *, primary: bool) -> None:
    """Make *link* the chip of a cited place, whose spoken name begins with what is seen."""
    words = link.text or ""
    del link.attrib["title"]
    link.set("class", "px-loc" if primary else "px-loc px-loc--other")
    if title != words:
        link.set("aria-label", title if title.startswith(words) else f"{words}: {title}")


def _begins_with_code(words: str | None, target: Target) -> bool:
    """Return whether *words* are the code of *target*, or that and more words."""
    return bool(target.code) and f"{words} ".startswith(f"{target.code} ")


def _split_code(parent: Element, link: Element, target: Target) -> None:
    """Set the code that *link* begins with apart; a code alone is read out with its title."""
    name = (link.text or "")[len(target.code) :].lstrip()
    code = _code(target)
    if name and parent.tag in HEADINGS:
        link.text, code.tail = name, " "
        parent.insert(list(parent).index(link), code)
        return
    if name:
        link.text = name
        _wrap_reference(parent, link, code)
        return
    link.text = ""
    link.insert(0, code)
    if title := link.attrib.pop("title", ""):
        SubElement(link, "span", {"class": "px-sr"}).text = f" {title}"


def _wrap_reference(parent: Element, link: Element, code: Element | None = None) -> None:
    """Put *link* and its *code* into columns of a line."""
    reference = Element("span", {"class": "px-ref" if code is None else "px-ref px-ref--coded"})
    reference.tail, link.tail = link.tail, None
    at = list(parent).index(link)
    parent[at] = reference
    reference.extend([link] if code is None else [code, link])


def _code(target: Target) -> Element:
    code = Element("span", {"class": "px-num" if target.kind == "passage" else f"px-code{target.hue}"})
    code.text = target.code
    return code


def _gather(parent: Element, start: int, end: int, css: str, tag: str = "span") -> Element:
    """Put the children of *parent* from *start* to *end* into one, and return that."""
    box = Element(tag, {"class": css})
    moved = list(parent)[start:end]
    for each in moved:
        parent.remove(each)
    box.extend(moved)
    parent.insert(start, box)
    return box


def _is_relation(item: Element) -> bool:
    """Return whether *item* begins with the kind of a relation, in bold, and a link to the other entry."""
    if item.tag != "li" or len(item) < 2 or (item.text or "").strip():
        return False
    kind, other = item[0], item[1]
    named = kind.tag == "strong" and (kind.text or "").endswith(":") and not (kind.tail or "").strip()
    return named and (other.tag == "a" or other.get("class", "").startswith("px-ref"))


def _shrink_reason(parent: Element) -> None:
    """Set in small what follows a label: why it is read so."""
    for at, label in enumerate(parent):
        words = (label.tail or "").strip()
        if label.get("class", "").startswith("px-ev"):
            comes_last = not words and at + 1 == _before_list(parent)
            comes_first = at == 0 and not (parent.text or "").strip()
            if comes_last or comes_first:
                return
            reason = _gather(parent, at + 1, _before_list(parent), "px-reason", "small")
            reason.text, label.tail = (label.tail or "").lstrip(), " "
            return


def _before_list(item: Element) -> int:
    """Return the place of the first list within *item*, or of its end."""
    return next((at for at, child in enumerate(item) if child.tag == "ul"), len(item))


def _sentence(item: Element, language: str) -> None:
    """Set the number and the words of a sentence beside the entries that rest on it."""
    blocks = [block for block in item if block.tag == "p"]
    if not blocks or not len(blocks[0]) or blocks[0][0].tag != "strong":
        return
    line, *below = blocks
    item.set("class", "px-sn")
    item.set("id", line.attrib.pop("id", ""))
    number = line[0]
    words = _gather(line, 1, len(line), "px-orig")
    words.text, number.tail = (number.tail or "").lstrip(), None
    if language:
        words.set("lang", language)
    for hidden in words.iter("em"):
        hidden.tag = "i"
    number.tag = "a"
    number.attrib.update({"class": "px-s", "href": f"#{item.get('id')}"})
    line.tag = "div"
    line.set("class", "px-sn__t")
    entries = Element("div", {"class": "px-its"})
    for block in below:
        item.remove(block)
        _rest(entries, block)
    item.append(entries)


def _rest(entries: Element, block: Element) -> None:
    """Put the entries of *block* among *entries*, folded if it begins with what they are."""
    lead = block[0] if len(block) and block[0].tag == "em" else None
    if lead is None:
        entries.text = block.text
        entries.extend(block)
    elif (lead.text or "").endswith(":"):
        fold = SubElement(entries, "details")
        SubElement(fold, "summary").text = (lead.text or "").removesuffix(":")
        entries = SubElement(fold, "div")
        entries.extend(block[1:])
    else:
        SubElement(entries, "span", {"class": "px-none"}).text = lead.text
        return
    _set_in_columns(entries)


def _set_in_columns(entries: Element) -> None:
    """Set links to entries, and what each is, in columns, which need no semicolons."""
    for entry in list(entries):
        if entry.tag == "a":
            entry.attrib.pop("class", None)
            _wrap_reference(entries, entry)
    for entry in entries:
        noun = NOUN.match(entry.tail or "")
        entry.tail = None
        if noun:
            entry[-1].tail = " "
            SubElement(entry, "small").text = noun[1]


def _relation(item: Element) -> None:
    """Set a row "**kind:** entry – why *label*" in columns."""
    kind, other = item[0], item[1]
    kind.tag = "span"
    kind.set("class", "px-kind")
    nested = _before_list(item)
    labelled = item[nested - 1].get("class", "").startswith("px-ev")
    words, other.tail = (other.tail or "").removeprefix(" –").lstrip(), " "
    why = _gather(item, 2, nested - labelled, "px-why")
    why.text, why.tail = words, " "
    if not words.strip() and not len(why):
        item.remove(why)
    item.set("class", "px-row")


def _wrap_relations(root: Element, rows: Element) -> None:
    """Put a list of relations into its box, folded if it is long and one of many on the page.

    One in which nothing is stated says so, for the lens.
    """
    stated = any(child.get("class") == "px-ev px-ev--stated" for row in rows for child in row)
    _hide_repeated_kinds(rows)
    for row in rows:
        row.attrib.pop("class", None)
    read = "" if stated else " px-read"
    box = Element("div", {"class": f"px-rel{read}"})
    at = list(root).index(rows)
    root[at] = box
    box.append(rows)
    lead = root[at - 1] if at else None
    if lead is None or lead.tag != "p" or not (lead.text or "").endswith(":") or len(lead):
        return
    lead.set("class", "px-lead")
    if len(rows) > MAX_OPEN_ROWS and LINKED.fullmatch(lead.text or ""):
        fold = Element("details", {"class": f"px-fold{read}"})
        SubElement(fold, "summary").text = (lead.text or "").removesuffix(":")
        fold.append(box)
        root[at] = fold
        root.remove(lead)


def _hide_repeated_kinds(rows: Element) -> None:
    """Keep a kind that the row before has, too, for screen readers only.

    It is shown again in the first row that is stated, as the lens may hide those before.
    """
    shown, stated = "", False
    for row in rows:
        kind, is_stated = row[0], any(child.get("class") == "px-ev px-ev--stated" for child in row)
        if kind.text != shown:
            shown, stated = kind.text or "", is_stated
        elif is_stated and not stated:
            stated = True
        else:
            SubElement(kind, "span", {"class": "px-sr"}).text = kind.text
            kind.text = ""


def _to_term(root: Element, line: Element, label: str) -> None:
    """Make *line* a term and what is said of it, in one list with those right before."""
    at = list(root).index(line)
    before = root[at - 1] if at else None
    terms = before if before is not None and before.tag == "dl" else Element("dl")
    if terms is before:
        root.remove(line)
    else:
        root[at] = terms
    labels = [each.text for each in terms if each.tag == "dt"]
    if not labels or labels[-1] != label:
        SubElement(terms, "dt").text = label
    said = SubElement(terms, "dd")
    said.text = (line[0].tail or "").lstrip()
    said.extend(list(line)[1:])
