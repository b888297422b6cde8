"""The verbs about bibliographies, text output, and other styles than APA."""

import shutil
from pathlib import Path

import pytest

from galley.cli import main

BIB = """@article{doe2020,
  author = {Doe, Jane},
  title = {On {Tides} and Moons},
  journal = {Journal of Water},
  year = 2020, volume = 3, pages = {1--9},
}
@book{roe2019, author = {Roe, Al and Poe, Bo}, title = {A Book}, publisher = {Press}, year = 2019, month = march}
"""
ARTICLE = """---
title: A *Title*
author: Ada Author
csl: CSL
---

# Head

As @doe2020 [p. 3] says[^1], *so* do others [see @roe2019].

[^1]: A note with 2 * 3.
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "references.bib").write_text(BIB)
    (tmp_path / "manuscript").mkdir()
    (tmp_path / "manuscript" / "article.md").write_text(ARTICLE.replace("csl: CSL\n", ""))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_bibliography_prints_the_list(project, capsys):
    assert main(["bibliography", "references.bib", "--to", "html"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == (
        "Doe, J. (2020). On Tides and moons. <em>Journal of Water</em>, <em>3</em>, 1&#8211;9."
    ) or first.startswith("Doe, J. (2020). On Tides and moons. <em>Journal of Water</em>")
    assert second.startswith("Roe, A., &amp; Poe, B. (2019). <em>A book</em>. Press.")


def test_cite_prints_the_forms_of_an_entry(project, capsys):
    assert main(["cite", "@roe2019"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "(Roe & Poe, 2019)",
        "Roe and Poe (2019)",
        "Roe, A., & Poe, B. (2019). A book. Press.",
    ]


def test_cite_does_not_know_a_key(project, capsys):
    assert main(["cite", "roe2091"]) == 1
    assert "no entry 'roe2091'" in capsys.readouterr().err


def test_bib_tells_what_was_mended_and_writes_a_clean_file(project, capsys):
    Path("bad.bib").write_text("@misc{k, title = {T}, pages = 1-19, year = 2001}\n@misc{l, title = {A {B}}\n")
    assert main(["bib", "bad.bib", "--write"]) == 1
    shown = capsys.readouterr()
    assert "2 entries understood, 2 findings" in shown.out
    assert "bad.bib:1:31: warning[unquoted-value]" in shown.err
    assert main(["bib", "bad.clean.bib"]) == 0
    assert "0 findings" in capsys.readouterr().out
    assert "pages = {1-19}" in Path("bad.clean.bib").read_text()
    assert Path("bad.bib").read_text().startswith("@misc{k, title = {T}, pages = 1-19"), "the author's file stays"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("refs.json", '[{"id":"doe2020","type":"book","title":"A title","author":[{"family":"Doe","given":"Jo"}],'
                      '"publisher":"Press","issued":{"date-parts":[[2020]]}}]'),
        ("refs.yaml", "references:\n- id: doe2020\n  type: book\n  title: A title\n  author:\n"
                      "  - family: Doe\n    given: Jo\n  publisher: Press\n  issued: 2020\n"),
        ("refs.ris", "TY  - BOOK\nAU  - Doe, Jo\nTI  - A title\nPB  - Press\nPY  - 2020\nID  - doe2020\nER  - \n"),
    ],
)  # fmt: skip
def test_other_forms_are_read_through_pandoc(project, capsys, name, text):
    Path(name).write_text(text)
    assert main(["bibliography", name]) == 0
    assert capsys.readouterr().out.strip() == "Doe, J. (2020). A title. Press."


def test_another_form_that_is_broken_is_a_fault(project, capsys):
    Path("refs.json").write_text('[{"id": ')
    assert main(["bib", "refs.json"]) == 1
    assert "refs.json: error[broken-bibliography]" in capsys.readouterr().err


def test_md_and_txt_have_a_paragraph_a_line(project):
    assert main(["md"]) == 0
    assert main(["txt"]) == 0
    marked = Path("output/article.md").read_text("utf-8").splitlines()
    bare = Path("output/article.txt").read_text("utf-8").splitlines()
    assert "As Doe (2020, p. 3) says[1], *so* do others (see Roe & Poe, 2019)." in marked
    assert "As Doe (2020, p. 3) says[1], so do others (see Roe & Poe, 2019)." in bare
    assert "Doe, J. (2020). On Tides and moons. *Journal of Water*, *3*, 1–9." in marked
    assert "Roe, A., & Poe, B. (2019). A book. Press." in bare
    assert marked[-1] == r"[1] A note with 2 \* 3."


def test_running_text_needs_no_title(project):
    Path("manuscript/article.md").write_text("As @doe2020 says.\n")
    assert main(["md"]) == 1
    assert main(["html"]) == 1
    assert Path("output/article.md").read_text("utf-8").startswith("As Doe (2020) says.")
    assert not Path("output/article.html").exists()


def test_a_journal_that_is_not_apa_names_a_csl_file(project):
    shutil.copy(Path(__file__).parent / "styles" / "numbers.csl", "numbers.csl")
    Path("manuscript/article.md").write_text(ARTICLE.replace("CSL", "numbers.csl"))
    assert main(["md"]) == 0
    assert main(["html"]) == 0
    text = Path("output/article.md").read_text("utf-8")
    assert "As [1] says[1], *so* do others [2]." in text.replace("[1, p. 3]", "[1]").replace("[see 2]", "[2]")
    assert "1. J. Doe *On Tides and moons*, 2020" in text.replace("On Tides and Moons", "On Tides and moons")
    assert 'href="#ref-doe2020"' in Path("output/article.html").read_text("utf-8")


@pytest.mark.parametrize(("csl", "code"), [("none.csl", "missing-style"), ("../x.csl", "outside-project")])
def test_without_the_style_that_is_named_the_style_is_apa(project, capsys, csl, code):
    Path("manuscript/article.md").write_text(ARTICLE.replace("CSL", csl))
    assert main(["md"]) == 0
    assert f"manuscript/article.md:4:6: warning[{code}]" in capsys.readouterr().err
    assert "Doe (2020, p. 3)" in Path("output/article.md").read_text("utf-8")


def test_apa_needs_no_file(project, capsys):
    Path("manuscript/article.md").write_text(ARTICLE.replace("CSL", "apa.csl"))
    assert main(["check"]) == 0
    assert "missing-style" not in capsys.readouterr().out


def test_a_style_that_citeproc_refuses(project, capsys):
    Path("bad.csl").write_text("not a style")
    Path("manuscript/article.md").write_text(ARTICLE.replace("CSL", "bad.csl"))
    assert main(["md"]) == 1
    assert "error[bad-style] is not sound XML" in capsys.readouterr().err
