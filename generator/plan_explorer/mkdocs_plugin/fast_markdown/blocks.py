"""Blocks of Markdown in the plainest shapes, as the HTML that Python-Markdown makes of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import zip_longest

from plan_explorer.mkdocs_plugin.fast_markdown.inline import ATTRIBUTES, TAG, Address, attributes, converted

_OTHER = re.compile(r"\d+\. |[^\w<\[\"'“”‘’„«»‹›¶§…–—(*\\&×]|\*(?!\*)|_")
"""How a line begins that may be something else than text."""
_BELOW = re.compile(rf" *{ATTRIBUTES}")
_ENTRY = re.compile(r"((?:    )?)(-|1\.) (.*)")
_KINDS = {"-": "ul", "1.": "ol"}
_FENCE = re.compile(r"```([a-z0-9-]*)")
_RULE = re.compile(r"\|(?: *---+ *\|)+")
_BLOCK = "div|figcaption|figure|p|section"
_SET = r'(?: (?!markdown=)[a-z-]+="[^"<>&]*")*'
_RAW = re.compile(
    rf"(?:<({_BLOCK})({_SET})>)?((?:[^<>&]|&(?:amp|lt|gt|quot|#x?\w+);|{TAG})*)(?:</({_BLOCK})>)?"
)
_VERBATIM = re.compile(r"<(div|figure|form|nav|ol|p|section|table|ul)[ >]")
_LOOKED_AT = re.compile(
    r"\n```|<[!?]|<a [^>]*name=|&(?!(?:\w+|#\w+);)|<(?:script|style|textarea|title)|[ \n]markdown"
)
_SPAN = re.compile(rf'<p({_SET}) markdown="span">(.*)</p>')


def block(lines: Sequence[str], address: Address) -> str | None:
    """Return *lines*, which empty lines surround, as HTML; ``None`` unless they are of a known shape."""
    first = lines[0]
    if first.startswith("```"):
        return _code(lines)
    if first.startswith(("- ", "1. ")):
        return _spaced_list(lines, address) if "" in lines else _list(lines, address)
    if first.startswith("| "):
        return _table(lines, address)
    if first.startswith("<p ") and (span := _SPAN.fullmatch(first)) and len(lines) == 1:
        inner = _text(span[2], address)
        return f"<p{sorted_attributes(span[1])}>{inner}</p>" if inner is not None else None
    if len(lines) > 1 and lines[-1].startswith(":   "):
        return _definitions(lines, address)
    return _paragraph(lines, address)


def verbatim(lines: Sequence[str]) -> str | None:
    """Return *lines* within no other element, if they are HTML and are not looked at."""
    text = "\n".join(lines)
    tag = _VERBATIM.match(text)
    if not tag or _LOOKED_AT.search(text) or not text.endswith(f"</{tag[1]}>"):
        return None
    depth = 0
    for each in re.finditer(rf"<(/?){tag[1]}\b", text):
        depth += -1 if each[1] else 1
        if depth < 1 and each.end() + 1 != len(text):
            return None
    return f"{text}\n" if not depth else None


def raw(lines: Sequence[str]) -> str | None:
    """Return *lines* within an element that is read as Markdown, if they are HTML and stay as they are."""
    found: list[str] = []
    depth: list[str] = []
    for number, line in enumerate(lines):
        match = _RAW.fullmatch(line)
        if not match or not (match[1] or match[4]) or (number and not depth):
            return None
        opened, listed, inner, closed = match.groups()
        if inner and not (opened and closed):
            return None
        if opened:
            depth.append(opened)
        if closed and (not depth or depth.pop() != closed):
            return None
        start = f"<{opened}{sorted_attributes(listed)}>" if opened else ""
        found.append(f"{start}{inner}</{closed}>" if closed else start)
    return "\n".join(found) if not depth else None


def sorted_attributes(listed: str) -> str:
    """Return the attributes of a tag in the order in which Python-Markdown writes them."""
    found = dict(re.findall(r' ([a-z-]+)="([^"]*)"', listed))
    return "".join(f' {name}="{found[name]}"' for name in sorted(found))


def _text(text: str, address: Address) -> str | None:
    return None if not text or _OTHER.match(text) else converted(text, address)


def _code(lines: Sequence[str]) -> str | None:
    start = _FENCE.fullmatch(lines[0])
    if not start or lines[-1] != "```" or len(lines) < 3:
        return None
    mark = f' class="language-{start[1]}"' if start[1] else ""
    shown = escape("\n".join(lines[1:-1]), quote=False).replace('"', "&quot;")
    return f"<pre><code{mark}>{shown}\n</code></pre>"


def _paragraph(lines: Sequence[str], address: Address) -> str | None:
    below = _BELOW.fullmatch(lines[1]) if len(lines) == 2 else None
    if len(lines) > 2 or (len(lines) == 2 and not below):
        return None
    inner = _text(lines[0], address)
    return None if inner is None else f"<p{attributes(below[1]) if below else ''}>{inner}</p>"


def _list(lines: Sequence[str], address: Address) -> str | None:
    """Return a list whose entries are one line each, with their attributes and one level of lists below."""
    entries: list[_Entry] = []
    for line in lines:
        last = entries[-1] if entries else None
        if last and not last.below and not last.attributes and (below := _BELOW.fullmatch(line)):
            last.attributes = attributes(below[1])
            continue
        match = _ENTRY.fullmatch(line)
        inner = _text(match[3], address) if match else None
        if not match or inner is None:
            return None
        if not match[1]:
            entries.append(_Entry(_KINDS[match[2]], inner))
        elif last:
            last.below.append(_Entry(_KINDS[match[2]], inner))
    return _entries(entries)


@dataclass
class _Entry:
    """An entry of a list, and those of the list below it."""

    kind: str
    inner: str
    attributes: str = ""
    below: list["_Entry"] = field(default_factory=list)


def _entries(entries: Sequence[_Entry]) -> str | None:
    kind = entries[0].kind
    found = []
    for entry in entries:
        below = _entries(entry.below) if entry.below else ""
        if entry.kind != kind or below is None:
            return None
        end = "\n</li>\n" if below else "</li>\n"
        found.append(f"<li{entry.attributes}>{entry.inner}{below}{end}")
    return f"<{kind}>\n{''.join(found)}</{kind}>"


def _spaced_list(lines: Sequence[str], address: Address) -> str | None:
    """Return a list of paragraphs with empty lines between them."""
    kind, found = "", ""
    for line, space in zip_longest(lines[::2], lines[1::2], fillvalue=""):
        entry = _ENTRY.fullmatch(line)
        top = entry and not entry[1]
        inner = _text(entry[3] if entry and top else line[4:], address)
        if space or inner is None or not (top or line.startswith("    ")):
            return None
        if entry and top:
            kind = kind or _KINDS[entry[2]]
            found += "</li>\n<li>\n" if found else "<li>\n"
            if kind != _KINDS[entry[2]]:
                return None
        found += f"<p>{inner}</p>\n"
    return f"<{kind}>\n{found}</li>\n</{kind}>"


def _table(lines: Sequence[str], address: Address) -> str | None:
    if len(lines) < 3 or not _RULE.fullmatch(lines[1]):
        return None
    width = lines[1].count("|") - 1
    head = _row("th", lines[0], width, address)
    rows = [_row("td", line, width, address) for line in lines[2:]]
    if head is None or None in rows:
        return None
    body = "\n".join(row for row in rows if row)
    return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(tag: str, line: str, width: int, address: Address) -> str | None:
    if not line.startswith("|") or not line.endswith("|"):
        return None
    cells = [cell.strip(" ") for cell in line[1:-1].split("|")]
    found = [converted(cell, address) if cell else "" for cell in cells]
    if len(found) != width or None in found:
        return None
    return "<tr>\n" + "".join(f"<{tag}>{cell}</{tag}>\n" for cell in found) + "</tr>"


def _definitions(lines: Sequence[str], address: Address) -> str | None:
    found, tags = [], []
    for line in lines:
        tags.append("dd" if line.startswith(":   ") else "dt")
        inner = _text(line[4:] if tags[-1] == "dd" else line, address)
        if inner is None or tags[-2:] == ["dd", "dt"]:
            return None
        found.append(f"<{tags[-1]}>{inner}</{tags[-1]}>\n")
    return f"<dl>\n{''.join(found)}</dl>" if tags[0] == "dt" else None
