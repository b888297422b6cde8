"""The desk sets what has changed, the newest only, and keeps the last good page."""

from __future__ import annotations

import pytest

from galley.preview.desk import Desk

from .conftest import BIBLIOGRAPHY, HEAD


@pytest.fixture
def desk(tmp_path, told):
    (tmp_path / "article.md").write_text(f"{HEAD}# One\n\nWords.\n")
    made = Desk(tmp_path, "", told)
    made.start()
    told.until("findings")
    yield made
    made.stop()


def save(desk, text, head=HEAD):
    (desk.setter.path / "article.md").write_text(f"{head}{text}")
    desk.changed(["article.md"])


def words(desk):
    return desk.shown[0].text()


def test_the_page_comes_before_the_pages_and_these_before_the_findings(desk, told):
    save(desk, "# One\n\nZebras.\n")
    order = [told.until("working"), told.until("article"), told.until("pages"), told.until("findings")]
    assert [event["type"] for event in order] == ["working", "article", "pages", "findings"]
    assert [text for _, text in order[1]["blocks"]] == ["<p>Zebras.</p>\n"]
    assert order[2]["sizes"]


def test_broken_front_matter_keeps_the_page_and_is_told_with_its_line(desk, told):
    pages = desk.sheets.pdf
    save(desk, "# One\n\nLost.\n", "---\ntitle: [A\n---\n\n")
    findings = told.until("findings")
    assert findings["old"] == ["page"]
    assert "bad-yaml" in {one["code"] for one in findings["findings"]}
    assert any(one["line"] and one["lines"] for one in findings["findings"])
    assert "Words." in words(desk)
    assert desk.sheets.pdf == pages
    save(desk, "# One\n\nFound.\n")
    assert told.until("findings")["old"] == []
    assert "Found." in words(desk)


def test_a_theme_that_is_broken_keeps_the_pages(desk, told):
    theme = desk.setter.path / "templates" / "own"
    theme.mkdir(parents=True)
    (theme / "theme.toml").write_text('extends = "base"\n')
    (theme / "article.typ").write_text("#let (\n")
    pages = desk.sheets.pdf
    save(desk, "# One\n\nWords.\n", HEAD.replace("---\n\n", "theme: own\n---\n\n"))
    findings = told.until("findings")
    assert findings["old"] == ["pages"]
    assert "typst" in {one["code"] for one in findings["findings"]}
    assert desk.sheets.pdf == pages


def test_a_finding_knows_its_block_and_its_lines(desk, told):
    save(desk, "# One\n\nFirst words here.\n\nSome other sentence cites [@nobody1999] and goes on.\n")
    found = told.until("findings")["findings"]
    unknown = next(one for one in found if "nobody1999" in one["message"])
    assert (unknown["block"], unknown["line"]) == (2, 10)
    assert [10, "Some other sentence cites [@nobody1999] and goes on."] in [list(line) for line in unknown["lines"]]


def test_the_bibliography_is_followed(desk, told):
    save(desk, "# One\n\nIt is so [@roe2020].\n")
    assert told.until("findings")["errors"] == 1
    (desk.setter.path / "references.bib").write_text(BIBLIOGRAPHY)
    desk.changed(["references.bib"])
    assert told.until("findings")["errors"] == 0
    assert "Roe, A. (2020)" in words(desk)


def test_of_many_saves_the_last_is_set_and_never_two_at_once(desk, told):
    for number in range(20):
        save(desk, f"# One\n\nSave {number}.\n")
    told.until("findings", lambda event: "Save 19." in words(desk))
    assert len(told.threads) == 1


def test_a_pause_brings_what_only_a_whole_reading_can_tell(desk, told, monkeypatch):
    """Were a piece ever read other than the whole would be, the page is put right soon after."""
    from galley.preview import chunks

    pieces = chunks.pieces
    monkeypatch.setattr(
        chunks, "pieces", lambda text: [part.replace("Words", "Wrong") for part in pieces(text) or [text]]
    )
    save(desk, "# One\n\nWords.\n\n# Two\n\nMore.\n")
    told.until("findings")
    assert "Wrong" in words(desk)
    event = told.until("article", lambda event: "blocks" in event)
    assert "Words." in str(event["blocks"])
    told.until("pages")


def test_a_word_is_echoed_before_the_article_is_set(desk, told, monkeypatch):
    from galley import press

    text = "# One\n\nIt is so [@roe2020], and *more* words.\n\nIt is not so.\n"
    (desk.setter.path / "references.bib").write_text(BIBLIOGRAPHY)
    save(desk, text)
    told.until("findings")
    waited: list[str] = []
    number = press._recovered
    monkeypatch.setattr(press, "_recovered", lambda document: waited.append(words(desk)) or number(document))
    save(desk, text.replace("and *more* words", "and many *more* words"))
    echo = told.until("article")
    assert (echo["from"], echo["drop"]) == (1, 1)
    assert told.until("article").keys() & {"from", "whole"} == set()  # it was right: nothing is to be changed after it
    assert "many <em>more</em> words" in waited[0]
    assert "(<a" in waited[0]


def test_pandoc_may_die(desk, told):
    desk.setter._memory._worker._line.process.kill()
    save(desk, "# One\n\nIt lives.\n")
    assert told.until("findings")["old"] == []
    assert "It lives." in words(desk)


def test_what_nobody_has_asked_for_in_a_while_is_forgotten(desk, told):
    for number in range(8):
        save(desk, f"# One\n\nSave {number}.\n")
        told.until("findings")
    kept = "".join(key for key in desk.setter._memory._read._values)
    assert "Save 7." in kept
    assert "Save 1." not in kept


def test_what_is_more_than_words_is_not_echoed(desk, told):
    save(desk, "# One\n\nIt is so *now*.\n")
    told.until("findings")
    save(desk, "# One\n\nIt is so *then*.\n")
    assert [told.until(kind)["type"] for kind in ("article", "pages")] == ["article", "pages"]
    assert "<em>then</em>" in words(desk)


def test_an_empty_project_is_told_and_may_be_filled(tmp_path, told):
    (tmp_path / "article.md").write_text("")
    desk = Desk(tmp_path, "", told)
    desk.start()
    try:
        assert told.until("findings")["errors"] == 1
        save(desk, "# One\n\nWords.\n")
        told.until("article")
        assert "Words." in words(desk)
    finally:
        desk.stop()
