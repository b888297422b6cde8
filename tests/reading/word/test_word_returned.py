"""A Word file that came back, small ones made in code: what other programs and old versions of Word write is read."""

import pytest
from docxmaker import NS, docx, fld, mark, p, styles, t

from galley.reading.word.returned import read, reference_keys
from galley.report import Fault

CITE = " ADDIN GALLEY.CITE cite-1 doe2020 "


def blocks(tmp_path, *body, **parts):
    found, faults = read(docx(tmp_path / "a.docx", *body, **parts))
    assert not faults
    return found.blocks


def pieces(tmp_path, *body, **parts):
    return [(piece.kind, piece.key, piece.text, piece.change) for piece in blocks(tmp_path, *body, **parts)[0].pieces]


def changed(kind, inner):
    return f'<w:{kind} w:id="1" w:author="Ed" w:date="2024-05-06T07:08:09Z">{inner}</w:{kind}>'


def test_a_field_that_is_one_element(tmp_path):
    field = f'<w:fldSimple w:instr="{CITE}">{t("(Doe, 2020)")}</w:fldSimple>'
    plain = f'<w:fldSimple w:instr=" PAGE ">{t("3")}</w:fldSimple>'
    assert pieces(tmp_path, p("As ", field, " and ", plain)) == [
        ("text", "", "As ", ""),
        ("cite", "doe2020", "(Doe, 2020)", ""),
        ("text", "", " and 3", ""),
    ]


def test_a_field_that_does_not_end_is_its_text(tmp_path):
    row = p("As ", mark("begin"), t(CITE, tag="instrText"), mark("separate"), "(Doe, 2020)")
    assert pieces(tmp_path, row) == [("text", "", "As (Doe, 2020)", "")]


def test_a_mark_of_a_field_that_was_not_begun(tmp_path):
    assert pieces(tmp_path, p("As ", mark("separate"), mark("end"), "so")) == [("text", "", "As so", "")]


def test_a_code_written_as_words(tmp_path):
    row = p(mark("begin"), t(" ADDIN GALLEY.CITE cite-1 "), t("doe2020"), mark("separate"), "(Doe, 2020)", mark("end"))
    assert pieces(tmp_path, row) == [("cite", "doe2020", "(Doe, 2020)", "")]


def test_a_field_put_in_by_one_and_taken_out_by_another_never_was(tmp_path):
    gone = changed("ins", changed("del", fld(CITE, "(Doe, 2020)")))
    words = changed("ins", changed("del", t("words", tag="delText")))
    assert pieces(tmp_path, p("As ", gone, words, "so")) == [("text", "", "As so", "")]


def test_signs_breaks_and_readings(tmp_path):
    ruby = f"<w:r><w:ruby><w:rubyBase>{t('kanji')}</w:rubyBase></w:ruby></w:r>"
    row = p(
        "a",
        '<w:r><w:tab/><w:noBreakHyphen/><w:br/><w:br w:type="page"/><w:sym w:font="Symbol" w:char="F061"/></w:r>',
        '<w:r><w:sym w:font="Arial" w:char="0007"/></w:r>',
        ruby,
    )
    assert pieces(tmp_path, row) == [("text", "", "a\t\u2011\nαkanji", "")]


@pytest.mark.parametrize("tag", ["Choice", "Fallback"])
def test_words_of_which_there_are_two_forms_are_read_once(tmp_path, tag):
    inner = f"<mc:AlternateContent><mc:{tag}>{t('so')}</mc:{tag}></mc:AlternateContent>"
    outer = f"<mc:AlternateContent><mc:{tag}>{p('Next')}</mc:{tag}></mc:AlternateContent>"
    found = blocks(tmp_path, p("As ", inner), outer)
    assert ["".join(piece.text for piece in one.pieces) for one in found] == ["As so", "Next"]


def test_the_words_of_a_box_come_after_its_paragraph(tmp_path):
    box = f"<w:r><w:pict><w:txbxContent>{p('In the box')}</w:txbxContent></w:pict></w:r>"
    found = blocks(tmp_path, p("Before", box, " it"), p("After"))
    assert [(one.kind, "".join(piece.text for piece in one.pieces)) for one in found] == [
        ("body", "Before it"),
        ("box", "In the box"),
        ("body", "After"),
    ]


def test_a_row_that_is_new_is_so_in_each_cell(tmp_path):
    new = '<w:trPr><w:ins w:id="3" w:author="Ed" w:date="2024-05-06T07:08:09Z"/></w:trPr>'
    table = f"<w:tbl><w:tr><w:tc>{p('old')}</w:tc></w:tr><w:tr>{new}<w:tc>{p('new')}</w:tc></w:tr></w:tbl>"
    assert [one.mark for one in blocks(tmp_path, table)] == ["", "ins"]


def test_code_by_its_style(tmp_path):
    looks = styles(("SourceCode", "paragraph", "Source Code", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>'))
    assert [one.kind for one in blocks(tmp_path, p("x = 1", style="SourceCode"), styles=looks)] == ["code"]


def test_a_file_without_a_text_and_one_nested_without_end_are_refused(tmp_path):
    path = docx(tmp_path / "a.docx", more={"word/document.xml": f"<w:document {NS}/>"})
    with pytest.raises(Fault, match="has no text"):
        read(path)
    deep = "<w:sdt><w:sdtContent>" * 160 + p("x") + "</w:sdtContent></w:sdt>" * 160
    with pytest.raises(Fault, match="nested too deep"):
        read(docx(tmp_path / "b.docx", deep))


def test_keys_of_a_reference_list_by_its_bookmarks(tmp_path):
    entry = p('<w:bookmarkStart w:id="2" w:name="ref-doe2020"/>', "Doe, J. (2020). One.", '<w:bookmarkEnd w:id="2"/>')
    other = p('<w:bookmarkStart w:id="4" w:name="other"/>', "Not an entry.", '<w:bookmarkEnd w:id="4"/>')
    path = docx(tmp_path / "a.docx", p(fld(CITE, "(Doe, 2020)")), entry, other)
    assert list(reference_keys(path).values()) == ["doe2020"]
    assert reference_keys(docx(tmp_path / "b.docx", more={"word/document.xml": None})) == {}
