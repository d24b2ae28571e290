"""Write text as a YAML scalar, quoted only if necessary."""

import yaml


def format_scalar(text: str, *, in_brackets: bool = True) -> str:
    """Return *text* as one line of YAML, which can also stand *in_brackets*."""
    plain = text and text == text.strip() and "\n" not in text and not text.endswith(":")
    if plain and _reads_as_itself(text, in_brackets):
        return text
    if text.isprintable():
        return single_quoted(text)
    return double_quoted(text)


def single_quoted(text: str) -> str:
    """Return *text*, which is printable, in single quotation marks."""
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return *text* in double quotation marks."""
    quoted: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return quoted.rstrip("\n")


def _reads_as_itself(text: str, in_brackets: bool) -> bool:
    forms = [(f"- {text}", [text]), (f"a: {text}", {"a": text})]
    forms += [(f"[{text}]", [text]), (f"{{a: {text}}}", {"a": text})] if in_brackets else []
    try:
        return all(yaml.safe_load(written) == read for written, read in forms)
    except yaml.YAMLError:
        return False
