"""The article as a project, and as the Word file that came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from returned_article import ARTICLE, BIB
from word_trip import exported


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project in a folder of its own."""
    folder = tmp_path / "project"
    (folder / "manuscript").mkdir(parents=True)
    (folder / "manuscript" / "article.md").write_text(ARTICLE, "utf-8")
    (folder / "references.bib").write_text(BIB, "utf-8")
    return folder


@pytest.fixture
def returned(project: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Writes what follows the article, and gives the Word document of both."""

    def write(more: str) -> Path:
        (project / "manuscript" / "article.md").write_text(ARTICLE + more, "utf-8")
        file = tmp_path / "returned.docx"
        file.write_bytes(exported(project))
        return file

    return write
