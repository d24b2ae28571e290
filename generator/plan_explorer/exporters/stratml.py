"""Export a plan as StratML Part 2 (ANSI/AIIM 22:2017)."""

from babel.lists import format_list
from lxml import etree
from lxml.etree import _Element

from plan_explorer.exporters.base import Export, ExportSource, count_loss
from plan_explorer.model.dates import Period
from plan_explorer.model.entities import Actor, Item
from plan_explorer.model.indicators import Aim, Indicator, Milestone, Value, number_of
from plan_explorer.model.settings import Strand
from plan_explorer.translation import ENGLISH, gettext, ngettext, semicolons, speaking, spoken

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"


def export(source: ExportSource) -> Export:
    """Return ``plan.stratml.xml`` for one strand."""
    plan, strand = source.plan, _main_strand(source)
    losses = _losses(source, strand)
    kind = "Performance_Plan" if any(item.measures for item in plan.walk(strand)) else "Strategic_Plan"
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
    return gettext(
        "Made from %(site)s, version of %(date)s, SHA-256 %(hash)s. Not in this file: %(losses)s.",
        site=settings.site_name,
        date=settings.as_of,
        hash=source.hash,
        losses=semicolons(losses),
    )


def _organization(source: ExportSource, core: _Element) -> None:
    plan = source.plan
    organization = _add(core, "Organization")
    _add(organization, "Name", plan.settings.site_name)
    _add(organization, "Identifier", _id(plan.settings.id))
    about = gettext("Those who keep this account of the plan, not those who issued it.")
    _add(organization, "Description", about)
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
        for _, indicator in below.measures:
            with speaking(ENGLISH):  # an import reads its words: at least, provisional
                _indicator(objective, indicator)


def _children(source: ExportSource, item: Item) -> list[Item]:
    """Return the items whose main parent is *item*."""
    return [each for child in source.plan.branches(item) for each in (child, *_children(source, child))]


def _place(source: ExportSource, below: Item, goal: Item) -> str:
    """Return the position of *below*, since objectives cannot be nested."""
    parent = source.plan.parent(below)
    if not parent or parent.id == goal.id:
        return ""
    entry = f"{parent.code} {source.plan.title(parent)}".strip()
    return gettext("Under %(entry)s.", entry=entry) + " "


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


def _indicator(element: _Element, measured: Indicator) -> None:
    """Add *measured*: what is aimed at and what was reached at one time stand together."""
    figures = [placed.figure for placed in measured.placed(())]
    kept = set(map(id, _kept(measured)))
    kind = "Quantitative" if any(figure.number is not None for figure in figures) else "Qualitative"
    indicator = _add(element, "PerformanceIndicator")
    indicator.set("PerformanceIndicatorType", kind)
    _add(indicator, "MeasurementDimension", measured.name)
    _add(indicator, "UnitOfMeasurement", measured.unit)
    targets: dict[Period | None, list[Aim]] = {}
    actual: dict[Period | None, list[tuple[str, Value]]] = {}
    for placed in measured.placed(()):
        if isinstance(placed.figure, Aim):
            targets.setdefault(placed.figure.due, []).append(placed.figure)
        elif isinstance(placed.figure, Value) and (placed.role == "baseline" or id(placed.figure) in kept):
            actual.setdefault(placed.figure.date, []).append((placed.role, placed.figure))
    times = sorted({*targets, *actual}, key=lambda time: time.sort_key if time else ())
    for time in times:
        instance = _add(indicator, "MeasurementInstance")
        for aim in targets.get(time, ()):
            name = aim.name if isinstance(aim, Milestone) else ""
            words = f"{aim.bounded} {measured.unit}".strip() if aim.value else ""
            due = f", by {aim.due}" if aim.due else ""
            result = _result(instance, "TargetResult", None, time, aim.value)
            _add(result, "Description", ": ".join(filter(None, (name, words))) + due)
        for role, value in actual.get(time, ()):
            result = _result(instance, "ActualResult", time, time, value.value)
            if value.of:
                descriptor = _add(result, "Descriptor")
                _add(descriptor, "DescriptorName", measured.by or "group")
                _add(descriptor, "DescriptorValue", value.of)
            words = f"{value.value} {measured.unit}".strip()
            quality = f" ({value.quality})" if value.quality != "final" else ""
            _add(result, "Description", ("Baseline: " if role == "baseline" else "") + words + quality)
    if measured.about:
        _add(indicator, "OtherInformation", measured.about.words)


def _kept(measured: Indicator) -> list[Value]:
    """Return the values that count: of several for one time, as a provisional and a revised one, the last."""
    return [value for line in (measured.measured, *measured.groups.values()) for value in line]


def _result(instance: _Element, name: str, start: Period | None, end: Period | None, value: str) -> _Element:
    result = _add(instance, name)
    if start and start.first:
        _add(result, "StartDate", start.first.isoformat())
    if end and end.last:
        _add(result, "EndDate", end.last.isoformat())
    number = number_of(value)
    if number is not None:
        _add(result, "NumberOfUnits", str(number))
    return result


def _information(source: ExportSource, root: _Element) -> None:
    information = _add(root, "AdministrativeInformation")
    last = source.plan.settings.as_of.last
    _add(information, "PublicationDate", last.isoformat() if last else "")
    _add(information, "Source", source.base or source.plan.primary.url)


def _further(item: Item) -> str:
    return " ".join(statement.words for statement in (*item.statements, *item.notes))


def _losses(source: ExportSource, strand: Strand) -> tuple[str, ...]:
    below = [each for goal in source.plan.roots(strand) for each in _children(source, goal)]
    measured = [indicator for item in below for _, indicator in item.measures]
    replaced = sum(len(each.values) - len(_kept(each)) for each in measured)
    others = [each.name for each in source.plan.settings.strands if each is not strand]
    of_goals = sum(len(goal.measures) for goal in source.plan.roots(strand))
    losses = (
        gettext("the places in the sources and the statuses of statements"),
        gettext("names in other languages"),
        gettext("relations between items; events, terms and sources"),
        gettext("the levels below the first, which read as one"),
        gettext("what was aimed at before, whether a milestone was reached, and what is said of progress"),
        *count_loss(
            replaced,
            ngettext(
                "%(n)s value that a later one replaces", "%(n)s values that later ones replace", replaced
            ),
        ),
        *count_loss(of_goals, ngettext("%(n)s indicator of a goal", "%(n)s indicators of goals", of_goals)),
    )
    if not others:
        return losses
    strands = format_list(others, locale=spoken().locale)
    return (*losses, gettext("the other strands: %(strands)s", strands=strands))


def _id(id: str) -> str:
    """Return *id* as an XML id."""
    return f"_{id}"


def _add(parent: _Element, name: str, text: str = "") -> _Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text or None
    return element
