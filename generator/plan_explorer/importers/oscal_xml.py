"""Convert OSCAL XML to the structure of its JSON format."""

from typing import Any

ONE_OF_MANY = (
    *("group", "control", "part", "param", "prop", "link", "role", "responsible-party", "party-uuid"),
    *("resource", "rlink", "value"),
    *("mapping", "map", "source", "target", "qualifier", "unmapped-control", "with-id"),
)
PLURALS = {name: f"{name}s" for name in ONE_OF_MANY} | {"choice": "choice"}
PLURALS |= {"party": "parties", "responsible-party": "responsible-parties"}
"""Elements that can be repeated, with the key of their list."""

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
        data["text" if _name(element) != "prop" else "value"] = element.text.strip()
    for child in children if depth < 60 else ():
        name = _name(child)
        if name in BLOCKS:
            data["prose"] = f"{data.get('prose', '')}\n\n{_prose(child)}".strip()
        elif name in PLURALS:
            data.setdefault(PLURALS[name], []).append(_value(child, depth + 1))
        else:
            data.setdefault(name, _value(child, depth + 1))
    return data


def _prose(element: Any) -> str:
    """Return the text of an element as Markdown."""
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
        elif name in ("li", "p", "tr"):
            pieces.append(f"\n\n{_prose(child)}\n\n")
        else:
            mark = MARKS.get(name, "")
            pieces.append(f"{mark}{_prose(child)}{mark}")
        pieces.append(child.tail or "")
    return (
        "".join(pieces).strip() if _name(element) in (*BLOCKS, *TEXTS, "value", "choice") else "".join(pieces)
    )
