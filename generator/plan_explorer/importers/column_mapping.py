"""Guess, read and write the meanings of columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.importers.safe_read import as_dict, as_line, as_lines, parse_yaml, refuse
from plan_explorer.importers.yaml_writer import format_yaml

MEANINGS = {
    "code": "its number or label, used by other rows to refer to it",
    "name": "what it is called",
    "under": "the number or name of its parent row",
    "level": "what it is: a goal, a measure; one of the levels",
    "statement": "a statement about it; several columns can have this meaning",
    "start": "the day on which it begins",
    "date": "its day, or the day it is due",
    "actor": "who is responsible; separate several with semicolons",
    "term": "words for the glossary, separated by semicolons",
    "target": "the value to reach",
    "baseline": "the value to start from",
    "unit": "the unit of both values",
    "indicator": "what is measured",
    "related": "numbers or names of related rows, separated by semicolons",
    "step": "the name of the entry at this level; a column for each level, from the top",
    "leave": "leave this column out",
}
"""Every meaning that a column can have, with an explanation."""

GUESSES: dict[str, str] = {
    "under": "parent|under|belongs to|superior|parent id|übergeordnet|上级",
    "code": "id|no|nr|num(ber)?|#|code|ref(erence)?( ?(id|no|number))?|identifier|kennung|numéro|编号|序号",
    "level": "level|type|kind|category|ebene|typ|niveau|类型|级别",
    "start": "start( ?date)?|begin(ning|s)?|from|beginn|début|开始.*",
    "date": "((due|end|target|completion) )?(date|year|deadline|by)|due|end|frist|échéance|日期|期限|.*时间",
    "actor": "(lead|responsible|owner|actor|agency|department|body|organi[sz]ation|who|partner|ministry).*"
    "|zuständig.*|responsable|责任单位|牵头.*|部门",
    "term": "tags?|keywords?|terms?|glossary|schlagw.*|关键词",
    "indicator": "indicator|kpi|measure(d by)?|metric|indikator|indicateur|指标",
    "baseline": "baseline.*|current value|ausgangswert",
    "target": "target( ?value)?|zielwert|cible|目标值",
    "unit": "unit(s| of measure(ment)?)?|einheit|unité|单位",
    "related": "related( to)?|see also|depends on|links?",
    "name": "name|title|heading|label|item|bezeichnung|titel|titre|nom|intitulé|名称|标题|任务"
    "|goal|objective|measure|action|activity|task|project|milestone|requirement|control",
}
"""Patterns of whole headings by meaning, in several languages; the first match wins."""

LEVEL_WORDS = (
    *("vision", "theme", "axis", "area", "priority", "strategy", "goal", "objective", "programme", "program"),
    *("result", "output", "project", "measure", "action", "activity", "milestone"),
)
"""Words for levels; two or more such columns form a tree."""


@dataclass
class Columns:
    """The meaning of every column in a table."""

    meanings: dict[str, str]
    """The meanings by heading, in column order."""
    title: str = ""
    language: str = "en"
    as_of: str = ""
    sheet: str = ""
    level: str = "Entry"
    """What to call a row if no column says."""
    plurals: dict[str, str] = field(default_factory=dict)
    """The plurals of levels that do not just add an s."""

    def heads(self, meaning: str) -> list[str]:
        """Return the headings of the columns with this meaning."""
        return [head for head, each in self.meanings.items() if each == meaning]

    def format(self, file: str) -> bytes:
        """Return the mapping as a file for people to edit."""
        about = [f"# What the columns of {file} mean. Change it and import again.", "#"]
        about += [f"#   {meaning:<10} {words}" for meaning, words in MEANINGS.items()]
        data: dict[str, Any] = {"title": self.title, "language": self.language}
        data |= {"as_of": self.as_of} if self.as_of else {}
        data |= {"sheet": self.sheet} if self.sheet else {}
        data |= {"level": self.level, "plurals": self.plurals} if self.plurals else {"level": self.level}
        return format_yaml({**data, "columns": self.meanings}, header="\n".join([*about, "", ""]))


def guess_mapping(heads: Sequence[str], title: str) -> Columns:
    """Return the most likely meanings of columns with these headings."""
    meanings: dict[str, str] = {}
    steps = [head for head in heads if _singular(head) in LEVEL_WORDS]
    if len(steps) > 1:
        meanings = dict.fromkeys(steps, "step")
    taken: set[str] = set()
    for head in heads:
        meaning = meanings.get(head) or _guess(head)
        single = meaning not in ("statement", "step", "actor", "leave", "related")
        if single and meaning in taken:
            meaning = "statement"
        if meaning in ("name", "level", "under") and len(steps) > 1:
            meaning = "statement"
        taken.add(meaning)
        meanings[head] = meaning
    if not {"name", "step"} & set(meanings.values()):
        rest = [head for head in heads if meanings[head] in ("statement",)] or list(heads)
        meanings[rest[0]] = "name"
    return Columns({head: meanings[head] for head in heads}, title)


def _guess(head: str) -> str:
    plain = " ".join(re.sub(r"[_\-./:()]+", " ", head.casefold()).split())
    fits = (meaning for meaning, pattern in GUESSES.items() if re.fullmatch(pattern, plain))
    return next(fits, "statement")


def _singular(head: str) -> str:
    plain = head.casefold().strip()
    return {"activities": "activity", "priorities": "priority", "strategies": "strategy"}.get(
        plain, plain.removesuffix("s")
    )


def read_mapping(raw: bytes, shown: str, heads: Sequence[str]) -> Columns:
    """Return the meanings given in a mapping file.

    Raises:
        PlanError: ``not-imported``, if it names an unknown column or meaning.
    """
    data = as_dict(parse_yaml(raw, shown))
    columns = {str(head): as_line(meaning) for head, meaning in as_dict(data.get("columns")).items()}
    for head, meaning in columns.items():
        if head not in heads:
            raise refuse(shown, f"the table has no column '{head[:60]}'", did_you_mean(head, heads))
        if meaning not in MEANINGS:
            hint = did_you_mean(meaning, MEANINGS, f"allowed meanings: {', '.join(MEANINGS)}")
            raise refuse(shown, f"a column cannot be '{meaning[:60]}'", hint)
    meanings = {head: columns.get(head, "leave") for head in heads}
    plurals = {as_line(one): as_line(many) for one, many in as_dict(data.get("plurals")).items()}
    more = {key: next(iter(as_lines(data.get(key))), "") for key in ("title", "as_of", "sheet")}
    language, level = as_line(data.get("language")) or "en", as_line(data.get("level")) or "Entry"
    return Columns(meanings, more["title"], language, more["as_of"], more["sheet"], level, plurals)
