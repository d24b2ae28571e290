"""Provide the command ``check``."""

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from plan_explorer.cli.common import count, format_option, plan_argument, print_problems
from plan_explorer.diagnostics.formats import FORMATS
from plan_explorer.diagnostics.problems import PlanError, Problem, count_warnings
from plan_explorer.evidence.stamps import bind
from plan_explorer.evidence.verification import held_statements
from plan_explorer.loading.checked_plan import CheckedPlan, load_plan


@click.command()
@plan_argument
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@format_option(["text", *FORMATS])
@click.option("--all", "everything", is_flag=True, help="Print every problem, even if many are alike.")
def check(plan: Path, strict: bool, form: str, everything: bool) -> None:
    """Check the plan in the folder PLAN and print its problems."""
    checked, problems = _check(plan)
    if form != "text":
        if text := FORMATS[form](problems, version("plan-explorer")):
            click.echo(text)
    else:
        print_problems(problems, everything=everything)
        if checked is None:
            click.echo(f"{count(len(problems), 'problem')}; 'plan-explorer explain CODE' says more", err=True)
        else:
            click.echo(f"sound: {len(checked.plan.entries)} entries, {count(len(problems), 'warning')}")
            if len({problem.code for problem in problems}) > 1:
                click.echo(count_warnings(problems))
            for line in _verified(checked):
                click.echo(line)
    if checked is None or (strict and problems):
        raise SystemExit(1)


def _check(plan: Path) -> tuple[CheckedPlan | None, list[Problem]]:
    """Return the plan, if it is sound, and its problems."""
    try:
        checked = load_plan(plan)
    except PlanError as error:
        return None, error.problems
    return checked, [*checked.warnings, *checked.unverified]


def _verified(checked: CheckedPlan) -> Iterator[str]:
    """Yield for each source with which text, and when, the statements that cite it were compared."""
    for id, date in sorted(checked.stamps.dates.items()):
        refs = list(held_statements(checked.plan, {id}))
        said = Counter(checked.stamps.verdicts.get(bind(checked.plan, ref), "") for ref in refs)
        sound = said.total() - said[""] - said["unknown"]
        also = f"; {said['unknown']} cannot be: the text is in another language" if said["unknown"] else ""
        yield f"{id}: {sound} of {count(len(refs), 'statement')} verified against the text of {date}{also}"
