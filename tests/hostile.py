"""A plan whose every text is hostile, and what a page that was made of it must not hold."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from plan_explorer.model.settings import STATUSES

TEXTS = {
    "tag in an attribute": '"><script>alert(1)</script>',
    "tag in single quotes": "'><script>alert(1)</script>",
    "attribute": "' onmouseover=alert(1) x='",
    "attribute in double quotes": '" onmouseover=alert(1) x="',
    "link": "[a](javascript:alert(1))",
    "escaped link": r"\[a\](javascript:alert(1))",
    "link escaped twice": r"\\[a\\](javascript:alert(1))",
    "disguised link": "[a](java&#115;cript&colon;alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x)",
    "defined link": "[a][b]\n\n[b]: javascript:alert(1)\n\n[b]",
    "address in brackets": "<javascript:alert(1)> <vbscript:x>",
    "image": "![x](http://evil.example/x.png)",
    "image tag": "<img src=x onerror=alert(1)>",
    "image in raw HTML": '<IMG SRC="//evil.example/x.png">',
    "list of attributes": '{: onclick="alert(1)" } *a*{: onclick=alert(1) }',
    "code": "`a` `<b onclick=alert(1)>` ```",
    "code over tags": "` onmouseover=alert(1) ",
    "fence": "a\n```\n\n<script>alert(1)</script>\n\n```",
    "end of a script": "</script></style></title></textarea><script>alert(1)</script>",
    "comment": "<!-- x --><!--><script>alert(1)</script>",
    "template": "{{ 7*7 }}{% raw %}{{ plan }}",
    "path": "../../../x",
    "path from the top": "/etc/x",
    "two lines": "a\nb\n\n<script>alert(1)</script>\n\n# c",
    "tab": "a\t<script>alert(1)</script>\t[a](javascript:alert(1))",
    "table": "| a | <i onclick=alert(1)> |\n|---|---|\n| [a](javascript:alert(1)) |",
    "marks of the plugin": "px-finished-0- px-finished-0-blocks- <script>alert(1)</script>",
}
"""What an author or an import may write into any field, by what it tries."""

ALL = " ".join(
    TEXTS[name]
    for name in (
        "tag in an attribute",
        "attribute in double quotes",
        "escaped link",
        "disguised link",
        "image",
        "image tag",
        "code over tags",
        "list of attributes",
        "fence",
        "tab",
        "marks of the plugin",
    )
)
"""Most of them at once, for builds of other kinds."""


def plan(hostile: Callable[[str], str]) -> dict[str, object]:
    """Return the files of a plan whose every text is what *hostile* makes of a word."""
    t = hostile
    says = lambda word, place="paper p1.1": {"text": f"{t(word)}.", "cites": [place]}  # noqa: E731
    status = {"status": "inferred", "reason": t("Reason")}
    settings = {
        "id": "hostile",
        "name": {"en": t("Plan"), "zh": t("計劃")},
        "site_name": t("Site"),
        "title": t("Title"),
        "lede": t("Lede"),
        "summary": says("Of the plan"),
        "statements": [says("More of the plan"), says("Read out of it") | status],
        "as_of": "2026-01-31",
        "primary": "paper",
        "licence": t("MIT"),
        "languages": {
            "en": {"name": t("English")},
            "zh": {"name": t("Chinese"), "expected": False},
            "zh-Latn": {"name": t("Pinyin"), "romanizes": "zh", "expected": False},
            "ar": {"name": t("Arabic"), "expected": False},
        },
        "wording": {key: t(key) for key in ("primary", "plan", "not_this", "method", "licence")},
        "statuses": {key: t(key) for key in STATUSES},
        "strands": [
            _strand(t, "aims", "grid", ["goal", "step", "part"])
            | {"summary": says("Strand"), "statements": [says("Strand 2")]},
            _strand(t, "themes", "band", ["theme"]),
        ],
        "relations": {
            "supports": {"name": t("supports"), "inverse": t("is supported by")},
            "done-by": {
                "name": t("is done by"),
                "inverse": t("does"),
                "label": t("Done by"),
                "inverse_label": t("Does"),
                "role": t("does it"),
            },
        },
        "actor_kinds": {"body": t("Bodies"), "firm": t("Firms")},
        "event_kinds": {"meeting": t("Meetings")},
        "term_kinds": {"field": t("Field")},
        "differences": {"other-words": t("other words")},
        "progress": {"late": {"name": t("Late"), "icon": "clock", "about": t("Late is")}, "done": t("Done")},
        "progress_rule": t("Rule of progress"),
        "house_rules": [t("Rule")],
        "loaded_words": [t("loaded")],
        "views": [
            {
                "id": "pair",
                "name": t("View"),
                "summary": says("Of the view"),
                "groups": [
                    {
                        "id": "one",
                        "name": {"en": t("Group"), "zh": t("組")},
                        "summary": says("Group"),
                        "members": ["clean-water"],
                    },
                    {"id": "two", "name": t("Group 2"), "item": "clean-air", "members": ["clean-air"]},
                ],
            }
        ],
        "removed": [{"id": "gone", "address": "steps/gone.md", "replaced_by": "less-runoff"}],
    }
    scheme = {key: t(key) for key in ("short", "long", "plural", "close")}
    passages = [
        {
            "id": f"p{at}",
            "number": t(f"{at}"),
            "title": t(f"Passage {at}"),
            "sentences": [
                {"words": 1, "opening": t("First"), "closing": t("words"), "fingerprint": t("0f")},
                {},
                {},
            ],
            "summary": t(f"Of passage {at}"),
            "notes": [t(f"Note {at}")],
            "frame": {3: t("Frame")},
            "joined": [[1, 2]],
        }
        for at in range(1, 5)
    ]
    source = {
        "publisher": t("Publisher"),
        "language": t("language"),
        "checked": t("Checked"),
        "licence": t("Licence"),
        "archived": t("https://archive.example/"),
        "text": {"file": "texts/paper.txt", "licence": t("Terms")},
        "passage": scheme,
        "sentence": scheme,
        "date": {"edtf": "2025-06-01", "label": t("in June")},
        "statements": [t("Of a source")],
        "translation": "machine",
    }
    sections = [
        {"section": t("Section 1"), "passages": passages[:2]},
        {"section": t("Section 2"), "passages": passages[2:]},
    ]
    content: dict[str, object] = {
        "sources": [
            {
                "id": "paper",
                **_entity(t, "Paper"),
                **source,
                "url": t("https://x.example/"),
                "outline": sections,
            },
            {"id": "report", **_entity(t, "Report"), **source, "url": f"https://x.example/{t('')}"},
            {"id": "study", **_entity(t, "Study"), **source, "url": t(""), "outline": sections[:1]},
            {"id": "script", **_entity(t, "Script"), "url": "javascript:alert(1)"},
        ],
        "actors": [
            {
                "id": f"{kind}-{at}",
                "kind": kind,
                "summary": says(f"Of {kind} {at}"),
                "formerly": [f"old-{kind}-{at}"],
                **_entity(t, f"{kind} {at}"),
            }
            for kind in ("body", "firm")
            for at in range(3)
        ],
        "events": [
            {
                "id": f"meeting-{at}",
                "kind": "meeting",
                "place": t("Place"),
                "summary": says(f"Of a meeting {at}"),
                "date": {
                    "edtf": edtf,
                    "label": t("Words for it"),
                    **status,
                    "cites": ["report"],
                    "alternatives": [{"edtf": "2024", "label": t("Other words"), "cites": ["study p1.1"]}],
                    "earlier": [
                        {"edtf": "2023", "until": "2024", "because": t("Moved"), "cites": ["report"]}
                    ],
                },
                "relations": [{"done-by": "body-0", "cites": ["report"], "date": {"label": t("one day")}}],
                **_entity(t, f"Meeting {at}"),
            }
            for at, edtf in enumerate(["2025-05-02", "2026/2028", "../2024", "2027/..", "2013-04", "2030"])
        ],
        "terms": [
            {
                "id": f"term-{at}",
                "kind": "field",
                "summary": says(f"Of a term {at}"),
                "variants": {"en": [t(f"form {at}")], "de": [t("unknown")]},
                "wordings": [says("Wording")],
                "renderings": [says("Rendering", "study p1.1")],
                **_entity(t, f"Term {at}"),
            }
            for at in range(4)
        ],
        "goals": [
            {
                "id": id,
                "code": t(f"{at}"),
                "gist": t("Gist"),
                "summary": says(f"Of {id}"),
                **_entity(t, id),
                "relations": [
                    {"supports": "blue", "because": f"{t('Why')}. [@paper p2.1]"},
                ],
            }
            for at, id in enumerate(["clean-water", "clean-air"])
        ],
        "themes": [
            {"id": id, "code": t(id), "gist": t("Gist"), "summary": says(f"Of {id}"), **_entity(t, id)}
            for id in ("blue", "green")
        ],
        "steps": [
            {
                "id": id,
                "under": under,
                "code": t(f"1.{at}"),
                "gist": t("Gist"),
                "summary": f"{t('Term 1')}, {t('Term 2')} [@paper p1.1-2] {t('more')} [@report; @study p1].",
                "statements": [
                    says("A statement"),
                    says("A reading", "paper p2") | status,
                    {
                        "text": t("A dispute"),
                        "status": "disputed",
                        "sides": [says("One"), says("Another", "study p2.1")],
                    },
                    says("From elsewhere", "report"),
                    {"text": t("About the site"), "status": "editorial"},
                ],
                "notes": [says("A note")],
                "relations": [
                    {"done-by": "body-0", "cites": ["paper p2.1"]},
                    {"done-by": "firm-1", "because": f"{t('Because')}. [@paper p2.1]", "status": "inferred"},
                    {"supports": "clean-air", "because": f"{t('Both')}. [@paper p1.2]", "status": "inferred"},
                    {"supports": "green", "because": f"{t('Too')}. [@study p1.2]"},
                    {"supports": "term-0", "because": f"{t('Used')}. [@paper p1.2]"},
                ],
                "target": {
                    "indicator": t("Indicator"),
                    "value": t("80"),
                    "unit": t("unit"),
                    "baseline": {"value": t("54"), "date": 2021, "cites": ["report"]},
                    "due": 2030,
                    "cites": ["paper p1.1"],
                },
                "indicators": [_indicator(t, f"i{at}-{number}") for number in range(2)],
                "progress": [
                    {"state": "late", "date": "2024", "because": f"{t('Late')}. [@report]"},
                    {"state": "done", "date": "2025", "because": f"{t('Done')}. [@report]"},
                ],
                **_entity(t, id),
            }
            for at, (id, under) in enumerate(
                [
                    ("less-runoff", "clean-water"),
                    ("less-smoke", "clean-air"),
                    ("more-wells", "clean-water"),
                    ("new-wells", "less-runoff"),
                ]
            )
        ],
        "parts": [
            {
                "id": "a-part",
                "under": "less-runoff",
                "code": t("a"),
                **_entity(t, "A part"),
                "summary": says("Of a part"),
                "statements": [says("Of it")],
            },
            {"id": "no-name", "under": "less-runoff", "summary": says("Without a name")},
        ],
    }
    content["comparisons"] = [
        {
            "id": "paper-and-study",
            **_entity(t, "Two"),
            "summary": says("Of two"),
            "sources": {"paper": t("the paper"), "study": t("the study")},
            "sections": [
                {
                    "section": t("Section"),
                    "rows": [
                        {
                            "point": t("Point"),
                            "kind": "other-words",
                            "items": ["less-runoff"],
                            "sides": {
                                "paper": says("Of the paper"),
                                "study": says("Of the study", "study p1.1") | status,
                            },
                        }
                    ],
                }
            ],
        }
    ]
    first, second = t("V.1"), t("V.2")
    content["crosswalks"] = [
        {
            "id": "paper-and-frame",
            **_entity(t, "Frame"),
            "summary": says("Of a frame", "report"),
            "to": t("the frame"),
            "source": "report",
            "within": ["supports"],
            "others": [
                {"code": first, "name": t("Valley"), "url": t("https://x.example/")},
                {"code": second, "name": t("Hill"), "url": "javascript:alert(1)"},
                {"code": t("V.3")},
            ],
            "pairs": [
                {"entry": "less-runoff", "relation": "supports", "other": first, "confidence": t("90 %")},
                {"entry": "clean-air", "relation": "supports", "other": second, "because": t("Told")},
                {"entry": "term-0", "relation": "supports", "other": second},
            ],
        }
    ]
    return {"plan.yaml": settings, "content.yaml": content}


def _entity(t: Callable[[str], str], word: str) -> dict[str, object]:
    unsure = {"text": t(f"名{word}"), "confidence": "guess", "basis": t("Basis")}
    name = {"en": t(word), "zh": unsure, "zh-Latn": t(f"Ming {word}"), "ar": t(f"اسم {word}")}
    return {"name": name, "short": t(f"{word} in short"), "search": [t(f"other {word}")]}


def _indicator(t: Callable[[str], str], id: str) -> dict[str, object]:
    earlier = {"value": t("30"), "due": "2028", "until": "2024", "because": t("Changed"), "cites": ["report"]}
    said = {"reason": t("Reason of a figure"), "cites": ["report"]}
    return {
        "id": id,
        "name": t(f"Indicator {id}"),
        "about": {"text": f"{t('How it is measured')}.", "cites": ["report"]},
        "unit": t("unit"),
        "by": t("season"),
        "baseline": {"value": t("41"), "date": "2020", **said},
        "targets": [{"value": t("25"), "due": "2030", "earlier": [earlier], **said}],
        "milestones": [
            {"name": t("Milestone"), "due": "2025", "met": {"date": "2025", **said}, "cites": ["report"]},
            {"value": "33", "due": "2027", "cites": ["report"]},
        ],
        "values": [
            {"value": f"{at}", "date": f"{at}", "of": of, **said}
            for at in range(2021, 2025)
            for of in (t("winter"), t("summer"), "")
        ],
    }


def _strand(t: Callable[[str], str], id: str, map: str, levels: list[str]) -> dict[str, object]:
    known = {
        "goal": {},
        "theme": {"hue": "each"},
        "step": {"under": ["goal", "step"], "commitment": True, "hue": "each"},
        "part": {"under": ["step"], "page": "parent"},
    }
    named = [
        {
            "id": each,
            "plural": f"{each}s",
            "name": {"one": t(each), "many": t(f"{each}s"), "forms": {"other": t(f"{each}s")}},
            **known[each],
        }
        for each in levels
    ]
    return {"id": id, "name": t(id), "asks": t(f"What {id}"), "map": map, "levels": named}


def write(folder: Path, hostile: Callable[[str], str]) -> Path:
    """Write the plan to *folder* and return that."""
    folder.mkdir(parents=True)
    for name, data in plan(hostile).items():
        (folder / name).write_text(json.dumps(data), encoding="utf-8")
    return folder


URLS = ("action", "background", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href")
TOLD = {"alt", "aria-label", "content", "data-l"}
"""Attributes that tell something; the title of a link has other quotation marks."""
BLOCKS = (
    "br",
    "dd",
    "div",
    "dt",
    "h1",
    "h2",
    "h3",
    "li",
    "p",
    "table",
    "td",
    "text",
    "th",
    "title",
    "tr",
    "tspan",
)
LOADED = ("audio", "embed", "iframe", "image", "img", "input", "object", "source", "track", "use", "video")
"""Tags that fetch what they name."""


class Reader(HTMLParser):
    """Notes what must not be in a page, and which tags with which attributes are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.shapes: set[str] = set()
        self.text: list[str] = []
        self.told: list[str] = []
        self.policies: list[str] = []
        self._data = self._format = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.shapes.add(" ".join([tag, *sorted(name for name, _ in attrs)]))
        given = dict(attrs)
        self.told += [" ".join(given[name].split()) for name in given.keys() & TOLD if given[name]]
        if tag in BLOCKS:
            self.text.append(" ")
        self._data = tag == "script" and given.get("type", "").endswith("json")
        self._format |= tag == "pre"  # such as BibTeX, which has escapes of its own
        own = re.fullmatch(r"/?(?:\.\./)*assets/px/[\w./-]+\.js", given.get("src") or "")
        if tag == "script" and not own and not self._data:
            self.faults.append(f"<script {given}>")
        self.faults += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        for name in set(given) & set(URLS):
            if fault := address_fault(given[name] or "", loaded=tag in LOADED):
                self.faults.append(f"<{tag} {name}={given[name]}>: {fault}")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(given["content"])
        if tag == "meta" and "url=" in (given.get("content") or ""):
            target = given["content"].partition("url=")[2]
            self.faults += [f"<meta {target}>"] if address_fault(target, loaded=True) else []

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag == "script":
            self._data = False
        if tag == "pre":
            self._format = False

    def handle_data(self, data):
        if self._data:
            json.loads(data)
        else:
            self.text.append(" " if self._format else data)


def address_fault(address: str, *, loaded: bool) -> str:
    """Return what is wrong with an address in a page; one that is *loaded* has to be of the site."""
    plain = "".join(c for c in unescape(address) if c.isprintable() and not c.isspace())
    parts = urlsplit(plain)
    if loaded and (parts.scheme or parts.netloc):
        return "foreign"
    return "" if parts.scheme.lower() in ("", "http", "https", "mailto") else "scheme"


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the path and the HTML of every page of a built *site*."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
