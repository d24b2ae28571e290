"""Give the links, labels and lists of a converted body their looks: by target, title and words.

Nothing of it is needed to read a page. A link is known by what it leads to: a place in a source becomes a
chip, a term is marked as one, a code is set apart from the name behind it. Italics that are a label
become one. Links that lead from file to file are made to lead from built page to built page.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import SubElement

from plan_explorer.model.entities import Entity, Item, Source, Term
from plan_explorer.model.plan import Plan
from plan_explorer.rendering.commonmark import Element, fold_blanks
from plan_explorer.rendering.markdown import WHY, unsure_words
from plan_explorer.rendering.page_scope import PageScope
from plan_explorer.site.addresses import ABOUT, Address, Addresses
from plan_explorer.site.views.statements import SHOWN, is_stated

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HAN = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*"
)
"""A run of Chinese characters, with the punctuation in it."""
SEPARATOR = re.compile(r"( · |, )")
"""What stands between names in a row."""
LINKED = re.compile(r"Linked with \d+ entr(?:y|ies):")
"""What stands before the relations of an entry that shares its page."""
MAX_OPEN_RELATIONS = 2
"""Past so many, these are folded."""
NOUN = re.compile(r"\s*\(([^)]*)\)")
"""What an entry is, behind a link to it."""
LEFT_OUT: dict[str, tuple[str, str]] = {
    "inferred": ("reading of the editors is", "readings of the editors are"),
    "disputed": ("point on which sources differ is", "points on which sources differ are"),
    "background": ("statement from elsewhere is", "statements from elsewhere are"),
    "known": ("statement of general knowledge is", "statements of general knowledge are"),
    "wording": ("note on the wording is", "notes on the wording are"),
    "editorial": ("note of the editors is", "notes of the editors are"),
    "links": ("link is", "links are"),
    "entries": ("entry is", "entries are"),
    "statements": ("statement is", "statements are"),
}
"""What the lens leaves out of a page, one and many, by label."""
SILENCES = ("No summary is given.", "No relation to another entry is recorded.", "No page uses it yet")
"""Italics that say that something is missing."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """What is at an address: an entity of some kind, its title and code, and the class of its hue."""

    kind: str
    title: str
    code: str = ""
    hue: str = ""
    stated: bool = True
    """Whether the primary source says anything of it."""

    @property
    def heading(self) -> str:
        """The words that a heading of it begins with."""
        return f"{self.code} {self.title}".strip()


@dataclass(frozen=True)
class Lookup:
    """What the addresses and the italics of a plan mean."""

    targets: Mapping[str, LinkTarget]
    """By address, as ``path.md#anchor``."""
    sources: Mapping[str, str]
    """Pages of sources, and their languages: a link with a title to one is a place that is cited."""
    primary: frozenset[str]
    """Those of the primary source."""
    words: Mapping[str, tuple[str, str]]
    """Words in italics: their class and their language, either of which may be empty."""
    names: Mapping[str, tuple[str, str]]
    """Names in other languages: the tag of their language, and their direction."""
    silence: str
    """What a line begins with that tells what the primary source leaves open."""
    han: str
    """The language of Chinese characters in running text."""
    foreign: re.Pattern[str] = field(default=HAN)
    """Finds what is in that language."""


def lookup(plan: Plan, addresses: Addresses, hues: Mapping[str, int]) -> Lookup:
    """Return what the addresses and the italics of *plan* mean."""
    settings = plan.settings
    pages = {s.id: {*addresses.parts(s), addresses.source(s).path} for s in plan.sources}
    han = settings.han_language
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
        fold_blanks(f"Not said in {settings.wording.primary}:"),
        han,
        re.compile("|".join([*longest, HAN.pattern])),
    )


def _language(plan: Plan, source: Source) -> str:
    """Return the language of *source* if it has an outline, and is in another language than the pages."""
    return source.language if source.outline and source.language != plan.settings.language else ""


def _target(plan: Plan, entity: Entity, hues: Mapping[str, int]) -> LinkTarget:
    kind = "term" if isinstance(entity, Term) else "source" if isinstance(entity, Source) else "entry"
    title, stated = fold_blanks(plan.title(entity)), is_stated(plan, entity)
    if not isinstance(entity, Item):
        return LinkTarget(kind, title, stated=stated or entity.id == plan.settings.id)
    hue = f" px-h-{hues[entity.id]}" if entity.id in hues else ""
    return LinkTarget(kind, title, fold_blanks(entity.code or ""), hue, stated)


def _passages(plan: Plan, addresses: Addresses) -> Iterator[tuple[str, LinkTarget]]:
    for source in plan.sources:
        for passage in source.passages if source.outline else ():
            name, title = addresses.passage_name(source, passage), fold_blanks(passage.title)
            yield str(addresses.passage(source, passage)), LinkTarget("passage", title, fold_blanks(name))


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


def _words(plan: Plan) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what stands in italics, what is rarer first: what comes later wins."""
    languages = plan.settings.languages
    for entity in plan:
        for tag, name in entity.name.items():
            if name.unsure:
                yield fold_blanks(unsure_words(languages[tag].name, name)), ("px-unsure", "")
            if languages[tag].romanizes:
                yield fold_blanks(name.text), ("px-py", tag)
    yield from ((text, ("px-none", "")) for text in SILENCES)
    yield WHY, ("px-because", "")
    for status, text in plan.settings.statuses.items():
        yield fold_blanks(text), (f"px-ev px-ev--{status}", "")


def decorate(root: Element, lookup: Lookup, page: PageScope) -> None:
    """Give the body *root* of *page* its looks."""
    _Decorator(lookup, page).decorate(root)


class _Decorator:
    """Walks over the body of one page."""

    def __init__(self, lookup: Lookup, page: PageScope) -> None:
        self.lookup, self.page, self.path = lookup, page, page.path
        self._folder = posixpath.dirname(page.path) or "."

    def decorate(self, root: Element) -> None:
        self._walk(root)
        _move_anchors_to_blocks(root)
        for heading in root:
            if heading.tag in HEADINGS:
                self._heading(heading)
        wrapped: Element | None = None
        for block in list(root):
            if block.tag == "ul" and len(block) and _has_class(block[0], ROW):
                _wrap_relations(root, block)
            elif block.tag == "ul" and block is not wrapped:
                _tell_left_out(root, block)
            elif block.tag == "p" and len(block) and _tells_how_sure(block):
                block.set("class", "px-name-note")
            elif block.tag == "p" and (status := _is_head(block)):
                wrapped = _wrap_group(root, block, status)
            elif (
                block.tag == "p"
                and len(block)
                and block[0].tag == "strong"
                and not (block.text or "").strip()
            ):
                wrapped = self._labelled(root, block)

    def _walk(self, parent: Element) -> None:
        if parent.tag not in HEADINGS:
            self._mark_language(parent)
        for child in list(parent):
            if child.tag == "a":
                self._link(parent, child)
                self._mark_language(child)
                for italics in child.findall("em"):
                    self._italics(italics, within_link=True)
            elif child.tag == "em":
                self._italics(child)
            elif child.tag not in ("code", "pre") and not child.get("lang"):
                self._walk(child)
        if parent.tag in ("li", "p", "td"):
            _name(parent)
            _shrink_reason(parent)
            _leave_out(parent)
        if parent.tag == "li":
            self._row(parent)
        elif parent.tag == "tr":
            self._table_row(parent)

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
        page, target = address.path, self.lookup.targets.get(str(address))
        if href and not href.startswith("#"):
            link.set("href", self.page.to_built(address))
        related = _is_relation(parent) and parent[1] is link
        if title and page in self.lookup.sources:
            _make_chip(link, title, primary=page in self.lookup.primary)
        elif target and _begins_with_code(words, target):
            _split_code(parent, link, target)
        elif related:
            _wrap_reference(parent, link)
        elif target and target.kind == "term":
            link.set("class", "px-term")

    def _italics(self, italics: Element, *, within_link: bool = False) -> None:
        known = self.lookup.words.get(italics.text or "") if not len(italics) else None
        if known is None:
            self._walk(italics)
            return
        css, language = known
        italics.tag = "span"
        if css == "px-unsure" and not within_link:
            italics.tag = "a"
            italics.set("href", self.page.to_built(Address(ABOUT, "names")))
        if css:
            italics.set("class", css)
        if language:
            italics.set("lang", language)

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

        Names are known if they stand alone or in a row of names; in running text, Chinese characters are.
        """
        start = 0
        for piece in SEPARATOR.split(text):
            name = piece.strip()
            if name in self.lookup.names:
                at = start + piece.index(name)
                yield at, at + len(name), *self.lookup.names[name]
            elif not piece.isascii():
                for run in self.lookup.foreign.finditer(piece):
                    yield start + run.start(), start + run.end(), self.lookup.han, "ltr"
            start += len(piece)

    # --- headings and rows

    def _heading(self, heading: Element) -> None:
        """Set the code of the entry that *heading* names apart from its title."""
        address = self.path if heading.tag == "h1" else f"{self.path}#{heading.get('id')}"
        target = self.lookup.targets.get(address)
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

    def _labelled(self, root: Element, line: Element) -> Element | None:
        """Make a *line* that begins with its label in bold one of a list of terms, or the head of a box."""
        label = line[0].text or ""
        if label == self.lookup.silence:
            return _wrap_silence(root, line)
        if label.endswith(":"):
            _to_term(root, line, label.removesuffix(":"))
        return None

    def _row(self, item: Element) -> None:
        """Set what an entry of a list is linked to apart from the words that say why."""
        if not len(item) or (item.text or "").strip():
            return
        first = item[0][0] if item[0].tag == "p" and len(item[0]) else item[0]
        if not self._leads_to_stated(first):
            _add_class(item, OFF)
        css = first.get("class", "")
        if self.path in self.lookup.sources and first.tag in ("p", "strong") and not _is_relation(item):
            _sentence(item, self.lookup.sources[self.path])
        elif _is_relation(item):
            _relation(item)
        elif first.tag == "strong":
            self._here(item, first)
        elif css.startswith("px-loc") and len(item) > 1:
            _set_in_columns(_gather(item, 1, len(item), "px-its"))

    def _table_row(self, row: Element) -> None:
        """Leave out a row for the lens if nothing is stated of any entry in its last cell."""
        links = list(row[-1].iter("a")) if len(row) else []
        if links and not any(map(self._leads_to_stated, links)):
            _add_class(row, OFF)

    def _leads_to_stated(self, first: Element) -> bool:
        """Return whether something is stated of the entry that a line begins with."""
        link = first if first.tag == "a" else first.find("a")
        if link is None or ":" in link.get("href", ""):
            return True
        target = self.lookup.targets.get(str(self._find(link.get("href", ""))))
        return target is None or target.stated

    def _here(self, item: Element, bold: Element) -> None:
        """Set the code of the page's own entry, in bold in a list of its like, apart from its title."""
        target = self.lookup.targets.get(self.path)
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


def _move_anchors_to_blocks(root: Element) -> None:
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


def _begins_with_code(words: str | None, target: LinkTarget) -> bool:
    """Return whether *words* are the code of *target*, or that and more words."""
    return bool(target.code) and f"{words} ".startswith(f"{target.code} ")


def _split_code(parent: Element, link: Element, target: LinkTarget) -> None:
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


def _code(target: LinkTarget) -> Element:
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


ROW = "px-row"
"""A relation in a list."""
OFF, OFF_BOX, GHOST = "px-off", "px-off-box", "px-ghost"
"""What the lens leaves out, what is empty without that, and the line that tells of it."""


def _has_class(element: Element, css: str) -> bool:
    return css in element.get("class", "").split()


def _add_class(element: Element, css: str) -> None:
    element.set("class", f"{element.get('class', '')} {css}".strip())


def _status(element: Element) -> str:
    """Return the status of which *element* is the label, or nothing."""
    return element.get("class", "").partition("px-ev--")[2]


def _leave_out(parent: Element) -> None:
    """Mark for the lens what has the label of something that the primary source does not say."""
    if _has_class(parent, OFF):
        return
    statuses = [status for child in parent if (status := _status(child))]
    unstated = statuses and not any(status in SHOWN for status in statuses)
    if unstated or (parent.tag == "li" and len(parent) and all(_has_class(each, OFF) for each in parent)):
        _add_class(parent, OFF)


def _is_head(line: Element) -> str:
    """Return the status if *line* is the head of a group: its label, and places that all rest on."""
    if not len(line) or (line.text or "").strip() or not _status(line[0]):
        return ""
    alone = not any((each.tail or "").strip() for each in line)
    chips = all(each.get("class", "").startswith("px-loc") for each in line[1:])
    return _status(line[0]) if alone and chips else ""


def _tells_how_sure(line: Element) -> bool:
    """Return whether *line* begins with the label of a name that is not sure."""
    return line[0].get("class") == "px-unsure" and not (line.text or "").strip()


def _wrap_group(root: Element, head: Element, status: str) -> Element | None:
    """Put the *head* of a group and its statements into a box, and return the list of these.

    The lens tells how many it leaves out.
    """
    at = list(root).index(head)
    said = _list_at(root, at + 1)
    if said is None:
        return None
    head.set("class", "px-group__head")
    group = _gather(root, at, at + 2, f"px-group px-group--{status}", "div")
    if status not in SHOWN:
        _add_class(group, OFF_BOX)
        for each in said:
            _add_class(each, OFF)
        root.insert(at + 1, ghost(status, len(said)))
    return said


def ghost(kind: str, number: int) -> Element:
    """Return the line with which the lens tells what it leaves out."""
    one, many = LEFT_OUT[kind]
    line = Element("p", {"class": GHOST})
    line.text = f"{number} {one if number == 1 else many} left out."
    return line


def _tell_left_out(root: Element, entries: Element) -> None:
    """Tell below a list of *entries* how many of them the lens leaves out."""
    off = sum(_has_class(entry, OFF) for entry in entries)
    if off:
        listed = any(each.get("class", "").startswith("px-ref") for each in entries.iter())
        kind = "entries" if listed else "statements"
        root.insert(list(root).index(entries) + 1, ghost(kind, off))
    if off and off == len(entries):
        _add_class(entries, OFF_BOX)


def _wrap_silence(root: Element, line: Element) -> Element | None:
    """Put what is left open into one box: facts that are missing, and what the editors looked for.

    Return the list of the latter, if there is one.
    """
    at = list(root).index(line)
    said = _list_at(root, at + 1)
    _gather(root, at, at + (1 if said is None else 2), "px-silent", "div")
    return said


def _list_at(root: Element, at: int) -> Element | None:
    """Return the child number *at* of *root*, if that is a list."""
    return root[at] if at < len(root) and root[at].tag == "ul" else None


def _shrink_reason(parent: Element) -> None:
    """Set in small what follows a label, or "Why:": why it is read so."""
    for at, label in enumerate(parent):
        words = (label.tail or "").strip()
        if label.get("class") == "px-because":
            reason = _gather(parent, at, _before_list(parent), "px-reason", "small")
            reason.text, label.tail = "", f" {words}"
            return
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
    _add_class(item, ROW)


def _wrap_relations(root: Element, rows: Element) -> None:
    """Put a list of relations into its box, folded if it is long and one of many on the page."""
    _hide_repeated_kinds(rows)
    off = 0
    for row in rows:
        if _has_class(row, OFF):
            row.set("class", OFF)
            off += 1
        else:
            row.attrib.pop("class", None)
    read = f" {OFF_BOX}" if off == len(rows) else ""
    at = list(root).index(rows)
    box = _gather(root, at, at + 1, f"px-rel{read}", "div")
    if off:
        root.insert(at + 1, ghost("links", off))
    lead = root[at - 1] if at else None
    if lead is None or lead.tag != "p" or not (lead.text or "").endswith(":") or len(lead):
        return
    lead.set("class", f"px-lead{read}")
    if len(rows) > MAX_OPEN_RELATIONS and LINKED.fullmatch(lead.text or ""):
        fold = Element("details", {"class": f"px-fold{read}"})
        summary = SubElement(fold, "summary")
        _two_counts(summary, (lead.text or "").removesuffix(":"), len(rows), len(rows) - off)
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


def _two_counts(parent: Element, words: str, whole: int, stated: int) -> None:
    """Write *words*, whose number is another one under the lens."""
    before, number, after = words.partition(str(whole))
    parent.text = before
    if whole == stated:
        parent.text = words
        return
    SubElement(parent, "span", {"class": "px-n-all"}).text = number
    SubElement(parent, "span", {"class": "px-n-lens"}).text = str(stated)
    parent[-1].tail = after


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
    _leave_out(said)
    last = max(at for at, each in enumerate(terms) if each.tag == "dt")
    terms[last].attrib.pop("class", None)
    if all(each.get("class") == OFF for each in terms[last + 1 :]):
        terms[last].set("class", OFF_BOX)
