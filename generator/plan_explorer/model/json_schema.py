"""JSON Schema of a plan's files, for editors: what may stand where, what it means, which ids there are."""

from typing import Any

from plan_explorer.model.entities import KINDS, Actor, Entity, Event, Item, Relation, Source, Term
from plan_explorer.model.plan import Plan
from plan_explorer.model.settings import Level, Settings

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCALAR = ["string", "number", "boolean"]
"""What an editor may take text for: the plan keeps every scalar as it was typed."""

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
"""By field."""

RELATION_KEYS = {
    "because": "The sentence that says why; cite what it rests on.",
    "cites": "Where the source states it.",
    "status": "'inferred' for a link the editors draw.",
    "date": "From when to when it holds.",
}
"""What may stand in a relation beside its kind."""


def build_schemas(plan: Plan) -> dict[str, Schema]:
    """Return the schemas for the files of *plan*, by the names of the files that hold them."""
    return {"content.json": content(plan), "plan.json": settings(plan)}


def content(plan: Plan) -> Schema:
    """Return the schema of a file with entries."""
    shared: Schema = {}
    properties: Schema = {}
    for name, model in KINDS.items():
        properties[name] = _collection(f"The {name} of the plan.", _entry(plan, model, None, shared))
    for name, level in plan.settings.collections.items():
        about = f"{level.name.many}: entries of the level '{level.id}'."
        properties[name] = _collection(about, _entry(plan, Item, level, shared))
    return _file("Entries of a plan", properties, {**shared, **_suggestions(plan)})


def settings(plan: Plan) -> Schema:
    """Return the schema of plan.yaml."""
    whole: Schema = _plain(Settings.model_json_schema(mode="validation"))
    shared = _shared(whole.pop("$defs"), plan)
    properties = whole["properties"]
    properties["primary"] = {**properties["primary"], **_offer([each.id for each in plan.sources])}
    found = _file("The plan as a whole", properties, {**shared, **_suggestions(plan)})
    found["required"] = whole["required"]
    return found


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


def _entry(plan: Plan, model: type[Entity], level: Level | None, shared: Schema) -> Schema:
    """Return the schema of an entry of *model*; what entries share goes to *shared*."""
    whole: Schema = _plain(model.model_json_schema(mode="validation"))
    shared |= _shared(whole.pop("$defs"), plan)
    whole["description"] = (model.__doc__ or "").strip()
    properties = whole["properties"]
    properties["id"] = {**properties["id"], "type": ["string", "integer"], "examples": EXAMPLES["id"]}
    if level:
        whole["title"] = level.name.one
        whole["required"] = ["id", "under"] if level.under else ["id"]
        del properties["level"]
        parents = [item.id for item in plan.items if item.level in level.under]
        properties["under"] |= _offer(parents)
        properties["also_under"] = {**properties["also_under"], "items": _offer(parents)}
        if not level.under:
            del properties["under"], properties["also_under"]
    elif model is Actor:
        properties["under"] |= _offer([actor.id for actor in plan.actors])
    _kinds(plan, model, properties)
    return whole


def _kinds(plan: Plan, model: type[Entity], properties: Schema) -> None:
    known = {
        Actor: plan.settings.actor_kinds,
        Event: plan.settings.event_kinds,
        Term: plan.settings.term_kinds,
    }.get(model)
    if known:
        properties["kind"] = {**properties["kind"], "type": "string", "enum": list(known)}
    if model is Source:
        properties["language"] |= _offer(list(plan.settings.languages))


def _shared(definitions: Schema, plan: Plan) -> Schema:
    """Return *definitions* in the forms in which an author may write them."""
    found = {
        name: _plain(definition)
        for name, definition in definitions.items()
        if name not in ("Citation", "Period", "Point", "Relation")
    }
    text = {"type": SCALAR}
    for name in ("Name", "Statement", "Date"):
        if name in found:
            found[f"{name}-long"] = found[name]
            about = found[name].get("description", "")
            found[name] = {"description": about, "anyOf": [text, {"$ref": f"#/$defs/{name}-long"}]}
    found["Citation"] = {"$ref": "#/$defs/place"}
    found["Period"] = {"description": "A date: EDTF.", "examples": EXAMPLES["edtf"], **text}
    found["Relation"] = _relation(plan)
    return found


def _relation(plan: Plan) -> Schema:
    """Return the form of a relation: one kind with an id, and why."""
    target = {"$ref": "#/$defs/entry"}
    kinds = {
        id: {"description": f"… {kind.name} …; from the other side: … {kind.inverse} …", **target}
        for id, kind in plan.settings.relations.items()
    }
    texts = RELATION_KEYS
    more: Schema = {
        "because": {"description": texts["because"], "type": SCALAR},
        "cites": {
            "description": texts["cites"],
            "type": "array",
            "items": {"$ref": "#/$defs/place"},
        },
        "status": {"description": texts["status"], "enum": ["stated", "inferred", "background"]},
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
    """Return the ids and places there are; others are allowed, and found out by ``check``."""
    ids = [entity.id for entity in plan if entity.id != plan.settings.id]
    return {"entry": _offer(sorted(ids)), "place": _offer(_places(plan))}


def _places(plan: Plan) -> list[str]:
    """Return every place that can be cited, as an author writes it."""
    found = []
    for source in plan.sources:
        found.append(source.id)
        for passage in source.passages:
            found.append(f"{source.id} {passage.id}")
            numbers = range(1, len(passage.sentences) + 1)
            found += [f"{source.id} {passage.id}.{number}" for number in numbers]
    return found


def _offer(words: list[str]) -> Schema:
    return {"anyOf": [{"enum": words}, {"type": SCALAR}]} if words else {"type": SCALAR}


def _plain(schema: Any) -> Any:
    """Return *schema* without what only a validator of Python needs, and with examples."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _plain(value) for key, value in schema.items() if key not in ("default",)}
    if isinstance(schema.get("title"), str) and "properties" not in schema:
        del found["title"]  # pydantic's, made of the name of the field
    for name, rule in found.get("properties", {}).items():
        _with_examples(name, rule)
    return _widened(found)


def _with_examples(name: str, rule: Schema) -> None:
    names = "additionalProperties" in rule or "anyOf" in rule
    if name in EXAMPLES and "examples" not in rule and (names or name != "name"):
        rule["examples"] = EXAMPLES[name]


def _widened(schema: Schema) -> Schema:
    """Return *schema* with text in every form in which YAML may take it, and single values for lists."""
    choices = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if len(choices) == 1 and "null" in str(schema.get("anyOf")):
        schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **choices[0]}
    if schema.get("additionalProperties") == {"$ref": "#/$defs/Name"}:
        about = {"description": schema["description"]} if "description" in schema else {}
        return {**about, "anyOf": [{"type": SCALAR}, schema]}
    if schema.get("type") == "array" and schema.get("items") == {"type": SCALAR}:
        return {**schema, "type": ["array", *SCALAR]}
    if schema.get("type") == "array" and schema.get("items") == {"type": "integer"}:
        return {**schema, "type": ["array", "integer"]}
    if schema.get("type") == "string" and not {"enum", "pattern", "const"} & schema.keys():
        schema = {**schema, "type": SCALAR}
        schema.pop("minLength", None)
    return schema
