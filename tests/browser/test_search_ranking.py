"""What readers type, and which entry of the first plan they should find first."""

import pytest
from searching import settle

QUERIES: dict[str, tuple[str, ...]] = {
    # an analyst, by name, code and year
    "digital infrastructure": (
        "pillars/digital-infrastructure/index.html",
        "glossary/index.html#digital-infrastructure-term",
    ),
    "national data administration": ("actors/national-data-administration.html",),
    "NDA": ("actors/national-data-administration.html",),
    "NDRC": ("actors/development-reform-commission.html",),
    "the party": ("actors/communist-party.html",),
    "Xi": ("actors/xi-jinping.html",),
    "F2.2": ("tasks/national-data-libraries/index.html",),
    "f22": ("tasks/national-data-libraries/index.html",),
    "s2.10": ("measures/evaluate-effect.html",),
    "2025": ("objectives/2025/index.html",),
    "2035": ("objectives/2035/index.html",),
    "2025-12-31": ("objectives/2025/index.html", "timeline/index.html#2025-target"),
    "end of 2025": ("objectives/2025/index.html", "timeline/index.html#2025-target"),
    "27 February 2023": ("timeline/index.html#plan-issued", "timeline/index.html#plan-published"),
    "2023-10-25": ("timeline/index.html#nda-open",),
    "2018-03": ("timeline/index.html#ccac-2018",),
    "summit 2023": ("timeline/index.html#summit-6",),
    "AI": ("glossary/index.html#ai",),
    "summit": (
        "initiatives/summit.html",
        "measures/hold-summit.html",
        "glossary/index.html#summit-term",
        "timeline/index.html#summit-series",
    ),
    # a journalist, in a hurry
    "who monitors": (
        "actors/cyberspace-administration.html",
        "actors/cyberspace-commission.html",
        "actors/national-data-administration.html",
    ),
    "who is responsible for data security": ("actors/cyberspace-commission-office.html",),
    "who supervises data security": ("actors/cyberspace-commission-office.html",),
    "which departments draw up plans": ("actors/departments.html", "actors/regions.html"),
    "who funds digital development": ("measures/funding.html",),  # no actor is said to
    "what is asked of enterprises": ("actors/enterprises.html",),
    "enterprises": ("actors/enterprises.html",),
    "fifteenth five-year plan": ("initiatives/15fyp.html",),
    "Huawei": (),
    "G20": ("pillars/international-cooperation/index.html",),
    # a student, who does not know the words of the plan
    "privacy": ("tasks/personal-information.html", "glossary/index.html#personal-information-term"),
    "rural": ("tasks/digital-villages.html", "glossary/index.html#digital-village"),
    "climate": ("pillars/digital-ecology/index.html", "tasks/low-carbon/index.html"),
    "smart cities": (
        "tasks/smart-cities.html",
        "initiatives/smart-cities-initiative.html",
        "glossary/index.html#smart-city",
    ),
    "water": ("tasks/smart-water.html", "glossary/index.html#smart-water-term"),
    "modernisation": ("arguments/modernization.html", "glossary/index.html#chinese-style-modernization"),
    "datacenter": (
        "glossary/index.html#data-centre",
        "tasks/policy-by-network-type/index.html#focus-data-centres",
    ),
    "egovernment": ("glossary/index.html#digital-government-term",),
    "artifical inteligence": ("glossary/index.html#ai",),
    "cybersecurty": ("glossary/index.html#network-security-term",),
    "cybersecurity law": ("tasks/network-security-rules.html",),
    "platform economy": ("actors/platform-enterprises.html",),
    "who leads the plan": ("measures/leadership-throughout.html",),
    "data market": ("glossary/index.html#data-elements",),
    "supervision": ("measures/monitoring.html",),
    "Belt and Road": (),
    "unicorn": (),
    # a sinologist
    "szzg": ("glossary/index.html#digital-china-term",),
    "shùjù yàosù": ("glossary/index.html#data-elements",),
    "shu ju yao su": ("glossary/index.html#data-elements",),
    "wangluo qiangguo": ("glossary/index.html#cyber-power",),
    "數據安全": ("tasks/data-security.html", "glossary/index.html#data-security-term"),
    "中央网信办": ("actors/cyberspace-commission-office.html",),
    "network power": ("glossary/index.html#cyber-power",),
    # pages of the site, and places of the source
    "csv": ("data/index.html",),
    "data": ("glossary/index.html#data-centre", "glossary/index.html#data-elements"),
    "changes": ("glossary/index.html#century-changes-term",),
    "actors": ("actors/index.html",),
    "crossborder data": ("source/sources.html#data-flow-2024",),
    "what do the labels mean": ("about.html",),
    "deadlines": ("timeline/index.html",),
    "paragraph 8": ("source/index.html#p8",),
    "¶8 s2": ("source/index.html#p8-s2",),
    "Building a digital China is one thing, and another in national competition.": (
        "source/index.html#p1-s5",
    ),
}
"""The entries that may stand first; none if nothing must be found."""


@pytest.fixture
def first(tab, served):
    """Return a function that gives the address of the first result, or "" if nothing is found."""
    page = tab(served() + "about.html")
    page.keyboard.press("/")

    def result(query: str) -> str:
        page.get_by_role("combobox").fill(query)
        settle(page)
        hits = page.get_by_role("option")
        return hits.first.get_attribute("href").removeprefix(served()) if hits.count() else ""

    return result


def test_what_was_meant_stands_first(first):
    found = {query: first(query) for query in QUERIES}
    wrong = {
        query: found[query] for query, wanted in QUERIES.items() if found[query] not in (wanted or ("",))
    }
    assert wrong == {}


ABSENT = ("Huawei", "huawei", "Tencent", "TikTok", "ByteDance", "OpenAI", "Baidu", "Ericsson", "US", "APT")
"""Names that the plan does not have, nor anything said of it."""


def test_a_name_that_is_not_there_is_not_found(first):
    assert {name: found for name in ABSENT if (found := first(name))} == {}
