"""A newer version of an imported file comes into a plan, and what people edited stays."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from bringing import bring
from edited import run

from plan_explorer.editing.rename import rename_entry
from plan_explorer.editing.set_entry import flat, set_entries
from plan_explorer.editing.workspace import Workspace, open_workspace
from plan_explorer.importers.workbook_columns import written
from plan_explorer.loading.checked_plan import check_documents, load_plan

CONTROLS = {
    f"C-{number}": [f"Control {number} asks for order.", f"It holds for pier {number}."]
    for number in range(1, 11)
}
"""The controls of the first version of a catalogue, by number, each with what it says."""

NEWER = {
    **{code: CONTROLS[code] for code in ("C-1", "C-8", "C-9", "C-10")},
    "C-2": ["Control 2 asks for strict order.", "It holds for pier 2."],
    "C-33": CONTROLS["C-3"],  # another number
    "C-6": ["Control 6 asks for order.", "It is new here.", "It holds for pier 6."],
    "C-7": ["Control 7 asks for order.", "It holds for pier 7, and for the quay."],
    "C-11": ["Control 11 asks for more.", "It holds for pier 11."],
}
"""The second version: C-4 is replaced by C-11, C-5 is gone or merged into C-9, the name of C-8 changes."""


def uuid(code: str) -> str:
    number = {"C-33": 3}.get(code) or int(code[2:])
    return f"attack-pattern--00000000-0000-4000-8000-{number:012}"


def stix(controls: dict[str, list[str]]) -> str:
    """Return a bundle with these controls; each later one uses the one before."""
    newer = "C-33" in controls
    objects: list[dict] = [
        {
            "type": "attack-pattern",
            "id": uuid(code),
            "name": f"Name of {code}" if code != "C-33" else "Name of C-3",
            "modified": "2025-02-01T00:00:00Z",
            "description": "\n\n".join(words),
            "external_references": [{"source_name": "mitre-attack", "external_id": code}],
        }
        for code, words in controls.items()
    ]
    objects[1]["name"] += " and more" if newer else ""
    if newer:
        for code in ("C-4", "C-5"):
            old = {"type": "attack-pattern", "id": uuid(code), "name": "Old", "revoked": True}
            objects.append(
                {**old, "external_references": [{"source_name": "mitre-attack", "external_id": code}]}
            )
    ends = [("C-1", "C-2"), ("C-1", "C-6"), ("C-2", "C-6"), ("C-7", "C-9")]
    pairs = [("uses", *pair) for pair in ends] + [
        ("revoked-by", *pair) for pair in (("C-4", "C-11"), ("C-5", "C-9"))
    ] * newer
    objects += [
        {
            "type": "relationship",
            "id": f"relationship--00000000-0000-4000-8000-{at:012}",
            "relationship_type": kind,
            "source_ref": uuid(one),
            "target_ref": uuid(other),
            "description": f"Reason {at}.",
        }
        for at, (kind, one, other) in enumerate(pairs)
    ]
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": objects})


def ciso(controls: dict[str, list[str]]) -> str:
    """Return a library with these controls as requirements."""
    newer = "C-33" in controls
    nodes = [
        {
            "urn": f"urn:x:risk:req_node:harbour:{int(uuid(code)[-3:])}",
            "assessable": True,
            "depth": 1,
            "ref_id": code,
            "name": f"Name of {code}{' and more' if newer and code == 'C-8' else ''}",
            "description": "\n\n".join(words),
        }
        for code, words in controls.items()
    ]
    framework = {"urn": "urn:x:risk:framework:harbour", "ref_id": "harbour", "name": "Harbour rules"}
    library = {
        "urn": "urn:x:risk:library:harbour",
        "locale": "en",
        "ref_id": "harbour",
        "name": "Harbour rules",
    }
    library |= {"version": 1 + newer, "publication_date": "2025-01-01"}
    return yaml.safe_dump({**library, "objects": {"framework": {**framework, "requirement_nodes": nodes}}})


FORMATS = {"stix": (stix, "bundle.json"), "ciso": (ciso, "library.yaml")}


def bring_version(
    form: str, folder: Path, controls: dict[str, list[str]], *options: str, code: int = 0
) -> str:
    make, name = FORMATS[form]
    path = folder / name
    path.write_text(make(controls), encoding="utf-8")
    return bring(form, path, "--into", folder / "plan", *options, code=code)


def texts(data: dict) -> list[str]:
    said = [data.get("summary"), *data.get("statements", [])]
    return [flat(each if isinstance(each, str) else each["text"]) for each in said if each]


def edit_by_hand(folder: Path, form: str) -> dict[str, object]:
    """Make twenty edits, and return a test for each that says whether it is still there."""
    workspace = open_workspace(folder)
    was = written(workspace.plan)
    data: dict[str, dict] = {}

    def entry(id: str) -> dict:
        return data.setdefault(id, deepcopy(was[id]))

    cite = "[@file c-6.2]"
    entry("c-1")["gist"] = "Gist of ours"
    entry("c-1")["name"]["de"] = "Deutscher Name"
    entry("c-1")["summary"] = "Reworded by us. [@file c-1.1]"
    entry("c-1")["notes"] = ["A note of ours. [@file c-1.1]"]
    entry("c-2")["name"]["de"] = "Zweiter Name"
    entry("c-2")["statements"].append(
        {"text": f"We read it so. {cite}", "status": "inferred", "reason": "Ours."}
    )
    entry("c-3")["gist"] = "Gist of what is renamed"
    entry("c-5")["gist"] = "Gist of what is gone"
    entry("c-6")["statements"] = ["It holds for our pier. [@file c-6.2]"]
    entry("c-6")["short"] = {"en": "Six"}
    entry("c-7")["summary"] = "Summary of ours. [@file c-7.1]"
    entry("c-7")["date"] = {"edtf": "2030", "cites": ["file c-7.1"]}
    del entry("c-8")["statements"]
    entry("c-9")["code"] = "OWN-9"
    entry("c-10")["target"] = {"indicator": "Piers", "value": "10", "cites": ["file c-10.2"]}
    settings = deepcopy(workspace.plan.entries[workspace.plan.settings.id].document.data)
    settings["lede"] = "An introduction of ours."
    settings["languages"]["de"] = {"name": "German", "expected": "false"}
    settings["views"] = [
        {"id": "ours", "name": "Ours", "groups": [{"id": "g", "name": "G", "members": ["c-1"]}]}
    ]
    workspace = set_entries(workspace, {**data, workspace.plan.settings.id: settings})
    workspace = rename_entry(workspace, "c-10", "our-name")
    file = workspace.name_of(workspace.plan.entries["c-2"].document)
    text = workspace.text(file).replace("- id: c-2\n", "# Read in May.\n- id: c-2  # twice\n")
    workspace = workspace.put(file, text)
    term = "terms:\n  - id: pier\n    name: Pier\n    summary: A place to land. [@file c-6.2]\n"
    workspace = workspace.put("terms.yaml", term)
    assert workspace.plan
    workspace.write(open_workspace(folder))

    def now(id: str):
        return lambda after: written(after.plan)[id]

    return {
        "gist": lambda w: now("c-1")(w)["gist"] == "Gist of ours",
        "name": lambda w: now("c-1")(w)["name"]["de"] == "Deutscher Name",
        "summary": lambda w: now("c-1")(w)["summary"] == "Reworded by us. [@file c-1.1]",
        "note": lambda w: now("c-1")(w)["notes"] == ["A note of ours. [@file c-1.1]"],
        "second name": lambda w: now("c-2")(w)["name"]["de"] == "Zweiter Name",
        "statement, cited where it is now": lambda w: "We read it so. [@file c-6.3]" in texts(now("c-2")(w)),
        "gist of what is renamed": lambda w: now("c-33")(w)["gist"] == "Gist of what is renamed",
        "gist of what is gone": lambda w: now("c-5")(w)["gist"] == "Gist of what is gone",
        "reworded beside a new one": lambda w: "It holds for our pier. [@file c-6.3]" in texts(now("c-6")(w)),
        "short name": lambda w: now("c-6")(w)["short"] == {"en": "Six"},
        "summary beside a change": lambda w: texts(now("c-7")(w))[0] == "Summary of ours. [@file c-7.1]",
        "date": lambda w: now("c-7")(w)["date"]["edtf"] == "2030",
        "removed statement": lambda w: "statements" not in now("c-8")(w),
        "code": lambda w: now("c-9")(w)["code"] == "OWN-9",
        "target": lambda w: now("our-name")(w)["target"]["value"] == "10",
        "lede": lambda w: w.plan.settings.lede == "An introduction of ours.",
        "language": lambda w: "de" in w.plan.settings.languages,
        "view": lambda w: [view.id for view in w.plan.settings.views] == ["ours"],
        "rename": lambda w: "our-name" in w.plan and "c-10" in w.plan["our-name"].formerly,
        "comments": lambda w: "# Read in May.\n- id: c-2  # twice\n" in w.text(file),
        "term": lambda w: now("pier")(w)["summary"] == "A place to land. [@file c-6.3]",
    }  # fmt: skip


@pytest.fixture(params=FORMATS)
def form(request) -> str:
    return request.param


def file_with(folder: Path, words: str) -> Path:
    """Return the file of entries in which *words* stand."""
    files = sorted(folder.glob("*.yaml"))
    return next(p for p in files if p.name != "sources.yaml" and words in p.read_text(encoding="utf-8"))


def opened(folder: Path) -> Workspace:
    return open_workspace(folder / "plan")


def test_twenty_edits_survive_a_newer_version_and_no_id_is_lost(form, tmp_path):
    bring_version(form, tmp_path, CONTROLS)
    kept = edit_by_hand(tmp_path / "plan", form)
    assert len(kept) >= 20
    assert run("publish", "--plan", tmp_path / "plan").exit_code == 0
    said = bring_version(form, tmp_path, NEWER, "--update")
    after = opened(tmp_path)  # sound: no id is lost
    assert [what for what, holds in kept.items() if not holds(after)] == []
    assert "to settle" not in said, said
    now = written(after.plan)
    # What is new in the file is there, too.
    assert texts(now["c-2"])[0] == "Control 2 asks for strict order. [@file c-2.1]"
    assert now["c-33"]["formerly"] == ["c-3"]
    assert now["c-33"]["code"] == "C-33"
    assert "It is new here. [@file c-6.2]" in texts(now["c-6"])
    assert "It holds for pier 7, and for the quay. [@file c-7.2]" in texts(now["c-7"])
    assert now["c-8"]["name"]["en"] == "Name of C-8 and more"
    assert texts(now["c-11"])[0].startswith("Control 11 asks for more. [@file c-")
    report = (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")
    if form == "stix":  # which says what takes the place of what
        assert now["c-11"]["formerly"] == ["c-4"]
        assert "## Renamed\n\n- c-3 is now c-33\n- c-4 is now c-11\n" in report
        assert "## No longer in the file\n\n- c-5, replaced by c-9\n" in report
    else:
        assert "## Renamed\n\n- c-3 is now c-33\n" in report
        assert "## No longer in the file\n\n- c-4\n- c-5\n" in report


def test_an_update_without_edits_is_what_a_new_import_would_be(form, tmp_path):
    bring_version(form, tmp_path, CONTROLS)
    before = written(opened(tmp_path).plan)
    bring_version(form, tmp_path, NEWER, "--update", "--remove", "--dry-run")
    assert written(opened(tmp_path).plan) == before
    bring_version(form, tmp_path, NEWER, "--update", "--remove")
    updated = written(opened(tmp_path).plan)
    (tmp_path / "new").mkdir()
    bring_version(form, tmp_path / "new", NEWER)
    fresh = written(opened(tmp_path / "new").plan)
    for data in (*updated.values(), *fresh.values()):
        data.pop("formerly", None)
    text = json.dumps(flat({**updated, "file": ""})).replace(
        "file c-3.", "file c-33."
    )  # a passage keeps its id
    text = text.replace("file c-4.", "file c-11.")
    assert json.loads(text) == {**flat(fresh), "file": ""}
    again = written(opened(tmp_path).plan)
    assert bring_version(form, tmp_path, NEWER, "--update").endswith("entries: as before\n")
    assert written(opened(tmp_path).plan) == again
    if form == "ciso":  # the other plan has noted what took the place of an entry
        bring_version(form, tmp_path, CONTROLS, "--force")  # an update is no edit


def test_what_was_changed_on_both_sides_stays_and_is_listed(form, tmp_path):
    bring_version(form, tmp_path, CONTROLS)
    folder = tmp_path / "plan"
    file = file_with(folder, "Control 2 asks")
    text = file.read_text(encoding="utf-8").replace("Control 2 asks for order", "Control 2 begs for order")
    file.write_text(text, encoding="utf-8")
    said = bring_version(form, tmp_path, NEWER, "--update")
    assert "Control 2 begs for order" in file.read_text(encoding="utf-8")
    assert "warning: summary of 'c-2' was changed here and in the new file [both-changed]" in said
    assert "hint: the new file says: Control 2 asks for strict order. [@file c-2.1]" in said
    report = (folder / "import.md").read_text(encoding="utf-8")
    assert "## To settle: changed here and in the new file\n\n" in report
    # Once it is settled, nobody asks again.
    assert "to settle" not in bring_version(form, tmp_path, NEWER, "--update")


def test_a_comment_that_would_be_lost_is_a_conflict(tmp_path):
    bring_version("ciso", tmp_path, CONTROLS)
    file = file_with(tmp_path / "plan", "It holds for pier 8")
    text = file.read_text(encoding="utf-8")
    text = text.replace(
        "- It holds for pier 8. [@file c-8.2]", "- It holds for pier 8. [@file c-8.2]  # why?"
    )
    file.write_text(text, encoding="utf-8")
    shorter = {**NEWER, "C-8": CONTROLS["C-8"][:1]}
    said = bring_version("ciso", tmp_path, shorter, "--update")
    assert "the new file changes an entry that stays as it is: a comment in here would be lost" in said
    assert "# why?" in file.read_text(encoding="utf-8")


def test_what_was_removed_by_hand_stays_away(form, tmp_path):
    bring_version(form, tmp_path, CONTROLS)
    assert run("remove", "c-7", "--plan", tmp_path / "plan").exit_code == 0
    said = bring_version(form, tmp_path, NEWER, "--update")
    assert "c-7" not in load_plan(tmp_path / "plan").plan
    assert "removed by hand, though the new file changes it: c-7" in (
        (tmp_path / "plan" / "import.md").read_text(encoding="utf-8")
    ), said


def test_remove_sends_readers_on(tmp_path):
    bring_version("stix", tmp_path, CONTROLS)
    assert run("publish", "--plan", tmp_path / "plan").exit_code == 0
    bring_version("stix", tmp_path, NEWER, "--update", "--remove")
    plan = load_plan(tmp_path / "plan").plan
    assert {id: plan.successors.get(id) for id in ("c-4", "c-5")} == {"c-4": "c-11", "c-5": "c-9"}


def test_force_refuses_to_lose_edits(form, tmp_path):
    bring_version(form, tmp_path, CONTROLS)
    bring_version(form, tmp_path, NEWER, "--force")  # nothing was edited
    path = file_with(tmp_path / "plan", "Name of C-9")
    path.write_text(path.read_text(encoding="utf-8").replace("Name of C-9", "Our name"), encoding="utf-8")
    said = bring_version(form, tmp_path, CONTROLS, "--force", code=1)
    assert "edits since the last import would be lost: c-9 [edits-lost]" in said
    assert "Our name" in path.read_text(encoding="utf-8")
    bring_version(form, tmp_path, CONTROLS, "--force", "--discard-edits")
    assert "Our name" not in path.read_text(encoding="utf-8")


def test_without_what_the_last_import_wrote_nothing_is_updated(tmp_path):
    bring_version("stix", tmp_path, CONTROLS)
    (tmp_path / "plan" / "import.json").unlink()
    said = bring_version("stix", tmp_path, NEWER, "--update", code=1)
    assert "there is no import.json beside this plan" in said
    assert "nobody knows what was edited here" in bring_version("stix", tmp_path, NEWER, "--force", code=1)
    (tmp_path / "plan" / "import.json").write_text("{}", encoding="utf-8")
    assert "this is not what an import remembers" in bring_version(
        "stix", tmp_path, NEWER, "--update", code=1
    )


def test_rows_of_a_table_are_found_again_by_code_and_by_name(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "Code,Name,Description\n1,Air,Clean air.\n2,Water,Clean water.\n3,Soil,Soil.\n", encoding="utf-8"
    )
    bring("csv", table, "--into", tmp_path / "plan", "--as-of", "2025")
    (tmp_path / "t.csv.mapping.yaml").unlink()
    file = file_with(tmp_path / "plan", "Clean air.")
    text = file.read_text(encoding="utf-8").replace(
        "name:\n    en: Water", "gist: Ours\n  name:\n    en: Water"
    )
    file.write_text(text, encoding="utf-8")
    newer = tmp_path / "t2.csv"
    newer.write_text(
        "Code,Name,Description\n1,Air,Cleaner air.\n9,Water,Clean water.\n4,Fire,Fire.\n", encoding="utf-8"
    )
    bring("csv", newer, "--into", tmp_path / "plan", "--as-of", "2025", "--update")
    plan = load_plan(tmp_path / "plan").plan
    found = {item.name["en"].text: item for item in plan.items}
    assert sorted(found) == ["Air", "Fire", "Soil", "Water"]
    assert (found["Water"].code, found["Water"].gist) == ("9", "Ours")
    assert found["Air"].summary.words == "Cleaner air."


def test_rows_without_a_code_are_not_taken_for_one_another(tmp_path):
    def bring_table(rows: str, *options: str) -> None:
        (tmp_path / "t.csv").write_text(f"Name,Description\n{rows}", encoding="utf-8")
        bring("csv", tmp_path / "t.csv", "--into", tmp_path / "plan", "--as-of", "2025", *options)

    bring_table("Air,Clean air.\nWater,Clean water.\nSoil,Soil.\nSoil,More soil.\n")
    before = load_plan(tmp_path / "plan").plan
    bring_table("Air,Clean air.\nWater,Clean water.\nSoil,Soil.\nSoil,More soil.\n", "--update")
    assert [item.id for item in load_plan(tmp_path / "plan").plan.items] == [item.id for item in before.items]
    bring_table("Fire,Fire.\nAir,Clean air.\nWater,Clean water.\nSoil,Soil.\nSoil,More soil.\n", "--update")
    plan = load_plan(tmp_path / "plan").plan
    assert (plan["air"].summary.words, plan["fire"].summary.words) == ("Clean air.", "Fire.")
    assert not any(item.formerly for item in plan.items)


SAMPLES = sorted((Path(__file__).parents[1] / "importers" / "samples").iterdir())
FORMS = {
    ".bib": "bibtex",
    ".csv": "csv",
    ".ris": "ris",
    ".ttl": "skos",
    ".xml": "stratml",
    ".yaml": "ciso",
}
FORMS |= {"catalog.json": "oscal", "catalog.xml": "oscal", "bundle.json": "stix", "references.json": "csl"}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_same_file_again_changes_nothing_in_any_format(sample, tmp_path):
    form = FORMS.get(sample.name) or FORMS[sample.suffix]
    path = tmp_path / sample.name
    path.write_bytes(sample.read_bytes())
    bring(form, path, "--into", tmp_path / "plan")
    files = {file: file.read_bytes() for file in (tmp_path / "plan").iterdir() if file.name != "import.md"}
    assert "entries: as before\n" in bring(form, path, "--into", tmp_path / "plan", "--update")
    assert {file: file.read_bytes() for file in files} == files


def test_many_entries_are_removed_with_one_reading_of_the_plan(tmp_path, monkeypatch):
    names = [f"{at},Part {at},It is part {at}.,{(at + 7) % 60}" for at in range(60)]
    table, folder = tmp_path / "t.csv", tmp_path / "plan"
    table.write_text("\n".join(["Code,Name,Text,Related", *names]), encoding="utf-8")
    bring("csv", table, "--into", folder, "--as-of", "2025-01-01")
    table.write_text("\n".join(["Code,Name,Text,Related", *names[:5], *names[45:]]), encoding="utf-8")
    read = []
    monkeypatch.setattr(
        "plan_explorer.editing.workspace.check_documents",
        lambda *a, **k: read.append(1) or check_documents(*a, **k),
    )
    said = bring("csv", table, "--into", folder, "--as-of", "2025-01-01", "--update", "--remove")
    assert "40 removed" in said
    assert len(read) < 8
    plan = load_plan(folder).plan
    assert [each.code for each in plan.items] == [*map(str, range(5)), *map(str, range(45, 60))]


def test_an_entry_and_those_below_it_are_removed_together(tmp_path):
    table, folder = tmp_path / "t.csv", tmp_path / "plan"
    rows = [
        "Code,Name,Text",
        "1,Air,It is air.",
        "1.1,Measure,It is told.",
        "2,Water,It is wet.",
        "2.1,Dig,Deep.",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    bring("csv", table, "--into", folder, "--as-of", "2025-01-01")
    table.write_text("\n".join(rows[:3]), encoding="utf-8")
    said = bring("csv", table, "--into", folder, "--as-of", "2025-01-01", "--update", "--remove")
    assert "2 removed" in said
    assert [each.code for each in load_plan(folder).plan.items] == ["1", "1.1"]
