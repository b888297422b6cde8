"""Abstracts in further languages, passages written from right to left, who did what: on the pages of each format."""

from __future__ import annotations

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from galley import press
from galley.checks import check
from galley.document import Document
from galley.formats.abstracts import gathered
from galley.pandoc import plain

MANUSCRIPT = """---
title: A Title
author:
  - name: Ann Ash
    roles: [conceptualization, Writing - Original Draft Preparation, poetry]
  - name: Bo Birch
    roles:
      - methodology: lead
      - https://credit.niso.org/contributor-roles/writing-review-editing/
  - Cy Cole
abstract: The first one.
abstract-ur: یہ دوسرا خلاصہ ہے۔
abstract-fr: |
  Le troisième [@rain].
references: []
---

Some text [یہ ایک جملہ ہے]{lang=ur dir=rtl} in a line.

::: {lang=ar dir=rtl}
هذه فقرة عربية.
:::
"""
BIB = "@misc{rain, title = {Rain}, author = {Ash, Ann}, year = {2020}}\n"
SAID = (
    "Ann Ash: conceptualization, writing – original draft, and poetry. "
    "Bo Birch: methodology and writing – review & editing."
)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder: Path = tmp_path_factory.mktemp("languages")
    (folder / "article.md").write_text(MANUSCRIPT, "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    return press.settled(folder / "article.md")


def test_roles_are_a_statement_where_nobody_wrote_one(document, tmp_path):
    assert plain(document.slots["author-contributions"]) == SAID
    own = MANUSCRIPT.replace("abstract: The", "author-contributions: All did all.\nabstract: The")
    (tmp_path / "article.md").write_text(own, "utf-8")
    assert plain(press.settled(tmp_path / "article.md").slots["author-contributions"]) == "All did all."


def test_nothing_is_said_against_such_fields(document):
    assert {one.code for one in check(document, press.themed(document))} == set()


def test_a_document_with_one_abstract_stays_as_it_is(document, tmp_path):
    (tmp_path / "article.md").write_text("---\ntitle: A Title\nabstract: One.\n---\n\nText.\n", "utf-8")
    one = press.settled(tmp_path / "article.md")
    assert gathered(one) is one


def test_the_web_page_marks_the_language_and_direction(document):
    page = lxml.html.fromstring(press.press(document, press.themed(document), "html").content.decode())
    (urdu,) = page.xpath("//section[@class='abstract']//*[@lang='ur']")
    assert urdu.get("dir") == "rtl"
    assert urdu.text_content().strip() == "خلاصہ. یہ دوسرا خلاصہ ہے۔"
    (french,) = page.xpath("//section[@class='abstract']//*[@lang='fr']")
    assert french.text_content().strip() == "Résumé. Le troisième (Ash, 2020)."
    assert page.xpath("//p//span[@lang='ur'][@dir='rtl']")
    assert page.xpath("//div[@class='text']//*[@lang='ar'][@dir='rtl']")
    assert SAID in page.text_content()
    (description,) = page.xpath("//meta[@name='description']/@content")
    assert description == "The first one.", "others are told the first abstract only"


@pytest.mark.parametrize("look", ["", "apa", "two-column", "preprint"])
def test_the_pdf_marks_the_language_and_sets_it_from_the_right(document, look, need):
    content = press.press(document, press.themed(document, look), "pdf").content
    book = pikepdf.open(BytesIO(content))
    languages = {str(one.Lang) for one in book.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one}
    assert {"ur", "fr", "ar"} <= languages
    run = subprocess.run([need("pdftotext"), "-layout", "-", "-"], input=content, capture_output=True, check=True)
    text = " ".join(run.stdout.decode().split())
    assert "Résumé. Le troisième (Ash, 2020)." in text
    lines = [line for line in run.stdout.decode().splitlines() if "فقرة" in line or "عربية" in line]
    assert lines
    assert all(line.startswith(" " * 30) for line in lines), "it stands at the right"


def test_word_and_text_have_all_of_it(document):
    content = press.press(document, press.themed(document), "docx").content
    text = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    for words in ("یہ دوسرا خلاصہ ہے۔", "Le troisième", "poetry"):
        assert words in text
    said = press.press(document, press.themed(document), "txt").content.decode()
    assert said.index("The first one.") < said.index("خلاصہ") < said.index("Le troisième (Ash, 2020).")
