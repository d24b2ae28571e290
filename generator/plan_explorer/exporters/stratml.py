"""Export a plan as StratML Part 2 (ANSI/AIIM 22:2017)."""

from babel.lists import format_list
from lxml import etree
from lxml.etree import _Element

from plan_explorer.exporters.base import Export, ExportSource
from plan_explorer.model.entities import Actor, Item
from plan_explorer.model.indicators import Target
from plan_explorer.model.settings import Strand

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"


def export(source: ExportSource) -> Export:
    """Return ``plan.stratml.xml`` for one strand."""
    plan, strand = source.plan, _main_strand(source)
    losses = _losses(source, strand)
    kind = "Performance_Plan" if any(item.target for item in plan.walk(strand)) else "Strategic_Plan"
    root = etree.Element(f"{{{NAMESPACE}}}PerformancePlanOrReport", Type=kind, nsmap={None: NAMESPACE})
    _add(root, "Name", plan.title(plan[plan.settings.id]))
    summary = plan.settings.summary
    _add(root, "Description", summary.plain if summary else plan.settings.plain_lede)
    _add(root, "OtherInformation", _about(source, losses))
    core = _add(root, "StrategicPlanCore")
    _organization(source, core)
    _add(_add(core, "Vision"), "Description")
    _add(_add(core, "Mission"), "Description")
    for number, goal in enumerate(plan.roots(strand), 1):
        _goal(source, core, goal, str(number))
    _information(source, root)
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Export({"plan.stratml.xml": text}, losses)


def _main_strand(source: ExportSource) -> Strand:
    """Return the strand to export.

    It is the one on the map, or the first with items, or the first.
    """
    strands = source.plan.settings.strands
    filled = [strand for strand in strands if source.plan.roots(strand)]
    return next((strand for strand in filled if strand.map == "grid"), (filled or list(strands))[0])


def _about(source: ExportSource, losses: tuple[str, ...]) -> str:
    """Return the file's origin and losses."""
    settings = source.plan.settings
    made = f"Made from {settings.site_name}, version of {settings.as_of}, SHA-256 {source.hash}."
    return f"{made} Not in this file: {'; '.join(losses)}."


def _organization(source: ExportSource, core: _Element) -> None:
    plan = source.plan
    organization = _add(core, "Organization")
    _add(organization, "Name", plan.settings.site_name)
    _add(organization, "Identifier", _id(plan.settings.id))
    _add(organization, "Description", "Those who keep this account of the plan, not those who issued it.")
    for link in plan.links(plan[plan.settings.id]):
        if isinstance(link.other, Actor):
            _stakeholder(organization, plan.title(link.other), link.role, link.relation.says.words)


def _goal(source: ExportSource, core: _Element, item: Item, number: str) -> None:
    goal = _add(core, "Goal")
    _named(source, goal, item, number)
    _add(goal, "OtherInformation", _further(item))
    for at, below in enumerate(_children(source, item), 1):
        objective = _add(goal, "Objective")
        _named(source, objective, below, f"{number}.{at}")
        _add(objective, "OtherInformation", _place(source, below, item) + _further(below))
        if below.target:
            _indicator(objective, below.target)


def _children(source: ExportSource, item: Item) -> list[Item]:
    """Return the items whose main parent is *item*."""
    return [each for child in source.plan.branches(item) for each in (child, *_children(source, child))]


def _place(source: ExportSource, below: Item, goal: Item) -> str:
    """Return the position of *below*, since objectives cannot be nested."""
    parent = source.plan.parent(below)
    if not parent or parent.id == goal.id:
        return ""
    return f"Under {parent.code} {source.plan.title(parent)}. ".replace("  ", " ")


def _named(source: ExportSource, element: _Element, item: Item, number: str) -> None:
    _add(element, "Name", source.plan.title(item))
    _add(element, "Description", item.summary.words if item.summary else "")
    _add(element, "Identifier", _id(item.id))
    _add(element, "SequenceIndicator", item.code or number)
    roles = source.plan.settings.relations
    for link in source.plan.links(item):
        if isinstance(link.other, Actor) and (role := roles[link.relation.kind].role):
            _stakeholder(element, source.plan.title(link.other), role, link.relation.says.words)


def _stakeholder(element: _Element, name: str, role: str, why: str) -> None:
    stakeholder = _add(element, "Stakeholder")
    _add(stakeholder, "Name", name)
    part = _add(stakeholder, "Role")
    _add(part, "Name", role)
    _add(part, "Description", why)


def _indicator(element: _Element, target: Target) -> None:
    numeric = _number(target.value)
    kind = "Quantitative" if numeric else "Qualitative"
    indicator = _add(element, "PerformanceIndicator")
    indicator.set("PerformanceIndicatorType", kind)
    _add(indicator, "MeasurementDimension", target.indicator)
    _add(indicator, "UnitOfMeasurement", target.unit)
    instance = _add(indicator, "MeasurementInstance")
    result = _add(instance, "TargetResult")
    if target.due and target.due.last:
        _add(result, "EndDate", target.due.last.isoformat())
    if numeric:
        _add(result, "NumberOfUnits", numeric)
    due = f", by {target.due}" if target.due else ""
    _add(result, "Description", f"{target.bounded} {target.unit}".strip() + due)
    if target.baseline:
        actual = _add(instance, "ActualResult")
        if target.baseline.date and target.baseline.date.last:
            _add(actual, "EndDate", target.baseline.date.last.isoformat())
        if number := _number(target.baseline.value):
            _add(actual, "NumberOfUnits", number)
        _add(actual, "Description", f"Baseline: {target.baseline.value} {target.unit}".strip())


def _number(value: str) -> str:
    """Return *value* as an XML number, or ""."""
    plain = value.replace(",", "").replace("\u00a0", "").strip()
    unsigned = plain.removeprefix("-").replace(".", "", 1)
    return plain if unsigned.isascii() and unsigned.isdigit() else ""


def _information(source: ExportSource, root: _Element) -> None:
    information = _add(root, "AdministrativeInformation")
    last = source.plan.settings.as_of.last
    _add(information, "PublicationDate", last.isoformat() if last else "")
    _add(information, "Source", source.base or source.plan.primary.url)


def _further(item: Item) -> str:
    return " ".join(statement.words for statement in (*item.statements, *item.notes))


def _losses(source: ExportSource, strand: Strand) -> tuple[str, ...]:
    others = [each.name for each in source.plan.settings.strands if each is not strand]
    losses = (
        "the places in the sources and the statuses of statements",
        "names in other languages",
        "relations between items; events, terms and sources",
        "the levels below the first, which read as one",
    )
    return (*losses, f"the other strands: {format_list(others, locale='en_GB')}") if others else losses


def _id(id: str) -> str:
    """Return *id* as an XML id."""
    return f"_{id}"


def _add(parent: _Element, name: str, text: str = "") -> _Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text or None
    return element
