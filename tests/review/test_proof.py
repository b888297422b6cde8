"""Proofs: queries numbered and listed, a line on every page, a form, and its answers back in the manuscript."""

import json
from datetime import date
from pathlib import Path

import pytest

from galley import press
from galley.answering import answered
from galley.checks.pdfwords import words
from galley.cli import main
from galley.formats.proofform import queries
from galley.proofing import proof

BODY = """# Start {#start}

One word [AQ: Is *this* the word?]{.query} and Hill [@hill2019] and a *very* small “effect” of 1–2.

As Dale (2020) found, it rains. So the word falls twice: the word.

[Is the end right?]{.query author="Ed" date="2026-01-02"} It ends [@dale2020].
"""
DAY = date(2026, 3, 1)


def made(project, *kinds: str, checks: bool = False):
    project.write(BODY)
    return proof(project.folder, kinds, "", 2, DAY, checks=checks)


def test_the_line_stands_on_every_page_and_queries_in_a_list(project):
    project.write(BODY + "\n\nMore. " * 400)
    pages = list(words(proof(project.folder, ("pdf",), "", 2, DAY).files["proof.pdf"]))
    assert len(pages) > 2
    assert all("Proof, not for distribution · round 2 · 1 March 2026" in page for page in pages)
    whole = "\n".join(pages)
    assert "Author Queries" in whole
    assert "Is this the word?" in whole.replace("\n", " ").replace("  ", " ")
    assert whole.count("AQ1") == 3  # in the text, in the margin, in the list


@pytest.mark.parametrize("theme", ["apa", "njips", "preprint", "two-column"])
def test_a_proof_is_set_in_every_look(project, theme):
    project.write(BODY)
    assert proof(project.folder, ("pdf",), theme, 1, DAY).files["proof.pdf"].startswith(b"%PDF")


def test_pages_for_the_web_and_for_word(project, tmp_path):
    files = made(project, "html", "docx").files
    assert set(files) == {"proof.html", "proof.docx", "proof-form.html", "proof-form.docx"}
    html = files["proof.html"].decode()
    assert "Proof, not for distribution · round 2 · 1 March 2026" in html
    assert 'href="#remark-AQ2"' in html
    assert 'href="#mark-AQ2"' in html
    path = tmp_path / "p.docx"
    path.write_bytes(files["proof.docx"])
    from galley.pandoc import read_file

    tree = read_file(path, "docx", ["--track-changes=all"])
    assert tree.count('"comment-start"') == 2
    assert '"Ed"' in tree


def test_the_queries_of_checks_stand_where_they_arise(project):
    told = made(project, "html", checks=True)
    assert told.queries == 3
    html = told.files["proof.html"].decode()
    assert "Dale (2020)<" in html.replace(" <", "<")
    assert "is typed by hand" in html


def test_a_plain_build_of_text_leaves_queries_out(project):
    project.write(BODY)
    document = project.settled()
    text = press.press(document, press.themed(document), "txt").content.decode()
    assert "One word and Hill" in text.replace("  ", " ")
    assert "Is this" not in text


# -- answers -------------------------------------------------------------------------------------------


def answers(tmp_path: Path, **said) -> Path:
    path = tmp_path / "proof-answers.json"
    path.write_text(
        json.dumps({"galley": "proof-answers", "version": 1, "author": "Ada", "date": "2026-03-02", **said})
    )
    return path


def test_answers_come_back_behind_their_queries(project, tmp_path, capsys):
    project.write(BODY)
    found = queries(project.settled())
    rows = [{"number": one.number, "query": one.words, "answer": f"Yes, {one.number}."} for one in found]
    assert main(["import", str(answers(tmp_path, answers=rows)), "--into", str(project.folder)]) == 0
    text = project.article.read_text("utf-8")
    assert "[AQ: Is *this* the word?]{.query}{>>Ada 2026-03-02: Yes, AQ1.<<} and" in text
    assert 'date="2026-01-02"}{>>Ada 2026-03-02: Yes, AQ2.<<} It ends' in text
    assert "2 placed, 0 not placed" in capsys.readouterr().out


def test_corrections_become_suggestions(project, tmp_path):
    project.write(BODY)
    before = project.article.read_bytes()
    rows = [
        {"find": 'a very small "effect" of 1-2', "replace": "no effect", "note": ""},
        {"find": "it rains", "replace": "", "note": "not so"},
        {"find": "the word", "replace": "a word", "note": ""},
        {"find": "nowhere to be seen", "replace": "x", "note": ""},
        {"find": "ends", "replace": "s++}t{--ops", "note": "a<<}b"},
    ]
    done = answered(answers(tmp_path, corrections=rows), project.folder)
    (text,) = (content.decode() for content in done.files.values())
    assert "{~~a *very* small “effect” of 1–2~>no effect~~}{>>Ada 2026-03-02<<}." in text
    assert "{--it rains--}{>>Ada 2026-03-02: not so<<}." in text
    assert [one.message.rpartition(": ")[2] for one in done.diagnostics] == [
        "its words stand there 2 times",
        "its words do not stand in the manuscript so",
    ]
    from galley.accepting import settled
    from galley.span import File
    from galley.suggestions import CHANGES, suggestions

    listed = [one for one in suggestions(File("", text)) if one.kind in CHANGES]
    assert len(listed) == 3
    assert settled(text.encode(), [(one, False) for one in listed]) == before


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"galley": "proof-answers", "answers": 3}', '{"galley": "proof-answers"', "x"]
)
def test_no_file_of_answers_raises(project, tmp_path, text, capsys):
    path = tmp_path / "a.json"
    path.write_text(text)
    assert main(["import", str(path), "--into", str(project.folder)]) in (0, 2)
    assert "internal" not in capsys.readouterr().err


def test_the_form_saves_what_is_filled_in(project, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next((one for one in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(one).exists()), None)
    if chromium is None:
        pytest.skip("Chromium is not here: install chromium to run this test")
    page_file = tmp_path / "form.html"
    page_file.write_bytes(made(project, "html").files["proof-form.html"])
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.fill("#answer-1", "Yes.")
        page.fill("#find-1", "It ends")
        page.fill("#replace-1", "It stops")
        page.click("#more")
        page.fill("#find-2", "it rains")
        page.fill("#replace-2", "it pours")
        page.fill("#author", "Ada Rivers")
        page.fill("#date", "2026-03-02")
        with page.expect_download() as download:
            page.click("button[type=submit]")
        saved = tmp_path / "proof-answers.json"
        download.value.save_as(saved)
        browser.close()
    done = answered(saved, project.folder)
    (text,) = (content.decode() for content in done.files.values())
    assert done.placed == 3
    assert "{~~It ends~>It stops~~}{>>Ada Rivers 2026-03-02<<}" in text
    assert "{~~it rains~>it pours~~}" in text
    assert "{.query}{>>Ada Rivers 2026-03-02: Yes.<<}" in text
