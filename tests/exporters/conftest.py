"""What the tests of exports share: every plan at hand, with and without the address of a site."""

from functools import cache

import pytest
from conftest import PLANS, plan_folder

from plan_explorer.build import exportable
from plan_explorer.exporters.registry import FORMATS, Export, ExportSource

BASE = "https://example.org/plan/"


TINY = pytest.mark.parametrize(("name", "base"), [("tiny", BASE)], indirect=True)
"""For tests that need one plan only."""


@cache
def _source(name: str, base: str) -> ExportSource:
    return exportable(plan_folder(name), base)


@cache
def _exported(id: str, name: str, base: str) -> Export:
    return next(format for format in FORMATS if format.id == id).export(_source(name, base))


@pytest.fixture(params=list(PLANS))
def name(request) -> str:
    """Return the name of a plan, one after the other."""
    return request.param


@pytest.fixture(params=["", BASE], ids=["nowhere", "somewhere"])
def base(request) -> str:
    """Return the address of the site, or nothing."""
    return request.param


@pytest.fixture
def source(name, base) -> ExportSource:
    return _source(name, base)


@pytest.fixture
def plan(source):
    return source.plan


@pytest.fixture
def exported(name, base):
    """Return a function that exports the plan by the id of a format."""
    return lambda id: _exported(id, name, base)
