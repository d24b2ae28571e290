"""Provide the command ``outline``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, count, dry_run_option, exit_on_problems, plan_argument
from plan_explorer.editing.outline import NO_SECTION, name_text, path_within, source_entry, write_outline
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.evidence.outline import Change, Pair, find_changes
from plan_explorer.evidence.sentences import Paragraph, TextPassage, is_heading, join_lines, split_text
from plan_explorer.evidence.text_files import read_paragraphs
from plan_explorer.model.entities import Source

MAX_HEADINGS = 3
"""The most headings that are named."""

MAX_CHANGES = 40
"""The most changes that are listed."""


@click.command()
@click.argument("text", type=click.Path(path_type=Path, dir_okay=False))
@plan_argument
@click.option("--source", required=True, metavar="ID", help="The source whose text it is.")
@click.option("--start-at", default="", metavar="WORDS", help="Leave out what comes before these words.")
@click.option("--check", is_flag=True, help="Only say what would change, and fail if anything would.")
@dry_run_option
def outline(text: Path, plan: Path, source: str, start_at: str, check: bool, dry_run: bool) -> None:
    """Write the outline of a source from the file TEXT.

    Splits the text into passages and sentences, and keeps of each sentence its length, its first and last
    words and a fingerprint. If the source has an outline, its ids, titles, summaries and notes stay, and
    what changed is listed. A TEXT within the folder of the plan is named under 'text: file:'.
    """
    with exit_on_problems():
        before = open_workspace(plan)
        start = start_at or _first_words(source_entry(before, source)[1])
        paragraphs = read_paragraphs(text)
        passages = split_text(paragraphs, start) or ([] if start_at else split_text(paragraphs))
        if not passages:
            hint = f"'{start}' is not in {text}" if start else f"{text} has only headings"
            raise click.UsageError(f"there is no sentence: {hint}")
        if start and (left_out := _left_out(split_text(paragraphs), passages)):
            click.echo(f"left out in front of '{start}': {left_out}", err=True)
        outlined = write_outline(name_text(before, source, text), source, passages)
        after = outlined.workspace
        changes = list(find_changes(outlined.pairs))
        first = not any(pair.old for pair in outlined.pairs)
        for line in _overview(outlined.pairs) if first else _listed(changes):
            click.echo(line, err=dry_run)
        if line := _lost_headings(source_entry(before, source)[1], paragraphs):
            click.echo(line, err=True)
        assert after.plan
        if check:
            changed = bool(after.changed_files(before))
            click.echo("the outline differs" if changed else "the outline matches the text", err=True)
            raise SystemExit(1 if changed else 0)
        carry_out(before, after, dry_run=dry_run)
        if line := _other_text(after, source, text):
            click.echo(line, err=True)
    total = sum(len(pair.new.sentences) for pair in outlined.pairs if pair.new)
    number = sum(pair.new is not None for pair in outlined.pairs)
    click.echo(f"{count(number, 'passage')}, {count(total, 'sentence')}", err=True)


def _lost_headings(source: Source, paragraphs: Sequence[Paragraph]) -> str:
    """Return which headings of the outline the text does not have: people may have written them."""
    text = ": ".join(join_lines(each.text) for each in paragraphs if is_heading(each))
    headings = (each.section for each in source.outline if each.section != NO_SECTION)
    lost = [f"'{heading}'" for heading in headings if heading not in text]
    named = ", ".join([*lost[:MAX_HEADINGS], *(["…"] if len(lost) > MAX_HEADINGS else [])])
    return f"headings that the outline keeps, and the text does not have: {named}" if lost else ""


def _other_text(workspace: Workspace, id: str, text: Path) -> str:
    """Return what to do about a text that the plan cannot name, as it lies elsewhere."""
    if path_within(workspace, text):
        return ""
    _, source = source_entry(workspace, id)
    folder = f"{workspace.shown}/texts/"
    if source.text.file and not (workspace.folder / source.text.file).is_file():
        return f"save {text} as {workspace.shown}/{source.text.file}, where '{id}' has its text"
    named = (
        f"'{id}' still names {source.text.file} as its text" if source.text.file else f"'{id}' names no text"
    )
    return f"{named}: to have it name this one, save it in {folder} and run this command with it again"


def _first_words(source: Source) -> str:
    """Return the words with which the outline begins."""
    if not source.passages or not source.passages[0].sentences:
        return ""
    return source.passages[0].sentences[0].opening


def _left_out(whole: Sequence[TextPassage], begun: Sequence[TextPassage]) -> str:
    """Return what stands in front of the text that is outlined."""
    front = whole[: max(0, len(whole) - len(begun))]
    words = ", ".join(f"“{passage.sentences[0].opening} …”" for passage in front[:3])
    return f"{count(len(front), 'passage')}, {words}{', …' if len(front) > 3 else ''}" if front else ""


def _overview(pairs: Sequence[Pair]) -> Iterator[str]:
    section = ""
    for pair in pairs:
        if pair.new:
            if pair.new.section != section:
                section = pair.new.section
                yield section
            words = sum(sentence.words for sentence in pair.new.sentences)
            size = f"{count(len(pair.new.sentences), 'sentence')}, {count(words, 'word')}"
            yield f"  {pair.id}: {size}: {pair.new.sentences[0].opening} …"


def _listed(changes: Sequence[Change]) -> Iterator[str]:
    for each in changes[:MAX_CHANGES]:
        now = f" is now {each.now}" if each.now else ""
        words = f": {each.opening} …" if each.opening else ""
        yield f"{each.what} {each.place}{now}{words}"
    if len(changes) > MAX_CHANGES:
        yield f"and {len(changes) - MAX_CHANGES} more"
    if any(each.what in ("moved", "went") for each in changes):
        yield "move citations, 'frame' and 'joined' along; 'plan-explorer verify' finds what no longer fits"
