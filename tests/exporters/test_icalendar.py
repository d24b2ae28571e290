"""The calendar is one that others read: exact dates, and last days, each with an identifier that stays."""

import re
from datetime import timedelta

import pytest
import vobject
from exporters.conftest import TINY
from vobject.base import ParseError, ValidateError

from plan_explorer.model.entities import Source as Document


@pytest.fixture
def text(exported):
    return exported("ical").files["plan.ics"].decode()


def read(text):
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return calendar


def test_it_is_valid_and_its_lines_end_as_the_standard_says(text):
    assert read(text).name == "VCALENDAR"
    assert re.search(r"(?<!\r)\n", text) is None
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_exact_dates_are_in_it_and_the_rest_is_counted(text, plan, exported):
    events = getattr(read(text), "vevent_list", [])
    periods = [
        each.date.edtf for each in plan if each.date and each.date.edtf and not isinstance(each, Document)
    ]
    measured = (each for item in plan.items for _, each in item.measures)
    due = [aim.due for each in measured for aim in (*each.targets, *each.milestones) if aim.due]
    whole = [p for p in periods if p.exact and p.first and p.last] + [
        d for d in due if d.last and not d.end.about
    ]
    assert len(events) == len(whole)
    left = len(periods) + len(due) - len(whole)
    counts = [int(number[0]) for loss in exported("ical").losses if (number := re.match(r"\d+", loss))]
    words = sum(bool(e.date and not e.date.edtf) for e in plan if not isinstance(e, Document))
    assert sum(counts) == left + words


def test_an_event_ends_on_the_day_after_its_last(text, plan):
    events = {each.summary.value: each for each in getattr(read(text), "vevent_list", [])}
    for event in plan.events:
        if event.period and event.period.exact and event.period.first and event.period.last:
            found = events[plan.title(event)]
            assert (found.dtstart.value, found.dtend.value - timedelta(days=1)) == (
                event.period.first,
                event.period.last,
            )


def test_identifiers_are_unique_and_stay(text, source, plan):
    uids = re.findall(r"^UID:(.+)\r$", text, re.MULTILINE)
    assert len(uids) == len(set(uids)) > 0
    for event in plan.events:
        if event.period and event.period.exact and event.period.first and event.period.last:
            assert str(source.uuid(event.id, "date")) in uids


@TINY
def test_the_identifier_of_an_event_is_this_one(text):
    assert "UID:18aee72f-cd8a-5fdc-a830-de4eab914c28" in text
    assert "DTSTART;VALUE=DATE:20250502\r\nDTEND;VALUE=DATE:20250503" in text


FAULTS = {
    "no identifier": ("\r\nUID:", "\r\nX-UID:"),
    "no day": ("DTSTART;VALUE=DATE:2025", "DTSTART;VALUE=DATE:soon"),
    "no beginning": ("DTSTART;", "X-START;"),
    "no end": ("END:VEVENT\r\n", ""),
    "no version": ("\r\nVERSION:2.0", ""),
}


@TINY
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(text, fault):
    given, planted = FAULTS[fault]
    head, event = text.split("BEGIN:VEVENT")
    broken = head.replace(given, planted) + "BEGIN:VEVENT" + event.replace(given, planted)
    assert broken != text
    with pytest.raises((ValidateError, ValueError, ParseError, AttributeError)):
        assert all([read(broken).version.value, read(broken).vevent.dtstart.value])
