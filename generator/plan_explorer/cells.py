"""Fragments of HTML for tables, whose grouped rows and headed columns Markdown cannot say."""

from collections.abc import Iterable, Sequence

from plan_explorer.compare import Cell, Commitment, Table
from plan_explorer.entities import Entity, Item
from plan_explorer.escaping import html as escape
from plan_explorer.item_page import Value
from plan_explorer.plan import Link, Plan
from plan_explorer.statements import Citation, Status
from plan_explorer.writing import Writer


class Cells:
    """Writes the cells of the tables of one page."""

    def __init__(self, write: Writer) -> None:
        """Prepare for the page that *write* writes."""
        self.w = write
        self.plan: Plan = write.plan

    # --- entities

    def link(self, entity: Entity, words: str = "", css: str = "") -> str:
        """Return a link to *entity*, by its short name or by *words*."""
        look = f' class="{css}"' if css else ""
        shown = words or self.w.html(self.plan.short(entity))
        return f'<a{look} href="{self.w.href(self.w.addresses.of(entity))}">{shown}</a>'

    def code(self, entity: Entity) -> str:
        """Return the code of *entity* in its hue, or nothing."""
        if not isinstance(entity, Item) or not entity.code:
            return ""
        return f'<span class="px-code{self.w.hue(entity)}">{escape(entity.code)}</span>'

    def ref(self, entity: Entity) -> str:
        """Return a link to *entity* with its code in a column of its own."""
        code = self.code(entity)
        return f'<span class="px-ref{" px-ref--coded" if code else ""}">{code}{self.link(entity)}</span>'

    def head(self, column: Entity) -> str:
        """Return the head of a column: code above name, one link."""
        name = f'<span class="px-w">{self.w.html(self.plan.short(column))}</span>'
        return self.link(column, f"{self.code(column)} {name}".strip())

    def terms(self, terms: Iterable[Entity]) -> str:
        """Return links to *terms*, each with its name in another script, one a line."""
        return "<br>".join(f"{self.link(term)} {self._other(term)}".strip() for term in terms)

    def _other(self, entity: Entity) -> str:
        settings = self.plan.settings
        first = entity.name.get(settings.language)
        shown = [
            f'<span lang="{escape(tag)}">{escape(name.text)}</span>'
            for tag, name in entity.name.items()
            if tag != settings.language and not settings.languages[tag].romanizes
            if not first or first.text != name.text
        ]
        return " ".join(shown)

    def actors(self, values: Sequence[Value]) -> str:
        """Return the actors of a commitment with their roles, one a line, or that there are none."""
        shown = []
        for value in values:
            if value.entity:
                role = f" <small>{self.w.html(value.words)}</small>" if value.words else ""
                status = value.says.status if value.says else "stated"
                mark = "" if status == "stated" else f" {self.mark(status)}"
                shown.append(f"{self.link(value.entity)}{role}{mark}")
        return "<br>".join(shown) or '<span class="px-none">none named</span>'

    # --- evidence

    def mark(self, status: Status) -> str:
        """Return the mark of *status* alone, with its words for those who cannot see it."""
        words = escape(self.plan.settings.statuses[status])
        return (
            f'<span class="px-ev px-ev--{status}" title="{words}"><span class="px-sr">{words}</span></span>'
        )

    def chips(self, places: Iterable[Citation]) -> str:
        """Return a link for each place cited, or that there is none."""
        shown = [self.chip(place) for place in dict.fromkeys(places)]
        return " ".join(shown) or '<span class="px-none">none</span>'

    def chip(self, place: Citation, *, mark: str = "", css: str = "px-loc") -> str:
        """Return a link to the place cited; its name begins with what is seen."""
        found = self.w.locator(place)
        label = escape(f"{found.short}: {found.long}" if found.short != found.long else found.short)
        href = self.w.href(self.w.addresses.citation(place))
        shown = self.w.html(found.short)
        if mark:
            return f'<a class="{css}" href="{href}">{mark}<span class="px-lt">{shown}</span></a>'
        return f'<a class="{css}" href="{href}" aria-label="{label}">{shown}</a>'

    def crossing(self, cell: Cell) -> str:
        """Return what stands in a cell of a crosswalk: a mark and the place, one link, and the words."""
        best = cell.best
        mark = self.mark(best.status)
        words = f'<span class="px-rl">{self.w.html(cell.words)}</span>' if cell.words else ""
        place = self.chip(best.cites[0], mark=mark, css="px-cross") if best.cites else mark
        return place + words

    def role(self, links: Sequence[Link]) -> str:
        """Return in how many entries an actor has one role, and on what that rests."""
        stated = any(link.relation.says.status == "stated" for link in links)
        status = "stated" if stated else links[0].relation.says.status
        return f"{self.mark(status)} {len(links)}"

    # --- whole tables

    def noun(self, table: Table) -> str:
        """Return what the rows of *table* are called."""
        levels = {self.plan.level(line.item).name.one for line in table.lines}
        return self.w.html(levels.pop() if len(levels) == 1 else "Item")

    def tags(self, line: Commitment) -> str:
        """Return what a row can be found by, as attributes."""
        return "".join(f' data-{key}="{" ".join(values)}"' for key, values in line.tags.items())
