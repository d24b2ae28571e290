"""The registry of everything that can be wrong: what each code means and what to do."""

from typing import NamedTuple


class Code(NamedTuple):
    """What a problem means, in general, and how it is mended."""

    title: str
    text: str
    before: str = ""
    after: str = ""


CODES: dict[str, Code] = {
    # --- the file
    "unreadable": Code("A file cannot be read", "The file is a folder, is gone, or may not be read by you."),
    "not-utf-8": Code(
        "A file is not UTF-8",
        "Save it in your editor with the encoding UTF-8. The line named holds the first byte that does not fit.",
    ),
    "yaml-syntax": Code(
        "A file is not sound YAML",
        "The line named, or the one before it, breaks the rules of YAML. The usual causes: text with ': ' without quotes, indentation that does not fit, a quotation mark that is not closed.",
        "summary: It names two: data and rules.",
        "summary: 'It names two: data and rules.'",
    ),
    "tab": Code(
        "A tab in the indentation", "YAML indents with spaces only. Let your editor turn tabs into spaces."
    ),
    "duplicate-key": Code(
        "A key is written twice",
        "Each key may stand once in a mapping; the second would silently replace the first.",
        "code: F1\ncode: F2",
        "code: F1",
    ),
    "bad-key": Code("A key is no word", "The part before the colon has to be a plain word."),
    "alias": Code(
        "A value is used again by an alias",
        "Anchors ('&') and aliases ('*') are not followed, so that each entry can be read by itself. Write the value out.",
    ),
    "too-deep": Code("A file is nested too deeply", "No plan needs so many levels of lists in lists."),
    "empty-file": Code(
        "A file is empty",
        "A content file is a mapping from collections to lists of entries. Delete the file or fill it.",
    ),
    "not-a-mapping": Code(
        "A file is not a mapping",
        "A content file starts with the name of a collection and a colon; its entries stand below as a list.",
        "- id: less-runoff",
        "steps:\n  - id: less-runoff",
    ),
    "no-plan": Code(
        "plan.yaml is missing",
        "plan.yaml says what the plan is called, which levels it has and which words the site uses. Every plan needs one.",
    ),
    "no-content": Code(
        "There is no content", "Besides plan.yaml there must be at least one file with entries."
    ),
    # --- the shape
    "unknown-collection": Code(
        "A collection has no such name",
        "Collections are sources, actors, events, terms, and the plural of each level in plan.yaml.",
    ),
    "not-a-list": Code(
        "A list was expected", "Entries of a list start with '- ', each in a line of its own."
    ),
    "unknown-key": Code(
        "A key has no such name",
        "Only the keys of the guide may stand here; anything else is probably a slip.",
        "sumary: …",
        "summary: …",
    ),
    "missing-key": Code("A key is missing", "The entry cannot do without it."),
    "empty-value": Code("A key has no value", "Write a value after the colon, or delete the key."),
    "wrong-type": Code(
        "A value has the wrong form",
        "Text was given where a list or mapping belongs, or the other way round.",
    ),
    "bad-id": Code(
        "An id has a wrong form",
        "Ids are lower-case letters, digits and hyphens. They stand in addresses and never change.",
        "id: Data Libraries",
        "id: data-libraries",
    ),
    "unknown-value": Code(
        "A value is not one of those allowed", "The hint names the values that may stand here."
    ),
    "bad-number": Code("A number was expected", "Write digits only."),
    "relation-form": Code(
        "A relation has a wrong form",
        "A relation names one kind and one target; the sentence that says why stands under 'because'.",
        "- target: data-supply",
        "- supports: data-supply\n  because: … [@article s2p2.3]",
    ),
    # --- dates
    "bad-date": Code(
        "A date cannot be read",
        "Dates are years, months or days (2023, 2023-02, 2023-02-27), periods with '/', open ends with '..', and '~' for about.",
    ),
    # --- identity and place
    "duplicate-id": Code("An id is taken", "Ids are unique in the whole plan, whatever the kind of entry."),
    "unknown-id": Code(
        "There is no entry with this id", "The hint names the nearest id, by spelling or by name."
    ),
    "wrong-kind": Code(
        "The id belongs to another kind of entry",
        "Parents are items of a level that plan.yaml allows; members of a view are items.",
    ),
    "wrong-level": Code(
        "A level may not stand there",
        "plan.yaml says under which levels the items of a level may stand ('under').",
    ),
    "missing-parent": Code(
        "An item needs a parent",
        "plan.yaml says that items of this level stand under others; name one with 'under'.",
    ),
    "cycle": Code(
        "Entries stand under each other in a circle",
        "Following 'under' from one entry leads back to it. One of the links has to go.",
    ),
    "self-relation": Code("A relation leads to itself", "An entry cannot be related to itself."),
    # --- evidence
    "uncited": Code(
        "A statement rests on nothing",
        "Everything that is said needs a citation: where does it stand?",
        "summary: It asks for data.",
        "summary: It asks for data. [@article s2p2.3]",
    ),
    "bad-citation": Code(
        "A citation has a wrong form",
        "A citation is [@source place], with several places parted by commas and several sources by semicolons.",
    ),
    "unknown-source": Code(
        "There is no such source", "Sources stand in sources.yaml; the hint names the nearest."
    ),
    "unknown-locator": Code(
        "The source has no such place",
        "The outline of the source says which passages it has and how many sentences each of them has.",
    ),
    "no-locator": Code(
        "A stated statement names no place",
        "What the primary source says is cited to the passage or sentence, so that a reader can look.",
    ),
    "not-stated": Code(
        "A status does not fit the citations",
        "Stated means that the primary source is cited; background means that other sources are.",
    ),
    "no-reason": Code(
        "A reading has no reason",
        "A statement that is our reading needs a 'reason' and a citation; an inferred relation needs 'because'.",
    ),
    "no-sides": Code(
        "A dispute has no two sides", "A disputed statement needs 'sides': two or more, each with a citation."
    ),
    # --- plan.yaml
    "unknown-relation": Code(
        "There is no such kind of relation", "Kinds of relation stand in plan.yaml under 'relations'."
    ),
    "unknown-language": Code(
        "There is no such language in the plan",
        "Languages stand in plan.yaml under 'languages', by their BCP 47 tag.",
    ),
    "unknown-kind": Code("There is no such kind", "Kinds of actors, events and terms stand in plan.yaml."),
    "unknown-level": Code("There is no such level", "Levels stand in plan.yaml under the strands."),
    "wrong-count": Code(
        "A view does not have the members it declares",
        "The numbers in 'declared' are those of the members of its groups, in order.",
    ),
    "name-taken": Code(
        "A name is used twice in plan.yaml",
        "Strands, levels and their plurals each need a name of their own, and 'actors', 'events', 'terms', 'sources' are taken.",
    ),
    # --- quality: warnings
    "uncovered": Code(
        "Nothing rests on a passage",
        "No entry cites this sentence of the primary source, and it is not marked as frame. Either something was missed, or it carries nothing of its own: then say so under 'frame'.",
    ),
    "unused-term": Code(
        "A term is never used",
        "No text mentions it, nothing relates to it, and it has no wording of the primary source.",
    ),
    "missing-language": Code("A name is missing in a language", "plan.yaml expects names in this language."),
    "unsure-name": Code(
        "A name is not sure",
        "A name that was reconstructed or guessed needs a 'basis': why it is given all the same.",
    ),
    "unreferred": Code(
        "Nothing refers to an actor or event",
        "No relation leads to it or from it, and it cites nothing of the primary source.",
    ),
    # --- what is written
    "not-ours": Code(
        "A folder holds other files",
        "A folder is only replaced as a whole if it was written by the same command before, so that nothing of yours is lost.",
    ),
    "not-imported": Code(
        "A file cannot be imported",
        "It is not what it is said to be, is too large, or tries to read or unfold more than itself.",
    ),
    "no-version": Code(
        "There is no such version of the plan",
        "A version is a folder, a plan.json as exported, or a revision of git; it must at least be readable.",
    ),
    "no-library": Code(
        "A library for a format is not installed",
        "Which formats a site offers must not depend on the machine that builds it: install the library, or name the formats you want under 'exports' in mkdocs.yml.",
    ),
    # --- pages written by hand, templates
    "template": Code(
        "A template cannot be used",
        "A template of the site, or one that is built in, has a fault at the line named.",
    ),
    "unknown-block": Code(
        "A page calls for a block that does not exist",
        "A page written by hand may hold a comment such as 'plan-explorer: map', and the block is put in its place.",
    ),
}
