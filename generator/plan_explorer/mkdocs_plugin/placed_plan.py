"""Know a plan of the site: where its folder is, and below which address its pages stand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from plan_explorer.build import Site
from plan_explorer.mkdocs_plugin.config import PlanExplorerConfig
from plan_explorer.site.search_index import SearchEntry


@dataclass
class PlacedPlan:
    """A plan, and where it stands in the site."""

    options: PlanExplorerConfig
    folder: Path
    """The folder of the plan."""
    shown: str
    """What to call the folder in messages."""
    site: Site
    edition: str = ""
    """The language of the edition, unless it is the first."""
    told: dict[str, Any] = field(default_factory=dict)
    """What the theme is told on each of its pages."""

    @property
    def prefix(self) -> str:
        """The folder of the site below which it stands, as a path that ends in a slash, or nothing."""
        return prefix_of(self.options, self.edition)

    @property
    def name(self) -> str:
        """What its explorer is called."""
        return self.site.plan.settings.site_name

    @property
    def nav(self) -> Mapping[str, str]:
        """The titles of its top pages, by their paths in the site."""
        return {f"{self.prefix}{link.address}": link.title for link in self.site.nav}

    def search(self) -> Iterator[SearchEntry]:
        """Yield what a search can find, by its address in the site."""
        return (replace(entry, url=self.prefix + entry.url) for entry in self.site.search())

    @property
    def moved(self) -> Iterator[tuple[str, str]]:
        """Yield the old address of each page that is no more, and its new one, in the site."""
        return ((self.prefix + old, self.prefix + new) for old, new in self.site.moved)


def first_editions(plans: Sequence[PlacedPlan]) -> list[PlacedPlan]:
    """Return those of *plans* that are not told once more in another language."""
    return [each for each in plans if not each.edition]


def refuse_shared_places(options: Sequence[PlanExplorerConfig]) -> None:
    """Stop the build if two plans would stand in the same place.

    Raises:
        PluginError: with what to write in mkdocs.yml.
    """
    prefixes = [each.prefix for each in options]
    for prefix, number in Counter(prefixes).items():
        if number > 1:
            place = f"below the prefix '{prefix}'" if prefix else "at the top of the site, without a 'prefix'"
            raise PluginError(
                f"{number} plans would stand {place}\n"
                "    hint: give each 'plan-explorer' in mkdocs.yml a folder and a prefix of its own, "
                "such as 'plan: plans/water' and 'prefix: water'"
            )


def prefix_of(options: PlanExplorerConfig, edition: str = "") -> str:
    """Return the prefix in *options* and an *edition* below it: a path that ends in a slash, or nothing."""
    return "".join(f"{folder}/" for folder in (options.prefix, edition) if folder)
