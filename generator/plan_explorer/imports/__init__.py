"""Plans that others keep in formats of their own, as YAML: one module a format."""

from importlib.util import find_spec

from plan_explorer.imports import plan_json
from plan_explorer.imports.given import Format, Given, Imported

FORMATS = (Format("json", "plan.json, as this program exports it", plan_json.read),)
"""Every format, as the command lists them."""

__all__ = ["FORMATS", "Format", "Given", "Imported", "missing"]


def missing(format: Format) -> bool:
    """Return whether the library that *format* needs is not installed."""
    return bool(format.library) and find_spec(format.library) is None
