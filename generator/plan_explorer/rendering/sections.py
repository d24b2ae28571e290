"""Cut a converted body into sections, so that a layout can put components between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from plan_explorer.rendering.commonmark import HEADINGS, Element, serialise

NOTHING = Markup("")


class Block(Markup):
    """A paragraph, list or table as HTML, with the tag of its element."""

    tag = ""


@dataclass(frozen=True)
class Section:
    """A heading, what stands below it, and the sections within; the body itself is one."""

    id: str = ""
    level: int = 0
    head: Markup = NOTHING
    """The heading, and above a title what a site puts there."""
    blocks: tuple[Block, ...] = ()
    """Paragraphs, lists and tables between the heading and the first section within."""
    sections: "list[Section]" = field(default_factory=list)

    @property
    def text(self) -> Markup:
        """All blocks."""
        return Markup("\n").join(self.blocks)

    @property
    def rest(self) -> Markup:
        """Everything below the heading."""
        return Markup("\n").join([*self.blocks, *(each.whole for each in self.sections)])

    @property
    def whole(self) -> Markup:
        """The heading, and everything below it."""
        return self.head + self.rest

    def __getitem__(self, id: str) -> "Section":
        """Return the section within whose heading has the address *id*; an empty one if there is none."""
        return next((each for each in self.sections if each.id == id), Section(id))


def cut(root: Element) -> Section:
    """Return the body *root* as sections: its title, if it has one, and what stands below.

    What a site puts above the title belongs to the head.
    """
    blocks = list(root)
    title = next((at for at, block in enumerate(blocks) if block.tag == "h1"), None)
    if title is None:
        return _section(None, blocks)
    body = _section(blocks[title], blocks[title + 1 :])
    above = "".join(f"{_html(block)}\n" for block in blocks[:title])
    return replace(body, head=Markup(above) + body.head)


def _section(heading: Element | None, below: list[Element]) -> Section:
    first = next((at for at, block in enumerate(below) if block.tag in HEADINGS), len(below))
    sections = [_section(run[0], run[1:]) for run in _runs(below[first:])]
    blocks = tuple(map(_html, below[:first]))
    if heading is None:
        return Section(blocks=blocks, sections=sections)
    return Section(heading.get("id", ""), _level(heading), _html(heading) + "\n", blocks, sections)


def _html(element: Element) -> Block:
    block = Block(serialise(element).strip())
    block.tag = element.tag
    return block


def _runs(blocks: list[Element]) -> Iterator[list[Element]]:
    """Yield each heading that stands below no other of *blocks*, with what stands below it."""
    run: list[Element] = []
    for block in blocks:
        if run and block.tag in HEADINGS and _level(block) <= _level(run[0]):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _level(heading: Element) -> int:
    return int(heading.tag[1])
