"""The pybtex plug-in, alone, through pybtex's own engine and backends."""

from __future__ import annotations

import doctest

import pytest
from pybtex import PybtexEngine
from pybtex.database import parse_string

from galley.apa7 import style
from galley.apa7.style import Style

BIB = r"""
@article{roe, author = {Roe, Ann and Poe, {\'E}mile}, title = {The \emph{Mus} Effect \& Its Limits}, year = 2019,
  journal = {Journal of Effects}, volume = 4, number = 2, pages = {1--9}, doi = {10.1000/abc}}
@book{abbott, author = {Abbott, Zed}, title = {Zebras}, publisher = {Shore Press}, year = 2020}
"""


def made(backend: str, **more: object) -> str:
    return str(PybtexEngine().format_from_string(BIB, style=Style, output_backend=backend, **more)).strip()


def test_plain_text() -> None:
    assert made("plaintext").splitlines() == [
        "[Abbott, 2020] Abbott, Z. (2020). Zebras. Shore Press.",
        "[Roe & Poe, 2019] Roe, A., & Poe, É. (2019). The Mus effect & its limits. Journal of Effects, 4(2), 1–9. "
        "https://doi.org/10.1000/abc",
    ]


def test_html() -> None:
    html = made("html")
    assert "<dd>Abbott, Z. (2020). <em>Zebras</em>. Shore Press.</dd>" in html
    assert "The <em>Mus</em> effect &amp; its limits. <em>Journal of Effects</em>, <em>4</em>(2), 1–9." in html
    assert '<a href="https://doi.org/10.1000/abc">https://doi.org/10.1000/abc</a>' in html


def test_markdown() -> None:
    assert "Roe, A\\., &amp; Poe, É\\. \\(2019\\)" in made("markdown")
    assert "*Zebras*" in made("markdown")


def test_latex() -> None:
    latex = made("latex")
    assert r"\bibitem[Abbott, 2020]{abbott}" in latex
    assert r"\emph{Zebras}. Shore Press." in latex
    assert r"\url{https://doi.org/10.1000/abc}" in latex


def test_only_what_is_asked_for() -> None:
    assert made("plaintext", citations=["abbott"]) == "[Abbott, 2020] Abbott, Z. (2020). Zebras. Shore Press."


def test_another_language() -> None:
    data = parse_string("@book{a, editor = {Roe, Ann and Poe, Bo}, title = {Gezeiten}, year = 2020}", "bibtex")
    (entry,) = Style(language="de").format_bibliography(data)
    assert str(entry.text) == "Roe, A. & Poe, B. (Hrsg.). (2020). Gezeiten."


def test_the_docstring_example_holds() -> None:
    assert doctest.testmod(style).failed == 0
    assert doctest.testmod(style).attempted > 0


def test_the_plug_in_is_registered() -> None:
    from importlib.metadata import entry_points

    found = entry_points(group="pybtex.style.formatting", name="galley_apa")
    if not found:
        pytest.skip("the package is not installed, only importable")
    assert next(iter(found)).load() is Style
