"""Provide the command ``review``."""

from collections.abc import Iterator
from pathlib import Path

import click

from plan_explorer.cli.common import carry_out, count, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.publish import accept_translations
from plan_explorer.editing.read_again import READ_AGAIN
from plan_explorer.editing.reviews import (
    REVIEWS,
    Review,
    State,
    accept_statements,
    format_reviews,
    parse_reviews,
    review_states,
)
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.evidence.quoting import quote_cited
from plan_explorer.evidence.texts import read_texts
from plan_explorer.model.plan import StatementRef

STATES = {
    "reviewed": "reviewed",
    "source-changed": "its source has changed since the review",
    "text-changed": "reworded since the review",
    "never": "not reviewed",
}


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--accept", is_flag=True, help="Record that the statements are correct.")
@plan_option
@dry_run_option
def review(ids: tuple[str, ...], accept: bool, plan: Path, dry_run: bool) -> None:
    """Show which statements to compare with their sources.

    Prints the statements of the given entries with the state of their reviews, each with the sentences it
    cites; by default, those that have changed since their review or whose sources have. With --accept, they
    are recorded as reviewed instead, and their translations as translating them.
    """
    with exit_on_problems():
        workspace = open_workspace(plan)
        known = parse_reviews(workspace.text(REVIEWS), f"{workspace.shown}/{REVIEWS}")
        chosen = list(_chosen(workspace, known, [workspace.entry(id).entity.id for id in ids]))
        if accept:
            reviews = accept_statements(workspace.plan, known, [ref for ref, _ in chosen])
            edited = workspace.put(REVIEWS, format_reviews(reviews))
            for id in ids:
                edited = edited.without_lines(READ_AGAIN, id)
            edited = accept_translations(edited, ids)
            carry_out(workspace, edited, dry_run=dry_run)
            return
        texts = read_texts(workspace.plan, plan)
    for ref, state in chosen:
        document, key = workspace.plan.written(ref)
        place = document.locate(key)
        click.echo(f"{place}: {ref.statement.words or ref.key[0]} ({STATES[state]})")
        for line in quote_cited(workspace.plan, texts, ref):
            click.echo(f"    {line}")
    waiting = sum(state != "reviewed" for _, state in chosen)
    click.echo(f"{count(waiting, 'statement')} to review", err=True)


def _chosen(
    workspace: Workspace, known: list[Review], ids: list[str]
) -> Iterator[tuple[StatementRef, State]]:
    """Yield the statements of *ids*, or all changed ones."""
    for ref, state in review_states(workspace.plan, known):
        if ref.holder.id in ids or (not ids and state in ("source-changed", "text-changed")):
            yield ref, state
