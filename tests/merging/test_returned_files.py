"""A Word file that came back: what an editor does in it stands in the manuscript as a suggestion, at its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from editors_hand import Hand, W, bare, like, words_in
from word_trip import exported, says, settled

from galley.reading.word.returned import read
from galley.returning import Merged, merged

ARTICLE = """---
title: "Two *Rivers* and One Bed"
author:
  - name: Ruth Ford
abstract: |
  Rivers move about in their valleys, and
  nobody is told of it beforehand.
bibliography: references.bib
---

# Beds and banks {#beds}

Rivers change their beds [@ash2020, p. 4] -- *slowly* and "with care", as @cole2019 says.^[Except in *very* dry
years, of which there are few.] Nobody knows why they do so.

The second paragraph has $x^2$ in it, and [a link](https://example.org/a) to something else; it stands alone.

The third paragraph says very little. It is soon over.

- The first item of a list
- The second item of a list

| River | Flow  |
|-------|------:|
| Upper | small |
| Lower | great |

: The two rivers {#tbl:rivers}

See @tbl:rivers for the flow of both. The end is near.
"""
BIB = """@book{ash2020, author = {Ash, Ann}, title = {Rivers}, publisher = {River Press}, year = {2020}}
@article{cole2019, author = {Cole, Carl}, title = {Beds}, journal = {Beds Today}, volume = {3}, year = {2019}}
"""
ANN = "{>>Ann Lee 2026-03-04<<}"
TRACKED, BARE = True, False


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project in a folder of its own."""
    folder = tmp_path / "project"
    (folder / "manuscript").mkdir(parents=True)
    (folder / "manuscript" / "article.md").write_text(ARTICLE, "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    return folder


Doing = Callable[[Hand], object]


def came_back(project: Path, doing: Doing) -> tuple[str, Merged]:
    """The article after a Word file came back in which an editor did something, and what the merge said."""
    hand = Hand(exported(project), 1)
    doing(hand)
    file = project.parent / "returned.docx"
    file.write_bytes(hand.saved())
    found = merged(file, project)
    for path, content in found.files.items():
        path.write_bytes(content)
    text = (project / "manuscript" / "article.md").read_text("utf-8")
    assert merged(file, project).files == {}, "a second merge changes nothing"
    assert list(settled(project, accept=False).values()) == [ARTICLE], "rejecting all gives the source back"
    if not found.findings:
        assert accepted_says_the_same(project, file)
    return text, found


def accepted_says_the_same(project: Path, file: Path) -> bool:
    """Whether with all suggestions accepted the page says what the file does, its reference list left aside."""
    article = project / "manuscript" / "article.md"
    kept = article.read_text("utf-8")
    article.write_text(settled(project, accept=True)[article], "utf-8")
    after = project.parent / "after.docx"
    after.write_bytes(exported(project))
    article.write_text(kept, "utf-8")
    ours, theirs = says(read(after)[0]), says(read(file)[0])
    listed = [one for one in ours if one not in theirs and "Press" not in one]
    assert not listed, (listed, [one for one in theirs if one not in ours])
    return True


def paragraph(hand: Hand, words: str):  # type: ignore[no-untyped-def]
    """The paragraph that holds some words in one run, and that run."""
    roots = [hand.root, *([hand.notes] if hand.notes is not None else [])]
    for one in (p for root in roots for p in root.iter(W + "p")):
        for run in one.iter(W + "r"):
            if words in words_in(run):
                return one, run
    raise AssertionError(f"{words} is in no run")


def replaced(old: str, new: str, tracked: bool) -> Doing:
    """The editor replaces some words."""

    def doing(hand: Hand) -> None:
        one, run = paragraph(hand, old)
        start = words_in(run).index(old)
        hand.replace(one, start, start + len(old), new, run, tracked)

    return doing


def lines_changed(text: str) -> list[str]:
    """The lines of the article that are not as they were."""
    return [line for line in text.split("\n") if line not in ARTICLE.split("\n")]


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
    from editors_hand import KINDS

    text, _ = came_back(project, lambda hand: KINDS["citation out"](hand, TRACKED))
    assert "{--[@ash2020, p. 4]--}" + ANN in text or "{--@cole2019--}" + ANN in text


def test_a_comment_stands_behind_the_words_it_is_about(project):
    from editors_hand import KINDS

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


# -- paragraphs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("tracked", [TRACKED, BARE], ids=["tracked", "untracked"])
def test_a_new_paragraph_is_a_division(project, tracked):
    def doing(hand: Hand) -> None:
        before, _ = paragraph(hand, "It is soon over")
        made = bare(before, "A new one, with 5 * 3 in it.")
        if tracked:
            hand.wrap(made, "ins")
        hand.body.insert(list(hand.body).index(before) + 1, made)

    text, found = came_back(project, doing)
    said = 'author="Ann Lee" date="2026-03-04"' if tracked else 'author="untracked"'
    assert f"soon over.\n\n::: {{.insertion {said}}}\nA new one, with 5 \\* 3 in it.\n\n:::\n- The first" in text
    assert found.suggestions == 1


@pytest.mark.parametrize("tracked", [TRACKED, BARE], ids=["tracked", "untracked"])
def test_a_paragraph_taken_out_stays_within_a_division(project, tracked):
    def doing(hand: Hand) -> None:
        one, _ = paragraph(hand, "It is soon over")
        hand.wrap(one, "del") if tracked else hand.body.remove(one)

    text, found = came_back(project, doing)
    assert re.search(r"::: \{\.deletion .*\}\nThe third paragraph says very little\. It is soon over\.\n:::\n", text)
    assert found.suggestions == 1


def test_a_paragraph_that_moved_is_taken_over_as_it_is_written(project):
    def doing(hand: Hand) -> None:
        one, _ = paragraph(hand, "The second paragraph")
        place, _ = paragraph(hand, "The end is near")
        hand.body.remove(one)
        hand.body.insert(list(hand.body).index(place) + 1, one)

    text, _ = came_back(project, doing)
    assert text.count("The second paragraph has $x^2$ in it, and [a link](https://example.org/a) to") == 2


def test_an_item_of_a_list_is_put_in(project):
    def doing(hand: Hand) -> None:
        before, _ = paragraph(hand, "The first item")
        made = bare(before, "An item between")
        hand.wrap(made, "ins")
        hand.body.insert(list(hand.body).index(before) + 1, made)

    text, _ = came_back(project, doing)
    assert "- The first item of a list{++\n- An item between++}" + ANN in text


def test_a_paragraph_is_parted_and_joined(project):
    def doing(hand: Hand) -> None:
        one, run = paragraph(hand, "It is soon over")
        second = bare(one, "")
        second.remove(second.findall(W + "r")[0])
        words = words_in(run)
        middle = words.index("It is")
        place = list(one).index(run)
        one.remove(run)
        one.insert(place, like(run, words[:middle]))
        second.append(like(run, words[middle:]))
        hand.mark(one, "ins")
        hand.body.insert(list(hand.body).index(one) + 1, second)

    text, _ = came_back(project, doing)
    assert "very little. {++\n\n++}" + ANN + "It is soon over." in text


def test_a_row_of_a_table_is_listed(project):
    def doing(hand: Hand) -> None:
        one, _ = paragraph(hand, "great")
        table = next(t for t in hand.root.iter(W + "tbl") if one in list(t.iter(W + "p")))
        row = next(r for r in table.iter(W + "tr") if one in list(r.iter(W + "p")))
        table.remove(row)

    text, found = came_back(project, doing)
    assert text == ARTICLE
    (finding,) = found.findings
    assert finding.evidence == "Lower | great"


# -- the manuscript has changed meanwhile ------------------------------------------------------------


def test_edits_find_their_place_in_a_manuscript_that_has_changed(project):
    hand = Hand(exported(project), 1)
    replaced("It is soon over", "It is never over", TRACKED)(hand)
    replaced("stands alone", "stands apart", BARE)(hand)
    file = project.parent / "returned.docx"
    file.write_bytes(hand.saved())
    article = project / "manuscript" / "article.md"
    changed = ARTICLE.replace(
        "# Beds and banks {#beds}\n", "# Beds {#beds}\n\nA paragraph of the author's, new since.\n"
    )
    article.write_text(changed, "utf-8")
    found = merged(file, project)
    (content,) = found.files.values()
    text = content.decode()
    assert "{~~It is soon over~>It is never over~~}" in text
    assert "{~~alone~>apart~~}{>>@untracked<<}" in text
    assert "A paragraph of the author's, new since." in text
    assert found.findings == ()


OPEN = """

Rivers {++are ++}wide and {--not --}deep. They {~~run~>flow~~} on.

{++A paragraph more.++}

Another stands {==here==}{>>where?<<}. And one{>>bare<<} more {++of ++}{>>Ann 2026-02-02<<}us{>>Ann 2026-02-03: so<<}.
"""


REMARK = "{>>Ann 2026-02-03: so<<}"


@pytest.fixture
def returned(project: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Writes what follows the article, and gives the Word document of both."""

    def write(more: str) -> Path:
        (project / "manuscript" / "article.md").write_text(ARTICLE + more, "utf-8")
        file = tmp_path / "returned.docx"
        file.write_bytes(exported(project))
        return file

    return write


def test_suggestions_that_were_open_when_the_file_went_out_are_not_made_again(project, returned):
    """Signed or not: Word wants a name and a day where the manuscript has none."""
    assert merged(returned(OPEN), project).files == {}


SIGNED = """

One {++now++}{>>Ann 2026-02-02: why<<} says {--less--}{>>@Ann<<} of {~~it~>this~~}{>>Ann 2026-02-02T10:20:30Z<<}.

Two {==things==}{>>@Roe: these?<<} and what {>>@Poe: so?<<} ends in a question {>>@author: which year?<<}
"""


def test_notes_of_changes_remarks_without_a_day_and_hours_are_not_made_again(project, returned):
    """Word keeps a change and what is said of it apart, wants a day, and leaves a blank before a remark at the end."""
    assert merged(returned(SIGNED), project).files == {}


def test_the_same_remark_made_once_more_is_another(project, returned):
    file = returned(f"\nOne{REMARK} and two{REMARK} of them.\n")
    article = project / "manuscript" / "article.md"
    article.write_text(f"{ARTICLE}\nOne{REMARK} and two of them.\n", "utf-8")
    assert merged(file, project).files[article].decode().count(REMARK) == 2
