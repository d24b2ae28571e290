"""Pages in another language have the looks that they have in English."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po
from conftest import plan_folder

from plan_explorer import build
from plan_explorer.package_files import builtin_templates
from plan_explorer.rendering import markdown

PLACEHOLDER = re.compile(r"(%\(\w+\)s|%%|\{\w+\})")
OTHER = str.maketrans({**dict(zip("aeiou", "àéîöü", strict=True)), ":": "\u00a0:"})


def otherwise(message):
    """Return *message* in a language made up: with accents, and a blank in front of colons."""
    pieces = PLACEHOLDER.split(message)
    return "".join(each if PLACEHOLDER.fullmatch(each) else each.translate(OTHER) for each in pieces)


@pytest.fixture(scope="module")
def other_words(tmp_path_factory):
    """A folder of templates with a catalogue that says everything otherwise."""
    folder = tmp_path_factory.mktemp("templates")
    catalog = Catalog(locale="en")
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    package = Path(markdown.__file__).parents[1]
    for top, method in ((package, ("**.py", "python")), (builtin_templates(), ("bodies/**.md", "jinja2"))):
        for _, _, message, _, context in extract_from_dir(str(top), [method], keywords=keywords):
            several = isinstance(message, tuple)
            said = tuple(map(otherwise, message)) if several else otherwise(message)
            catalog.add(message, said, context=context)
    (folder / "words").mkdir()
    with (folder / "words" / "en.po").open("wb") as file:
        write_po(file, catalog)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["river", "wendmere"])
def test_looks_do_not_depend_on_the_language(other_words, plan):
    def looks(overrides):
        site = build(plan_folder(plan), overrides=overrides, formats=())
        for rendered in site.pages:
            html = rendered.article().html
            yield rendered.page.path, Counter(re.findall(r'class="([^"]+)"', html)), rendered.body
            rendered.forget()

    changed = 0
    for (path, english, words), (_, other, otherwise_said) in zip(
        looks(None), looks(other_words), strict=True
    ):
        assert other == english, path
        changed += words != otherwise_said
    assert changed > 20
