"""Manuscripts in Markdown, HTML and ODT, and whole projects, as typescripts."""

import io
import json
import re
import subprocess
import zipfile
from html import escape
from pathlib import Path

import pytest

from galley import pandoc
from galley.reading.flattening import flattened
from galley.reading.typescript import read, tree
from galley.report import Fault

SHARED = Path(__file__).parents[3] / "shared"
TYPED = sorted(SHARED.glob("papers/*/typed.md"))
KEYED = sorted(SHARED.glob("papers/*/paper.md"))


def markdown(tmp_path, text, name="a.md"):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def place(found, words):
    """Line, column and text of the first such words."""
    row = next(row for row in found.paragraphs if words in row.text)
    at = row.text.index(words)
    span = found.span(row, at, at + len(words))
    return span.line, span.column, span.text


TEXT = """# A title

Some *words in italics* and **bold** \\[with marks\\] (Doe & Roe,
2020, pp. 3--4), "quoted" and 'half-quoted' -- and a note.[^1] The author's
[link](https://a.org/Doe) to Doe, H~2~O and `code (Doe, 2020)`.

> A quotation (Roe, 2021, p. 3).

[^1]: In the note (Poe, 2019).

- an item
- another item

![A caption](x.png)

## References

Doe, J. (2020). *Title*. https://doi.org/10.1/x
"""


def test_places_are_those_of_the_source(tmp_path):
    found = read(markdown(tmp_path, TEXT))
    assert place(found, "words in italics") == (3, 7, "words in italics")
    assert place(found, "2020, pp. 3–4") == (4, 1, "2020, pp. 3--4")
    assert place(found, "[with marks") == (3, 39, "[with marks")
    assert place(found, "to Doe") == (5, 27, "to Doe")
    assert place(found, "Roe, 2021") == (7, 16, "Roe, 2021")
    assert place(found, "Poe, 2019") == (9, 20, "Poe, 2019")
    assert place(found, "another item") == (12, 3, "another item")
    assert place(found, "Title") == (18, 18, "Title")


def test_quotation_marks_are_those_that_were_typed(tmp_path):
    found = read(markdown(tmp_path, 'He said "so" and “so”, the author\'s and the author’s.\n'))
    assert found.paragraphs[0].text == 'He said "so" and “so”, the author\'s and the author’s.'


def test_kinds_runs_and_notes(tmp_path):
    rows = read(markdown(tmp_path, TEXT)).paragraphs
    assert [(row.kind, row.level, row.part) for row in rows] == [
        ("heading", 1, "body"),
        ("body", 0, "body"),
        ("quote", 0, "body"),
        ("list", 0, "body"),
        ("list", 0, "body"),
        ("caption", 0, "body"),
        ("heading", 2, "body"),
        ("body", 0, "body"),
        ("note", 0, "footnote"),
    ]
    runs = rows[1].runs
    assert [run.text for run in runs if run.italic] == ["words in italics"]
    assert [run.text for run in runs if run.raised] == ["2"]
    assert [(run.text, run.link) for run in runs if run.link] == [("link", "https://a.org/Doe")]
    assert [run.text for run in runs if run.code] == ["code (Doe, 2020)"]


def test_raw_html_and_tex_keep_their_words(tmp_path):
    row = read(markdown(tmp_path, "Farhan Zahid<sup>1</sup>, <i>so</i> and \\textit{that} too\n")).paragraphs[0]
    assert row.text == "Farhan Zahid1, so and that too"
    assert [(run.text, run.raised, run.italic) for run in row.runs if run.raised or run.italic] == [
        ("1", "sup", False),
        ("so", "", True),
    ]


def test_keys_stay_as_they_were_typed(tmp_path):
    found = read(markdown(tmp_path, "As @doe2020 and others [see @roe2021, p. 3] said (Poe, 2019).\n"))
    assert found.keyed
    assert found.paragraphs[0].text == "As @doe2020 and others [see @roe2021, p. 3] said (Poe, 2019)."
    assert not read(markdown(tmp_path, "Nobody (Poe, 2019).\n")).keyed


def test_a_project_of_several_files(tmp_path):
    markdown(
        tmp_path,
        "---\ntitle: The *title*\nauthor:\n- name: Ann Lee\n- Bo Ek\nabstract: |\n  Short (Doe, 2020).\n"
        "---\n\nFirst.\n",
        "manuscript/1.md",
    )
    markdown(tmp_path, "# Method\n\nSecond (Roe, 2021).\n", "manuscript/2.md")
    found = read(tmp_path)
    assert [(row.kind, row.text) for row in found.paragraphs] == [
        ("title", "The title"),
        ("abstract", "Short (Doe, 2020)."),
        ("author", "Ann Lee, Bo Ek"),
        ("body", "First."),
        ("heading", "Method"),
        ("body", "Second (Roe, 2021)."),
    ]
    assert [run.italic for run in found.paragraphs[0].runs] == [False, True]
    row = found.paragraphs[5]
    span = found.span(row, 8, 11)
    assert (Path(span.file.name).name, span.line, span.text) == ("2.md", 3, "Roe")
    assert place(found, "Short (Doe") == (7, 3, "Short (Doe")


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_manuscript_is_a_fault(tmp_path, text):
    for name in ("a.md", "a.html"):
        with pytest.raises(Fault, match="empty"):
            read(markdown(tmp_path, text, name))


@pytest.mark.parametrize(("name", "text"), [("a.md", "> " * 600 + "x"), ("b.html", "<div>" * 3000 + "x")])
def test_what_is_nested_without_end_is_a_fault(tmp_path, name, text):
    with pytest.raises(Fault, match="too-deep"):
        read(markdown(tmp_path, text, name))


def test_html(tmp_path):
    html = (
        "<html><head><title>T</title></head><body><p>A <em>word</em> (Doe, 2020).</p><table><tr><td>c</td></tr></table>"
    )
    found = read(markdown(tmp_path, html, "a.html"))
    assert [(row.kind, row.text) for row in found.paragraphs] == [
        ("title", "T"),
        ("body", "A word (Doe, 2020)."),
        ("cell", "c"),
    ]
    assert place(found, "word") == (2, 3, "word")


def odt(path, text, marks=()):
    """An ODT file of Markdown, in which words are put between reference marks of such names."""
    command = [pandoc.binary(), "-f", "markdown", "-t", "odt", "-o", "-"]
    raw = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    with zipfile.ZipFile(io.BytesIO(raw)) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "content.xml":
                xml = data.decode()
                for words, mark in marks:
                    first, last = (f'<text:reference-mark-{n} text:name="{escape(mark)}"/>' for n in ("start", "end"))
                    xml = xml.replace(words, first + words + last, 1)
                data = xml.encode()
            made.writestr(name, data)
    return path


def test_odt_with_citations_by_zotero(tmp_path):
    work = {"type": "book", "title": "T", "author": [{"family": "Doe", "given": "J"}]}
    code = {"properties": {"plainCitation": "(Doe, 2020)"}, "citationItems": [{"uris": ["u/1"], "itemData": work}]}
    name = f"ZOTERO_ITEM CSL_CITATION {json.dumps(code)} RNDabc"
    path = odt(tmp_path / "a.odt", "# Head\n\nAs *x* it is(Doe,2020) said.\n", [("is(Doe,2020)", name)])
    found = read(path)
    assert [(row.kind, row.text) for row in found.paragraphs] == [
        ("heading", "Head"),
        ("body", "As x it is(Doe,2020) said."),
    ]
    field = found.fields[0]
    assert (field.paragraph, field.start, field.shown, field.manager) == (1, 8, "is(Doe,2020)", "zotero")
    assert (field.items[0].id, field.items[0].csl) == ("u/1", work)


def test_odt_that_is_none(tmp_path):
    path = tmp_path / "a.odt"
    path.write_bytes(b"no zip")
    with pytest.raises(Fault, match="not an ODT file"):
        read(path)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.odt"])
def test_the_tree_has_the_same_paragraphs(tmp_path, name):
    if name == "a.odt":
        path = odt(tmp_path / name, TEXT)
    else:
        path = markdown(tmp_path, TEXT if name == "a.md" else "<title>T</title><p>a<p>b", name)
    texts = [row.text for row in read(path).paragraphs]
    again = [flat.text for flat in flattened(tree(path))]
    assert len(texts) == len(again)
    same = [[re.sub("[‘’“”'\"]", "’", one).replace("\u00a0", " ") for one in rows] for rows in (texts, again)]
    assert same[0] == same[1]


@pytest.mark.skipif(not TYPED, reason="the manuscripts are not at hand")
@pytest.mark.parametrize("path", [*TYPED, *KEYED], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_words_of_real_manuscripts_are_found_where_they_stand(path):
    found = read(path)
    words = missed = 0
    for row in found.paragraphs:
        if row.kind == "author":
            continue  # a byline made of the front matter's fields
        for word in re.finditer(r"\w+", row.text):
            words += 1
            missed += found.span(row, word.start(), word.end()).text != word[0]
    assert missed <= max(4, words // 100)
