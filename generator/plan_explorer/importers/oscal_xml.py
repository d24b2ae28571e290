"""Convert OSCAL XML to the structure of its JSON format."""

from typing import Any

ONE_OF_MANY = (
    *("group", "control", "part", "param", "prop", "link", "role", "responsible-party", "party-uuid"),
    *("resource", "rlink", "value", "guideline", "constraint", "test", "revision", "document-id", "location"),
    *("action", "external-id", "telephone-number", "addr-line", "location-uuid", "member-of-organization"),
    *("url", "mapping", "map", "source", "target", "qualifier", "unmapped-control", "with-id"),
)
PLURALS = {name: f"{name}s" for name in ONE_OF_MANY} | {"choice": "choice"}
PLURALS |= {"party": "parties", "responsible-party": "responsible-parties"}
PLURALS |= {"email-address": "email-addresses"}
"""Elements that can be repeated, with the key of their list."""
OF_PARTIES = {"address": "addresses"}
"""Those that can be repeated in a party, but not in a place."""
CONTENTS = {
    "prop": "value",
    "external-id": "id",
    "document-id": "identifier",
    "telephone-number": "number",
}
"""What JSON calls the words in elements with attributes, if not text."""

BLOCKS = ("p", "ul", "ol", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
TEXTS = ("remarks", "description", "text", "label", "title")
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}


def as_json_data(root: Any) -> dict[str, Any]:
    """Return the document in the structure of OSCAL JSON."""
    return {_name(root): _value(root, 0)}


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, depth: int) -> Any:
    children = list(element)
    if not element.attrib and (not children or _name(element) in (*TEXTS, "choice", "value")):
        return _prose(element)
    data: dict[str, Any] = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    if not children and (element.text or "").strip():
        data[CONTENTS.get(_name(element), "text")] = element.text.strip()
    for child in children if depth < 60 else ():
        name = _name(child)
        if name in BLOCKS:
            data["prose"] = f"{data.get('prose', '')}\n\n{_prose(child)}".strip()
        elif many := PLURALS.get(name) or (_name(element) == "party" and OF_PARTIES.get(name)):
            data.setdefault(many, []).append(_value(child, depth + 1))
        else:
            data.setdefault(name, _value(child, depth + 1))
    return data


def _prose(element: Any) -> str:
    """Return the text of an element as Markdown."""
    if _name(element) == "table":
        return _table(element)
    pieces = [element.text or ""]
    for child in element:
        name = _name(child)
        if name == "li" and _name(element) == "ol":
            pieces.append(f"\n\n1. {_prose(child)}\n\n")
        elif name == "insert":
            pieces.append(
                "{{ insert: param, " + str(child.get("id-ref") or child.get("param-id") or "") + " }}"
            )
        elif name in ("ol", "ul"):
            nested = _prose(child).replace("\n", "\n   ")
            pieces.append(f"\n\n   {nested}\n\n")
        elif name == "table":
            pieces.append(f"\n\n{_table(child)}\n\n")
        elif name == "a":
            pieces.append(f"[{_prose(child)}]({child.get('href') or ''})")
        elif name == "q":
            pieces.append(f'"{_prose(child)}"')
        elif name in ("li", *BLOCKS):
            pieces.append(f"\n\n{_prose(child)}\n\n")
        else:
            mark = MARKS.get(name, "")
            pieces.append(f"{mark}{_prose(child)}{mark}")
        pieces.append(child.tail or "")
    return (
        "".join(pieces).strip() if _name(element) in (*BLOCKS, *TEXTS, "value", "choice") else "".join(pieces)
    )


def _table(table: Any) -> str:
    """Return a table as Markdown."""
    rows = [
        [" ".join(_prose(cell).split()).replace("|", "\\|") for cell in row if _name(cell) in ("td", "th")]
        for row in table.iter()
        if _name(row) == "tr"
    ]
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines[:1], f"|{' --- |' * width}", *lines[1:]])
