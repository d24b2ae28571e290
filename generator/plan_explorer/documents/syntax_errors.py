"""What keeps a file from being YAML, in an author's words."""

import re

import yaml

from plan_explorer.diagnostics.problems import Location, Problem

SYNTAX = (
    ("\\t", "tab", "YAML does not allow a tab here", "indent with spaces, two per level"),
    (
        "mapping values are not allowed",
        "yaml-syntax",
        "a colon in this line cannot be understood",
        "put text that contains ': ' in quotes, or check the indentation",
    ),
    (
        "could not find expected ':'",
        "yaml-syntax",
        "a colon is missing after a key",
        "write 'key: value'; check the indentation of this line and the one before",
    ),
    (
        "expected <block end>",
        "yaml-syntax",
        "this line does not fit the ones before it",
        "check its indentation: entries of one list or mapping start in the same column",
    ),
    (
        "found unexpected end of stream",
        "yaml-syntax",
        "a quotation mark is never closed",
        "close the text with the mark that opens it",
    ),
    ("found undefined alias", "yaml-syntax", "text cannot start with '*' here", "put the text in quotes"),
    (
        "expected a single document",
        "yaml-syntax",
        "'---' starts a second document",
        "keep one document per file: remove the line '---'",
    ),
    (
        "expected ',' or ']'",
        "yaml-syntax",
        "a list in square brackets is not closed properly",
        "separate entries with commas and close it with ']'; put text with brackets in quotes",
    ),
    (
        "expected ',' or '}'",
        "yaml-syntax",
        "a mapping in braces is not closed properly",
        "separate entries with commas and close it with '}'; put text with commas or colons in quotes",
    ),
    (
        "unknown escape character",
        "yaml-syntax",
        "a backslash has a special meaning in double quotes",
        "use single quotes around text with backslashes",
    ),
    (
        "sequence entries are not allowed",
        "yaml-syntax",
        "a list cannot start on this line",
        "put '- ' on a line of its own below the key, or put text that begins with '- ' in quotes",
    ),
    (
        "while scanning a directive",
        "yaml-syntax",
        "a line that begins with '%' has a special meaning in YAML",
        "put the text in quotes, or remove the line",
    ),
    (
        "expected '<document start>'",
        "yaml-syntax",
        "the file goes on behind its end",
        "remove the line '...' above",
    ),
    (
        "YAML directive",
        "yaml-syntax",
        "a line that begins with '%' has a special meaning in YAML",
        "remove the line",
    ),
    (
        "incompatible YAML document",
        "yaml-syntax",
        "a line that begins with '%' has a special meaning in YAML",
        "remove the line",
    ),
    (
        "<document start>",
        "yaml-syntax",
        "a line that begins with '%' has a special meaning in YAML",
        "remove the line",
    ),
    (
        "while scanning an alias",
        "yaml-syntax",
        "text cannot start with '*' here",
        "put the text in quotes",
    ),
    (
        "while scanning an anchor",
        "yaml-syntax",
        "text cannot start with '&' here",
        "put the text in quotes",
    ),
    (
        "duplicate anchor",
        "yaml-syntax",
        "text cannot start with '&' here",
        "put the text in quotes",
    ),
    (
        "tag",
        "yaml-syntax",
        "text cannot start with '!' here",
        "put the text in quotes",
    ),
    (
        "while scanning a block scalar",
        "yaml-syntax",
        "text cannot follow '|' or '>' on the same line",
        "start the text on the next line, or put it in quotes",
    ),
    (
        "escape sequence",
        "yaml-syntax",
        "a backslash has a special meaning in double quotes",
        "use single quotes around text with backslashes",
    ),
    (
        "invalid Unicode character",
        "yaml-syntax",
        "a backslash has a special meaning in double quotes",
        "use single quotes around text with backslashes",
    ),
    (
        "document separator",
        "yaml-syntax",
        "a quotation mark is never closed",
        "close the text with the mark that opens it",
    ),
    (
        "expected the node content",
        "yaml-syntax",
        "a value is missing here",
        "write the value, or remove the mark",
    ),
    (
        "mapping keys are not allowed",
        "yaml-syntax",
        "text cannot start with '? ' here",
        "put the text in quotes",
    ),
    (
        "cannot start any token",
        "yaml-syntax",
        "text cannot start with this character",
        "put the text in quotes",
    ),
    (
        "unacceptable character",
        "yaml-syntax",
        "a YAML file cannot contain this character",
        "delete it; it may be invisible",
    ),
)
"""What the pure Python parser says, and what we say instead: needle, code, message, hint."""


NOT_SOUND = (
    "",
    "yaml-syntax",
    "this is not valid YAML",
    "check quotes, colons and indentation, here and above",
)


def explain_syntax_error(text: str, path: str, first: yaml.YAMLError) -> Problem:
    """Return the first syntax error; the pure Python parser describes it best.

    Args:
        text: what the file holds.
        path: how the file is called in messages.
        first: what the parser said that was tried first.
    """
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
        error = first
    except yaml.YAMLError as found:
        error = found
    except RecursionError:
        return Problem("too-deep", "this file is nested too deeply to be read", Location(path))
    whole = str(error)
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or whole)
    mark = getattr(error, "problem_mark", None)
    if said.startswith(FROM_ITS_START):
        mark = getattr(error, "context_mark", mark)
    line, column = (mark.line, mark.column) if mark else _position(text, error)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    fits = (row for row in SYNTAX if row[0] in said or row[0] in whole)
    _, code, message, hint = next(fits, NOT_SOUND)
    before = line - 1 if message.startswith("a colon in this line") and line else line
    quoted = _quotation(text, lines, line, column) if said.startswith(("expected", "mapping")) else None
    if "expected '<document start>'" in said and "..." not in (each.rstrip() for each in lines[:line]):
        code, message, hint = NOT_SOUND[1:]
    slip = (
        _conflict(lines)
        or _indented_top(lines, line)
        or _strange_blank(lines, line)
        or quoted
        or _bracketed(lines, line, column)
        or _commented(lines, line)
        or _colon(lines, line)
        or _dash(lines, before)
        or _colon(lines, before)
    )
    if slip := slip or (_indentation(lines, line) if message.startswith(MISPLACED) else None):
        line, column, message, hint = slip
    return Problem(code, message, Location(path, line + 1, column + 1), hint, lines[line].rstrip())


def _quotation(text: str, lines: list[str], line: int, column: int) -> "_Slip | None":
    """Return what is wrong if quoted text ends right before the place of the error."""
    last: yaml.ScalarToken | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except yaml.YAMLError:
        pass
    if not last or not last.start_mark or not last.end_mark or last.end_mark.line != line:
        return None
    if lines[line][last.end_mark.column : column].strip():
        return None
    first = last.start_mark
    mark = "apostrophe" if last.style == "'" else "quotation mark"
    if first.line < line and any(_ENTRY.match(each) for each in lines[first.line + 1 : line + 1]):
        message = f"the {mark} opened here is closed only in line {line + 1}"
        return first.line, first.column, message, "close the text with the mark that opens it"
    other = "write it twice ('')" if last.style == "'" else 'write it as \\"'
    quotes = "double quotes" if last.style == "'" else "single quotes"
    return (
        line,
        last.end_mark.column - 1,
        f"the text ends at this {mark}",
        f"{other}, or put the text in {quotes}",
    )


def _conflict(lines: list[str]) -> "_Slip | None":
    """Return what is wrong if git has left two versions in the file."""
    hint = "keep the lines of one side, and delete those that begin with '<<<<<<<', '=======' and '>>>>>>>'"
    for line, words in enumerate(lines):
        if re.match(r"(?:<{7}|>{7})(?: |$)|={7}$", words):
            return line, 0, "this line is left of a conflict between two versions", hint
    return None


def _indented_top(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if the first key of a file is indented, and the one in *line* is not."""
    first = next((at for at, each in enumerate(lines) if each.strip() and each.lstrip()[0] != "#"), line)
    if not _ENTRY.match(lines[first]) or _indent(lines[line]) >= _indent(lines[first]):
        return None
    message = f"the first key begins in column {_indent(lines[first]) + 1}, and others in column 1"
    return first, _indent(lines[first]), message, "begin it in column 1"


def _strange_blank(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if *line* or the one above begins with blanks that are none in YAML."""
    for at in (line - 1, line):
        blanks = re.match(r" *([^\S \t\n])", lines[at]) if at >= 0 else None
        if blanks:
            message = (
                "this line begins with a blank that YAML does not know, such as a no-break or full-width one"
            )
            return at, blanks.start(1), message, "indent with ordinary blanks, two per level"
    return None


def _bracketed(lines: list[str], line: int, column: int) -> "_Slip | None":
    """Return what is wrong if text begins with a bracket, and goes on behind the one that closes it."""
    match = _BRACKETED.match(lines[line])
    if not match or match.end("inner") != column:
        return None
    message = (
        f"the text ends at this bracket: a value that begins with '{match['inner'][0]}' is a list or mapping"
    )
    return line, match.start("inner"), message, "put the whole text in quotes"


def _commented(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if a comment has swallowed the end of a list or mapping in *line* or above."""
    for at in range(line, max(line - 3, -1), -1):
        if match := _COMMENT.match(lines[at]):
            message = "'#' begins a comment here, so that the bracket before it is not closed"
            return at, match.start("rest"), message, "put the text that begins with '#' in quotes"
    return None


def _colon(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if the key in *line* has no colon, or not one that YAML knows."""
    match = _NO_COLON.match(lines[line])
    if not match:
        return None
    key, sign = match["key"], match["sign"] or match["last"]
    message, value = "the colon of this key is missing", (match["value"] or "").removeprefix("= ")
    if "：" in sign:
        message = "the colon of this key is full-width, which YAML does not know"
    elif sign == ":":
        message = "a blank is missing behind the colon"
    hint = f"write '{key}: {value}'".replace(": '", ":'") if len(value) < 30 else f"write '{key}: …'"
    if sign.isspace() and line and (text := _TEXT.match(lines[line - 1])):
        hint += f", or indent the line deeper than '{text[1]}' if it goes on with the text above"
    return line, match.start("key"), message, hint


def _dash(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if the dash in *line* has no blank behind it."""
    match = _NO_BLANK.match(lines[line])
    message = "a blank is missing behind the dash"
    return (line, match.start(1), message, f"write '- {match[2]}'") if match else None


def _indentation(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if *line* and the one above do not begin as they should."""
    above = next((at for at in reversed(range(line)) if lines[at].strip()), line)
    for at in (line, above):
        if match := _BULLET.match(lines[at]):
            message = f"an entry of a list begins with '-', not with '{match[1]}'"
            return at, match.start(1), message, f"write '- {match[2]} …'"
    if slip := _lost_dash(lines, line) or _shifted_dash(lines, above, line):
        return slip
    indent = _indent(lines[line])
    if (match := _VALUED.match(lines[above])) and _deeper(lines[line], match):
        message = f"'{match['key']}' has a value in its line, and more below it"
        return above, match.start("value"), message, f"remove '{match['value']}', or what stands below"
    key, other = _ENTRY.match(lines[line]), _ENTRY.match(lines[above])
    if match := _FOLDED.match(lines[above]) or (None if key else _KEYED.match(lines[above])):
        message = f"the text below '{match[2].replace(':', match[1])}' is not indented"
        return line, indent, message, f"indent it deeper than '{match[1]}'"
    if (
        not key
        or not other
        or indent == other.start(1)
        or (_KEYED.match(lines[above]) and indent > _indent(lines[above]))
    ):
        return None
    before = next((_ENTRY.match(lines[at]) for at in reversed(range(above)) if lines[at].strip()), None)
    if before and other.start(1) < before.start(1) == key.start(1):  # the one above is what is out of line
        key, other, line, indent = other, before, above, other.start(1)
    if other[1] == "id" and other.start(1) and not other[0].lstrip().startswith("-"):
        return above, other.start(1), "the dash in front of this entry is missing", "write '- id: …'"
    if indent < other.start(1) and _is_dashed(lines, above, indent):
        return line, indent, "the dash in front of this entry is missing", f"write '- {key[1]}: …'"
    message = f"this key begins in column {indent + 1}, and the one above in column {other.start(1) + 1}"
    return line, indent, message, "begin the keys of one entry in the same column"


def _lost_dash(lines: list[str], line: int) -> "_Slip | None":
    """Return what is wrong if *line* goes on with a list whose first entry has no dash."""
    dash = _DASH.match(lines[line])
    if not dash:
        return None
    first = line
    for at in reversed(range(line)):
        if lines[at].strip() and _indent(lines[at]) < dash.end():
            if _indent(lines[at]) == dash.start(1):  # an entry before this one
                return None
            break
        first = at if lines[at].strip() else first
    if first == line or _indent(lines[first]) != dash.end() or _DASH.match(lines[first]):
        return None
    start = lines[first].split()[0]
    return first, dash.end(), "the dash in front of this entry is missing", f"write '- {start} …'"


def _shifted_dash(lines: list[str], above: int, line: int) -> "_Slip | None":
    """Return what is wrong if the dash in the line *above* does not stand where that of its entry belongs."""
    upper, lower = _DASH.match(lines[above]), _DASH.match(lines[line])
    if not upper or above == line:
        return None
    column, next_column = upper.end(), lower.end() if lower else _indent(lines[line])
    if column == next_column or next_column < upper.start(1):
        return None
    follower = next((each for each in lines[line + 1 :] if each.strip()), "")
    dash = _DASH.match(follower)
    next_but_one = dash.end() if dash else _indent(follower)
    if lower:
        if next_but_one != next_column:
            message = f"this dash stands in column {lower.start(1) + 1}, and the one above in column "
            hint = "begin the entries of one list in the same column"
            return line, lower.start(1), f"{message}{upper.start(1) + 1}", hint
    elif next_but_one != next_column or bool(dash):
        words = re.escape(lines[above][column:].split(":")[0])
        if not any(re.match(rf" {{{next_column - 2}}}- {words}:", each) for each in lines):
            return None
    message = f"this entry begins in column {column + 1}, and goes on in column {next_column + 1}"
    return above, upper.start(1), message, f"move its dash to column {max(next_column - 1, 1)}"


def _is_dashed(lines: list[str], line: int, indent: int) -> bool:
    """Return whether *line* is in a list whose entries begin with a dash in the column *indent*."""
    for each in reversed(lines[:line]):
        if each.strip() and _indent(each) <= indent:
            return each.startswith(f"{' ' * indent}- ")
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _deeper(line: str, above: re.Match[str]) -> bool:
    """Return whether *line* stands below the key *above*, whose value is empty, or one word at the top."""
    if above["value"] in ("[]", "{}"):
        dash = _DASH.match(line)
        return (dash.end() if dash else _indent(line)) > above.start("key")
    return above.start("key") == 0 and bool(_DASH.match(line))


_Slip = tuple[int, int, str, str]
"""Line and column, from 0, message and hint."""
_NO_COLON = re.compile(
    r"\s*(?:- )?(?P<key>[a-z][a-z_-]*)"
    r"(?:(?P<sign>\s*：\s*| ?:(?! )|[;.,]\s+|\s+)(?P<value>[^\s：][^:]*)|(?P<last>\s*：)\s*)$"
)
"""A line that seems to be a key and a value without a colon between them."""
_TEXT = re.compile(r"\s*(?:- )?([a-zA-Z_-]+): +[^\s\[{|>].*$")
"""A key with text behind it."""
_BRACKETED = re.compile(r"\s*(?:- )?(?:[a-zA-Z_-]+: +)?(?P<inner>(?:\[[^\[\]]*\]|\{[^{}]*\})\s*)(?=\S)")
"""A value that begins with a bracket and goes on behind the one that closes it."""
_COMMENT = re.compile(r"[^#'\"]*[\[{](?:[^#'\"\]}]*[\s,\[{])?(?P<rest>#)")
"""A list or mapping that is not closed before a comment."""
_VALUED = re.compile(r" *(?:- )?(?P<key>[a-zA-Z_-]+): +(?P<value>\[\]|\{\}|\w+) *$")
"""A key with an empty list or mapping behind it, or one word."""
_DASH = re.compile(r" *(-) +")
"""The beginning of an entry of a list."""
_FOLDED = re.compile(r"\s*(?:- )?([a-zA-Z_-]+):\s+([>|][+-]?)\s*$")
"""A key whose text follows below."""
_KEYED = re.compile(r"\s*(?:- )?([a-z_-]+)(:)\s*$")
"""A key whose value stands below."""
_BULLET = re.compile(r"\s*([–—−•·*])\s*([a-z_-]+:)(?: |$)")
"""A line that seems to be an entry of a list, with a sign that YAML does not know."""
_ENTRY = re.compile(r"\s*(?:- )?([a-zA-Z_-]+):(?: |$)")
"""A key."""
_NO_BLANK = re.compile(r"\s*(-)([a-z][a-z_-]*:)(?: |$)")
"""A line that seems to be an entry of a list."""
MISPLACED = (
    "this line does not fit",
    "a colon in this line",
    "a colon is missing",
    "text cannot start with '*'",
)
"""Messages for which indentation may be the reason."""
FROM_ITS_START = ("found unexpected", "could not find expected ':'", "expected ',' or")
"""Errors that are told at the beginning of what is not closed, not where its end was looked for."""


def _position(text: str, error: yaml.YAMLError) -> tuple[int, int]:
    before = text[: getattr(error, "position", 0)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1
