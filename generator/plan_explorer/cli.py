"""The command line: which verbs there are."""

import click

from plan_explorer.commands.bring import bring
from plan_explorer.commands.check import check
from plan_explorer.commands.diff import diff
from plan_explorer.commands.explain import explain
from plan_explorer.commands.export import export
from plan_explorer.commands.find import find
from plan_explorer.commands.fmt import fmt
from plan_explorer.commands.move import move
from plan_explorer.commands.new import new
from plan_explorer.commands.publish import publish
from plan_explorer.commands.remove import remove
from plan_explorer.commands.rename import rename
from plan_explorer.commands.render import render
from plan_explorer.commands.report import report
from plan_explorer.commands.review import review
from plan_explorer.commands.schema import schema
from plan_explorer.commands.show import show


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plan-explorer")
def cli() -> None:
    """Turn a structured plan, kept as YAML, into a cross-linked static site."""


VERBS = (
    check,
    explain,
    render,
    export,
    bring,
    diff,
    schema,
    new,
    rename,
    move,
    remove,
    fmt,
    publish,
    find,
    show,
    report,
    review,
)

for verb in VERBS:
    cli.add_command(verb)
