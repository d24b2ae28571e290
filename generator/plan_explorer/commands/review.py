"""The verb ``review``: read what is said beside what it rests on, and accept it."""

from pathlib import Path

import click

from plan_explorer.commands.common import carry_out, count, dry_run_option, plan_option, problems_ended
from plan_explorer.edits.draft import Draft, drafted
from plan_explorer.ledger import REVIEWS
from plan_explorer.worklist.reviews import Review, accepted, read, standing, written

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

    Prints the statements of the entries ID and how they stand with their reviews; without an ID, those of all
    entries that have changed, or whose source has, since they were reviewed. With --accept and no ID, all
    statements of the plan are accepted.
    """
    with problems_ended():
        draft = drafted(plan)
        known = read(draft.text(REVIEWS), f"{draft.shown}/{REVIEWS}")
        chosen = [draft.entry(id).entity.id for id in ids] or list(draft.plan.entries)
        if accept:
            carry_out(
                draft, draft.put(REVIEWS, written(accepted(draft.plan, known, chosen))), dry_run=dry_run
            )
        else:
            _show(draft, known, chosen, every=bool(ids))


def _show(draft: Draft, known: list[Review], ids: list[str], *, every: bool) -> None:
    """Print the statements of *ids* that want a review, or *every* one of them."""
    waiting = 0
    for said, state in standing(draft.plan, known):
        if said.holder.id in ids and (every or state in ("source-changed", "text-changed")):
            entry = draft.plan.entries[said.holder.id]
            place = entry.document.locate((*entry.key, *said.key))
            cites = "; ".join(map(str, said.statement.all_cites))
            click.echo(f"{place}: {said.statement.words or said.key[0]} [{cites}] ({SAID[state]})")
        waiting += said.holder.id in ids and state != "reviewed"
    click.echo(f"{count(waiting, 'statement')} to review", err=True)
