"""Give the links, labels and lists of a converted body their looks: by target, title and words.

Nothing of it is needed to read a page. A link is known by what it leads to: a place in a source becomes a
chip, a term is marked as one, a code is set apart from the name behind it. Italics that are a label
become one. Links that lead from file to file are made to lead from built page to built page.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import SubElement

from plan_explorer.model.settings import Language
from plan_explorer.rendering.commonmark import HEADINGS, Element
from plan_explorer.rendering.comparison_table import labelled_columns, set_side_by_side
from plan_explorer.rendering.elements import (
    COLON,
    add_class,
    before_list,
    gather,
    has_class,
    list_at,
    set_words,
    status_of_label,
    wrap_reference,
)
from plan_explorer.rendering.lens import (
    OFF,
    OFF_BOX,
    ghost,
    leave_out,
    leave_out_links,
    pair_counts,
    tell,
    tell_left_out,
)
from plan_explorer.rendering.link_targets import LinkTarget, Lookup, spoken_name
from plan_explorer.rendering.page_scope import PageScope
from plan_explorer.rendering.relation_rows import (
    ROW,
    is_relation,
    lead_relations,
    relation_row,
    wrap_relations,
)
from plan_explorer.rendering.sentence_rows import leave_out_of_sentence, set_beside_entries, set_in_columns
from plan_explorer.site.addresses import ABOUT, Address
from plan_explorer.site.views.statements import SHOWN
from plan_explorer.translation import N_, commas, gettext

USED_IN = N_("Used in:")
"""What stands before the entries that use an entry."""
MAX_SYLLABLES = 4
"""The most words of a romanized name that is shown unfolded."""
NO_COUNTS: Mapping[str, str] = MappingProxyType({})


def decorate(root: Element, lookup: Lookup, page: PageScope, counts: Mapping[str, str] = NO_COUNTS) -> None:
    """Give the body *root* of *page* its looks; *counts* have another value each under the lens."""
    pair_counts(root, counts)
    _Decorator(lookup, page).decorate(root)
    tell(root)


class _Decorator:
    """Walks over the body of one page."""

    def __init__(self, lookup: Lookup, page: PageScope) -> None:
        self.lookup, self.page, self.path = lookup, page, page.path
        self._folder = posixpath.dirname(page.path) or "."
        self._separator = re.compile(f"( · |{re.escape(commas(['', '']))})")
        """What stands between names in a row."""
        self._leads: dict[Element, str] = {}
        """Where each link leads within the site."""
        self._off: set[Element] = set()
        """The links to entries of which nothing is stated."""
        self._within: LinkTarget | None = None
        """What the last heading is about."""

    def decorate(self, root: Element) -> None:
        self._walk(root)
        _move_anchors_to_blocks(root)
        for heading in root:
            if heading.tag in HEADINGS:
                self._heading(heading)
        wrapped: Element | None = None
        for block in list(root):
            if block.tag in HEADINGS:
                leads = next((self._leads[each] for each in block.iter("a") if each in self._leads), "")
                self._within = self.lookup.targets.get(leads or f"{self.path}#{block.get('id')}")
            elif block.tag == "table" and (columns := labelled_columns(block)):
                set_side_by_side(root, block, columns)
            elif block.tag in ("ul", "table") and block is not wrapped:
                tell_left_out(root, block)
            elif block.tag == "p" and len(block) and self._tells_how_sure(block):
                block.set("class", "px-name-note")
            elif block.tag == "p" and _fold_name(root, block, self.page.plan.settings.languages):
                pass
            elif block.tag == "p" and (status := _is_head(block)):
                wrapped = _wrap_group(root, block, status)
            elif (
                block.tag == "p"
                and len(block)
                and block[0].tag == "strong"
                and not (block.text or "").strip()
            ):
                wrapped = self._labelled(root, block)
        lead_relations(root)

    def _walk(self, parent: Element) -> None:
        if parent.tag in ("li", "p", "td"):
            _name(parent)
        if parent.tag not in HEADINGS and not parent.get("lang"):
            self._mark_language(parent)
        for child in list(parent):
            if child.tag == "a":
                self._link(parent, child)
                self._mark_language(child)
                for italics in child.findall("em"):
                    self._italics(italics, within_link=True)
            elif child.tag == "em":
                self._italics(child)
            elif child.tag not in ("code", "pre"):
                self._walk(child)
        if parent.tag in ("li", "p", "td"):
            _shrink_reason(parent)
            leave_out_links(parent, self._off)
            leave_out(parent)
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
        self._leads[link] = str(address)
        if target and not target.stated:
            self._off.add(link)
        if href and not href.startswith("#"):
            link.set("href", self.page.to_built(address))
        related = is_relation(parent) and parent[1] is link
        if title and page in self.lookup.sources:
            _make_chip(link, title, primary=page in self.lookup.primary)
        elif target and _begins_with_code(words, target):
            _split_code(parent, link, target)
        elif related:
            wrap_reference(parent, link)
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
            set_words(parent, before, text[end:start])
            before = Element("span", {"lang": tag, **({"dir": "rtl"} if direction == "rtl" else {})})
            before.text = text[start:stop]
            parent.insert(at, before)
            at, end = at + 1, stop
        if end:
            set_words(parent, before, text[end:])

    def _foreign(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield what in *text* is in another language: where, the tag of the language, the direction.

        Names are known if they stand alone or in a row of names; in running text, Han characters are.
        """
        start = 0
        for piece in self._separator.split(text):
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
            set_words(heading, heading[-1] if len(heading) else None, names.text or "", more=True)
            heading.extend([*names, *links])
        else:
            self._mark_language(heading)
        if target and _begins_with_code(heading.text, target):
            code = _code(target)
            code.tail, heading.text = (heading.text or "")[len(target.code) :], ""
            heading.insert(0, code)

    def _labelled(self, root: Element, line: Element) -> Element | None:
        """Make a *line* with a label in bold part of a list of terms, or the head of a box."""
        label = line[0].text or ""
        if label == self.lookup.silence:
            return _wrap_silence(root, line)
        if label == gettext(USED_IN) and self._within and self._within.kind == "source":
            leave_out_links(line, set(line.iter("a")))  # what cites another source than the primary one
        if COLON.search(label):
            _to_term(root, line, COLON.sub("", label))
        return None

    def _tells_how_sure(self, line: Element) -> bool:
        """Return whether *line* tells how sure a name is, or where it was seen."""
        before = (line.text or "").strip()
        return before in self.lookup.seen_in or (line[0].get("class") == "px-unsure" and not before)

    def _row(self, item: Element) -> None:
        """Set what an entry of a list is linked to apart from the words that say why."""
        if not len(item) or (item.text or "").strip():
            return
        first = item[0][0] if item[0].tag == "p" and len(item[0]) else item[0]
        line = item[0] if item[0].tag == "p" else item
        if self._is_off(first) and not any(has_class(each, "px-loc") for each in line):
            add_class(item, OFF)
        css = first.get("class", "")
        if self.path in self.lookup.sources and first.tag in ("p", "strong") and not is_relation(item):
            set_beside_entries(item, self.lookup.sources[self.path])
            resting = self.lookup.rests.get(f"{self.path}#{item.get('id')}", frozenset())
            leave_out_of_sentence(item, {a for a in item.iter("a") if self._leads.get(a, "") not in resting})
        elif is_relation(item):
            relation_row(item)
        elif first.tag == "strong":
            self._here(item, first)
        elif css.startswith("px-loc") and len(item) > 1:
            entries = gather(item, 1, len(item), "px-its")
            set_in_columns(entries)
            for entry in entries:
                if self._is_off(entry):
                    add_class(entry, OFF)
            if all(has_class(entry, OFF) for entry in entries):
                add_class(item, OFF)

    def _table_row(self, row: Element) -> None:
        """Leave out a row if nothing is stated of its entry, or of any entry in its last cell."""
        links = list(row[-1].iter("a")) if len(row) else []
        if links and (self._is_off(row[0]) or all(link in self._off for link in links)):
            add_class(row, OFF)

    def _is_off(self, first: Element) -> bool:
        """Return whether nothing is stated of the entry that a line begins with."""
        link = first if first.tag == "a" else first.find(".//a")
        return link is not None and link in self._off

    def _here(self, item: Element, bold: Element) -> None:
        """Set the code of the page's own entry, in bold, apart from its title."""
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


def _make_chip(link: Element, title: str, *, primary: bool) -> None:
    """Make *link* the chip of a cited place, whose spoken name begins with what is seen."""
    words = link.text or ""
    del link.attrib["title"]
    link.set("class", "px-loc" if primary else "px-loc px-loc--other")
    if title != words:
        link.set("aria-label", spoken_name(words, title))


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
        wrap_reference(parent, link, code)
        return
    link.text = ""
    link.insert(0, code)
    if title := link.attrib.pop("title", ""):
        SubElement(link, "span", {"class": "px-sr"}).text = f" {title}"


def _code(target: LinkTarget) -> Element:
    code = Element("span", {"class": "px-num" if target.kind == "passage" else f"px-code{target.hue}"})
    code.text = target.code
    return code


def _is_head(line: Element) -> str:
    """Return the status if *line* is the head of a group: its label, and places that all rest on."""
    if not len(line) or (line.text or "").strip() or not status_of_label(line[0]):
        return ""
    alone = not any((each.tail or "").strip() for each in line)
    chips = all(each.get("class", "").startswith("px-loc") for each in line[1:])
    return status_of_label(line[0]) if alone and chips else ""


def _fold_name(root: Element, line: Element, languages: Mapping[str, Language]) -> bool:
    """Fold the romanized name that *line* ends with, if it is that of a whole clause."""
    name = line[-1] if len(line) and has_class(line[-1], "px-py") else None
    if name is None or (name.tail or "").strip() or len((name.text or "").split()) <= MAX_SYLLABLES:
        return False
    line.remove(name)
    before = line[-1] if len(line) else None
    words = (line.text if before is None else before.tail) or ""
    set_words(line, before, words.removesuffix(" · "))
    fold = Element("details", {"class": "px-fold px-fold--name"})
    SubElement(fold, "summary").text = languages[name.get("lang", "")].name
    fold.append(name)
    at = list(root).index(line)
    if len(line) or (line.text or "").strip():
        root.insert(at + 1, fold)
    else:
        root[at] = fold
    return True


def _wrap_group(root: Element, head: Element, status: str) -> Element | None:
    """Put the *head* of a group and its statements into a box, and return the list of these.

    The lens tells how many it leaves out.
    """
    at = list(root).index(head)
    said = list_at(root, at + 1)
    if said is None:
        return None
    if len(said) and has_class(said[0], ROW):
        wrap_relations(root, head, said, status)
        return said
    head.set("class", "px-group__head")
    group = gather(root, at, at + 2, f"px-group px-group--{status}", "div")
    if status not in SHOWN:
        add_class(group, OFF_BOX)
        for each in said:
            add_class(each, OFF)
        root.insert(at + 1, ghost(status, len(said)))
    return said


def _wrap_silence(root: Element, line: Element) -> Element | None:
    """Put what is left open into one box: facts that are missing, and what the editors looked for.

    Return the list of the latter, if there is one.
    """
    at = list(root).index(line)
    said = list_at(root, at + 1)
    gather(root, at, at + (1 if said is None else 2), "px-silent", "div")
    return said


def _shrink_reason(parent: Element) -> None:
    """Set in small what follows a label, or what asks why: why it is read so."""
    for at, label in enumerate(parent):
        words = (label.tail or "").lstrip()
        if label.get("class") == "px-because":
            reason = gather(parent, at, before_list(parent), "px-reason", "small")
            reason.text, label.tail = "", f" {words}"
            return
        if label.get("class", "").startswith("px-ev"):
            comes_last = not words and at + 1 == before_list(parent)
            comes_first = at == 0 and not (parent.text or "").strip()
            if comes_last or comes_first:
                return
            if not words and parent[at + 1].get("class", "").startswith("px-ev"):
                continue  # one of several labels, of which each is told
            reason = gather(parent, at + 1, before_list(parent), "px-reason", "small")
            reason.text, label.tail = (label.tail or "").lstrip(), " "
            return


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
    leave_out(said)
    last = max(at for at, each in enumerate(terms) if each.tag == "dt")
    terms[last].attrib.pop("class", None)
    if all(each.get("class") == OFF for each in terms[last + 1 :]):
        terms[last].set("class", OFF_BOX)
