"""Write what changed from version to version as Markdown: entries linked, words that went or came marked."""

from plan_explorer.rendering.markdown import MarkdownWriter, escape_markdown
from plan_explorer.site.addresses import Address
from plan_explorer.versions.diff import LABELS, Change, Kind
from plan_explorer.versions.diff_formats import PAIRS
from plan_explorer.versions.history import EntryChange, VersionStep

MAX_NAMED_ENTRIES = 12
"""Most entries of one step that the list of steps names."""

_TAGS = {"same": "", "gone": "del", "new": "ins"}
"""HTML, as Markdown has no marks for words that went or came."""


class ChangeWriter(MarkdownWriter):
    """Writes bodies that tell changes, too."""

    def change_label(self, kind: Kind) -> str:
        """Return what a kind of change is called."""
        return LABELS[kind]

    def step_link(self, step: VersionStep) -> str:
        """Return a link to the page of *step*."""
        return self.link(Address(step.path), escape_markdown(f"{step.before} to {step.after}"))

    def changed_entry(self, changed: EntryChange) -> str:
        """Return the entry that changed, linked if it is still there."""
        if changed.now and changed.now in self._plan:
            return self.link(self._plan[changed.now])
        return escape_markdown(changed.change.title)

    def changed_entries(self, step: VersionStep) -> str:
        """Return links to the first entries that changed, and how many more there are."""
        ids = [id for id in step.entries if id in self._plan and id != self._plan.settings.id]
        shown = "; ".join(self.link(self._plan[id]) for id in ids[:MAX_NAMED_ENTRIES])
        return f"{shown}; and {len(ids) - MAX_NAMED_ENTRIES} more" if len(ids) > MAX_NAMED_ENTRIES else shown

    def change(self, change: Change) -> str:
        """Return what *change* is, besides whose."""
        about = f"{escape_markdown(change.part)}: " if change.part else ""
        if change.kind == "reworded":
            pieces = "".join(_marked(_TAGS[piece.op], piece.words) for piece in change.pieces)
            return about + " ".join(pieces.replace("</del><ins>", "</del> <ins>").split())
        if change.kind in PAIRS:
            return f"{about}{_marked('del', change.before)} {_marked('ins', change.after)}"
        words = escape_markdown(change.before or change.after)
        return f"{about}{words}" if words else escape_markdown(change.part)


def _marked(tag: str, words: str) -> str:
    shown = escape_markdown(words)
    if not tag:
        return shown
    return f"<{tag}>{shown or 'none'}</{tag}>"
