"""Find out which plans of a site are compared, and which of their entries match."""

import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs.exceptions import PluginError

from plan_explorer.diagnostics.suggestions import did_you_mean
from plan_explorer.documents.plan_files import read_text
from plan_explorer.mkdocs_plugin.config import Compared, PlanExplorerConfig
from plan_explorer.model.entities import Crosswalk
from plan_explorer.model.plan import Plan
from plan_explorer.site.addresses import Addresses
from plan_explorer.site.counterparts import (
    BY_CROSSWALK,
    BY_HAND,
    CODE,
    MATCHED,
    NAME,
    OtherPlan,
    Pairs,
    match,
    match_crosswalk,
    mirrored,
    read_pairs,
)


def compared_plans(
    options: Sequence[PlanExplorerConfig], plans: Sequence[Plan], root: Path
) -> list[list[OtherPlan]]:
    """Return for each of *plans* those that it is compared with.

    Args:
        options: those of each plan.
        plans: the plans, in the same order.
        root: the folder of mkdocs.yml, from which files are named.

    Raises:
        PluginError: if mkdocs.yml names no plan, or none of the ways to match.
        PlanError: with what is wrong with a file that says what matches.
    """
    at = {each.prefix: number for number, each in enumerate(options)}
    found: list[list[OtherPlan]] = [[] for _ in plans]
    done: set[frozenset[int]] = set()
    for first, own in enumerate(options):
        for each in own.compare:
            second = _number(own, each, at)
            if frozenset((first, second)) in done:
                hint = "name each two plans once; both get a page"
                raise _refusal(own, f"names '{each.to}', and the two are compared already", hint)
            done.add(frozenset((first, second)))
            pairs = _pairs(each.by, plans[first], plans[second], own, root)
            crosswalk = _crosswalk(each.by, plans[first])
            by = BY_CROSSWALK if crosswalk else MATCHED.get(each.by, BY_HAND)
            title = plans[first].title(crosswalk) if crosswalk else ""
            for here, there, matched in ((first, second, pairs), (second, first, mirrored(pairs))):
                way = posixpath.relpath(options[there].prefix or ".", options[here].prefix or ".")
                own_crosswalk = crosswalk.id if crosswalk and here == first else ""
                other = OtherPlan(
                    plans[there], Addresses(plans[there]), f"{way}/", by, matched, own_crosswalk, title
                )
                found[here].append(other)
    return found


def _number(own: PlanExplorerConfig, compared: Compared, at: Mapping[str, int]) -> int:
    """Return the number of the plan that *compared* names."""
    prefix = compared.to.strip("/")
    others = [each for each in at if each != own.prefix]
    if prefix not in others:
        hint = did_you_mean(prefix, others, f"prefixes of other plans: {', '.join(map(repr, others))}")
        hint = hint if others else "name 'plan-explorer' once for each plan under 'plugins'"
        raise _refusal(own, f"names the prefix '{compared.to}', and no other plan stands there", hint)
    return at[prefix]


def _pairs(by: str, first: Plan, second: Plan, own: PlanExplorerConfig, root: Path) -> Pairs:
    """Return the entries that match, as *by* says."""
    if by in (CODE, NAME):
        return match(first, second, by)
    if crosswalk := _crosswalk(by, first):
        return match_crosswalk(first, second, crosswalk)
    if not (root / by).is_file():
        ways = [CODE, NAME, *(each.id for each in first.crosswalks)]
        otherwise = "write 'code', 'name', or the path of a YAML file, or the id of a crosswalk"
        hint = did_you_mean(by, ways, otherwise)
        raise _refusal(own, f"names '{by}', which is no way to match entries and no file", hint)
    return read_pairs(read_text(root / by, by), by, first, second)


def _crosswalk(by: str, plan: Plan) -> Crosswalk | None:
    """Return the crosswalk of *plan* that is called *by*, if there is one."""
    return next((each for each in plan.crosswalks if each.id == by), None)


def _refusal(own: PlanExplorerConfig, message: str, hint: str) -> PluginError:
    return PluginError(f"'compare' of the plan {_name(own)} {message}\n    hint: {hint}")


def _name(options: PlanExplorerConfig) -> str:
    return f"below '{options.prefix}'" if options.prefix else "at the top of the site"
