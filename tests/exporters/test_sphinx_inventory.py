"""The inventory is read by sphobjinv, and Sphinx finds terms and items by it."""

import zlib

import pytest
from exporters.conftest import BASE, TINY
from sphinx.util.inventory import InventoryFile
from sphobjinv import Inventory
from sphobjinv.error import SphobjinvError


@pytest.fixture
def content(exported):
    return exported("inventory").files["objects.inv"]


def test_it_holds_every_entry_and_every_term(content, plan):
    found = Inventory(zlib=content)
    assert (found.project, found.version) == (plan.settings.id, plan.settings.as_of.edtf)
    labels = {each.name for each in found.objects if each.role == "label"}
    assert labels == {entity.id for entity in plan}
    terms = {each.name for each in found.objects if each.role == "term"}
    assert {term.casefold() for term in terms} == {plan.title(term).casefold() for term in plan.terms}


def test_sphinx_resolves_names_to_addresses(content, plan, source):
    found = InventoryFile.loads(content, uri=BASE)
    for term in plan.terms:
        item = found.data["std:term"].get(plan.title(term))
        assert item is None or item.uri.startswith(BASE)
    for entity in plan:
        item = found.data["std:label"][entity.id]
        assert item.uri == BASE + (source.url(source.addresses.of(entity)) or "index.html")
        assert item.display_name.endswith(" ".join(plan.title(entity).split()))


@TINY
@pytest.mark.parametrize("fault", ["cut", "head", "line"])
def test_a_fault_is_caught(content, fault):
    head, body = content[: content.index(b"zlib.\n") + 6], content[content.index(b"zlib.\n") + 6 :]
    broken = {
        "cut": content[:-10],
        "head": content.replace(b"version 2", b"version 9"),
        "line": head + zlib.compress(zlib.decompress(body).replace(b" -1 ", b" ")),
    }[fault]
    with pytest.raises((SphobjinvError, zlib.error, ValueError, TypeError, AssertionError)):
        assert Inventory(zlib=broken).count == Inventory(zlib=content).count
