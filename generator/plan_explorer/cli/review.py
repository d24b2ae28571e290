"""The verb ``review``: read what is said beside what it rests on, and accept it."""

from collections.abc import Iterator
from pathlib import Path

import click

from plan_explorer.checking.published_ids import REVIEWS
from plan_explorer.cli.common import carry_out, count, dry_run_option, exit_on_problems, plan_option
from plan_explorer.editing.reviews import (
    Review,
    State,
    accept_statements,
    format_reviews,
    parse_reviews,
    review_states,
)
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.model.plan import StatementRef

SAID = {
    "reviewed": "reviewed",
    "source-changed": "its source has changed since the review",
    "text-changed": "reworded since the review",
    "never": "not reviewed",
}


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--accept", is_flag=True, help="Note that the statements are right as they stand.")
@plan_option
@dry_run_option
def review(ids: tuple[str, ...], accept: bool, plan: Path, dry_run: bool) -> None:
    """Show what to compare with its source.

    Prints the statements of the entries ID and how they stand with their reviews; without an ID, those that
    have changed, or whose source has, since they were reviewed. With --accept, what would be printed is
    reviewed.
    """
    with exit_on_problems():
        workspace = open_workspace(plan)
        known = parse_reviews(workspace.text(REVIEWS), f"{workspace.shown}/{REVIEWS}")
        chosen = list(_chosen(workspace, known, [workspace.entry(id).entity.id for id in ids]))
        if accept:
            reviews = accept_statements(workspace.plan, known, [said for said, _ in chosen])
            carry_out(workspace, workspace.put(REVIEWS, format_reviews(reviews)), dry_run=dry_run)
            return
    for said, state in chosen:
        entry = workspace.plan.entries[said.holder.id]
        place = entry.document.locate((*entry.key, *said.key))
        cites = "; ".join(map(str, said.statement.all_cites))
        click.echo(f"{place}: {said.statement.words or said.key[0]} [{cites}] ({SAID[state]})")
    waiting = sum(state != "reviewed" for _, state in chosen)
    click.echo(f"{count(waiting, 'statement')} to review", err=True)


def _chosen(
    workspace: Workspace, known: list[Review], ids: list[str]
) -> Iterator[tuple[StatementRef, State]]:
    """Yield every statement of the entries *ids*, or of all those that have changed, and how it stands."""
    for said, state in review_states(workspace.plan, known):
        if said.holder.id in ids or (not ids and state in ("source-changed", "text-changed")):
            yield said, state
