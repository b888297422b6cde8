"""What is made ahead, or kept from before, is what is made in its time: references, citations, pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from galley import press
from galley.formats import pdf
from galley.formats.pdfkept import Kept
from galley.formats.typstfiles import MANY

ENTRY = "@book{{b{0}, author={{Writer{0}, Ann}}, title={{Book {0}}}, publisher={{Press}}, year={1}}}\n"
KEYS = [f"b{number}" for number in range(MANY + 5)]
STANDARDS = ("a-2b",)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "references.bib").write_text("".join(ENTRY.format(at, 1950 + at) for at in range(len(KEYS))))
    return tmp_path


def written(project: Path, body: str, title: str = "A title") -> Path:
    (project / "article.md").write_text(f"---\ntitle: {title}\nauthor: A. Writer\n---\n\n{body}\n")
    return project


def cited(keys: list[str]) -> str:
    text = "\n\n".join(f"It is so [@{key}]." for key in keys)
    return f"# One\n\n{text}\n\n## Two\n\nAnd so it is.\n\n# Three\n\nEnd."


def plainly(project: Path) -> bytes:
    document = press.settled(project)
    return pdf.write(document, press.themed(document), STANDARDS)


def test_pages_whose_list_was_set_ahead_are_the_same(project: Path) -> None:
    written(project, cited(KEYS))
    ahead = press.ahead(["pdf"])
    assert ahead is not None
    document = press.settled(project, ahead=ahead)
    theme = press.themed(document)
    assert ahead.listed(document, theme, pdf.made(document.meta)) is not None
    assert pdf.write(document, theme, STANDARDS, ahead=ahead) == plainly(project)


@pytest.mark.parametrize("change", ["references", "meta", "theme"])
def test_a_list_that_is_another_is_not_taken(project: Path, change: str) -> None:
    ahead = press.ahead(["pdf"])
    assert ahead is not None
    document = press.settled(written(project, cited(KEYS)), ahead=ahead)
    theme = press.themed(document)
    if change == "references":
        document = replace(document, references=document.references[1:])
    elif change == "meta":
        document = replace(document, meta=replace(document.meta, first_page=17))
    else:
        theme = press.themed(document, "apa")
    assert ahead.listed(document, theme, pdf.made(document.meta)) is None


def test_what_only_looks_like_a_citation_is_not_listed(project: Path) -> None:
    ahead = press.ahead(["pdf"])
    text = cited(KEYS[1:]) + f"\n\n```\n[@{KEYS[0]}]\n```\n"
    document = press.settled(written(project, text), ahead=ahead)
    assert {one.key for one in document.references} == {*KEYS[1:]}
    assert pdf.write(document, press.themed(document), STANDARDS, ahead=ahead) == plainly(project)


def test_nothing_is_begun_for_other_formats() -> None:
    assert press.ahead(["html", "docx"]) is None


def test_what_is_set_again_and_again_is_what_is_set_from_nothing(project: Path) -> None:
    kept = Kept(STANDARDS)
    texts = [cited(KEYS[:8]), cited(KEYS[:8]).replace("And so", "And *so* [@b9]"), cited(KEYS[2:8])]
    texts.append(texts[0].replace("## Two\n", "## Two\n### Within\n"))
    texts.append(texts[0].replace("# Three", "# New\n\nText.\n\n# Three"))
    texts += ["No heading at all [@b1].", "# One\n\nWords.\n\n# One\n\nThe same again.\n\n> # Quoted\n\nWords."]
    for text in texts:
        document = press.settled(written(project, text))
        assert kept.write(document, press.themed(document)) == plainly(project), text


def test_citations_asked_for_twice_follow_what_is_written(project: Path) -> None:
    def said(text: str) -> tuple[str, list[str]]:
        document = press.settled(written(project, text))
        return str(document.blocks[0]), [one.key for one in document.references]

    first = said("So [see @b1; @b2].")
    assert said("So it is [see @b1; @b2].")[1] == first[1]
    assert said("So [see @b1; @b3].")[1] == ["b1", "b3"]
    assert "Writer1" in said("So [cf. @b1].")[0]
    assert "cf." in said("So [cf. @b1].")[0]
    assert said("So [see @b1; @b2].") == first
    (project / "references.bib").write_text(ENTRY.format(1, 1777) + ENTRY.format(2, 1952))
    assert "1777" in said("So [see @b1; @b2].")[0]
