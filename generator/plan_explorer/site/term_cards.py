"""Build the script with cards for all terms."""

import json
from typing import Any

from plan_explorer.model.entities import Term
from plan_explorer.model.plan import Plan
from plan_explorer.site.views.lists import term_links

TERMS = "assets/px/terms.js"


def script(plan: Plan) -> bytes:
    """Return the script with the cards of all terms."""
    used = term_links(plan, plan.terms)["used_in"]
    terms = {term.id: _card(plan, term, len(used[term.id])) for term in plan.terms}
    data = json.dumps(terms, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"window.PX_TERMS={data};\n".encode()


def _card(plan: Plan, term: Term, uses: int) -> list[Any]:
    """Return the data of a term's card."""
    names = [[tag, name.text] for tag, name in term.name.items() if tag != plan.settings.language]
    return [plan.title(term), names, term.summary.words if term.summary else "", uses]
