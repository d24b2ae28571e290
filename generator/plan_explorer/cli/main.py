"""Define the command group."""

import click

from plan_explorer.cli.check import check
from plan_explorer.cli.diff import diff
from plan_explorer.cli.edit import edit
from plan_explorer.cli.explain import explain
from plan_explorer.cli.export import export
from plan_explorer.cli.find import find
from plan_explorer.cli.fmt import fmt
from plan_explorer.cli.import_ import import_
from plan_explorer.cli.init import init
from plan_explorer.cli.move import move
from plan_explorer.cli.new import new
from plan_explorer.cli.outline import outline
from plan_explorer.cli.pdf import pdf
from plan_explorer.cli.publish import publish
from plan_explorer.cli.remove import remove
from plan_explorer.cli.rename import rename
from plan_explorer.cli.render import render
from plan_explorer.cli.report import report
from plan_explorer.cli.review import review
from plan_explorer.cli.schema import schema
from plan_explorer.cli.show import show
from plan_explorer.cli.verify import verify
from plan_explorer.model.folders import end_in_order

COMMANDS = [
    *(init, check, explain, render, export, pdf, import_, diff, schema),
    *(edit, new, rename, move, remove, fmt, outline, publish),
    *(find, show, report, review, verify),
]


@click.group(commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plan-explorer")
def cli() -> None:
    """Turn a structured plan in YAML into a cross-linked static site."""
    end_in_order()
