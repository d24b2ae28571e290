"""Tell how deep rows stand by the style of their numbers: *1* and *2* below *一*, *（一）* or *A*."""

import re
from collections.abc import Sequence
from itertools import pairwise

_DIGITS = "[〇零一二三四五六七八九十百]+"
_STYLES = (
    rf"第(?:{_DIGITS}|\d+)[编篇部]分?",
    rf"第(?:{_DIGITS}|\d+)章",
    rf"第(?:{_DIGITS}|\d+)节",
    rf"第(?:{_DIGITS}|\d+)条",
    _DIGITS,
    rf"[（(]{_DIGITS}[)）]",
    r"[A-Z]|[IVXL]+",
    r"[a-z]|[ivxl]+",
    r"\d{1,3}",
    r"[（(]\d{1,3}[)）]",
)
IDEOGRAPHIC = re.compile(
    rf"({'|'.join(_STYLES[:6])}|\d{{1,3}}(?=[、.．](?!\d))|[（(]\d{{1,3}}[)）])[、.．]?\s*(\S.*)"
)
"""A name with an ideographic number in front, or one that an ideographic sign follows: 一、治水."""


def number_depths(codes: Sequence[str]) -> list[int]:
    """Return the depth of each row, from 0 at the top, or nothing if the styles of their numbers do not tell.

    They tell if each row has one, and after the lower ones a higher one comes again.
    """
    styles = [_style(code) for code in codes]
    order = list(dict.fromkeys(styles))
    depths = [order.index(style) for style in styles]
    back = any(after < before for before, after in pairwise(depths))
    return depths if -1 not in styles and back else []


def _style(code: str) -> int:
    plain = code.strip().rstrip(".、．")
    return next((at for at, style in enumerate(_STYLES) if re.fullmatch(style, plain)), -1)
