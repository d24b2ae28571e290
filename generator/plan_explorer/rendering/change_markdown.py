"""Write what changed from version to version as Markdown: entries linked, words that went or came marked."""

from plan_explorer.rendering.markdown import MarkdownWriter, escape_markdown, mark_language
from plan_explorer.site.addresses import Address
from plan_explorer.translation import (
    gettext,
    labelled,
    ngettext,
    pgettext,
    semicolons,
    with_note,
    within_sentence,
)
from plan_explorer.versions.diff import LABELS, Change, Kind
from plan_explorer.versions.diff_formats import PAIRS
from plan_explorer.versions.history import EntryChange, VersionStep

MAX_NAMED_ENTRIES = 12
"""Most entries of one step that the list of steps names."""

_TAGS = {"same": "", "gone": "del", "new": "ins"}
"""HTML, as Markdown has no marks for words that went or came."""


class ChangeWriter(MarkdownWriter):
    """Writes bodies that tell changes, too."""

    def change_label(self, kind: Kind, *, within: bool = False) -> str:
        """Return what a kind of change is called, by itself or *within* a sentence."""
        label = gettext(LABELS[kind])
        return within_sentence(label) if within else label

    def counts_linked(self, step: VersionStep) -> str:
        """Return how many entries of *step* changed, kind by kind, as links to where they are listed."""
        counts: list[str] = []
        for kind, some in step.by_kind().items():
            label = escape_markdown(self.change_label(kind, within=bool(counts)))
            words = labelled(label, len(some))
            counts.append(f"[{words}](#{kind})")
        return semicolons(counts)

    def step_link(self, step: VersionStep) -> str:
        """Return a link to the page of *step*."""
        words = gettext("%(start)s to %(end)s", start=step.before, end=step.after)
        return self.link(Address(step.path), escape_markdown(words))

    def changed_entry(self, changed: EntryChange) -> str:
        """Return the entry that changed, linked if it is still there, and what kind of entry it is."""
        if changed.now and changed.now in self._plan:
            entity = self._plan[changed.now]
            return with_note(self.link(entity), escape_markdown(self._plan.noun(entity)))
        return self._in_first_language(
            with_note(escape_markdown(changed.change.title), escape_markdown(changed.change.noun))
        )

    def changed_entries(self, step: VersionStep) -> str:
        """Return links to the first entries that changed, and how many more there are."""
        ids = [id for id in step.entries if id in self._plan and id != self._plan.settings.id]
        shown = semicolons(self.link(self._plan[id]) for id in ids[:MAX_NAMED_ENTRIES])
        more = len(ids) - MAX_NAMED_ENTRIES
        if more <= 0:
            return shown
        return ngettext("%(entries)s; and %(n)s more", "%(entries)s; and %(n)s more", more, entries=shown)

    def change(self, change: Change) -> str:
        """Return what *change* is, besides whose."""
        part = escape_markdown(change.part)
        if change.kind == "reworded":
            pieces = "".join(_marked(_TAGS[piece.op], piece.words) for piece in change.pieces)
            words = " ".join(pieces.replace("</del><ins>", "</del> <ins>").split())
        elif change.kind in PAIRS:
            words = f"{_marked('del', change.before)} {_marked('ins', change.after)}"
        else:
            words = escape_markdown(change.before or change.after)
        told = labelled(part, words) if part and words else part or words
        return self._in_first_language(told)

    def _in_first_language(self, markdown: str) -> str:
        """Return *markdown*, in the language in which versions are compared, marked if another is told."""
        original = self._plan.original
        return mark_language(markdown, original.settings.language) if original and markdown else markdown


def _marked(tag: str, words: str) -> str:
    shown = escape_markdown(words)
    if not tag:
        return shown
    shown = shown or pgettext("before or after a change", "none")
    return f"<{tag}>{shown}</{tag}>"
