"""Bundle and minify the style sheets and scripts that a site publishes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

_IMPORT = re.compile(r'@import url\("([^"]+)"\);')


def read_assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path within *folder* and the content of each published file.

    A style sheet stands in place of the ``@import`` that names it, and is not published by itself.
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    sheets = {path: path.read_text(encoding="utf-8") for path in paths if path.suffix == ".css"}
    parts = {path.parent / name for path, text in sheets.items() for name in _IMPORT.findall(text)}
    for path in (path for path in paths if path not in parts):
        content = path.read_bytes()
        if path in sheets:
            content = cssmin(_bundle(path, sheets)).encode()
        elif path.suffix == ".js":
            content = jsmin(content.decode()).encode()
        yield path.relative_to(folder).as_posix(), content


def _bundle(path: Path, sheets: Mapping[Path, str]) -> str:
    return _IMPORT.sub(lambda part: sheets[path.parent / part[1]], sheets[path])
