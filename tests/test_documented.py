"""What can drift from what is written about it: commands, options, make's goals, templates."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import PLANS, ROOT, plan_folder
from crosswalks import with_crosswalk
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables
from kept import project

from plan_explorer.build import build
from plan_explorer.cli.main import cli
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.rendering.figures import Figures
from plan_explorer.rendering.html import HtmlWriter
from plan_explorer.rendering.renderer import COMPONENTS
from plan_explorer.rendering.templates import FOLDERS, builtin_templates, templates
from plan_explorer.site import addresses
from plan_explorer.site.counterparts import OtherPlan

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TEMPLATES = builtin_templates()


def options(verb: click.Command) -> list[str]:
    """Return the long options of *verb*, but for those that every verb has."""
    found = [
        opt for p in verb.params if isinstance(p, click.Option) for opt in p.opts if opt.startswith("--")
    ]
    return [option for option in found if option not in ("--help", "--plan")]


@pytest.mark.parametrize("name", cli.commands)
def test_every_command_and_option_is_described(name):
    verb = cli.commands[name]
    described = [line for line in COMMANDS.split("\n") if f"`plan-explorer {name}" in line]
    assert described, f"docs/commands.md does not name 'plan-explorer {name}'"
    row = next((line for line in described if line.startswith("|")), "")
    assert [option for option in options(verb) if f"{option}" not in row] == []
    assert verb.help
    assert [p.name for p in verb.params if isinstance(p, click.Option) and not p.help] == []


def test_every_command_is_listed_in_a_whole_sentence():
    listed = CliRunner().invoke(cli, ["--help"], terminal_width=80).output.split("Commands:")[1]
    assert [
        line for line in listed.strip().split("\n") if not line.endswith(".") or line.endswith("...")
    ] == []


def test_no_command_or_option_is_described_that_is_not_there():
    for row in re.findall(r"^\| `plan-explorer [a-z].*$", COMMANDS, re.MULTILINE):
        name = row.split()[2].strip("`")
        said = re.findall(r"--[a-z][a-z-]+", row)
        assert name in cli.commands
        assert set(said) <= set(options(cli.commands[name])), row


def test_every_goal_of_make_is_described_and_no_other():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    goals = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    said = set(re.findall(r"(?:^|`)make ([a-z]+)", README + COMMANDS + CONTRIBUTING, re.MULTILINE))
    assert said == goals - {"help"}


def test_every_module_has_its_place_in_the_table_of_layers():
    table = CONTRIBUTING.split("| layer |")[1].split("\n\n")[0]
    named = set(re.findall(r"`([a-z_]+)/?`", table))
    package = ROOT / "generator" / "plan_explorer"
    modules = {path.stem for path in package.glob("*.py") if not path.stem.startswith("__")}
    modules |= {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    assert modules - named == set()
    assert named - modules == set()


def test_every_template_compiles():
    found = templates()
    for env, folders in ((found.bodies, ["bodies"]), (found.html, ["layouts", "components"])):
        for folder in folders:
            names = sorted(path.name for path in (TEMPLATES / folder).iterdir())
            assert len(names) > 10
            for name in names:
                env.get_template(name)


def test_every_template_is_used(tmp_path, monkeypatch):
    """By a page of one of the plans, by another template, or as a component a page may call for."""
    found = templates()
    pages = [page.page for name in PLANS for page in build(plan_folder(name)).pages]
    # A plan with older versions, and a source in parts.
    monkeypatch.setattr(addresses, "MAX_SENTENCES_ON_PAGE", 1)
    monkeypatch.setattr(addresses, "SENTENCES_PER_PART", 1)
    pages += [page.page for page in build(project(tmp_path) / "plan").pages]
    # A plan that is compared with another of its site.
    other = load_plan(plan_folder("tiny")).plan
    compared = [OtherPlan(other, addresses.Addresses(other), "../tiny/", "by name", [])]
    pages += [page.page for page in build(plan_folder("river"), compared=compared).pages]
    pages += [page.page for page in build(with_crosswalk(tmp_path / "crosswalk")).pages]
    used = {f"{page.template}.md" for page in pages} | {
        f"{page.layout or page.template}.html" for page in pages
    }
    used |= {f"{name}.html" for name in COMPONENTS}
    for name in ("article.py", "renderer.py"):
        code = (ROOT / "generator" / "plan_explorer" / "rendering" / name).read_text(encoding="utf-8")
        used |= set(re.findall(r'"([\w/-]+\.(?:md|html))"', code))
    files = [path for folder in FOLDERS for path in (TEMPLATES / folder).iterdir()]
    for path in files:
        env = found.bodies if path.suffix == ".md" else found.html
        parsed = env.parse(path.read_text(encoding="utf-8"))
        for node in parsed.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
            used.add(node.template.value)
    assert {path.name for path in files} - used == set()


def test_the_names_and_filters_of_every_component_are_in_the_table():
    table = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8").split("| component |")[1]
    rows = [row.strip("| ").split(" | ") for row in table.split("\n\n")[0].split("\n")[2:]]
    said = {name.strip("`"): (names, filters) for name, names, filters in rows}
    assert said == {path.stem: used_by(path) for path in sorted((TEMPLATES / "components").iterdir())}


def used_by(path: Path) -> tuple[str, str]:
    """Return the names that the component at *path* is given, and our filters and functions in it."""
    env = templates().html
    tree = env.parse(path.read_text(encoding="utf-8"))
    called = {node.name for node in tree.find_all(nodes.Filter)}
    called |= {call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
    by_use = {
        use: {n.name for n in tree.find_all(nodes.Name) if n.ctx == use} for use in ("load", "store", "param")
    }
    # Jinja does not count a name that is given if a function has it, too.
    shadowed = (by_use["load"] & env.globals.keys()) - by_use["param"]
    names = (find_undeclared_variables(tree) | shadowed) - by_use["store"] - called
    ours = {name for writer in (HtmlWriter, Figures) for name in dir(writer)}
    return tuple(", ".join(f"`{each}`" for each in sorted(found)) for found in (names, called & ours))


def test_every_problem_code_is_used():
    sources = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "generator").rglob("*.py") if p.stem != "codes"
    )
    from plan_explorer.diagnostics.codes import CODES

    assert [code for code in CODES if f'"{code}"' not in sources] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_the_documents_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_promise_is_held_by_a_test():
    text = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "Held by" not in line]
    assert len(rows) > 40
    for row in rows:
        promise, tests = row.strip("| ").split(" | ")
        assert promise.endswith("."), row
        held = re.findall(r"`([\w/]+\.py)::(test_\w+)`", tests)
        assert held, row
        for path, name in held:
            code = (ROOT / "tests" / path).read_text(encoding="utf-8")
            assert re.search(rf"^def {name}\(", code, re.MULTILINE), f"{path}::{name}"


def test_every_document_is_linked_from_another():
    linked = {
        (path.parent / target).resolve()
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    }
    assert [path for path in DOCUMENTS if path not in linked and path.name != "README.md"] == []
