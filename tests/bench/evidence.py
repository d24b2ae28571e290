"""Measure what 'plan-explorer verify' notices.

usage: evidence.py PLAN ID=TEXT    (a plan, one of its sources and the file with its text)

Prints how many statements raise an alarm as they are, and how many of the same statements do with a fault
planted: the citation of one sentence moved to the one before or behind; a number, year, amount, acronym, name
or quotation invented; a letter of a sentence changed. Then the time it takes, also for 10,000 statements.
"""

import re
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from plan_explorer.evidence.stamps import bind
from plan_explorer.evidence.texts import Texts, fit_text
from plan_explorer.evidence.verification import Verdict, Verifier, held_statements
from plan_explorer.evidence.words import denies
from plan_explorer.loading.checked_plan import load_plan
from plan_explorer.model.entities import Source
from plan_explorer.model.plan import Plan, StatementRef
from plan_explorer.model.statements import Citation

ALARMS = ("weak", "absent")

INVENTED = {
    "year": ("by {}", ["2031", "1987", "2047"]),
    "number": ("for {} of them", ["37", "140", "9,300"]),
    "number in words": ("for {} of them", ["thirty", "seventeen", "two hundred"]),
    "amount": ("at a cost of {}", ["3 billion yuan", "12%", "€ 450 million", "seven million yuan"]),
    "time in words": ("within {}", ["three years", "two months", "five decades"]),
    "name": ("in {}", ["Shanghai", "Brazil", "the Ministry of Fisheries", "Wang Lihua", "the World Bank"]),
    "currency or unit": ("for {}", ["40 million pounds", "£ 40 million", "3.2 million tonnes"]),
    "other amount": ("by {}", ["a dozen", "two-thirds", "a decade", "thousands", "half", "twice as much"]),
    "acronym": ("under {}", ["ASEAN", "WTO", "HTTP3", "6G"]),
    "quotation": ("as “{}”", ["a leap over the wall", "silver rivers"]),
    "quotation in other marks": (
        "as {}",
        ["‘a leap over the wall’", "« silver rivers »", "'a wall of gold'"],
    ),
    "count in words": ("in {} ways", ["three", "seven", "eleven"]),
}
"""What is planted into the middle of a statement, by kind; no article on the first plan has any of it."""

TURNED = {
    "name in front": lambda words: f"Russia and {words[:1].lower()}{words[1:]}.",
    "what is said, told as a silence": lambda words: f"It is not said that {words[:1].lower()}{words[1:]}.",
    "what is said, told as unsaid": lambda words: (
        f"The text does not say that {words[:1].lower()}{words[1:]}."
    ),
}
"""What becomes of a whole statement, by kind."""


def main(folder: str, text: str) -> None:
    source, _, path = text.partition("=")
    plan = load_plan(Path(folder)).plan
    holder = plan[source]
    assert isinstance(holder, Source)
    texts: Texts = {source: fit_text(holder, Path(path))}
    start = time.process_time()
    verifier = Verifier(plan, texts)
    refs = list(held_statements(plan, {source}))
    verdicts = [verifier.verdict(ref) for ref in refs]
    spent = time.process_time() - start
    found = Counter(each.finding for each in verdicts)
    alarms = sum(found[each] for each in ALARMS)
    print(f"{len(refs)} statements: {', '.join(f'{n} {each}' for each, n in found.most_common())}")
    print(f"alarms as it is: {share(alarms, len(refs))}; {spent:.2f} CPU seconds")
    measure_moved(plan, verifier, verdicts, source)
    measure_invented(verifier, verdicts)
    measure_letters(plan, texts, source, refs)
    measure_many(verifier, refs)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "none"


def measure_moved(plan: Plan, verifier: Verifier, verdicts: list[Verdict], source: str) -> None:
    """Move every citation of one sentence by one."""
    passages = verifier.texts[source]
    order = [Citation(source, id, n, n) for id, each in passages.items() for n in range(1, len(each) + 1)]
    kinds: dict[str, Counter[bool]] = {}
    for verdict in verdicts:
        statement = verdict.ref.statement
        if len(statement.all_cites) != 1 or statement.all_cites[0] not in order:
            continue
        if verdict.finding in ALARMS:
            continue  # it is noticed already
        at = order.index(statement.all_cites[0])
        for step in (-1, 1):
            if 0 <= at + step < len(order):
                moved = change(verdict.ref, cites=(order[at + step],))
                kind = "relations without a reason" if not statement.words else statement.status
                kinds.setdefault(kind, Counter())[verifier.verdict(moved).finding in ALARMS] += 1
    total = sum(kinds.values(), Counter())
    print(f"moved by one: {share(total[True], total.total())} noticed")
    for kind, count in kinds.items():
        print(f"    {kind}: {share(count[True], count.total())}")


def measure_invented(verifier: Verifier, verdicts: list[Verdict]) -> None:
    """Plant something invented into every statement that is found."""
    sound = [each.ref for each in verdicts if each.finding == "found" and each.ref.statement.words]
    sound = [ref for ref in sound if ref.statement.status in ("stated", "inferred", "wording")]
    sound = [ref for ref in sound if all(cite.source in verifier.texts for cite in ref.statement.all_cites)]
    for kind, (frame, planted) in INVENTED.items():
        noticed: Counter[bool] = Counter()
        for at, ref in enumerate(sound):
            words = ref.statement.words.split(" ")
            here = max(1, len(words) // 2)
            extra = frame.format(planted[at % len(planted)])
            told = change(ref, text=" ".join([*words[:here], extra, *words[here:]]))
            noticed[verifier.verdict(told).finding in ALARMS] += 1
        print(f"{kind} invented: {share(noticed[True], noticed.total())} noticed")
    stated = [ref for ref in sound if ref.statement.status == "stated" and not denies(ref.statement.words)]
    for kind, change_words in TURNED.items():
        noticed = Counter()
        for ref in stated:
            words = ref.statement.words.rstrip(".")
            status = "silence" if "silence" in kind else "stated"
            told = change(ref, text=change_words(words), status=status)
            noticed[verifier.verdict(told).finding in ALARMS] += 1
        print(f"{kind}: {share(noticed[True], noticed.total())} noticed")


def measure_letters(plan: Plan, texts: Texts, source: str, refs: list[StatementRef]) -> None:
    """Change one letter of every sentence in turn, and see which statements' fingerprints change."""
    exact = 0
    holder = plan[source]
    assert isinstance(holder, Source)
    before = [bind(plan, ref) for ref in refs]
    places = [(passage.id, n) for passage in holder.passages for n in range(1, len(passage.sentences) + 1)]
    for id, number in places:
        changed = with_other_sentence(plan, source, id, number)
        after = [bind(changed, ref) for ref in refs]
        stale = {at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
        rests = {
            at
            for at, ref in enumerate(refs)
            for cite in ref.statement.all_cites
            if cite.source == source
            and cite.passage in ("", id)
            and (not cite.first or number in cite.sentences)
        }
        exact += stale == rests
    print(f"one letter changed marks exactly what rests on it: {share(exact, len(places))}")


def with_other_sentence(plan: Plan, source: str, passage: str, number: int) -> Plan:
    """Return *plan* with the fingerprint of one sentence changed, as one letter changes it."""
    holder = plan[source]
    assert isinstance(holder, Source)
    sections = []
    for section in holder.outline:
        passages = []
        for each in section.passages:
            if each.id == passage:
                sentences = list(each.sentences)
                other = sentences[number - 1].fingerprint[::-1] + "x"
                sentences[number - 1] = sentences[number - 1].model_copy(update={"fingerprint": other})
                each = each.model_copy(update={"sentences": tuple(sentences)})
            passages.append(each)
        sections.append(section.model_copy(update={"passages": tuple(passages)}))
    other = holder.model_copy(update={"outline": tuple(sections)})
    for name in ("passages", "places"):
        other.__dict__.pop(name, None)
    entries = {**plan.entries, source: replace(plan.entries[source], entity=other)}
    return Plan(plan.settings, entries)


def change(ref: StatementRef, **fields: object) -> StatementRef:
    """Return *ref* with other words or citations."""
    if "cites" in fields:
        fields["text"] = re.sub(r"\s*\[@[^\]]*\]", "", ref.statement.text)
    return ref._replace(statement=ref.statement.model_copy(update=fields))


def measure_many(verifier: Verifier, refs: list[StatementRef]) -> None:
    start = time.process_time()
    for at in range(10_000):
        verifier.verdict(refs[at % len(refs)])
    print(f"10,000 statements: {time.process_time() - start:.1f} CPU seconds")


if __name__ == "__main__":
    main(*sys.argv[1:])
