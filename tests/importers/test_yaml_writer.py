"""What an import writes is what a person would write."""

import pytest

from plan_explorer.importers.yaml_writer import format_yaml


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("40000", "40000"),
        ("12.5", "12.5"),
        ("2029-12-31", "2029-12-31"),
        ("1.10", "'1.10'"),
        ("007", "'007'"),
        ("yes", "'yes'"),
    ],
)
def test_a_number_or_date_has_no_quotes(words, written):
    assert format_yaml({"value": words}) == f"value: {written}\n".encode()
