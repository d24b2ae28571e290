"""Keep which reasons were written about an entry that has been removed since.

Each is a line in a file beside the plan: the id of the entry whose relation it is, a fingerprint of the
reason, and the id of the entry that is gone. It holds until the reason is reworded or accepted.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256

from plan_explorer.documents.line_lists import match_lines
from plan_explorer.model.entities import Entity, Relation
from plan_explorer.model.plan import Plan

READ_AGAIN = "read-again.txt"
"""The file, in the plan's folder, of the reasons that somebody has to read again."""

HEADER = """\
# Reasons that were written about an entry that is gone: whose they are, a fingerprint, and what is gone.
# 'plan-explorer remove --replaced-by' adds to this list and 'plan-explorer report' shows it; a reason is off
# it once it is reworded, or accepted with 'plan-explorer review --accept'.
"""

_LINE = re.compile(r"(?P<id>[a-z0-9-]+) (?P<reason>[0-9a-f]{8}) (?P<gone>[a-z0-9-]+)")


@dataclass(frozen=True, order=True)
class ReadAgain:
    """A reason that was written about the entry that is *gone*."""

    id: str
    reason: str
    gone: str

    def __str__(self) -> str:
        return f"{self.id} {self.reason} {self.gone}"


def parse_read_again(text: str, shown: str) -> list[ReadAgain]:
    """Return the reasons that *text* lists.

    Raises:
        PlanError: ``bad-ledger``, for every line that is not one.
    """
    message = "this line is not a reason to read again"
    return [ReadAgain(**each) for each in match_lines(text, _LINE, message, shown, "remove --replaced-by")]


def format_read_again(reasons: Collection[ReadAgain]) -> str:
    """Return the text of the list of *reasons*."""
    return HEADER + "".join(f"{reason}\n" for reason in sorted(set(reasons)))


def reason_about(holder: Entity, relation: Relation, gone: str) -> ReadAgain:
    """Return the reason of *relation* as one that was written about the entry *gone*."""
    words = " ".join(relation.says.text.split())
    return ReadAgain(holder.id, sha256(words.encode()).hexdigest()[:8], gone)


def find_read_again(plan: Plan, reasons: Collection[ReadAgain]) -> Iterator[tuple[Entity, int, ReadAgain]]:
    """Yield the reasons that are still as they were: whose they are, and the index of the relation."""
    for each in sorted(set(reasons)):
        if each.id in plan:
            holder = plan[each.id]
            for at, relation in enumerate(holder.relations):
                if relation.says.text and reason_about(holder, relation, each.gone) == each:
                    yield holder, at, each
