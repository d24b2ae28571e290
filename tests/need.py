"""Tools that some tests need: without one they are skipped, loudly, or fail where it is required."""

import os

import pytest

REQUIRED = os.environ.get("PLAN_EXPLORER_BROWSER") == "required"


def need(tool: str, remedy: str, path: str | None) -> str:
    """Return *path*, where *tool* is; without it skip the test, or fail where tools are required."""
    if path:
        return path
    message = f"{tool} is missing; {remedy}"
    if REQUIRED:
        pytest.fail(message)
    pytest.skip(message)
