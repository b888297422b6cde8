"""The sound article, set once."""

import pytest
from preflight_article import BIBLIOGRAPHY, MANUSCRIPT, png

from galley import press
from galley.checks.preflight.reading import Pdf
from galley.formats import pdf


@pytest.fixture(scope="package")
def article(tmp_path_factory):
    """The document, its theme, and the PDF set from it."""
    folder = tmp_path_factory.mktemp("rivers")
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "article.md").write_text(MANUSCRIPT, "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (folder / "gauge.png").write_bytes(png(900, 400))
    document = press.settled(folder)
    theme = press.themed(document)
    content = pdf.write(document, theme, ("a-3a", "ua-1"), {"article.xml": b"<article/>"})
    pages = len(Pdf(content).pages())
    meta = document.meta
    if meta.last_page != meta.first_page + pages - 1:  # as many pages as there are
        (folder / "manuscript" / "article.md").write_text(MANUSCRIPT.replace("95-99", f"95-{94 + pages}"), "utf-8")
        document = press.settled(folder)
        content = pdf.write(document, theme, ("a-3a", "ua-1"), {"article.xml": b"<article/>"})
    return document, theme, content
