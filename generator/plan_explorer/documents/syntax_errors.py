"""What keeps a file from being YAML, in an author's words."""

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
        "separate entries with commas and close it with '}'; put text with commas in quotes",
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
    if said.startswith("found unexpected"):  # tell where the quotation begins
        mark = getattr(error, "context_mark", mark)
    line, column = (mark.line, mark.column) if mark else _position(text, error)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    excerpt = lines[line].rstrip()
    fits = (row for row in SYNTAX if row[0] in said or row[0] in whole)
    _, code, message, hint = next(fits, NOT_SOUND)
    return Problem(code, message, Location(path, line + 1, column + 1), hint, excerpt)


def _position(text: str, error: yaml.YAMLError) -> tuple[int, int]:
    before = text[: getattr(error, "position", 0)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1
