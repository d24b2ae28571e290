"""Turn foreign text into safe one-line Markdown."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import zip_longest

from babel.core import get_global

from plan_explorer.checking.evidence import BARE, BRACKET, CODE, SENTENCE, is_prose
from plan_explorer.documents.letters import LETTERS
from plan_explorer.model.dates import DateError, parse_date, read_date
from plan_explorer.translation import find_locale

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
LINK = re.compile(r"(?<!\\)!?\[([^\[\]]*)\]\((?:<([^<>]*)>|([^()\s]*))(?:\s+[\"'][^\"']*[\"'])?\)")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_AT = re.compile(r"[@＠](?<![\w.\\].)")
"""What would begin a citation, or nearly; within an address of e-mail it does not."""
_OPENS = re.compile(r"^(?:(\d{1,9})([.)])(?=\s)|([#>:~=|+*-])(?=[\s#>~=-]|$)|(>|~~~|---))")
_BULLET = re.compile(r"^\s{0,12}(?:[*+•·-]|\d{1,3}[.)])\s+")
_NUMBER = re.compile(r"^(\s{0,12})(\d{1,3})[.)]\s")
_RULED = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
"""The line below the heads of a table."""
_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_ENDS = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-ZÀ-Þ0-9])|(?<=[。！？])")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|al|no|nos|fig|sec|st|mr|mrs|ms|dr|prof|inc|ltd|art|para|u\.s|approx)"
    r"|\b[A-Z]|\b\d)\.$",
    re.IGNORECASE,
)

MAX_SUMMARY = 280
"""The longest summary, in characters; of a longer text only the first sentence is used."""
MAX_TITLE = 90
MAX_TEXT = 10_000
"""The longest paragraph; a longer one is parted."""


def one_line(words: str) -> str:
    """Return *words* on one line, without control characters."""
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub("", words)).split())


def plain_paragraphs(words: str) -> list[str]:
    """Return plain text or HTML as Markdown paragraphs, in which ``escape_citations`` is still to be done."""
    if _TAG.search(words):
        return list(_paragraphs(_from_html(words)))
    return list(_paragraphs(_escape_markdown(words)))


def plain_line(words: str) -> str:
    """Return plain text or HTML as Markdown on one line."""
    return " ".join(plain_paragraphs(words))


def markdown_paragraphs(words: str) -> list[str]:
    """Return Markdown as paragraphs in the same way, with links that lead to the web."""
    if _TAG.search(words):
        words = _from_html(words, markdown=True)
    return list(_paragraphs(_number_lists(_table_rows(_web_links(words)))))


def _table_rows(words: str) -> str:
    """Return Markdown with a paragraph for each row of a table, its cells after their heads."""
    if "|" not in words:
        return words
    lines, found, at = words.split("\n"), list[str](), 0
    while at < len(lines):
        if "|" in lines[at] and at + 1 < len(lines) and _RULED.fullmatch(lines[at + 1]):
            heads, at = _cells(lines[at]), at + 2
            rows: list[str] = []
            while at < len(lines) and "|" in lines[at]:
                rows.append(table_row(heads, _cells(lines[at])))
                at += 1
            found += ["", "\n\n".join(rows or [table_row([], heads)]), ""]
        else:
            found.append(lines[at])
            at += 1
    return "\n".join(found)


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(bare)]


def table_row(heads: Sequence[str], cells: Sequence[str]) -> str:
    """Return the row of a table as a line: ``Head: cell; head: cell``."""
    named = zip_longest(heads[: len(cells)], cells, fillvalue="")
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in named if cell)


def _paragraphs(words: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", _CONTROL.sub("", words)):
        lines: list[str] = []
        for line in block.split("\n"):
            if _BULLET.match(line) or _HEADING.match(line):
                yield from _finish(lines)
                lines = []
                line = _HEADING.sub("", _BULLET.sub(_keep_number, line))
            lines.append(line)
        yield from _finish(lines)


def _number_lists(words: str) -> str:
    """Return Markdown whose lists of nothing but the number 1 are counted, as Markdown shows them."""
    lines, numbers, begins = words.split("\n"), dict[int, int](), True
    for at, line in enumerate(lines):
        match, indent = _NUMBER.match(line), len(line) - len(line.lstrip())
        ended = begins and line.strip() and not match
        for each in [each for each in numbers if each > indent or (each == indent and ended)]:
            del numbers[each]
        if match:
            numbers[indent] = numbers.get(indent, 0) + 1
            if match[2] == "1":
                lines[at] = f"{match[1]}{numbers[indent]}{line[match.end(2) :]}"
        begins = not line.strip()
    return "\n".join(lines)


def _keep_number(bullet: re.Match[str]) -> str:
    """Keep a list number and drop other bullets."""
    return bullet[0].lstrip() if bullet[0].strip()[0].isdigit() else ""


def _finish(lines: list[str]) -> Iterator[str]:
    line = one_line(" ".join(lines))
    while len(line) > MAX_TEXT:
        end = line.rfind(" ", 0, MAX_TEXT) + 1 or MAX_TEXT
        yield escape_start(line[:end].rstrip())
        line = line[end:]
    if line:
        yield escape_start(line)


def escape_citations(text: str) -> str:
    """Return *text* on one line, with what would begin a citation, or nearly, escaped."""
    text = _AT.sub(r"\\@", one_line(text))
    parts = re.split(f"({CODE.pattern})", text) if "`" in text else [text]
    return "".join(part if part[:1] == "`" else _escape_places(part) for part in parts)


def _escape_places(text: str) -> str:
    """Return *text* with what names a source and a place as a citation does, escaped."""
    if "[" in text:
        text = BRACKET.sub(
            lambda match: match[0] if not match["source"].islower() and is_prose(match["place"]) else r"\[",
            text,
        )
    return BARE.sub(lambda match: match[0].replace(".", r"\."), text) if SENTENCE.search(text) else text


def escape_start(line: str) -> str:
    """Escape a *line* that starts like a Markdown block."""
    match = _OPENS.match(line)
    if not match:
        return line
    if match[1]:
        return f"{match[1]}\\{line[match.end(1) :]}"
    return f"\\{line}" if line[0] not in ":=" else f"\u200c{line}"


def _escape_markdown(words: str) -> str:
    """Escape Markdown's emphasis, code and links; page templates escape the rest."""
    words = words.replace("\\", "\\\\").replace("`", "\\`").replace("](", "]\\(")
    words = re.sub(r"\*(?=\S)|(?<=\S)\*", r"\\*", words)
    return re.sub(r"(?<!\w)_(?=\S)|(?<=\S)_(?!\w)", r"\\_", words)


def _web_links(words: str) -> str:
    """Return Markdown whose links lead to the web, with other links and images as text."""
    return LINK.sub(
        lambda link: link[1].strip() if link[0][0] == "!" else web_link(link[1], link[2] or link[3] or ""),
        words,
    )


def web_link(label: str, target: str) -> str:
    """Return a link to a web address as Markdown, or its label if it leads elsewhere; e-mail is named."""
    label, address = " ".join(label.split()), web_address(target.strip())
    if (mail := target.strip().removeprefix("mailto:")) != target.strip():
        return label if mail.casefold() in label.casefold() else f"{label} ({mail})".strip()
    if not address or set("[]") & set(re.sub(r"\\.", "", label)) or re.search(r"[\s<>\"\\`]", address):
        return label
    address = address.replace("(", "%28").replace(")", "%29")
    return f"[{label or address}]({address})"


class _HtmlReader(HTMLParser):
    """A parser that collects the text of HTML as Markdown."""

    HIDDEN = ("script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript", "title")
    BLOCKS = {
        "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
        "pre", "dt", "dd",
    }  # fmt: skip
    MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}

    IGNORED = {
        "html", "head", "body", "meta", "link", "span", "font", "u", "s", "sub", "sup", "small",
        "big", "img", "hr", "thead", "tbody", "tfoot", "td", "th", "caption", "col", "colgroup",
        "section", "article", "nav", "header", "footer", "main", "aside", "figure", "figcaption",
        "center", "form", "input", "button", "label", "select", "option", "textarea", "video",
        "audio", "source", "picture", "abbr", "cite", "q", "mark", "del", "ins", "kbd", "samp", "var",
        "base", "frame", "frameset", "details", "summary", "dl", "o:p", "address", "time", "wbr",
        "nobr", "strike", "dfn",
    }  # fmt: skip
    """Tags without meaning here; unlisted tags are text in angle brackets."""

    def __init__(self, markdown: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0
        self._heads: list[str] = []
        self._headed = False
        """Whether a row stands below these heads."""
        self._row: list[tuple[str, int]] = []
        """The cells of the row that is read: their tags, and where they begin among the pieces."""
        self._targets: list[tuple[int, str]] = []
        self._code = False
        self._markdown = markdown
        self._lists: list[int | None] = []
        """The number of the next item of each open list, or None if its items have none."""
        self._number = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.HIDDEN:
            self._hidden += 1
        elif tag in self.BLOCKS or tag == "br":
            self._end_row(tag)
            self.pieces.append("\n\n")
            if tag in ("ol", "ul"):
                start = dict(attrs).get("start") or "1"
                self._lists.append(int(start) if tag == "ol" and _NUMBER.match(f"{start}. ") else None)
            elif tag == "li" and self._lists:
                self._begin_item()
        elif tag in ("td", "th"):
            self._row.append((tag, len(self.pieces)))
        elif tag == "a":
            self._write_number()
            self._targets.append((len(self.pieces), dict(attrs).get("href") or ""))
        elif mark := self.MARKS.get(tag):
            self._mark(mark)
        elif tag not in self.IGNORED and not self._hidden:
            self.handle_data(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in self.BLOCKS:
            self._end_row(tag)
            self.pieces.append("\n\n")
            if tag in ("ol", "ul") and self._lists:
                self._lists.pop()
        elif tag == "a" and self._targets:
            start, target = self._targets.pop()
            label = "".join(self.pieces[start:])
            if label.strip() and "[" not in label and "]" not in label:
                self.pieces[start:] = [web_link(label, target)]
        elif mark := self.MARKS.get(tag):
            self._mark(mark)
        elif tag not in ("a", "br", *self.IGNORED) and not self._hidden:
            self.handle_data(f"</{tag}>")

    def _begin_item(self) -> None:
        """Put the number of an item in front of what it says."""
        number = self._lists[-1]
        if number is not None:
            self._number = f"{'   ' * (len(self._lists) - 1)}{number}. "
            self._lists[-1] = number + 1

    def _write_number(self) -> None:
        self.pieces += [self._number] * bool(self._number)
        self._number = ""

    def _end_row(self, tag: str) -> None:
        """Write the row that ends, if *tag* begins or ends one, with each cell after its head."""
        if tag == "table" and self._heads and not self._row:
            self.pieces.append("" if self._headed else table_row([], self._heads))
            self._heads = []
        if tag not in ("tr", "table") or not self._row:
            return
        ends = [*(start for _, start in self._row[1:]), len(self.pieces)]
        texts = [
            one_line("".join(self.pieces[start:end])) for (_, start), end in zip(self._row, ends, strict=True)
        ]
        del self.pieces[self._row[0][1] :]
        if not self._heads and all(kind == "th" for kind, _ in self._row):
            self._heads, self._headed = texts, False
        else:
            self.pieces.append(table_row(self._heads, texts))
            self._headed = True
        self._row = []

    def _mark(self, mark: str) -> None:
        self._write_number()
        self._code = not self._code if mark == "`" else self._code
        self.pieces.append(mark)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            if self._number and data.strip():
                self._write_number()
                data = data.lstrip()
            verbatim = self._code or self._markdown
            self.pieces.append(data if verbatim else _escape_markdown(data))


def _from_html(words: str, *, markdown: bool = False) -> str:
    reader = _HtmlReader(markdown)
    reader.feed(words)
    reader.close()
    text = "".join(reader.pieces)
    return text if text.count("`") % 2 == 0 else text.replace("`", "")


def with_heading(heading: str, paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield *paragraphs*, the first after its heading."""
    return (text if at else f"{heading}: {text}" for at, text in enumerate(paragraphs))


def web_address(words: str) -> str:
    """Return *words* if they are a web address, else ""."""
    return words if words.startswith(("http://", "https://")) else ""


_KNOWN = {*_HtmlReader.HIDDEN, *_HtmlReader.BLOCKS, *_HtmlReader.MARKS, *_HtmlReader.IGNORED, "a", "br"}
"""The tags of HTML; what else stands in angle brackets is text."""


def title(words: str) -> str:
    """Return *words* as a name: plain text on one line."""
    bare = _TAG.sub(lambda tag: " " if _is_html(tag[0]) else tag[0], words)
    return one_line(words if bare == words else html.unescape(bare))


def _is_html(tag: str) -> bool:
    return tag.startswith("<!") or re.split(r"[\s/>]", tag.lstrip("</"), maxsplit=1)[0].lower() in _KNOWN


def plain_text(words: str) -> str:
    """Return Markdown without its marks, on one line."""
    return one_line(re.sub(r"\\(.)|[*`]", lambda mark: mark[1] or "", LINK.sub(r"\1", words)))


def first_words(words: str) -> str:
    """Return the beginning of *words*, for entries without a name."""
    line = plain_text(words)
    return line if len(line) <= MAX_TITLE else line[:MAX_TITLE].rsplit(" ", 1)[0] + " …"


def split_summary(paragraphs: list[str]) -> list[str]:
    """Return *paragraphs*, splitting a long first one."""
    if not paragraphs or len(paragraphs[0]) <= MAX_SUMMARY:
        return paragraphs
    first = paragraphs[0]
    for end in _ENDS.finditer(first):
        head = first[: end.start()].rstrip()
        closed = head.count("`") % 2 == 0 and head.count("**") % 2 == 0 and head.count("[") == head.count("]")
        if len(head) > 20 and closed and not _SHORT.search(head):
            return [head, escape_start(first[end.end() :].strip()), *paragraphs[1:]]
    return paragraphs


def slug(words: str, longest: int = 60) -> str:
    """Return *words* as an id, or "" if impossible."""
    folded = (
        unicodedata.normalize("NFKD", words.translate(LETTERS)).encode("ascii", "ignore").decode().lower()
    )
    parts = re.sub(r"[^a-z0-9]+", "-", folded.replace("'", "")).strip("-")
    if len(parts) > longest:
        parts = parts[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
    return parts


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def language(words: str) -> str:
    """Return *words* as a language tag in its usual form, such as ``zh-Hans`` or ``en``, or "" if invalid."""
    tag = words.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        return ""
    first, *others = tag.lower().split("-")
    if len(first) == 3 and len(short := get_global("language_aliases").get(first, "")) == 2:
        first = short  # a language with a code of two letters has no other
    forms = {2: str.upper, 4: str.title}  # a country, a script
    return "-".join([first, *(forms.get(len(each), str)(each) for each in others)])


def language_name(tag: str, inside: str = "en") -> str:
    """Return the name of the language *tag* in the language *inside*, or the tag."""
    locale, own = find_locale(tag), find_locale(inside)
    return (locale and own and locale.get_display_name(own)) or tag


date = read_date
"""What reads the date of a file, and gives "" if it is uncertain."""


def span(start: str, end: str) -> str:
    """Return the period between two dates, if given, which may themselves be periods."""
    first, last = date(start), date(end)
    if "/" in first and not last:
        return first
    begin, finish = first.split("/")[0], last.split("/")[-1]
    if begin == finish:
        return begin
    try:
        return parse_date(f"{begin or '..'}/{finish or '..'}").edtf
    except DateError:
        return first
