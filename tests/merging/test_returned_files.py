"""A Word file that came back: what an editor does in it stands in the manuscript as a suggestion, at its place."""

from __future__ import annotations

import re

import pytest
from editors_hand import Hand, W
from returned_article import ANN, ARTICLE, BARE, TRACKED, came_back, lines_changed, paragraph, replaced
from word_trip import exported

from galley.reading.word.returned import read
from galley.returning import merged

# -- nothing done ------------------------------------------------------------------------------------


def test_a_file_that_nobody_touched_changes_nothing(project):
    text, found = came_back(project, lambda hand: None)
    assert text == ARTICLE
    assert (found.files, found.findings) == ({}, ())


def test_libreoffice_may_save_the_file(project, need, tmp_path):
    import subprocess

    need("soffice")
    file = tmp_path / "article.docx"
    file.write_bytes(exported(project))
    order = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "docx"]
    subprocess.run(
        [*order, "--outdir", str(tmp_path / "saved"), str(file)], check=True, capture_output=True, timeout=120
    )
    found = merged(tmp_path / "saved" / "article.docx", project)
    assert (found.files, found.findings) == ({}, ())
    saved = read(tmp_path / "saved" / "article.docx")[0]
    assert [piece.key for block in saved.blocks for piece in block.pieces if piece.kind == "cite"] == [
        "ash2020",
        "cole2019",
    ]


# -- words -------------------------------------------------------------------------------------------

WORDS = {
    "a word": ("Nobody knows", "No one knows", "{~~Nobody~>No one~~}"),
    "markup in what is new": ("soon over", "soon *over* at_5 $", r"at\_5 \$"),
    "within emphasis": ("slowly", "slowly enough", "*slowly{++ enough++}"),
    "a heading": ("Beds and banks", "Beds, banks", "# Beds{~~ and~>,~~}"),
    "a footnote": ("of which there are few", "of which few are left", "few"),
    "an item of a list": ("first item", "foremost item", "- The {~~first~>foremost~~}"),
    "a cell": ("small", "tiny", "| Upper | {~~small~>tiny~~}"),
    "a caption": ("The two rivers", "Both rivers", ": {~~The two~>Both~~}"),
    "the title": (" and One Bed", " and Two Beds", "{~~Bed~>Beds~~}"),
    "the abstract": ("told of it", "told of that", "{~~it~>that~~}"),
    "the words of a link": ("a link", "a good link", "[a {++good ++}"),
}


@pytest.mark.parametrize("tracked", [TRACKED, BARE], ids=["tracked", "untracked"])
def test_words_are_suggested_where_they_stand(project, tracked):
    def doing(hand: Hand) -> None:
        for old, new, _ in WORDS.values():
            replaced(old, new, tracked)(hand)

    text, found = came_back(project, doing)
    assert found.findings == ()
    assert text.count(ANN if tracked else "{>>@untracked<<}") == found.suggestions >= len(WORDS)
    assert "[@ash2020, p. 4]" in text, "keys are intact"
    assert "@cole2019 says" in text
    missing = [wanted for _, _, wanted in WORDS.values() if wanted not in text]
    assert tracked or not missing


def test_untouched_paragraphs_are_byte_identical(project):
    text, _ = came_back(project, replaced("It is soon over", "It is never over", TRACKED))
    assert len(lines_changed(text)) == 1


def test_line_ends_of_windows_stay(project):
    article = project / "manuscript" / "article.md"
    article.write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    hand = Hand(exported(project), 1)
    replaced("soon over", "over soon", TRACKED)(hand)
    file = project.parent / "returned.docx"
    file.write_bytes(hand.saved())
    (content,) = merged(file, project).files.values()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b"over soon" in content


# -- citations, formulas, comments -------------------------------------------------------------------


def test_words_typed_into_a_citation_become_a_comment_beside_it(project):
    def doing(hand: Hand) -> None:
        _, run = paragraph(hand, "Ash, 2020")
        run.find(W + "t").text = "Ash, 2021"

    text, found = came_back(project, doing)
    assert '[@ash2020, p. 4]{>>@untracked: the citation "(Ash, 2020, p. 4)" was changed to "(Ash, 2021, p. 4)"<<}' in (
        text.replace("\u00a0", " ")
    )
    assert (found.comments, found.suggestions) == (1, 0)


def test_a_citation_taken_out_is_a_deletion_of_its_source(project):
    from editors_edits import KINDS

    text, _ = came_back(project, lambda hand: KINDS["citation out"](hand, TRACKED))
    assert "{--[@ash2020, p. 4]--}" + ANN in text or "{--@cole2019--}" + ANN in text


def test_a_comment_stands_behind_the_words_it_is_about(project):
    from editors_edits import KINDS

    text, found = came_back(project, lambda hand: KINDS["comment"](hand, TRACKED))
    assert found.comments == 1
    assert re.search(r"\{>>Ann Lee 2026-03-04: Is this remark 0 kept: yes\?<<\}", text)


def test_a_formula_put_in_is_listed_not_lost(project):
    maths = "http://schemas.openxmlformats.org/officeDocument/2006/math"

    def doing(hand: Hand) -> None:
        from xml.etree import ElementTree as ET

        one, _ = paragraph(hand, "It is soon over")
        formula = ET.SubElement(one, f"{{{maths}}}oMath")
        ET.SubElement(ET.SubElement(formula, f"{{{maths}}}r"), f"{{{maths}}}t").text = "a=b"

    hand = Hand(exported(project), 1)
    doing(hand)
    file = project.parent / "returned.docx"
    file.write_bytes(hand.saved())
    (finding,) = merged(file, project).findings
    assert finding.code == "not-placed"
    assert "a=b" in finding.evidence


def test_words_that_the_manuscript_does_not_hold_are_listed(project):
    _, found = came_back(project, replaced("River Press", "Lake Press", TRACKED))
    (finding,) = found.findings
    assert finding.code == "not-placed"
    assert "Lake" in finding.evidence
    assert found.files == {}
