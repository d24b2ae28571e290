"""Define the options of the plugin in mkdocs.yml."""

from mkdocs.config import base
from mkdocs.config import config_options as options

from plan_explorer.exporters import registry


class PlanExplorerConfig(base.Config):
    """The options of the plugin in mkdocs.yml."""

    plan = options.Type(str, default="")
    """The folder of the plan, as seen from mkdocs.yml; ``plan`` in the docs_dir unless given."""
    templates = options.Optional(options.Dir(exists=True))
    """A folder of templates that win over the built-in ones of the same name."""
    exports = options.Optional(options.ListOfItems(options.Choice(registry.NAMES)))
    """The formats in which the plan can be taken away, by their ids, or ``[]`` for none; all unless given,
    but for those whose library is not installed."""
