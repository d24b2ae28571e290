"""Build JSON Schemas for editors to check plans with."""

import json
from datetime import date
from typing import Any

import yaml

from plan_explorer.model.entities import (
    KINDS,
    Actor,
    Comparison,
    Crosswalk,
    Entity,
    Event,
    Item,
    Relation,
    Source,
    Term,
)
from plan_explorer.model.examples import PLAN_YAML
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import STATUSES, Level, Settings

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCALAR = ["string", "number", "boolean"]
"""The types that an editor may see in text, which the plan keeps as typed."""

TEXT = {"$ref": "#/$defs/text"}
"""A text, in one language or several."""

MAX_EXAMPLE = 100
"""The longest example that an editor program shows, as JSON."""

EXAMPLES: dict[str, list[Any]] = {
    "id": ["less-runoff"],
    "name": ["Clean water", {"en": "Clean water", "fr": "Eau propre"}],
    "summary": ["The report asks for clean water. [@report p4.2]"],
    "cites": [["report p4.2"]],
    "edtf": ["2023", "2023-02-27", "2020/2025", "../2030"],
    "date": ["2023-02-27", {"edtf": "2023", "label": "this year", "cites": ["report p4.2"]}],
    "declared": ["2+5+2"],
    "sentences": [5, [12, 30, 8]],
}
"""Example values, by field."""

RELATION_KEYS = {
    "because": "The reason for the relation, with citations.",
    "cites": "Where the source states it.",
    "status": "'inferred' if the editors make the link.",
    "date": "The period for which it holds.",
}
"""The keys of a relation besides its kind, with descriptions."""


def build_schemas(plan: Plan) -> dict[str, Schema]:
    """Return the schemas of *plan*, by file name."""
    return {"content.json": _content_schema(plan), "plan.json": _settings_schema(plan)}


def format_schemas(plan: Plan) -> dict[str, str]:
    """Return the text of each schema as it is kept beside the plan, by the name of its file."""
    schemas = build_schemas(plan)
    return {name: json.dumps(each, ensure_ascii=False, indent=1) + "\n" for name, each in schemas.items()}


def _content_schema(plan: Plan) -> Schema:
    """Return the schema of a file with entries."""
    shared: Schema = {}
    properties: Schema = {}
    for name, model in KINDS.items():
        properties[name] = _collection(f"The {name} of the plan.", _entry_schema(plan, model, None, shared))
    for name, level in plan.settings.collections.items():
        about = f"{level.name.many}: entries of the level '{level.id}'."
        properties[name] = _collection(about, _entry_schema(plan, Item, level, shared))
    tags = {"language": _suggest(list(plan.settings.languages)), "text": _text(plan)}
    return _file("Entries of a plan", properties, {**shared, **tags, **_suggestions(plan)})


def _settings_schema(plan: Plan) -> Schema:
    """Return the schema of plan.yaml."""
    whole: Schema = _clean(Settings.model_json_schema(mode="validation"))
    shared = _definitions(whole.pop("$defs"), plan)
    properties = whole["properties"]
    _offer(properties, "primary", _suggest(sorted(each.id for each in plan.sources)))
    _add_plan_examples(properties, shared)
    # The ids and places stand in one file only, so that a new entry changes only one.
    elsewhere = {name: {"$ref": f"content.json#/$defs/{name}"} for name in _suggestions(plan)}
    elsewhere["text"] = _text(plan)
    schema = _file("The plan as a whole", properties, {**shared, **elsewhere})
    schema["required"] = whole["required"]
    return schema


def _add_plan_examples(properties: Schema, shared: Schema) -> None:
    """Add to each key of plan.yaml the value that it has in the example, unless that is long."""
    plan = yaml.safe_load("".join(PLAN_YAML.values()))
    view, strand = plan["views"][0], plan["strands"][0]
    level = {key: value for each in strand["levels"] for key, value in each.items()}
    kind = {key: value for each in plan["relations"].values() for key, value in each.items()}
    language = {key: value for each in plan["languages"].values() for key, value in each.items()}
    group = {key: value for each in view["groups"] for key, value in each.items()}
    parts = {"Language": language, "Wording": plan["wording"], "Strand": strand, "Level": level}
    parts |= {"Numbers": level["name"], "RelationKind": kind, "View": view, "ViewGroup": group}
    parts |= {"Removed": plan["removed"][0], "State-long": plan["progress"]["delayed"]}
    for known, data in [(properties, plan), *((shared[name]["properties"], parts[name]) for name in parts)]:
        for key, value in data.items():
            shown = value.isoformat() if isinstance(value, date) else value
            if len(json.dumps(shown)) <= MAX_EXAMPLE:
                known[key] = {**known[key], "examples": [shown]}


def _text(plan: Plan) -> Schema:
    """Return what a text of *plan* may be: a scalar, or one for each language."""
    one, tags = {"type": SCALAR}, {"enum": list(plan.settings.languages)}
    several = {"type": "object", "propertyNames": tags, "minProperties": 1, "additionalProperties": one}
    return {"description": "A text, in one language or by language.", "anyOf": [one, several]}


def _file(title: str, properties: Schema, shared: Schema) -> Schema:
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(shared.items())),
    }


def _collection(about: str, entry: Schema) -> Schema:
    return {"description": about, "type": "array", "items": entry}


def _entry_schema(plan: Plan, model: type[Entity], level: Level | None, shared: Schema) -> Schema:
    """Return an entry's schema; collect definitions in *shared*."""
    whole: Schema = _clean(model.model_json_schema(mode="validation"))
    shared |= _definitions(whole.pop("$defs"), plan)
    whole["description"] = (model.__doc__ or "").strip()
    properties = whole["properties"]
    properties["id"] = {**properties["id"], "type": ["string", "integer"], "examples": EXAMPLES["id"]}
    if level:
        whole["title"] = level.name.one
        whole["required"] = ["id", "under"] if level.under else ["id"]
        del properties["level"]
        parents = sorted(item.id for item in plan.items if item.level in level.under)
        _offer(properties, "under", _suggest(parents))
        properties["also_under"] = {**properties["also_under"], "items": _suggest(parents)}
        if not level.under:
            del properties["under"], properties["also_under"]
    elif model is Actor:
        _offer(properties, "under", _suggest(sorted(actor.id for actor in plan.actors)))
    _kinds(plan, model, properties)
    _languages(properties)
    return whole


def _languages(properties: Schema) -> None:
    """Offer the languages of the plan as keys of names."""
    for name in ("name", "short", "variants"):
        for form in (properties.get(name, {}), *properties.get(name, {}).get("anyOf", ())):
            if form.get("type") == "object":
                form["propertyNames"] = {"$ref": "#/$defs/language"}


def _kinds(plan: Plan, model: type[Entity], properties: Schema) -> None:
    known = {
        Actor: plan.settings.actor_kinds,
        Event: plan.settings.event_kinds,
        Term: plan.settings.term_kinds,
    }.get(model)
    if known:
        _offer(properties, "kind", {"type": "string", "enum": list(known)})
    if model is Comparison:
        properties["sources"]["propertyNames"] = _suggest(sorted(each.id for each in plan.sources))
    if model is Crosswalk:
        _offer(properties, "source", _suggest(sorted(each.id for each in plan.sources)))
    if model is Source:
        _offer(properties, "language", _suggest(list(plan.settings.languages)))


def _definitions(definitions: Schema, plan: Plan) -> Schema:
    """Return *definitions* in every form that authors may use."""
    forms = {
        name: _clean(definition)
        for name, definition in definitions.items()
        if name not in ("Citation", "Period", "Point", "Relation")
    }
    for name in ("Name", "Statement", "Date", "State", "Met"):
        if name in forms:
            forms[f"{name}-long"] = forms[name]
            about = forms[name].get("description", "")
            text = TEXT if name in ("Statement", "State") else {"type": SCALAR}
            forms[name] = {"description": about, "anyOf": [text, {"$ref": f"#/$defs/{name}-long"}]}
    forms["Citation"] = {"$ref": "#/$defs/place"}
    forms["Period"] = {"description": "A date: EDTF.", "examples": EXAMPLES["edtf"], "type": SCALAR}
    forms["Relation"] = _relation_schema(plan)
    if progress := forms.get("Progress"):
        _offer(progress["properties"], "state", _suggest(list(plan.settings.progress)))
    if row := forms.get("ComparisonRow"):
        _offer(row["properties"], "kind", {"enum": list(plan.settings.differences)})
        row["properties"]["items"] |= {"items": _suggest(sorted(item.id for item in plan.items))}
    if pair := forms.get("Pair"):
        pair["properties"]["entry"] |= {"$ref": "#/$defs/entry"}
        pair["properties"]["relation"] = {
            "description": pair["properties"]["relation"]["description"],
            "enum": list(plan.settings.relations),
        }
    return forms


def _relation_schema(plan: Plan) -> Schema:
    """Return the schema of a relation."""
    target = {"$ref": "#/$defs/entry"}
    kinds = {
        id: {"description": f"… {kind.name} …; in reverse: … {kind.inverse} …", **target}
        for id, kind in plan.settings.relations.items()
    }
    texts = RELATION_KEYS
    more: Schema = {
        "because": {"description": texts["because"], **TEXT},
        "cites": {
            "description": texts["cites"],
            "type": "array",
            "items": {"$ref": "#/$defs/place"},
        },
        "status": {"description": texts["status"], "enum": list(STATUSES)},
        "date": {"description": texts["date"], "$ref": "#/$defs/Date"},
    }
    assert set(more) == set(Relation.FIELDS)
    return {
        "description": (Relation.__doc__ or "").strip(),
        "type": "object",
        "additionalProperties": False,
        "properties": {**kinds, **more},
    }


def _suggestions(plan: Plan) -> Schema:
    """Return known ids and places as suggestions."""
    ids = [entity.id for entity in plan if entity.id != plan.settings.id]
    return {"entry": _suggest(sorted(ids)), "place": _suggest(_places(plan))}


def _places(plan: Plan) -> list[str]:
    """Return every citable place, as authors write it."""
    places = []
    for source in plan.sources:
        places.append(source.id)
        for passage in source.passages:
            places.append(f"{source.id} {passage.id}")
            numbers = range(1, len(passage.sentences) + 1)
            places += [f"{source.id} {passage.id}.{number}" for number in numbers]
    return places


def _offer(properties: Schema, name: str, words: Schema) -> None:
    """Have the property called *name*, which is the same in every language, offer *words*."""
    properties[name] = {key: value for key, value in properties[name].items() if key != "$ref"} | words


def _suggest(words: list[str]) -> Schema:
    return {"anyOf": [{"enum": words}, {"type": SCALAR}]} if words else {"type": SCALAR}


def _clean(schema: Any) -> Any:
    """Return *schema* with examples and without Python-only details."""
    if isinstance(schema, list):
        return [_clean(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    cleaned = {key: _clean(value) for key, value in schema.items() if key not in ("default",)}
    if isinstance(schema.get("title"), str) and "properties" not in schema:
        del cleaned["title"]  # added by pydantic from the field's name
    for name, rule in cleaned.get("properties", {}).items():
        _add_examples(name, rule)
    return _widen(cleaned)


def _add_examples(name: str, rule: Schema) -> None:
    names = "additionalProperties" in rule or "anyOf" in rule
    if name in EXAMPLES and "examples" not in rule and (names or name != "name"):
        rule["examples"] = EXAMPLES[name]


def _widen(schema: Schema) -> Schema:
    """Return *schema* accepting other scalars and single values."""
    choices = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) == 1 and "null" in str(schema.get("anyOf")):
        schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **choices[0]}
    if schema.get("additionalProperties") == {"$ref": "#/$defs/Name"}:
        about = {"description": schema["description"]} if "description" in schema else {}
        return {**about, "anyOf": [{"type": SCALAR}, schema]}
    if schema.get("type") == "array" and schema.get("items") == TEXT:
        return {**schema, "type": ["array", *SCALAR]}
    if schema.get("type") == "array" and schema.get("items") == {"$ref": "#/$defs/Sentence"}:
        lengths = {"type": "integer"}
        return {**schema, "type": ["array", "integer"], "items": {"anyOf": [lengths, schema["items"]]}}
    if schema.get("type") == "string" and not {"enum", "pattern", "const"} & schema.keys():
        schema = {key: value for key, value in schema.items() if key not in ("type", "minLength")} | TEXT
    return schema
