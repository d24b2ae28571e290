"""The command line: which verbs there are."""

import click

from plan_explorer.commands.bring import bring
from plan_explorer.commands.check import check
from plan_explorer.commands.diff import diff
from plan_explorer.commands.export import export
from plan_explorer.commands.render import render
from plan_explorer.commands.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plan-explorer")
def cli() -> None:
    """Turn a structured plan, kept as YAML, into a cross-linked static site."""


for command in (check, render, export, bring, diff, schema):
    cli.add_command(command)
