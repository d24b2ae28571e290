"""Provide the command ``explain``."""

import click

from plan_explorer.cli.common import paint
from plan_explorer.diagnostics.codes import CODES
from plan_explorer.diagnostics.suggestions import did_you_mean


@click.command()
@click.argument("code", metavar="[CODE]", required=False)
def explain(code: str | None) -> None:
    """Explain a problem code, or list all codes."""
    if code is None:
        widest = max(map(len, CODES))
        for name, known in CODES.items():
            click.echo(f"{paint('error', name)}{' ' * (widest - len(name))}  {known.title}")
        return
    name = code.strip("[]")
    if name not in CODES:
        hint = did_you_mean(name, CODES, "'plan-explorer explain' lists the codes")
        click.echo(f"unknown code '{name}'; {hint}", err=True)
        raise SystemExit(2)
    known = CODES[name]
    click.echo(f"{paint('place', known.title)} {paint('error', f'[{name}]')}\n")
    click.echo(f"{known.text}\n")
    click.echo(f"{paint('hint', 'Before:')}\n\n{_indented(known.before)}\n")
    click.echo(f"{paint('hint', 'After:')}\n\n{_indented(known.after)}")


def _indented(example: str) -> str:
    return "\n".join(f"    {line}" for line in example.split("\n"))
