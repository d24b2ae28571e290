"""Guess, read and write the meanings of columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from textwrap import wrap
from typing import Any

from plan_explorer.diagnostics.suggestions import did_you_mean, normalise_word
from plan_explorer.importers.clean_text import web_address
from plan_explorer.importers.safe_read import as_dict, as_line, as_lines, parse_yaml, refuse
from plan_explorer.importers.yaml_writer import WIDTH, format_yaml

PART = "part"
"""What the rows of a sheet are that stand below an entry with the name of the sheet."""

EXPORTED = re.compile(
    "(?:Summary|Date): .*|Target: (?:places|comparator|baseline date)|Also under|Relations|Actors|Kind"
)
"""Headings of a workbook for corrections whose cells only an update understands."""

MEANINGS = {
    "id": "what other rows call it, if that is not its number",
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
    "summary in fr": "the first statement about it in another language",
}
MAX_LISTED = 9
"""How many columns a mapping lists one by one."""
_MORE_PATTERN = re.compile(
    r"code of (?P<step>.+)|(name|summary) in (?P<tag>[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)"
)

MANY = ("statement", "step", "actor", "leave", "related", "source", "summary")
"""Meanings that several columns can have."""

_LEVELS = (
    "vision|theme|axis|area|priority|strategy|goal|objective|programme|program|result|output|project|measure"
    "|action|activity|milestone|task|chapter|section|domain|category|pillar|initiative|workstream|phase"
    "|pilier|engagement|axe|objectif|priorite|programme|resultat|projet|mesure|chantier|domaine|chapitre|thematique"
    "|handlungsfeld|ziel|massnahme|projekt|bereich|kapitel|aufgabe|schwerpunkt|thema|saule|aktivitat|arbeitspaket|meilenstein"
    "|eje|objetivo|meta|linea|programa|proyecto|medida|accion|actividad|capitulo|ambito|tarea|pilar|iniciativa|fase|compromiso"
    "|eixo|acao|atividade|projeto|asse|obiettivo|azione|misura|attivita|progetto"
    "|领域|目标|任务|措施|行动|项目|重点任务|章|节|主要任务|举措|工程|专项|阶段|[一二三]级指标"
)
LEVEL = re.compile(rf"(?:(?:sous|sub|unter|teil|fiche) ?)*(?:{_LEVELS})")
"""A word for a level; two or more such columns form a tree."""
_SUB = re.compile("(?:sous|sub|unter|teil).+")
"""A word for a level that few entries need to have."""
_GROUP = re.compile(
    "(?:(?:sub|sous|unter) ?)?(?:category|priority|domain|area|theme|priorite|domaine|thematique|categorie"
    "|bereich|thema|kategorie|ambito|categoria)|领域"
)
"""A word for what may be a level, or no more than a label."""
CODE = re.compile(r"[A-Za-z]{0,5}[ .-]?\d{1,4}((?:[.-]\d{1,4})*)[.)]?")
"""A number such as 1, 1.1, A.1.2 or T-3."""
UNNAMED = re.compile(r"Column \d+")
"""What a column without a heading is called."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[.-]\d{1,2}[.-]\d{4}")
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{3})")
"""Where a word begins within a heading such as ``actionName``."""
_IN = re.compile(r"(?P<head>.+?)[ _.-]*[\[(](?P<tag>[a-z]{2}(?:-[A-Za-z]{2,4})?)[\])]")
_RATING = re.compile(
    "(?:very )?(?:low|medium|moderate|high)|minor|major|critical|severe|[a-e]|\\d+"
    "|(?:tres )?(?:faible|moyenn?e?|eleve?e?)|critique|(?:sehr )?(?:niedrig|mittel|hoch)|gering|kritisch"
    "|(?:muy )?(?:baj[oa]|medi[oa]|alt[oa])|critic[oa]|baix[oa]|[高中低]"
)
_ASIDE = re.compile("keyword|note|comment|remark|bemerkung|observ|mots cles|备注")
"""Words in the headings of long texts that do not say what an entry is."""
MAX_NAME, MIN_TEXT = 120, 60
"""How long the names in a column are at most, and its texts at least, on average."""
MIN_TELLING = 20
"""How long the texts in a column are, on average, that need no heading."""
_OF = r"(?: of(?: the)?| de l| de la| del| du| de| der| des)?"
_NAME_OF = re.compile(rf"(?:name|title|label|titre|intitule|nom|bezeichnung|titel|titulo|nombre){_OF} (.+)")
_NAME = re.compile(r"(.+?) ?(?:names?|titles?|labels?|titre|nom|bezeichnung|titel|titulo|nombre|名称|标题)")
_CODE = re.compile(r"(.+?) ?(?:ids?|codes?|refs?|nos?|nr|num(?:ber|ero)?|nummer|identifiers?|编号|序号|代码)")
_CODE_OF = re.compile(rf"(?:id|code|no|nr|num(?:ber|ero)?|n°){_OF} (.+)")

GUESSES: dict[str, str] = {
    "under": "parents?( ids?| codes?)?|under|belongs to|superior|ubergeordnet|padre|上级",
    "code": "id|identifiants?( .*)?|no|nr|num(ber)?|n|n°|№|#|codes?|ref(erence)?( ?(id|no|number))?"
    "|identifier|kennung|nummer|lfd nr|numero|reference|codigo|identificador|编号|序号|代码",
    "level": "level|type|kind|ebene|typ|niveau|nivel|tipo|类型|级别",
    "start": "start( ?date)?|begin(ning|s)?|from|beginn|debut|date de debut|inicio|fecha de inicio|开始.*",
    "date": "((due|end|target|completion) )?(date|year|deadline|by)|due|end|frist|termin|bis|echeance"
    "|date (de fin|limite|d echeance)|fin|calendrier|plazo"
    "|fecha( (limite|fin|prevista|estimada|de fin|de entrega).*)?|prazo|scadenza|日期|期限|.*时间|完成时限",
    "actor": "(lead|responsible|owner|actor|agency|department|body|organi[sz]ation|who|partner|ministry).*"
    "|zustandig.*|verantwortlich.*|federfuhrung|responsables?( .*)?|pilotes?|porteurs?|acteurs?|partenaires?"
    "|.* (owner|lead|pilote|porteuse?|referent(e)?)|(elu|personne|structure|direction)( .*)? referente?"
    "|organismo|entidad( .*)?|encargad[oa]s?|responsave(l|is)|responsabil[ei]"
    "|责任人|执行人|责任单位|牵头.*|部门|负责.*|配合单位",
    "term": "tags?|keywords?|terms?|glossary|schlagw.*|begriffe?|mots cles|termes?|palabras clave|terminos?"
    "|关键词|术语",
    "source": "sources?|quellen?|fuentes?|(source )?ur[il]s?|web( ?(site|link|page))?|liens?|enlaces?"
    "|网址|链接|来源|依据",
    "summary": "summary|abstract|resume|zusammenfassung|resumen|摘要|概要",
    "indicator": "indicators?|kpi|measured by|metric|indikator(en)?|indicateurs?|indicador(es)?|指标",
    "baseline": "baseline.*|current value"
    "|(ausgangswert|valeur (initiale|de reference)|(valor de )?linea( de)? base|基线|基准值)( \\d{4})?",
    "target": "(target( ?value)?|zielwert|(valeur )?cible|valor objetivo|目标值)( \\d{4})?"
    "|(ziel|objectif|objetivo|meta) \\d{4}|\\d{4}年?目标值?",
    "unit": "units?( of measure(ment)?)?|einheit|unite|unidad|单位",
    "related": "related( to)?|see also|depends on|dependenc(y|ies)|predecessors?|links?|voir aussi|siehe auch"
    "|vorganger|vease tambien|predecesor[ae]?s?|前置任务",
    "name": "names?|titles?|headings?|labels?|items?|bezeichnung|titel|titre|nom|intitule|libelle|titulo"
    f"|nombre|titolo|nome|.+名|.*(名称|标题|任务)|工作内容|{_LEVELS}|requirement|control|exigence|anforderung|requisito"
    "|risks?|risques?|risik(o|en)|riesgos?|riscos?|风险",
}
"""Patterns of whole headings by meaning, in several languages; the first match wins."""

_ABOUT = re.compile(
    "(?:.* )?(?:definition(?:en)?|definicion(?:es)?|定义|释义"
    "|description|beschreibung|descripcion|descriptif|details?|texte?|测评项|描述|说明|.*内容)"
)
"""Headings of columns that say what an entry is."""
_TEXT = re.compile(
    "(?:description|beschreibung|descripcion|descriptif|details?|status|statut|estado|categorie|kategorie|categoria|notes?|comments?"
    "|commentaires?|bemerkung(?:en)?|observaciones|描述|说明|备注|.*内容)(?: .*)?"
)
"""Headings of columns with texts."""

_NAMES = {
    "en": "title name label heading",
    "fr": "titre intitule nom libelle",
    "de": "titel bezeichnung name",
    "es": "titulo nombre",
    "it": "titolo nome",
    "pt": "titulo nome",
    "nl": "titel naam",
    "zh": "名称 标题",
}
"""Words for a name, by language."""

LANGUAGES = {
    "fr": "axe|objectif|titre|intitule|pilote|echeance|mesure|porteur|calendrier|domaine|exigence|numero"
    "|chapitre|statut|priorite|indicateur|resultat|risque|probabilite",
    "de": "ziel|massnahme|zustandig|verantwortlich|frist|bezeichnung|handlungsfeld|beschreibung|nummer"
    "|einheit|anforderung|bereich|kapitel|titel|risiko|wahrscheinlichkeit",
    "es": "objetivo|medida|responsable|plazo|titulo|accion|fecha|descripcion|eje|linea|nombre"
    "|indicador|codigo|riesgo|probabilidad\\b",
    "it": "obiettivo|misura|responsabile|scadenza|titolo|azione|descrizione|indicatore|nome|codice",
    "pt": "objetivo|medida|responsavel|prazo|titulo|acao|descricao|eixo|indicador|codigo|risco|probabilidade",
    "en": "goal|objective|measure|owner|deadline|due|lead|target|baseline|responsible|title|name|milestone",
}
"""Words in headings that tell the language of a table."""

SMALL_WORDS = {
    "en": "the of and to for with is be that by",
    "fr": "les des et du une dans pour est sur aux",
    "de": "der die und das den von zu mit für ist im",
    "es": "el los las del y una para por con al",
    "it": "il di che della delle gli dei sono alla nella",
    "pt": "os uma do dos da das não em ao pela são ou com",
    "nl": "het een van voor met zijn worden niet bij of",
    "pl": "w z na że nie się są oraz jest dla",
    "hu": "az és nem hogy kell egy meg vagy ki",
}
"""Words in texts that tell their language."""
MIN_SMALL_WORDS, MAX_SAMPLE = 5, 100
"""How many such words tell it, and in how many cells of a column they are counted."""


@dataclass
class Columns:
    """The meaning of every column in a table."""

    meanings: dict[str, str]
    """The meanings by heading, in column order."""
    title: str = ""
    language: str = "en"
    as_of: str = ""
    sheet: str = ""
    sheets: dict[str, str] = field(default_factory=dict)
    """The sheets that are read as one table: the level of their rows, ``actors``, ``terms`` or ``part``."""
    head: int = 0
    """The row with the headings; 0 to find it."""
    level: str = "Entry"
    """What to call a row if no column says."""
    plurals: dict[str, str] = field(default_factory=dict)
    """The plurals of levels that do not just add an s."""
    unsure: list[str] = field(default_factory=list)
    """The headings of columns whose meaning is no more than the likeliest."""
    is_language_told: bool = True
    """Whether the mapping or the words of the table tell its language."""

    def heads(self, meaning: str) -> list[str]:
        """Return the headings of the columns with this meaning."""
        return [head for head, each in self.meanings.items() if each == meaning]

    @property
    def has_levels(self) -> bool:
        """Whether each sheet says what its rows are."""
        return bool(self.sheets) and PART not in self.sheets.values()

    def code_of(self, step: str) -> str:
        """Return the heading of the column with the code of a step, or ""."""
        return next(iter(self.heads(f"code of {step}")), "")

    def by_language(self, meaning: str) -> list[tuple[str, str]]:
        """Return the columns with names or summaries in other languages, after their tags."""
        start = f"{meaning} in "
        return [(each[len(start) :], head) for head, each in self.meanings.items() if each.startswith(start)]

    def format(self, file: str) -> bytes:
        """Return the mapping as a short file for people to edit."""
        known = ", ".join([*MEANINGS, *_MORE])
        about = f"What the columns of {file} mean: {known}. Change it and import again with --force."
        data: dict[str, Any] = {"title": self.title, "language": self.language}
        data |= {"as_of": self.as_of} if self.as_of else {}
        data |= {"sheet": self.sheet} if self.sheet else {}
        data |= {"sheets": self.sheets} if self.sheets else {}
        data |= {"head": self.head} if self.head else {}
        data |= {} if self.heads("step") or self.has_levels else {"level": self.level}
        data |= {"plurals": self.plurals} if self.plurals else {}
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


Values = Mapping[str, Sequence[str]]
"""What stands in each column, by heading: a text for every row, which may be empty."""


def guess_mapping(values: Values, title: str) -> Columns:
    """Return the most likely meanings of columns, given their values by heading."""
    heads = list(values)
    code = _code_column(values)
    meanings = _steps(values, code) or _groups_before_names(values)
    has_steps = "step" in meanings.values()
    taken: set[str] = set()
    for head in heads:
        meaning = meanings.get(head) or ("code" if head == code else _guess_with_values(head, values))
        if meaning == "code" and head != code:
            meaning = "leave" if _is_running(values[head]) else "statement"
        if meaning not in MANY and meaning in taken and head not in meanings:
            meaning = _other_name(head, meanings) if meaning == "name" else "statement"
        if meaning in ("level", "statement") and _are_depths(head, values[head]):
            meaning = "depth" if "depth" not in taken else "statement"
        if meaning == "level" and not _are_kinds(values[head], code in values and _are_codes(values[code])):
            meaning = "statement"
        if meaning in ("name", "level", "under", "depth") and has_steps:
            meaning = "statement"
        taken.add(meaning)
        meanings[head] = meaning
    if fold(code) == "id" and (other := _other_code(values, code)):
        meanings |= {code: "id", other: "code"}
    if not {"name", "step"} & set(meanings.values()):
        words = next((head for head, meaning in meanings.items() if meaning == "term"), "")
        if words and len(set(_filled(values[words]))) == len(values[words]):  # a glossary
            meanings[words] = "name"
        elif name := _name_column(values, meanings):
            meanings[name] = "name"
    if "summary" not in meanings.values() and (about := _text_column(values, meanings)):
        meanings[about] = "summary"
    steps = [head for head, meaning in meanings.items() if meaning == "step"]
    if steps != [head for head in heads if head in steps]:  # they stand from the top down, not as in the file
        heads = [*steps, *(head for head in heads if head not in steps)]
    meanings = _with_languages({head: meanings[head] for head in heads})
    language, first = _language(values), _name_language(meanings)
    if f"name in {language}" in meanings.values():
        language = first
    unsure = [head for head in heads if not _is_sure(head, meanings[head])]
    return Columns(meanings, title, language or "en", unsure=unsure, is_language_told=bool(language))


def _guess_with_values(head: str, values: Values) -> str:
    """Return the meaning that a heading most likely has, if its cells do not speak against it."""
    meaning, cells = guess(head), _filled(values[head])
    if not cells:
        return "statement"
    addresses = [cell for cell in cells if web_address(cell)]
    if (meaning == "statement" and addresses == cells) or (meaning == "related" and addresses):
        return "source"
    if meaning == "name" and LEVEL.fullmatch(fold(head)) and 2 * len(cells) < len(values[head]):
        return "statement"
    if meaning == "name" and _are_ratings(cells):
        return "statement"
    if meaning == "target" and not any(re.search(r"\d", cell) for cell in cells):
        return "statement"
    return meaning


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell]


def _code_column(values: Values) -> str:
    """Return the heading of the column with the numbers of rows, or ""."""
    named = [head for head in values if guess(head) == "code"]
    numbered = [head for head in values if _are_codes(values[head]) and guess(head) in ("code", "statement")]
    called = [
        head
        for head in values
        if _CODE.fullmatch(fold(head)) and guess(head) == "statement" and _is_key(values[head])
    ]
    if numbered and named and all(_is_running(values[head]) for head in named):
        return numbered[0]
    return next(iter([*named, *called, *numbered]), "")


def _other_code(values: Values, id: str) -> str:
    """Return the column with the numbers of rows beside that with their ids, or ""."""
    return next((head for head in values if head != id and guess(head) == "code" and any(values[head])), "")


def guess_sheet(name: str, heads: Sequence[str]) -> str:
    """Return what the rows of a sheet most likely are: a level, ``actors``, ``terms``, or "" if unclear."""
    kind = {"actor": "actors", "term": "terms"}.get(guess(name), "")
    if kind or (is_exported(heads) and name not in ("Events", "Sources")) or _is_plural(name):
        return kind or noun(name)
    return ""


def is_exported(heads: Sequence[str]) -> bool:
    """Return whether a sheet is one of a workbook for corrections."""
    return heads[:1] == ["id"] and "Summary: places" in heads


def _is_plural(name: str) -> bool:
    return bool(re.fullmatch(rf"(?:{LEVEL.pattern})(?:e?s|e?n|e)?", fold(name)))


def stem(head: str) -> str:
    """Return what the name of a sheet or a heading such as *Goal no.* names, without its ending."""
    plain = fold(head)
    of = _CODE_OF.fullmatch(plain) or _CODE.fullmatch(plain)
    return re.sub("(?:e?s|e?n|e)$", "", of[1] if of else plain)


def _is_running(cells: Sequence[str]) -> bool:
    """Return whether these are the numbers 1, 2, 3 and so on."""
    found = _filled(cells)
    return len(found) > 2 and found == [str(at) for at in range(1, len(found) + 1)]


def _is_key(cells: Sequence[str]) -> bool:
    """Return whether nearly every row has a short value of its own."""
    found = _filled(cells)
    return len(set(found)) == len(found) >= 0.9 * len(cells) and all(len(cell) <= 24 for cell in found)


def _name_column(values: Values, meanings: Mapping[str, str]) -> str:
    """Return the heading of the column that most likely has names, or "" if codes are all that there is."""
    rest = [head for head, meaning in meanings.items() if meaning == "statement"]
    rest = [head for head in rest if not _are_ratings(_filled(values[head]))] or rest
    telling = [head for head in rest if len(set(_filled(values[head]))) > 0.5 * len(values[head])]
    words = [head for head in telling if any(re.search(r"[^\W\d_]{2}", cell) for cell in values[head])]
    short = [head for head in words if _length(values[head]) <= MAX_NAME]
    if short or "code" not in meanings.values():
        return next(iter([*short, *words, *rest, *values]))
    return ""


def _text_column(values: Values, meanings: Mapping[str, str]) -> str:
    """Return the heading of the column that says what an entry is, or ""."""
    rest = [head for head, meaning in meanings.items() if meaning == "statement"]
    long = [head for head in rest if _length(values[head]) >= MIN_TEXT and not _ASIDE.search(fold(head))]
    named = [head for head in rest if _ABOUT.fullmatch(fold(head)) and _length(values[head]) > 1]
    return next(iter([*named, *long]), "") if len(rest) > 1 else ""


def is_telling(head: str, cells: Sequence[str]) -> bool:
    """Return whether what is in a column says what an entry is, also without its heading."""
    if re.fullmatch("status|budget.*|notes?|comments?", fold(head)):
        return False
    sentences = sum(cell.rstrip().endswith(tuple(".!?。！？")) for cell in cells)
    return (
        bool(_ABOUT.fullmatch(fold(head))) or _length(cells) >= MIN_TELLING or 2 * sentences > len(cells) > 0
    )


def _length(cells: Sequence[str]) -> float:
    """Return how long the texts of a column are."""
    found = _filled(cells)
    return sum(map(len, found)) / max(len(found), 1)


def _with_languages(meanings: dict[str, str]) -> dict[str, str]:
    """Return the meanings with names in other languages, such as those in ``name[fr]``."""
    known: dict[str, str] = {}
    for head, meaning in meanings.items():
        match = _IN.fullmatch(head.strip())
        first = known.setdefault(fold(head), meaning)
        if match and meaning == "statement" and first in ("name", "step", "summary"):
            meanings[head] = f"{first.replace('step', 'name')} in {match['tag']}"
    return meanings


def _name_languages(head: str) -> set[str]:
    """Return the languages in which a heading is the word for a name."""
    return {tag for tag, words in _NAMES.items() if fold(head) in words.split()}


def _other_name(head: str, meanings: Mapping[str, str]) -> str:
    """Return the meaning of a second column with names: in another language, if its heading is."""
    first = next(head for head, meaning in meanings.items() if meaning == "name")
    known, others = _name_languages(first), _name_languages(head)
    if not known or not others or known & others:
        return "statement"
    return f"name in {'en' if 'en' in others else min(others)}"


def _name_language(meanings: Mapping[str, str]) -> str:
    """Return the language that the heading of the names is in, or ""."""
    tags = next((_name_languages(head) for head, meaning in meanings.items() if meaning == "name"), set())
    return min(tags, default="")


def _is_sure(head: str, meaning: str) -> bool:
    """Return whether the words of a heading say what is in its column."""
    return meaning not in ("statement", "name", "code", "summary") or is_known(head)


def _are_depths(head: str, values: Sequence[str]) -> bool:
    """Return whether a column says with small numbers how deep each row stands."""
    named = re.fullmatch(
        "depth|(outline |hierarchy )?level|tiefe|ebene|profondeur|niveau|nivel|层级|级别", fold(head)
    )
    return bool(named) and {"1", "2"} <= set(values) <= set("123456789")


def _are_kinds(cells: Sequence[str], is_tree: bool) -> bool:
    """Return whether a column says what rows are, rather than how urgent, or a label that crosses them."""
    found = [fold(cell) for cell in _filled(cells)]
    if any(_is_plural(word) for cell in set(found) for word in cell.split()):
        return True
    runs = sum(1 for at, cell in enumerate(found) if not at or found[at - 1] != cell)
    return not _are_ratings(found) and (is_tree or runs == len(set(found)))


def _are_ratings(cells: Sequence[str]) -> bool:
    """Return whether all that a column says is how high, likely or urgent something is."""
    return bool(cells) and all(_RATING.fullmatch(fold(cell)) for cell in cells)


def _are_codes(values: Sequence[str]) -> bool:
    """Return whether these are numbers that make a tree, such as 1, 1.1 and 1.1.1."""
    found = _filled(values)
    codes = [code for value in found if (code := CODE.fullmatch(value)) and not _DAY.fullmatch(value)]
    single = len(set(found)) >= 0.9 * len(found)
    return any(code[1] for code in codes) and len(codes) >= 0.8 * len(found) and single


def _steps(values: Values, code: str) -> dict[str, str]:
    """Return the columns of levels side by side, and those with their codes."""
    heads = list(values)
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for head in heads:
        code_of = _CODE_OF.fullmatch(fold(head)) or _CODE.fullmatch(fold(head))
        if code_of and guess(head) in ("statement", "code"):
            codes.setdefault(_singular(code_of[1]), head)
    for head in heads:
        plain = fold(head)
        name = _NAME_OF.fullmatch(plain) or _NAME.fullmatch(plain)
        of = _singular(name[1] if name else plain)
        if head not in codes.values() and (name or LEVEL.fullmatch(of) or of in codes):
            names.setdefault(of, head)
    steps: dict[str, str] = {}
    most = 0
    for of, head in names.items():
        number = len(set(_filled(values[head])))
        if not number or not (of in codes or LEVEL.fullmatch(of)):
            continue
        if not (number >= most or _SUB.fullmatch(of)):  # there is more of what is below
            continue
        if of not in codes and not _is_level(of, head, list(steps.values()), values, code):
            continue
        steps[of], most = head, max(most, number)
    pairs = {codes[of]: f"code of {steps[of]}" for of in steps if of in codes}
    own = [head for head in heads if guess(head) == "name" and head not in [*steps.values(), *names.values()]]
    own = [head for head in own if len(set(_filled(values[head]))) >= most]
    rest = [
        of for of in codes if not of.endswith(tuple(steps)) and len(set(_filled(values[codes[of]]))) >= most
    ]
    if pairs and rest:
        if own:
            steps[rest[0]], pairs[codes[rest[0]]] = own[0], f"code of {own[0]}"
        else:
            steps[rest[0]] = codes[rest[0]]  # it has no name: its code is what it is called
    elif steps and own and _stand_before(steps, own[0], heads):
        steps[fold(own[0])] = own[0]
    elif (
        len(steps) == 1
        and code
        and _is_key(values[code])
        and 2 * most < len(values[code])
        and _stand_before(steps, code, heads)
    ):
        steps[fold(code)] = code
    return {**dict.fromkeys(steps.values(), "step"), **pairs} if len(steps) > 1 else {}


def _groups_before_names(values: Values) -> dict[str, str]:
    """Return the names of rows and the column without a heading before them, if that groups the rows.

    It does if it names several groups, each in the row of its first member or in a row of its own.
    """
    for head, name in pairwise(values):
        groups = _filled(values[head])
        if not (UNNAMED.fullmatch(head) and guess(name) == "name" and values[head][0]):
            continue
        apart = {not own for group, own in zip(values[head], values[name], strict=True) if group}
        few = 1 < len(set(groups)) == len(groups) < len(_filled(values[name]))
        words = all(re.search(r"[^\W\d_]{2}", group) and len(group) <= MAX_NAME for group in groups)
        if few and words and len(apart) == 1:
            return {head: "step", name: "step"}
    return {}


def _stand_before(steps: Mapping[str, str], name: str, heads: Sequence[str]) -> bool:
    """Return whether levels stand before the column with the names below them, unless they group the rows."""
    return all(_GROUP.fullmatch(of) or heads.index(head) < heads.index(name) for of, head in steps.items())


def _is_level(of: str, head: str, above: list[str], values: Values, code: str) -> bool:
    """Return whether a column has the names of entries, rather than labels that cross those above."""
    cells = _filled(values[head])
    if all(cell.replace(".", "").isdigit() for cell in cells):
        return False
    if _GROUP.fullmatch(of):
        runs = [cell for at, cell in enumerate(cells) if not at or cells[at - 1] != cell]
        numbers = set(values.get(code, ()))
        nested = any(match[1] and f"{match[0].rpartition('.')[0]}" in numbers
                     for number in numbers if (match := CODE.fullmatch(number)))  # fmt: skip
        return 1 < len(set(cells)) == len(runs) < len(values[head]) and not nested
    upper, pairs = "", set()
    for at, cell in enumerate(values[head]):
        upper = (values[above[-1]][at] if above else "") or upper
        pairs |= {(upper, cell)} if cell else set()
    return len(set(cells)) >= 0.6 * len(pairs)


def fold(head: str) -> str:
    """Return a heading without case, accents, marks and what stands in brackets."""
    head = _HUMP.sub(" ", head[:200])
    bare = re.sub(r"[(\[（【].*?[)\]）】]", " ", head).strip() or head
    return " ".join(re.sub(r"[_\-./:()'’?*]+", " ", normalise_word(bare)).split())


def noun(head: str) -> str:
    """Return what the heading of a step calls its entries: *Chapter* for ``chapter_name``."""
    if UNNAMED.fullmatch(head):
        return "Part"
    plain = fold(head)
    bare = re.sub(r"[(\[（【].*?[)\]）】]", " ", _HUMP.sub(" ", head)).strip() or head
    words = [word for word in re.split(r"[\s_/.:'’?*]+", bare) if word]
    of, name = _NAME_OF.fullmatch(plain), _NAME.fullmatch(plain) or _CODE.fullmatch(plain)
    if of and len(words) > 1:
        words = words[-len(of[1].replace("-", " ").split()) :] if "-" not in words[-1] else words[-1:]
    elif name and len(words) > 1:
        words = words[:-1]
    elif name and name[1] and not words[0].isascii():
        words = [name[1]]
    shown = " ".join(words)
    shown = shown[:-1] if len(shown) > 4 and re.search("[^aisu]s$", shown) else shown
    return shown[:1].upper() + shown[1:]


def is_known(head: str) -> bool:
    """Return whether a cell is a heading of the usual words."""
    return len(head) < 60 and (guess(head) != "statement" or bool(_TEXT.fullmatch(fold(head))))


def guess(head: str) -> str:
    """Return the meaning that a heading most likely has."""
    plain = fold(head)
    fits = (meaning for meaning, pattern in GUESSES.items() if re.fullmatch(pattern, plain))
    name = _NAME.fullmatch(plain)
    is_name = _NAME_OF.fullmatch(plain) or (name and LEVEL.fullmatch(name[1]))
    return next(fits, "name" if is_name else "statement")


def _language(values: Values) -> str:
    """Return the language of a table: of its cells, or of its headings, or "" if they do not tell."""
    cells = [cell for column in values.values() for cell in islice(_filled(column), MAX_SAMPLE)]
    heads, words = " ".join(map(fold, values)), " ".join(cells).casefold()
    if 10 * len(re.findall("[\u4e00-\u9fff]", words)) > len(words) or re.search("[\u4e00-\u9fff]", heads):
        return "zh"
    often = Counter(re.findall(r"[^\W\d_]+", words))
    said = {tag: sum(often[word] for word in known.split()) for tag, known in SMALL_WORDS.items()}
    first, second = sorted(said.values(), reverse=True)[:2]
    if first >= MIN_SMALL_WORDS and first > 2 * second:
        return max(said, key=lambda tag: said[tag])
    found = {tag: len(re.findall(rf"\b(?:{known})", heads)) for tag, known in LANGUAGES.items()}
    best = max(found, key=lambda tag: found[tag])
    return best if found[best] else ""


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
    meanings = {head: columns.get(head, others) for head in [*columns, *heads]}
    plurals = {as_line(one): as_line(many) for one, many in as_dict(data.get("plurals")).items()}
    sheets = {as_line(name): as_line(what) for name, what in as_dict(data.get("sheets")).items()}
    more = {key: next(iter(as_lines(data.get(key))), "") for key in ("title", "as_of", "sheet")}
    language, level = as_line(data.get("language")) or "en", as_line(data.get("level")) or "Entry"
    return Columns(
        meanings,
        more["title"],
        language,
        more["as_of"],
        more["sheet"],
        sheets,
        head_row(data),
        level,
        plurals,
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
