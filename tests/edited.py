"""What the tests of edits share: a copy of a plan, and its pages as they would be rendered."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner, Result
from conftest import plan_folder

from plan_explorer.checking import published_ids
from plan_explorer.cli.main import cli
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.rendering.renderer import Renderer
from plan_explorer.rendering.templates import templates
from plan_explorer.site import redirects
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.planner import SitePlanner, hue_numbers


def copied(name: str, target: Path) -> Path:
    """Return the folder of a copy of the plan called *name*."""
    return Path(shutil.copytree(plan_folder(name), target / "plan"))


def workspace_of(name: str) -> Workspace:
    """Return the plan called *name*, ready to be edited, without its list of what was published."""
    return open_workspace(plan_folder(name), "plan").put(published_ids.PUBLISHED_IDS, None)


def pages(workspace: Workspace) -> dict[str, str]:
    """Return every page of the plan by its path, but for those that show its files as they are written."""
    addresses = Addresses(workspace.plan)
    planner = SitePlanner(workspace.plan, addresses, hue_numbers(workspace.plan))
    published, _ = published_ids.parse_published_ids(workspace.text(published_ids.PUBLISHED_IDS), "")
    moves = redirects.moves(workspace.plan, addresses, published)
    renderer = Renderer(planner, templates(), moves=moves)
    made = map(renderer.page, planner.pages())
    return {r.page.path: _bare_id(r.markdown_file) for r in made if not r.page.path.startswith("guide/")}


def _bare_id(source: str) -> str:
    """Return *source* with an id that YAML puts in quotation marks without them."""
    return re.sub(r"^id: '(.+)'$", r"id: \1", source, count=1, flags=re.MULTILINE)


def comments(workspace: Workspace) -> list[str]:
    """Return every line that is nothing but a comment, in no order."""
    lines = [line.strip() for name in workspace.documents for line in workspace.text(name).split("\n")]
    return sorted(line for line in lines if line.startswith("#"))


def entries(workspace: Workspace) -> dict[str, object]:
    """Return what every entry says, by its id, without where it stands."""
    return {id: entry.entity.model_dump(mode="python") for id, entry in workspace.plan.entries.items()}


def called(text: str, new: str, old: str) -> str:
    """Return *text* with the id *new*, found nowhere else, called *old* again, and without former ids."""
    bare = re.sub(rf'<a id="{re.escape(old)}(-s[0-9a-f-]+)?"></a>', "", text.replace(new, old))
    return re.sub(r"\n *formerly: \[.*\]$", "", bare, flags=re.MULTILINE)


def run(*words: object) -> Result:
    """Return what the command line answers to *words*."""
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
