"""The article as others cite it: BibTeX, RIS, CSL-JSON, an APA line; and its own reference list as data."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from deposit_article import MANUSCRIPT, written
from pybtex.database import parse_string

from galley import pandoc, press
from galley.formats import citations
from galley.frontmatter import Author, Journal
from galley.stages import citingself


def entry(document, **fields):
    return citingself.entry(replace(document, meta=replace(document.meta, **fields)))


def test_the_apa_line_is_how_a_reader_cites_the_article(deposited):
    line = citations.apa(citingself.reference(deposited[0])).decode()
    assert line == (
        "Ford, R., Lake, O., & The River Group. (2024). Rivers & beds: A study of two. Journal of Rivers, 7(1), 95–98. "
        "https://doi.org/10.1234/rivers.7.1\n"
    )


def test_it_changes_with_what_is_known(deposited):
    document = deposited[0]
    bare = replace(document.meta, journal=Journal(), doi="", date="", url="", pdf_url="")
    text = citingself.reference(replace(document, meta=bare)).text
    assert "(n.d.)" in text
    assert "https" not in text


def test_bibtex_is_read_by_pybtex_as_it_was_meant(deposited):
    own = parse_string(citations.bibtex(citingself.entry(deposited[0])).decode(), "bibtex").entries["ford2024rivers"]
    assert own.type == "article"
    assert own.fields["doi"] == "10.1234/rivers.7.1"
    assert own.fields["pages"] == "95--98"
    assert own.fields["journal"] == "Journal of Rivers"
    assert [str(person) for person in own.persons["author"]] == ["Ford, Ruth", "Lake, Olu", "{The River Group}"]


@pytest.mark.parametrize(
    ("title", "written_as"),
    [
        ("Costs & 100% of $x_2$ in C#", r"Costs \& 100\% of $x_2$ in C\#"),
        ("The Rise of NATO and pH in McDonald", r"The Rise of {NATO} and pH in {McDonald}"),
        ("The Rivers of Wales Revisited Today", "The Rivers of {Wales} Revisited Today"),
        ("A study of beds in Poland", "A study of beds in {Poland}"),
        ("The *Odd* Rivers of *Wales*", r"The \emph{odd} Rivers of \emph{{Wales}}"),
        ("iPhone Users and Their Rivers", "{iPhone} Users and Their Rivers"),
    ],
)
def test_names_in_a_title_keep_their_capitals_and_signs_their_meaning(tmp_path, title, written_as):
    text = MANUSCRIPT.replace("title: Rivers & *Beds*", f"title: '{title}'").replace("subtitle: A Study of Two\n", "")
    text = text.replace("A third one.", "They flow through Wales, and users revisited them.")
    document = press.settled(written(tmp_path / "x", text))
    assert citingself.entry(document).fields["title"] == written_as


def test_ris_has_a_tag_a_line_and_ends(deposited):
    document = deposited[0]
    lines = citations.ris(document, document.meta.journal).decode().split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    for line in (
        "TI  - Rivers & Beds: A Study of Two",
        "AU  - Ford, Ruth",
        "AU  - The River Group",
        "T2  - Journal of Rivers",
        "DA  - 2024/03/05",
        "SP  - 95",
        "EP  - 98",
        "DO  - 10.1234/rivers.7.1",
        "SN  - 2434-561X",
        "KW  - beds & banks",
    ):
        assert line in lines


def test_ris_cannot_be_broken_by_a_line_of_the_author_s(deposited):
    document = deposited[0]
    odd = replace(document, meta=replace(document.meta, authors=(Author("A\r\nER  - \r\nTY  - JOUR"),)))
    assert citations.ris(odd, odd.meta.journal).decode().split("\r\n").count("ER  - ") == 1


def test_csl_json_says_what_citeproc_needs(deposited):
    document = deposited[0]
    (record,) = json.loads(citations.csl(document, document.meta.journal, "ford"))
    assert record["type"] == "article-journal"
    assert record["author"][2] == {"literal": "The River Group"}
    assert record["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert record["page"] == "95-98"
    assert "publisher-place" not in record


def test_csl_json_and_bibtex_of_the_article_agree(deposited):
    document = deposited[0]
    (ours,) = json.loads(citations.csl(document, document.meta.journal, "ford"))
    (theirs,) = json.loads(pandoc.convert(citations.bibtex(citingself.entry(document)).decode(), "biblatex", "csljson"))
    for name in ("container-title", "volume", "issue", "DOI", "issued"):
        assert str(ours[name]) == str(theirs[name])


def test_the_reference_list_is_given_in_its_order(deposited):
    document = deposited[0]
    keys = [one.key for one in document.references]
    assert list(parse_string(citations.bibliography(document).decode(), "bibtex").entries) == keys
    assert [one["id"] for one in json.loads(citations.bibliography_csl(document))] == keys
