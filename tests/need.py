"""Tools that some tests need: without one they are skipped, loudly.

With ``PLAN_EXPLORER_TOOLS=required`` that is a failure.
"""

import os
from typing import NoReturn

import pytest

REQUIRED = os.environ.get("PLAN_EXPLORER_TOOLS") == "required"


def need(tool: str, remedy: str, path: str | None) -> str:
    """Return *path*, where *tool* is; without it end the test."""
    return path or missing(tool, remedy)


def missing(tool: str, remedy: str) -> NoReturn:
    """End the test that needs *tool*: skipped, or failed where tools are required."""
    end = pytest.fail if REQUIRED else pytest.skip
    end(f"{tool} is missing; {remedy}")
