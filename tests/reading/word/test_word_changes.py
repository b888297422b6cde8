"""Tracked changes: accepted, rejected or kept; what moved; fields inside changes."""

import pytest
from docxmaker import csl, docx, fld, p, t, work

from galley.reading.typescript import read


def ins(*runs, tag="ins"):
    return f'<w:{tag} w:id="1" w:author="Ann">{"".join(runs)}</w:{tag}>'


def gone(*texts, tag="del"):
    return f'<w:{tag} w:id="2" w:author="Ann">{"".join(t(one, tag="delText") for one in texts)}</w:{tag}>'


BODY = (
    p("Old ", gone("and worn "), ins(t("and ")), ins(t("new ")), "words"),
    p(ins(t("here "), tag="moveTo"), "stays", gone(" there", tag="moveFrom")),
)


@pytest.mark.parametrize(
    ("track", "texts"),
    [
        ("accept", ["Old and new words", "here stays"]),
        ("reject", ["Old and worn words", "stays there"]),
        ("keep", ["Old and worn and new words", "here stays there"]),
    ],
)
def test_words(tmp_path, track, texts):
    assert [row.text for row in read(docx(tmp_path / "a.docx", *BODY), track).paragraphs] == texts


def test_each_change_is_noted_once_with_its_words(tmp_path):
    found = read(docx(tmp_path / "a.docx", *BODY))
    assert found.comments == (
        ("del", 0, 4, 4, "and worn ", "Ann"),
        ("ins", 0, 4, 12, "and new ", "Ann"),
        ("ins", 1, 0, 5, "here ", "Ann"),
        ("del", 1, 10, 10, " there", "Ann"),
    )


def test_runs_tell_what_was_changed(tmp_path):
    row = read(docx(tmp_path / "a.docx", *BODY), "keep").paragraphs[0]
    assert [(run.text, run.change) for run in row.runs] == [
        ("Old ", ""),
        ("and worn ", "del"),
        ("and new ", "ins"),
        ("words", ""),
    ]


def test_formatting_that_was_changed(tmp_path):
    look = "<w:i/><w:rPrChange w:id='1' w:author='A'><w:rPr><w:b/></w:rPr></w:rPrChange>"
    path = docx(tmp_path / "a.docx", p(t("x", look)))
    assert read(path).paragraphs[0].runs[0][1:3] == (True, False)
    assert read(path, "reject").paragraphs[0].runs[0][1:3] == (False, True)


def test_a_citation_in_an_insertion_is_read(tmp_path):
    code = csl(("u/1", work()), shown="(Doe, 2020)")
    field = read(docx(tmp_path / "a.docx", p("As ", ins(fld(code, "(Doe, 2020)")), "."))).fields[0]
    assert (field.paragraph, field.start, field.end, field.shown, field.deleted) == (0, 3, 14, "(Doe, 2020)", False)


def test_a_citation_that_was_deleted_is_read_and_flagged(tmp_path):
    code = csl(("u/1", work()), shown="(Doe, 2020)")
    lost = fld(code, "(Doe, 2020)").replace("w:instrText", "w:delInstrText").replace("<w:t ", "<w:delText ")
    lost = lost.replace("</w:t>", "</w:delText>")
    path = docx(tmp_path / "a.docx", p("As said", ins(lost, tag="del"), "."))
    field = read(path).fields[0]
    assert (field.start, field.end, field.shown, field.deleted) == (7, 7, "", True)
    assert field.items[0].id == "u/1"
    kept = read(path, "reject").fields[0]
    assert (kept.shown, kept.deleted) == ("(Doe, 2020)", False)


def test_an_unknown_way_of_treating_changes_is_a_fault(tmp_path):
    from galley.report import Fault

    with pytest.raises(Fault, match="bad-track"):
        read(docx(tmp_path / "a.docx", p("x")), "undo")
