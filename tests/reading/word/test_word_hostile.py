"""Files that are broken or mean harm give a Fault with clear words, never a traceback, and nothing outside is read."""

import zipfile

import pytest
from docxmaker import NS, docx, p, relations, t

from galley.reading.typescript import read
from galley.report import Fault


def refused(path):
    with pytest.raises(Fault) as caught:
        read(path)
    (one,) = caught.value.diagnostics
    assert str(one.place)
    return one.message


def raw(path, data):
    path.write_bytes(data)
    return path


def test_no_zip(tmp_path):
    assert "is not a Word file" in refused(raw(tmp_path / "a.docx", b"Dear editor,"))
    assert "is not a Word file" in refused(raw(tmp_path / "b.docx", b""))


def test_an_old_or_locked_file(tmp_path):
    assert "old .doc" in refused(raw(tmp_path / "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


def test_a_file_cut_short(tmp_path):
    path = docx(tmp_path / "a.docx", p("x"))
    assert "not a Word file" in refused(raw(path, path.read_bytes()[:-40]))


def test_a_damaged_part(tmp_path):
    path = docx(tmp_path / "a.docx", p("some words that are packed " * 50))
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 40
    data[at : at + 20] = bytes(20)
    assert "is broken" in refused(raw(path, bytes(data)))


def test_a_missing_document(tmp_path):
    assert "is missing" in refused(docx(tmp_path / "a.docx", more={"word/document.xml": None}))


def test_another_kind_of_document(tmp_path):
    more = {"word/document.xml": "<worksheet/>"}
    assert "is something else" in refused(docx(tmp_path / "a.docx", more=more))


def test_xml_that_is_not_sound(tmp_path):
    assert "not sound XML" in refused(docx(tmp_path / "a.docx", "<w:p>"))


@pytest.mark.parametrize(
    "start",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE d SYSTEM "file:///etc/passwd">',
        '<?xml version="1.0"?><!-- x --><!DOCTYPE d [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type(tmp_path, start, encoding):
    body = f"{start}<w:document {NS}><w:body>{p('&b;').replace('&amp;', '&')}</w:body></w:document>"
    assert "document type" in refused(docx(tmp_path / "a.docx", more={"word/document.xml": body.encode(encoding)}))


def test_a_bomb(tmp_path):
    path = docx(tmp_path / "a.docx", more={"word/document.xml": b"<a>" + bytes(30_000_000)})
    assert path.stat().st_size < 100_000
    assert "unpacks to too much" in refused(path)


def test_too_many_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("galley.reading.word.package.PARTS", 10)
    assert "more than 10 parts" in refused(docx(tmp_path / "a.docx", p("x"), more={f"x{n}": "" for n in range(20)}))


@pytest.mark.parametrize("depth", [400, 200_000])
def test_elements_nested_without_end(tmp_path, depth):
    body = "<w:ins>" * depth + t("x") + "</w:ins>" * depth
    assert "nested more than" in refused(docx(tmp_path / "a.docx", f"<w:p>{body}</w:p>", stored=True))


def test_fields_nested_without_end(tmp_path):
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    found = read(docx(tmp_path / "a.docx", p("a ", begin * 20_000, end * 20_000, "b"), p(end * 10, begin * 10, "c")))
    assert [row.text for row in found.paragraphs] == ["a b", "c"]


def test_ways_out_of_the_file_lead_nowhere(tmp_path):
    (tmp_path / "styles.xml").write_text("<secret/>")
    more = {
        "_rels/.rels": relations(("r1", "officeDocument", "../../../../etc/passwd")),
        "word/_rels/document.xml.rels": relations(
            ("r2", "styles", "../../styles.xml"),
            ("r3", "footnotes", "file:///etc/passwd", "External"),
            ("r4", "comments", "/../../etc/passwd"),
        ),
        "../../outside.xml": "<x/>",
    }
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    found = read(docx(tmp_path / "a.docx", p("words", note), more=more))
    assert [row.text for row in found.paragraphs] == ["words"]
    assert found.faults == ()


def test_without_relationships_and_styles_the_words_are_read(tmp_path):
    more = {"word/_rels/document.xml.rels": None, "_rels/.rels": None, "[Content_Types].xml": None}
    row = read(docx(tmp_path / "a.docx", p("words", style="Gone"), more=more)).paragraphs[0]
    assert (row.text, row.kind) == ("words", "body")


def test_a_part_beside_the_text_that_is_broken_is_told_and_passed_over(tmp_path):
    found = read(docx(tmp_path / "a.docx", p("words"), styles="<w:styles>"))
    assert found.paragraphs[0].text == "words"
    assert [(one.code, "styles.xml" in one.message) for one in found.faults] == [("not-word", True)]


def test_names_of_links_are_never_fetched(tmp_path):
    link = '<w:hyperlink r:id="rId1"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
    rows = [("rId1", "hyperlink", "\\\\host\\share\\x", "External")]
    assert read(docx(tmp_path / "a.docx", p(link), links=rows)).paragraphs[0].runs[0].link == "\\\\host\\share\\x"


@pytest.mark.parametrize("name", ["a.pdf", "a.pages", "a.xlsx"])
def test_other_files_are_named(tmp_path, name):
    assert "cannot be read from a" in refused(raw(tmp_path / name, b"x"))


def test_a_stored_part_with_a_lying_size(tmp_path):
    path = docx(tmp_path / "a.docx", p("x"))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as opened:
        size = opened.getinfo("word/document.xml").file_size
    for at in range(len(data) - 4):
        if data[at : at + 4] == size.to_bytes(4, "little"):
            data[at : at + 4] = (size // 2).to_bytes(4, "little")
    assert refused(raw(path, bytes(data)))
