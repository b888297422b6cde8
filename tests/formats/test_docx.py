"""The Word document: what a reader, an editor and a screen reader find in it, reopened and printed."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from small_article import picture

from galley import pandoc, press, theme
from galley.formats import docx, wordmaths
from galley.formats.wordlook import shortened
from galley.formats.wordtables import shares
from galley.formats.wordxml import name, parse, serialized, w
from galley.report import Fault

ROOT = Path(__file__).parents[2]
MANUSCRIPT = """\
---
title: "Two *Rivers* & One Bed: A Study of Water That Moves Through the Lowlands"
short-title: Two Rivers
author:
  - name: Ruth Ford
    affiliation: [River University]
    email: ruth@example.org
    orcid: 0000-0002-1825-0097
  - name: Olu Lake
    affiliation: [Lake House, River University]
abstract: Rivers move [@ash2020].
keywords: [rivers, beds & banks]
journal: {title: Journal of Rivers, url: rivers.example.org}
volume: 7
issue: 1
pages: 95-98
doi: 10.5555/rivers.7.1
date: 2024-03-05
lang: en-GB
license: CC BY 4.0
funding: None was *received*.
---

# Rivers {#rivers}

Beds change [@ash2020; see @cole2019, p. 3].^[But not in *dry* years [@cole2019].] @cole2019 says why; @fig:flow shows
it, @tbl:rivers counts it, @eq:q reckons it. <https://example.org/data> and [no harm](javascript:alert(1)).
`<w:p><w:r><w:t>smuggled</w:t></w:r></w:p>`{=openxml} [odd]{custom-style="Evil"} [سلام]{lang=ur dir=rtl}

## Flow

![Flow at the *gauge*](gauge.png){#fig:flow alt="A grey field" width=50%}

Where $|x| = (1-y)^2$ and $<0.05$ hold,

$$ q = \\int_0^d v(z)\\,dz $$ {#eq:q}

| River | Flow | Depth |
|:------|-----:|:-----:|
| Upper |  1.5 |    20 |
| Lower | 12.5 |     8 |

: The two rivers {#tbl:rivers}

![](wide.png){alt=""}

> A quotation.

- one
- two

```python
def flow(): return 1
```
"""
BIBLIOGRAPHY = """\
@book{ash2020, author = {Ash, Ann and Beck, Bo}, title = {Rivers}, publisher = {River Press}, year = 2020}
@article{cole2019, author = {Cole, Cy}, title = {Beds}, journal = {Beds Today}, volume = 3, pages = {1--9}, year = 2019}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rivers")
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "article.md").write_text(MANUSCRIPT, "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (folder / "gauge.png").write_bytes(picture(400, 200))
    (folder / "wide.png").write_bytes(picture(3000, 300))
    return folder


@pytest.fixture(scope="module")
def made(project) -> bytes:
    document = press.settled(project)
    return docx.write(document, press.themed(document))


@pytest.fixture(scope="module")
def parts(made) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made)) as package:
        return {item: package.read(item) for item in package.namelist()}


@pytest.fixture(scope="module")
def body(parts) -> ET.Element:
    return parse(parts["word/document.xml"])


def reopened(data: bytes, folder: Path) -> list[dict]:
    path = folder / "reopened.docx"
    path.write_bytes(data)
    done = subprocess.run(
        [pandoc.binary(), "-f", "docx", "-t", "json", str(path)], capture_output=True, check=True, encoding="utf-8"
    )
    return json.loads(done.stdout)["blocks"]


def words(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t"))).replace("\u00a0", " ")


def paragraphs(body: ET.Element, style: str) -> list[str]:
    found = []
    for paragraph in body.iter(w("p")):
        own = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if own is not None and own.get(w("val")) == style:
            found.append(words(paragraph))
    return found


def instructions(element: ET.Element) -> list[str]:
    return [(text.text or "").strip() for text in element.iter(w("instrText"))]


def bookmarks(body: ET.Element) -> list[str]:
    return [mark.get(w("name")) for mark in body.iter(w("bookmarkStart"))]


# -- the text --------------------------------------------------------------------------------------------


def test_reopened_it_has_the_manuscripts_headings_words_notes_and_cells(made, tmp_path):
    blocks = reopened(made, tmp_path)
    nodes = list(pandoc.each(blocks))
    headings = [(node["c"][0], pandoc.plain(node["c"][2])) for node in nodes if node["t"] == "Header"]
    assert headings == [(1, "Rivers"), (2, "Flow"), (1, "References")]
    text = " ".join(pandoc.plain(blocks).split())
    for sentence in (
        "Beds change (Ash & Beck, 2020; see Cole, 2019, p. 3).",
        "Cole (2019) says why; Figure 1 shows it, Table 1 counts it, Equation 1 reckons it.",
        "Rivers move (Ash & Beck, 2020).",
        "A quotation.",
        "Funding: None was received.",
        "Cole, C. (2019). Beds. Beds Today, 3, 1–9.",
    ):
        assert sentence in text
    notes = [" ".join(pandoc.plain(node["c"]).split()) for node in nodes if node["t"] == "Note"]
    assert notes == ["But not in dry years (Cole, 2019)."]
    table = next(node for node in nodes if node["t"] == "Table" and "Upper" in pandoc.plain(node["c"]))
    assert " ".join(pandoc.plain(table["c"][3:]).split()) == "River Flow Depth Upper 1.5 20 Lower 12.5 8"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("Title", "Two Rivers & One Bed: A Study of Water That Moves Through the Lowlands"),
        ("Author", "Ruth Ford1 and Olu Lake2, 1"),
        ("Abstract", "Rivers move (Ash & Beck, 2020)."),
        ("Keywords", "Keywords: rivers, beds & banks"),
        ("Heading1", "Rivers"),
        ("Heading2", "Flow"),
        ("BlockText", "A quotation."),
        ("TableLabel", "Table 1"),
        ("TableCaption", "The two rivers"),
        ("ImageCaption", "Figure 1. Flow at the gauge"),
        ("Statement", "Funding: None was received."),
        ("Bibliography", "Cole, C. (2019). Beds. Beds Today, 3, 1–9."),
        ("SourceCode", "def flow(): return 1"),
    ],
)
def test_each_part_has_words_style_of_that_name(body, style, text):
    assert text in paragraphs(body, style)


def test_every_style_that_is_used_is_there(body, parts):
    styles = parse(parts["word/styles.xml"])
    known = {style.get(w("styleId")) for style in styles.iter(w("style"))}
    tags = (w("pStyle"), w("rStyle"), w("tblStyle"))
    used = {element.get(w("val")) for element in body.iter() if element.tag in tags}
    assert used <= known
    assert "Evil" not in known


def test_footnotes_are_words_own(body, parts):
    assert len(list(body.iter(w("footnoteReference")))) == 1
    assert "But not in dry years (Cole, 2019)." in paragraphs(parse(parts["word/footnotes.xml"]), "FootnoteText")[-1]


# -- links and fields ------------------------------------------------------------------------------------


def test_citations_are_fields_that_hold_their_keys_and_links_to_the_list(body, parts):
    found = [code for code in instructions(body) if code.startswith("ADDIN GALLEY.CITE")]
    assert [code.split()[3:] for code in found] == [["ash2020"], ["ash2020", "cole2019"], ["cole2019"]]
    assert instructions(parse(parts["word/footnotes.xml"]))[0].endswith("cole2019")
    anchors = [link.get(w("anchor")) for link in body.iter(w("hyperlink")) if link.get(w("anchor"))]
    assert {"ref-ash2020", "ref-cole2019"} <= set(anchors) <= set(bookmarks(body))


def test_references_to_objects_are_fields_whose_bookmarks_hold_what_is_shown(body):
    paragraph = next(one for one in body.iter(w("p")) if "says why" in words(one))
    codes = [code.split()[1] for code in instructions(paragraph) if code.startswith("REF ")]
    assert codes == ["_Ref_fig_flow", "_Ref_tbl_rivers", "_Ref_eq_q_no"]
    assert set(codes) <= set(bookmarks(body))
    assert [code for code in instructions(body) if code.startswith("SEQ")] == [
        r"SEQ Figure \* ARABIC",
        r"SEQ Equation \* ARABIC",
        r"SEQ Table \* ARABIC",
    ]


def test_bookmarks_have_names_and_numbers_of_their_own_and_fields_are_closed(body):
    names = bookmarks(body)
    numbers = [mark.get(w("id")) for mark in body.iter(w("bookmarkStart"))]
    ends = [mark.get(w("id")) for mark in body.iter(w("bookmarkEnd"))]
    assert len(names) == len(set(names))
    assert sorted(numbers) == sorted(ends)
    assert len(numbers) == len(set(numbers))
    kinds = Counter(mark.get(w("fldCharType")) for mark in body.iter(w("fldChar")))
    assert kinds["begin"] == kinds["separate"] == kinds["end"] > 0


# -- pictures, equations, tables -------------------------------------------------------------------------


def test_pictures_have_their_alternative_text_and_fit_the_page(body):
    drawings = list(body.iter(name("wp:inline")))
    described = [drawing.find(name("wp:docPr")) for drawing in drawings]
    assert [one.get("descr") for one in described] == ["A grey field", ""]
    assert [one.find(f".//{name('adec:decorative')}") is not None for one in described] == [False, True]
    sizes = [int(drawing.find(name("wp:extent")).get("cx")) / 635 for drawing in drawings]
    page, room = body.find(f".//{w('pgSz')}"), body.find(f".//{w('pgMar')}")
    measure = int(page.get(w("w"))) - int(room.get(w("left"))) - int(room.get(w("right")))
    assert sizes[0] == pytest.approx(measure / 2, rel=0.01)
    assert sizes[1] <= measure


def test_a_numbered_equation_is_maths_with_its_number_at_the_right(body):
    table = next(one for one in body.iter(w("tbl")) if one.find(f".//{w('tblStyle')}").get(w("val")) == "EquationTable")
    cells = table.findall(f".//{w('tc')}")
    assert cells[1].find(f".//{name('m:oMathPara')}") is not None
    assert words(cells[2]) == "(1)"


def test_a_table_has_a_head_that_repeats_no_upright_rules_and_its_alignment(body, parts):
    table = next(one for one in body.iter(w("tbl")) if "Upper" in words(one))
    rows = table.findall(w("tr"))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True, False, False]
    assert [jc.get(w("val")) for jc in rows[1].iter(w("jc"))] == ["left", "right", "center"]
    styles = parse(parts["word/styles.xml"])
    style = next(one for one in styles.iter(w("style")) if one.get(w("styleId")) == "Table")
    borders = [side.tag for side in style.iter() if side.get(w("sz")) and side.tag != w("sz")]
    assert borders == [w("top"), w("bottom"), w("bottom")]


def test_columns_are_narrowed_together_only_where_they_do_not_fit():
    assert shares([100, 200], [50, 50], 400) == [100, 200]
    assert shares([300, 300], [100, 50], 400) == [100 + 250 * 200 // 450, 50 + 250 * 250 // 450]
    assert sum(shares([900, 900, 900], [500, 500, 500], 600)) <= 600


OMML = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def formula(content: str) -> str:
    """A formula settled, its runs written as their signs, those that are literal in quotes."""
    content = re.sub(r"([^<>/\w]|(?<![</\w:])[a-z0-9](?![\w:]))", r"<m:r><m:t>\1</m:t></m:r>", content)
    tree = ET.fromstring(f"<m:oMath {OMML}>{content}</m:oMath>".replace("<m:r><m:t>:</m:t></m:r>", ":"))
    wordmaths.settle(tree)
    out = []
    for run in tree.iter(name("m:r")):
        sign = run.find(name("m:t")).text
        out.append(f'"{sign}"' if run.find(f"{name('m:rPr')}/{name('m:lit')}") is not None else sign)
    return " ".join(out)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=5", '"=" 5'),
        ("a=b", "a = b"),
        ("a=", 'a "="'),
        ("|x|", '"|" x "|"'),
        ("(0,1]", '"(" 0 , 1 "]"'),
        ("(a)", "( a )"),
        ("a)", 'a ")"'),
    ],
)
def test_signs_without_an_operand_are_literal(before, after):
    assert formula(before) == after


def test_an_index_at_a_closing_bracket_belongs_to_the_whole_pair():
    run = "<m:r><m:t>{}</m:t></m:r>".format
    script = f"<m:sSup><m:e>{run(')')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
    tree = ET.fromstring(f"<m:oMath {OMML}>{run('(')}{run('a')}{script}</m:oMath>")
    wordmaths.settle(tree)
    delimited = tree.find(f"{name('m:sSup')}/{name('m:e')}/{name('m:d')}")
    assert [text.text for text in delimited.iter(name("m:t"))] == ["a"]
    assert len(tree) == 1


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
    from dataclasses import replace

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
    order = [words(one) or "picture" for one in shown.iter(w("p")) if words(one) or one.find(f".//{name('wp:inline')}")]
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


def converted(need, made: bytes, folder: Path, to: str) -> Path:
    office = need("soffice")
    (folder / "article.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(folder / "article.docx")], capture_output=True, check=True, timeout=180)
    return folder / "out" / f"article.{to.split(':')[0]}"


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
    from dataclasses import replace

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
    from dataclasses import replace

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
