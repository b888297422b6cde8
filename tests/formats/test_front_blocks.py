"""Fields of the front matter with more than a paragraph: their paragraphs and lists reach every format."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest

from galley import pandoc, press
from galley.formats import FORMATS, crossref, epub, jats, latex, typst
from galley.formats.typstwords import Texts

SOURCE = """\
---
title: |
  A title
  over two lines
abstract: |
  The first paragraph.

  The second:

  - an item
  - another

  # Results

  The last.[^1]

  [^1]: A note.
abstract-de: |
  Der erste Absatz.

  Der zweite Absatz.
funding: |
  Two grants:

  1. Grant one
  2. Grant two
data-availability: |
  - First set
  - Second set
ethics: |
  One paragraph
  over two lines.
date: 2024-05-01
doi: 10.5555/blocks
journal: {title: Journal of Blocks, issn: 2434-561X, url: "https://example.org"}
author: {name: Ada Lovelace, email: ada@example.org}
---

Text.
"""


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("blocks")
    (folder / "article.md").write_text(SOURCE, "utf-8")
    document = press.settled(folder)
    return document, press.themed(document)


def kinds(document, slot):
    return [block["t"] for block in document.slots[slot]]


def test_the_blocks_of_a_field_are_kept(settled):
    document, _ = settled
    assert kinds(document, "abstract") == ["Para", "Para", "BulletList", "Para", "Para"]
    assert kinds(document, "abstract-de") == ["Para", "Para"]
    assert kinds(document, "funding") == ["Para", "OrderedList"]


def test_one_paragraph_is_words_and_a_title_is_a_line(settled):
    document, _ = settled
    assert kinds(document, "ethics") == ["Plain"]
    assert kinds(document, "title") == ["Plain"]
    assert pandoc.plain(document.slots["title"]).split() == ["A", "title", "over", "two", "lines"]


def test_a_heading_in_a_field_is_a_line_in_bold_and_no_section(settled):
    document, _ = settled
    assert document.slots["abstract"][3]["c"][0]["t"] == "Strong"


def test_on_the_web_page(settled):
    page = FORMATS["html"](())[1](*settled).decode()
    abstract = re.search(r'<section class="abstract".*?</section>', page, re.DOTALL)[0]
    assert abstract.count("<p>") == 6
    assert abstract.count("<li>") == 2
    assert re.search(r"<li>\s*Grant one\s*</li>", page)
    assert re.search(r"<li>\s*First set\s*</li>", page)


def test_in_the_typst_source_of_the_pdf(settled):
    texts = Texts(typst.ready(settled[0])[1]).result()
    assert texts["abstract"].startswith("The first paragraph.\n\nThe second:\n\n- an item\n- another\n\n")
    assert "+ Grant one" in texts["funding"]


def test_in_word(settled):
    with zipfile.ZipFile(io.BytesIO(FORMATS["docx"](())[1](*settled))) as box:
        tree = ElementTree.fromstring(box.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ["".join(one.text or "" for one in para.iter(f"{space}t")) for para in tree.iter(f"{space}p")]
    for words in ("The first paragraph.", "The second:", "an item", "another", "Grant two", "First set"):
        assert words in lines, words


def test_in_jats_and_at_crossref(settled):
    document, theme = settled
    own = ElementTree.fromstring(jats.article(document, theme)).find(".//abstract")
    assert [one.tag for one in own] == ["p"] * 5
    assert len(list(own.iter("list-item"))) == 2
    sent = crossref.deposit(document, theme, {}).decode()
    assert sent.count("<jats:list-item>") == 2
    assert "<jats:p>The first paragraph.</jats:p>" in sent


def test_in_epub_latex_and_running_text(settled):
    document, theme = settled
    with zipfile.ZipFile(io.BytesIO(epub.write(document, theme))) as box:
        assert "<p>The first paragraph.</p>" in box.read("EPUB/article.xhtml").decode()
    tex = latex.article(document, theme).decode()
    assert "The first paragraph.\n\nThe second:" in tex
    assert "\\item\n  an item" in tex
    text = FORMATS["txt"](())[1](document, theme).decode().splitlines()
    assert {"The first paragraph.", "– an item", "– First set"} <= set(text)
