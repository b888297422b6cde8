"""The Word document: what the file says of itself, how themes dress it, and what is printed of it."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from small_article import picture
from word_article import ROOT, converted, instructions, reopened, words

from galley import pandoc, press, theme
from galley.formats import docx
from galley.formats.wordlook import shortened
from galley.formats.wordxml import name, parse, serialized, w
from galley.report import Fault

# -- what the file says of itself ------------------------------------------------------------------------


def test_heads_and_feet_hold_the_articles_facts(parts):
    def shown(part: str) -> list[str]:
        return [words(one) for one in parse(parts[f"word/{part}.xml"]).iter(w("p"))]

    assert shown("header1") == ["Two Rivers1"]
    assert shown("header2") == [
        "Journal of Riversrivers.example.org",
        "2024, Vol. 7(1), Pages 95–98https://doi.org/10.5555/rivers.7.1",
    ]
    assert shown("footer2") == ["CC BY 4.01"]
    assert b'w:start="95"' in parts["word/document.xml"]


def test_properties_come_from_the_front_matter_alone(parts):
    core = parse(parts["docProps/core.xml"])
    said = {element.tag.split("}")[1]: element.text for element in core}
    assert said["title"] == "Two Rivers & One Bed: A Study of Water That Moves Through the Lowlands"
    assert said["creator"] == "Ruth Ford; Olu Lake"
    assert said["keywords"] == "rivers, beds & banks"
    assert said["language"] == "en-GB"
    assert said["created"] == said["modified"] == "2024-03-05T00:00:00Z"
    assert "lastModifiedBy" not in said
    assert b"Microsoft" not in parts["docProps/app.xml"]


def test_the_language_is_the_articles_and_passages_keep_theirs(body, parts):
    styles = parse(parts["word/styles.xml"])
    assert styles.find(f"{w('docDefaults')}//{w('lang')}").get(w("val")) == "en-GB"
    run = next(one for one in body.iter(w("r")) if words(one) == "سلام")
    assert run.find(f"{w('rPr')}/{w('rtl')}") is not None
    assert run.find(f"{w('rPr')}/{w('lang')}").get(w("val")).startswith("ur")


def test_nothing_foreign_comes_in(made, parts, body):
    assert "smuggled" not in words(body)
    everything = b"".join(parts.values())
    assert b"javascript" not in everything
    targets = re.findall(rb'Target="([^"]*)" TargetMode="External"|TargetMode="External" Target="([^"]*)"', everything)
    assert all((one or two).startswith((b"https://", b"mailto:")) for one, two in targets)


def test_pictures_from_elsewhere_are_never_fetched(project, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture(3, 3))
    document = press.settled(project)
    text = f"![one](https://example.invalid/x.png) ![two]({secret}) ![three](../{secret.name})"
    blocks = tuple(pandoc.Reading(text).result()[1])
    data = docx.write(replace(document, blocks=blocks), theme.load("base", project))
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert not [item for item in package.namelist() if item.startswith("word/media/")]
        assert words(parse(package.read("word/document.xml"))).count("This picture cannot be shown") == 3


def test_the_same_manuscript_gives_the_same_bytes(project, made):
    document = press.settled(project)
    assert docx.write(document, press.themed(document)) == made


def test_every_part_can_be_read_and_is_declared(parts):
    for item, data in parts.items():
        if item.endswith((".xml", ".rels")):
            ET.fromstring(data)
    types = parts["[Content_Types].xml"].decode()
    extensions = set(re.findall(r'Extension="(\w+)"', types))
    for item in parts:
        assert f'PartName="/{item}"' in types or item.rsplit(".", 1)[-1] in extensions


# -- themes ----------------------------------------------------------------------------------------------


def test_the_references_of_the_themes_are_what_their_script_makes(monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    made = runpy.run_path(str(ROOT / "docs" / "reference_looks.py"))["packages"]()
    assert sorted(made) == sorted(path.parent.name for path in (ROOT / "templates").glob("*/reference.docx"))
    for one, parts in made.items():
        with zipfile.ZipFile(ROOT / "templates" / one / "reference.docx") as package:
            assert {item: package.read(item).decode() for item in package.namelist()} == parts


def themed(project: Path, tokens: str) -> theme.Theme:
    folder = project / "templates" / "mine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.toml").write_text(tokens, "utf-8")
    return theme.load("mine", project)


def test_a_theme_without_its_own_gives_paper_margins_and_type_to_the_plain_one(project):
    own = themed(
        project,
        '[paper]\nwidth = "8.5in"\nheight = "11in"\n[margin]\ninside = "1in"\noutside = "1in"\n'
        '[text]\nsize = "12pt"\nleading = 2\n[word]\nface = "Georgia"\n',
    )
    data = docx.write(press.settled(project), own)
    with zipfile.ZipFile(BytesIO(data)) as package:
        page = parse(package.read("word/document.xml")).find(f".//{w('pgSz')}")
        styles = package.read("word/styles.xml").decode()
    assert (page.get(w("w")), page.get(w("h"))) == ("12240", "15840")
    assert 'w:ascii="Georgia"' in styles
    assert 'w:line="480"' in styles


def test_a_theme_places_captions_and_headings(project):
    own = themed(project, '[captions]\nlayout = "stacked"\nabove = ["figure"]\n[heads]\naligns = ["center", "left"]\n')
    data = docx.write(press.settled(project), own)
    with zipfile.ZipFile(BytesIO(data)) as package:
        shown, styles = parse(package.read("word/document.xml")), parse(package.read("word/styles.xml"))
    order = [
        words(one) or "picture"
        for one in shown.iter(w("p"))
        if words(one) or one.find(f".//{name('wp:inline')}") is not None
    ]
    at = order.index("Figure 1")
    assert order[at : at + 3] == ["Figure 1", "Flow at the gauge", "picture"]
    aligned = {one.get(w("styleId")): jc.get(w("val")) for one in styles.iter(w("style")) for jc in one.iter(w("jc"))}
    assert (aligned["Heading1"], aligned["Heading2"], aligned["Heading3"]) == ("center", "left", "left")


def test_a_themes_own_reference_is_taken_as_it_is_and_its_heads_are_filled_in(project):
    own = themed(project, "")
    with zipfile.ZipFile(ROOT / "templates" / "base" / "reference.docx") as package:
        parts = {item: package.read(item) for item in package.namelist()}
    cut = b"<w:t>{short-</w:t></w:r><w:r><w:t>title} by {authors}</w:t>"
    parts["word/header1.xml"] = re.sub(rb"<w:t [^>]*>\{short-title\}</w:t>", cut, parts["word/header1.xml"])
    path = own.folders[0] / "reference.docx"
    with zipfile.ZipFile(path, "w") as package:
        for item, data in parts.items():
            package.writestr(item, data)
    try:
        data = docx.write(press.settled(project), own)
    finally:
        path.unlink()
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert words(parse(package.read("word/header1.xml"))) == "Two Rivers by Ford & Lake1"


def test_a_reference_that_is_no_word_document_is_a_fault_of_the_theme(project):
    own = themed(project, "")
    path = own.folders[0] / "reference.docx"
    path.write_bytes(b"no zip at all")
    try:
        with pytest.raises(Fault, match=r"reference\.docx"):
            docx.write(press.settled(project), own)
    finally:
        path.unlink()


def test_a_part_keeps_what_it_may_ignore_and_refuses_entities():
    said = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    newer = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    space = f'xmlns:w="{name("w:p")[1:].split("}")[0]}"'
    text = f'<w:document {space} {said} {newer} mc:Ignorable="w14 w15"><w:p w14:paraId="1"/></w:document>'
    again = serialized(parse(text.encode()))
    assert b'mc:Ignorable="w14"' in again
    assert b'w14:paraId="1"' in again
    with pytest.raises(ET.ParseError):
        parse(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def test_a_running_head_is_short():
    assert shortened("Rivers") == "Rivers"
    assert shortened("Rivers: " + "a long story of water " * 5) == "Rivers"
    assert len(shortened("Water that moves " * 9)) <= 61


# -- printed ---------------------------------------------------------------------------------------------


def test_libreoffice_prints_every_word(need, made, tmp_path):
    reader = need("pdftotext")
    printed = converted(need, made, tmp_path, "pdf")
    text = subprocess.run([reader, str(printed), "-"], capture_output=True, check=True, encoding="utf-8").stdout
    unprinted = ("Math", "Image")  # letters of formulas are printed one by one, alternative texts not at all
    blocks = pandoc.walk(reopened(made, tmp_path), lambda node: [] if node["t"] in unprinted else None)
    notes = [pandoc.plain(node["c"]) for node in pandoc.each(blocks) if node["t"] == "Note"]
    latin = r"[A-Za-zÀ-ɏ]{2,}"  # Arabic letters come out of a PDF in the shapes they are joined in
    wanted = Counter(re.findall(latin, " ".join([pandoc.plain(blocks), *notes])))
    missing = wanted - Counter(re.findall(latin, text))
    assert not missing
    assert "¿" not in text
    assert "∫" in text, "LibreOffice prints formulas only with its part for mathematics"
    assert "Error" not in text


def test_keys_and_cross_references_outlive_a_save_by_libreoffice(need, made, tmp_path):
    again = converted(need, made, tmp_path, "docx:MS Word 2007 XML")
    with zipfile.ZipFile(again) as package:
        codes = instructions(parse(package.read("word/document.xml")))
    kept = [code.split()[3:] for code in codes if code.startswith("ADDIN GALLEY.CITE")]
    assert kept == [["ash2020"], ["ash2020", "cole2019"], ["cole2019"]]
    assert sum(code.startswith("REF ") for code in codes) == 3


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="144" height="72"><rect width="144" height="72"/></svg>'


def test_drawings_become_pictures_word_can_show_at_their_own_size(project):
    from galley.formats import pdfpicture

    (project / "drawing.svg").write_text(DRAWING, "utf-8")
    (project / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    document = press.settled(project)
    blocks = tuple(pandoc.Reading("![a](drawing.svg) ![b](broken.pdf)").result()[1])
    data = docx.write(replace(document, blocks=blocks), theme.load("base", project))
    with zipfile.ZipFile(BytesIO(data)) as package:
        shown = parse(package.read("word/document.xml"))
        media = [package.read(item) for item in package.namelist() if item.startswith("word/media/")]
    assert [item[:8] for item in media] == [b"\x89PNG\r\n\x1a\n"]
    assert int(shown.find(f".//{name('wp:extent')}").get("cx")) / 914400 == pytest.approx(1.5, abs=0.01)
    assert words(shown).count("This picture cannot be shown") == 1
    assert pdfpicture.drawn(b"<svg", ".svg", 72) is None


def test_a_turned_table_stands_in_a_section_of_its_own(project):
    text = "Before.\n\n| a | b |\n|---|---|\n| c | d |\n\n: Wide {#tbl:wide .landscape}\n\nAfter."
    blocks = [
        {**node, "c": [["tbl-wide", ["landscape"], [["number", "1"], ["label", "Table 1"]]], *node["c"][1:]]}
        if node["t"] == "Table"
        else node
        for node in pandoc.Reading(text).result()[1]
    ]
    document = replace(press.settled(project), blocks=tuple(blocks))
    data = docx.write(document, theme.load("base", project))
    with zipfile.ZipFile(BytesIO(data)) as package:
        shown = parse(package.read("word/document.xml"))
    sections = list(shown.iter(w("sectPr")))
    turned = [section.find(w("pgSz")).get(w("orient")) == "landscape" for section in sections]
    assert turned == [False, True, False]
    assert [section.find(w("titlePg")) is not None for section in sections] == [True, False, False]
    assert [section.find(w("pgNumType")) is not None for section in sections] == [True, False, False]
