"""Format problems as JSON, GitHub annotations or SARIF 2.1.0."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from plan_explorer.diagnostics.codes import CODES
from plan_explorer.diagnostics.problems import Problem

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
"""The address of the schema that a SARIF file declares."""


def as_json(problems: Sequence[Problem], version: str) -> str:
    """Return the fields of all problems as JSON, with totals."""
    report = {
        "tool": {"name": "plan-explorer", "version": version},
        "errors": sum(not problem.warning for problem in problems),
        "warnings": sum(problem.warning for problem in problems),
        "problems": [_fields(problem) for problem in problems],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _fields(problem: Problem) -> dict[str, Any]:
    place = problem.location
    return {
        "code": problem.code,
        "severity": _severity(problem),
        "message": problem.message,
        "hint": problem.hint,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_column": place.column + problem.width,
        "excerpt": problem.excerpt,
    }


def _severity(problem: Problem) -> str:
    return "warning" if problem.warning else "error"


def as_github(problems: Sequence[Problem], version: str) -> str:
    """Return one GitHub annotation per problem."""
    return "\n".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    place = problem.location
    fields = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + problem.width,
        "title": f"{CODES[problem.code].title} [{problem.code}]",
    }
    given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in fields.items())
    words = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    return f"::{_severity(problem)} {given}::{_escaped(words)}"


def _escaped(words: str, further: str = "") -> str:
    for character in f"%\r\n{further}":
        words = words.replace(character, f"%{ord(character):02X}")
    return words


def as_sarif(problems: Sequence[Problem], version: str) -> str:
    """Return a SARIF log whose rules are the codes found."""
    codes = sorted({problem.code for problem in problems})
    run = {
        "tool": {
            "driver": {"name": "plan-explorer", "version": version, "rules": [_rule(code) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    log = {"$schema": SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str) -> dict[str, Any]:
    known = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.text},
        "help": {"text": f"{known.text}\n\nBefore:\n{known.before}\n\nAfter:\n{known.after}"},
    }


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    place = problem.location
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + problem.width,
    }
    if problem.excerpt:
        region["snippet"] = {"text": problem.excerpt}
    words = f"{problem.message}. Hint: {problem.hint}" if problem.hint else f"{problem.message}."
    where = {"artifactLocation": {"uri": quote(place.path)}, "region": region}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _severity(problem),
        "message": {"text": words},
        "locations": [{"physicalLocation": where}],
    }


FORMATS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
"""Formatters by name; each takes the problems and the tool's version."""
