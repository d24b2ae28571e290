"""The shelf gives back what was laid aside, whether it fits in memory or not."""

import gc
import weakref

import pytest

from plan_explorer.shelf import Shelf


@pytest.mark.parametrize("few", [10**6, 5])
def test_everything_comes_back_in_any_order(few):
    shelf = Shelf(few)
    laid = [(content, shelf.put(content)) for content in (b"one", b"", b"three" * 9, b"\x00\xff")]
    for content, get in [*reversed(laid), *laid]:
        assert get() == content
    assert shelf.put(b"later")() == b"later"
    assert laid[0][1]() == b"one"


def test_what_is_laid_aside_outlives_the_name_of_the_shelf_and_no_more():
    get = Shelf(few=2).put(b"alone")
    gc.collect()
    assert get() == b"alone"
    shelf = weakref.ref(get.func.__self__)
    file = shelf()._file
    del get
    gc.collect()
    assert shelf() is None
    assert file.closed
