"""Text of Markdown in the plainest shapes, as the HTML that Python-Markdown makes of it."""

import re
from collections.abc import Callable

Address = Callable[[str], str | None]
"""Gives the address of a link as it is to stand in HTML; ``None`` if MkDocs has something to say of it."""

_WORDS = r"[^\\`*_\[\]<>&{}!\x00-\x1f\x7f\x85\u2028\u2029]++|!(?!\[)|\\[*_\[\]{}]"
_ENTITY = r"&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*+);"
_NAME = "abbr|a|bdi|bdo|b|cite|code|data|em|i|mark|q|small|span|strong|sub|sup|s|time|u"
_GIVEN = r'(?: (?!name=|markdown=)[a-z][a-z-]*+="[^"<>\\`*\[\]\x00-\x1f\x7f]*+")*+'
TAG = rf"</(?:{_NAME})>|<(?:{_NAME}){_GIVEN}>"
"""A tag within a line; such tags are left as they are."""

_VALUE = r'[^"<>&\\`*_\[\]{}!|\s]++(?: [^"<>&\\`*_\[\]{}!|\s]++)*+'
_SET = rf'\.[a-zA-Z][\w-]*+|\#[a-zA-Z][\w-]*+|(?:(?:aria|data)-[a-z-]++|class|dir|lang|rel|title)="{_VALUE}"'
ATTRIBUTES = rf"\{{:? ?((?:{_SET})(?: (?:{_SET}))*+) ?\}}"
"""What stands behind a link, or below a paragraph or an entry of a list; in a group, without the braces."""

_SHOWN = rf"(?:{_WORDS}|{_ENTITY}|{TAG})++"
_TITLE = _VALUE.replace('"', "\"'()")
_LINK = rf'\[({_SHOWN})\]\(([\w./#~,+=@:-]++)(?: "({_TITLE})")?\)(?:{ATTRIBUTES})?(?!\{{)'
_STRONG = rf"(?<!\*)\*\*(?! )((?:{_WORDS})++)(?<! )\*\*(?![*{{])"

_KNOWN = re.compile(rf"(?!\s)(?:{_WORDS}|{_ENTITY}|{TAG}|{_LINK}|{_STRONG})++(?<!\s)")
_MARKED = re.compile(rf"{_LINK}|{_STRONG}|\\(.)")
_ATTRIBUTE = re.compile(r'\.([^ ]+)|#([^ ]+)|([a-z-]+)="([^"]*)"')


def converted(text: str, address: Address) -> str | None:
    """Return *text*, which is one line, as HTML; ``None`` unless all of it is of a known shape."""
    if not _KNOWN.fullmatch(text):
        return None
    if "[" not in text and "*" not in text and "\\" not in text:
        return text
    known = True

    def html(match: re.Match[str]) -> str:
        nonlocal known
        shown, href, title, listed, strong, escaped = match.groups()
        if escaped:
            return escaped
        if strong:
            return f"<strong>{_unescaped(strong)}</strong>"
        there = address(href)
        known = known and there is not None
        given = {"href": there or "", "title": title} if title else {"href": there or ""}
        return f"<a{attributes(listed, given)}>{_unescaped(shown)}</a>"

    found = _MARKED.sub(html, text)
    return found if known else None


def attributes(listed: str | None, given: dict[str, str] | None = None) -> str:
    """Return what is *listed* between braces, and what is *given*, as the attributes of a tag."""
    found = given or {}
    for name, anchor, key, value in _ATTRIBUTE.findall(listed or ""):
        if name:
            found["class"] = f"{found['class']} {name}" if "class" in found else name
        else:
            found[key or "id"] = value or anchor
    return "".join(f' {key}="{found[key]}"' for key in sorted(found))


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
