"""Write text as a YAML scalar, quoted only if necessary."""

import yaml


def format_scalar(text: str) -> str:
    """Return *text* as one line of YAML."""
    plain = text and text == text.strip() and "\n" not in text and not text.endswith(":")
    if plain and _reads_as_itself(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    quoted: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)
    return quoted.rstrip("\n")


def _reads_as_itself(text: str) -> bool:
    try:
        read = yaml.safe_load(f"- {text}\n- [{text}]\n- {{a: {text}}}")
    except yaml.YAMLError:
        return False
    return bool(read == [text, [text], {"a": text}])
