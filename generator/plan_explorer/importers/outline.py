"""Describe the imported file as a source."""

import re
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.importers.clean_text import one_line, slug
from plan_explorer.importers.draft import Draft, DraftEntry
from plan_explorer.importers.ids import IdMaker
from plan_explorer.importers.yaml_writer import FlowList

_IN_WORDS = re.compile(r"(?:row|line) \d")
"""How a place begins that readers understand, unlike a path within JSON."""
NO_WORDS = "It has no words of its own."
FIELDS = "Its dates and figures, which are given with the entry."
MAX_PLACE = 200
"""The longest place in the file, in characters, that is shown."""


@dataclass
class Outline:
    """The passages of the imported file, collected entry by entry."""

    source: str
    """The id of the file as a source."""
    ids: IdMaker
    _sections: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _numbers: set[str] = field(default_factory=set)

    def add(self, draft: Draft, entry: DraftEntry, lengths: list[int], *, fields: bool) -> None:
        """Add the passage of *entry*.

        Args:
            draft: the draft of the entry.
            entry: the subject of the passage.
            lengths: the number of words in each statement.
            fields: whether to add a sentence for its links, dates and figures.
        """
        passage: dict[str, Any] = {"id": self.ids.passage(entry.key), "number": self._number(entry)}
        title = one_line(entry.name or entry.code)
        where = one_line(entry.where)[:MAX_PLACE] if _IN_WORDS.match(entry.where) else ""
        passage["title"] = f"{title} ({where})" if where and title else title or where or passage["number"]
        counted = lengths + [1] * fields or [1]
        passage["sentences"] = FlowList(counted)
        if not entry.links and (fields or not lengths):
            passage["frame"] = {len(counted): FIELDS if fields else NO_WORDS}
        self._sections.setdefault(entry.section or draft.name, []).append(passage)

    def _number(self, entry: DraftEntry) -> str:
        """Return its code, its place, what it is called in addresses, or a running number."""
        running = f"no. {len(self._numbers) + 1}"
        where = entry.where if _IN_WORDS.match(entry.where) else ""
        for number in (one_line(entry.code), where, slug(entry.slug), running):
            like = "".join(c if c.isalnum() else "-" for c in number.lower()).strip("-")
            if like and like not in self._numbers and len(number) <= 20:
                self._numbers.add(like)
                return number
        self._numbers.add(running)
        return running

    def place(self, entry: DraftEntry, sentence: int) -> str:
        """Return the citation of a statement; *sentence* counts from 1."""
        return f"{self.source} {self.ids.passage(entry.key)}.{sentence}"

    @property
    def sections(self) -> list[dict[str, Any]]:
        return [{"section": name, "passages": passages} for name, passages in self._sections.items()]
