"""Turn a structured plan, kept as YAML, into a cross-linked static site.

The public API, by topic; everything else may change without notice.

Read a plan: ``load_plan`` gives a sound ``Plan``, or raises ``PlanError`` with every ``Problem``.

Build a site: ``build`` gives a ``Site``, all of it in memory.
"""

from plan_explorer.build import Site, build
from plan_explorer.diagnostics.problems import PlanError, Problem
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.plan import Plan

__all__ = ["Plan", "PlanError", "Problem", "Site", "build", "load_plan"]
