"""The registry of everything that can be wrong: what each code means, and an example of how it is mended."""

from typing import NamedTuple


class Code(NamedTuple):
    """What a problem means, in general, and how it is mended."""

    title: str
    text: str
    before: str
    """An example of the fault; a line ``# FILE`` says where it stands, if that matters."""
    after: str
    """The same, put right."""


CODES: dict[str, Code] = {
    # --- the file
    "unreadable": Code(
        "A file cannot be read",
        "The file is a folder, is gone, or may not be read by you. Rename the folder, or give yourself the right to read the file.",
        "more.yaml/        (a folder)",
        "more.yaml         (a file)",
    ),
    "not-utf-8": Code(
        "A file is not UTF-8",
        "Save it in your editor with the encoding UTF-8. The line named holds the first byte that does not fit.",
        "saved as Windows-1252, UTF-16 or GB 18030",
        "saved as UTF-8",
    ),
    "yaml-syntax": Code(
        "A file is not sound YAML",
        "The line named, or the one before it, breaks the rules of YAML. The usual causes: text with ': ' without quotes, indentation that does not fit, a quotation mark that is not closed.",
        "summary: It names two: air and water. [@paper p1.1]",
        "summary: 'It names two: air and water. [@paper p1.1]'",
    ),
    "tab": Code(
        "A tab in the indentation",
        "YAML indents with spaces only. Let your editor turn tabs into spaces.",
        "goals:\n\t- id: clean-water",
        "goals:\n  - id: clean-water",
    ),
    "tag": Code(
        "A value begins with an exclamation mark",
        "YAML takes the first word of a value that begins with '!' for a type and drops it. Put the text in quotes.",
        "name: !Water for all",
        "name: '!Water for all'",
    ),
    "cut-off": Code(
        "Text is cut off by a comment",
        "YAML takes ' #' and everything behind it for a comment. If it belongs to the text, put the text in quotes.",
        "name: Well #3 and its pump",
        "name: 'Well #3 and its pump'",
    ),
    "duplicate-key": Code(
        "A key is written twice",
        "Each key may stand once in a mapping; the second would silently replace the first.",
        "code: '1'\ncode: '2'",
        "code: '1'",
    ),
    "bad-key": Code(
        "A key is no word",
        "The part before the colon has to be a plain word.",
        "[a, b]: Clean water",
        "name: Clean water",
    ),
    "alias": Code(
        "A value uses an anchor or an alias",
        "Anchors ('&') and aliases ('*') are not followed, so that each entry can be read by itself. Write the value out; put text that begins with one of these marks in quotes.",
        "- id: clean-water\n  name: &w Water\n- id: more-water\n  name: *w",
        "- id: clean-water\n  name: Water\n- id: more-water\n  name: Water",
    ),
    "too-deep": Code(
        "A file is nested too deeply",
        "No plan needs so many levels of lists in lists. An editor or a program has probably gone astray.",
        "goals: [[[[[[[[…]]]]]]]]",
        "goals:\n  - id: clean-water",
    ),
    "empty-file": Code(
        "A file is empty",
        "A content file is a mapping from collections to lists of entries. Delete the file or fill it.",
        "# nothing but a comment",
        "terms:\n  - id: runoff\n    name: Runoff\n    summary: Water that leaves a field. [@report]",
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
        "content/plan/settings.yaml",
        "content/plan/plan.yaml",
    ),
    "no-content": Code(
        "There is no content",
        "Besides plan.yaml there must be at least one file with entries.",
        "content/plan/plan.yaml",
        "content/plan/plan.yaml\ncontent/plan/goals.yaml",
    ),
    # --- the shape
    "unknown-collection": Code(
        "A collection has no such name",
        "Collections are sources, actors, events, terms, and the plural of each level in plan.yaml.",
        "gaols:\n  - id: clean-water",
        "goals:\n  - id: clean-water",
    ),
    "not-a-list": Code(
        "A list was expected",
        "Entries of a list start with '- ', each in a line of its own.",
        "goals:\n  id: clean-water",
        "goals:\n  - id: clean-water",
    ),
    "unknown-key": Code(
        "A key has no such name",
        "Only the keys of the guide may stand here; anything else is probably a slip.",
        "sumary: The paper asks for clean water. [@paper p1.1]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "missing-key": Code(
        "A key is missing",
        "The entry cannot do without it.",
        "steps:\n  - name: Less runoff",
        "steps:\n  - id: less-runoff\n    name: Less runoff",
    ),
    "empty-value": Code(
        "A key has no value",
        "Write a value after the colon, or delete the key.",
        "name:",
        "name: Clean water",
    ),
    "wrong-type": Code(
        "A value has the wrong form",
        "Text was given where a list or mapping belongs, or the other way round.",
        "also_under: clean-air",
        "also_under: [clean-air]",
    ),
    "bad-id": Code(
        "An id has a wrong form",
        "Ids are lower-case letters, digits and hyphens. They stand in addresses and never change.",
        "id: Clean Water",
        "id: clean-water",
    ),
    "bad-address": Code(
        "An address has a wrong form",
        "The address of a page that was is the path of its Markdown file from the top of the site, and its place there: small letters, digits, hyphens and '/'. Nothing is written outside the folder of the site.",
        "removed:\n  - {id: runoff, address: ../Glossary.html, replaced_by: clean-water}",
        "removed:\n  - {id: runoff, address: glossary/index.md#runoff, replaced_by: clean-water}",
    ),
    "unknown-value": Code(
        "A value is not one of those allowed",
        "The hint names the values that may stand here.",
        "status: infered",
        "status: inferred",
    ),
    "bad-number": Code(
        "A number was expected",
        "Write digits only.",
        "sentences: [12, many]",
        "sentences: [12, 30]",
    ),
    "bad-colour": Code(
        "A colour has a wrong form",
        "Colours are written as '#' and six digits or letters from a to f, in quotes, since YAML takes ' #' for a comment.",
        "hues: [red]",
        "hues: ['#b3362c']",
    ),
    "bad-language": Code(
        "A language has a wrong tag",
        "Languages are named by their BCP 47 tags: two or three letters, and what tells a script or country apart.",
        "languages:\n  en: {name: English}\n  brazilian portuguese: {name: Portuguese}",
        "languages:\n  en: {name: English}\n  pt-BR: {name: Portuguese}",
    ),
    "relation-form": Code(
        "A relation has a wrong form",
        "A relation names one kind and the id it leads to; the sentence that says why stands under 'because'.",
        "- target: clean-air\n  kind: supports",
        "- supports: clean-air\n  because: Both need fewer fumes. [@paper p1.2]",
    ),
    # --- dates
    "bad-date": Code(
        "A date cannot be read",
        "Dates are years, months or days (2023, 2023-02, 2023-02-27), periods with '/', open ends with '..', and '~' for about.",
        "date: 27.2.2023",
        "date: 2023-02-27",
    ),
    # --- identity and place
    "duplicate-id": Code(
        "An id is taken",
        "Ids are unique in the whole plan, whatever the kind of entry. One that an entry had before ('formerly') is not used again, so that its address keeps its meaning.",
        "goals:\n  - id: water\nterms:\n  - id: water",
        "goals:\n  - id: clean-water\nterms:\n  - id: water",
    ),
    "unknown-id": Code(
        "There is no entry with this id",
        "The hint names the nearest id, by spelling, by code or by name.",
        "under: clean-watr",
        "under: clean-water",
    ),
    "wrong-kind": Code(
        "The id belongs to another kind of entry",
        "Parents are items of a level that plan.yaml allows; members of a view are items.",
        "under: council        (an actor)",
        "under: clean-water    (a goal)",
    ),
    "wrong-level": Code(
        "A level may not stand there",
        "plan.yaml says under which levels the items of a level may stand ('under').",
        "goals:\n  - id: clean-air\n    under: less-runoff    (a step)",
        "goals:\n  - id: clean-air",
    ),
    "missing-parent": Code(
        "An item needs a parent",
        "plan.yaml says that items of this level stand under others; name one with 'under'.",
        "steps:\n  - id: less-runoff",
        "steps:\n  - id: less-runoff\n    under: clean-water",
    ),
    "cycle": Code(
        "Entries stand under each other in a circle",
        "Following 'under' from one entry leads back to it. One of the links has to go.",
        "- id: a\n  under: b\n- id: b\n  under: a",
        "- id: a\n  under: clean-water\n- id: b\n  under: a",
    ),
    "self-relation": Code(
        "A relation leads to itself",
        "An entry cannot be related to itself.",
        "- id: clean-air\n  relations:\n    - supports: clean-air",
        "- id: clean-air\n  relations:\n    - supports: clean-water",
    ),
    # --- evidence
    "uncited": Code(
        "A statement rests on nothing",
        "Everything that is said needs a citation: where does it stand?",
        "summary: The paper asks for clean water.",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "bad-citation": Code(
        "A citation has a wrong form",
        "A citation is [@source place], with several places parted by commas and several sources by semicolons.",
        "summary: The paper asks for clean water. [paper p1.1]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "unknown-source": Code(
        "There is no such source",
        "Sources are entries of the collection 'sources'; the hint names the nearest.",
        "summary: The paper asks for clean water. [@papr p1.1]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "unknown-locator": Code(
        "The source has no such place",
        "The outline of the source says which passages it has and how many sentences each of them has.",
        "summary: The paper asks for clean water. [@paper p1.9]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "no-locator": Code(
        "A stated statement names no place",
        "What the primary source says is cited to the passage or sentence, so that a reader can look.",
        "summary: The paper asks for clean water. [@paper]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "not-stated": Code(
        "A status does not fit the citations",
        "Stated means that the primary source is cited; background means that other sources are. Leave the status out: it follows from the citations.",
        "text: Rain was heavy that year. [@report]\nstatus: stated",
        "text: Rain was heavy that year. [@report]",
    ),
    "no-reason": Code(
        "A reading has no reason",
        "A statement that is our reading needs a 'reason' and a citation; an inferred relation needs 'because'.",
        "text: Water comes first. [@paper p1]\nstatus: inferred",
        "text: Water comes first. [@paper p1]\nstatus: inferred\nreason: The first sentence of the passage is about it.",
    ),
    "no-sides": Code(
        "A dispute has no two sides",
        "A disputed statement needs 'sides': two or more, each with a citation.",
        "text: On the year, the sources differ.\nstatus: disputed",
        "text: On the year, the sources differ.\nstatus: disputed\nsides:\n  - One gives 2024. [@paper p1.1]\n  - The other gives 2025. [@report]",
    ),
    # --- plan.yaml
    "unknown-relation": Code(
        "There is no such kind of relation",
        "Kinds of relation stand in plan.yaml under 'relations'.",
        "- suports: clean-air",
        "- supports: clean-air",
    ),
    "unknown-language": Code(
        "There is no such language in the plan",
        "Languages stand in plan.yaml under 'languages', by their BCP 47 tag.",
        "name: {eng: Clean water}",
        "name: {en: Clean water}",
    ),
    "unknown-kind": Code(
        "There is no such kind",
        "Kinds of actors, events and terms stand in plan.yaml.",
        "kind: boddy",
        "kind: body",
    ),
    "unknown-level": Code(
        "There is no such level",
        "Levels stand in plan.yaml under the strands.",
        "levels:\n  - {id: step, plural: steps, under: [gaol], …}",
        "levels:\n  - {id: step, plural: steps, under: [goal], …}",
    ),
    "wrong-count": Code(
        "A view does not have the members it declares",
        "The numbers in 'declared' are those of the members of its groups, in order.",
        "declared: 2+1\ngroups:\n  - {id: first, name: First, members: [clean-water]}\n  - {id: second, name: Second, members: [clean-air]}",
        "declared: 1+1\ngroups:\n  - {id: first, name: First, members: [clean-water]}\n  - {id: second, name: Second, members: [clean-air]}",
    ),
    "name-taken": Code(
        "A name is used twice in plan.yaml",
        "Strands, levels and their plurals each need a name of their own, and 'actors', 'events', 'terms', 'sources' are taken.",
        "- {id: person, plural: actors, …}",
        "- {id: person, plural: persons, …}",
    ),
    # --- ids through the years
    "lost-id": Code(
        "A published id leads nowhere",
        "The list of published ids names it, and no entry has it now or had it before. Use 'plan-explorer rename' and 'plan-explorer remove --replaced-by', which keep old addresses alive; or write 'formerly' yourself.",
        "- id: clean-rivers",
        "- id: clean-rivers\n  formerly: [clean-water]",
    ),
    "bad-ledger": Code(
        "A line of a list kept by the tool cannot be read",
        "The lists 'published-ids.txt' and 'reviews.txt' are written by commands. A line that was edited by hand is taken back with the version control.",
        "clean-water goals",
        "clean-water goals/clean-water.md",
    ),
    "cannot-edit": Code(
        "An edit cannot be made",
        "The edit was asked for on the command line and would break the plan; nothing was written.",
        "plan-explorer rename clean-water 'Clean rivers'",
        "plan-explorer rename clean-water clean-rivers",
    ),
    # --- quality: warnings
    "uncovered": Code(
        "Nothing rests on a passage",
        "No entry cites this sentence of the primary source, and it is not marked as frame. Either something was missed, or it carries nothing of its own: then say so under 'frame'.",
        "- {id: p1, sentences: 2}    (and nothing cites p1.2)",
        "- {id: p1, sentences: 2, frame: {2: It only leads over to the next part.}}",
    ),
    "unused-term": Code(
        "A term is never used",
        "No text mentions it, nothing relates to it, and it has no wording of the primary source. Use it, give it a 'variant' that texts have, or delete it.",
        "- id: runoff\n  name: Surface runoff     (texts say: runoff)",
        "- id: runoff\n  name: Surface runoff\n  variants: {en: [runoff]}",
    ),
    "missing-language": Code(
        "A name is missing in a language",
        "plan.yaml expects names in this language. Add the name, or write 'expected: false' at the language.",
        "name: {en: Clean water}",
        "name: {en: Clean water, fr: Eau propre}",
    ),
    "unsure-name": Code(
        "A name is not sure",
        "A name that was reconstructed or guessed needs a 'basis': why it is given all the same.",
        "fr: {text: Eau propre, confidence: guess}",
        "fr: {text: Eau propre, confidence: guess, basis: translated by the editors}",
    ),
    "unreferred": Code(
        "Nothing refers to an actor or event",
        "No relation leads to it or from it, and it cites nothing of the primary source. Relate it to something, or delete it.",
        "actors:\n  - id: council\n    summary: It meets in spring. [@report]",
        "actors:\n  - id: council\n    summary: It meets in spring. [@report]\nsteps:\n  - id: less-runoff\n    relations:\n      - done-by: council\n        cites: [paper p2.1]",
    ),
    # --- what is written
    "not-ours": Code(
        "A folder holds other files",
        "A folder is only replaced as a whole if it was written by the same command before, so that nothing of yours is lost.",
        "plan-explorer render --output my-documents",
        "plan-explorer render --output tree",
    ),
    "not-imported": Code(
        "A file cannot be imported",
        "It is not what it is said to be, is too large, or tries to read or unfold more than itself.",
        "plan-explorer import json holiday.jpg --into new",
        "plan-explorer import json plan.json --into new",
    ),
    "no-version": Code(
        "There is no such version of the plan",
        "A version is a folder, a plan.json as exported, or a revision of git; it must at least be readable.",
        "plan-explorer diff v1.O",
        "plan-explorer diff v1.0",
    ),
    "no-library": Code(
        "A library for a format is not installed",
        "Which formats a site offers must not depend on the machine that builds it: install the library, or name the formats you want under 'exports' in mkdocs.yml.",
        "exports: [plan-json, skos]      (and rdflib is not installed)",
        "exports: [plan-json]",
    ),
    # --- pages written by hand, templates
    "template": Code(
        "A template cannot be used",
        "A template of the site, or one that is built in, has a fault at the line named.",
        "{{ page.titel }}",
        "{{ page.title }}",
    ),
    "not-built": Code(
        "The site could not be built",
        "The plan is sound, but a page written by hand, a template of the theme or a setting has a fault; the terminal tells where.",
        "theme: {custom_dir: overides}",
        "theme: {custom_dir: overrides}",
    ),
    "unknown-block": Code(
        "A page calls for a block that does not exist",
        "A page written by hand may hold a comment such as 'plan-explorer: map', and the block is put in its place.",
        "<!-- plan-explorer: mop -->",
        "<!-- plan-explorer: map -->",
    ),
}
