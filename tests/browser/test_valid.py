"""Every page is HTML as the W3C's checker wants it, drawings and all."""

import pytest
from conftest import PLANS


@pytest.mark.parametrize("name", PLANS)
def test_every_page_is_valid_html(sites, faults_of, name):
    assert faults_of(sites(name)) == []
