"""The Word document: what a reader, an editor and a screen reader find in its text."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from word_article import bookmarks, instructions, paragraphs, reopened, words

from galley import pandoc
from galley.formats import wordmaths
from galley.formats.wordtables import shares
from galley.formats.wordxml import name, parse, w

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
