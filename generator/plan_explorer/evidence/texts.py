"""Find the sentences of a plan's sources in their texts."""

from collections.abc import Sequence
from pathlib import Path

from plan_explorer.checking.citations import bad_text_path
from plan_explorer.diagnostics.problems import Location, PlanError, Problem
from plan_explorer.evidence.sentences import TextPassage, TextSentence, sentences_of, split_text
from plan_explorer.evidence.text_files import read_paragraphs
from plan_explorer.model.entities import Source
from plan_explorer.model.paths import within
from plan_explorer.model.plan import Plan

Texts = dict[str, dict[str, list[str]]]
"""The sentences of sources: by the id of the source, then by that of the passage."""


def read_texts(plan: Plan, folder: Path) -> Texts:
    """Return the sentences of every source whose text is at hand and fits its outline."""
    return load_texts(plan, folder)[0]


def load_texts(plan: Plan, folder: Path) -> tuple[Texts, list[Problem]]:
    """Return the sentences of *plan*'s sources, and what is wrong with their texts.

    Raises:
        PlanError: ``bad-text-path``, if a text is not within *folder*.
    """
    texts: Texts = {}
    problems: list[Problem] = []
    for source in plan.sources:
        if not source.text.file:
            continue
        path = _path(plan, source, folder)
        if not path.is_file():
            continue
        try:
            texts[source.id] = fit_text(source, path)
        except PlanError as error:
            problems += [_at(plan, source, each) for each in error.problems]
    return texts, problems


def _path(plan: Plan, source: Source, folder: Path) -> Path:
    """Return where the text of *source* lies, which no link may lead out of *folder*."""
    path = within(folder, source.text.file)
    if not path.resolve().is_relative_to(folder.resolve()):
        entry = plan.entries[source.id]
        raise PlanError([bad_text_path(source, entry.document, entry.key)])
    return path


def _at(plan: Plan, source: Source, problem: Problem) -> Problem:
    """Return *problem* as a warning at the place that names the text."""
    entry = plan.entries[source.id]
    key = (*entry.key, "text", "file")
    return entry.document.problem(problem.code, problem.message, key, problem.hint, warning=True)


def fit_text(source: Source, path: Path) -> dict[str, list[str]]:
    """Return the sentences of *source* by passage, out of the text at *path*.

    Raises:
        PlanError: ``unreadable-text`` or ``other-text``, if it is not the text of the outline.
    """
    if not source.outline:
        raise _misfit(path, f"'{source.id}' has no outline for its text", _update(source, path))
    first = source.passages[0].sentences[:1]
    paragraphs = read_paragraphs(path)
    passages = split_text(paragraphs, first[0].opening if first else "") or split_text(paragraphs)
    if source.has_fingerprints:
        return _fit(source, sentences_of(passages), path)
    return _fit_by_number(source, passages, path)


def _fit(source: Source, given: Sequence[TextSentence], path: Path) -> dict[str, list[str]]:
    """Return *given* sentences by the passages of the outline; what lies between them is left out."""
    fitted: dict[str, list[str]] = {passage.id: [] for passage in source.passages}
    prints = [sentence.fingerprint for sentence in given]
    missing: list[str] = []
    at = 0
    for passage in source.passages:
        for number, sentence in enumerate(passage.sentences, 1):
            if sentence.fingerprint in prints[at:]:
                at = prints.index(sentence.fingerprint, at) + 1
                fitted[passage.id].append(given[at - 1].text)
            else:
                missing.append(f"{passage.id}.{number}")
    if missing:
        total = sum(len(passage.sentences) for passage in source.passages)
        shown = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
        why = f"{len(missing)} of {total} sentences of '{source.id}' are not in '{path.name}': {shown}"
        raise _misfit(path, why, _update(source, path))
    return fitted


def _fit_by_number(source: Source, given: Sequence[TextPassage], path: Path) -> dict[str, list[str]]:
    """Return *given* sentences by passage, for an outline that knows only how many there are."""
    outlined = [len(passage.sentences) for passage in source.passages]
    counted = [len(passage.sentences) for passage in given]
    if outlined != counted:
        have, want = _shape(counted), _shape(outlined)
        raise _misfit(path, f"'{path.name}' has {have}, and the outline has {want}", _update(source, path))
    return {
        passage.id: [sentence.text for sentence in found.sentences]
        for passage, found in zip(source.passages, given, strict=True)
    }


def _shape(numbers: Sequence[int]) -> str:
    return f"passages of {', '.join(map(str, numbers[:20]))}{', …' if len(numbers) > 20 else ''} sentences"


def _update(source: Source, path: Path) -> str:
    command = f"plan-explorer outline {path.as_posix()} --source {source.id}"
    return f"if this is the text meant, run '{command}'; else name the file that the outline was made from"


def _misfit(path: Path, why: str, hint: str = "") -> PlanError:
    return PlanError([Problem("other-text", why, Location(path.as_posix()), hint)])
