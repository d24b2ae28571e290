"""Read the text of a source from a file, whatever its format."""

import logging
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import comrak

from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.evidence.sentences import Paragraph, split_paragraphs

MAX_BYTES = 20 * 2**20
"""The largest file read: a text of this size has some three million words."""

MAX_UNPACKED = 100 * 2**20
"""The most that a file may unfold to."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCK_NAMES = """
address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3
h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNREAD = frozenset(["footer", "head", "nav", "noscript", "script", "style", "svg", "template"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def read_paragraphs(path: Path, shown: str = "") -> list[Paragraph]:
    """Return the paragraphs of the file at *path*, called *shown* in messages.

    Raises:
        PlanError: ``unreadable-text``, if it is too large, of another format, or holds no text.
    """
    shown = shown or path.as_posix()
    reader = READERS.get(path.suffix.lower())
    if not path.exists():
        raise _refuse(shown, "there is no such file", "check the path")
    if reader is None:
        raise _refuse(shown, f"'{path.suffix}' is not a format of texts", f"formats: {', '.join(READERS)}")
    try:
        if path.stat().st_size > MAX_BYTES:
            size, most = path.stat().st_size / 2**20, MAX_BYTES // 2**20
            hint = "give the text alone, or the part that the plan rests on"
            raise _refuse(shown, f"this file has {size:.0f} MB, and a text may have {most} MB", hint)
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise _refuse(shown, f"this file cannot be read: {reason}", "check the path") from None
    paragraphs = [each for each in reader(raw, shown) if each.text.strip()]
    if not paragraphs:
        hint = "a scanned page is a picture: it needs text recognition first"
        raise _refuse(shown, "there is no text in this file", hint if path.suffix.lower() == ".pdf" else "")
    return paragraphs


def _refuse(shown: str, why: str, hint: str = "") -> PlanError:
    return PlanError([Problem("unreadable-text", why, Location(shown), hint)])


def _decode(raw: bytes, shown: str) -> str:
    """Return *raw* as text: UTF-8, or UTF-16 with a byte order mark."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        tried = "UTF-16, as its byte order mark says" if encoding == "utf-16" else "UTF-8"
        hint = "save the text again as UTF-8; the program that shows it rightly can do so"
        raise _refuse(shown, f"this file was read as {tried}, and line {line} is not", hint) from None
    if "\0" in text:
        raise _refuse(shown, "this file is not text: it has zero bytes", "save it as UTF-8 text")
    return text


def _read_plain(raw: bytes, shown: str) -> Iterator[Paragraph]:
    yield from map(Paragraph, split_paragraphs(_decode(raw, shown)))


def _read_markdown(raw: bytes, shown: str) -> Iterator[Paragraph]:
    text = re.sub(r"\A---\n.*?\n---\n", "", _decode(raw, shown).replace("\r\n", "\n"), flags=re.DOTALL)
    yield from _html_paragraphs(comrak.render_markdown(text))


def _read_html(raw: bytes, shown: str) -> Iterator[Paragraph]:
    if declared := re.search(rb"""<meta[^>]+charset=["']?([\w-]+)""", raw[:2048], re.I):
        try:
            raw = raw.decode(declared[1].decode()).encode()
        except (LookupError, UnicodeDecodeError):
            name = declared[1].decode()
            why = f"this page says that it is '{name}', and cannot be read so"
            raise _refuse(shown, why, "save it again as UTF-8") from None
    yield from _html_paragraphs(_decode(raw, shown))


def _html_paragraphs(html: str) -> Iterator[Paragraph]:
    page = _Page()
    page.feed(html)
    page.close()
    page.finish()
    yield from page.paragraphs


class _Page(HTMLParser):
    """Gather the paragraphs and headings of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self._pieces: list[str] = []
        self._heading = False
        self._unread = self._lists = self._links = 0
        self._linked = True
        """Whether all of the paragraph is links, such as those of a menu."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _BLOCKS:
            self.finish()
            self._heading = tag in _HEADINGS
            self._lists += tag == "li"
        self._links += tag == "a"

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _BLOCKS:
            self.finish()
            self._lists = max(0, self._lists - (tag == "li"))
        self._links = max(0, self._links - (tag == "a"))

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._pieces.append(data)
            self._linked = self._linked and (self._links > 0 or not data.strip())

    def finish(self) -> None:
        """End the paragraph that is being gathered."""
        text = " ".join("".join(self._pieces).split())
        if text:
            point = self._lists and not self._linked  # of a list is no heading, however short
            self.paragraphs.append(Paragraph(text, self._heading or (False if point else None)))
        self._pieces, self._heading, self._linked = [], False, True


def _read_docx(raw: bytes, shown: str) -> Iterator[Paragraph]:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > MAX_UNPACKED:
                raise _refuse(shown, "this file unfolds to more than a text can have")
            xml = archive.read(part)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise _refuse(shown, "this file defines entities, as no word processor does")
        root = ElementTree.fromstring(xml)
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):
        hint = "open it in a word processor and save it again as .docx"
        raise _refuse(shown, "this is not a Word document (.docx)", hint) from None
    for paragraph in root.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val", "").lower() if style is not None else ""
        heading = True if name.startswith(("heading", "title", "berschrift", "titre")) else None
        heading = False if name.startswith(("list", "liste")) else heading
        yield Paragraph("".join(_runs(paragraph)), heading)


def _runs(paragraph: ElementTree.Element) -> Iterator[str]:
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in (f"{_W}br", f"{_W}tab", f"{_W}cr"):
            yield " "


def _read_pdf(raw: bytes, shown: str) -> Iterator[Paragraph]:
    try:
        import pypdf  # optional: plan-explorer[import]
    except ImportError:
        hint = "pip install 'plan-explorer[import]', or save the text as .txt"
        raise _refuse(shown, "reading PDF files needs pypdf", hint) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, by us
    try:
        reader = pypdf.PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refuse(shown, "this PDF is locked with a password", "save it without one, or as .txt")
        pages = [page.extract_text() for page in reader.pages]
    except PlanError:
        raise
    except Exception as error:  # a broken file makes pypdf raise whatever it met
        hint = "save the text as .txt"
        raise _refuse(shown, f"this is not a PDF that can be read: {str(error)[:80]}", hint) from None
    yield from map(Paragraph, _unwrap("\n".join(pages)))


def _unwrap(text: str) -> Iterator[str]:
    """Yield the paragraphs of *text*, whose lines are those of pages.

    A paragraph ends at a blank line, or with a line that ends with a stop and is clearly shorter than most.
    """
    lines = [line.strip() for line in text.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    paragraph: list[str] = []
    for line in lines:
        if line:
            paragraph.append(line)
        if paragraph and (not line or (line[-1] in ".!?。！？" and len(line) < 0.85 * usual)):
            yield "\n".join(paragraph)
            paragraph = []
    if paragraph:
        yield "\n".join(paragraph)


READERS: Mapping[str, Callable[[bytes, str], Iterator[Paragraph]]] = {
    ".txt": _read_plain,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
"""What reads each format, by the ending of a file's name."""
