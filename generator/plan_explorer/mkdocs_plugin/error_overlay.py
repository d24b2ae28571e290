"""Show the problems of the plan over the last good page."""

from collections.abc import Sequence
from html import escape
from string import Template

from plan_explorer.diagnostics.problems import MAX_PER_CODE, Problem
from plan_explorer.package_files import builtin_templates

WAIT = '<meta http-equiv="refresh" content="2">'
"""For a page without a script of its own: look again until there is a site."""


def over(page: bytes, problems: Sequence[Problem], *, wait: bool = False) -> bytes:
    """Return *page* with *problems* over it.

    Args:
        page: HTML as it would be served.
        problems: what is wrong, in order.
        wait: whether the page has to look for news by itself.
    """
    shown = _panel(problems).encode()
    end = page.rfind(b"</body>")
    end = len(page) if end < 0 else end
    return (WAIT.encode() if wait else b"") + page[:end] + shown + page[end:]


def _panel(problems: Sequence[Problem]) -> str:
    template = Template((builtin_templates() / "live" / "problems.html").read_text(encoding="utf-8"))
    number = len(problems)
    title = "1 problem in the plan" if number == 1 else f"{number:,} problems in the plan"
    more = (
        f"<p>{number - MAX_PER_CODE:,} more are listed in the terminal.</p>" if number > MAX_PER_CODE else ""
    )
    entries = "\n".join(f"<li>{_entry(problem)}</li>" for problem in problems[:MAX_PER_CODE])
    return template.substitute(title=title, problems=entries, more=more)


def _entry(problem: Problem) -> str:
    place, *rest = escape(str(problem)).split("\n", 1)
    return f"<pre><strong>{place}</strong>\n{rest[0] if rest else ''}</pre>"
