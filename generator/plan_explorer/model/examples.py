"""Show every key of plan.yaml in use, in a plan of two goals; the guide and the schema quote it."""

PLAN_YAML = {
    "settings": """\
id: tiny
name: {en: A tiny plan, fr: Un petit plan}
site_name: Tiny explorer
title: The tiny plan, step by step
lede: What one paper asks for, and who is to do it.
summary: The paper asks for clean water and clean air. [@paper p1]
statements:
  - It names who is to act. [@paper p2]
as_of: 2026-01-31
primary: paper
statuses: {stated: In the paper}
actor_kinds: {body: Bodies}
event_kinds: {meeting: Meetings}
term_kinds: {water: Water}
progress_rule: An item is on track if as much of its way is done as of its time.
differences: {later: "later in {second}"}
hues: ["#0f766e", "#b45309"]
licence: CC-BY-4.0
contact: editors@example.org
house_rules:
  - Write one sentence for each statement.
loaded_words: [sadly, of course]
""",
    "language": """\
editions: [en]
languages:
  en: {name: English}
  zh-Hans: {name: Chinese, expected: false}
  zh-Latn-pinyin: {name: Pinyin, romanizes: zh-Hans, expected: false}
  fr: {name: French, expected: false, translation: machine}
""",
    "wording": """\
wording:
  primary: the paper
  plan: the plan
  not_this: It is no translation and not by the authors of the paper.
  method: Two people read the paper, each on their own.
  licence: The texts of this site can be used under CC BY 4.0.
""",
    "strand": """\
strands:
  - id: aims
    name: Aims
    asks: What
    summary: Two goals lead the paper. [@paper p1]
    statements:
      - Steps come below them. [@paper p2]
    map: grid
    levels:
      - id: goal
        plural: goals
        name: {one: Goal, many: Goals}
        hue: each
      - id: step
        plural: steps
        name: {one: Step, many: Steps, forms: {two: Steps}}
        under: [goal, step]
        page: own
        folder: actions
        commitment: true
      - id: part
        plural: parts
        name: {one: Part of a step, many: Parts of steps, forms: {two: Parts of steps}}
        under: [step]
        page: parent
        counted_as: step
        on_map: false
""",
    "relation-kind": """\
relations:
  supports: {name: supports, inverse: is supported by, label: Helps, inverse_label: Helped by}
  done-by: {name: is done by, inverse: does, role: does it, carries_out: true}
""",
    "view": """\
views:
  - id: pair
    name: The pair
    summary: The paper counts one and one. [@paper p1]
    statements:
      - Water comes first. [@paper p1.1]
    declared: 1+1
    map: false
    groups:
      - id: first
        name: First
        summary: The first of the two. [@paper p1.1]
        members: [clean-water]
      - {id: second, name: Second, item: clean-air, members: [clean-air]}
""",
    "state": """\
progress:
  delayed: {name: Delayed, icon: pause, about: Later than it was meant to be, at_least: 0}
""",
    "removed": """\
removed:
  - {id: less-waste, address: actions/less-waste.md, replaced_by: less-runoff}
""",
}
"""Parts of one plan.yaml, by the mapping that each shows."""

DATE = """\
date:
  edtf: 2025-05-02/2025-05-04
  label: the first days of May
  status: inferred
  reason: The report names days, and the paper only the month.
  cites: [report]
  alternatives:
    - {edtf: 2025-05, label: in May, cites: [paper p1.1]}
  earlier:
    - {edtf: 2024-05, until: 2024-02, because: The hall was not ready., cites: [report]}
"""
"""Every key of a date."""

INDICATOR = """\
indicators:
  - id: nitrate
    name: Nitrate in the river
    about: The mean of twelve samples taken below the mill. [@report]
    unit: mg/l
    direction: down
    period: 2020/2030
    by: season
    baseline: {value: 41, date: 2020, cites: [report]}
    targets:
      - value: 25
        comparator: at-most
        due: 2030
        cites: [paper p1.1]
        earlier:
          - {due: 2028, until: 2024-05, because: The farmers asked for time., cites: [report]}
    milestones:
      - {value: 33, due: 2026, cites: [paper p1.1]}
      - {name: A second mill tank, due: 2025, met: 2025-03, cites: [report]}
    values:
      - {value: 39, date: 2023, cites: [report]}
      - {value: 44, date: 2023, of: winter, cites: [report]}
      - {value: 37, date: 2024, quality: provisional, cites: [report]}
    values_file: values.csv
"""
"""Every key of an indicator, but for what figures share with statements."""

PROGRESS = """\
progress:
  - state: delayed
    date: 2023-05
    because: The report says that the tank is late. [@report]
  - {state: on-track, date: 2025-05, because: The tank is in use., cites: [report]}
"""
"""What two years say of an item."""

DATES = (
    *("2030", "2030-06", "2030-06-15", "2030~", "2030-06~"),
    *("2025/2030", "2025-05-02/2025-05-04", "../2030", "2025/.."),
)
"""Every form of a date."""

OPTIONS = """\
plugins:
  - plan-explorer:
      plan: content/plan
      prefix: explorer
      templates: my-templates
      exports: [json, csv]
      compare:
        - {to: water, by: name}
"""
"""Every option of the plugin, in mkdocs.yml."""
