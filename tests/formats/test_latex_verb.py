"""The verb ``latex``: source, bibliography and pictures in one folder that a publisher can take as it is."""

from __future__ import annotations

import re

import pytest

from galley.cli import main

ARTICLE = """---
title: A Title
author: Ada Author
---

As @doe2001 [p. 4] says, @fig:one shows it [@roe2002].

![One.](../pics/one.png){#fig:one alt="A square"}
"""
BIB = """@book{doe2001, author={Doe, Jo}, title={Book}, publisher={Press}, year=2001}
@book{roe2002, author={Roe, Jo}, title={Other}, publisher={Press}, year=2002}
@book{never, author={Nobody}, title={Uncited}, publisher={Press}, year=2003}
"""


@pytest.fixture
def project(tmp_path):
    from PIL import Image

    for name, text in {"manuscript/article.md": ARTICLE, "references.bib": BIB}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "pics").mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "pics" / "one.png")
    text = (tmp_path / "manuscript" / "article.md").read_text("utf-8").replace("../pics", "pics")
    (tmp_path / "manuscript" / "article.md").write_text(text, "utf-8")
    return tmp_path


def test_printed_citations_with_their_list(project, capsys):
    assert main(["latex", str(project)]) == 0
    folder = project / "output" / "latex"
    names = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert names == {"article.tex", "references.bib", "figures/article-fig1.png"}
    text = (folder / "article.tex").read_text("utf-8")
    assert re.search(r"\\includegraphics(\[[^]]*\])?\{figures/article-fig1.png\}", text)
    assert r"\hyperref[ref-roe2002]{Roe, 2002}" in text
    assert "cite{" not in text
    assert "never" not in (folder / "references.bib").read_text("utf-8")
    assert "article.tex, references.bib, figures/article-fig1.png" in capsys.readouterr().out


def test_keyed_citations_leave_the_list_to_biblatex(project):
    assert main(["latex", str(project), "--citations", "keyed", "--output", str(project / "sent")]) == 0
    text = (project / "sent" / "latex" / "article.tex").read_text("utf-8")
    assert r"\parencite{roe2002}" in text
    assert re.search(r"\\textcite\[(p\.~)?4\]\{doe2001\}", text)
    assert r"\printbibliography" in text
    assert "hyperref[ref-" not in text


def test_an_error_stops_it_and_leaves_what_was_there(project, capsys):
    assert main(["latex", str(project)]) == 0
    article = project / "manuscript" / "article.md"
    article.write_text(article.read_text("utf-8").replace("@roe2002", "@roe2003"), "utf-8")
    before = (project / "output" / "latex" / "article.tex").read_bytes()
    assert main(["latex", str(project)]) == 1
    assert "left as it was" in capsys.readouterr().out
    assert (project / "output" / "latex" / "article.tex").read_bytes() == before
    assert main(["latex", str(project), "--draft"]) == 1
    assert (project / "output" / "latex" / "article.tex").read_bytes() != before


@pytest.mark.parametrize("citations", ["printed", "keyed"])
def test_suggestions_are_as_if_taken_and_remarks_left_out(project, capsys, citations):
    path = project / "manuscript" / "article.md"
    marked = "Rivers {++now ++}rise{-- not--} [@roe2002].{>>@Ann: so?<<} [Which year?]{.query}\n"
    path.write_text(path.read_text("utf-8") + "\n" + marked, "utf-8")
    assert main(["latex", str(project), "--citations", citations]) == 0
    text = (project / "output" / "latex" / "article.tex").read_text("utf-8")
    assert re.search(r"Rivers now rise[ ~]", text)
    assert not re.search(r"not|so\?|Which|Ann", text.partition("Rivers")[2].partition("\n\n")[0])
