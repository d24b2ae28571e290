"""Say how many there are of what."""

from plan_explorer.translation import ngettext


def linked_with(n: int) -> str:
    """Return what stands before the *n* relations of an entry that shares its page."""
    return ngettext("Linked with %(n)s entry:", "Linked with %(n)s entries:", n)


def counted(kind: str, n: int) -> str:
    """Return in words that there are *n* of a *kind*: of entries, or of what the lens leaves out.

    Raises:
        KeyError: if the kind has no words.
    """
    return {
        "actor": ngettext("%(n)s actor", "%(n)s actors", n),
        "document": ngettext("%(n)s document", "%(n)s documents", n),
        "entry": ngettext("%(n)s entry", "%(n)s entries", n),
        "event": ngettext("%(n)s event", "%(n)s events", n),
        "term": ngettext("%(n)s term", "%(n)s terms", n),
        "more": ngettext("%(n)s more", "%(n)s more", n),
        "row": ngettext("%(n)s row", "%(n)s rows", n),
        "link": ngettext("%(n)s link", "%(n)s links", n),
        "statement": ngettext("%(n)s statement", "%(n)s statements", n),
        "inferred": ngettext("%(n)s reading of the editors", "%(n)s readings of the editors", n),
        "disputed": ngettext(
            "%(n)s point on which sources differ", "%(n)s points on which sources differ", n
        ),
        "background": ngettext("%(n)s statement from elsewhere", "%(n)s statements from elsewhere", n),
        "known": ngettext("%(n)s statement of general knowledge", "%(n)s statements of general knowledge", n),
        "wording": ngettext("%(n)s note on the wording", "%(n)s notes on the wording", n),
        "editorial": ngettext("%(n)s note of the editors", "%(n)s notes of the editors", n),
    }[kind]
