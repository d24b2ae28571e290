"""Export sources, pages and statements for reference managers."""

from collections.abc import Iterator

from plan_explorer.exporters.base import Export, ExportSource, count_loss
from plan_explorer.exporters.citation_formats import Reference
from plan_explorer.loading.plan_json import compact
from plan_explorer.model.dates import Point
from plan_explorer.model.entities import Source
from plan_explorer.site.quotations import quotation
from plan_explorer.translation import gettext, ngettext


def export(source: ExportSource) -> Export:
    """Return all references as BibTeX, RIS, CSL-JSON and GB/T 7714."""
    documents = [_document(source, each) for each in source.plan.sources]
    files: dict[str, bytes] = {}
    for name, references in (
        ("sources", documents),
        ("pages", _pages(source)),
        ("statements", _statements(source)),
    ):
        files |= {f"{name}{suffix}": text.encode() for suffix, text in _format_all(list(references))}
    undated = sum(not reference.iso for reference in documents)
    words = ngettext(
        "%(n)s date of a source: none is known", "%(n)s dates of sources: none is known", undated
    )
    losses = [*count_loss(undated, words)]
    if not source.base:
        losses.append(gettext("whole addresses: those given start at the top of the site"))
    return Export(files, (*losses, gettext("authors: the plan names publishers only")))


def _format_all(references: list[Reference]) -> Iterator[tuple[str, str]]:
    """Yield *references* in one format after the other, with its file suffix."""
    yield ".bib", "\n\n".join(reference.bibtex() for reference in references) + "\n"
    yield ".ris", "\r\n\r\n".join(_ris(reference) for reference in references) + "\r\n"
    yield ".json", "[\n" + ",\n".join(compact(reference.csl_item()) for reference in references) + "\n]\n"
    yield ".txt", "\n".join(reference.gbt() for reference in references) + "\n"


def _ris(reference: Reference) -> str:
    return reference.ris().replace("\n", "\r\n")


def _pages(source: ExportSource) -> Iterator[Reference]:
    """Yield references to the site and its entries."""
    plan, settings = source.plan, source.plan.settings
    for entity in plan:
        whole = entity.id == settings.id
        title = (settings.title or settings.site_name) if whole else plan.title(entity)
        key = settings.id if whole else f"{settings.id}-{entity.id}"
        place = source.page(entity) or "index.html"
        yield Reference(key, title, settings.site_name, place, _version(source), language=settings.language)


def _statements(source: ExportSource) -> Iterator[Reference]:
    plan, settings = source.plan, source.plan.settings
    for entity in plan:
        for ref in (each for each in source.statements(entity) if each.in_text):
            title = gettext("%(title)s, statement %(number)s", title=plan.title(entity), number=ref.number)
            quoted = quotation(plan, source.addresses, "", ref)
            note = gettext("“%(words)s” [%(rests)s]", words=quoted.words, rests=quoted.rests_on)
            key = f"{settings.id}-{entity.id}-{ref.address}"
            place = source.base + source.statement(ref)
            yield Reference(
                key, title, settings.site_name, place, _version(source), note, language=settings.language
            )


def _version(source: ExportSource) -> Point | None:
    as_of = source.plan.settings.as_of
    return as_of.end or as_of.start


def _document(source: ExportSource, document: Source) -> Reference:
    period = document.date.edtf if document.date else None
    date = (period.start or period.end) if period else None
    return Reference(
        document.id,
        source.plan.title(document),
        document.publisher,
        document.url or source.page(document),
        date,
        language=document.language,
        published=True,
    )
