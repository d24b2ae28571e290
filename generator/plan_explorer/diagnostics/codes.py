"""Register every problem code, with an explanation and an example."""

from typing import NamedTuple


class Code(NamedTuple):
    """An explanation of a problem code."""

    title: str
    text: str
    before: str
    """An example of the fault; a line ``# FILE`` names its file, if that matters."""
    after: str
    """The same example, corrected."""
    counted: tuple[str, str] = ("", "")
    """For a warning, what is counted, one and many: 'term never used'."""
    says_the_same: bool = False
    """Whether all of its problems say the same, so that a few are enough."""


CODES: dict[str, Code] = {
    # --- the file
    "unreadable": Code(
        "A file cannot be read",
        "It is a folder, it no longer exists, or you have no permission to read it. Rename the folder, or change the permissions of the file.",
        "more.yaml/        (a folder)",
        "more.yaml         (a file)",
    ),
    "not-utf-8": Code(
        "A file is not UTF-8",
        "Save it in your editor with UTF-8 encoding. The message gives the line of the first invalid byte.",
        "saved as Windows-1252, UTF-16 or GB 18030",
        "saved as UTF-8",
    ),
    "yaml-syntax": Code(
        "A file is not valid YAML",
        "This line, or the one before it, breaks the rules of YAML. The usual causes are text that contains ': ' without quotes, wrong indentation, and an unclosed quotation mark.",
        "summary: It names two: air and water. [@paper p1.1]",
        "summary: 'It names two: air and water. [@paper p1.1]'",
    ),
    "tab": Code(
        "A tab in the indentation",
        "YAML allows only spaces for indentation. Set your editor to convert tabs to spaces.",
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
        "YAML takes ' #' and everything after it for a comment. If it belongs to the text, put the text in quotes.",
        "name: Well #3 and its pump",
        "name: 'Well #3 and its pump'",
    ),
    "duplicate-key": Code(
        "A key is written twice",
        "A mapping can have each key only once; the second would silently replace the first.",
        "code: '1'\ncode: '2'",
        "code: '1'",
    ),
    "bad-key": Code(
        "A key is not a word",
        "The part before the colon has to be a plain word.",
        "[a, b]: Clean water",
        "name: Clean water",
    ),
    "alias": Code(
        "A value uses an anchor or an alias",
        "Anchors ('&') and aliases ('*') are not supported, so that each entry can be read by itself. Write the value out; put text that begins with one of these characters in quotes.",
        "- id: clean-water\n  name: &w Water\n- id: more-water\n  name: *w",
        "- id: clean-water\n  name: Water\n- id: more-water\n  name: Water",
    ),
    "too-deep": Code(
        "A file is nested too deeply",
        "No plan needs lists nested so deeply. An editor or a program has probably made a mistake.",
        "goals: [[[[[[[[…]]]]]]]]",
        "goals:\n  - id: clean-water",
    ),
    "empty-file": Code(
        "A file is empty",
        "A content file is a mapping from collections to lists of entries. Add entries, or delete the file.",
        "# nothing but a comment",
        "terms:\n  - id: runoff\n    name: Runoff\n    summary: Water that leaves a field. [@report]",
    ),
    "not-a-mapping": Code(
        "A file is not a mapping",
        "A content file starts with the name of a collection and a colon; its entries follow below it as a list.",
        "- id: less-runoff",
        "steps:\n  - id: less-runoff",
    ),
    "no-plan": Code(
        "plan.yaml is missing",
        "plan.yaml says what the plan is called, which levels it has and which words the site uses. Every plan needs one: 'plan-explorer init' writes it. A plan in another folder is named behind the command: 'plan-explorer check plans/water'.",
        "content/plan/settings.yaml",
        "content/plan/plan.yaml",
    ),
    "no-content": Code(
        "There is no content",
        "Besides plan.yaml, a plan needs at least one file with entries.",
        "content/plan/plan.yaml",
        "content/plan/plan.yaml\ncontent/plan/goals.yaml",
    ),
    # --- the shape
    "unknown-collection": Code(
        "There is no collection with this name",
        "The collections are sources, actors, events, terms, and the plural of each level in plan.yaml.",
        "gaols:\n  - id: clean-water",
        "goals:\n  - id: clean-water",
    ),
    "not-a-list": Code(
        "A list was expected",
        "Each entry of a list starts with '- ' on a line of its own.",
        "goals:\n  id: clean-water",
        "goals:\n  - id: clean-water",
    ),
    "unknown-key": Code(
        "There is no key with this name",
        "Only the keys listed in the guide are allowed here; any other is probably a spelling mistake.",
        "sumary: The paper asks for clean water. [@paper p1.1]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "missing-key": Code(
        "A key is missing",
        "The entry needs this key.",
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
        "There is text where a list or mapping is needed, or the other way round.",
        "also_under: clean-air",
        "also_under: [clean-air]",
    ),
    "bad-id": Code(
        "An id has the wrong form",
        "Ids consist of lower-case letters, digits and hyphens. They are part of addresses and never change.",
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
        "A value is not allowed here",
        "The hint lists the allowed values, or the closest one.",
        "status: infered",
        "status: inferred",
    ),
    "bad-number": Code(
        "A number was expected",
        "Write digits only.",
        "sentences: [12, many]",
        "sentences: [12, 30]",
    ),
    "too-large": Code(
        "A value is too large",
        "Texts, numbers of sentences and the depth of a tree have limits, so that no slip of a key or hostile file keeps a computer busy: 20,000 characters in a text, 5,000 sentences in a passage and 100,000 in all outlines, 50 entries below each other.",
        "- {id: p1, sentences: 400000}",
        "- {id: p1, sentences: 4}",
    ),
    "bad-colour": Code(
        "A colour has the wrong form",
        "A colour is '#' followed by six digits or letters from a to f, in quotes, because YAML takes ' #' for a comment.",
        "hues: [red]",
        "hues: ['#b3362c']",
    ),
    "bad-contact": Code(
        "A contact has the wrong form",
        "Readers report faults to an address of e-mail, or to a page whose address begins with https://.",
        "contact: The editors",
        "contact: editors@example.org",
    ),
    "bad-language": Code(
        "A language tag is wrong",
        "Languages are given as BCP 47 tags: two or three letters, followed by a script or country if needed.",
        "languages:\n  en: {name: English}\n  brazilian portuguese: {name: Portuguese}",
        "languages:\n  en: {name: English}\n  pt-BR: {name: Portuguese}",
    ),
    "relation-form": Code(
        "A relation has the wrong form",
        "A relation has one kind, with the id of the other entry; the reason for it goes under 'because'.",
        "- target: clean-air\n  kind: supports",
        "- supports: clean-air\n  because: Both need fewer fumes. [@paper p1.2]",
    ),
    # --- dates
    "bad-date": Code(
        "A date is not valid",
        "A date is a year, month or day (2023, 2023-02, 2023-02-27). A period has '/' between its ends and '..' for an open end; '~' means about.",
        "date: 27.2.2023",
        "date: 2023-02-27",
    ),
    # --- identity and place
    "duplicate-id": Code(
        "An id is already used",
        "Ids are unique in the whole plan, whatever the kind of entry. A former id ('formerly') is never reused, so that its address keeps its meaning.",
        "goals:\n  - id: water\nterms:\n  - id: water",
        "goals:\n  - id: clean-water\nterms:\n  - id: water",
    ),
    "unknown-id": Code(
        "There is no entry with this id",
        "The hint suggests the entry with the closest id, code or name.",
        "under: clean-watr",
        "under: clean-water",
    ),
    "wrong-kind": Code(
        "The id belongs to another kind of entry",
        "A parent is an item of a level that plan.yaml allows; the members of a view are items.",
        "under: council        (an actor)",
        "under: clean-water    (a goal)",
    ),
    "wrong-level": Code(
        "An item has a parent of the wrong level",
        "plan.yaml says which levels an item's parent can have ('under').",
        "goals:\n  - id: clean-air\n    under: less-runoff    (a step)",
        "goals:\n  - id: clean-air",
    ),
    "missing-parent": Code(
        "An item needs a parent",
        "plan.yaml says that items of this level have a parent; name it with 'under'.",
        "steps:\n  - id: less-runoff",
        "steps:\n  - id: less-runoff\n    under: clean-water",
    ),
    "cycle": Code(
        "Entries are their own parents",
        "Following 'under' from one entry leads back to it. Remove or change one of these parents.",
        "- id: a\n  under: b\n- id: b\n  under: a",
        "- id: a\n  under: clean-water\n- id: b\n  under: a",
    ),
    "self-relation": Code(
        "An entry is related to itself",
        "A relation leads to another entry.",
        "- id: clean-air\n  relations:\n    - supports: clean-air",
        "- id: clean-air\n  relations:\n    - supports: clean-water",
    ),
    # --- evidence
    "uncited": Code(
        "A statement has no citation",
        "Every statement needs a citation that says where it comes from.",
        "summary: The paper asks for clean water.",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "bad-citation": Code(
        "A citation has the wrong form",
        "A citation is [@source place]. Separate several places with commas and several sources with semicolons.",
        "summary: The paper asks for clean water. [paper p1.1]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "unknown-source": Code(
        "There is no such source",
        "Sources are entries of the collection 'sources'; the hint suggests the closest one.",
        "summary: The paper asks for clean water. [@papr p1.1]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "unknown-locator": Code(
        "The source has no such place",
        "The outline of the source lists its passages and how many sentences each of them has.",
        "summary: The paper asks for clean water. [@paper p1.9]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "no-locator": Code(
        "A stated statement cites no place",
        "Cite the passage or sentence of the primary source, so that readers can find it.",
        "summary: The paper asks for clean water. [@paper]",
        "summary: The paper asks for clean water. [@paper p1.1]",
    ),
    "not-stated": Code(
        "A status does not fit the citations",
        "A stated statement and a silence cite the primary source and nothing else; a background statement cites others; general knowledge and remarks about this site cite nothing. Leave out 'status': it follows from the citations.",
        "text: Rain was heavy that year. [@report]\nstatus: stated",
        "text: Rain was heavy that year. [@report]",
    ),
    "label-in-text": Code(
        "Words in italics look like a label",
        "The label of a status follows its statement in italics. The same words in italics in a text would be taken for it, by readers and by the page. Write them without italics; the label follows from 'status'.",
        "summary: The paper asks for water. [@paper p1.1] *Editors' reading*",
        "summary:\n  text: The paper asks for water. [@paper p1.1]\n  status: inferred\n  reason: It names only wells.",
    ),
    "no-reason": Code(
        "A reading has no reason",
        "A statement that the editors infer needs a 'reason' and a citation; an inferred relation needs 'because'.",
        "text: Water comes first. [@paper p1]\nstatus: inferred",
        "text: Water comes first. [@paper p1]\nstatus: inferred\nreason: The first sentence of the passage is about it.",
    ),
    "no-sides": Code(
        "A dispute does not have two sides",
        "A disputed statement needs two or more 'sides', each with a citation.",
        "text: On the year, the sources differ.\nstatus: disputed",
        "text: On the year, the sources differ.\nstatus: disputed\nsides:\n  - One gives 2024. [@paper p1.1]\n  - The other gives 2025. [@report]",
    ),
    # --- figures and progress
    "no-values": Code(
        "A file of values is missing, or has none of this indicator",
        "'values_file' names a CSV file in the folder of the plan. Its column 'indicator' has the id of the indicator, or that of the item if the indicator has none; a file without this column is all of one indicator.",
        "- {id: nitrate, name: Nitrate, values_file: nitrates.csv}     (the file is called values.csv)",
        "- {id: nitrate, name: Nitrate, values_file: values.csv}",
    ),
    "no-column": Code(
        "A file of values lacks a column",
        "The first row names the columns. 'date' (or 'year') and 'value' are needed; 'indicator', 'source', 'unit', 'group', 'quality', 'status' and 'note' can stand beside them, and any others are left alone. The columns are separated by commas, semicolons or tabs.",
        "# values.csv\nindicator,time,amount\nnitrate,2024,37",
        "# values.csv\nindicator,date,value\nnitrate,2024,37",
    ),
    "csv-row": Code(
        "A row of a CSV file cannot be read",
        "Every row has as many cells as the first one, in which no name stands twice. Text with the sign that separates cells, with a line break or with a quotation mark in it stands in quotation marks, and a quotation mark within it is written twice.",
        "nitrate,2024,1,200,report",
        'nitrate,2024,"1,200",report',
    ),
    "unknown-indicator": Code(
        "A file of values has an indicator that the plan does not",
        "No indicator that names this file under 'values_file' has this id. The column 'indicator' has the id of the indicator, or that of the item if the indicator has none.",
        "indicator,date,value\nnitrite,2024,37     (the indicator is called nitrate)",
        "indicator,date,value\nnitrate,2024,37",
    ),
    "bad-figure": Code(
        "A measured value is not a number",
        "Values are drawn and compared. Write the number alone, with a decimal point; its unit stands once, under 'unit' of the indicator, and what else is to be known of it under 'reason'. In a CSV file whose cells are separated by semicolons, a comma is the decimal sign.",
        "- {value: about 37 mg/l, date: 2024}",
        "- {value: 37, date: 2024, reason: Rounded by the report.}",
    ),
    "other-unit": Code(
        "A value has another unit than its indicator",
        "All values of an indicator have its unit. Convert the value, or make an indicator of its own for it.",
        "indicator,date,value,unit\nnitrate,2024,0.037,g/l     (the indicator has mg/l)",
        "indicator,date,value,unit\nnitrate,2024,37,mg/l",
    ),
    "future-value": Code(
        "Something measured or reached lies in the future",
        "'as_of' in plan.yaml is the date of the content. What was measured, reached or said has a date before it; what is still to come is a milestone or a target.",
        "values:\n  - {value: 25, date: 2030}     (as_of: 2026-01-31)",
        "targets:\n  - {value: 25, due: 2030}",
    ),
    "outside-period": Code(
        "A value lies outside the period of its indicator",
        "'period' says within which time the values of an indicator lie, so that a slip in a year is noticed.",
        "period: 2020/2030\nvalues:\n  - {value: 37, date: 2004}",
        "period: 2020/2030\nvalues:\n  - {value: 37, date: 2024}",
    ),
    "second-value": Code(
        "An indicator has two values for one time",
        "For one date and group there is one value. If the source has corrected it, the later one has 'quality: revised'; if it is of a part only, 'of' names the part.",
        "- {value: 39, date: 2023}\n- {value: 38, date: 2023}",
        "- {value: 39, date: 2023}\n- {value: 38, date: 2023, quality: revised}",
    ),
    "unknown-state": Code(
        "A word for progress is unknown",
        "plan.yaml lists the words under 'progress', in order, each with its name and icon.",
        "progress:\n  - {state: on-trak, date: 2025, because: The tank is in use. [@report]}",
        "progress:\n  - {state: on-track, date: 2025, because: The tank is in use. [@report]}",
    ),
    # --- plan.yaml
    "unknown-relation": Code(
        "The kind of a relation is unknown",
        "plan.yaml lists the kinds of relation under 'relations'.",
        "- suports: clean-air",
        "- supports: clean-air",
    ),
    "unknown-code": Code(
        "A code is not that of an entry of the other framework",
        "A pair of a crosswalk names its counterpart by the code that it has under 'others'.",
        "others:\n  - {code: A.5.1}\npairs:\n  - {entry: clean-water, relation: equal, other: A.51}",
        "others:\n  - {code: A.5.1}\npairs:\n  - {entry: clean-water, relation: equal, other: A.5.1}",
    ),
    "duplicate-code": Code(
        "An entry of the other framework is listed twice",
        "Each entry under 'others' of a crosswalk has a code of its own.",
        "others:\n  - {code: A.5.1}\n  - {code: A.5.1, name: Policies}",
        "others:\n  - {code: A.5.1, name: Policies}",
    ),
    "unknown-language": Code(
        "The plan does not have this language",
        "plan.yaml lists the languages under 'languages', by BCP 47 tag.",
        "name: {eng: Clean water}",
        "name: {en: Clean water}",
    ),
    "first-edition": Code(
        "The first edition is not in the first language",
        "The site is told in the first of the 'languages'; further editions stand below it, each in a folder of its own.",
        "languages:\n  en: {name: English}\n  fr: {name: French}\neditions: [fr, en]",
        "languages:\n  en: {name: English}\n  fr: {name: French}\neditions: [en, fr]",
    ),
    "bad-edition": Code(
        "An edition is listed twice, or in no language of texts",
        "Each edition has a language of its own; one that only spells the names of another has no texts.",
        "languages:\n  en: {name: English}\n  fr: {name: French}\neditions: [en, fr, fr]",
        "languages:\n  en: {name: English}\n  fr: {name: French}\neditions: [en, fr]",
    ),
    "translation-cites": Code(
        "A translation cites other places than the original",
        "A statement rests on the same sentences in every language; a translation needs no citations of its own.",
        "summary:\n  en: Clean water is a right. [@report p1.1]\n  fr: L’eau propre est un droit. [@report p2.1]",
        "summary:\n  en: Clean water is a right. [@report p1.1]\n  fr: L’eau propre est un droit.",
    ),
    "unknown-kind": Code(
        "The kind of an entry is unknown",
        "plan.yaml lists the kinds of actors, events, terms and differences.",
        "kind: boddy",
        "kind: body",
    ),
    "unknown-level": Code(
        "There is no such level",
        "plan.yaml lists the levels of each strand.",
        "levels:\n  - {id: step, plural: steps, under: [gaol], …}",
        "levels:\n  - {id: step, plural: steps, under: [goal], …}",
    ),
    "wrong-count": Code(
        "A view or a comparison does not have the number of members it should have",
        "'declared' of a view gives the number of members in each group, in order; a comparison has two sources.",
        "declared: 2+1\ngroups:\n  - {id: first, name: First, members: [clean-water]}\n  - {id: second, name: Second, members: [clean-air]}",
        "declared: 1+1\ngroups:\n  - {id: first, name: First, members: [clean-water]}\n  - {id: second, name: Second, members: [clean-air]}",
    ),
    "name-taken": Code(
        "A name is used twice in plan.yaml",
        "Strands, levels and their plurals each need a name of their own; 'actors', 'events', 'terms', 'sources', 'comparisons' and 'crosswalks' are reserved.",
        "- {id: person, plural: actors, …}",
        "- {id: person, plural: persons, …}",
    ),
    # --- ids over time
    "lost-id": Code(
        "A published id leads nowhere",
        "The id is in one of the lists of what was published, but no entry has it now or had it before. Use 'plan-explorer rename' and 'plan-explorer remove --replaced-by', which keep old addresses working, or write 'formerly' yourself.",
        "- id: clean-rivers",
        "- id: clean-rivers\n  formerly: [clean-water]",
    ),
    "bad-ledger": Code(
        "A line in a generated list is not valid",
        "The lists 'published-ids.txt', 'published-statements.txt', 'reviews.txt', 'read-again.txt', 'verified.txt' and 'accepted.txt' are written by commands. If a line was edited by hand, restore it from version control.",
        "clean-water goals",
        "clean-water goals/clean-water.md",
    ),
    "cannot-edit": Code(
        "An edit cannot be made",
        "An edit requested on the command line would break the plan; nothing was written.",
        "plan-explorer rename clean-water 'Clean rivers'",
        "plan-explorer rename clean-water clean-rivers",
    ),
    # --- quality: warnings
    "uncovered": Code(
        "A sentence is not cited",
        "No entry cites this sentence of the primary source, and it is not marked as frame. Cite it, or say under 'frame' why it needs no entry.",
        "- {id: p1, sentences: 2}    (and nothing cites p1.2)",
        "- {id: p1, sentences: 2, frame: {2: It only leads over to the next part.}}",
        ("sentence not cited", "sentences not cited"),
    ),
    "shared-name": Code(
        "Two terms have one name",
        "A text that has the name is linked to the first of them. Give one another name, or 'find: false', so that it is not looked for.",
        "- id: runoff\n  name: Runoff\n- id: second-vote\n  name: Runoff",
        "- id: runoff\n  name: Runoff\n- id: second-vote\n  name: Runoff vote",
        ("name of two terms", "names of two terms"),
    ),
    "unused-term": Code(
        "A term is never used",
        "No text mentions it, nothing relates to it, and it has no wording from the primary source. Use it, add a 'variant' that the texts use, or delete it.",
        "- id: runoff\n  name: Surface runoff     (texts say: runoff)",
        "- id: runoff\n  name: Surface runoff\n  variants: {en: [runoff]}",
        ("term never used", "terms never used"),
    ),
    "missing-language": Code(
        "A name is missing in a language",
        "plan.yaml expects names in this language. Add the name, or give the language 'expected: false'.",
        "name: {en: Clean water}",
        "name: {en: Clean water, fr: Eau propre}",
        ("name missing", "names missing"),
    ),
    "unsure-name": Code(
        "A name is uncertain",
        "A name that was reconstructed or guessed needs a 'basis' that says why it is given anyway.",
        "fr: {text: Eau propre, confidence: guess}",
        "fr: {text: Eau propre, confidence: guess, basis: translated by the editors}",
        ("name without a basis", "names without a basis"),
    ),
    "foreign-name": Code(
        "A name is in the script of another language",
        "A name belongs under the tag of the language it is in, so that it is read aloud, set and searched as such. Latin letters can stand in any language.",
        "name: {en: 'Hub office, 中心'}",
        "name: {en: Hub office, zh-Hans: 中心}",
        ("name in another script", "names in another script"),
    ),
    "unreferred": Code(
        "Nothing refers to an actor or event",
        "It has no relations and does not cite the primary source. Relate it to something, or delete it.",
        "actors:\n  - id: council\n    summary: It meets in spring. [@report]",
        "actors:\n  - id: council\n    summary: It meets in spring. [@report]\nsteps:\n  - id: less-runoff\n    relations:\n      - done-by: council\n        cites: [paper p2.1]",
        ("actor or event that nothing refers to", "actors or events that nothing refers to"),
    ),
    "off-map": Code(
        "A view takes the map and leaves items out",
        "With 'map: true' the overview shows the rows of the view. Items that are in none of them are then missing on the map. Add them, or delete 'map': the view keeps a page of its own.",
        "map: true\ngroups:\n  - {id: first, name: First, members: [clean-water]}     (there is clean-air, too)",
        "map: true\ngroups:\n  - {id: first, name: First, members: [clean-water, clean-air]}",
        ("view that leaves items off the map", "views that leave items off the map"),
    ),
    "short-address": Code(
        "An address has no beginning",
        "A browser takes an address without 'https://' for a file of this site, so that it is shown without a link.",
        "url: www.example.org/report.pdf",
        "url: https://www.example.org/report.pdf",
        ("address without https://", "addresses without https://"),
    ),
    "wordy-figure": Code(
        "A figure holds more than a number",
        "Programs that read the plan compare and draw numbers. Write the number alone under 'value'; what it counts goes under 'unit', and 'comparator' says at-least, more-than or at-most.",
        "target: {indicator: Clean rivers, value: at least 30 %}",
        "target: {indicator: Clean rivers, value: 30, unit: '%', comparator: at-least}",
        ("figure that is not just a number", "figures that are not just numbers"),
    ),
    "odd-aim": Code(
        "A target does not fit its baseline",
        "It is due before the day of the baseline, lies on the other side of it than 'direction' says, or is the second for one day. Its way is still reckoned, from the baseline to the target.",
        "direction: down\nbaseline: {value: 24, date: 2021}\ntargets:\n  - {value: 80, due: 2030}",
        "direction: down\nbaseline: {value: 24, date: 2021}\ntargets:\n  - {value: 8, due: 2030}",
        ("target that does not fit its baseline", "targets that do not fit their baselines"),
    ),
    "unexplained-change": Code(
        "A change is not explained",
        "A target or date that was changed keeps what it was before, with the day of the change and the reason for it, so that readers can tell it from a mistake.",
        "earlier:\n  - {due: 2025, until: 2024-06-18}",
        "earlier:\n  - {due: 2025, until: 2024-06-18, because: Drivers are missing., cites: [report]}",
        ("change without its day or reason", "changes without their days or reasons"),
    ),
    "misplaced-code": Code(
        "A code does not fit the parent",
        "Nearly all entries of this level have a code that begins with that of their parent; this one may have been moved.",
        "- id: less-runoff\n  under: clean-water     (whose code is 1)\n  code: '2.3'",
        "- id: less-runoff\n  under: clean-water\n  code: '1.4'",
        ("code that does not fit its parent", "codes that do not fit their parents"),
    ),
    "empty-event": Code(
        "Nothing is said of an event",
        "It has neither a date nor a kind nor a summary, so that no timeline can show it.",
        "- id: second-meeting\n  name: Second meeting",
        "- id: second-meeting\n  name: Second meeting\n  date: {edtf: 2025-09, cites: [report]}",
        ("event of which nothing is said", "events of which nothing is said"),
    ),
    "idle-citation": Code(
        "A citation stands where none counts",
        "Only the text of a statement cites. A name, a date, a reason or a gist shows a citation as it is written.",
        "gist: Water without runoff [@paper p1.1]",
        "gist: Water without runoff",
        ("citation where none counts", "citations where none count"),
    ),
    "lost-colon": Code(
        "A statement begins with a key",
        "A list of statements holds sentences. An entry that begins with 'text' or 'status' and a capital has probably lost the colon of the key, and would be shown with it.",
        "- text Water is to be clean. [@paper p1.1]",
        "- text: Water is to be clean. [@paper p1.1]",
        ("statement that begins with a key", "statements that begin with a key"),
    ),
    "stray-comma": Code(
        "A text ends in a comma",
        "In YAML a line ends without a sign. A comma at the end of a name or statement is shown to readers.",
        "name: Clean water,",
        "name: Clean water",
        ("text that ends in a comma", "texts that end in a comma"),
    ),
    # --- texts of sources
    "bad-text-path": Code(
        "A text lies outside the plan's folder",
        "The file with the text of a source is named by its path within the folder of the plan. It may be a file that is not published.",
        "text: {file: ../paper.txt}",
        "text: {file: texts/paper.txt}",
    ),
    "shown-words": Code(
        "Words of a text that may not be shown",
        "With 'show: none', readers get no word of a source. Its outline is published with the files of the plan, in plan.json, and so has lengths and fingerprints only; 'plan-explorer outline' writes it in this way.",
        "sentences:\n  - {words: 3, opening: Water comes first., fingerprint: 0123456789abcdef}",
        "sentences:\n  - {words: 3, fingerprint: 0123456789abcdef}",
        ("source with words that may not be shown", "sources with words that may not be shown"),
    ),
    "unreadable-text": Code(
        "A text cannot be read",
        "Texts are read from .txt, .md, .html, .docx and .pdf files of at most 20 MB; plain text has to be UTF-8. A PDF of scanned pages has no text.",
        "text: {file: texts/scan.pdf}     (pictures of pages)",
        "text: {file: texts/paper.txt}",
        ("text not read", "texts not read"),
    ),
    "other-text": Code(
        "A text does not fit the outline",
        "Sentences of the outline are not in the text: it is another edition, or was edited since. If it is the text meant, 'plan-explorer outline' says what changed and updates the outline; until then, the site shows openings.",
        "text: {file: texts/second-edition.txt}",
        "text: {file: texts/first-edition.txt}",
        ("text that does not fit its outline", "texts that do not fit their outline"),
    ),
    "unverified": Code(
        "A statement was not verified",
        "The plan has a list of statements that were held against the texts of their sources, and this one is not on it: it is new, was reworded, raises an alarm, or cites a sentence that has changed. 'plan-explorer verify' says what is wrong; 'plan-explorer verify --stamp' renews the list and needs the text. What raises an alarm although it is right, in other words than the source, is accepted for a reason: 'plan-explorer verify --stamp --accept clean-river#s2 --reason \"'clear' is its word for clean\"'.",
        "summary: The river is to be clean by 2031. [@paper p1.2]     (reworded)",
        "summary: The river is to be clean by 2030. [@paper p1.2]     (verified again)",
        ("statement not verified", "statements not verified"),
        says_the_same=True,
    ),
    # --- files written
    "changed-meanwhile": Code(
        "A file was changed by another program",
        "Between reading and writing the plan, another command or an editor program saved one of its files. Nothing was written, so that neither change is lost: run the command again.",
        "plan-explorer rename clean-water clear-water     (while an editor program saves)",
        "plan-explorer rename clean-water clear-water",
    ),
    "not-written": Code(
        "Files cannot be written",
        "The disk is full, the folder belongs to somebody else, or something else stands in its place. What was there before is unchanged.",
        "plan-explorer render --output /mnt/full/tree",
        "plan-explorer render --output tree",
    ),
    "not-ours": Code(
        "A folder holds other files",
        "A folder is replaced only if the same command wrote it before, so that none of your files are lost.",
        "plan-explorer render --output my-documents",
        "plan-explorer render --output tree",
    ),
    "not-imported": Code(
        "A file cannot be imported",
        "It does not have the given format, is too large, or tries to read other files or expand far beyond its size.",
        "plan-explorer import json holiday.jpg --into new",
        "plan-explorer import json plan.json --into new",
    ),
    "both-changed": Code(
        "The same was changed on both sides",
        "Since a workbook was exported or a file imported, the plan was edited at a place that the workbook or the new file changes, too. Nobody but you can know which is right: a workbook is refused as a whole until its cell says what the plan says, or what it said before; after an update from a newer file the plan says what it said, and import.md lists what the file says.",
        "name: Cleaner water    (and 'Clear water' in the cell, where both had 'Clean water')",
        "name: Clear water      (and 'Clear water' in the cell)",
        ("place changed on both sides", "places changed on both sides"),
    ),
    "edits-lost": Code(
        "An import would lose edits",
        "The plan was edited since it was imported, and --force would write over that. With --update the edits are kept.",
        "plan-explorer import stix attack.json --into my-plan --force",
        "plan-explorer import stix attack.json --into my-plan --update",
    ),
    "no-version": Code(
        "A version of the plan cannot be found",
        "A version is a folder, an exported plan.json, or a git revision; it has to be readable.",
        "plan-explorer diff v1.O",
        "plan-explorer diff v1.0",
    ),
    "bad-mapping": Code(
        "A file does not say which entries of two plans match",
        "Each line has the id of an entry of the plan, and behind the colon the id of an entry of the other plan, or a list of ids.",
        "- clean-river\n- clean-water",
        "clean-river: clean-water\nfair-cost: [less-runoff, clean-air]",
    ),
    "other-version": Code(
        "A kept version is of another plan",
        "A plan is compared with those files in 'versions' that have its own id. The id stands in plan.yaml; a plan that is given another one begins anew.",
        "versions/2025.json      (id: water, beside a plan with the id air)",
        "versions/2025.json      (id: air)",
        ("version of another plan", "versions of other plans"),
    ),
    "no-library": Code(
        "A library for a format is not installed",
        "A format that is named under 'exports' must not depend on the machine that builds the site. Install the library, or list the formats you want under 'exports' in mkdocs.yml.",
        "exports: [plan-json, skos]      (and rdflib is not installed)",
        "exports: [plan-json]",
        ("library missing", "libraries missing"),
    ),
    # --- handwritten pages, templates
    "template": Code(
        "A template cannot be used",
        "A template has an error in the given line.",
        "{{ page.titel }}",
        "{{ page.title }}",
    ),
    "bad-message": Code(
        "A message in a catalogue cannot be said",
        "Each form of a message has the values that the message has in English, by the same names.",
        'msgid "about %(date)s"\nmsgstr "vers %(dat)s"',
        'msgid "about %(date)s"\nmsgstr "vers %(date)s"',
    ),
    "unknown-message": Code(
        "A catalogue says a message that there is not",
        "A message is known by its English words, to the letter; no page has these.",
        'msgid "Serch"\nmsgstr "Chercher"',
        'msgid "Search"\nmsgstr "Chercher"',
    ),
    "unused-template": Code(
        "A template is not used",
        "A file in the folder of templates has the name of no built-in one, and no other template includes it.",
        "components/fact.html",
        "components/facts.html",
    ),
    "not-built": Code(
        "The site could not be built",
        "The plan is valid, but a handwritten page, a template of the theme or a setting has an error; the terminal shows where.",
        "theme: {custom_dir: overides}",
        "theme: {custom_dir: overrides}",
    ),
    "unknown-component": Code(
        "A page calls for a component that does not exist",
        "A handwritten page can contain a comment such as 'plan-explorer: map', which the component replaces.",
        "<!-- plan-explorer: mop -->",
        "<!-- plan-explorer: map -->",
    ),
}
