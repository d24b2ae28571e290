"""The rule by which texts are split; another program that splits them has to pass the same cases."""

import json
from pathlib import Path

import pytest

from plan_explorer.evidence.sentences import Paragraph, fingerprint, normalise, split_paragraphs, split_text

CASES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_is_split_by_the_rule(case):
    paragraphs = map(Paragraph, split_paragraphs(case["text"]))
    found = [
        {
            "section": passage.section,
            "sentences": [
                {
                    "text": each.text,
                    "words": each.words,
                    "opening": each.opening,
                    "closing": each.closing,
                    "normalised": normalise(each.text),
                    "fingerprint": each.fingerprint,
                }
                for each in passage.sentences
            ],
        }
        for passage in split_text(paragraphs, case.get("start", ""))
    ]
    assert found == case["passages"]


def test_the_fingerprint_is_fnv_1a():
    """Values published with the algorithm."""
    assert fingerprint("") == "cbf29ce484222325"
    assert fingerprint("a") == "af63dc4c8601ec8c"
    assert fingerprint("foobar") == "85944171f73967e8"


def test_one_letter_changes_a_fingerprint_and_a_line_break_does_not():
    assert fingerprint("The river is clean.") != fingerprint("The river is clear.")
    assert fingerprint("The  river\nis “clean”.") == fingerprint('The river is "clean".')
