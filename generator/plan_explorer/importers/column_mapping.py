"""What the columns of a table mean: guessed from their heads, kept in a file that people can change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.importers.safe_read import from_yaml, mapping, refuse, word, words
from plan_explorer.importers.yaml_writer import format_yaml

MEANINGS = {
    "code": "its number or label, by which other rows refer to it",
    "name": "what it is called",
    "under": "the number or the name of the row it stands under",
    "level": "what it is: a goal, a measure; one of the levels",
    "statement": "what is said of it; several columns may have it",
    "start": "the day it begins",
    "date": "its day, or the day it is due",
    "actor": "who is to act; several are parted by semicolons",
    "term": "words for the glossary, parted by semicolons",
    "target": "the value to reach",
    "baseline": "the value to start from",
    "unit": "the unit of both values",
    "indicator": "what is measured",
    "related": "numbers or names of rows it has to do with, parted by semicolons",
    "step": "the name of the entry at this level; a column for each level, from the top",
    "leave": "is left out",
}
"""Every meaning a column may have, and how a person would say it."""

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
"""Pattern of a whole head by meaning, in several languages; the first that fits counts."""

STEPS = (
    *("vision", "theme", "axis", "area", "priority", "strategy", "goal", "objective", "programme", "program"),
    *("result", "output", "project", "measure", "action", "activity", "milestone"),
)
"""Words for levels: two or more columns headed so are a tree written side by side."""


@dataclass
class Columns:
    """The meaning of every column of one table."""

    meanings: dict[str, str]
    """By head, in the order of the table."""
    title: str = ""
    language: str = "en"
    as_of: str = ""
    sheet: str = ""
    level: str = "Entry"
    """What a row is called if no column says."""
    plurals: dict[str, str] = field(default_factory=dict)
    """How several of a level are called, where it is not the level with an s."""

    def heads(self, meaning: str) -> list[str]:
        """Return the heads of the columns of one meaning."""
        return [head for head, each in self.meanings.items() if each == meaning]

    def written(self, file: str) -> bytes:
        """Return the file that keeps them."""
        about = [f"# What the columns of {file} mean. Change it and import again.", "#"]
        about += [f"#   {meaning:<10} {words}" for meaning, words in MEANINGS.items()]
        data: dict[str, Any] = {"title": self.title, "language": self.language}
        data |= {"as_of": self.as_of} if self.as_of else {}
        data |= {"sheet": self.sheet} if self.sheet else {}
        data |= {"level": self.level, "plurals": self.plurals} if self.plurals else {"level": self.level}
        return format_yaml({**data, "columns": self.meanings}, header="\n".join([*about, "", ""]))


def guess_mapping(heads: Sequence[str], title: str) -> Columns:
    """Return what columns with these heads most likely mean."""
    found: dict[str, str] = {}
    steps = [head for head in heads if _singular(head) in STEPS]
    if len(steps) > 1:
        found = dict.fromkeys(steps, "step")
    taken: set[str] = set()
    for head in heads:
        meaning = found.get(head) or _guess(head)
        single = meaning not in ("statement", "step", "actor", "leave", "related")
        if single and meaning in taken:
            meaning = "statement"
        if meaning in ("name", "level", "under") and len(steps) > 1:
            meaning = "statement"
        taken.add(meaning)
        found[head] = meaning
    if not {"name", "step"} & set(found.values()):
        rest = [head for head in heads if found[head] in ("statement",)] or list(heads)
        found[rest[0]] = "name"
    return Columns({head: found[head] for head in heads}, title)


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
    """Return the meanings that a file keeps.

    Raises:
        PlanError: ``not-imported``, if it names a column that is not there, or a meaning that there is not.
    """
    data = mapping(from_yaml(raw, shown))
    given = {str(head): word(meaning) for head, meaning in mapping(data.get("columns")).items()}
    for head, meaning in given.items():
        if head not in heads:
            raise refuse(shown, f"the table has no column '{head[:60]}'", did_you_mean(head, heads))
        if meaning not in MEANINGS:
            hint = did_you_mean(meaning, MEANINGS, f"a column may be: {', '.join(MEANINGS)}")
            raise refuse(shown, f"a column cannot be '{meaning[:60]}'", hint)
    meanings = {head: given.get(head, "leave") for head in heads}
    plurals = {word(one): word(many) for one, many in mapping(data.get("plurals")).items()}
    more = {key: next(iter(words(data.get(key))), "") for key in ("title", "as_of", "sheet")}
    language, level = word(data.get("language")) or "en", word(data.get("level")) or "Entry"
    return Columns(meanings, more["title"], language, more["as_of"], more["sheet"], level, plurals)
