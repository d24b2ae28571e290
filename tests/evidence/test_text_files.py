"""Files of every format give their paragraphs, and what cannot be read says why."""

import zipfile
from io import BytesIO

import pytest

from plan_explorer.diagnostics.problems import PlanError
from plan_explorer.evidence import text_files
from plan_explorer.evidence.sentences import split_text
from plan_explorer.evidence.text_files import read_paragraphs

TEXT = "What it says\n\nRivers carry soil. They carry it far.\n\nTrees hold the bank."
WANTED = [
    ("What it says", ["Rivers carry soil.", "They carry it far."]),
    ("What it says", ["Trees hold the bank."]),
]
MARKDOWN = """---
title: x
---
# What it says

Rivers carry *soil*. They
carry it [far](http://x.org).

- Trees hold the bank.
"""
HTML = """<!doctype html><html><head><title>No</title><style>p {}</style></head><body><nav>Home</nav>
<h2>What it says</h2><p>Rivers carry <b>soil</b>. They carry it&nbsp;far.</p><script>x()</script>
<p>Trees hold the bank.</p><footer><p>Copyright. All rights reserved.</p></footer>"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX = f"""<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>What it says</w:t></w:r></w:p>
<w:p><w:r><w:t>Rivers carry soil.</w:t></w:r>
<w:r><w:t xml:space="preserve"> They carry it far.</w:t></w:r></w:p>
<w:p/><w:p><w:r><w:t>Trees hold the bank.</w:t></w:r></w:p></w:body></w:document>"""


def docx(xml: str, name: str = "word/document.xml") -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(name, xml)
    return raw.getvalue()


def pdf(*pages: str) -> bytes:
    """Return a PDF with these lines of text, a page each."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, page in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in page.split("\n")) if page else ""
        stream = f"BT /F1 12 Tf 50 700 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * at} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    raw, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(raw))
        raw += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(raw)}\n%%EOF"
    return raw + end.encode()


FILES = {
    "a.txt": TEXT.encode(),
    "windows.txt": b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
    "utf16.txt": TEXT.encode("utf-16"),
    "a.md": MARKDOWN.encode(),
    "a.html": HTML.encode(),
    "a.docx": docx(DOCX),
}


@pytest.mark.parametrize("name", FILES)
def test_each_format_gives_the_same_sentences(name, tmp_path):
    (tmp_path / name).write_bytes(FILES[name])
    passages = split_text(read_paragraphs(tmp_path / name))
    assert [(each.section, [s.text for s in each.sentences]) for each in passages] == WANTED


def test_a_page_in_another_encoding_says_so_itself(tmp_path):
    page = '<meta charset="gb18030"><p>保护河流。减少污染。</p>'
    (tmp_path / "a.html").write_bytes(page.encode("gb18030"))
    (passage,) = split_text(read_paragraphs(tmp_path / "a.html"))
    assert [each.text for each in passage.sentences] == ["保护河流。", "减少污染。"]


def test_a_pdf_gives_its_paragraphs(tmp_path):
    pytest.importorskip("pypdf")
    lines = (
        "Rivers carry soil from the fields down to the sea. They carry it\nvery far.\nTrees hold the bank."
    )
    (tmp_path / "a.pdf").write_bytes(pdf(lines, "The county pays for all of it, every single year."))
    passages = split_text(read_paragraphs(tmp_path / "a.pdf"))
    assert [[each.text for each in passage.sentences] for passage in passages] == [
        ["Rivers carry soil from the fields down to the sea.", "They carry it very far."],
        ["Trees hold the bank."],
        ["The county pays for all of it, every single year."],
    ]


BAD = {
    "latin.txt": ("Der Müller zahlt.".encode("latin-1"), "this file was read as UTF-8, and line 1 is not"),
    "odd16.txt": (
        b"\xff\xfeabc",
        "this file was read as UTF-16, as its byte order mark says, and line 1 is not",
    ),
    "bytes.txt": (b"a\0b", "this file is not text: it has zero bytes"),
    "empty.txt": (b"  \n \n", "there is no text in this file"),
    "a.odt": (b"PK", "'.odt' is not a format of texts"),
    "plain.docx": (b"Rivers carry soil.", "this is not a Word document (.docx)"),
    "other.docx": (docx("<x/>", "content.xml"), "this is not a Word document (.docx)"),
    "broken.docx": (docx("<w:document"), "this is not a Word document (.docx)"),
    "entity.docx": (
        docx("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
        "this file defines entities, as no word processor does",
    ),
    "lying.html": (
        b'<meta charset="big5"><p>\xff\xff\xff</p>',
        "this page says that it is 'big5', and cannot be read so",
    ),
    "page.html": (b"<script>x()</script>", "there is no text in this file"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(name, tmp_path):
    raw, message = BAD[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(PlanError) as error:
        read_paragraphs(tmp_path / name)
    (problem,) = error.value.problems
    assert (problem.code, problem.message) == ("unreadable-text", message)


def test_a_pdf_that_is_locked_or_broken_says_so_once(tmp_path, capsys, caplog):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(PlanError, match="this PDF is locked with a password"):
        read_paragraphs(tmp_path / "locked.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    with pytest.raises(PlanError, match="this is not a PDF that can be read"):
        read_paragraphs(tmp_path / "broken.pdf")
    assert not caplog.records
    assert not capsys.readouterr().err


def test_a_pdf_without_text_says_so(tmp_path):
    pytest.importorskip("pypdf")
    (tmp_path / "scan.pdf").write_bytes(pdf("", ""))
    with pytest.raises(PlanError) as error:
        read_paragraphs(tmp_path / "scan.pdf")
    assert "there is no text in this file" in str(error.value.problems[0])
    assert "text recognition" in error.value.problems[0].hint
    (tmp_path / "no.pdf").write_bytes(b"Rivers carry soil.")
    with pytest.raises(PlanError, match="this is not a PDF that can be read"):
        read_paragraphs(tmp_path / "no.pdf")


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50 * 2**20)
    with pytest.raises(PlanError, match="this file has 50 MB, and a text may have 20 MB"):
        read_paragraphs(tmp_path / "large.txt")


def test_a_document_that_unfolds_too_far_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text_files, "MAX_UNPACKED", 100)
    (tmp_path / "bomb.docx").write_bytes(docx(" " * 101))
    with pytest.raises(PlanError, match="this file unfolds to more than a text can have"):
        read_paragraphs(tmp_path / "bomb.docx")


def test_no_file_at_all(tmp_path):
    for name in ("none.txt", "none"):
        with pytest.raises(PlanError, match="there is no such file"):
            read_paragraphs(tmp_path / name)


LISTED = {
    "a.md": "# To do\n\nThe council will:\n\n- plant trees\n- clean the water\n\n# Else\n\nIt rests.\n",
    "a.html": "<h1>To do</h1><ul><li><a href=x>Home</a> <a href=y>Contact</a></ul><p>The council will:</p>"
    "<ul><li>plant trees</li><li><p>clean <a href=z>the water</a></p></li></ul><h1>Else</h1><p>It rests.</p>",
    "a.txt": "To do\n\nThe council will:\n- plant trees\n- clean the water\n\nElse\n\nIt rests.\n",
    "a.docx": docx(
        f'<w:document xmlns:w="{W}"><w:body>'
        + "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
            for style, text in [
                ("Heading1", "To do"),
                ("Normal", "The council will:"),
                ("ListParagraph", "plant trees"),
                ("ListBullet", "clean the water"),
                ("Heading1", "Else"),
                ("Normal", "It rests."),
            ]
        )
        + "</w:body></w:document>"
    ),
}


@pytest.mark.parametrize("name", LISTED)
def test_a_point_of_a_list_is_a_sentence_however_short(name, tmp_path):
    raw = LISTED[name]
    (tmp_path / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    found = split_text(read_paragraphs(tmp_path / name))
    assert [sentence.text for passage in found for sentence in passage.sentences] == [
        *("The council will:", "plant trees", "clean the water", "It rests.")
    ]
    assert found[-1].section == "Else"
