"""Convert the body of a page, plain CommonMark with tables, into an element tree."""

import re
from xml.etree import ElementTree

import comrak

Element = ElementTree.Element

TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""What a body may hold; anything else is taken out, its words stay."""
ATTRIBUTES = frozenset(["align", "alt", "class", "dir", "href", "id", "lang", "src", "start", "title"])
SCHEMES = frozenset(["http", "https", "mailto"])
"""The only schemes of links that stay live."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_SHOWN = 60
"""How much of a faulty line is shown, in characters."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_BLANKS = re.compile(r"[ \t\r\n]+")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f]+")

_EXTENSIONS = comrak.ExtensionOptions()
_EXTENSIONS.table = True
_EXTENSIONS.cjk_friendly_emphasis = True
_OPTIONS = comrak.RenderOptions()
_OPTIONS.unsafe_ = True  # bodies hold anchors, which are HTML; what authors write is escaped before


def parse(markdown: str) -> Element:
    """Return *markdown* as a ``div`` of HTML elements, with nothing in it that could run or load.

    Anchors (``<a id="…"></a>``) become ``span`` elements, as MkDocs expects every ``a`` to lead somewhere.

    Raises:
        ValueError: if the body holds HTML that is not well-formed.
    """
    html = comrak.render_markdown(markdown, extension_options=_EXTENSIONS, render_options=_OPTIONS)
    html = f"<div>{html}</div>"
    try:
        root = ElementTree.fromstring(html)
    except ElementTree.ParseError as error:
        line, column = error.position
        before = html.split("\n")[line - 1][:column].removeprefix("<div>").removesuffix("</")
        fault = error.msg.partition(":")[0]
        raise ValueError(f"the HTML is not well-formed: {fault} after '{before[-MAX_SHOWN:]}'") from error
    for element in root.iter():
        _disarm(element)
    return root


def _disarm(element: Element) -> None:
    """Take out of *element* what could run a script or load a file from elsewhere."""
    if element.tag not in TAGS:
        element.tag = "span"
        element.attrib.clear()
    for name in list(element.attrib):
        if name not in ATTRIBUTES:
            del element.attrib[name]
    href = element.get("href")
    if href and not is_safe(href):
        del element.attrib["href"]
    if element.tag == "img" and ":" in element.get("src", ":"):
        element.tag, element.text = "span", element.get("alt", "")
        element.attrib.clear()
    if element.tag == "a" and "href" not in element.attrib:
        element.tag = "span"


def fold_blanks(text: str) -> str:
    """Return *text* in one line, as Markdown shows it."""
    return _BLANKS.sub(" ", text).strip()


def is_safe(address: str) -> bool:
    """Return whether a link to *address* may stay: it is relative, or its scheme is harmless."""
    scheme = _SCHEME.match(_INVISIBLE.sub("", address))
    return scheme is None or scheme[1].lower() in SCHEMES


def serialise(*elements: Element) -> str:
    """Return *elements* as HTML."""
    return "".join(ElementTree.tostring(each, encoding="unicode", method="html") for each in elements)
