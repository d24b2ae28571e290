"""Write YAML that people can go on editing."""

import re
from typing import Any

import yaml

from plan_explorer.documents.values import CONTROL, NUMBER

_Safe: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

WIDTH = 110
HEADER = "# yaml-language-server: $schema=schema/content.json\n\n"
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufeff]*")


class _Dumper(_Safe):  # type: ignore[misc]
    """A dumper that keeps dates and folds long lines."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def descend_resolver(self, *_: object) -> None:
        """Do nothing: no type depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """Do nothing, as on the way down."""


class FlowList(list[Any]):
    """A list to write on one line."""


class FlowDict(dict[str, Any]):
    """A mapping to write on one line, if it fits."""


def _represent_flow_dict(dumper: Any, row: FlowDict) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", row, flow_style=True)


def _represent_flow_list(dumper: Any, row: FlowList) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)


def _represent_text(dumper: Any, words: str) -> Any:
    """Fold long text, so that small edits change few lines; a number needs no quotes."""
    if NUMBER.fullmatch(words):
        return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in words else 'int'}", words)
    if not words.isprintable():  # JSON may contain half a character, which cannot be written to a file
        words = CONTROL.sub("�", words).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    long = len(words) > WIDTH - 20 and _PLAIN.fullmatch(words) and words == " ".join(words.split())
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=">" if long else None)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(FlowList, _represent_flow_list)
_Dumper.add_representer(FlowDict, _represent_flow_dict)


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Return *data* without empty values."""
    return {key: value for key, value in data.items() if value not in ("", [], {}, (), None)}


def format_yaml(data: Any, *, header: str = "") -> bytes:
    """Return *data* as reproducible YAML."""
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return (header + _separate_entries(text)).encode()


def _separate_entries(text: str) -> str:
    """Put an empty line between the entries of a collection."""
    spaced = re.sub(r"\n- (?=id: )", "\n\n- ", text)
    return re.sub(r":\n\n- id: ", ":\n- id: ", spaced)
