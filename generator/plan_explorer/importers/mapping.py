"""Represent a mapping between two frameworks, as a file gives it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plan_explorer.importers.draft import Note, Noting
from plan_explorer.importers.safe_read import refuse

KINDS = {
    "equal": ("is equal to", "is equal to"),
    "equivalent": ("is equivalent to", "is equivalent to"),
    "close": ("is close to", "is close to"),
    "subset": ("is part of", "includes"),
    "superset": ("includes", "is part of"),
    "narrower": ("is narrower than", "is broader than"),
    "broader": ("is broader than", "is narrower than"),
    "intersects": ("overlaps with", "overlaps with"),
    "related": ("is related to", "is related to"),
}
"""The kinds of relation that mappings know, as they read from either side."""

INVERSE = {"subset": "superset", "superset": "subset", "narrower": "broader", "broader": "narrower"}
"""The kinds that are called otherwise from the other side."""

MAX_PAIRS = 100_000
"""The most pairs of a mapping."""

METHODS = {
    "semantic": "matched by meaning",
    "functional": "matched by function",
    "syntactic": "matched by wording",
}
"""How pairs were found, in words."""

NOT_RELATED = ("not_related", "none", "no-relationship")
"""How files say that a pair is none."""
UNRELATED = "a pair that the mapping calls unrelated"
UNPAIRED = "a pair that lacks one of its ends"


@dataclass(frozen=True)
class End:
    """An entry of one of the two frameworks."""

    code: str
    """Its number or label."""
    name: str = ""
    url: str = ""
    keys: tuple[str, ...] = ()
    """What else files call it: a URN, a URI."""
    within: str = ""
    """The code of the entry that it is a part of, if it is one."""


@dataclass(frozen=True)
class FilePair:
    """Two entries and how the first is related to the second."""

    source: End
    kind: str
    target: End
    because: str = ""
    """The reason, as clean Markdown."""
    method: str = ""
    """How the pair was found, in a few words."""
    confidence: str = ""
    where: str = ""


@dataclass
class MappingSet:
    """The pairs between two frameworks."""

    source: str
    """What the first framework is called."""
    target: str
    pairs: list[FilePair] = field(default_factory=list)
    lonely: tuple[list[End], list[End]] = field(default_factory=lambda: ([], []))
    """The entries of which the file says that they have no counterpart, on either side."""

    @property
    def is_within(self) -> bool:
        """Whether both sides are of one framework."""
        return bool(self.source) and self.source == self.target

    def ends(self, side: int) -> Iterator[End]:
        """Yield the entries of one side, in the order of the file."""
        yield from dict.fromkeys((pair.target if side else pair.source) for pair in self.pairs)
        yield from self.lonely[side]


@dataclass
class FrameworkMapping(Noting):
    """A file that maps frameworks to each other."""

    name: str
    about: str = ""
    """What the file says about itself, as clean Markdown on one line."""
    facts: dict[str, str] = field(default_factory=dict)
    """What is known about it as a document: publisher, date, url, licence, version."""
    sets: list[MappingSet] = field(default_factory=list)
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The kinds of relation that are the file's own, as they read from either side."""
    changed: list[Note] = field(default_factory=list)
    dropped: list[Note] = field(default_factory=list)

    @property
    def between(self) -> str:
        """What it maps to what."""
        names = [f"{each.source or 'a framework'} to {each.target or 'another'}" for each in self.sets]
        return " and ".join(dict.fromkeys(names[:3]))

    def words(self, kind: str) -> tuple[str, str]:
        """Return how a *kind* of relation reads from either side."""
        return self.kinds.get(kind) or KINDS[kind]

    def kind_of(
        self, relation: str, known: Mapping[str, str], ends: Sequence[Sequence[End]], where: str
    ) -> str:
        """Return the kind of a pair, or "" if it is left out, which is noted.

        Args:
            relation: what the file calls it.
            known: the kinds, by what files call them.
            ends: what is meant on both sides.
            where: the place of the pair.
        """
        if not all(ends):
            self.drop(UNPAIRED, where)
            return ""
        if relation not in known:
            what = UNRELATED if relation in NOT_RELATED else f"a pair of the kind '{relation}'"
            self.drop(what, f"{where}: {', '.join(end.code for side in ends for end in side)}")
        return known.get(relation, "")


def refuse_too_many(pairs: int, shown: str) -> None:
    """Refuse a mapping with too many *pairs*.

    Raises:
        PlanError: ``not-imported``.
    """
    if pairs > MAX_PAIRS:
        raise refuse(shown, f"this mapping has more than {MAX_PAIRS} pairs", "split it")


def percent(words: str) -> str:
    """Return a share between 0 and 1, or a number of per cent, in per cent; other words as they are."""
    try:
        share = float(words.removesuffix("%"))
    except ValueError:
        return words
    share = share * 100 if share <= 1 and not words.endswith("%") else share
    return f"{share:.3g} %" if 0 <= share <= 100 else words
