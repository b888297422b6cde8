"""LaTeX for publishers who demand it: citations printed or keyed, numbers LaTeX's own; compiled where LaTeX is."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from galley import press
from galley.formats import latex


@pytest.fixture(scope="module")
def printed(deposited) -> str:
    return latex.write(*deposited).decode()


@pytest.fixture(scope="module")
def unset(deposit_project):
    """The article with its citations as they were keyed."""
    return press.keyed(deposit_project)


@pytest.fixture(scope="module")
def keyed(unset, deposited) -> str:
    return latex.write(unset, deposited[1]).decode()


@pytest.mark.parametrize(
    "piece",
    [
        r"\documentclass[11pt,a4paper]{article}",
        r"\title{Rivers \& \emph{Beds}",
        r"\author[1,2]{Ruth Ford\thanks{Correspondence: ruth@example.org",
        r"\affil[1]{Water, River University, Izmir, Türkiye}",
        r"\date{2024-03-05}",
        r"\textbf{Keywords:} rivers, beds \& banks",
        r"\caption{Flow at the gauge}\label{fig-flow}",
        "alt={A line that falls}]{gauge.png}",
        r"\begin{equation}\label{eq-flow}",
        r"\begin{align}",
        r"a & = b \label{eq-a} \\",
        "Figure~\\ref{fig-flow}",
        "Equation~\\ref{eq-b}",
        r"\footnote{Except in \emph{very} dry years.}",
        r"\section*{Ethics}",
        r"\appendix",
    ],
)
def test_what_the_source_has(printed, piece):
    assert piece in printed.replace("\xa0", "~")


def test_printed_citations_come_with_their_list(printed):
    assert r"\hyperref[ref-ash2020]{Ash \& Beck, 2020}" in printed
    assert re.search(r"\\item .*\\label\{ref-cole2019\}.*Cole, C\. \(2019\)", printed)
    assert r"\parencite" not in printed
    assert "biblatex" not in printed


def test_keyed_citations_leave_the_list_to_biblatex(keyed, unset):
    assert r"\parencites[3]{ash2020}{cole2019}" in keyed
    assert r"\textcite{cole2019}" in keyed
    assert r"\addbibresource{references.bib}" in keyed
    assert r"\printbibliography" in keyed
    assert "Cole, C." not in keyed
    assert "@book{cole2019," in latex.bibliography(unset).decode()


def test_a_theme_names_class_and_options(deposited):
    document, theme = deposited
    own = replace(theme, tokens={**theme.tokens, "latex": {"class": "IEEEtran", "options": "journal"}})
    assert latex.write(document, own).startswith(rb"\documentclass[journal]{IEEEtran}")
    odd = replace(theme, tokens={**theme.tokens, "latex": {"class": r"x}\input{y", "options": r"a]{b}\c"}})
    assert latex.write(document, odd).startswith(rb"\documentclass[abc]{article}")


@pytest.mark.parametrize("name", ["printed", "keyed"])
def test_braces_and_environments_are_balanced(name, request):
    text = re.sub(r"\\[\\{}%]", "", request.getfixturevalue(name))
    assert text.count("{") == text.count("}")
    opened = re.findall(r"\\begin\{([^}]*)\}", text)
    assert sorted(opened) == sorted(re.findall(r"\\end\{([^}]*)\}", text))
    labels = re.findall(r"\\label\{([^}]*)\}", text)
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\\ref\{([^}]*)\}|\\hyperref\[([^\]]*)\]", text)) <= {
        pair for label in labels for pair in ((label, ""), ("", label))
    }


def test_pictures_are_named_as_they_are_delivered(deposited):
    text = latex.article(*deposited, {"gauge.png": "figure-1.png"}).decode()
    assert "{figure-1.png}" in text
    assert "{gauge.png}" not in text


def test_it_compiles(deposited, deposit_project, tmp_path):
    program = next((found for name in ("lualatex", "xelatex", "pdflatex") if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("LaTeX is not here: install texlive-latex-extra to run this test")
    text = (
        latex.write(*deposited).decode().replace("هذا نص", "").replace("عربي", "")
    )  # no fonts for Arabic in a bare TeX
    (tmp_path / "article.tex").write_text(text, "utf-8")
    shutil.copy(deposit_project / "gauge.png", tmp_path)
    command = [program, "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "article.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]
    assert (tmp_path / "article.pdf").read_bytes().startswith(b"%PDF")
