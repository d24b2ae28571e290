"""Write a plan's history as an Atom feed (RFC 4287)."""

from collections.abc import Callable
from html import escape
from xml.etree import ElementTree as Xml

from plan_explorer.model.plan import Plan
from plan_explorer.translation import gettext
from plan_explorer.versions.diff_formats import as_text
from plan_explorer.versions.history import History, VersionStep

PATH = "changes/feed.xml"
MEDIA_TYPE = "application/atom+xml"
MAX_CHANGES = 100
"""How many changes a feed entry lists; its page lists all."""


def feed(plan: Plan, history: History, url: Callable[[str], str]) -> bytes:
    """Return the feed, with one entry per step.

    Args:
        plan: the current plan.
        history: what changed, and when.
        url: returns the address of a Markdown file's page, absolute if the site has an address.
    """
    root = Xml.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": plan.settings.language})
    name = f"urn:plan:{plan.settings.id}"
    _child(root, "id", f"{name}:changes")
    _child(root, "title", gettext("%(site)s: changes", site=plan.settings.site_name))
    _child(root, "updated", _moment(history.steps[0]))
    _child(Xml.SubElement(root, "author"), "name", plan.settings.site_name)
    Xml.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": url("changes/index.md")})
    Xml.SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": url(PATH)})
    for step in history.steps:
        _entry(root, step, f"{name}:changes:{step.version}", url(step.path))
    Xml.indent(root, " ")
    text: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(root: Xml.Element, step: VersionStep, name: str, address: str) -> None:
    entry = Xml.SubElement(root, "entry")
    _child(entry, "id", name)
    _child(entry, "title", step.title)
    _child(entry, "updated", _moment(step))
    Xml.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _child(entry, "summary", step.counts)
    text = as_text(each.change for each in step.changes[:MAX_CHANGES])
    content = _child(entry, "content", f"<pre>{escape(text, quote=False)}</pre>")
    content.set("type", "html")


def _child(parent: Xml.Element, tag: str, words: str) -> Xml.Element:
    child = Xml.SubElement(parent, tag)
    child.text = "".join(c for c in words if c.isprintable() or c in "\n\t")
    return child


def _moment(step: VersionStep) -> str:
    return f"{step.day.isoformat()}T00:00:00Z"
