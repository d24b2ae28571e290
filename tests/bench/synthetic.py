"""Plans of any size, the same for the same size: with links, relations, terms and Chinese."""

import random
from pathlib import Path

WORDS = (
    "access account action agency area baseline basin body budget capacity change city climate coast "
    "community control cost council data delivery design district effort energy evidence exchange "
    "farm fund goal grid group habitat harbour health heritage impact index industry island "
    "knowledge lake land law level library market method network office park partner path people "
    "place policy port power practice price product programme project quality rail region report "
    "research resource river road rule school season sector service site skill soil standard station "
    "storage street study supply system team term tool town trade training transport valley value "
    "village waste water wetland worker zone"
).split()
FIRST = (
    "ample brisk calm civic clean clear close common cool deep direct early even fair fine firm first free "
    "fresh full gentle green high joint just keen lean light local long main mild new next open plain prime "
    "quick quiet ready safe sharp shared smart smooth sound steady strong true vital warm wide wise"
).split()
SECOND = (
    "anchor arch atlas axis barrier beacon bench bond branch bridge canal chain channel charter circle code "
    "compass cord corner crown dial drum fabric fence field filter frame gate gauge hinge hub lamp lattice "
    "ledger lens lever link loop mast mesh mirror nest node orbit pillar pivot portal pulse quay ring"
).split()
"""Terms are made of these two, and of no word of the text around them."""
VERBS = "asks for names links supports opens plans reviews funds connects measures extends protects".split()
HAN = "数据资源网络安全技术创新政务文化社会生态治理国际合作能力环境基础设施体系经济发展建设融合应用"
PER_GOAL, PER_AIM = 25, 5
"""Items below an item of the first and of the second level."""


def write(folder: Path, items: int) -> None:
    """Write a plan of about *items* items to *folder*: three levels, terms, actors, events, a long source."""
    folder.mkdir(parents=True, exist_ok=True)
    luck = random.Random(items)
    ids = _ids(items)
    terms = [f"term-{number}" for number in range(max(20, min(items // 5, 2000)))]
    passages = max(10, items // 10)
    (folder / "plan.yaml").write_text(_settings(), encoding="utf-8")
    (folder / "sources.yaml").write_text(_source(passages, luck), encoding="utf-8")
    (folder / "terms.yaml").write_text(_terms(terms, luck), encoding="utf-8")
    (folder / "others.yaml").write_text(_others(items, luck), encoding="utf-8")
    for number, chunk in enumerate(_chunks(ids, 250)):
        text = _entries(chunk, ids, terms, passages, items, luck)
        (folder / f"items-{number:03d}.yaml").write_text(text, encoding="utf-8")


def _ids(items: int) -> list[tuple[str, str, str]]:
    """Return level, id and parent of every item."""
    found: list[tuple[str, str, str]] = []
    goal = aim = ""
    for number in range(items):
        at = number % (PER_GOAL + PER_GOAL // PER_AIM + 1)
        if at == 0:
            goal = f"goal-{number}"
            found.append(("goals", goal, ""))
        elif at % (PER_AIM + 1) == 1:
            aim = f"aim-{number}"
            found.append(("aims", aim, goal))
        else:
            found.append(("steps", f"step-{number}", aim))
    return found


def _settings() -> str:
    return """id: synthetic
name: {en: A synthetic plan, zh-Hans: 综合规划}
site_name: Synthetic explorer
as_of: 2026-01-01
primary: report
languages:
  en: {name: English}
  zh-Hans: {name: Chinese, expected: false}
strands:
  - id: framework
    name: Framework
    map: grid
    levels:
      - {id: goal, plural: goals, name: {one: Goal, many: Goals}, hue: each}
      - {id: aim, plural: aims, name: {one: Aim, many: Aims}, under: [goal]}
      - {id: step, plural: steps, name: {one: Step, many: Steps}, under: [aim], commitment: true}
relations:
  supports: {name: supports, inverse: is supported by}
  done-by: {name: is done by, inverse: does, role: does it}
actor_kinds: {body: Bodies}
event_kinds: {meeting: Meetings}
"""


def _source(passages: int, luck: random.Random) -> str:
    lines = [
        "sources:",
        "  - id: report",
        "    name: The report",
        "    outline:",
        "      - section: All",
        "        passages:",
    ]
    for number in range(1, passages + 1):
        lengths = [luck.randint(8, 40) for _ in range(10)]
        lines.append(
            f"          - {{id: p{number}, number: {number}, title: Passage {number}, sentences: {lengths}, "
            f"summary: {_sentence(luck)}.}}"
        )
    return "\n".join([*lines, "  - id: elsewhere", "    name: Another report", ""])


def _terms(terms: list[str], luck: random.Random) -> str:
    lines = ["terms:"]
    for number, id in enumerate(terms):
        lines += [
            f"  - id: {id}",
            f"    name: {{en: {_term(number)}, zh-Hans: {_han(luck, 4)}}}",
            f"    summary: It means {_sentence(luck)}. [@elsewhere]",
        ]
    return "\n".join([*lines, ""])


def _term(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {SECOND[(number // len(FIRST) + number) % len(SECOND)]}"


def _any(terms: list[str], luck: random.Random) -> str:
    return _term(luck.randrange(len(terms)))


def _others(items: int, luck: random.Random) -> str:
    lines = ["actors:"]
    for number in range(max(5, items // 100)):
        lines += [
            f"  - id: actor-{number}",
            "    kind: body",
            f"    name: Body {number}",
            f"    summary: {_sentence(luck)}. [@report p1.1]",
        ]
    lines.append("events:")
    for number in range(max(5, items // 50)):
        year, month = 1990 + number % 60, 1 + number % 12
        lines += [
            f"  - id: event-{number}",
            "    kind: meeting",
            f"    name: Meeting {number}",
            f"    date: {{edtf: {year}-{month:02d}, cites: [elsewhere]}}",
            f"    summary: {_sentence(luck)}. [@report p1.2]",
        ]
    return "\n".join([*lines, ""])


def _entries(chunk, ids, terms, passages: int, items: int, luck: random.Random) -> str:
    by_level: dict[str, list[str]] = {}
    for level, id, parent in chunk:
        by_level.setdefault(level, []).extend(_entry(level, id, parent, ids, terms, passages, items, luck))
    return "\n".join(line for level, lines in by_level.items() for line in [f"{level}:", *lines]) + "\n"


def _entry(level, id, parent, ids, terms, passages, items, luck) -> list[str]:
    number = int(id.rpartition("-")[2])
    place = f"p{1 + number % passages}.{1 + number // passages % 10}"
    lines = [
        f"  - id: {id}",
        *([f"    under: {parent}"] if parent else []),
        f"    code: {level[0].upper()}{number}",
    ]
    lines += [f"    name: {{en: {_sentence(luck, 4).capitalize()} {number}, zh-Hans: {_han(luck, 8)}}}"]
    lines += [
        f"    summary: The report asks for {_sentence(luck)} with {_any(terms, luck)}. [@report {place}]",
        "    statements:",
    ]
    for _ in range(3):
        lines.append(
            f"      - It {luck.choice(VERBS)} {_sentence(luck)} by a {_any(terms, luck)}. [@report {place}]"
        )
    lines.append("    relations:")
    others = luck.sample(ids, min(5, len(ids)))
    for _, other, _ in others:
        if other != id:
            lines += [
                f"      - supports: {other}",
                f"        because: Both need {_sentence(luck, 5)}. [@report {place}]",
                "        status: inferred",
            ]
    lines += [f"      - done-by: actor-{number % max(5, items // 100)}", f"        cites: [report {place}]"]
    return lines


def _sentence(luck: random.Random, words: int = 12) -> str:
    return " ".join(luck.choice(WORDS) for _ in range(words))


def _han(luck: random.Random, length: int) -> str:
    return "".join(luck.choice(HAN) for _ in range(length))


def _chunks(things: list, size: int):
    return (things[at : at + size] for at in range(0, len(things), size))
