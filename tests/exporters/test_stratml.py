"""StratML Part 2: valid by its content model, one strand whole, and the file says what it leaves out.

The schema that the standard publishes is on no package index; ``stratml-part-2.xsd`` states its content model
anew.
"""

import re
from pathlib import Path

import pytest
from exporters.conftest import TINY
from lxml import etree

from plan_explorer.exporters.stratml import NAMESPACE

SCHEMA = etree.XMLSchema(file=Path(__file__).with_name("stratml-part-2.xsd"))
NAMES = {"s": NAMESPACE}


@pytest.fixture
def text(exported):
    return exported("stratml").files["plan.stratml.xml"].decode()


def faults(text):
    document = etree.fromstring(text.encode())
    return [] if SCHEMA.validate(document) else [error.message for error in SCHEMA.error_log]


def found(text, path):
    return etree.fromstring(text.encode()).xpath(path, namespaces=NAMES)


def test_it_is_valid(text):
    assert faults(text) == []


def test_one_strand_is_in_it_each_item_once(text, plan):
    ids = [each.text.removeprefix("_") for each in found(text, "//s:Goal//s:Identifier")]
    strand = next(s for s in plan.settings.strands if plan.strand(plan[ids[0]]).id == s.id)
    assert sorted(ids) == sorted(item.id for item in plan.walk(strand))
    goals = [each.text.removeprefix("_") for each in found(text, "//s:Goal/s:Identifier")]
    assert goals == [item.id for item in plan.roots(strand)]


def test_figures_that_a_plan_sets_are_indicators(text, plan):
    below = {each.text.removeprefix("_") for each in found(text, "//s:Objective/s:Identifier")}
    wanted = sorted(each.name for item in plan.items if item.id in below for _, each in item.measures)
    assert sorted(each.text for each in found(text, "//s:MeasurementDimension")) == wanted


def test_the_file_itself_says_what_is_not_in_it(text, exported, source):
    (said,) = found(text, "/s:PerformancePlanOrReport/s:OtherInformation/text()")
    losses = exported("stratml").losses
    assert losses
    assert [loss for loss in losses if loss not in said] == []
    assert source.hash in said


FAULTS = {
    "wrong order": (r"(<Name>.*?</Name>)(\s*)(<Description)", r"\3>x</Description>\2\1\2\3", "Description"),
    "no goal": (r"<Goal>.*</Goal>", "", "StrategicPlanCore"),
    "an id that begins with a digit": (r"<Identifier>_", "<Identifier>2", "not a valid value"),
    "the same id twice": (r"<Identifier>_[a-z-]+<", "<Identifier>_same<", "_same"),
    "no day": (r"<PublicationDate>[^<]*", "<PublicationDate>soon", "soon"),
    "no type": (r' Type="[^"]*"', "", "Type"),
    "another namespace": (NAMESPACE, "urn:other", "No matching global declaration"),
}


@TINY
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught(text, fault):
    pattern, planted, words = FAULTS[fault]
    broken, number = re.subn(pattern, planted, text, flags=re.DOTALL)
    assert number
    assert words in " ".join(faults(broken))
