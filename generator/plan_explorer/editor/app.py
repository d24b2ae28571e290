"""Answer a browser on this machine: a list of entries, a form for each, and nothing to anybody else."""

import secrets
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.documents.document import Key
from plan_explorer.editing.new import NAMED, add_entry
from plan_explorer.editing.set_entry import flat
from plan_explorer.editing.workspace import Workspace
from plan_explorer.editor import form
from plan_explorer.editor.saving import (
    Draft,
    LastPlan,
    advice,
    count_unverified,
    fingerprint,
    key_at,
    own_data,
)
from plan_explorer.evidence.quoting import quote_place
from plan_explorer.evidence.texts import read_texts
from plan_explorer.model.entities import View
from plan_explorer.model.json_schema import build_schemas
from plan_explorer.model.plan import Entry, Plan
from plan_explorer.model.settings import Subject
from plan_explorer.model.statements import MARK, Citation, citations
from plan_explorer.package_files import builtin_templates

MAX_BODY = 4_000_000
"""The most bytes of a form; the longest entry of a plan has a hundredth of that."""

MAX_WORDS = 160
"""The most characters of a sentence that stand behind a place in a list to choose from."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Environ = Mapping[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]


@dataclass(frozen=True)
class Answer:
    """What a browser gets."""

    body: str = ""
    status: HTTPStatus = HTTPStatus.OK
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """A form as it is shown: its values, what is wrong with them, and what the file has instead."""

    values: Any
    problems: Mapping[Key, list[Problem]] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    """What the file has now, by the key that differs."""
    current: str = ""
    """The entry as it is in the file now."""
    saved: bool = False
    checked: bool = False
    unverified: int = 0
    """How many of its statements are not verified now."""


class EditorApp:
    """A WSGI application that edits the plan in a folder, for requests to *hosts* only."""

    def __init__(self, folder: Path, hosts: Iterable[str]) -> None:
        self.hosts = frozenset(hosts)
        self.token = secrets.token_urlsafe(32)
        self._plan = LastPlan(folder)
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start: Start) -> list[bytes]:
        answer = self._refusal(environ)
        if answer is None:
            with self._lock:
                answer = self._answer(environ)
        body = answer.body.encode()
        headers = {**HEADERS, "Content-Type": answer.kind, "Content-Length": str(len(body)), **answer.headers}
        start(f"{answer.status.value} {answer.status.phrase}", list(headers.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    # --- who may ask

    def _refusal(self, environ: Environ) -> Answer | None:
        """Return the answer to a request that this is not for, if it is one."""
        host, method = str(environ.get("HTTP_HOST", "")), environ["REQUEST_METHOD"]
        if host not in self.hosts:
            return _refused(HTTPStatus.FORBIDDEN, "This server answers only to this machine.")
        if method in ("GET", "HEAD"):
            return None
        if method != "POST":
            return _refused(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and POST are understood.")
        origin = environ.get("HTTP_ORIGIN", f"http://{host}")
        if origin != f"http://{host}" or environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            return _refused(HTTPStatus.FORBIDDEN, "A form of another site cannot be sent here.")
        if not str(environ.get("CONTENT_TYPE", "")).startswith("application/x-www-form-urlencoded"):
            return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Only a form can be sent here.")
        length = str(environ.get("CONTENT_LENGTH") or "")
        if not length.isascii() or not length.isdigit():
            return _refused(HTTPStatus.LENGTH_REQUIRED, "The length of the form is missing.")
        if int(length) > MAX_BODY:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This form is too long.")
        return None

    # --- what it answers

    def _answer(self, environ: Environ) -> Answer:
        path = str(environ.get("PATH_INFO", "/"))
        post = environ["REQUEST_METHOD"] == "POST"
        if path == "/edit.css":
            return Answer(_style(), kind="text/css; charset=utf-8")
        if path not in ("/", "/new") and not path.startswith("/edit/"):
            return _refused(HTTPStatus.NOT_FOUND, "There is no such page.")
        posted = _posted(environ) if post else {}
        if post and not secrets.compare_digest(posted.get("token", "").encode(), self.token.encode()):
            why = "This form is of another run. Load the page again. This is what you filled in:"
            return _refused(HTTPStatus.FORBIDDEN, f"{why}\n\n{_yaml(_values_of(posted))}")
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
        try:
            workspace = self._plan.open()
        except PlanError as error:
            text = _yaml(_values_of(posted)) if post else ""
            return Answer(_page("unsound", problems=error.problems, text=text), HTTPStatus.CONFLICT)
        if path == "/":
            return Answer(self._list(workspace, query.get("q", "")))
        if path == "/new":
            return self._new(workspace, posted) if post else _see_other("/")
        id = path.removeprefix("/edit/")
        entry = workspace.plan.entries.get(id)
        if entry is None or not _editable(entry):
            text = _yaml(_values_of(posted)) if post else ""
            status = HTTPStatus.CONFLICT if post else HTTPStatus.NOT_FOUND
            return Answer(_page("gone", id=id, text=text), status)
        shape = form.entry_shape(build_schemas(workspace.plan)["content.json"], str(entry.key[0]))
        if not post:
            values = form.unfold(shape, own_data(entry))
            found = _by_field(shape, entry, advice(workspace, entry))
            saved = "saved" in query
            unverified = count_unverified(workspace, entry) if saved else 0
            filled = Filled(_numbered(shape, values), found, saved=saved, unverified=unverified)
            return Answer(self._form(workspace, entry, shape, filled))
        return self._save(workspace, entry, shape, posted)

    def _list(self, workspace: Workspace, words: str, problems: Iterable[Problem] = (), **new: str) -> str:
        plan = workspace.plan
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in plan.entries.values():
            names = " ".join([entry.entity.id, *(name.text for name in entry.entity.name.values())])
            if _editable(entry) and words.casefold() in names.casefold():
                found[str(entry.key[0])].append(entry)
        kinds = [*plan.settings.levels, *(model.kind_name for model in NAMED.values())]
        return _page(
            "list",
            plan=plan,
            found=found,
            words=words,
            kinds=kinds,
            new=new,
            problems=list(problems),
            token=self.token,
        )

    def _new(self, workspace: Workspace, posted: Mapping[str, str]) -> Answer:
        asked = {name: posted.get(name, "").strip() for name in ("kind", "id", "under", "name")}
        try:
            added = add_entry(workspace, **asked)
            added.workspace.with_schema().write(workspace)
        except PlanError as error:
            page = self._list(workspace, "", error.problems, **asked)
            return Answer(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _see_other(f"/edit/{quote(asked['id'])}")

    def _save(
        self, workspace: Workspace, entry: Entry, shape: form.Shape, posted: Mapping[str, str]
    ) -> Answer:
        """Check what was filled in, and write it if that is asked for and nothing is wrong."""
        values = form.read(shape, posted)
        asked = posted.get("do", "save")
        if asked.startswith(("add ", "drop ")):
            word, _, name = asked.partition(" ")
            change = _add_row if word == "add" else _drop_row
            filled = Filled(change(shape, values, name.split("/")[1:] or [""]))
            version = posted.get("version", "")
            return Answer(self._form(workspace, entry, shape, filled, version))
        data = form.fold(shape, values, own_data(entry))
        if posted.get("version") != fingerprint(entry):
            theirs = dict(_differences(own_data(entry), data))
            filled = Filled(values, theirs=theirs, current=entry.document.excerpt(entry.key))
            return Answer(self._form(workspace, entry, shape, filled), HTTPStatus.CONFLICT)
        edited = workspace
        try:
            edited = Draft(workspace, entry, data).apply()
            after = edited.with_schema()
            if asked != "check":
                after.write(workspace)
                return _see_other(f"/edit/{quote(entry.entity.id)}?saved")
        except PlanError as error:
            document = edited.documents.get(workspace.name_of(entry.document), entry.document)
            found = _by_field(shape, Entry(entry.entity, document, entry.key), error.problems)
            filled = Filled(values, found, checked=True)
            return Answer(self._form(workspace, entry, shape, filled), HTTPStatus.UNPROCESSABLE_ENTITY)
        now = after.plan.entries[entry.entity.id]
        found = _by_field(shape, now, advice(after, now))
        filled = Filled(values, found, checked=True, unverified=count_unverified(after, now))
        return Answer(self._form(workspace, entry, shape, filled))

    def _form(
        self, workspace: Workspace, entry: Entry, shape: form.Shape, filled: Filled, seen: str = ""
    ) -> str:
        plan = workspace.plan
        places = _places(workspace)
        return _page(
            "form",
            plan=plan,
            entry=entry,
            where=entry.document.locate((*entry.key, "id")),
            shape=shape,
            filled=replace(filled, values=_full(filled.values)),
            version=seen or fingerprint(entry),
            token=self.token,
            places=places,
            ids=[each for each in plan if each.id != plan.settings.id],
            rests_on=lambda text, cites=(): list(_rests_on(places, text, cites)),
        )


def _editable(entry: Entry) -> bool:
    """Return whether *entry* stands in a file of entries."""
    return not isinstance(entry.entity, Subject | View)


def _posted(environ: Environ) -> dict[str, str]:
    raw = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    text = raw.decode("utf-8", "replace")
    return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100_000))


# --- rows


def _numbered(shape: form.Shape, values: Any) -> Any:
    """Return *values* with the rows of every list by their numbers, as a form has them."""
    if shape.kind == "list":
        assert shape.item
        return {at: _numbered(shape.item, each) for at, each in enumerate(values)}
    if isinstance(values, dict):
        parts = {key: shape.item or shape.parts.get(key) for key in values}
        return {key: _numbered(part, values[key]) if part else values[key] for key, part in parts.items()}
    return values


def _full(values: Any) -> Any:
    """Return *values* without what is empty, but with every row."""
    if not isinstance(values, dict):
        return values
    parts = {key: _full(each) for key, each in values.items()}
    return {key: each for key, each in parts.items() if isinstance(key, int) or each}


def _at(shape: form.Shape, values: Any, steps: list[str]) -> tuple[form.Shape, Any, Any]:
    """Return the list at *steps*: its shape, its rows, and the number of a new one."""
    for step in steps:
        key: Any = int(step) if shape.kind == "list" and form.is_number(step) else step
        part = shape.item or shape.parts.get(str(step))
        if part is None or not isinstance(values, dict):
            return shape, {}, 0
        empty: Any = {} if part.kind not in ("line", "prose", "choice") else ""
        shape, values = part, values.setdefault(key, empty)
    return shape, values, max(values, default=-1) + 1 if shape.kind == "list" else 0


def _add_row(shape: form.Shape, values: Any, steps: list[str]) -> Any:
    """Return *values* with another row in the list at *steps*."""
    there, rows, number = _at(shape, values, steps)
    if there.kind == "list":
        assert there.item
        rows[number] = "" if there.item.kind in ("line", "prose", "choice") else {}
    return values


def _drop_row(shape: form.Shape, values: Any, steps: list[str]) -> Any:
    """Return *values* without the row at *steps*."""
    there, rows, _ = _at(shape, values, steps[:-1])
    if there.kind == "list" and form.is_number(steps[-1]):
        rows.pop(int(steps[-1]), None)
    return values


# --- problems and differences


def _by_field(shape: form.Shape, entry: Entry, problems: Iterable[Problem]) -> dict[Key, list[Problem]]:
    """Return *problems* by the field that each is about; those about no field by ()."""
    found: dict[Key, list[Problem]] = defaultdict(list)
    for problem in problems:
        key = key_at(entry.document, entry.key, problem)
        found[form.field_at(shape, key) if key else ()].append(problem)
    return found


def _differences(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys that differ, and what the file has there now."""
    for key in dict.fromkeys([*now, *wanted]):
        if flat(now.get(key)) != flat(wanted.get(key)):
            yield key, _yaml({key: now[key]}) if key in now else ""


def _values_of(posted: Mapping[str, str]) -> dict[str, str]:
    return {name[2:]: value for name, value in posted.items() if name.startswith("f/") and value}


def _yaml(data: Any) -> str:
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=80)
    return text


# --- what is offered


@lru_cache(maxsize=1)
def _places(workspace: Workspace) -> dict[str, str]:
    """Return every place that can be cited, with its words as far as they are at hand."""
    plan = workspace.plan
    texts = read_texts(plan, workspace.folder)
    return dict(_known_places(plan, texts))


def _known_places(plan: Plan, texts: Any) -> Iterator[tuple[str, str]]:
    for source in plan.sources:
        yield source.id, plan.title(source)
        for passage in source.passages:
            summary = passage.summary.words if passage.summary else ""
            yield f"{source.id} {passage.id}", passage.title or summary
            for number, sentence in enumerate(passage.sentences, 1):
                place = f"{passage.id}.{number}"
                known = source.id in texts or sentence.opening
                words = quote_place(plan, texts, source.id, place).partition(": ")[2] if known else ""
                yield f"{source.id} {place}", words


def _rests_on(places: Mapping[str, str], text: str, cites: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the places that a statement cites, each with its words."""
    for said in [*MARK.findall(text), *cites]:
        try:
            found = citations(said)
        except ValueError:  # told when it is checked
            continue
        for citation in found:
            for place in _single(citation):
                if words := places.get(place):
                    yield place, words


def _single(citation: Citation) -> list[str]:
    numbers = list(citation.sentences)
    if not numbers:
        return [str(citation)]
    return [f"{citation.source} {citation.passage}.{number}" for number in numbers[:20]]


# --- pages


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(builtin_templates() / "editor"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _page(name: str, **context: Any) -> str:
    names = {"name_of": form.name_of, "CITE": form.CITE, "KIND": form.KIND, "TARGET": form.TARGET}
    return _environment().get_template(f"{name}.html").render(**names, max_words=MAX_WORDS, **context)


def _style() -> str:
    top = builtin_templates()
    parts = (top / "assets" / "px" / "theme" / "variables.css", top / "editor" / "edit.css")
    return "\n".join(path.read_text(encoding="utf-8") for path in parts)


def _refused(status: HTTPStatus, why: str) -> Answer:
    return Answer(f"{why}\n", status, "text/plain; charset=utf-8")


def _see_other(where: str) -> Answer:
    return Answer(status=HTTPStatus.SEE_OTHER, headers={"Location": where})
