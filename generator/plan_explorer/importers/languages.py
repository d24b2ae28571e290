"""Choose the first of the languages of a draft."""

from plan_explorer.importers.draft import Draft
from plan_explorer.importers.safe_read import refuse


def choose_language(draft: Draft, tag: str, shown: str) -> None:
    """Put names and texts in the language *tag* first.

    A file in a single language is taken to be in this one.

    Raises:
        PlanError: ``not-imported``, if the file has several languages, but not this one.
    """
    known = dict.fromkeys(tag for entry in draft.entries for tag in (*entry.names, *entry.texts))
    old, draft.language = draft.language, tag
    if tag == old or not known:
        return
    if tag not in known:
        others = ", ".join([old, *sorted(known.keys() - {old})])
        raise refuse(shown, f"this file has nothing in the language '{tag}'", f"it has {others}")
    if tag in draft.names:
        draft.name, draft.names[old] = draft.names.pop(tag), draft.name
    for entry in draft.entries:
        if tag in entry.names:
            entry.name, old_name = entry.names.pop(tag), entry.name
            entry.names |= {old: old_name} if old_name else {}
        elif entry.name:
            draft.change(f"names that are not in '{tag}' stay in '{old}'", entry.where)
        if tag in entry.texts:
            entry.says, entry.texts[old] = entry.texts.pop(tag), entry.says
