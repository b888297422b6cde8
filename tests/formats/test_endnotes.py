"""Notes at the end of the text: in every format numbers that lead to them and back, and none at the foot of a page."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import lxml.html
import pikepdf
import pytest

from galley import press

MANUSCRIPT = """---
title: A Title
endnotes: true
---

# Text

One.^[The *first* note.] Two.^[The second note, with $x^2$.]

- Three.^[The third note.]
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("endnotes")
    (folder / "article.md").write_text(MANUSCRIPT, "utf-8")
    return press.settled(folder / "article.md")


def made(document, format, look=""):
    return press.press(document, press.themed(document, look), format).content


@pytest.mark.parametrize("look", ["", "apa", "two-column"])
def test_the_pages_have_links_both_ways(document, look):
    with pikepdf.open(BytesIO(made(document, "pdf", look))) as book:
        links = [note for page in book.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        assert len(links) == 6
        with book.open_outline() as outline:
            assert "Notes" in str([item.title for item in outline.root])


def test_the_web_page_has_links_both_ways_and_no_footnotes(document):
    page = lxml.html.fromstring(made(document, "html").decode())
    for number in ("1", "2", "3"):
        (mark,) = page.xpath(f"//sup//a[@href='#endnote-{number}']")
        assert mark.text_content() == number
        (back,) = page.xpath(f"//a[@href='#endnote-mark-{number}']")
        assert back.text_content() == number
        assert len(page.xpath(f"//*[@id='endnote-{number}' or @id='endnote-mark-{number}']")) == 2
    assert "The first note." in page.xpath("string(//*[@class='endnotes'])")
    assert not page.xpath("//*[@role='doc-footnote' or @id='fn1']")


def test_the_word_document_has_links_both_ways(document):
    text = zipfile.ZipFile(BytesIO(made(document, "docx"))).read("word/document.xml").decode()
    marks = set(re.findall(r'w:bookmarkStart[^>]*w:name="(endnote[^"]*)"', text))
    anchors = set(re.findall(r'w:anchor="(endnote[^"]*)"', text))
    assert anchors == {f"endnote-{kind}{number}" for kind in ("", "mark-") for number in (1, 2, 3)}
    assert anchors <= marks


def test_the_plain_text_has_them_under_a_heading(document):
    text = made(document, "md").decode()
    assert re.search(r"\n\nNotes\n\n1\. The \*first\* note\.", text)
    assert "[^1]" not in text


def test_without_the_front_matter_s_word_they_stand_at_the_foot(tmp_path):
    (tmp_path / "article.md").write_text(MANUSCRIPT.replace("endnotes: true\n", ""), "utf-8")
    page = made(press.settled(tmp_path / "article.md"), "html").decode()
    assert 'id="endnote' not in page
    assert "The <em>first</em> note." in page
