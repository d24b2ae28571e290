"""Address reports of faults: to the tracker of a repository, or to the address that the plan gives."""

from urllib.parse import quote, urlsplit

from plan_explorer.translation import gettext


def report_to(contact: str, repository: str) -> str:
    """Return where a report goes, up to its subject, or nothing if nobody is named.

    Args:
        contact: the address in plan.yaml, of e-mail or of a page, which counts before the other.
        repository: the address of the repository, as ``repo_url`` in mkdocs.yml.
    """
    if "@" in contact and not contact.startswith("https:"):
        return f"mailto:{quote(contact.removeprefix('mailto:'), safe='@')}?subject="
    if contact:
        return f"{contact}{'&' if urlsplit(contact).query else '?'}title="
    if not repository.startswith("https://"):
        return ""
    host, top = urlsplit(repository).hostname or "", repository.rstrip("/")
    if "gitlab" in host:
        return f"{top}/-/issues/new?issue[title]="
    return f"{top}/issues/new?title="


def report(to: str, title: str, place: str) -> str:
    """Return the link by which a reader reports a fault at *place*, or nothing if *to* is nobody.

    It ends with the place, so that a script can add an anchor.
    """
    subject = gettext("Fault: %(title)s", title=title)
    return to + quote(f"{subject}, {place}", safe="") if to else ""
