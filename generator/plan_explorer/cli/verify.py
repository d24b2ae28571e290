"""Provide the command ``verify``."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from plan_explorer.cli.common import (
    carry_out,
    count,
    exit_on_problems,
    format_option,
    plan_argument,
    read_day,
    today,
)
from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.evidence.quoting import quote_cited, quote_place
from plan_explorer.evidence.stamps import (
    ACCEPT,
    ACCEPTED,
    VERIFIED,
    Binding,
    Stamps,
    bind,
    format_accepted,
    format_stamps,
    make_stamps,
    parse_accepted,
    parse_stamps,
    recall,
    settle,
)
from plan_explorer.evidence.texts import Texts, fit_text, load_texts
from plan_explorer.evidence.verification import (
    Finding,
    Verdict,
    said_by,
    verify_statements,
)
from plan_explorer.model.plan import Plan

HINT = f"hint: mend the words or the citation, or accept what is right: '{ACCEPT}'"
ALARMS: tuple[Finding, ...] = ("weak", "absent")
FINDINGS: tuple[Finding, ...] = ("found", *ALARMS, "unknown")


def _day(context: click.Context, option: click.Parameter, value: str) -> str:
    day = read_day(context, option, value) or today()
    if len(day) != len("2026-01-31"):
        raise click.BadParameter("give a day, such as 2026-01-31")
    return day


@click.command()
@plan_argument
@click.option("--text", "given", multiple=True, metavar="ID=FILE", help="The text of a source.")
@format_option(["text", "json"])
@click.option("--stamp", is_flag=True, help="Record what was found, so that 'check' knows without the text.")
@click.option(
    "--date", default="", callback=_day, metavar="DATE", help="The day to record; today by default."
)
@click.option("--accept", multiple=True, metavar="ENTRY#STATEMENT", help="Accept a statement for a reason.")
@click.option("--reason", default="", metavar="WORDS", help="Why the accepted statements are right.")
def verify(
    plan: Path,
    given: tuple[str, ...],
    form: str,
    stamp: bool,
    date: str,
    accept: tuple[str, ...],
    reason: str,
) -> None:
    """Check every statement of PLAN against the sentences it cites.

    Each is found in them, weak (another sentence fits clearly better, or only one side denies something),
    absent (no word is shared, or a number, name or quotation is not there), or unknown. Without the text of a
    source, the verdicts are those that were recorded.
    """
    if accept and not reason.strip():
        raise click.UsageError("--accept needs a --reason")
    with exit_on_problems():
        before = open_workspace(plan)
        texts = _texts(before, given)
        accepted = parse_accepted(before.text(ACCEPTED), f"{before.shown}/{ACCEPTED}")
        stamps = parse_stamps(before.text(VERIFIED), f"{before.shown}/{VERIFIED}")
        raw = verify_statements(before.plan, texts)
        after = before
        if accept:
            accepted = _accept(before.plan, raw, accepted, accept, " ".join(reason.split()))
            after = after.put(ACCEPTED, format_accepted(accepted))
        verdicts = settle(before.plan, _recalled(before.plan, raw, texts, stamps), accepted)
        if stamp:
            if not texts:
                raise click.UsageError("there is no text to verify against: give one with --text ID=FILE")
            made = make_stamps(before.plan, verdicts, stamps, date, set(texts))
            after = after.put(VERIFIED, format_stamps(made))
            if ACCEPTED in after.files:
                accepted = _accept(before.plan, raw, accepted, (), "")
                after = after.put(ACCEPTED, format_accepted(accepted))
        if form == "json":
            click.echo(_as_json(verdicts))
        else:
            for line in _as_text(before, texts, verdicts, brief=bool(accept)):
                click.echo(line)
            if not accept and any(verdict.finding in ALARMS for verdict in verdicts):
                click.echo(HINT, err=True)
        if after is not before:
            carry_out(before, after, dry_run=False)
    if not accept and any(verdict.finding in ALARMS for verdict in verdicts):
        raise SystemExit(1)


def _texts(workspace: Workspace, given: Iterable[str]) -> Texts:
    """Return the texts within the plan's folder, and those *given*, which have to fit.

    Raises:
        PlanError: ``unreadable-text`` or ``other-text``, if one of the latter does not.
    """
    texts, problems = load_texts(workspace.plan, workspace.folder)
    named = dict(each.partition("=")[::2] for each in given)
    for id, path in named.items():
        source = workspace.plan.find_source(id)
        if not path or not source:
            ids = ", ".join(each.id for each in workspace.plan.sources if each.outline)
            raise click.UsageError(f"--text needs ID=FILE; the sources with an outline are {ids or 'none'}")
        texts[id] = fit_text(source, Path(path))
    if problems and not named:
        raise PlanError(problems)
    return texts


def _recalled(plan: Plan, verdicts: Sequence[Verdict], texts: Texts, stamps: Stamps) -> Iterator[Verdict]:
    """Yield *verdicts*, those that need a text that is not at hand from when it was."""
    for each in verdicts:
        if any(cite.source in texts for cite in each.cites):
            yield each
        else:
            yield from recall(plan, stamps, [each.ref])


def _accept(
    plan: Plan, verdicts: Sequence[Verdict], accepted: dict[Binding, str], names: Iterable[str], reason: str
) -> dict[Binding, str]:
    """Return *accepted* with the statements called *names*, and without lines that are void."""
    by_name = {_name(verdict): verdict for verdict in verdicts}
    now = {bind(plan, verdict.ref) for verdict in verdicts}
    kept = {binding: why for binding, why in accepted.items() if binding in now}
    for name in names:
        if name not in by_name:
            raise click.UsageError(f"no statement that cites a place is called '{name}'")
        if by_name[name].finding not in ALARMS:
            raise click.UsageError(f"'{name}' is {by_name[name].finding}: there is nothing to accept")
        kept[bind(plan, by_name[name].ref)] = reason
    return kept


def _name(verdict: Verdict) -> str:
    return f"{verdict.ref.holder.id}#{verdict.ref.address}"


def _as_json(verdicts: Iterable[Verdict]) -> str:
    citations = [
        {
            "entry": each.ref.holder.id,
            "statement": each.ref.address,
            "status": each.ref.statement.status,
            "cites": [str(citation) for citation in each.cites],
            "verdict": each.finding,
            "better": each.better,
            "why": each.why,
        }
        for each in verdicts
    ]
    return json.dumps({"citations": citations}, ensure_ascii=False, indent=1)


def _as_text(
    workspace: Workspace, texts: Texts, verdicts: Sequence[Verdict], *, brief: bool
) -> Iterator[str]:
    plan = workspace.plan
    for each in verdicts:
        if each.finding not in ALARMS or brief:
            continue
        document, key = plan.written(each.ref)
        place = document.locate(key)
        yield f"{place}: {each.finding}: {_name(each)}: {each.why}"
        yield f"    {said_by(each.ref) or _relation(plan, each)}"
        yield from (f"    {line}" for line in quote_cited(plan, texts, each.ref))
        if each.better:
            yield f"    better: {quote_place(plan, texts, *each.better.split(' ', 1))}"
    numbers = Counter(each.finding for each in verdicts)
    shown = ", ".join(f"{numbers[finding]} {finding}" for finding in FINDINGS)
    yield f"{count(len(verdicts), 'statement')} held: {shown}"


def _relation(plan: Plan, verdict: Verdict) -> str:
    holder = verdict.ref.holder
    relation = holder.relations[int(verdict.ref.key[1])]
    name = plan.settings.relations[relation.kind].name
    return f"{plan.title(holder)} {name} {plan.title(plan[relation.target])}"
