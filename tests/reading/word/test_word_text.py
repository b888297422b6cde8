"""What a Word file says is read as its author saw it: words, faces, paragraphs, notes, boxes, cells."""

import pytest
from docxmaker import NS, docx, fld, mark, notes, p, styles, t

from galley.reading.typescript import read

ITALIC = "<w:i/>"


def paragraphs(tmp_path, *body, **parts):
    return read(docx(tmp_path / "a.docx", *body, **parts)).paragraphs


def italics(row):
    return [run.text for run in row.runs if run.italic]


def test_words_breaks_and_signs(tmp_path):
    row = paragraphs(
        tmp_path,
        p(
            "one",
            "<w:r><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t></w:r>",
            "<w:r><w:t>so</w:t><w:softHyphen/><w:t>ft</w:t><w:br w:type='page'/></w:r>",
            '<w:r><w:sym w:font="Symbol" w:char="F062"/></w:r>',
            '<w:r><w:sym w:font="Symbol" w:char="zz"/></w:r>',
        ),
    )[0]
    assert row.text == "one\ttwo\nthree\u2011fourso\u00adftβ"


def test_each_paragraph_is_one_line_of_the_file(tmp_path):
    found = read(docx(tmp_path / "a.docx", p("one<", "two"), p(), p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>")))
    assert found.file.text == "one<two\n\na b\n"
    span = found.span(found.paragraphs[2], 2, 3)
    assert (span.text, span.line, span.column) == ("b", 3, 3)


def test_italics_from_direct_formatting_styles_and_toggles(tmp_path):
    looks = styles(
        ("Emph", "character", "Emphasis", "<w:rPr><w:i/></w:rPr>"),
        ("Sub", "character", "Sub", '<w:basedOn w:val="Emph"/>'),
        ("Quote", "paragraph", "Quote", "<w:rPr><w:i/></w:rPr>"),
    )
    rows = paragraphs(
        tmp_path,
        p(t("a", ITALIC), t("b", '<w:rStyle w:val="Sub"/>'), t("c", '<w:rStyle w:val="Sub"/><w:i w:val="0"/>')),
        p(t("d"), t("e", '<w:rStyle w:val="Emph"/>'), t("f", "<w:i/>"), style="Quote"),
        styles=looks,
    )
    assert italics(rows[0]) == ["ab"]
    assert italics(rows[1]) == ["d", "f"], "two styles that set italics cancel out"
    assert rows[1].kind == "quote"


def test_a_style_that_is_based_on_itself_is_survived(tmp_path):
    looks = styles(("A", "paragraph", "A", '<w:basedOn w:val="B"/>'), ("B", "paragraph", "B", '<w:basedOn w:val="A"/>'))
    assert paragraphs(tmp_path, p("x", style="A"), styles=looks)[0].text == "x"


def test_raised_marked_code_and_hidden(tmp_path):
    row = paragraphs(
        tmp_path,
        p(
            t("2", '<w:vertAlign w:val="superscript"/>'),
            t("y", '<w:highlight w:val="yellow"/>'),
            t("c", '<w:rFonts w:ascii="Courier New"/>'),
            t("h", "<w:vanish/>"),
        ),
    )[0]
    assert [(run.text, run.raised, run.mark, run.code) for run in row.runs] == [
        ("2", "sup", "", False),
        ("y", "", "yellow", False),
        ("c", "", "", True),
    ]


def test_headings_by_outline_by_name_and_by_what_they_are_based_on(tmp_path):
    looks = styles(
        ("Ttulo1", "paragraph", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("Mine", "paragraph", "My head", '<w:basedOn w:val="Ttulo1"/>'),
        ("J22", "paragraph", "JOURNAL_2.2_heading2", ""),
        ("C", "paragraph", "caption", ""),
    )
    rows = paragraphs(
        tmp_path,
        p("a", style="Ttulo1"),
        p("b", style="Mine"),
        p("c", style="J22"),
        p("d", properties='<w:outlineLvl w:val="2"/>'),
        p("e", style="Ttulo1", properties='<w:outlineLvl w:val="9"/>'),
        p("f", style="C"),
        styles=looks,
    )
    assert [(row.kind, row.level) for row in rows] == [
        ("heading", 1),
        ("heading", 1),
        ("heading", 2),
        ("heading", 3),
        ("body", 0),
        ("caption", 0),
    ]


def test_cells_boxes_and_one_branch_of_alternatives_are_counted(tmp_path):
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    table = f"<w:tbl><w:tr><w:tc>{p('left')}</w:tc><w:tc>{p('right')}</w:tc></w:tr></w:tbl>"
    rows = paragraphs(tmp_path, p("before ", both, "after"), table, p("last"))
    assert [(row.number, row.part, row.text) for row in rows] == [
        (0, "body", "before after"),
        (1, "box", "in the box"),
        (2, "cell", "left"),
        (3, "cell", "right"),
        (4, "body", "last"),
    ]


def test_notes_stand_after_the_body_in_the_order_in_which_they_are_called(tmp_path):
    call = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    rows = paragraphs(
        tmp_path,
        p("a", call.format(2), "b", call.format(1)),
        p("c", '<w:r><w:endnoteReference w:id="1"/></w:r>'),
        footnotes=notes("footnote", p("one"), p("two", "<w:r><w:t> (Doe, 2020)</w:t></w:r>")),
        endnotes=notes("endnote", p("end")),
    )
    assert [(row.number, row.part, row.kind, row.note, row.text) for row in rows[2:]] == [
        (2, "footnote", "note", "1", "two (Doe, 2020)"),
        (3, "footnote", "note", "2", "one"),
        (4, "endnote", "note", "1", "end"),
    ]


def test_links_by_relationship_and_by_field(tmp_path):
    row = paragraphs(
        tmp_path,
        p(
            '<w:hyperlink r:id="rId9"><w:r><w:t>here</w:t></w:r></w:hyperlink>',
            " and ",
            fld(' HYPERLINK "https://b.org/x" \\l "top" ', "there"),
            ".",
        ),
        links=[("rId9", "hyperlink", "https://a.org", "External")],
    )[0]
    assert [(run.text, run.link) for run in row.runs] == [
        ("here", "https://a.org"),
        (" and ", ""),
        ("there", "https://b.org/x#top"),
        (".", ""),
    ]


def test_an_equation_takes_no_place_but_its_letters_are_kept(tmp_path):
    maths = "<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>=1</m:t></m:r></m:oMath>"
    rows = paragraphs(tmp_path, p("If ", maths, ", then"), p(f"<m:oMathPara>{maths}</m:oMathPara>"))
    assert rows[0].text == "If , then"
    assert [run.maths for run in rows[0].runs] == ["", "x=1", ""]
    assert rows[1].kind == "maths"


def test_a_field_that_never_ends_hides_nothing(tmp_path):
    row = paragraphs(tmp_path, p("a ", mark("begin"), t(" PAGE ", tag="instrText"), "b"), p("c"))
    assert [one.text for one in row] == ["a b", "c"]


def test_a_code_nested_in_a_code_is_no_text(tmp_path):
    inner = fld(" MERGEFIELD x ", "inner")
    row = paragraphs(
        tmp_path,
        p("a", mark("begin"), t(" IF ", tag="instrText"), inner, mark("separate"), "shown", mark("end"), "z"),
    )
    assert row[0].text == "ashownz"


def test_lists_and_contents(tmp_path):
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    unnumbered = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    rows = paragraphs(
        tmp_path,
        p("a", properties=numbered),
        p("b", properties=unnumbered),
        p("c", style="TOC1"),
        styles=styles(("TOC1", "paragraph", "toc 1", "")),
    )
    assert [row.kind for row in rows] == ["list", "body", "contents"]


def test_the_strict_form_of_the_standard_is_read(tmp_path):
    strict = NS.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    body = f"<w:document {strict}><w:body>{p('strict')}</w:body></w:document>"
    found = read(docx(tmp_path / "a.docx", more={"word/document.xml": body}))
    assert found.paragraphs[0].text == "strict"


def test_comments_with_their_places(tmp_path):
    remark = f'<w:comments {NS}><w:comment w:id="0" w:author="Ann">{p("Which")}{p("year?")}</w:comment></w:comments>'
    start, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    found = read(docx(tmp_path / "a.docx", p("As ", start, "Doe said", end, "."), comments=remark))
    assert found.comments == (("comment", 0, 3, 11, "Which\nyear?", "Ann"),)


@pytest.mark.parametrize("track", ["accept", "reject", "keep"])
def test_a_file_without_changes_is_the_same_however_they_are_treated(tmp_path, track):
    found = read(docx(tmp_path / "a.docx", p("a ", t("b", ITALIC)), p("c")), track)
    assert [row.text for row in found.paragraphs] == ["a b", "c"]
