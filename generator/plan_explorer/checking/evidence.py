"""Check that statements and dates have the citations they need."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date as day
from functools import lru_cache

from plan_explorer.checking.citations import check_citations
from plan_explorer.checking.ids import Ids, Origin
from plan_explorer.diagnostics.problems import Problem
from plan_explorer.documents.document import Key
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Entity, Source
from plan_explorer.model.indicators import is_figure
from plan_explorer.model.settings import Settings
from plan_explorer.model.statements import MARK, OPEN, Citation, Date, Statement

BRACKET = re.compile(
    r"(?<!\\)\[(?=(?P<words>\s*(?P<source>[A-Za-z0-9-]+)(?:[ ,:]+(?P<place>[^\]\n]*))?\])(?!\())"
)
"""What opens words that would be a citation with an '@' in front, and are not a link."""
CODE = re.compile(r"(?<!\\)`[^`]*`")
"""A span of code, in which brackets mean nothing."""
LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)|https?://\S+")
"""A link, or an address, in which nothing is cited."""
NEARLY = re.compile(
    r"(?P<open>[(（［【〔\[]\s*)?(?<!(?a:[\w.\\]))[@＠﹫]\s*(?P<source>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)"
    r"(?P<place>(?:[\s,，]+[a-z]*\d(?a:[\w–-])*(?:\.\d[\d–-]*)?)+)?"
    r"(?P<close>\s*[)）］】〕\]])?"
)
"""A source behind an '@', in brackets that are not those of a citation, or in none, also right behind 字."""
_DOUBLED = re.compile(r"\[\[@[^\[\]\n]*\]|\[@[^\[\]\n]*\]\](?!\()")
"""A citation with a bracket too many."""
_LINKED = re.compile(rf"{MARK.pattern}\([^()\s]*\)")
"""A citation written like a link."""
BARE = re.compile(
    r"(?<!(?a:[\w@\\-]))(?<!\\\[)(?P<source>[a-z0-9]+(?:-[a-z0-9]+)*)[\s,:#@]{1,3}"
    r"(?P<place>[a-z](?a:[\w-]*)\.\d{1,9}(?:[-–]\d{1,9})?)(?!(?a:[\w-]))"
)
"""A source and a sentence of it, with nothing around them that makes a citation of them."""

SENTENCE = re.compile(r"\.\d")
"""What each place with a sentence has; to look for this first takes a tenth of the time."""
AT = re.compile(r"[@＠﹫]")
"""What each citation has, or what is nearly one: looked for first, too."""

NEARLY_ONE = "this is not a citation: one begins with '[@' and ends with ']'"
FOLLOWS = "leave out 'status': it follows from the citations"
SOURCELESS = {
    "known": "general knowledge has no source, and this one cites one",
    "editorial": "this cites a source, so it is not only about this site",
}
"""What is wrong with a statement of such a status that cites something."""


def check_statements(entity: Entity, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the evidence problems of all statements of *entity*."""
    for key, statement in entity.said():
        if is_figure(key):
            continue
        whole = isinstance(entity, Source) and statement.cites == (Citation(entity.id),)
        yield from check_statement(statement, at, key, ids, relation=key[0] == "relations", whole=whole)


def check_statement(
    statement: Statement, at: Origin, key: Key, ids: Ids, *, relation: bool = False, whole: bool = False
) -> Iterator[Problem]:
    """Yield the evidence problems of one statement.

    Args:
        statement: what is said.
        at: where its entry stands.
        key: where it stands in its entry.
        ids: what can be cited.
        relation: whether it is the reason of a relation.
        whole: whether it is about a document as a whole, on which it rests.
    """
    yield from check_citations(statement.all_cites, at, key, ids)
    labels = tuple(ids.plan.settings.statuses.values())
    texts = (statement.text, statement.reason, *(side.text for side in statement.sides))
    for text in texts:
        for emphasis in find_labels(text, labels):
            message = f"'{emphasis}' would look like the label of a status"
            hint = "write these words without italics; 'status' sets the label"
            yield at.problem("label-in-text", message, key, hint, within=[emphasis])
    if slips := [slip for text in texts if text for slip in _find_malformed(text, at, key, ids)]:
        yield from slips
        return
    if relation and statement.status == "inferred":
        if not MARK.sub("", statement.text).strip():
            hint = "say why under 'because', or cite where the source says it"
            yield at.problem("no-reason", "this relation has no reason", key, hint)
        elif not statement.cites:
            hint = "cite the place it is based on"
            yield at.problem("uncited", "this reason has no citation", (*key, "because"), hint)
        return
    if not relation and statement.status != "disputed" and not statement.words:
        yield at.problem("empty-value", "this statement has no text", key)
    if not whole:
        yield from RULES[statement.status](statement, at, key, ids.plan.settings.primary)


def find_labels(text: str, labels: tuple[str, ...]) -> Iterator[str]:
    """Yield each piece of *text* in italics whose words are one of *labels*."""
    if "*" in text or "_" in text:
        yield from (match["label"] for match in _label_pattern(labels).finditer(text) if match["label"])


@lru_cache(maxsize=8)
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of *labels* in italics that passes over escapes and code."""
    words = "|".join(r"\s+".join(_spelled(word) for word in label.split()) for label in labels)
    star = rf"(?<!\*)\*(?:{words})\*|\*(?:{words})\*(?!\*)"  # two on both sides are not italics
    line = rf"(?<![_\w])_(?:{words})_(?![^\W_])|(?<![^\W_])_(?:{words})_(?![_\w])"
    code = r"(?<!(?<!\\)`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    return re.compile(rf"\\.|{code}|(?P<label>{star}|{line})", re.S)


def _spelled(word: str) -> str:
    """Return a pattern of *word*, whose signs may be escaped."""
    return "".join(sign if sign.isalnum() else rf"\\?{re.escape(sign)}" for sign in word)


def _find_malformed(text: str, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    """Yield a problem for each citation in *text* that is nearly one."""
    for message, hint, words in _slips(text, ids):
        yield at.problem("bad-citation", message, key, hint, within=[words])


def _slips(text: str, ids: Ids) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with each citation in *text* that is nearly one, a hint, and its words."""
    codes = CODE.findall(text) if "`" in text else ()
    for code in codes:
        if marks := MARK.findall(code):
            yield "a citation in code is none", f"write [{marks[0]}] without the backticks", code
    plain = CODE.sub("", text) if codes else text
    rest = LINK.sub(" ", OPEN.sub("", MARK.sub("", plain)))
    for match in BRACKET.finditer(plain):
        place = f" {match['place']}" if match["place"] else ""
        if not match["source"].islower() and (not place or is_prose(place)):
            continue  # "the [Report]" or "[Report of 2015]" is what was put in
        if source := _meant(match["source"], place, ids):
            hint = f"write [@{source}{place}]"
            words = f"[{match['words']}"
            yield "this is not a citation: the '@' is missing", hint, words
            rest = rest.replace(words, " ")
    if unclosed := OPEN.search(text):
        yield "this citation is not closed", "close it with ']'", unclosed[0]
    for match in _DOUBLED.finditer(text):
        yield "this citation has a bracket too many", f"write [{match[0].strip('[]')}]", match[0]
    for match in _LINKED.finditer(plain):
        hint = f"write [{match[1]}], with a blank behind it"
        yield "this citation is written like a link", hint, match[0]
    for match in NEARLY.finditer(rest) if AT.search(rest) else ():
        place = (match["place"] or "").replace("，", ", ").rstrip()
        source = _meant(match["source"], place, ids)
        if source or match["open"] or match["close"]:
            hint = f"write [@{source or match['source']}{place}]"
            yield NEARLY_ONE, hint, match[0].strip()
    for match in BARE.finditer(NEARLY.sub(" ", rest)) if SENTENCE.search(rest) else ():
        cited, known = match["place"], ids.plan.find_source(match["source"])
        if known and known.find_passage(cited.rpartition(".")[0]):
            yield NEARLY_ONE, f"write [@{known.id} {cited}]", match[0]


def is_prose(place: str | None) -> bool:
    """Return whether *place*, of words in brackets, cannot be that of a citation."""
    return " " in (place or "").split(",")[0].strip()


def _meant(word: str, place: str, ids: Ids) -> str:
    """Return the source called *word*, or the one that is spelt much like it and has that *place*."""
    if ids.plan.find_source(word.lower()):
        return word.lower()
    first = place.strip(" ,").partition(",")[0].partition(".")[0]
    near = ids.nearest(word, Source) if first else ""
    source = ids.plan.find_source(near)
    return near if source and source.find_passage(first) else ""


def _check_stated(statement: Statement, at: Origin, key: Key, primary: str) -> Iterator[Problem]:
    own = [citation for citation in statement.cites if citation.source == primary]
    if own and own[0].passage and len(own) == len(statement.cites):
        return
    if not statement.cites:
        hint = f"add a citation, such as [@{primary} …]"
        yield at.problem("uncited", "this statement has no citation", key, hint)
    elif not own:
        message = f"a stated statement has to cite '{primary}'"
        yield at.problem("not-stated", message, key, FOLLOWS)
    elif len(own) < len(statement.cites):
        message = f"this cites more than '{primary}', so it is at most a reading"
        hint = "write 'status: inferred' with a reason, or two statements"
        yield at.problem("not-stated", message, key, hint)
    elif not any(citation.passage for citation in own):
        hint = f"add the place: [@{primary} PASSAGE.SENTENCE]"
        yield at.problem("no-locator", f"this cites '{primary}' without a place", key, hint)


def _check_background(statement: Statement, at: Origin, key: Key, primary: str) -> Iterator[Problem]:
    if not statement.cites:
        yield at.problem("uncited", "this statement has no citation", key, "add [@source]")
    elif all(citation.source == primary for citation in statement.cites):
        message = f"this cites only '{primary}', so it is not background"
        yield at.problem("not-stated", message, key, FOLLOWS)


def _check_inferred(statement: Statement, at: Origin, key: Key, _: str) -> Iterator[Problem]:
    if not statement.reason:
        hint = "add 'reason:' with the reason for this reading"
        yield at.problem("no-reason", "this reading has no reason", key, hint)
    if not statement.cites:
        hint = "cite the place it is based on"
        yield at.problem("uncited", "this reading has no citation", key, hint)


def _check_disputed(statement: Statement, at: Origin, key: Key, _: str) -> Iterator[Problem]:
    if len([side for side in statement.sides if side.cites]) < 2 or not all(
        side.cites for side in statement.sides
    ):
        hint = "list what each side says under 'sides', each with a citation"
        yield at.problem("no-sides", "a dispute needs at least two sides, each with a citation", key, hint)


def _check_sourceless(statement: Statement, at: Origin, key: Key, _: str) -> Iterator[Problem]:
    if statement.cites:
        yield at.problem("not-stated", SOURCELESS[statement.status], key, FOLLOWS)


def _check_wording(statement: Statement, at: Origin, key: Key, _: str) -> Iterator[Problem]:
    if not statement.cites:
        hint = "cite the place whose wording it is about"
        yield at.problem("uncited", "this note has no citation", key, hint)


RULES: Mapping[str, Callable[[Statement, Origin, Key, str], Iterator[Problem]]] = {
    "stated": _check_stated,
    "background": _check_background,
    "inferred": _check_inferred,
    "disputed": _check_disputed,
    "known": _check_sourceless,
    "silence": _check_stated,
    "wording": _check_wording,
    "editorial": _check_sourceless,
}
"""A check for each status; the last argument is the primary source's id."""


def check_seen(entity: Entity, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the problems of the places where names were seen."""
    for field in ("name", "short"):
        for tag, name in getattr(entity, field).items():
            yield from check_citations(name.seen, at, (field, tag, "seen"), ids)


def check_dates(entity: Entity, at: Origin, ids: Ids) -> Iterator[Problem]:
    """Yield the evidence problems of dates, including those of relations."""
    yield from _check_date(entity.date, at, ("date",), ids)
    known = entity.date and entity.date.status == "known"
    if entity.date and not entity.date_cites and not known and not isinstance(entity, Source):
        hint = "add 'cites:' to the date, or a 'summary' that cites its source"
        yield at.problem("uncited", "this date has no citation", ("date",), hint)
    for index, relation in enumerate(entity.relations):
        yield from _check_date(relation.date, at, ("relations", index, "date"), ids)


def _check_date(date: Date | None, at: Origin, key: Key, ids: Ids) -> Iterator[Problem]:
    if date:
        yield from check_citations(date.cites, at, (*key, "cites"), ids)
        for index, alternative in enumerate(date.alternatives):
            place = (*key, "alternatives", index)
            yield from check_citations(alternative.cites, at, place, ids)
            if not alternative.cites:
                message = "an alternative date needs the source that gives it"
                yield at.problem("uncited", message, place, "add 'cites: [source]'")
        for index, earlier in enumerate(date.earlier):
            yield from check_citations(earlier.cites, at, (*key, "earlier", index), ids)
            yield from check_past(earlier.until, at, (*key, "earlier", index, "until"), ids.plan.settings)


def check_past(when: Period | None, at: Origin, key: Key, settings: Settings) -> Iterator[Problem]:
    """Yield a problem if what has happened is dated after the plan."""
    if when and (when.first or day.min) > (settings.as_of.last or day.max):
        message = f"{when} is after the date of the plan, {settings.as_of}"
        hint = "correct it, or 'as_of' in plan.yaml; what is still to come is a milestone or a target"
        yield at.problem("future-value", message, key, hint)
