"""What is of a known shape in the Markdown of a page, set aside while the rest of it is converted."""

import re
from collections.abc import Callable, Iterator, Sequence

from plan_explorer.mkdocs_plugin.fast_markdown import outline
from plan_explorer.mkdocs_plugin.fast_markdown.inline import Address

_DRAWING = re.compile(r"<(/?)svg\b")
_OUT_OF_PLACE = ("px-finished-", "\t", "\r", "\x02", "\x03")
"""What may not stand in a page that something is set aside of."""
_PUT = re.compile(r"<p>px-finished-(\d+)-blocks-</p>|px-finished-(\d+)-")
_ID = re.compile(r'<[^<>]*? id="([^"]*)"')


def set_aside(markdown: str, address: Address | None) -> tuple[str, list[str]]:
    """Return *markdown* without what is of a known shape, and that, as HTML.

    Args:
        markdown: that of a page.
        address: what links lead to; ``None`` if it is not known what else Markdown may mean on this site,
            so that nothing but drawings is set aside.
    """
    ready: list[str] = []
    if any(each in markdown for each in _OUT_OF_PLACE):
        return markdown, ready

    def put(html: str, kind: str = "") -> str:
        ready.append(_filled(html, ready))
        return f"px-finished-{len(ready) - 1}-{kind}"

    lines = markdown.split("\n")
    for at in _outside_code(lines, "<svg"):
        lines[at] = _without_drawings(lines[at], put)
    if address:
        for start, end, html in reversed(outline.finished(lines, address)):
            lines[start:end] = ["", put(html, "blocks-"), ""]
    return "\n".join(lines), ready


def put_back(html: str, ready: list[str]) -> str:
    """Return *html* with what was set aside from its Markdown, which is *ready*."""
    return _filled(html, ready).strip("\n") if ready else html


def _filled(html: str, ready: Sequence[str]) -> str:
    return _PUT.sub(lambda match: ready[int(match[1] or match[2])], html)


def ids(*texts: str) -> set[str]:
    """Return the places in HTML *texts* that links can lead to."""
    return {found for html in texts if ' id="' in html for found in _ID.findall(html)}


def _outside_code(lines: Sequence[str], mark: str) -> Iterator[int]:
    """Yield the numbers of lines in which *mark* stands, but of code and headings."""
    in_code = False
    for at, line in enumerate(lines):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code and mark in line and not line.startswith("#"):
            yield at


def _without_drawings(line: str, put: Callable[[str], str]) -> str:
    """Return *line* with what *put* returns for every drawing, which may have others in it."""
    found, depth, start, after = [], 0, 0, 0
    for tag in _DRAWING.finditer(line):
        if tag[1]:
            depth -= 1
        else:
            start = start if depth else tag.start()
            depth += 1
        if depth < 0:
            return line
        if not depth:
            end = tag.end() + 1
            found += [line[after:start], put(line[start:end])]
            after = end
    return line if depth else "".join([*found, line[after:]])
