"""Text of Markdown in the plainest shapes, as the HTML that Python-Markdown makes of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

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
_LINK = rf'({_SHOWN})\]\(([\w./#~,+=@:-]++)(?: "({_TITLE})")?\)(?:{ATTRIBUTES})?(?!\{{)'
"""A link, after its first bracket: what is shown, the address, the title, the attributes."""
_AUTO = r"<(https?://[\w./~#%?=+:@,-]++)>(?!\{)"
_STRONG = rf"(?<!\*)\*\*(?! )((?:{_WORDS})++)(?<! )\*\*(?![*{{])"

_PLAIN = re.compile(_SHOWN)
_FROM_LINK = re.compile(rf"{_LINK}((?:{_WORDS}|{_ENTITY}|{TAG})*+)")
_KNOWN = re.compile(rf"(?:{_WORDS}|{_ENTITY}|{TAG}|\[{_LINK}|{_STRONG}|{_AUTO})++")
_MARKED = re.compile(rf"\[{_LINK}|{_STRONG}|{_AUTO}|\\(.)")
_ATTRIBUTE = re.compile(r'\.([^ ]+)|#([^ ]+)|([a-z-]+)="([^"]*)"')


def converted(text: str, address: Address) -> str | None:
    """Return *text*, which is one line, as HTML; ``None`` unless all of it is of a known shape."""
    if text != text.strip() or "![" in text:
        return None
    if "*" in text or "\\" in text or "<http" in text:
        return _converted_mark_by_mark(text, address)
    start, *rest = text.split("[")
    if start and not _PLAIN.fullmatch(start):
        return None
    found = [start]
    for each in rest:
        match = _FROM_LINK.fullmatch(each)
        link = match and _link(match.groups(), address)
        if not match or not link:
            return None
        found += (link, match[5])
    return "".join(found)


def _converted_mark_by_mark(text: str, address: Address) -> str | None:
    """Return *text*, with words in bold or escaped characters in it, as HTML, if it is of a known shape."""
    if not _KNOWN.fullmatch(text):
        return None
    known = True

    def html(match: re.Match[str]) -> str:
        nonlocal known
        *link, strong, url, escaped = match.groups()
        if escaped:
            return escaped
        if strong:
            return f"<strong>{_unescaped(strong)}</strong>"
        if url:
            return f'<a href="{url}">{url}</a>'
        made = _link(link, address)
        known = known and made is not None
        return made or ""

    found = _MARKED.sub(html, text)
    return found if known else None


def _link(parts: Sequence[str], address: Address) -> str | None:
    there = address(parts[1])
    if there is None:
        return None
    given = {"href": there, "title": parts[2]} if parts[2] else {"href": there}
    return f"<a{_written(given | _listed(parts[3]) if parts[3] else given)}>{_unescaped(parts[0])}</a>"


def attributes(listed: str) -> str:
    """Return what is *listed* between braces as the attributes of a tag."""
    return _written(_listed(listed))


def _written(found: Mapping[str, str]) -> str:
    return "".join([f' {key}="{found[key]}"' for key in sorted(found)])


@lru_cache(maxsize=1000)
def _listed(listed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, anchor, key, value in _ATTRIBUTE.findall(listed):
        if name:
            found["class"] = f"{found['class']} {name}" if "class" in found else name
        else:
            found[key or "id"] = value or anchor
    return found


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text
