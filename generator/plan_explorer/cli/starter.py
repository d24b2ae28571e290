"""Write the files with which a plan begins."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plan_explorer.cli.common import today
from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.editing.outline import write_outline
from plan_explorer.editing.text_edits import FileText
from plan_explorer.editing.workspace import SCHEMA, Workspace
from plan_explorer.editing.yaml_scalars import format_scalar
from plan_explorer.evidence.sentences import Paragraph, TextPassage, is_heading, join_lines, split_text
from plan_explorer.evidence.stamps import VERIFIED, Stamps, format_stamps, make_stamps
from plan_explorer.evidence.text_files import read_paragraphs
from plan_explorer.evidence.verification import verify_statements
from plan_explorer.evidence.words import FUNCTION_WORDS
from plan_explorer.importers.clean_text import plain_line, slug, title
from plan_explorer.importers.draft import Draft, DraftEntry
from plan_explorer.importers.ids import NOUNS, IdMaker
from plan_explorer.importers.levels import PlacedLevel, arrange_levels
from plan_explorer.model.json_schema import format_schemas
from plan_explorer.model.plan import Plan
from plan_explorer.model.statements import Statement
from plan_explorer.package_files import builtin_templates

PLAN = "content/plan"
"""The folder of the plan within a project."""

SAMPLE = builtin_templates() / "starter" / "plan" / "texts" / "pond.txt"
"""The text of a plan that begins as an example."""

SAMPLE_NAME = "Pond charter"
"""What the source with this text is called."""

EXAMPLES = ("example-actor", "example-event", "example")
"""The ids of the entries that stand for those that the text does not give."""

PROJECT = {
    "mkdocs.yml": "mkdocs.yml",
    "requirements.txt": "requirements.txt",
    "gitignore": ".gitignore",
    "github-pages.yml": ".github/workflows/site.yml",
    "gitlab-pages.yml": ".gitlab-ci.yml",
    **{name: name for name in ("hosting/nginx.conf", "hosting/Caddyfile", "hosting/_headers")},
}
"""The files around a plan: the name of each in the starter and in the project."""

HEADING_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)] +(?=\S)|(\d{1,2}(?:\.\d{1,2})+) +(?=\S)")
"""The number in front of a heading: ``2.``, ``2)``, ``2.1``; not that in ``2 years``."""

MAX_NAME = 50
"""The longest name of an entry that is named after its first words."""


@dataclass(frozen=True)
class Answers:
    """What a beginner says of the plan."""

    name: str
    languages: Mapping[str, str]
    """The languages by tag, each with its name; the first is that of the pages."""
    levels: Sequence[tuple[str, str]]
    """What the entries of each level are called, one and many, from the top down."""
    source: str
    """The name of the primary source."""
    as_of: str
    text: Path | None = None
    """The file with the text of the source, if it is at hand."""


def starter_files(answers: Answers) -> dict[str, bytes]:
    """Return the files of a small plan, by path within its folder.

    Raises:
        PlanError: ``unreadable-text``, if the text of the source cannot be read.
    """
    text = answers.text
    paragraphs = read_paragraphs(text) if text else []
    passages = split_text(paragraphs)
    if text and not passages:
        why = "there is no sentence in this file, only headings"
        raise PlanError([Problem("unreadable-text", why, Location(text.as_posix()))])
    id = _plan_id(answers)
    source = source_id(answers)
    file = f"texts/{slug(text.stem) or 'text'}{text.suffix.lower()}" if text else ""
    draft = _draft(answers, passages, _title(paragraphs))
    placed = arrange_levels(draft)
    context = {
        "id": id,
        "name": answers.name,
        "languages": answers.languages,
        "as_of": answers.as_of,
        "source": {"id": source, "name": answers.source, "file": file},
        "strand": _strand_id(placed),
        "levels": list(_levels(draft, placed, IdMaker(draft, id, source, *EXAMPLES), source)),
    }
    names = ("plan.yaml", "entries.yaml", "actors-events-terms.yaml", "sources.yaml")
    texts = {name: FileText(_render(f"plan/{name}", context)) for name in names}
    workspace = Workspace(Path(PLAN), PLAN, texts)
    extra: dict[str, bytes] = {}
    if text:
        workspace = write_outline(workspace, source, passages).workspace
        extra = {VERIFIED: _stamps(workspace.plan, source, passages), file: text.read_bytes()}
    files = {name: each.text.encode() for name, each in workspace.files.items()}
    return {**files, **extra, **schema_files(workspace)}


def source_id(answers: Answers) -> str:
    """Return the id of the primary source."""
    id = _short_slug(answers.source, 24) or "source"
    return "the-source" if id in (_plan_id(answers), *EXAMPLES) else id


def _short_slug(words: str, longest: int) -> str:
    """Return the first of *words* as an id that does not end with one that has no meaning of its own."""
    parts = slug(words, longest).split("-")
    while len(parts) > 1 and parts[-1] in FUNCTION_WORDS:
        parts.pop()
    return "-".join(parts)


def _plan_id(answers: Answers) -> str:
    id = slug(answers.name) or "plan"
    return "the-plan" if id in EXAMPLES else id


def _stamps(plan: Plan, source: str, passages: Sequence[TextPassage]) -> bytes:
    """Return the list of what is verified, as the text is at hand."""
    outlined = zip(plan.source(source).passages, passages, strict=True)
    texts = {source: {old.id: [each.text for each in new.sentences] for old, new in outlined}}
    made = make_stamps(plan, verify_statements(plan, texts), Stamps(), today(), {source})
    return format_stamps(made).encode()


def schema_files(workspace: Workspace) -> dict[str, bytes]:
    """Return what editor programs know of the plan in *workspace*, by path within its folder."""
    texts = format_schemas(workspace.plan)
    return {f"{SCHEMA}/{name}": text.encode() for name, text in texts.items()}


def project_files() -> dict[str, bytes]:
    """Return the files around a plan, by path within the project."""
    known = {"version": ".".join([*version("plan-explorer").split(".")[:2], "0"])}
    folder = builtin_templates() / "starter"
    rendered = {"requirements.txt": _render("requirements.txt", known).encode()}
    return {target: rendered.get(name) or (folder / name).read_bytes() for name, target in PROJECT.items()}


def refuse_existing(folder: Path) -> None:
    """Refuse to begin a plan in *folder* if something that belongs to one is there.

    Raises:
        PlanError: ``not-ours``.
    """
    paths = (PLAN, *PROJECT.values())
    taken = [path for path in paths if (folder / path).exists() or (folder / path).is_symlink()]
    if taken:
        hint = "choose an empty folder: 'plan-explorer init' changes no file that is there"
        message = f"there is already {', '.join(taken)}"
        raise PlanError([Problem("not-ours", message, Location(folder.as_posix()), hint)])


def _render(name: str, context: Mapping[str, Any]) -> str:
    env = Environment(
        loader=FileSystemLoader(builtin_templates() / "starter"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters |= {"yaml": _line, "flow": format_scalar}
    return env.get_template(name).render(context)


def _line(text: str) -> str:
    """Return *text* as the value of a key, in quotes only where it needs them."""
    try:
        plain = text.isprintable() and yaml.safe_load(f"key: {text}") == {"key": text}
    except yaml.YAMLError:
        plain = False
    return text if plain else format_scalar(text)


# --- entries


def text_title(text: Path) -> str:
    """Return the title that stands in the file *text*, or "".

    Raises:
        PlanError: ``unreadable-text``.
    """
    return _title(read_paragraphs(text))


def _title(paragraphs: Sequence[Paragraph]) -> str:
    """Return the title of a text, which stands above the heading of its first section."""
    headed = len(paragraphs) > 1 and all(map(is_heading, paragraphs[:2]))
    return join_lines(paragraphs[0].text) if headed else ""


def _draft(answers: Answers, passages: Sequence[TextPassage], above_all: str) -> Draft:
    """Return the entries that the text gives: sections at the top, and their passages below them.

    Levels for which it gives none get an example.
    """
    draft = Draft(id="", name=answers.name, noun="")
    kinds: list[str] = []
    for number, (one, many) in enumerate(answers.levels, 1):
        id = slug(one) or f"level-{number}"
        kinds.append(f"{id}-level" if id in (*NOUNS.values(), *NOUNS, "plan", *kinds) else id)
        draft.add_level(kinds[-1], (one, many), "")
    sections: dict[str, str] = {}
    for number, passage in enumerate(passages, 1):
        parents = []
        if len(kinds) > 1:
            name = title(passage.section.removeprefix(f"{above_all}: ")) or answers.source
            if name not in sections:
                sections[name] = f"s{len(sections) + 1}"
                code, heading = _numbered(name)
                entry = DraftEntry(sections[name], kinds[0], heading, code=code, slug=slug(heading))
                draft.entries.append(entry)
            parents = [sections[name]]
        words = [plain_line(each.text) for each in passage.sentences]
        says = [text if Statement(text=text).words else "…" for text in words]
        level = kinds[min(1, len(kinds) - 1)]
        name = _name(passage)
        entry = DraftEntry(f"p{number}", level, name, slug=_short_slug(name, 30), says=[*says], under=parents)
        draft.entries.append(entry)
    above = ["p1"] if passages else []
    for number, kind in list(enumerate(kinds, 1))[2 if passages else 0 :]:
        draft.entries.append(DraftEntry(f"x{number}", kind, f"Example {number}", under=above))
        above = [f"x{number}"]
    return draft


def _numbered(heading: str) -> tuple[str, str]:
    """Return the number of *heading* and the words behind it."""
    match = HEADING_NUMBER.match(heading)
    return (match[1] or match[2], heading[match.end() :]) if match else ("", heading)


def _name(passage: TextPassage) -> str:
    """Return the first words of *passage*."""
    words = title(passage.sentences[0].text)
    words = words[:1].upper() + words[1:]
    if len(words) <= MAX_NAME:
        return words.rstrip(".。:：") or "…"
    return words[:MAX_NAME].rsplit(" ", 1)[0].rstrip(",;:，；：、") + " …"


def _levels(
    draft: Draft, placed: Sequence[PlacedLevel], ids: IdMaker, source: str
) -> Iterator[dict[str, Any]]:
    """Yield what the templates need of each level and its entries."""
    first = draft.entries[0].key
    other = "".join(ids[entry.key] for entry in draft.entries if entry.key == "p2")
    for number, each in enumerate(placed, 1):
        yield {
            "id": each.level.id,
            "plural": each.plural,
            "one": each.level.one,
            "many": each.level.many,
            "above": "".join(each.under),
            "commitment": number == min(2, len(placed)),
            "entries": [
                {
                    "id": ids[entry.key],
                    "code": entry.code,
                    "name": entry.name,
                    "place": entry.key,
                    "parent": "".join(ids[key] for key in entry.under),
                    "says": [
                        f"{text} [@{source} {entry.key}.{number}]"
                        for number, text in enumerate(entry.says, 1)
                    ],
                    "is_first": entry.key == first,
                    "is_example": entry.key == "p1",
                    "is_filler": entry.key.startswith("x"),
                    "other": other,
                }
                for entry in draft.entries_of(each.level.id)
            ],
        }


def _strand_id(placed: Sequence[PlacedLevel]) -> str:
    """Return a name for the folder of the strand that no level has."""
    taken = {each.plural for each in placed}
    return next(id for id in ("contents", "all-contents", "plan-contents") if id not in taken)
