"""A plan whose lists are all too long for one page, as there is little room on one."""

import sys
from pathlib import Path

from plan_explorer.site import addresses, pagination

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import synthetic

SMALL = {
    "MAX_TERMS": 4,
    "MAX_ENTRIES": 3,
    "MAX_LINES": 4,
    "MAX_ROWS": 10,
    "MAX_STRAND_ITEMS": 20,
    "MAX_USERS": 10,
}
MORE = """terms:
  - id: free-thing
    formerly: [loose-thing]
    name: {en: free thing, zh-Hans: 自由, zh-Latn: zìyóu zhī wù}
    summary: It means a thing. [@elsewhere]
    statements:
      - It is free. [@elsewhere]
  - {id: free, name: {en: Free, zh-Latn: zìyóu}, summary: "It means free. [@elsewhere]"}
  - {id: free-aim, name: {en: Free aim, zh-Latn: zìyóu mùbiāo}, summary: "It means an aim. [@elsewhere]"}
  - {id: free-boat, name: {en: Free boat, zh-Latn: zìyóu chuán}, summary: "It means a boat. [@elsewhere]"}
  - {id: free-coat, name: {en: Free coat, zh-Latn: yī}, summary: "It means a coat. [@elsewhere]"}
actors:
  - {id: other, name: A body of no kind, summary: "It is there. [@elsewhere]"}
"""


def shrink(patch):
    """Leave so little room that every list is too long."""
    for name, size in SMALL.items():
        patch.setattr(pagination, name, size)
    patch.setattr(addresses, "MAX_SENTENCES_ON_PAGE", 40)
    patch.setattr(addresses, "SENTENCES_PER_PART", 20)


def write(folder: Path) -> Path:
    """Write the plan to *folder* and return it."""
    synthetic.write(folder, 60)
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    path = folder / "plan.yaml"
    more = "expected: false}\n  zh-Latn: {name: Pinyin, romanizes: zh-Hans, expected: false}"
    path.write_text(path.read_text(encoding="utf-8").replace("expected: false}", more), encoding="utf-8")
    return folder
