"""A reader can tell the editors of a fault, from a page and from every statement on it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import build_site, plan_folder
from edited import copied

from plan_explorer.site.fault_reports import report, report_to

STEP = "steps/less-runoff.html"


@pytest.mark.parametrize(
    ("contact", "repository", "link"),
    [
        ("", "", ""),
        ("", "http://example.org/plan", ""),
        ("", "https://github.com/a/plan/", "https://github.com/a/plan/issues/new?title=A%2C%20b%23s1"),
        ("", "https://gitlab.com/a/p", "https://gitlab.com/a/p/-/issues/new?issue[title]=A%2C%20b%23s1"),
        ("ed@example.org", "https://github.com/a/plan", "mailto:ed@example.org?subject=A%2C%20b%23s1"),
        ("mailto:ed@example.org", "", "mailto:ed@example.org?subject=A%2C%20b%23s1"),
        ("https://example.org/tell", "", "https://example.org/tell?title=A%2C%20b%23s1"),
        ("https://example.org/tell?of=plan", "", "https://example.org/tell?of=plan&title=A%2C%20b%23s1"),
    ],
)
def test_a_report_goes_to_the_contact_or_else_to_the_issues(contact, repository, link):
    found = report(report_to(contact, repository), "A", "b#s1")
    assert found.replace("Fault%3A%20", "") == link


def faults(site, path):
    """Return where each report on a page goes, and its subject."""
    html = (site / path).read_text(encoding="utf-8")
    links = [unescape(href) for href in re.findall(r'<p class="px-fault"><a href="([^"]*)"', html)]
    parts = [(urlsplit(link), parse_qs(urlsplit(link).query)) for link in links]
    return [(f"{url.scheme}:{url.netloc}{url.path}", *given.values()) for url, given in parts]


def test_the_subject_holds_the_page_and_room_for_the_address_of_the_statement(tmp_path):
    folder = copied("tiny", tmp_path)
    path = folder / "plan.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "contact: ed@example.org\n", encoding="utf-8")
    site = build_site(folder, tmp_path / "site", repo_url="https://github.com/a/plan")
    page, said = faults(site, STEP)
    assert page == ("mailto:ed@example.org", [f"Fault: Less runoff, {STEP}"])
    assert said == ("mailto:ed@example.org", [f"Fault: Less runoff, {STEP}#"])


def test_the_issues_of_the_repository_are_used_without_a_contact(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path / "site", repo_url="https://github.com/a/plan")
    assert {to for to, _ in faults(site, STEP)} == {"https:github.com/a/plan/issues/new"}


def test_nothing_is_shown_if_nobody_is_named(tmp_path):
    site = build_site(plan_folder("tiny"), tmp_path / "site")
    assert not [path for path in site.rglob("*.html") if "px-fault" in path.read_text(encoding="utf-8")]
