"""Format references as text and for other programs."""

import json
from dataclasses import dataclass
from typing import Any

from plan_explorer.model.dates import Point
from plan_explorer.translation import gettext, paragraph


@dataclass(frozen=True)
class Reference:
    """A citable work."""

    key: str
    title: str
    site: str
    """The work it is part of, or its publisher."""
    place: str
    """The URL, absolute if possible, else relative to the root."""
    version: Point | None
    """The date of the version, if it has one."""
    note: str = ""
    language: str = ""
    """A BCP 47 tag, if known."""
    published: bool = False
    """Whether *site* is a publisher."""

    @property
    def parts(self) -> list[int]:
        """The known parts of the date: year, month, day."""
        version = self.version
        return [part for part in (version.year, version.month, version.day) if part] if version else []

    @property
    def iso(self) -> str:
        """The date of the version in ISO 8601."""
        return "-".join(f"{part:02d}" for part in self.parts)

    def sentence(self) -> str:
        """Return the reference as a sentence, without its note."""
        parts = [
            gettext("“%(title)s.”", title=self.title),
            gettext("%(sentence)s.", sentence=self.site) if self.site else "",
            gettext("Version of %(date)s.", date=self.version) if self.version else "",
            f"{self.place}.",
        ]
        return paragraph(parts)

    def bibtex(self) -> str:
        """Return the reference as a BibTeX entry of type misc."""
        fields = {
            "title": self.title.translate(_TEX),
            "howpublished": self.site.translate(_TEX),
            "url": self.place,
            "date": self.iso,
            "year": self.iso[:4],
            "note": self.note.translate(_TEX),
        }
        width = max(len(name) for name in fields)
        lines = [f"  {name:<{width}} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}"

    def ris(self) -> str:
        """Return the reference as a RIS record of type ELEC."""
        day = "/".join([*self.iso.split("-"), "", ""][:3]) if self.parts else ""
        fields = [
            ("TY", "ELEC"),
            ("ID", self.key),
            ("TI", self.title),
            ("PB" if self.published else "T2", self.site),
            ("PY", self.iso[:4]),
            ("DA", day),
            ("LA", self.language),
            ("UR", self.place),
            ("N1", self.note),
            ("ER", ""),
        ]
        return "\n".join(
            f"{tag}  - {value}".rstrip() if tag != "ER" else "ER  - "
            for tag, value in fields
            if value or tag == "ER"
        )

    def csl_item(self) -> dict[str, Any]:
        """Return the reference as a CSL-JSON item."""
        item = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "publisher" if self.published else "container-title": self.site,
            "issued": {"date-parts": [self.parts]} if self.parts else None,
            "language": self.language,
            "URL": self.place,
            "note": self.note,
        }
        return {name: value for name, value in item.items() if value}

    def csl(self) -> str:
        """Return the reference as a list with one CSL-JSON item."""
        return json.dumps([self.csl_item()], ensure_ascii=False, indent=2)

    def formats(self) -> list[tuple[str, str, str]]:
        """Return the reference in each format: its name, the language of its code, the text."""
        return [
            ("GB/T 7714", "text", self.gbt()),
            ("BibTeX", "bibtex", self.bibtex()),
            ("RIS", "text", self.ris()),
            ("CSL-JSON", "json", self.csl()),
        ]

    def gbt(self) -> str:
        """Return the reference in GB/T 7714-2015, as an electronic bulletin; its note stands behind it."""
        date = f" ({self.iso})." if self.iso else ""
        site = f"{self.site}. " if self.site else ""
        note = f" {self.note.rstrip('.。')}." if self.note else ""
        return f"{site}{self.title}[EB/OL].{date} {self.place}.{note}"


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "$": r"\$",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
"""What means something to TeX, and how it is written."""
