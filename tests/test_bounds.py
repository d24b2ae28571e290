"""No small plan or file takes long: numbers, lengths, nesting and what unfolds have limits, and are told."""

import json
import time
from pathlib import Path

import pytest
from edited import copied, run

SECONDS = 60
"""Far more than any of these takes, on a busy machine too; without limits it is minutes or all memory."""

SUMMARY = "The paper asks for clean water."
FULL = 19_000

TOO_LARGE = {
    "sentences": {"sentences: 2,": "sentences: 1000000000,"},
    "sentences of many digits": {"sentences: 2,": f"sentences: {'9' * 5000},"},
    "passages": {"- {id: p1, number": "- {id: p0, sentences: 5000}\n          " * 21 + "- {id: p1, number"},
    "a name": {"name: Clean air": f"name: {'air ' * 25_000}"},
    "a text": {SUMMARY: "Clean water. " * 80_000},
    "parents": {
        "steps:\n": "steps:\n"
        + "".join(
            f"  - {{id: d{n}, name: D, under: {f'd{n - 1}' if n else 'clean-air'}}}\n" for n in range(3000)
        )
    },
}
"""What is told to be too large."""

HARD = {
    "citations that nobody closes": {SUMMARY: "[@" * (FULL // 2)},
    "citations closed once": {SUMMARY: "[@" * (FULL // 2) + "]"},
    "a range": {"[@paper p1.2]": f"[@paper p1.1-{'9' * 5000}]"},
    "blanks": {SUMMARY: f"a{' ' * FULL}b"},
    "code spans": {SUMMARY: "x" + "".join("`" * n + "a" for n in range(1, 190))},
    "ticks": {SUMMARY: "x" + "`" * (FULL // 2) + "a" * (FULL // 2)},
    "brackets": {SUMMARY: "x" + "[" * FULL},
    "links": {SUMMARY: "x " + "[a](b " * (FULL // 6)},
    "a code": {"id: clean-air": f"id: clean-air\n    code: '{'1.' * (FULL // 2)}'"},
    "a long name": {"name: Clean air": f"name: {'a' * FULL}"},
    "ids": {
        "steps:\n": "steps:\n"
        + "".join(f"  - {{id: {'x' * 77}{n}, name: X, under: clean-air}}\n" for n in range(99))
    },
    "sentences that belong together": {
        "sentences: 2,": f"sentences: 2, joined: [[{'1, ' * 50_000}1000000000]],"
    },
    "a declared number": {"declared: 1+1": f"declared: 1+{'9' * 5000}"},
    "members": {"members: [clean-water]": f"members: [{'clean-water, ' * 20_000}clean-water]"},
    "words of a sentence": {"sentences: 2,": f"sentences: [{'9' * 5000}, 3],"},
    "frame": {"sentences: 2,": "sentences: 2, frame: {1000000000: It is a slip.},"},
    "levels": {
        "      - {id: step, plural": "      - {id: l0, plural: l0s, name: {one: L, many: L}, under: [goal]}\n"
        + "".join(
            f"      - {{id: l{n}, plural: l{n}s, name: {{one: L, many: L}}, under: [l{n - 1}]}}\n"
            for n in range(1, 2000)
        )
        + "      - {id: step, plural"
    },
    "statements": {
        "name: Clean air": "name: Clean air\n    statements:\n"
        + "\n".join(f"      - It is asked for {n}. [@paper p1.2]" for n in range(5000))
    },
    "former names": {
        "name: Clean air": f"name: Clean air\n    formerly: [{', '.join(f'air-{n}' for n in range(5000))}]"
    },
    "terms that begin alike": {
        "terms:\n": "terms:\n"
        + "".join(
            f"  - {{id: t{n}, name: water that leaves a field {n}, summary: 'It is. [@report]'}}\n"
            for n in range(2000)
        )
    },
    "centuries": {
        "id: clean-air": "id: clean-air\n    date: {edtf: 0001-01-01/9999-12-31, cites: [paper p1.1]}"
    },
}
"""What looks as if it could keep a computer busy, and may be right or wrong."""


def changed(folder: Path, edits: dict[str, str]) -> None:
    for find, put in edits.items():
        path = next(
            path for path in sorted(folder.glob("*.yaml")) if find in path.read_text(encoding="utf-8")
        )
        path.write_text(path.read_text(encoding="utf-8").replace(find, put, 1), encoding="utf-8")


def rendered(tmp_path: Path, edits: dict[str, str]):
    folder = copied("tiny", tmp_path)
    changed(folder, edits)
    begun = time.process_time()
    result = run("render", folder, "--components", "--output", tmp_path / "tree")
    assert time.process_time() - begun < SECONDS
    assert len(result.output) < 20_000
    return result


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_too_large_is_told_at_once(tmp_path, name):
    result = rendered(tmp_path, TOO_LARGE[name])
    assert result.exit_code == 1
    assert "[too-large]" in result.output
    assert "1 problem" in result.output.splitlines()[-1], "and nothing else"


@pytest.mark.slow
@pytest.mark.parametrize("name", HARD)
def test_what_is_hard_takes_no_time(tmp_path, name):
    assert rendered(tmp_path, HARD[name]).exit_code in (0, 1)


def test_as_much_as_is_allowed_is_read(tmp_path):
    edits = {
        "sentences: 2,": "sentences: 5000,",
        SUMMARY: "a " * 9_900,
        "steps:\n": "steps:\n"
        + "".join(
            f"  - {{id: d{n}, name: D, under: {f'd{n - 1}' if n else 'clean-air'}}}\n" for n in range(49)
        ),
    }
    assert rendered(tmp_path, edits).exit_code == 0


def insert(id: str) -> str:
    return f"{{{{ insert: param, {id} }}}}"


PARAMETERS = {
    "each in ten of the next": [
        *({"id": f"p{n}", "values": [insert(f"p{n + 1}") * 10]} for n in range(6)),
        {"id": "p6", "values": ["x" * 20]},
    ],
    "itself": [{"id": "p0", "values": [insert("p0") * 8]}],
    "choices": [
        *({"id": f"p{n}", "select": {"choice": [insert(f"p{n + 1}")] * 9}} for n in range(6)),
        {"id": "p6", "values": ["x"]},
    ],
    "one long, often": [{"id": "p0", "values": ["y" * 15_000]}],
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_of_a_catalog_unfold_to_a_limit(tmp_path, name):
    control = {"id": "c1", "title": "C", "parts": [{"name": "statement", "prose": insert("p0") * 50}]}
    meta = {"title": "T", "last-modified": "2026-01-01T00:00:00Z"}
    catalog = {"metadata": meta, "params": PARAMETERS[name], "controls": [control]}
    file = tmp_path / "catalog.json"
    file.write_text(json.dumps({"catalog": catalog}), encoding="utf-8")
    begun = time.process_time()
    result = run("import", "oscal", file, "--into", tmp_path / "plan")
    assert time.process_time() - begun < SECONDS / 2
    assert result.exit_code == 0
    assert "changed: a parameter that unfolds too far is named only (catalog/controls[0] c1)" in result.output
    assert (tmp_path / "plan" / "controls.yaml").stat().st_size < 50_000
    assert run("check", tmp_path / "plan").exit_code == 0


def test_an_import_of_a_text_that_a_plan_cannot_hold_is_refused(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(f"id,name,description\n1,A name,{'word ' * 6000}\n", encoding="utf-8")
    assert run("import", "csv", file, "--into", tmp_path / "parted").exit_code == 0  # into several statements
    file.write_text(f"id,name,description\n1,{'word ' * 6000},A text\n", encoding="utf-8")
    result = run("import", "csv", file, "--into", tmp_path / "plan")
    assert result.exit_code == 1
    assert "at most 20,000 can be read [too-large]" in result.output
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize("text", ["[@paper p1.1; [@paper p1.2]", "[@paper p1.1 [p1.2]]", "[@paper p1.1"])
def test_a_citation_that_is_not_closed_is_told(tmp_path, text):
    folder = copied("tiny", tmp_path)
    changed(folder, {SUMMARY: f"{SUMMARY} {text}"})
    result = run("check", folder)
    assert result.exit_code == 1
    assert "this citation is not closed [bad-citation]" in result.output
