"""The Word document: the title page a manuscript asks for, rows of equations, what stands within a citation."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from word_article import BIBLIOGRAPHY, bookmarks, instructions, paragraphs, part, words

from galley import press, theme
from galley.formats import docx
from galley.formats.equationrows import rows
from galley.formats.wordxml import name, w

FRONT = """\
title: Rivers
subtitle: And *Beds*
author:
  - name: Ruth Ford
    affiliation: River University
    email: ruth@example.org
    orcid: 0000-0002-1825-0097
    corresponding: true
  - name: Olu Lake
    affiliation: [Lake House, River University]
    equal-contributor: true
abstract: They move.
keywords: [beds]
course: "GEO 101: Water"
instructor: Dr. Ida Reed
due-date: 2026-05-14
version: 2
date: 2026-03-20
first-page: 7
funding: A fund.
"""
TEXT = "# Beds\n\nThey change [@ash2020].\n"


@pytest.fixture
def written(tmp_path):
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")

    def write(text: str = TEXT, front: str = FRONT, look: str = "base") -> bytes:
        (tmp_path / "paper.md").write_text(f"---\n{front}bibliography: references.bib\n---\n\n{text}", "utf-8")
        return docx.write(press.settled(tmp_path / "paper.md"), theme.load(look, tmp_path))

    return write


def lines(body: ET.Element) -> list[str]:
    return [text for paragraph in body.iter(w("p")) if (text := words(paragraph))]


def new_pages(body: ET.Element) -> list[str]:
    return [words(one) for one in body.iter(w("p")) if one.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None]


# -- title pages -----------------------------------------------------------------------------------------


def test_a_professional_manuscript_has_the_author_note_on_its_title_page(written):
    data = written(look="apa")
    body = part(data)
    assert lines(body)[:11] == [
        "Rivers: And Beds",
        "Ruth Ford1 and Olu Lake2, 1",
        "1 River University",
        "2 Lake House",
        "Author Note",
        "Ruth Ford https://orcid.org/0000-0002-1825-0097",
        "A fund.",
        "Correspondence concerning this article should be addressed to Ruth Ford, River University. "
        "Email: ruth@example.org",
        "Abstract",
        "They move.",
        "Keywords: beds",
    ]
    assert new_pages(body) == ["Abstract", "Rivers: And Beds", "References"]
    assert words(part(data, "header1")) == "Rivers1"
    assert "GEO 101: Water" not in words(body)
    assert body.find(f".//{w('pgNumType')}") is None, "a manuscript's pages begin at 1"


def test_a_students_paper_names_course_teacher_and_day_and_has_no_running_head(written):
    data = written(front=FRONT + "student: true\n", look="apa")
    body = part(data)
    assert lines(body)[4:9] == ["GEO 101: Water", "Dr. Ida Reed", "May 14, 2026", "Abstract", "They move."]
    assert paragraphs(body, "Statement") == ["Funding: A fund."]
    assert words(part(data, "header1")) == "1"
    british = written(front=FRONT + "student: true\nlang: en-GB\n", look="apa")
    assert "14 May 2026" in lines(part(british))


def test_a_preprint_says_its_version_and_date(written):
    data = written(look="preprint")
    assert "Preprint" in words(part(data, "header2"))
    assert "Version 2 · 20 March 2026" in words(part(data, "header2"))


def test_marks_tell_who_is_to_be_written_to_and_who_shares_equally(written):
    body = part(written())
    assert "Ruth Ford1, * and Olu Lake2, 1, †" in lines(body)
    notes = paragraphs(body, "AuthorNote")
    assert notes[0].startswith("* Ruth Ford: Correspondence: ruth@example.org")
    assert notes[1] == "† These authors contributed equally."


# -- labels and fields -----------------------------------------------------------------------------------


def test_a_single_appendix_has_no_letter_and_several_have(written):
    one = part(written(TEXT + "\n# References\n\n# Details {#app:d .appendix}\n\nSee @app:d.\n"))
    assert "Appendix. Details" in lines(one)
    assert "See Appendix." in lines(one)
    two = part(written(TEXT + "\n# One {#app:a .appendix}\n\nSee @app:b.\n\n# Two {#app:b .appendix}\n\nEnd.\n"))
    assert {"Appendix A. One", "Appendix B. Two", "See Appendix B."} <= set(lines(two))


def test_no_field_stands_within_a_citations_field(written):
    body = part(written(TEXT + "\n$$ a $$ {#eq:a}\n\nSo [see @ash2020, and @eq:a] and @eq:a.\n"))
    paragraph = next(one for one in body.iter(w("p")) if words(one).startswith("So"))
    depth, deepest = 0, 0
    for mark in paragraph.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType")), 0)
        deepest = max(deepest, depth)
    assert deepest == 1
    assert [code.split()[0] for code in instructions(paragraph)] == ["ADDIN", "REF"]
    anchors = [link.get(w("anchor")) for link in paragraph.iter(w("hyperlink"))]
    assert "eq-a" in anchors
    assert "eq-a" in bookmarks(body)


# -- rows of equations -----------------------------------------------------------------------------------

ROWS = r"""
\begin{align}
a + b &= \begin{cases} 1 & x \\ 2 & y \end{cases} \label{eq:one} \\
  &= 3 \nonumber \\
c &= 4 \label{eq:two}
\end{align}

By \eqref{eq:one} and @eq:two.
"""


def test_each_row_of_an_equation_has_its_number_in_the_margin(written):
    body = part(written(TEXT + ROWS))
    table = next(one for one in body.iter(w("tbl")) if one.find(f".//{w('tblStyle')}").get(w("val")) == "EquationTable")
    cells = [row.findall(w("tc")) for row in table.findall(w("tr"))]
    assert [words(row[2]).strip() for row in cells] == ["(1)", "", "(2)"]
    sides = [[jc.get(name("m:val")) for jc in cell.iter(name("m:jc"))][-1:] for row in cells for cell in row[:2]]
    assert sides == [["right"], ["left"], [], ["left"], ["right"], ["left"]]
    shown = ["".join(text.text for text in cell.iter(name("m:t"))) for cell in cells[0][:2]]
    assert shown[0] == "a+b"
    assert shown[1].startswith("=")
    assert "SEQ Equation" in " ".join(instructions(table))
    by = next(one for one in body.iter(w("p")) if words(one).startswith("By"))
    assert words(by) == "By (1) and Equation 2."
    codes = [code.split()[1] for code in instructions(by)]
    assert len(codes) == 2
    assert set(codes) <= set(bookmarks(body))


@pytest.mark.parametrize(
    ("tex", "found"),
    [
        (
            "\\begin{aligned}\na &= b && \\qquad \\text{(1)} \\\\\n&= c\n\\end{aligned}",
            [("a", "= b", "1"), ("", "= c", "")],
        ),
        ("\\begin{gathered}\na \\qquad \\text{(A2)} \\\\\nb\n\\end{gathered}", [("", "a", "A2"), ("", "b", "")]),
        ("\\begin{array}{rcl}\na & = & b\n\\end{array}", [("a", "= b", "")]),
        ("\\begin{aligned}\na &= {b \\\\ c} \\& d\n\\end{aligned}", [("a", "= {b \\\\ c} \\& d", "")]),
    ],
)
def test_rows_are_parted_at_marks_of_their_own(tex, found):
    assert rows(tex) == found


def test_a_sentence_that_goes_on_after_an_equation_is_not_indented(written):
    body = part(written("# A\n\nFirst.\n\n$$ a $$ {#eq:a}\n\nwhere @eq:a is so.\n\n$$ b $$\n\nNext.\n"))
    found = {words(one): one.find(f"{w('pPr')}/{w('ind')}") is not None for one in body.iter(w("p")) if words(one)}
    assert found["where Equation 1 is so."]
    assert not found["Next."]
