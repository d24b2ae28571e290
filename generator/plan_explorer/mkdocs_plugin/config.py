"""Define the options of the plugin in mkdocs.yml."""

import re

from mkdocs.config import base
from mkdocs.config import config_options as options

from plan_explorer.exporters import registry

PREFIX = r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*"
"""What a prefix looks like, without the slash at its end."""


class Prefix(options.Type[str]):
    """A folder of the site, such as ``plan`` or ``plans/water``."""

    def __init__(self) -> None:
        super().__init__(str, default="")

    def run_validation(self, value: object) -> str:
        """Return the folder without slashes at its ends."""
        prefix = super().run_validation(value).strip("/")
        if prefix and not re.fullmatch(PREFIX, prefix):
            raise base.ValidationError(
                f"{value!r} is no folder of a site; use small letters, digits and hyphens, "
                "such as 'plan' or 'plans/water'"
            )
        return prefix


class Compared(base.Config):
    """Another plan of the site to compare with."""

    to = options.Type(str)
    """The prefix of the other plan."""
    by = options.Type(str)
    """``code``, ``name``, or a file, as seen from mkdocs.yml, with an id of the other plan for each id."""


class PlanExplorerConfig(base.Config):
    """The options of the plugin in mkdocs.yml."""

    plan = options.Type(str, default="")
    """The folder of the plan, as seen from mkdocs.yml; ``plan`` in the docs_dir unless given."""
    prefix = Prefix()
    """The folder of the site below which the pages of the plan stand; at its top unless given."""
    templates = options.Optional(options.Dir(exists=True))
    """A folder of templates that win over the built-in ones of the same name."""
    exports = options.Optional(options.ListOfItems(options.Choice(registry.NAMES)))
    """The formats in which the plan can be taken away, by their ids, or ``[]`` for none; all unless given,
    but for those whose library is not installed."""
    compare = options.ListOfItems(options.SubConfig(Compared), default=[])
    """The plans of the site that this one is compared with, on a page of each."""
