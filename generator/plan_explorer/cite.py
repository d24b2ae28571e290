"""How to cite a page or a source: as text, BibTeX, RIS, CSL-JSON and GB/T 7714."""

import json
from dataclasses import dataclass

from plan_explorer.dates import Point
from plan_explorer.writing import Writer


@dataclass(frozen=True)
class Reference:
    """What is cited."""

    key: str
    title: str
    site: str
    place: str
    """The address, absolute if the site has one, else from its top."""
    version: Point
    note: str = ""

    @property
    def iso(self) -> str:
        """The date of the version, as ISO 8601."""
        parts = (self.version.year, self.version.month, self.version.day)
        return "-".join(f"{part:02d}" for part in parts if part)

    def text(self) -> str:
        """Return the reference as a sentence."""
        note = f" {self.note}" if self.note else ""
        return f"“{self.title}.” {self.site}. Version of {self.version}. {self.place}.{note}"

    def bibtex(self) -> str:
        """Return the reference as a BibTeX entry of the type misc."""
        fields = {
            "title": _tex(self.title),
            "howpublished": _tex(self.site),
            "url": self.place,
            "date": self.iso,
            "year": str(self.version.year),
            "note": _tex(self.note),
        }
        width = max(len(name) for name in fields)
        lines = [f"  {name:<{width}} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}"

    def ris(self) -> str:
        """Return the reference as a RIS record of the type ELEC."""
        day = "/".join(f"{part:02d}" for part in (self.version.year, self.version.month, self.version.day))
        fields = [
            ("TY", "ELEC"),
            ("ID", self.key),
            ("TI", self.title),
            ("T2", self.site),
            ("PY", str(self.version.year)),
            ("DA", day),
            ("UR", self.place),
            ("N1", self.note),
            ("ER", ""),
        ]
        return "\n".join(
            f"{tag}  - {value}".rstrip() if tag != "ER" else "ER  - "
            for tag, value in fields
            if value or tag == "ER"
        )

    def csl(self) -> str:
        """Return the reference as one item of CSL-JSON, in a list."""
        parts = [part for part in (self.version.year, self.version.month, self.version.day) if part]
        item = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "container-title": self.site,
            "issued": {"date-parts": [parts]},
            "URL": self.place,
            "note": self.note,
        }
        kept = {name: value for name, value in item.items() if value}
        return json.dumps([kept], ensure_ascii=False, indent=2)

    def gbt(self) -> str:
        """Return the reference by GB/T 7714-2015, as an electronic bulletin online."""
        return f"{self.site}. {self.title}[EB/OL]. ({self.iso}). {self.place}."


def _tex(text: str) -> str:
    special = {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
    }
    return "".join(special.get(c, c) for c in text)


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
