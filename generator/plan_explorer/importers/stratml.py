"""Import StratML Parts 1 and 2 leniently, by element names."""

from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from plan_explorer.importers.clean_text import date, plain_paragraphs, span, title, web_address
from plan_explorer.importers.draft import (
    ACTOR,
    Draft,
    DraftEntry,
    DraftFigure,
    DraftIndicator,
    DraftLevel,
    DraftLink,
    DraftTarget,
    shown,
)
from plan_explorer.importers.format import ImportRequest
from plan_explorer.importers.safe_read import parse_xml, refuse

ROOTS = ("StrategicPlan", "PerformancePlanOrReport", "PerformancePlan", "PerformanceReport")
LEVELS = (
    DraftLevel("vision", "Vision", "Visions", "direction"),
    DraftLevel("mission", "Mission", "Missions", "direction"),
    DraftLevel("value", "Value", "Values", "direction"),
    DraftLevel("goal", "Goal", "Goals", "goals", hue=True),
    DraftLevel("objective", "Objective", "Objectives", "goals"),
    DraftLevel("indicator", "Performance indicator", "Performance indicators", "goals", page="parent"),
)
KINDS = {"Vision": "vision", "Mission": "mission", "Value": "value", "Goal": "goal", "Objective": "objective",
         "PerformanceIndicator": "indicator"}  # fmt: skip
NESTED = {
    "Goal": ("Goal", "Objective", "PerformanceIndicator"),
    "Objective": ("Objective", "PerformanceIndicator"),
}
RELATION_NAMES = {
    "performer": ("is to be carried out by", "is to carry out"),
    "beneficiary": ("is to benefit", "is to benefit from"),
    "stakeholder": ("concerns", "is concerned by"),
    "part-of": ("is part of", "includes"),
}
KNOWN_PARTS = (
    *(
        *KINDS,
        "Name",
        "Description",
        "OtherInformation",
        "Organization",
        "StrategicPlanCore",
        "AdministrativeInformation",
    ),
)
READ = {
    "AdministrativeInformation": ("PublicationDate", "StartDate", "EndDate", "Source", "Identifier"),
    "Organization": ("Name", "Acronym", "Description", "Identifier", "Stakeholder"),
    "Stakeholder": ("Name", "Acronym", "Description", "Identifier", "Role"),
    "Role": ("Name", "Description", "RoleType"),
    "MeasurementInstance": ("TargetResult", "ActualResult"),
    "TargetResult": ("NumberOfUnits", "Description", "StartDate", "EndDate", "Descriptor"),
    "ActualResult": ("NumberOfUnits", "Description", "StartDate", "EndDate", "Descriptor"),
    "Descriptor": ("DescriptorName", "DescriptorValue"),
}
"""The elements that are read in others; any other is reported."""
PLACEHOLDERS = ("", "[to be determined]", "tbd", "n/a", "none")
TEXTS = ("Description", "OtherInformation", "MeasurementDimension")
QUALITIES = ("provisional", "revised")
COMPARATORS = ("at-least", "more-than", "at-most")
"""What the words of a figure may say of it, for which StratML has no element."""


def read(request: ImportRequest) -> Draft:
    """Return the plan as a draft.

    Raises:
        PlanError: ``not-imported``, if the file is not StratML.
    """
    root = parse_xml(request.raw, request.shown)
    if _name(root) not in ROOTS:
        raise refuse(request.shown, f"this is not StratML: its first element is '{_name(root)[:40]}'")
    return _Reader(request, root).draft


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Any, *names: str) -> list[Any]:
    return [child for child in element if _name(child) in names]


def _text(element: Any, name: str) -> str:
    """Return the text of the first child *name*."""
    return " ".join(_raw(element, name).split())


def _raw(element: Any, name: str) -> str:
    child = next(iter(_all(element, name)), None)
    if child is None:
        return ""
    # Some files have markup in the text; its words are kept, and paragraphs stay separate.
    return "\n\n".join(part for part in ("".join(child.itertext())).split("\n\n") if part.strip())


class _Reader:
    def __init__(self, request: ImportRequest, root: Any) -> None:
        core = next((e for e in root.iter() if _name(e) == "StrategicPlanCore"), root)
        about = next((e for e in root.iter() if _name(e) == "AdministrativeInformation"), None)
        name = title(_text(root, "Name")) or request.title
        self.draft = Draft(
            request.stem, name, "the plan", levels=list(LEVELS), relations=dict(RELATION_NAMES)
        )
        self.draft.strands = {"direction": "Direction", "goals": "Goals"}
        self.draft.roles = {"performer": "carries out", "beneficiary": "benefits"}
        self.draft.carries_out = "performer"
        told = [text for name in ("Description", "OtherInformation") for text in self._paragraphs(root, name)]
        self.draft.lede = " ".join(told)
        self._keys: set[str] = set()
        self._bodies: dict[str, DraftEntry] = {}
        self._administration(about)
        for body in _all(core, "Organization"):
            self._organization(body)
        for kind in KINDS:
            for element in _all(core, kind):
                self._item(element, None)
        self._unread(root, core)
        self.draft.entries += self._bodies.values()

    # --- the whole

    def _administration(self, about: Any) -> None:
        if about is None:
            return
        published = date(_text(about, "PublicationDate"))
        start, end = date(_text(about, "StartDate")), date(_text(about, "EndDate"))
        self.draft.as_of = published or start
        self.draft.source = {"date": published or start, "url": web_address(_text(about, "Source"))}
        if start or end:
            self.draft.change(
                f"the plan runs from {start or '?'} to {end or '?'}: this is only in the report",
                _where(about),
            )
        if (source := _text(about, "Source")) and not web_address(source):
            self.draft.drop("an address that is not on the web", f"{_where(about)}: {shown(source)}")
        self._check(about)

    def _organization(self, body: Any) -> None:
        entry = self._body(body, "organization")
        for stakeholder in _all(body, "Stakeholder"):
            below = self._body(stakeholder, _group(stakeholder))
            roles = [": ".join(self._role(role)) for role in _all(stakeholder, "Role")]
            below.says += [text for text in roles if text and text not in below.says]
            if not below.under and below is not entry:
                below.links.append(DraftLink("part-of", entry.key))

    def _body(self, element: Any, group: str) -> DraftEntry:
        """Return the key of the actor described."""
        self._check(element)
        name = title(_text(element, "Name"))
        acronym = _text(element, "Acronym")
        if name.lower() in PLACEHOLDERS:
            name = acronym or "Not named"
        entry = self._bodies.get(name.casefold())
        if entry is None:
            entry = DraftEntry(
                f"actor:{name.casefold()}", ACTOR, name, group=group, slug=name, where=_where(element)
            )
            entry.section = "Organizations and stakeholders"
            self._bodies[name.casefold()] = entry
            if acronym and acronym != name:
                entry.says.append(f"Acronym: {acronym}.")
        for text in self._paragraphs(element, "Description"):
            if text not in entry.says:
                entry.says.append(text)
        if not entry.says:
            entry.says = [f"It is named as {group.lower()}."]
        return entry

    # --- goals and what is below them

    def _item(self, element: Any, parent: DraftEntry | None) -> None:
        tag = _name(element)
        kind = KINDS[tag]
        level = next(level for level in LEVELS if level.id == kind)
        entry = DraftEntry(self._key(element), kind, self._title(element), where=_where(element))
        entry.code = _text(element, "SequenceIndicator")
        entry.slug = entry.name or kind
        entry.under = [parent.key] if parent else []
        entry.section = parent.section if parent else (entry.name if kind == "goal" else "") or level.many
        entry.says = [text for name in TEXTS for text in self._paragraphs(element, name)]
        if not entry.name and not entry.says:
            self.draft.drop(f"an empty {level.one.lower()}", _place(element))
            return
        entry.links = list(self._stakeholders(element))
        if kind == "indicator":
            self._measure(element, entry)
        self.draft.entries.append(entry)
        for below in _all(element, *NESTED.get(tag, ())):
            self._item(below, entry)
        for child in element:
            if _name(child) not in (*TEXTS, *NESTED.get(tag, ()), "Name", "Identifier", "SequenceIndicator",
                                    "Stakeholder", "UnitOfMeasurement", "MeasurementInstance"):  # fmt: skip
                self._lost(child)

    def _key(self, element: Any) -> str:
        key = _text(element, "Identifier") or f"{_name(element)} in line {element.sourceline}"
        if key in self._keys:
            self.draft.change("an identifier that occurs twice", f"{_where(element)}: {key}")
            base = f"{key} in line {element.sourceline}"
            numbered = (f"{base}, {number}" for number in count(2))
            key = next(each for each in chain([base], numbered) if each not in self._keys)
        self._keys.add(key)
        return key

    def _title(self, element: Any) -> str:
        name = title(_text(element, "Name"))
        return "" if name.lower() in PLACEHOLDERS else name

    def _paragraphs(self, element: Any, name: str) -> list[str]:
        texts = [text for each in _all(element, name) for text in plain_paragraphs("".join(each.itertext()))]
        return [text for text in texts if text.lower() not in PLACEHOLDERS]

    def _stakeholders(self, element: Any) -> Iterator[DraftLink]:
        for stakeholder in _all(element, "Stakeholder"):
            if title(_text(stakeholder, "Name")).lower() in PLACEHOLDERS:
                self.draft.drop("a stakeholder without a name", _place(stakeholder))
                continue
            body = self._body(stakeholder, _group(stakeholder))
            roles = _all(stakeholder, "Role")
            kinds = [_text(role, "RoleType").lower() for role in roles] or ["stakeholder"]
            because = " ".join(": ".join(self._role(role)) for role in roles)
            for kind in kinds:
                if kind and kind not in RELATION_NAMES:
                    self.draft.drop("a kind of role", f"{_where(stakeholder)}: {kind[:80]}")
            for kind in dict.fromkeys(kind if kind in RELATION_NAMES else "stakeholder" for kind in kinds):
                yield DraftLink(kind, body.key, because)

    def _role(self, role: Any) -> list[str]:
        self._check(role)
        texts = [" ".join(self._paragraphs(role, name)) for name in ("Name", "Description")]
        return [text for text in dict.fromkeys(texts) if text]

    def _measure(self, element: Any, entry: DraftEntry) -> None:
        """Read the figures of an indicator; their words stay statements."""
        unit = _text(element, "UnitOfMeasurement")
        indicator = _text(element, "MeasurementDimension") or entry.name or _text(element, "Description")
        targets: list[DraftFigure] = []
        measured = DraftIndicator(title(indicator) or "Indicator", unit)
        for instance in _all(element, "MeasurementInstance"):
            self._check(instance)
            for result in _all(instance, "TargetResult", "ActualResult"):
                self._check(result)
                kind = "Target" if _name(result) == "TargetResult" else "Result"
                value = _text(result, "NumberOfUnits")
                when = span(_text(result, "StartDate"), _text(result, "EndDate"))
                due = date(_text(result, "EndDate")) or when
                told = _text(result, "Description").lower()
                if value and kind == "Target":
                    targets.append(DraftFigure(value, due, comparator=_comparator(told, value)))
                elif value:
                    quality = next((each for each in QUALITIES if f"({each})" in told), "")
                    figure = DraftFigure(value, _time(result), _group_of(result), quality)
                    self._result(result, figure, measured)
                figures = [value, unit if value else "", f"({when})" if when else ""]
                figures += [f"({each})" for each in _descriptors(result)] if kind == "Target" else []
                if texts := [*filter(None, figures), *self._paragraphs(result, "Description")]:
                    entry.says.append(f"{kind}: {' '.join(texts)}")
        if len(targets) > 1 or measured.values or measured.baseline:
            measured.targets = sorted(targets, key=lambda aim: (aim.date, aim.value))
            entry.indicators = [measured]
        elif targets:
            aim = targets[0]
            entry.aim = DraftTarget(measured.name, aim.value, unit, aim.date, comparator=aim.comparator)
        elif unit:
            entry.says.append(f"Unit of measurement: {unit}")

    def _result(self, result: Any, figure: DraftFigure, measured: DraftIndicator) -> None:
        """Add a result to what was *measured*; where it starts is said in words only."""
        if _text(result, "Description").lower().startswith("baseline") and not measured.baseline:
            measured.baseline = figure
            return
        measured.values.append(figure)
        names = [title(_text(each, "DescriptorName")) for each in _all(result, "Descriptor")]
        measured.by = measured.by or ", ".join(filter(None, names))

    # --- what is left

    def _unread(self, root: Any, core: Any) -> None:
        for child in core:
            if _name(child) not in (*KINDS, "Organization") and core is not root:
                self._lost(child)
        for child in root:
            if _name(child) not in KNOWN_PARTS:
                self._lost(child)

    def _check(self, element: Any) -> None:
        """Record the children of *element* that are not read."""
        for child in element:
            if _name(child) not in READ[_name(element)]:
                self._lost(child)
            elif _name(child) == "Descriptor":
                self._check(child)

    def _lost(self, element: Any) -> None:
        if _words(element):
            self.draft.drop(f"the element {_name(element)}", _place(element))


def _comparator(told: str, value: str) -> str:
    """Return what bounds a target that is *told* in words: ``at-least``."""
    return next((each for each in COMPARATORS if f"{each.replace('-', ' ')} {value}" in told), "")


def _time(result: Any) -> str:
    """Return the year, month, day or period of a result, as EDTF."""
    start, end = date(_text(result, "StartDate")), date(_text(result, "EndDate"))
    if start and end and start[:4] == end[:4] and (start[5:], end[5:]) == ("01-01", "12-31"):
        return start[:4]
    return f"{start}/{end}" if start and end and start != end else end or start


def _descriptors(result: Any) -> Iterator[str]:
    """Yield what a figure is about, in words."""
    for each in _all(result, "Descriptor"):
        told = (title(_text(each, name)) for name in ("DescriptorName", "DescriptorValue"))
        yield ": ".join(filter(None, told))


def _group_of(result: Any) -> str:
    return ", ".join(title(_text(each, "DescriptorValue")) for each in _all(result, "Descriptor"))


def _group(stakeholder: Any) -> str:
    kind = next((v for k, v in stakeholder.attrib.items() if str(k).endswith("StakeholderTypeType")), "")
    return " ".join(str(kind).replace("_", " ").split()) or "stakeholder"


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _place(element: Any) -> str:
    """Return where *element* is, with the beginning of its words."""
    return f"{_where(element)}: {shown(_words(element))}".removesuffix(": ")


def _where(element: Any) -> str:
    return f"line {element.sourceline}"
