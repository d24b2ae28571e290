"""How to cite a page or a source: as text, BibTeX, RIS, CSL-JSON and GB/T 7714."""

from plan_explorer.exporters.citation_formats import Reference
from plan_explorer.rendering.markdown import Writer


class Citer:
    """Makes references for one page."""

    def __init__(self, write: Writer) -> None:
        """Prepare for the page that *write* writes."""
        self._write = write

    def page(self, title: str, places: str = "") -> Reference:
        """Return the reference for the page itself; *places* is what it rests on."""
        plan = self._write.plan
        path = self._write.page_url()
        key = "-".join(path.removesuffix(".html").replace("/index", "").split("/"))
        note = f"Read from {plan.settings.wording.primary}, {places}." if places else ""
        version = plan.settings.as_of.end or plan.settings.as_of.start
        assert version
        return Reference(f"{plan.settings.id}-{key}", title, plan.settings.site_name, path, version, note)
