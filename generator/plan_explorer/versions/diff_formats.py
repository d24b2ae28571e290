"""Changes in words: for a terminal, as Markdown, as JSON."""

import json
from collections.abc import Callable, Iterable

from plan_explorer.versions.diff import LABELS, Change, Kind, Piece

Form = Callable[[Iterable[Change]], str]

PAIRS = ("renamed", "moved", "re-cited", "re-dated", "status", "changed")
"""Kinds of change that lead from one value to another, either of which may be none."""

NOTHING = "Nothing has changed."


def by_kind(changes: Iterable[Change]) -> dict[Kind, list[Change]]:
    """Return *changes* by their kind, the most important first."""
    found: dict[Kind, list[Change]] = {kind: [] for kind in LABELS}
    for change in changes:
        found[change.kind].append(change)
    return {kind: some for kind, some in found.items() if some}


def counted(changes: Iterable[Change]) -> str:
    """Return how many changes of each kind there are, in a line."""
    numbers = [f"{LABELS[kind].lower()}: {len(some)}" for kind, some in by_kind(changes).items()]
    line = "; ".join(numbers)
    return line[:1].upper() + line[1:] or NOTHING


def as_text(changes: Iterable[Change]) -> str:
    """Return *changes* as text, words that went as ``[-gone-]`` and those that came as ``{+new+}``."""
    lines: list[str] = []
    for kind, some in by_kind(changes).items():
        lines += [f"{LABELS[kind]} ({len(some)})"]
        for change in some:
            lines += [f"  {change.id}  {change.noun}: {change.title}"]
            told = _told(
                change, lambda piece: {"gone": "[-{}-]", "new": "{{+{}+}}"}[piece.op].format(piece.words)
            )
            lines += [f"      {line}" for line in told]
        lines.append("")
    return "\n".join(lines).rstrip() or NOTHING


def as_markdown(changes: Iterable[Change]) -> str:
    """Return *changes* as Markdown, words that went struck through and those that came in bold."""
    lines: list[str] = []
    for kind, some in by_kind(changes).items():
        lines += [f"## {LABELS[kind]}", ""]
        for change in some:
            lines += [f"- {change.noun}: **{_letters(change.title)}** (`{change.id}`)"]
            lines += [f"    - {line}" for line in _told(change, _marked, _letters)]
        lines.append("")
    return "\n".join(lines).rstrip() or NOTHING


def as_json(changes: Iterable[Change]) -> str:
    """Return *changes* as JSON, with every run of words that stayed, went or came."""
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


FORMS: dict[str, Form] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _told(change: Change, mark: Callable[[Piece], str], letters: Callable[[str], str] = str) -> Iterable[str]:
    """Yield the lines that say what *change* is, besides whose."""
    about = letters(change.part)
    if change.kind == "reworded":
        words = "".join(letters(p.words) if p.op == "same" else mark(p) for p in change.pieces)
        yield f"{about}: {words}" if about else words
    elif change.kind in PAIRS:
        before, after = letters(change.before) or "(none)", letters(change.after) or "(none)"
        yield f"{about}: {before} → {after}"
    elif words := letters(change.before or change.after):
        yield f"{about}: {words}" if about else words
    elif about:
        yield about


def _marked(piece: Piece) -> str:
    """Return words that changed, marked, with the space around them left outside the marks."""
    words = piece.words.strip()
    if not words:
        return piece.words if piece.op == "new" else ""
    sign = "~~" if piece.op == "gone" else "**"
    before, after = piece.words.split(words)[0], piece.words.split(words)[-1]
    return f"{before}{sign}{_letters(words)}{sign}{after}"


def _letters(words: str) -> str:
    """Return *words* so that Markdown shows them to the letter."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|~" else c for c in words)
