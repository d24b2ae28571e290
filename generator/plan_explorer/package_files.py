"""Find the files that come with the package."""

from pathlib import Path


def builtin_templates() -> Path:
    """Return the templates that come with the package.

    A wheel holds them in the package; a checkout, at its top level.
    """
    package = Path(__file__).resolve().parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parents[1] / "templates"
