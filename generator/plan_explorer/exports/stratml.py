"""StratML Part 1 (ISO 17469-1): the plan as a strategic plan of goals and objectives."""

from typing import TYPE_CHECKING, Any

from plan_explorer.entities import Actor, Item
from plan_explorer.exports.base import Export, Source
from plan_explorer.settings import Strand

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"


def export(source: Source) -> Export:
    """Return ``plan.stratml.xml``: the strand on the map as goals, what stands below as objectives."""
    from lxml import etree

    plan = source.plan
    strand = next((s for s in plan.settings.strands if s.map == "grid"), plan.settings.strands[0])
    root = etree.Element(f"{{{NAMESPACE}}}StrategicPlan", nsmap={None: NAMESPACE})
    _add(root, "Name", plan.title(plan[plan.settings.id]))
    summary = plan.settings.summary
    _add(root, "Description", summary.words if summary else plan.settings.lede)
    core = _add(root, "StrategicPlanCore")
    _organization(source, core)
    _add(_add(core, "Vision"), "Description")
    _add(_add(core, "Mission"), "Description")
    goals = list(plan.roots(strand))
    for number, goal in enumerate(goals, 1):
        _goal(source, core, goal, str(number))
    information = _add(root, "AdministrativeInformation")
    last = plan.settings.as_of.last
    _add(information, "PublicationDate", last.isoformat() if last else "")
    _add(information, "Source", plan.primary.url or source.base or "")
    losses = _losses(source, strand)
    root.insert(0, etree.Comment(" Left out: " + "; ".join(losses).replace("--", "–") + " "))
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Export({"plan.stratml.xml": text}, tuple(losses))


def _organization(source: Source, core: "_Element") -> None:
    organization = _add(core, "Organization")
    _add(organization, "Name", source.plan.settings.site_name)
    _add(organization, "Acronym")
    _add(organization, "Identifier", _id(source.plan.settings.id))
    _add(organization, "Description")


def _goal(source: Source, core: "_Element", item: Item, number: str) -> None:
    goal = _add(core, "Goal")
    _named(source, goal, item, number)
    _stakeholders(source, goal, item)
    for at, below in enumerate(source.plan.descendants(item), 1):
        objective = _add(goal, "Objective")
        _named(source, objective, below, f"{number}.{at}")
        _stakeholders(source, objective, below)
        _add(objective, "OtherInformation", _reasons(below))


def _named(source: Source, element: "_Element", item: Item, number: str) -> None:
    _add(element, "Name", source.plan.title(item))
    _add(element, "Description", item.summary.words if item.summary else "")
    _add(element, "Identifier", _id(item.id))
    _add(element, "SequenceIndicator", item.code or number)


def _stakeholders(source: Source, element: "_Element", item: Item) -> None:
    kinds = source.plan.settings.relations
    for link in source.plan.links(item):
        if isinstance(link.other, Actor) and kinds[link.relation.kind].role:
            stakeholder = _add(element, "Stakeholder")
            _add(stakeholder, "Name", source.plan.title(link.other))
            _add(stakeholder, "Description", kinds[link.relation.kind].role)


def _reasons(item: Item) -> str:
    return " ".join(statement.words for statement in item.statements)


def _losses(source: Source, strand: Strand) -> list[str]:
    others = [each.name for each in source.plan.settings.strands if each is not strand]
    found = ["places in the source", "names in other languages", "relations between items"]
    return [*found, f"other strands ({', '.join(others)})"] if others else found


def _id(id: str) -> str:
    """Return *id* as XML wants it: not beginning with a digit."""
    return f"_{id}"


def _add(parent: Any, name: str, text: str = "") -> "_Element":
    from lxml import etree

    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text or None
    return element
