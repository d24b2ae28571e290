"""A new editor adds an entry, mends five slips by the messages, renames it, and has it reviewed."""

import re

from conftest import build_site
from edited import copied, run

SLIPS = {
    "under: clean-air": "under: clear-air",
    "summary: ": "sumary: ",
    "[@paper p1.2]": "[@paper p1.7]",
    "- done-by: council": "- doneby: council",
    "- supports: clean-water": "- supports: clean-watr",
}


def test_from_a_new_entry_to_a_review(tmp_path):
    folder = copied("tiny", tmp_path)
    content = folder / "content.yaml"
    assert run("publish", "--plan", folder).exit_code == 0

    begun = run("new", "step", "fewer-fumes", "--under", "clean-air", "--plan", folder)
    assert begun.exit_code == 0
    line = int(begun.output.split(f"continue at {content}:")[1].split(":")[0])
    assert content.read_text(encoding="utf-8").split("\n")[line - 1] == "  - id: fewer-fumes"
    assert run("check", folder).exit_code == 0
    assert "'Fewer fumes' has no summary" in run("report", folder).output

    # The comments say what to write, and where.
    text = content.read_text(encoding="utf-8")
    head, written = text.split("  - id: fewer-fumes\n")
    written = written.replace(
        "    # summary: What it is, in one sentence. [@paper p1.1]",
        "    summary: Fumes are to be fewer. [@paper p1.2]",
    )
    written = written.replace(
        "    # statements:\n", "    statements:\n      - The council is to see to it. [@paper p2.1]\n"
    )
    written = written.replace(
        "    #   - Another statement about it. [@paper p1.1]\n", "      - It names no amount. [@paper p1.2]\n"
    )
    written = written.replace(
        "    # relations:\n", "    relations:\n      - done-by: council\n        cites: [paper p2.1]\n"
    )
    written = written.replace(
        "    #   - supports: ID\n    #     cites: [paper p1.1]\n",
        "      - supports: clean-water\n        cites: [paper p1.1]\n",
    )
    for key in ("date", "target"):
        written = written.replace(f"    # {key}: ", f"    {key}: ")
    assert "#" not in written
    content.write_text(head + "  - id: fewer-fumes\n" + written, encoding="utf-8")
    sound = content.read_text(encoding="utf-8")
    assert run("check", folder).exit_code == 0

    slipped = written
    for right, wrong in SLIPS.items():
        slipped = slipped.replace(right, wrong, 1)
    content.write_text(head + "  - id: fewer-fumes\n" + slipped, encoding="utf-8")
    mended = content
    for _ in range(3):  # what only a sound entry can tell comes after the rest
        told = run("check", folder)
        if told.exit_code == 0:
            break
        mend(mended, told.output)
    assert told.exit_code == 0
    assert content.read_text(encoding="utf-8") == sound

    assert run("publish", "--plan", folder).exit_code == 0
    assert run("rename", "fewer-fumes", "clean-chimneys", "--plan", folder).exit_code == 0
    assert run("check", "--strict", folder).exit_code == 0
    site = build_site(folder, tmp_path / "site")
    assert 'content="0; url=clean-chimneys.html"' in (site / "steps" / "fewer-fumes.html").read_text(
        encoding="utf-8"
    )

    waiting = run("review", "clean-chimneys", "--plan", folder).output
    assert waiting.count("(not reviewed)") == 6
    assert run("review", "clean-chimneys", "--accept", "--plan", folder).exit_code == 0
    assert run("review", "clean-chimneys", "--plan", folder).output.count("(reviewed)") == 6


def mend(path, told):
    """Do what the messages in *told* say: put what is meant in the place that is marked."""
    lines = path.read_text(encoding="utf-8").split("\n")
    reports = re.findall(r":(\d+):(\d+): .*\n(.*)\n( *)(\^+)\n *hint: (.*)", told)
    assert reports, told
    for line, column, excerpt, margin, mark, hint in reversed(reports):  # what is put in moves what follows
        at, width = int(column) - 1, len(mark)
        meant = re.search(r"did you mean '([^']+)'", hint)
        put = meant[1] if meant else "p1.2" if "'p1' has 2 sentences" in hint else ""
        assert put, (excerpt, margin, hint)
        shown = lines[int(line) - 1]
        lines[int(line) - 1] = shown[:at] + put + shown[at + width :]
    path.write_text("\n".join(lines), encoding="utf-8")
