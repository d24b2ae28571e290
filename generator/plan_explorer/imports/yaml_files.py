"""Write data as YAML that people go on editing: one writer for every import."""

import re
from typing import Any

import yaml

from plan_explorer.values import CONTROL

_Safe: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

WIDTH = 110
HEADER = "# yaml-language-server: $schema=schema/content.json\n\n"
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufeff]*")


class _Dumper(_Safe):  # type: ignore[misc]
    """Writes dates as they are and long text in folded lines."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Row(list[Any]):
    """A list that is written in one line."""


def _row(dumper: Any, row: Row) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)


def _text(dumper: Any, words: str) -> Any:
    """Fold long text, so that a change of one sentence is a change of few lines."""
    words = CONTROL.sub("�", words)  # as for half a character, below
    if not words.isascii():  # half a character, as JSON may hold it, cannot stand in a file
        words = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    long = len(words) > WIDTH - 20 and _PLAIN.fullmatch(words) and words == " ".join(words.split())
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=">" if long else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Row, _row)


def written(data: Any, *, header: str = "") -> bytes:
    """Return *data*, made of mappings, lists, text and None, as YAML; the same bytes for the same data."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return (header + _spaced(text)).encode()


def _spaced(text: str) -> str:
    """Return *text* with an empty line before every entry of a collection but the first."""
    spaced = re.sub(r"\n- (?=id: )", "\n\n- ", text)
    return re.sub(r":\n\n- id: ", ":\n- id: ", spaced)
