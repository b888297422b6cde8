"""Small manuscripts and all that the checks say of them.

A page under ``manuscripts`` is a manuscript, then, after a line ``$ check``, each finding: its place, its severity and
code, its message, what to do. Beside it stand a bibliography and pictures of several kinds, whole and broken. A theme's
rules stand in RULES. GALLEY_ACCEPT=1 writes the pages anew; the change is then read like prose.
"""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from galley import press
from galley.checks import check
from galley.span import Span

PAGES = sorted((Path(__file__).parent / "manuscripts").glob("*.md"))
RULE = "\n$ check\n"
RULES = {
    "any": {"keywords": [2, 3], "short-title": [0, 12]},
    "research article": {
        "words": [20, 40], "abstract": [5, 9], "abstract-parts": ["Aim", "Method"], "statements": ["funding", "ethics"],
        "fields": ["received", "volume"],
    },
    "book review": {"words": [0, 10], "abstract": [0, 0], "keywords": [1, 1]},
}  # fmt: skip
BIBLIOGRAPHY = """@book{roe2019, author = {Roe, Al}, title = {Beds}, publisher = {Press}, year = 2019}
@book{poe2020, author = {Poe, Ed}, title = {Banks}, publisher = {Press}, year = 2020, keywords = {rivers; Uncited}}
@book{low2021, author = {Low, Ida}, title = {Brooks}, publisher = {Press}, year = 2021}
@incollection{moe2022, author = {Moe, Lu}, title = {Weirs}, crossref = {whole2022}, year = 2022}
@book{whole2022, editor = {Moe, Lu}, title = {Rivers}, publisher = {Press}, year = 2022}
"""


def picture(kind: str, **how: object) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (600, 300), "grey").save(stream, kind, **how)
    return stream.getvalue()


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checked") / "project"
    folder.mkdir()
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    png, jpeg = picture("png"), picture("jpeg", dpi=(150, 150))
    files = {
        "a.png": png, "b.jpg": jpeg, "c.gif": picture("gif"), "d.webp": picture("webp"), "e.tif": picture("tiff"),
        "cut.png": png[:-20], "cut.jpg": jpeg[:-9], "empty.png": b"", "named.png": jpeg, "named.svg": b"no markup",
        "f.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "sub/Map of It.png": png,
        "g.pdf": b"%PDF-1.7\n%%EOF\n", "g-cut.pdf": b"%PDF-1.7\n", "caf\u00e9.png": png,
    }  # fmt: skip
    (folder / "sub").mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder.parent / "outside.png").write_bytes(png)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_said_of_it(page, project, golden, monkeypatch):
    monkeypatch.chdir(project)
    manuscript = page.read_text("utf-8").partition(RULE)[0].rstrip() + "\n"
    (project / "article.md").write_text(manuscript, "utf-8")
    document = press.settled(project / "article.md")
    theme = press.themed(document)
    tokens = {**theme.tokens, "rules": RULES, "require": {"fields": ["title", "author", "pages", "doi"]}}
    rows = []
    for one in check(document, replace(theme, tokens=tokens)):
        where = f"{one.place.line}:{one.place.column}" if isinstance(one.place, Span) else str(one.place)
        rows.append(f"{where} {one.severity.value} {one.code}: {one.message}")
        rows += [f"    do: {one.hint}"] if one.hint else []
    golden(page, manuscript + RULE + "\n".join(rows or ["nothing to report"]) + "\n")
