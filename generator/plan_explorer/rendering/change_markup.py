"""Changes as Markdown for pages: what went struck out, what came marked, entries linked."""

from collections.abc import Iterable

from plan_explorer.rendering.page_tools import Phrases
from plan_explorer.site.addresses import Address
from plan_explorer.versions.diff import LABELS, Change, Kind
from plan_explorer.versions.diff_formats import PAIRS
from plan_explorer.versions.history import EntryChange, VersionStep

NAMED = 12
"""Most entries of one step that the list of steps names."""


class Teller:
    """Tells changes on one page."""

    def __init__(self, writer: Phrases) -> None:
        """Prepare for the page of *writer*."""
        self._writer = writer

    def label(self, kind: Kind) -> str:
        """Return what a kind of change is called."""
        return LABELS[kind]

    def page(self, step: VersionStep) -> str:
        """Return a link to the page of *step*."""
        words = f"{step.before} to {step.after}"
        return f"[{self._writer.text(words)}]({self._writer.to(Address(step.path))})"

    def entry(self, told: EntryChange) -> str:
        """Return the entry that changed, linked if it is still there."""
        if told.now and told.now in self._writer.plan:
            return self._writer.link(self._writer.plan[told.now])
        return self._writer.text(told.change.title)

    def named(self, step: VersionStep) -> str:
        """Return links to the first entries that changed, and how many more there are."""
        plan = self._writer.plan
        ids = [id for id in step.entries if id in plan and id != plan.settings.id]
        shown = "; ".join(self._writer.link(plan[id]) for id in ids[:NAMED])
        return f"{shown}; and {len(ids) - NAMED} more" if len(ids) > NAMED else shown

    def change(self, change: Change) -> str:
        """Return what *change* is, besides whose."""
        text = self._writer.text
        about = f"{text(change.part)}: " if change.part else ""
        if change.kind == "reworded":
            return about + self._pieces(change)
        if change.kind in PAIRS:
            before, after = self._value(change.before), self._value(change.after)
            return f"{about}<del>{before}</del> <ins>{after}</ins>"
        words = text(change.before or change.after)
        return f"{about}{words}" if words else text(change.part)

    def _value(self, words: str) -> str:
        return self._writer.text(words) or "none"

    def _pieces(self, change: Change) -> str:
        tags = {"gone": "del", "new": "ins"}
        pieces: Iterable[str] = (
            self._writer.text(piece.words)
            if piece.op == "same"
            else f"<{tags[piece.op]}>{self._writer.text(piece.words)}</{tags[piece.op]}>"
            for piece in change.pieces
        )
        return " ".join("".join(pieces).replace("</del><ins>", "</del> <ins>").split())
