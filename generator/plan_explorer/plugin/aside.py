"""What is HTML already in Markdown, set aside while the rest of it is converted."""

import re

FINISHED = re.compile(
    r"<svg\b.*</svg>"  # a drawing: two thirds of a page, and most of its tags
    r"|<(span|small)(?![^>]* (?:id|markdown)=)[^<>]*>[^<>\[\]*_`\\{}|&!:]*</\1>"  # plain words
)
"""What stands in a line of Markdown and is HTML already: the parser would read it tag by tag, for nothing."""

PUT = "px-finished-{}-"
"""What stands for it while the Markdown around it is converted."""

_PUT = re.compile(r"px-finished-(\d+)-")


def set_aside(markdown: str) -> tuple[str, list[str]]:
    """Return *markdown* without what is HTML already, and that; headings and code stay as they are."""
    ready: list[str] = []

    def put(match: re.Match[str]) -> str:
        ready.append(match[0])
        return PUT.format(len(ready) - 1)

    lines, in_code = markdown.split("\n"), False
    for at, line in enumerate(lines):
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code and "<" in line and not line.startswith("#"):
            lines[at] = FINISHED.sub(put, line)
    return "\n".join(lines), ready


def put_back(html: str, ready: list[str]) -> str:
    """Return *html* with what was set aside from its Markdown, which is *ready*."""
    return _PUT.sub(lambda match: ready[int(match[1])], html) if ready else html
