"""Check the catalogues of a site's own: values and plural forms of messages, and whether there are such."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from plan_explorer.diagnostics.problems import Location, Problem
from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.package_files import builtin_templates
from plan_explorer.translation import WORDS, read_file

_NAMED = re.compile(r"%\((\w+)\)s|(?<!\{)\{(\w+)\}(?!\})")
"""What a value stands in for: ``%(date)s``, or ``{first}`` in what a plan may say, too."""
_SIGN = re.compile(r"%(?P<well>%|\(\w+\)s)?")
_COUNTED = {"n", "number"}
"""What a plural form may leave out: one term."""


def check_catalogues(overrides: Path) -> Iterator[Problem]:
    """Yield what is wrong with the catalogues among the templates in *overrides*.

    They are in the right format. A message that neither the program nor a template there has is a warning.
    """
    known = [_ids(each) for path in (builtin_templates() / WORDS).glob("*.po") for each in read_file(path)]
    messages = {id for ids in known for id in ids}
    own = "".join(
        path.read_text("utf-8", "replace") for path in overrides.rglob("*") if path.suffix in (".html", ".md")
    )
    for path in sorted((overrides / WORDS).glob("*.po")):
        catalog = read_file(path)
        for message in (each for each in catalog if each.id and not each.fuzzy):
            where = Location(f"{WORDS}/{path.name}", message.lineno or 1)
            id = _ids(message)[0]
            for told, hint in _faults(message, catalog):
                yield Problem("bad-message", told, where, hint)
            if id not in messages and id not in own:
                told = f"there is no message “{id}”"
                yield Problem("unknown-message", told, where, did_you_mean(id, messages), warning=True)


def _ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def _faults(message: Message, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with *message*, and a hint for each."""
    ids = _ids(message)
    forms = message.string if isinstance(message.string, tuple) else (str(message.string or ""),)
    if not any(forms):
        return
    wanted = {name for id in ids for name in _names(id)}
    for number, form in enumerate(forms):
        if not form:
            told = f"“{ids[0]}” has no form for msgstr[{number}]"
            yield told, f"give all {catalog.num_plurals} plural forms: {catalog.plural_expr}"
            continue
        names = _names(form)
        for name in sorted(names - wanted):
            yield f"“{ids[0]}” has no value '{name}'", did_you_mean(name, wanted, "leave it out")
        left_out = wanted - names - (_COUNTED if len(ids) > 1 else set())
        for name in sorted(left_out) if names <= wanted else ():  # else it is the one that is misspelt
            yield f"“{form}” leaves out '{name}'", f"write '%({name})s' where its value is to stand"
        if any(not match["well"] for match in _SIGN.finditer(form)):
            yield f"“{form}” has a % that no value follows", "write %% for a percent sign"


def _names(text: str) -> set[str]:
    return {one or other for one, other in _NAMED.findall(text)}
