"""Format changes as text, Markdown or JSON."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable

from plan_explorer.translation import (
    N_,
    gettext,
    labelled,
    pgettext,
    semicolons,
    with_capital,
    within_sentence,
)
from plan_explorer.versions.diff import LABELS, Change, Kind, Piece

Format = Callable[[Iterable[Change]], str]

PAIRS = ("renamed", "moved", "re-cited", "re-dated", "status", "aimed", "re-measured", "progress", "changed")
"""Kinds of change from one value to another, where either may be empty."""

NO_CHANGES = N_("Nothing has changed.")


def by_kind(changes: Iterable[Change]) -> dict[Kind, list[Change]]:
    """Return *changes* by kind, most important first."""
    groups: dict[Kind, list[Change]] = defaultdict(list)
    for change in changes:
        groups[change.kind].append(change)
    return {kind: groups[kind] for kind in LABELS if kind in groups}


def count_by_kind(changes: Iterable[Change]) -> str:
    """Return the number of changes by kind, as text."""
    numbers = [
        labelled(within_sentence(gettext(LABELS[kind])), len(some)) for kind, some in by_kind(changes).items()
    ]
    return with_capital(semicolons(numbers)) or gettext(NO_CHANGES)


def as_text(changes: Iterable[Change]) -> str:
    """Return *changes* as text, with ``[-removed-]`` and ``{+added+}`` words."""
    lines: list[str] = []
    for kind, some in by_kind(changes).items():
        lines += [f"{gettext(LABELS[kind])} ({len(some)})"]
        for change in some:
            lines += [f"  {change.id}  {change.noun}: {change.title}"]
            details = _describe(
                change, lambda piece: {"gone": "[-{}-]", "new": "{{+{}+}}"}[piece.op].format(piece.words)
            )
            lines += [f"      {line}" for line in details]
        lines.append("")
    return "\n".join(lines).rstrip() or gettext(NO_CHANGES)


def as_markdown(changes: Iterable[Change]) -> str:
    """Return *changes* as Markdown, with marked words."""
    lines: list[str] = []
    for kind, some in by_kind(changes).items():
        lines += [f"## {LABELS[kind]}", ""]
        for change in some:
            lines += [f"- {change.noun}: **{_escape(change.title)}** (`{change.id}`)"]
            lines += [f"    - {line}" for line in _describe(change, _mark, _escape)]
        lines.append("")
    return "\n".join(lines).rstrip() or NO_CHANGES


def as_json(changes: Iterable[Change]) -> str:
    """Return *changes* as JSON, with marked words."""
    rows = []
    for change in changes:
        row: dict[str, object] = {
            "kind": change.kind,
            "id": change.id,
            "title": change.title,
            "noun": change.noun,
        }
        row |= {name: value for name in ("part", "before", "after") if (value := getattr(change, name))}
        if change.kind == "reworded":
            row["words"] = [list(piece) for piece in change.pieces]
        rows.append(row)
    return json.dumps({"changes": rows}, ensure_ascii=False, indent=1)


FORMATS: dict[str, Format] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _describe(
    change: Change, mark: Callable[[Piece], str], letters: Callable[[str], str] = str
) -> Iterable[str]:
    """Yield the lines that describe *change*, without the entry's name."""
    about = letters(change.part)
    if change.kind == "reworded":
        words = "".join(letters(p.words) if p.op == "same" else mark(p) for p in change.pieces)
        yield f"{about}: {words}" if about else words
    elif change.kind in PAIRS:
        none = pgettext("before or after a change", "none")
        before, after = letters(change.before) or f"({none})", letters(change.after) or f"({none})"
        yield f"{about}: {before} → {after}"
    elif words := letters(change.before or change.after):
        yield f"{about}: {words}" if about else words
    elif about:
        yield about


def _mark(piece: Piece) -> str:
    """Return changed words, marked, leaving the surrounding space unmarked."""
    words = piece.words.strip()
    if not words:
        return piece.words if piece.op == "new" else ""
    sign = "~~" if piece.op == "gone" else "**"
    before, after = piece.words.split(words)[0], piece.words.split(words)[-1]
    return f"{before}{sign}{_escape(words)}{sign}{after}"


def _escape(words: str) -> str:
    """Return *words* with Markdown's special characters escaped."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|~" else c for c in words)
