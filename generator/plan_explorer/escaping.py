"""Escape what authors wrote, so that HTML and Markdown show it to the letter."""

import re
from html import escape, unescape

SCHEMES = ("http", "https", "mailto")
"""Where links of a page may lead, besides places of the site."""

_MARKS = re.compile(r"[\\`*_\[\]{}|]")
_BREAKS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_IN_LIST = re.compile(r"[<>\\`*_\[\]|]")


def one_line(text: str) -> str:
    """Return *text* without line breaks, which could begin something else."""
    return _BREAKS.sub(" ", text)


def markdown(text: str) -> str:
    """Return *text* as Markdown that shows it to the letter."""
    return escape(_MARKS.sub(r"\\\g<0>", one_line(text)), quote=False)


def html(text: str, *, quote: bool = True) -> str:
    """Return *text* as HTML, also where Markdown is read: its marks stand there by their numbers."""
    return _MARKS.sub(_numbered, escape(one_line(text), quote))


def attribute(text: str) -> str:
    """Return *text* for an attribute list of Markdown, which ends at a quotation mark or a brace."""
    cleaned = one_line(text).replace('"', "”").replace("{", "(").replace("}", ")").replace("'", "’")
    return _IN_LIST.sub(_numbered, cleaned)


def _numbered(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def is_live(address: str) -> bool:
    """Return whether a link may lead to *address*: to a place of the site, or by one of the SCHEMES."""
    plain = "".join(c for c in unescape(address) if c.isprintable() and not c.isspace())
    scheme, colon, _ = plain.partition(":")
    return not colon or scheme.lower() in SCHEMES or any(mark in scheme for mark in "/?#")


def is_on_the_web(address: str) -> bool:
    """Return whether *address* is one of a page or file on the web, and nothing else."""
    return bool(re.fullmatch(r"https?://[^\s<>\"'`\\\x00-\x1f\x7f]+", address))


# --- Markdown of authors

_TOKEN = re.compile(
    r"""
    \\(?P<escaped>[^\n])
    | (?<!`)(?P<fence>`+)(?P<code>[^`]+)(?P=fence)(?!`)
    | (?P<link>(?P<image>!?)\[(?P<shown>[^\[\]\\`<>!{}|]*)\]\((?P<to>[^\s()<>\[\]\\`"'{}|]+)\))
    | <(?P<auto>https?://[^\s<>"'`\\]+)>
    | (?P<mark>[\\`\[\]{}|<&])
    """,
    re.VERBOSE,
)
"""What Markdown could take for more than words and emphasis."""


def prose(text: str, *, links: bool = True) -> str:
    """Return Markdown that an author wrote without what could be more than words, emphasis, code and links.

    Args:
        text: what the author wrote.
        links: whether links and images of the site are let through; else they show as they are written.
    """

    def token(match: re.Match[str]) -> str:
        if code := match["code"]:
            return (
                match[0]
                if not re.search(r"[\\\[\]{}|<>&]", code)
                else f"<code>{markdown(code.strip())}</code>"
            )
        if match["auto"] and links:
            return match[0]
        if to := match["to"]:
            local = is_live(to) and not unescape(to).startswith("//") and ":" not in unescape(to)
            if links and (local if match["image"] else is_live(to)):
                return match[0].replace("&", "&amp;")
        return _SIGN.sub(_sign, match[0])

    return _TOKEN.sub(token, text)


_SIGN = re.compile(r"\\(.)|[\\`\[\]{}|<&]", re.DOTALL)


def _sign(match: re.Match[str]) -> str:
    sign = match[1] or match[0]
    if sign in "<&":
        return f"{match[0][:-1]}{escape(sign)}"
    return match[0] if match[1] else f"\\{sign}"
