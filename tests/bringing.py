"""Import files as a person does."""

from click.testing import CliRunner

from plan_explorer.cli.main import cli


def bring(*arguments: object, code: int = 0) -> str:
    """Run the verb ``import`` and return what it prints."""
    result = CliRunner().invoke(cli, ["import", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def tree(plan) -> list[str]:
    """Return every item with its code, indented below its parent."""
    return [
        "  " * len(plan.ancestors(item)) + f"{item.code} {plan.title(item)}".strip() for item in plan.items
    ]
