"""Text as YAML has it: plain where that is safe, in quotes where it is not."""

import json

import yaml

WIDTH = 110
"""Longest line, in characters."""


def scalar(text: str) -> str:
    """Return *text* as one line of YAML that any parser reads as that text."""
    plain = text and text == text.strip() and "\n" not in text and not text.endswith(":")
    if plain and _reads_as_itself(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=True)


def _reads_as_itself(text: str) -> bool:
    try:
        read = yaml.safe_load(f"- {text}\n- [{text}]\n- {{a: {text}}}")
    except yaml.YAMLError:
        return False
    return bool(read == [text, [text], {"a": text}])
