"""Represent the cells of a workbook."""


class Cell(str):
    """The words of a cell, with what a workbook knows of it besides."""

    __slots__ = ("holds_number", "link")

    holds_number: bool
    """Whether it holds a number, which is written with a decimal point here."""
    link: str
    """The address behind it, or ""."""

    def __new__(cls, words: str, *, holds_number: bool = False, link: str = "") -> "Cell":
        """Return a cell that says *words*."""
        cell = super().__new__(cls, words)
        cell.holds_number, cell.link = holds_number, link
        return cell


def holds_number(cell: str) -> bool:
    """Return whether a cell is known to hold a number, and not its text."""
    return isinstance(cell, Cell) and cell.holds_number


def link_of(cell: str) -> str:
    """Return the address behind a cell, or ""."""
    return cell.link if isinstance(cell, Cell) else ""
