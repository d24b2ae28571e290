"""Guess, read and write the meanings of columns."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from textwrap import wrap
from typing import Any

from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.importers.safe_read import as_dict, as_line, as_lines, parse_yaml, refuse
from plan_explorer.importers.yaml_writer import WIDTH, format_yaml

MEANINGS = {
    "code": "its number or label, used by other rows to refer to it",
    "name": "what it is called",
    "under": "the number or name of its parent row",
    "depth": "how deep it stands, from 1 at the top",
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
    "summary": "the first statement about it",
    "source": "a document on which it rests, or its address",
    "leave": "leave this column out",
}
"""Every meaning that a column can have, with an explanation."""

_MORE = {
    "code of COLUMN": "the number of the step in another column",
    "name in fr": "its name in another language, by tag",
}
MAX_LISTED = 9
"""How many columns a mapping lists one by one."""
_MORE_PATTERN = re.compile(r"code of (?P<step>.+)|name in (?P<tag>[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)")

MANY = ("statement", "step", "actor", "leave", "related", "source", "summary")
"""Meanings that several columns can have."""

_LEVELS = (
    "vision|theme|axis|area|priority|strategy|goal|objective|programme|program|result|output|project|measure"
    "|action|activity|milestone|task|chapter|section|domain|category"
    "|axe|objectif|priorite|programme|resultat|projet|mesure|chantier|domaine|chapitre|thematique"
    "|handlungsfeld|ziel|massnahme|projekt|bereich|kapitel|aufgabe|schwerpunkt|thema"
    "|eje|objetivo|meta|linea|programa|proyecto|medida|accion|actividad|capitulo|ambito|tarea"
    "|领域|目标|任务|措施|行动|项目|重点任务|章|节|主要任务"
)
LEVEL = re.compile(rf"(?:{_LEVELS})")
"""A word for a level; two or more such columns form a tree."""
CODE = re.compile(r"[A-Za-z]{0,5}[ .-]?\d{1,4}((?:[.-]\d{1,4})*)[.)]?")
"""A number such as 1, 1.1, A.1.2 or T-3."""
_OF = r"(?: of(?: the)?| de l| de la| del| du| de| der| des)?"
_NAME_OF = re.compile(rf"(?:name|title|label|titre|intitule|nom|bezeichnung|titel|titulo|nombre){_OF} (.+)")
_NAME = re.compile(r"(.+?) ?(?:names?|titles?|labels?|titre|nom|bezeichnung|titel|titulo|nombre|名称|标题)")
_CODE = re.compile(r"(.+?) ?(?:ids?|codes?|refs?|nos?|nr|num(?:ber|ero)?|nummer|identifiers?|编号|序号|代码)")
_CODE_OF = re.compile(rf"(?:id|code|no|nr|num(?:ber|ero)?|n°){_OF} (.+)")

GUESSES: dict[str, str] = {
    "under": "parent( id| code)?|under|belongs to|superior|ubergeordnet|padre|上级",
    "code": "id|no|nr|num(ber)?|n|n°|№|#|codes?|ref(erence)?( ?(id|no|number))?|identifier|kennung|nummer"
    "|lfd nr|numero|reference|codigo|identificador|编号|序号|代码",
    "level": "level|type|kind|category|ebene|typ|niveau|nivel|tipo|类型|级别",
    "start": "start( ?date)?|begin(ning|s)?|from|beginn|debut|date de debut|inicio|fecha de inicio|开始.*",
    "date": "((due|end|target|completion) )?(date|year|deadline|by)|due|end|frist|termin|bis|echeance"
    "|date (de fin|limite|d echeance)|fin|calendrier|plazo|fecha( limite| de fin)?|日期|期限|.*时间|完成时限",
    "actor": "(lead|responsible|owner|actor|agency|department|body|organi[sz]ation|who|partner|ministry).*"
    "|zustandig.*|verantwortlich.*|federfuhrung|responsables?( .*)?|pilotes?|porteurs?|acteurs?|partenaires?"
    "|organismo|entidad( .*)?|责任单位|牵头.*|部门|负责.*|配合单位",
    "term": "tags?|keywords?|terms?|glossary|schlagw.*|mots cles|palabras clave|关键词",
    "source": "sources?|quellen?|fuentes?|来源|依据",
    "summary": "summary|abstract|resume|zusammenfassung|resumen|摘要|概要",
    "indicator": "indicators?|kpi|measured by|metric|indikator(en)?|indicateurs?|indicador(es)?|指标",
    "baseline": "baseline.*|current value|ausgangswert|valeur (initiale|de reference)|linea( de)? base|基线"
    "|基准值",
    "target": "target( ?value)?|zielwert|cible|valeur cible|valor objetivo|目标值",
    "unit": "units?( of measure(ment)?)?|einheit|unite|unidad|单位",
    "related": "related( to)?|see also|depends on|links?|voir aussi|siehe auch",
    "name": "names?|titles?|headings?|labels?|items?|bezeichnung|titel|titre|nom|intitule|titulo|nombre"
    f"|名称|标题|{_LEVELS}|requirement|control|exigence|anforderung|requisito",
}
"""Patterns of whole headings by meaning, in several languages; the first match wins."""

_TEXT = re.compile(
    "(?:description|beschreibung|descripcion|status|statut|estado|categorie|kategorie|categoria|notes?|comments?"
    "|commentaires?|bemerkung(?:en)?|observaciones|描述|说明|备注|内容)(?: .*)?"
)
"""Headings of columns with texts."""

LANGUAGES = {
    "fr": "axe|objectif|titre|intitule|pilote|echeance|mesure|porteur|calendrier|domaine|exigence|numero"
    "|chapitre|statut|priorite|indicateur|resultat",
    "de": "ziel|massnahme|zustandig|verantwortlich|frist|bezeichnung|handlungsfeld|beschreibung|nummer"
    "|einheit|anforderung|bereich|kapitel|titel",
    "es": "objetivo|medida|responsable|plazo|titulo|accion|fecha|descripcion|eje|linea|nombre"
    "|indicador|codigo",
}
"""Words in headings that tell the language of a table."""


@dataclass
class Columns:
    """The meaning of every column in a table."""

    meanings: dict[str, str]
    """The meanings by heading, in column order."""
    title: str = ""
    language: str = "en"
    as_of: str = ""
    sheet: str = ""
    head: int = 0
    """The row with the headings; 0 to find it."""
    level: str = "Entry"
    """What to call a row if no column says."""
    plurals: dict[str, str] = field(default_factory=dict)
    """The plurals of levels that do not just add an s."""
    unsure: list[str] = field(default_factory=list)
    """The headings of columns whose meaning is no more than the likeliest."""

    def heads(self, meaning: str) -> list[str]:
        """Return the headings of the columns with this meaning."""
        return [head for head, each in self.meanings.items() if each == meaning]

    def code_of(self, step: str) -> str:
        """Return the heading of the column with the code of a step, or ""."""
        return next(iter(self.heads(f"code of {step}")), "")

    @property
    def names(self) -> dict[str, str]:
        """The columns with names in other languages, by tag."""
        return {each[8:]: head for head, each in self.meanings.items() if each.startswith("name in ")}

    def format(self, file: str) -> bytes:
        """Return the mapping as a short file for people to edit."""
        known = ", ".join([*MEANINGS, *_MORE])
        about = f"What the columns of {file} mean: {known}. Change it and import again with --force."
        data: dict[str, Any] = {"title": self.title, "language": self.language}
        data |= {"as_of": self.as_of} if self.as_of else {}
        data |= {"sheet": self.sheet} if self.sheet else {}
        data |= {"head": self.head} if self.head else {}
        data |= {"level": self.level, "plurals": self.plurals} if self.plurals else {"level": self.level}
        listed, others = self._folded()
        data |= {"others": others} if others else {}
        lines = wrap(about, WIDTH, initial_indent="# ", subsequent_indent="# ")
        return format_yaml({**data, "columns": listed}, header="\n".join([*lines, "", ""]))

    def _folded(self) -> tuple[dict[str, str], str]:
        """Return the columns to list, and what all others are, in a table with many of them."""
        values = list(self.meanings.values())
        others = max(("statement", "leave"), key=values.count)
        if len(values) <= MAX_LISTED or values.count(others) < 2:
            return self.meanings, ""
        return {head: each for head, each in self.meanings.items() if each != others}, others


def guess_mapping(values: Mapping[str, Sequence[str]], title: str) -> Columns:
    """Return the most likely meanings of columns, given their values by heading."""
    heads = list(values)
    meanings = _steps(values)
    has_steps = "step" in meanings.values()
    taken: set[str] = set()
    for head in heads:
        meaning = meanings.get(head) or guess(head)
        if meaning not in MANY and meaning in taken and head not in meanings:
            meaning = "statement"
        if meaning in ("level", "statement") and _are_depths(head, values[head]):
            meaning = "depth" if "depth" not in taken else "statement"
        if meaning in ("name", "level", "under", "depth") and has_steps:
            meaning = "statement"
        taken.add(meaning)
        meanings[head] = meaning
    if not {"code", "step"} & set(meanings.values()):
        numbered = (head for head in heads if meanings[head] == "statement" and _are_codes(values[head]))
        meanings |= dict.fromkeys(islice(numbered, 1), "code")
    if not {"name", "step"} & set(meanings.values()):
        rest = [head for head in heads if meanings[head] == "statement"] or list(heads)
        meanings[rest[0]] = "name"
    meanings = {head: meanings[head] for head in heads}
    unsure = [head for head in heads if not _is_sure(head, meanings[head])]
    return Columns(meanings, title, _language(heads), unsure=unsure)


def _is_sure(head: str, meaning: str) -> bool:
    """Return whether the words of a heading say what is in its column."""
    return meaning not in ("statement", "name", "code", "summary") or is_known(head)


def _are_depths(head: str, values: Sequence[str]) -> bool:
    """Return whether a column says with small numbers how deep each row stands."""
    named = re.fullmatch(
        "depth|(outline |hierarchy )?level|tiefe|ebene|profondeur|niveau|nivel|层级|级别", fold(head)
    )
    return bool(named) and {"1", "2"} <= set(values) <= set("123456789")


def _are_codes(values: Sequence[str]) -> bool:
    """Return whether these are numbers that make a tree, such as 1, 1.1 and 1.1.1."""
    codes = [code for value in values if (code := CODE.fullmatch(value))]
    return any(code[1] for code in codes) and len(codes) >= 0.8 * len(values)


def _steps(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the columns of levels side by side, and those with their codes."""
    heads = list(values)
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for head in heads:
        plain = fold(head)
        name = _NAME_OF.fullmatch(plain) or _NAME.fullmatch(plain)
        code = _CODE_OF.fullmatch(plain) or _CODE.fullmatch(plain)
        if code and guess(head) in ("statement", "code"):
            codes.setdefault(_singular(code[1]), head)
        elif (of := _singular(name[1] if name else plain)) and (name or LEVEL.fullmatch(of)):
            names.setdefault(of, head)
    steps: dict[str, str] = {}
    most = 0
    for of, head in names.items():
        number = len(set(values[head]))
        if (of in codes or LEVEL.fullmatch(of)) and number >= most:  # there is more of what is below
            steps[of], most = head, number
    pairs = {codes[of]: f"code of {steps[of]}" for of in steps if of in codes}
    if pairs and (rest := [of for of in codes if of not in steps]):
        own = [head for head in heads if guess(head) == "name" and head not in steps.values()]
        if own:
            steps[rest[0]], pairs[codes[rest[0]]] = own[0], f"code of {own[0]}"
        else:
            steps[rest[0]] = codes[rest[0]]  # it has no name: its code is what it is called
    return {**dict.fromkeys(steps.values(), "step"), **pairs} if len(steps) > 1 else {}


def fold(head: str) -> str:
    """Return a heading without case, accents, marks and what stands in brackets."""
    head = head[:200]
    bare = re.sub(r"[(\[（【].*?[)\]）】]", " ", head).strip() or head
    letters = unicodedata.normalize("NFKD", bare.casefold().replace("ß", "ss"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[_\-./:()'’?*]+", " ", kept).split())


def noun(head: str) -> str:
    """Return what the heading of a step calls its entries: *Chapter* for ``chapter_name``."""
    plain = fold(head)
    found = _NAME_OF.fullmatch(plain) or _NAME.fullmatch(plain) or _CODE.fullmatch(plain)
    return found[1].capitalize() if found else head


def is_known(head: str) -> bool:
    """Return whether a cell is a heading of the usual words."""
    return len(head) < 60 and (guess(head) != "statement" or bool(_TEXT.fullmatch(fold(head))))


def guess(head: str) -> str:
    """Return the meaning that a heading most likely has."""
    plain = fold(head)
    fits = (meaning for meaning, pattern in GUESSES.items() if re.fullmatch(pattern, plain))
    return next(fits, "name" if _NAME_OF.fullmatch(plain) else "statement")


def _language(heads: Sequence[str]) -> str:
    words = " ".join(map(fold, heads))
    if re.search("[\u4e00-\u9fff]", words):
        return "zh"
    found = {tag: len(re.findall(rf"\b(?:{known})", words)) for tag, known in LANGUAGES.items()}
    best = max(found, key=lambda tag: found[tag])
    return best if found[best] else "en"


def _singular(plain: str) -> str:
    if plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain.removesuffix("s") if not LEVEL.fullmatch(plain) else plain


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
        if wrong := find_fault(meaning, columns):
            raise refuse(shown, *wrong)
    others = as_line(data.get("others")) or "leave"
    if others not in MANY:
        hint = did_you_mean(others, MANY, f"allowed: {', '.join(MANY)}")
        raise refuse(shown, f"the other columns cannot be '{others[:60]}'", hint)
    meanings = {head: columns.get(head, others) for head in heads}
    plurals = {as_line(one): as_line(many) for one, many in as_dict(data.get("plurals")).items()}
    more = {key: next(iter(as_lines(data.get(key))), "") for key in ("title", "as_of", "sheet")}
    language, level = as_line(data.get("language")) or "en", as_line(data.get("level")) or "Entry"
    return Columns(
        meanings, more["title"], language, more["as_of"], more["sheet"], head_row(data), level, plurals
    )


def find_fault(meaning: str, heads: Iterable[str]) -> tuple[str, str] | None:
    """Return why a column cannot have this *meaning*, with a hint, or None if it can."""
    of = _MORE_PATTERN.fullmatch(meaning)
    if of and of["step"] and of["step"] not in heads:
        return f"there is no column '{of['step'][:60]}'", did_you_mean(of["step"], heads)
    if meaning in MEANINGS or of:
        return None
    hint = did_you_mean(meaning, MEANINGS, f"allowed meanings: {', '.join(MEANINGS)}")
    return f"a column cannot be '{meaning[:60]}'", hint


def explain_meanings() -> Iterator[str]:
    """Yield a line for every meaning that a column can have."""
    return (f"  {meaning:<14} {words}" for meaning, words in {**MEANINGS, **_MORE}.items())


def head_row(data: dict[str, Any]) -> int:
    """Return the number of the row with the headings, as a mapping gives it, or 0."""
    row = as_line(data.get("head"))
    return int(row) if row.isdigit() and len(row) < 7 else 0
