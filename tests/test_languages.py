"""What a reader meets in a site in another language: nothing in English but what says so."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
import yaml
from conftest import PLANS, ROOT, plan_folder

from plan_explorer.translation import read_catalogue, read_file

CATALOGUES = sorted((ROOT / "templates" / "words").glob("*.po"))
IN_OTHER_LANGUAGES = [
    name
    for name in PLANS
    if next(iter(yaml.safe_load((plan_folder(name) / "plan.yaml").read_text("utf-8"))["languages"])) != "en"
]
"""The plans at hand that are not written in English."""

READ = (
    "aria-label",
    "title",
    "alt",
    "placeholder",
    "label",
    "content",
    "data-px-none",
    "data-px-count",
    "data-none",
)
"""The attributes that readers meet."""
NO_WORDS = {"csv", "data", "excel", "html", "json", "markdown", "package", "part", "stratml", "svg"}
"""Names of formats, or parts of them."""


class Reader(HTMLParser):
    """Collects the words of a page that are not marked as English."""

    VOID = {"meta", "link", "br", "img", "input", "hr", "path", "rect", "circle", "use", "line", "polygon"}

    def __init__(self):
        super().__init__()
        self.tags: list[tuple[str, bool]] = []
        self.said: list[str] = []

    @property
    def silent(self):
        return any(quiet for _, quiet in self.tags)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or ""
        quiet = (
            tag in ("style", "script", "code", "pre")
            or language.startswith("en")
            or "px-orig" in (given.get("class") or "")
        )
        if not (self.silent or quiet) and tag != "link":
            self.said += [
                given[name]
                for name in READ
                if given.get(name) and (name != "content" or given.get("name") == "description")
            ]
        if tag not in self.VOID:
            self.tags.append((tag, quiet))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.tags.pop()

    def handle_endtag(self, tag):
        while self.tags and self.tags.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not self.silent:
            self.said.append(data)


def words(text):
    """Return the words of *text* in Latin letters, in lower case, but those of paths and file types."""
    text = re.sub(r"%\(\w+\)s|\{\w+\}|\S+\.[a-z]{2,5}\b\S*|\w+/[\w.+-]+", " ", text)
    return {word.lower() for word in re.findall(r"[A-Za-z][A-Za-z'’]{2,}", text)}


@cache
def english_words(language):
    """Return the words that messages have in English and in no message of *language*."""
    ids, said = set(), set()
    for message in read_file(next(path for path in CATALOGUES if path.stem == language)):
        ids |= words(" ".join(message.id) if isinstance(message.id, tuple) else message.id)
        said |= words(" ".join(message.string) if isinstance(message.string, tuple) else message.string or "")
    return ids - said - NO_WORDS


def own_words(folder):
    """Return the words of a plan."""
    return {
        word
        for path in folder.rglob("*.*")
        if path.suffix in (".yaml", ".csv", ".txt")
        for word in words(path.read_text("utf-8"))
    }


@pytest.mark.parametrize("name", IN_OTHER_LANGUAGES)
def test_no_page_says_anything_in_english_that_is_not_marked(name, sites):
    folder = plan_folder(name)
    language = next(iter(yaml.safe_load((folder / "plan.yaml").read_text("utf-8"))["languages"]))
    english = english_words(language) - own_words(folder)
    assert len(english) > 300
    found = {}
    for path in sorted(sites(name).rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text("utf-8"))
        if bad := {text.strip()[:80] for text in reader.said if words(text) & english}:
            found[path.relative_to(sites(name)).as_posix()] = sorted(bad)[:5]
    assert found == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_says_every_message_with_the_same_placeholders(path):
    catalog = read_file(path)
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.fuzzy, message.id
        assert all(strings), message.id
        wanted = set(re.findall(r"%\((\w+)\)s|\{(\w+)\}", ids[-1]))
        for string in strings:
            there = set(re.findall(r"%\((\w+)\)s|\{(\w+)\}", string))
            assert there <= wanted | {("n", "")}, message.id
            assert wanted - there <= {("n", ""), ("number", "")}, message.id
            assert not re.search(r"[\"<>]", string), "it stands in attributes"
            assert len(re.findall(r"%(?!\(\w+\)s|%)", string.replace("%%", ""))) == 0, message.id


def test_no_line_of_french_breaks_before_a_sign():
    catalog = read_file(next(path for path in CATALOGUES if path.stem == "fr"))
    said = [message.string for message in catalog if message.id]
    lines = [line for each in said for line in ([each] if isinstance(each, str) else each)]
    assert [line for line in lines if re.search(r"\S [;:!?»]|« ", line)] == []


def test_the_catalogues_hold_all_messages_of_the_code_and_no_others():
    assert [path.stem for path in CATALOGUES] == ["ar", "de", "es", "fr", "zh-Hans"]
    wanted = {(message.context, message.id) for message in messages()}
    for path in CATALOGUES:
        held = {(message.context, message.id) for message in read_file(path) if message.id}
        assert held - wanted == set(), path.stem
        assert wanted - held == set(), path.stem


def messages():
    """Return every message of the code, as `make words` finds them."""
    import tomllib

    from babel.messages.catalog import Catalog
    from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
    from babel.messages.frontend import parse_mapping_cfg  # noqa: F401 - says that Babel is whole

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    ways = []
    for each in settings:
        patterns = each["pattern"] if isinstance(each["pattern"], list) else [each["pattern"]]
        ways += [(pattern, each["method"]) for pattern in patterns]
    catalog = Catalog()
    for folder in ("generator", "templates"):
        keywords = {**DEFAULT_KEYWORDS, "N_": None}
        for _, _, message, _, context in extract_from_dir(ROOT / folder, ways, keywords=keywords):
            catalog.add(message, None, context=context)
    return [message for message in catalog if message.id]


def test_a_language_of_chinese_reads_its_catalogue():
    assert (
        read_catalogue("zh-CN").gettext("Glossary")
        == read_catalogue("zh-Hans").gettext("Glossary")
        != "Glossary"
    )


UNSET = {
    "rivage": r"\w[;:!?»](?=\s|$)|^[:;!?]\s|«[^\s]",
    "qinghe": r"[\u4e00-\u9fff）][:;,!?](?=\s|$)|^[:;,]\s|[。！？；]\s+(?=\w)|[\u4e00-\u9fff]\s?\(",
    "wahat": r"[,;?](?=\s|$)",
}
"""Signs that are not set as the language of a plan sets them."""


@pytest.mark.parametrize("name", UNSET)
def test_signs_are_set_as_the_language_sets_them(name, sites):
    found = {}
    for path in sorted(sites(name).rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text("utf-8"))
        if bad := {text.strip()[:80] for text in reader.said if re.search(UNSET[name], text)}:
            found[path.relative_to(sites(name)).as_posix()] = sorted(bad)[:5]
    assert found == {}
