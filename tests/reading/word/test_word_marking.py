"""Words of a Word file give way to others, and Pandoc reads the copy as it would have read the rest."""

import json
import subprocess

import pytest
from docxmaker import csl, docx, fld, notes, p, styles, t, work

from galley import pandoc
from galley.reading.flattening import flattened
from galley.reading.marking import Mark
from galley.reading.typescript import read
from galley.reading.word.marking import marked

ITALIC = "<w:i/>"


def blocks(path, *marks, **more):
    """What Pandoc reads of the marked copy."""
    raw = marked(path, [Mark(*mark) for mark in marks], **more)
    done = subprocess.run([pandoc.binary(), "-f", "docx", "-t", "json"], input=raw, capture_output=True, check=True)
    return json.loads(done.stdout)["blocks"]


def rows(path, *marks, **more):
    return [(flat.kind, flat.text) for flat in flattened(blocks(path, *marks, **more))]


def faces(path, *marks, **more):
    return [(run.text, run.italic, run.link) for flat in flattened(blocks(path, *marks, **more)) for run in flat.runs]


def test_a_stretch_over_several_runs_gives_way_to_plain_words(tmp_path):
    path = docx(
        tmp_path / "a.docx", p("As in (", t("Doe et", ITALIC), t(" al., 2020)", "<w:b/>"), " and ", t("so", ITALIC))
    )
    assert faces(path, (0, 6, 24, "@1")) == [("As in @1 and ", False, ""), ("so", True, "")]


def test_within_one_run_and_several_times(tmp_path):
    path = docx(tmp_path / "a.docx", p(t("one two three four", ITALIC)))
    assert faces(path, (0, 4, 7, "2"), (0, 14, 18, "4")) == [
        ("one", True, ""),
        (" 2 ", False, ""),
        ("three", True, ""),
        (" 4", False, ""),
    ]


def test_a_whole_paragraph_an_empty_text_and_a_break(tmp_path):
    path = docx(tmp_path / "a.docx", p("1. Title"), p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:t>c</w:t></w:r>"))
    assert rows(path, (0, 0, 3, ""), (1, 0, 2, "X")) == [("body", "Title"), ("body", "Xbc")]


def test_the_code_of_a_field_goes_and_what_stands_beside_it_stays(tmp_path):
    field = fld(csl(("u", work()), shown="(Doe, 2020)"), "(Doe, ", t("2020)", ITALIC))
    path = docx(tmp_path / "a.docx", p("As ", field, " said ", fld(' HYPERLINK "https://a.org" ', "there"), "."))
    assert faces(path, (0, 3, 14, "@1")) == [
        ("As @1 said ", False, ""),
        ("there", False, "https://a.org"),
        (".", False, ""),
    ]


def test_words_in_a_link_are_lifted_out_of_it(tmp_path):
    link = '<w:hyperlink r:id="rId9">' + t("a (Doe, 2020) b") + "</w:hyperlink>"
    path = docx(tmp_path / "a.docx", p("x ", link), links=[("rId9", "hyperlink", "https://a.org", "External")])
    assert faces(path, (0, 4, 15, "@1")) == [
        ("x ", False, ""),
        ("a", False, "https://a.org"),
        (" @1 ", False, ""),
        ("b", False, "https://a.org"),
    ]


CHANGED = p(
    "A ",
    f'<w:del w:id="1" w:author="A">{t("was ", tag="delText")}</w:del>',
    f'<w:ins w:id="2" w:author="A">{t("is (Doe, ")}</w:ins>',
    "2020) ",
    f'<w:del w:id="3" w:author="A">{t("end", tag="delText")}</w:del>',
)


@pytest.mark.parametrize(
    ("track", "mark", "text"),
    [("accept", (0, 5, 16, "@1"), "A is @1 "), ("reject", (0, 6, 11, "@1"), "A was @1 end")],
)
def test_changes_are_settled(tmp_path, track, mark, text):
    path = docx(tmp_path / "a.docx", CHANGED)
    assert read(path, track).paragraphs[0].text[mark[1] : mark[2]].endswith("2020)")
    assert "".join(one for one, _, _ in faces(path, mark, track=track)).split() == text.split()


def test_kept_changes_are_still_there(tmp_path):
    raw = marked(docx(tmp_path / "a.docx", CHANGED), [], "keep")
    command = [pandoc.binary(), "-f", "docx", "-t", "json", "--track-changes=all"]
    done = subprocess.run(command, input=raw, capture_output=True, check=True).stdout.decode()
    assert done.count('"insertion"') == 1
    assert done.count('"deletion"') == 2


def test_a_field_half_in_a_deletion_leaves_no_code(tmp_path):
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + t(" ADDIN EN.CITE ", tag="instrText")
    gone = f'<w:del w:id="1" w:author="A">{start}</w:del>'
    rest = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>(<w:r><w:t>Doe</w:t></w:r>'
    path = docx(
        tmp_path / "a.docx", p("a ", gone, rest.replace("(", ""), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', " b")
    )
    assert rows(path) == [("body", "a Doe b")]


def test_paragraphs_go_and_become_headings(tmp_path):
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    path = docx(
        tmp_path / "a.docx",
        p("gone"),
        p(t("Method", "<w:b/>"), properties=numbered),
        p("prose", style="H"),
        styles=styles(("H", "paragraph", "heading 2", "")),
    )
    found = blocks(path, removed=[0], headings={1: 2, 2: 0})
    assert [(one["t"], one["c"][0] if one["t"] == "Header" else 0) for one in found] == [("Header", 2), ("Para", 0)]
    assert found[0]["c"][2] == [{"t": "Str", "c": "Method"}]


def test_a_paragraph_alone_in_its_cell_is_emptied(tmp_path):
    cells = f"<w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc>"
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    path = docx(tmp_path / "a.docx", f"<w:tbl><w:tblPr/>{grid}<w:tr>{cells}</w:tr></w:tbl>", p("c"))
    assert [text for _, text in rows(path, removed=[0])] == ["b", "c"]


def test_notes_and_equations_stay(tmp_path):
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    maths = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"
    path = docx(
        tmp_path / "a.docx", p("a (Doe, ", maths, call, "2020) b"), footnotes=notes("footnote", p("see (Roe, 2019)."))
    )
    found = blocks(path, (0, 2, 13, "@1"), (1, 4, 15, "@2"))
    assert [flat.text for flat in flattened(found)] == ["a @1 b", "see @2."]
    assert [node["t"] for node in found[0]["c"] if node["t"] in ("Math", "Note")] == ["Math", "Note"]


def test_marks_that_point_nowhere_do_nothing(tmp_path):
    path = docx(tmp_path / "a.docx", p("a"))
    assert rows(path, (7, 0, 1, "x"), (0, 5, 9, "x"), (0, 1, 1, "x")) == [("body", "a")]
