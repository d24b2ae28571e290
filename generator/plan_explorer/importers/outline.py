"""The imported file as a source: a passage for every entry, a sentence for everything said of it."""

from dataclasses import dataclass, field
from typing import Any

from plan_explorer.importers.clean_text import one_line
from plan_explorer.importers.draft import Draft, DraftEntry
from plan_explorer.importers.ids import IdMaker
from plan_explorer.importers.yaml_writer import Row

NOTHING = "It has no words of its own."
FIELDS = "Its dates and figures, which stand with the entry."
LONGEST = 200
"""Longest place in the file, in characters, that the outline shows."""


@dataclass
class Outline:
    """Hands out places in the imported file, and remembers each as its outline."""

    source: str
    """The id of the file as a source."""
    ids: IdMaker
    _sections: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _numbers: set[str] = field(default_factory=set)

    def add(self, draft: Draft, entry: DraftEntry, lengths: list[int], *, fields: bool) -> None:
        """Add the passage of *entry*.

        Args:
            draft: where it was read.
            entry: what the passage is about.
            lengths: how many words each statement has.
            fields: whether a last sentence stands for its other fields: links, dates, figures.
        """
        passage: dict[str, Any] = {"id": self.ids[entry.key], "number": self._number(entry)}
        title = one_line(entry.name or entry.code)
        where = one_line(entry.where)[:LONGEST]
        passage["title"] = f"{title} ({where})" if where and title else title or where
        counted = lengths + [1] * fields or [1]
        passage["sentences"] = Row(counted)
        if not entry.links and (fields or not lengths):
            passage["frame"] = {len(counted): FIELDS if fields else NOTHING}
        self._sections.setdefault(entry.section or draft.name, []).append(passage)

    def _number(self, entry: DraftEntry) -> str:
        """Return its code or its place, if short and no other passage has an address like it, or a number."""
        running = f"no. {len(self._numbers) + 1}"
        for number in (one_line(entry.code), entry.where, running):
            like = "".join(c if c.isalnum() else "-" for c in number.lower()).strip("-")
            if like and like not in self._numbers and len(number) <= 20:
                self._numbers.add(like)
                return number
        self._numbers.add(running)
        return running

    def place(self, entry: DraftEntry, sentence: int) -> str:
        """Return the place of the statement *sentence*, from 1, as an author cites it."""
        return f"{self.source} {self.ids[entry.key]}.{sentence}"

    @property
    def sections(self) -> list[dict[str, Any]]:
        return [{"section": name, "passages": passages} for name, passages in self._sections.items()]
